"""Searches layouts of all balloons of a page by a beam, grown one balloon at a time.

What two balloons cost beside each other is weighed here, and which layouts are kept. Balloons never overlap.
Deterministic: ties are broken by the order in which spots come.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from drawing.lettering.balloons import BOXED
from drawing.lettering.free_space import PageSpace
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.tails import aside
from manga.geometry import Point, Rect

CLEARANCE_EM = 1.0
STACKED_EM = 0.2
"""The same between two captions that hold one text: they are read as one, and leave more of the picture free."""
DROP, LEVEL = 0.4, 1.1
"""By how much of a balloon's height the next speaker's begins lower, and what it costs when it does not."""
PARTED = 0.3
"""What it costs for the halves of one text to stand apart by one em more."""
BESIDE = 0.35
"""Balloons that share so much of the lower one's height stand beside each other."""
_DOUBT = 0.04
"""What of that is nobody's to say: a balloon's border wavers, and eyes do not measure."""
_ORDER = 300.0
_TAIL = 12.0


_Row: TypeAlias = dict[int, float | None]
"""What spots, by their identities, cost beside one."""
_UNKNOWN = -1.0
_Left: TypeAlias = dict[tuple[int, ...], Sequence[tuple[BalloonSpot, float]]]
"""Spots that are possible beside others, by the identities of those, and what they cost there."""


@dataclass(slots=True)
class Pairs:
    """What two spots cost beside each other, by their identities, and those spots, which thereby stay who they are:
    layouts share most of them. Grows."""

    rows: dict[int, _Row] = field(default_factory=dict)
    spots: dict[int, BalloonSpot] = field(default_factory=dict)

    def row(self, spot: BalloonSpot) -> _Row:
        self.spots[id(spot)] = spot
        return self.rows.setdefault(id(spot), {})


@dataclass(frozen=True, slots=True)
class Layout:
    """Spots chosen so far, what each of them costs, and all of them together."""

    chosen: tuple[BalloonSpot, ...] = ()
    prices: tuple[float, ...] = ()
    cost: float = 0.0

    @property
    def worst(self) -> float:
        return max(self.prices, default=0.0)

    def joined(self, spot: BalloonSpot, price: float) -> "Layout":
        return Layout((*self.chosen, spot), (*self.prices, price), self.cost + price)


@dataclass(frozen=True, slots=True)
class Effort:
    """How wide a search is: layouts kept, spots of a piece, settings of a piece, layouts alike that are kept."""

    beam: int
    spots: int
    variants: int
    alike: int


def grown(
    beam: Sequence[Layout],
    candidates: Sequence[BalloonSpot],
    page: PageSpace,
    effort: Effort,
    pairs: Pairs | None = None,
) -> list[Layout]:
    """The best layouts that have one spot more. `pairs` grows."""
    known = pairs or Pairs()
    known.spots.update((id(spot), spot) for spot in candidates)
    left: _Left = {(): [(spot, 0.0) for spot in candidates]}
    found: list[tuple[float, Layout, BalloonSpot, float]] = []
    for layout in beam:
        for spot, beside in _possible(layout.chosen, page, known, left):
            price = spot.cost + beside
            found.append((layout.cost + price, layout, spot, price))
    found.sort(key=lambda entry: entry[0])
    return diverse((layout.joined(spot, price) for _, layout, spot, price in found), effort)


def _possible(
    chosen: Sequence[BalloonSpot], page: PageSpace, pairs: Pairs, left: _Left
) -> Sequence[tuple[BalloonSpot, float]]:
    """The spots that can stand beside all the others, and what each costs there. `left` grows: it has what is possible
    beside the first of them, in which most layouts of a beam agree."""
    names = tuple(map(id, chosen))
    agreed = next(count for count in range(len(names), -1, -1) if names[:count] in left)
    found = left[names[:agreed]]
    for count, other in enumerate(chosen[agreed:], agreed + 1):
        found = left[names[:count]] = list(_beside_one(other, found, page, pairs.row(other)))
    return found


def _beside_one(
    other: BalloonSpot, spots: Sequence[tuple[BalloonSpot, float]], page: PageSpace, row: _Row
) -> Iterator[tuple[BalloonSpot, float]]:
    for spot, cost in spots:
        price = row.get(id(spot), _UNKNOWN)
        if price == _UNKNOWN:
            price = row[id(spot)] = _beside(other, spot, page)
        if price is not None:
            yield spot, cost + price


def diverse(layouts: Iterable[Layout], effort: Effort) -> list[Layout]:
    """The first layouts, but only a few whose last balloon is at about the same place. They come best first."""
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


def _beside(other: BalloonSpot, spot: BalloonSpot, page: PageSpace) -> float | None:
    """What a spot costs beside one that is read before it; None when the two cannot stand so."""
    apart = other.piece.panel.index != spot.piece.panel.index
    if apart and not _extents_meet(other, spot):
        return 0.0
    if overlap(other, spot, _clearance(other, spot) * spot.variant.em):
        return None
    if tail_meets(other, spot) or tail_meets(spot, other) or tails_meet(other, spot):
        return None
    if apart:
        return 0.0
    cost = 0.0 if surely_before(other.seen, spot.seen, rtl=page.rtl) else _ORDER
    cost += _level(other, spot)
    cost += _parted(other, spot) if _one_text(other, spot) else 0.0
    return cost + _TAIL * _tails_cross(other, spot)


def _extents_meet(a: BalloonSpot, b: BalloonSpot) -> bool:
    left, top, right, bottom = a.extent
    x0, y0, x1, y1 = b.extent
    return left < x1 and x0 < right and top < y1 and y0 < bottom


def _clearance(first: BalloonSpot, second: BalloonSpot) -> float:
    return STACKED_EM if first.piece.kind in BOXED and _one_text(first, second) else CLEARANCE_EM


def _one_text(first: BalloonSpot, second: BalloonSpot) -> bool:
    """Whether the second goes on with what the first began: half of a text, or the rest of a told sentence."""
    boxed = first.piece.kind in BOXED and second.piece.kind in BOXED
    return second.piece.follows == first.piece.key or (boxed and first.piece.line == second.piece.line)


def _level(first: BalloonSpot, second: BalloonSpot) -> float:
    """What it costs when the answer does not begin clearly lower than what it answers."""
    if {first.piece.kind, second.piece.kind} & BOXED or first.piece.talker == second.piece.talker:
        return 0.0
    wanted = DROP * min(first.box.height, second.box.height)
    return LEVEL * min(1.5, max(0.0, 1 - (second.box.y - first.box.y) / wanted))


def _parted(first: BalloonSpot, second: BalloonSpot) -> float:
    """What it costs when the two halves of a text stand apart."""
    a, b = first.box, second.box
    across, down = max(0.0, a.x - b.right, b.x - a.right), max(0.0, a.y - b.bottom, b.y - a.bottom)
    return PARTED * (across + down) / second.variant.em


def reads_before(first: Rect, second: Rect, *, rtl: bool, beside: float = BESIDE) -> bool:
    """Whether a reader meets one balloon before the other: beside each other by side, else from the top down."""
    shared = min(first.bottom, second.bottom) - max(first.y, second.y)
    if shared > beside * min(first.height, second.height):
        ahead = first.centre[0] - second.centre[0]
        return ahead > 0 if rtl else ahead < 0
    return first.centre[1] < second.centre[1]


def surely_before(first: Rect, second: Rect, *, rtl: bool) -> bool:
    """The same, also for a reader to whom they stand a little more, or a little less, beside each other."""
    return all(reads_before(first, second, rtl=rtl, beside=BESIDE + by) for by in (-_DOUBT, 0.0, _DOUBT))


def overlap(a: BalloonSpot, b: BalloonSpot, clearance: float) -> bool:
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


def _reaches(a: BalloonSpot, b: BalloonSpot, clearance: float) -> bool:
    """Whether a point of the first reach lies in the second, widened by the clearance."""
    dx, dy = a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]
    depth = b.variant.body.depth
    return depth(dx, dy, clearance) < 1 or any(depth(dx + x, dy + y, clearance) < 1 for x, y in a.variant.rim)


def tail_meets(a: BalloonSpot, b: BalloonSpot) -> bool:
    """Whether the first one's tail touches the second balloon."""
    if a.tail is None:
        return False
    margin = aside(a.tail, a.variant.em)
    if not _boxes_near(a.tail.box, b.box, margin):
        return False
    cx, cy = b.centre
    return any(b.variant.body.depth(x - cx, y - cy, margin) < 1 for x, y in a.tail.samples())


def tails_meet(a: BalloonSpot, b: BalloonSpot) -> bool:
    """Whether two tails cut each other as they are drawn."""
    return a.tail is not None and b.tail is not None and _cut(a.tail.root, a.tail.tip, b.tail.root, b.tail.tip)


def _tails_cross(a: BalloonSpot, b: BalloonSpot) -> bool:
    """Whether two tails, drawn out to the mouths, cut each other."""
    if a.tail is None or b.tail is None or a.tail.mouth == b.tail.mouth:
        return False
    return _cut(a.tail.root, a.tail.mouth, b.tail.root, b.tail.mouth)


def _cut(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
