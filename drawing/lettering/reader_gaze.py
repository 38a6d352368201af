"""Where a reader's eye goes on a page: texts in reading order, or the middle of a panel without one. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from drawing.lettering.beam_search import Layout
from drawing.lettering.free_space import PageSpace
from manga.geometry import Point, centroid

BACK_MM = 2.0
"""A step of the eye back up that is longer is felt."""


def crossings(way: Sequence[Point]) -> int:
    """How often a way crosses itself."""
    steps = list(pairwise(way))
    pairs = ((a, b) for i, a in enumerate(steps) for b in steps[i + 2 :])
    return sum(_cross(a, b) for a, b in pairs)


def backtracks(way: Sequence[Point], *, rtl: bool) -> int:
    """Steps that lead up and back to where reading began."""
    back = 1 if rtl else -1
    return sum(y1 < y0 - BACK_MM and back * (x1 - x0) > BACK_MM for (x0, y0), (x1, y1) in pairwise(way))


def wanders(layout: Layout, page: PageSpace) -> int:
    """What is wrong with the way that a layout leads the eye: each step back, and each crossing but one."""
    way = _way(layout, page)
    return max(0, crossings(way) - 1) + backtracks(way, rtl=page.rtl)


def _way(layout: Layout, page: PageSpace) -> list[Point]:
    found: list[Point] = []
    for panel in page.panels:
        own = [spot.seen.centre for spot in layout.chosen if spot.piece.panel.index == panel.index]
        found += own or [centroid(panel.polygon)]
    return found


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
