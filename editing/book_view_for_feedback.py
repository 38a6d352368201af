"""The book as a person's feedback can point at it: graph state in, `manga.feedback.BookView` out."""

from collections.abc import Iterator
from typing import Final

from drawing.lettering.split_text import first_half
from editing.phase_results import result_of
from editing.state_as_json import WorkState
from manga.brief import Language
from manga.characters import Cast, Character
from manga.concept import Concept
from manga.feedback import BookView, LineView, MomentView, PageView, PanelView, PersonView, SceneView, ThingView
from manga.lettering import Lettering, Sfx
from manga.losses import shortened
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import LinePart, PanelDraft, Storyboard
from manga.values import Span

MOST_WORDS: Final = 100
"""Letters of a moment that is left out."""


def book_view(state: WorkState, phase: Phase) -> BookView:
    """What is made so far, edits laid over; `phase` is the one that the person looks at."""
    concept = result_of(state, Phase.CONCEPT, Concept) if state.get("concept") else None
    cast = result_of(state, Phase.CHARACTERS, Cast) if state.get("characters") else None
    plot = result_of(state, Phase.PLOT, Plot) if state.get("plot") else None
    board = result_of(state, Phase.STORYBOARD, Storyboard) if state.get("storyboard") else None
    lettered = board is not None and phase.number >= Phase.LETTERING.number and state.get("lettering")
    letters = result_of(state, Phase.LETTERING, Lettering) if lettered else None
    return BookView(
        phase=phase,
        language=concept.language if concept else Language.JA,
        title=concept.title if concept else "",
        people=tuple(map(_person, cast.characters)) if cast else (),
        scenes=_scenes(plot) if plot else (),
        pages=_pages(board) if board else (),
        panels=tuple(_panels(board)) if board else (),
        lines=tuple(_lines(board, letters)) if board else tuple(_planned_lines(plot)) if plot else (),
        things=tuple(ThingView(key=thing.key, word=thing.word) for thing in plot.things) if plot else (),
        left_out=tuple(_left_out(plot, board)) if plot else (),
    )


def _person(character: Character) -> PersonView:
    look = character.look
    return PersonView(
        key=character.key,
        name=character.name,
        aliases=character.aliases,
        role=character.role,
        kind=look.kind.value,
        gender=look.gender,
        age=look.age.value,
    )


def _scenes(plot: Plot) -> tuple[SceneView, ...]:
    return tuple(
        SceneView(key=scene.key, heading=scene.heading, place=scene.place, setting=scene.setting)
        for scene in plot.scenes
    )


def _left_out(plot: Plot, board: Storyboard | None) -> Iterator[MomentView]:
    """Of a storyboard also those that came back to it are there."""
    shown = plot.shown() | {key for panel in board.panels() for key in panel.beats} if board else plot.shown()
    for scene in plot.scenes:
        for beat in (beat for beat in scene.beats if beat.key not in shown):
            yield MomentView(key=beat.key, scene=scene.key, words=shortened(beat.words, MOST_WORDS))


def _pages(board: Storyboard) -> tuple[PageView, ...]:
    return tuple(
        PageView(key=page.key, number=page.number, panels=tuple(panel.key for panel in page.panels))
        for page in board.pages
    )


def _addressed(board: Storyboard) -> Iterator[tuple[int, str, PanelDraft]]:
    """Page number, address and panel, in reading order."""
    for page in board.pages:
        for place, panel in enumerate(page.panels, start=1):
            yield page.number, f"p{page.number:02}.k{place}", panel


def _panels(board: Storyboard) -> Iterator[PanelView]:
    for number, address, panel in _addressed(board):
        directed = panel.direction
        people = tuple(figure.character for figure in directed.figures)
        held = (figure.holds for figure in directed.figures if figure.holds)
        yield PanelView(
            key=panel.key,
            address=address,
            page=number,
            scene=panel.scene,
            people=people,
            seen=directed.seen,
            things=tuple(dict.fromkeys((*directed.props, *held))),
        )


def _lines(board: Storyboard, letters: Lettering | None) -> Iterator[LineView]:
    """The words of the storyboard; where there are letters as they are set, with the sounds that came with them."""
    set_: dict[str, str] = {}
    for balloon in (one for page in letters.pages for one in page.balloons) if letters else ():
        key = first_half(balloon.key) or balloon.key
        set_[key] = set_.get(key, "") + balloon.text.source
    sounds = [sound for page in letters.pages for sound in page.sfx] if letters else []
    set_ |= {sound.key: sound.text for sound in sounds}
    for _, address, panel in _addressed(board):
        parts = panel.dialogue.parts
        known = {part.key for part in parts}
        came = [sound for sound in sounds if sound.panel == panel.key and sound.key not in known]
        counts = {"b": 0, "s": 0}
        for part in (*parts, *map(_part_of, came)):
            letter = "s" if part.kind == "sfx" else "b"
            counts[letter] += 1
            yield LineView(
                key=part.key,
                address=f"{address}.{letter}{counts[letter]}",
                panel=panel.key,
                line=part.line,
                kind=str(part.kind),
                text=set_.get(part.key, part.text),
                speaker=part.speaker,
            )


def _part_of(sound: Sfx) -> LinePart:
    line = sound.key.partition(".")[0]
    return LinePart(key=sound.key, line=line, kind="sfx", text=sound.text, span=Span(start=0, end=0))


def _planned_lines(plot: Plot) -> Iterator[LineView]:
    """Before the storyboard a line stands in no panel."""
    for beat in plot.beats():
        for line in beat.lines:
            yield LineView(
                key=line.key,
                address="",
                panel="",
                line=line.key,
                kind=line.kind.value,
                text=line.text,
                speaker=line.speaker,
            )
