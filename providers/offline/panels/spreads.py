"""The greatest moments of a long book over two facing pages: frames of every page in, the same with spreads out.

A spread opens with a turn of the leaf, so it takes the place of a page that begins with such a moment; what else that
page has goes on behind it. Two more pages each time: every other page keeps its side.
"""

from collections.abc import Sequence
from dataclasses import replace

from manga.paper import Direction
from manga.storyboard import FigureDirection, PageDraft, PanelDraft, Role, Shot
from providers.offline.panels.roles import SPLASH_LETTERS, Frame, weighed

LONG_BOOK = 24
"""Pages from which on a book has a spread; it has two from twice as many on."""
APART = 12
LEFT_BEHIND = 2
"""Panels that a page keeps when its first one goes to a spread."""
FOLD = 0.16
"""Share of a spread's width that figures stand off its middle."""
READ_FIRST = (0.22, 0.34, 0.1)
"""Places on the half that is read first, from its edge of the paper: those who speak, whose balloons stand there."""


def with_spreads(
    pages: Sequence[Sequence[Frame]], turns: Sequence[bool], most: int
) -> tuple[list[Sequence[Frame]], frozenset[int]]:
    """The pages, and which of them (by place) are spreads. `turns` says after which the leaf is turned, `most` how
    many pages the book may have in all."""
    wanted = min(2, len(pages) // LONG_BOOK, (most - len(pages)) // 2)
    able = [n for n in range(2, len(pages) - 1) if not turns[n] and _opens_greatly(pages[n])]
    chosen: list[int] = []
    for n in sorted(able, key=lambda n: (pages[n][0].role is not Role.SPLASH, -_sight(pages[n][0]), -n)):
        if len(chosen) < wanted and all(abs(n - other) >= APART for other in chosen):
            chosen.append(n)
    found: list[Sequence[Frame]] = []
    spreads: set[int] = set()
    for n, frames in enumerate(pages):
        if n in chosen:
            spreads.add(len(found))
            found.append([replace(frames[0], role=Role.SPLASH, importance=5)])
        found.append(weighed(list(frames[1:])) if n in chosen else frames)
    return found, frozenset(spreads)


def _opens_greatly(frames: Sequence[Frame]) -> bool:
    first = frames[0]
    letters = sum(moment.letters for moment in first.moments)
    people = {key for moment in first.moments for key in moment.beat.present}
    great = first.importance >= 5 and first.role in (Role.SPLASH, Role.PAYOFF)
    return great and len(frames) > LEFT_BEHIND and letters <= SPLASH_LETTERS and bool(people)


def _sight(frame: Frame) -> float:
    """How much there is to be seen."""
    beat = frame.lead.beat
    return 2.0 * beat.reveal + bool(beat.action) + bool(beat.deeds) + min(len(beat.present), 4) / 4


def spread_out(page: PageDraft, direction: Direction) -> PageDraft:
    """The page as a spread: a wide view, nobody in the fold, those who speak on the half that is read first."""
    return page.model_copy(update={"panels": tuple(_staged(panel, direction) for panel in page.panels), "spread": True})


def _staged(panel: PanelDraft, direction: Direction) -> PanelDraft:
    shown = panel.direction
    shot = Shot.FULL if shown.shot in (Shot.MEDIUM, Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE) else shown.shot
    speakers = [part.speaker for part in panel.dialogue.parts if part.speaker]
    figures = tuple(_apart(figure, speakers, direction) for figure in shown.figures)
    told = {"shot": shot, "figures": figures, "background": "full"}
    return panel.model_copy(update={"direction": shown.model_copy(update=told)})


def _apart(figure: FigureDirection, speakers: Sequence[str], direction: Direction) -> FigureDirection:
    if figure.character in speakers:
        places = [*dict.fromkeys(speakers)]
        x = READ_FIRST[places.index(figure.character) % len(READ_FIRST)]
        x = 1 - x if direction is Direction.RTL else x
    else:
        side = 1 if figure.x >= 0.5 else -1
        x = figure.x if abs(figure.x - 0.5) >= FOLD else 0.5 + side * FOLD
    return figure.model_copy(update={"x": round(x, 3)})
