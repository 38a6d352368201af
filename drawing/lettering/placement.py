"""All balloons of a page at once: pieces in reading order in, one spot for each out. Balloons never overlap.

A beam search over the spots of each piece; where none is left, other settings of the text, then any free place of
the page. Deterministic: ties are broken by the order of the grid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drawing.lettering.space import PageSpace
from drawing.lettering.spots import Piece, Spot, anywhere, pointed, spots
from drawing.lettering.tails import Tail
from manga.geometry import Point, Rect

CLEARANCE_EM = 1.0
CLOSE_EM = 0.3
POOR = 3.0
"""A piece that costs more than this is tried in all its settings."""
FAULTY = 9.0
"""A piece that costs this much hides a face or has lost its tail: its page is searched again."""
FULLEST = 0.72
"""Balloons whose boxes need more of the text area than this share are not even tried."""
LAST_VARIANTS = 5
_ORDER = 300.0
_TAIL = 12.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Spots chosen so far, their cost, and that of the worst of them."""

    chosen: tuple[Spot, ...] = ()
    cost: float = 0.0
    worst: float = 0.0

    def with_spot(self, spot: Spot, beside: float) -> "Layout":
        """`beside` is what the spot costs next to the others."""
        cost = spot.cost + beside
        return Layout((*self.chosen, spot), self.cost + cost, max(self.worst, cost))


@dataclass(frozen=True, slots=True)
class Placed:
    """The chosen spots in reading order; `unplaced` is a piece for which the page has no room at all."""

    spots: tuple[Spot, ...]
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """How wide a search is: layouts kept, spots of a piece, settings of a piece, layouts alike that are kept."""

    beam: int
    spots: int
    variants: int
    alike: int


QUICK = Effort(beam=10, spots=32, variants=3, alike=3)
THOROUGH = Effort(beam=20, spots=120, variants=99, alike=2)


def place(pieces: Sequence[Piece], page: PageSpace) -> Placed:
    """Find a spot for every piece: quickly, and where that has faults, thoroughly. A page that is too full is left."""
    least = sum(min(4 * v.body.reach[0] * v.body.reach[1] for v in piece.variants) for piece in pieces)
    if least > FULLEST * page.text_area.area:
        return Placed((), tuple(piece.key for piece in pieces))
    layout, unplaced = _searched(pieces, page, QUICK)
    if layout.worst > FAULTY or unplaced:
        second, still = _searched(pieces, page, THOROUGH)
        if (len(still), second.cost) < (len(unplaced), layout.cost):
            layout, unplaced = second, still
    return Placed(layout.chosen, tuple(unplaced))


def _searched(pieces: Sequence[Piece], page: PageSpace, effort: Effort) -> tuple[Layout, list[str]]:
    beam = [Layout()]
    unplaced: list[str] = []
    for piece in pieces:
        grown = _grown(beam, spots(piece, page, piece.variants[: effort.variants], effort.spots), page, effort)
        if not grown or grown[0].cost - beam[0].cost > POOR:
            wide = _grown(beam, spots(piece, page, piece.variants, THOROUGH.spots), page, effort)
            grown = _diverse([*grown, *wide], effort)
        if not grown:
            grown = _anywhere(beam[0], piece, page)
        if grown:
            beam = grown
        else:
            unplaced.append(piece.key)
    return beam[0], unplaced


def _grown(beam: Sequence[Layout], candidates: Sequence[Spot], page: PageSpace, effort: Effort) -> list[Layout]:
    grown: list[Layout] = []
    for layout in beam:
        for spot in candidates:
            cost = _together(layout.chosen, spot, page)
            if cost is not None:
                grown.append(layout.with_spot(spot, cost))
    return _diverse(grown, effort)


def _diverse(layouts: list[Layout], effort: Effort) -> list[Layout]:
    """The best layouts, but only a few whose last balloon is at about the same place."""
    layouts.sort(key=lambda layout: layout.cost)
    kept: list[Layout] = []
    seen: dict[tuple[int, int], int] = {}
    for layout in layouts:
        last = layout.chosen[-1]
        coarse = 2 * last.variant.em
        key = (round(last.centre[0] / coarse), round(last.centre[1] / coarse))
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= effort.alike:
            kept.append(layout)
        if len(kept) == effort.beam:
            break
    return kept


def _anywhere(layout: Layout, piece: Piece, page: PageSpace) -> list[Layout]:
    """The nearest free place, with full clearance, then with little, then with none."""
    for clearance in (CLEARANCE_EM, CLOSE_EM, 0.02):
        for spot in anywhere(piece, page, piece.variants[:LAST_VARIANTS]):
            if not any(overlap(spot, other, clearance * spot.variant.em) for other in layout.chosen):
                free = tuple(_without_crossed_tails(layout, spot))
                tailed = _with_tail(spot, pointed(piece, spot.variant, spot.centre))
                own = spot if any(_tail_meets(tailed, other) for other in free) else tailed
                return [Layout(free, layout.cost, layout.worst).with_spot(own, 0.0)]
    return []


def _without_crossed_tails(layout: Layout, spot: Spot) -> Iterable[Spot]:
    """Tails that the new balloon would lie on are given up."""
    for other in layout.chosen:
        yield _with_tail(other, None) if _tail_meets(other, spot) else other


def _with_tail(spot: Spot, tail: Tail | None) -> Spot:
    return Spot(spot.piece, spot.variant, spot.centre, spot.box, spot.cut, tail, spot.cost)


def _together(chosen: Sequence[Spot], spot: Spot, page: PageSpace) -> float | None:
    """What a spot costs beside the others; None when it cannot stand there."""
    cost = 0.0
    clearance = CLEARANCE_EM * spot.variant.em
    for other in chosen:
        if overlap(other, spot, clearance):
            return None
        if _tail_meets(other, spot) or _tail_meets(spot, other):
            return None
        if other.piece.panel.index == spot.piece.panel.index:
            if not reads_before(other.seen, spot.seen, rtl=page.rtl):
                cost += _ORDER
            if other.tail and spot.tail and _tails_cross(other, spot):
                cost += _TAIL
    return cost


def reads_before(first: Rect, second: Rect, *, rtl: bool) -> bool:
    """Whether a reader meets one balloon before the other: beside each other by side, else from the top down."""
    shared = min(first.bottom, second.bottom) - max(first.y, second.y)
    if shared > 0.35 * min(first.height, second.height):
        ahead = first.centre[0] - second.centre[0]
        return ahead > 0 if rtl else ahead < 0
    return first.centre[1] < second.centre[1]


def overlap(a: Spot, b: Spot, clearance: float) -> bool:
    """Whether two balloons come nearer to each other than the clearance."""
    if not _boxes_near(a.box, b.box, clearance):
        return False
    return _reaches(a, b, clearance) or _reaches(b, a, clearance)


def _boxes_near(a: Rect, b: Rect, clearance: float) -> bool:
    return (
        a.x - clearance < b.right
        and b.x - clearance < a.right
        and a.y - clearance < b.bottom
        and b.y - clearance < a.bottom
    )


def _reaches(a: Spot, b: Spot, clearance: float) -> bool:
    """Whether a point of the first reach lies in the second, widened by the clearance."""
    dx, dy = a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]
    depth = b.variant.body.depth
    return depth(dx, dy, clearance) < 1 or any(depth(dx + x, dy + y, clearance) < 1 for x, y in a.variant.rim)


def _tail_meets(a: Spot, b: Spot) -> bool:
    """Whether the first one's tail touches the second balloon."""
    if a.tail is None:
        return False
    margin = 0.4 * a.variant.em
    if not _boxes_near(a.tail.box, b.box, margin):
        return False
    cx, cy = b.centre
    return any(b.variant.body.depth(x - cx, y - cy, margin) < 1 for x, y in a.tail.samples())


def _tails_cross(a: Spot, b: Spot) -> bool:
    """Whether two tails, drawn out to the mouths, cut each other."""
    if a.tail is None or b.tail is None or a.tail.mouth == b.tail.mouth:
        return False
    return _cut(a.tail.root, a.tail.mouth, b.tail.root, b.tail.mouth)


def _cut(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
