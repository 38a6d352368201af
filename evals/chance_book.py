"""What chance gives: the same scorers over a book that has another story's pictures, people or order.

In: a sample, and the story that it is held against. Out: a sample. Nothing is read or drawn.
"""

import random
from collections.abc import Sequence
from typing import Literal

from evals.gold_in_text import Reference
from evals.read_gold import Person
from evals.scorer_input import Sample
from manga.characters import Cast, Character
from manga.plot import Beat, Plot
from manga.story_source import Source
from manga.storyboard import LinePart, PanelDraft, Storyboard
from manga.values import Span

Chance = Literal["other", "people", "panels"]
"""Another story's book; the people of the book exchanged; its pictures exchanged."""
_ROLES = ("protagonist", "main", "supporting", "minor", "mentioned")


def other_story(book: Sample, source: Source, reference: Reference) -> Sample:
    """A book held against a story that it does not tell: its spans are stretched to that text's length, and its people
    are those of that story, by role and order."""
    k = len(source.text) / max(1, len(book.source.text))
    return Sample(
        source=source,
        settings=book.settings,
        reference=reference,
        concept=book.concept,
        cast=_renamed(book.cast, reference.cast),
        plot=_stretched_plot(book.plot, k) if book.plot else None,
        storyboard=_stretched_board(book.storyboard, k) if book.storyboard else None,
        art=book.art,
    )


def _renamed(cast: Cast, people: Sequence[Person]) -> Cast:
    """By role, then by order; whoever is left over has no name that the story knows."""
    mine = sorted(cast.characters, key=lambda one: _ROLES.index(one.role))
    theirs = sorted(people, key=lambda one: _ROLES.index(one.role))
    names: dict[str, tuple[str, tuple[str, ...]]] = {one.key: ("?", ()) for one in mine}
    names |= {one.key: (who.name[:80], who.aliases) for one, who in zip(mine, theirs, strict=False)}
    renamed = (_named(one, *names[one.key]) for one in cast.characters)
    return Cast(characters=tuple(renamed))


def _named(one: Character, name: str, aliases: tuple[str, ...]) -> Character:
    return one.model_copy(update={"name": name, "aliases": aliases})


def _span(span: Span, k: float) -> Span:
    start = int(span.start * k)
    return Span(start=start, end=max(start + 1, int(span.end * k)))


def _stretched_plot(plot: Plot, k: float) -> Plot:
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(_stretched_beat(beat, k) for beat in scene.beats)})
        for scene in plot.scenes
    )
    return plot.model_copy(update={"scenes": scenes, "cuts": tuple(_span(cut, k) for cut in plot.cuts)})


def _stretched_beat(beat: Beat, k: float) -> Beat:
    lines = tuple(line.model_copy(update={"span": _span(line.span, k)}) for line in beat.lines)
    return beat.model_copy(update={"span": _span(beat.span, k), "lines": lines})


def _stretched_board(board: Storyboard, k: float) -> Storyboard:
    def moved(part: LinePart) -> LinePart:
        return part.model_copy(update={"span": _span(part.span, k)})

    def panel(one: PanelDraft) -> PanelDraft:
        parts = tuple(moved(part) for part in one.dialogue.parts)
        return one.model_copy(update={"dialogue": one.dialogue.model_copy(update={"parts": parts})})

    return _with_panels(board, [panel(one) for one in board.panels()])


def _with_panels(board: Storyboard, panels: Sequence[PanelDraft]) -> Storyboard:
    """The same pages with other panels in their places."""
    left = iter(panels)
    pages = tuple(page.model_copy(update={"panels": tuple(next(left) for _ in page.panels)}) for page in board.pages)
    return board.model_copy(update={"pages": pages})


def people_exchanged(book: Sample, seed: int) -> Sample:
    """Names dealt anew among the cast: the one who was the fox is the mole."""
    names = [(one.name, one.aliases) for one in book.cast.characters]
    random.Random(seed).shuffle(names)
    cast = Cast(characters=tuple(_named(one, *own) for one, own in zip(book.cast.characters, names, strict=True)))
    return _with(book, cast=cast)


def panels_exchanged(book: Sample, seed: int) -> Sample:
    """Pictures with their words dealt anew over the text."""
    if book.storyboard is None:
        return book
    panels = book.storyboard.panels()
    beats = [panel.beats for panel in panels]
    random.Random(seed).shuffle(beats)
    dealt = [panel.model_copy(update={"beats": own}) for panel, own in zip(panels, beats, strict=True)]
    return _with(book, storyboard=_with_panels(book.storyboard, dealt))


def _with(book: Sample, *, cast: Cast | None = None, storyboard: Storyboard | None = None) -> Sample:
    return Sample(
        source=book.source,
        settings=book.settings,
        reference=book.reference,
        concept=book.concept,
        cast=cast or book.cast,
        plot=book.plot,
        storyboard=storyboard or book.storyboard,
        art=book.art,
    )
