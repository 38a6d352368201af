"""Puts the greatest moments of a long book over two facing pages: frames of every page in, with spreads out.

A spread opens with a turn of the leaf: what its page has before it closes the page before the turn, what else it has
goes on behind it. Two more pages each time: every other page keeps its side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from manga.paper import Direction
from manga.storyboard import FigureDirection, PageDraft, PanelDraft, Role, Shot
from offline.directing.added_panels import KEY_EVENT
from offline.directing.panel_roles import Frame, hooked, sight_of, weighed

LONG_BOOK = 22
"""Pages from which on a book has a spread; it has two from twice as many on."""
APART = 12
LEFT_BEHIND = 2
"""Panels that a page keeps when one of its own goes to a spread."""
MOST_PANELS, MOST_TEXTS = 7, 10
"""Of a page that takes in its neighbour's."""
REACH = 4
"""Pages that make room for what a page of a spread does not hold any more."""
SPREAD = 3.0
"""How great a sight is that two pages open for."""
FOLD = 0.16
"""Share of a spread's width that figures stand off its middle."""
READ_FIRST = (0.22, 0.34, 0.1)
"""Places on the half that is read first, from its edge of the paper: those who speak, whose balloons stand there."""


Book = Sequence[Sequence[Frame]]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A sight that two pages could open for, and what the pages around it, `first` to `last`, hold without it."""

    great: Frame
    page: int
    before: Sequence[list[Frame]]
    after: Sequence[list[Frame]]
    first: int
    last: int


def with_spreads(pages: Book, turns: Sequence[bool], most: int) -> tuple[list[Sequence[Frame]], frozenset[int]]:
    """The pages, and which of them (by place) are spreads. `turns` says after which the leaf is turned, `most` how
    many pages the book may have in all."""
    wanted = min(2, len(pages) // LONG_BOOK, (most - len(pages)) // 2)
    chosen: list[_Opening] = []
    for one in sorted(_openings(pages, turns), key=lambda found: (-sight_of(found.great), -found.page)):
        if len(chosen) < wanted and all(abs(one.page - other.page) >= APART for other in chosen):
            chosen.append(one)
    found: list[Sequence[Frame]] = []
    spreads: set[int] = set()
    done = 0
    for one in sorted(chosen, key=lambda opening: opening.page):
        found += [*pages[done : one.first], *one.before]
        spreads.add(len(found))
        found += [[replace(one.great, role=Role.SPLASH, importance=5)], *one.after]
        done = one.last + 1
    return [*found, *pages[done:]], frozenset(spreads)


def _openings(pages: Book, turns: Sequence[bool]) -> Iterator[_Opening]:
    """Great sights around which no page gets empty or too full."""
    for n in range(2, len(pages) - 1):
        for at, frame in enumerate(pages[n]):
            if frame.importance >= KEY_EVENT and sight_of(frame) >= SPREAD:
                ways = _ways(pages, n, at, turned=turns[n])
                fitting = (way for way in ways if all(map(_holds, (*way.before, *way.after))))
                yield from islice(fitting, 1)


def _ways(pages: Book, n: int, at: int, *, turned: bool) -> Iterator[_Opening]:
    """What stands before a sight closes the page before a turn of the leaf, what stands behind it opens the next; where
    that page would be too full, some before it, or after it, make room."""
    great, before, after = pages[n][at], list(pages[n][:at]), list(pages[n][at + 1 :])
    for reach in range(1, REACH + 1):
        if turned and n + reach < len(pages):
            kept = len(pages[n - 1]) - max(0, LEFT_BEHIND - at)
            closing = [list(pages[n - 1][:kept]), _ended([*pages[n - 1][kept:], *before])]
            rest = _parted([*after, *_all(pages[n + 1 : n + reach + 1])], reach)
            yield _Opening(great, n, closing, rest, n - 1, n + reach)
        if not turned and n > reach:
            lent = max(0, LEFT_BEHIND - len(after))
            opening = [[*after, *pages[n + 1][:lent]], list(pages[n + 1][lent:])]
            told = _parted([*_all(pages[n - reach : n]), *before], reach)
            yield _Opening(great, n, [*told[:-1], _ended(told[-1])], opening, n - reach, n + 1)


def _all(pages: Book) -> list[Frame]:
    return [frame for page in pages for frame in page]


def _parted(frames: Sequence[Frame], pages: int) -> list[list[Frame]]:
    edges = [round(len(frames) * n / pages) for n in range(pages + 1)]
    return [weighed(list(frames[a:b])) for a, b in pairwise(edges)]


def _ended(frames: Sequence[Frame]) -> list[Frame]:
    """A page that a turn of the leaf follows now."""
    return [*frames[:-1], hooked(frames[-1])]


def _holds(frames: Sequence[Frame]) -> bool:
    texts = sum(len(moment.parts) for frame in frames for moment in frame.moments)
    return LEFT_BEHIND <= len(frames) <= MOST_PANELS and texts <= MOST_TEXTS


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
