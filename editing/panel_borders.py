"""Moved panel borders, drawn cuts and merged frames: what of a page's geometry goes along.

Frames in, frames out; millimetres of the page, polygons convex. What stands on both sides of a gutter keeps its
distance, so that no panel comes to lie over another one. Raises `Unfit` where a panel would become too small.

A cut hangs on the border (side and share of it), not on the page: it stays when its panel's frame changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypeAlias

from drawing.layout.slice_page import Gutters
from editing.edit_values import EdgePoint
from editing.editable_pages import Unfit
from manga.geometry import Point, Polygon, Rect, area, bounds, centroid, distance, overlap_area, signed_area

SNAP_MM = 6.0
"""How far from the border a drawn cut may begin."""
LEAST_SIDE_MM = 12.0
LEAST_AREA_MM2 = 400.0
_UPRIGHT = 1.0
_SPARE_MM2 = 2.0
SideName: TypeAlias = tuple[str, int]
"""A panel's key, and the corner of its border at which the side begins."""
_NEAR = 0.5
"""How far a gutter may be from its usual width, and a side from its neighbour's line, millimetres."""
_ALIKE = 0.996
"""Cosine of the angle up to which two sides run alike."""
_DIAGONAL = 0.7072
_SHARED = 1.0
"""Sides face one another that share more than this, millimetres."""
_WAYS: Mapping[str, Point] = {"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)}


def on_border(point: Point, polygon: Polygon, field: str) -> EdgePoint:
    """The nearest point of a border. Raises `Unfit` when it is too far away."""
    best: tuple[float, EdgePoint] | None = None
    for edge, (a, b) in enumerate(_edges(polygon)):
        along = _share(point, a, b)
        far = distance(point, _between(a, b, along))
        if best is None or far < best[0]:
            best = (far, EdgePoint(edge=edge, along=round(along, 5)))
    if best is None or best[0] > SNAP_MM:
        raise Unfit("the point is not on the panel's border", field=field)
    return best[1]


def _edges(polygon: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(polygon, (*polygon[1:], polygon[0]), strict=True))


def _share(point: Point, a: Point, b: Point) -> float:
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    if length == 0:
        return 0.0
    return min(1.0, max(0.0, ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length))


def _between(a: Point, b: Point, along: float) -> Point:
    return (a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along)


def place_of(point: EdgePoint, polygon: Polygon) -> Point:
    """Where a point of the border is. Raises `Unfit` when the border has lost that side."""
    if point.edge >= len(polygon):
        raise Unfit("the panel's border has changed its form", gone=True)
    return _between(*_edges(polygon)[point.edge], point.along)


def halves(polygon: Polygon, start: EdgePoint, end: EdgePoint, gutters: Gutters) -> tuple[Polygon, Polygon]:
    """Both sides of a cut, a gutter apart. Raises `Unfit` when one of them would be too small to be read."""
    a, b = place_of(start, polygon), place_of(end, polygon)
    length = distance(a, b)
    if start.edge == end.edge or length < LEAST_SIDE_MM:
        raise Unfit("the cut does not go from one side of the panel to another")
    level = abs(b[0] - a[0]) > _UPRIGHT * abs(b[1] - a[1])
    gap = (gutters.row if level else gutters.column) / 2
    found = tuple(_rounded(_beside(polygon, a, b, side * gap, side)) for side in (1, -1))
    for half in found:
        box = bounds(half) if len(half) > 2 else None
        if box is None or min(box.width, box.height) < LEAST_SIDE_MM or area(half) < LEAST_AREA_MM2:
            raise Unfit("one part of the panel would be too small")
    return found[0], found[1]


def _beside(polygon: Polygon, a: Point, b: Point, gap: float, side: int) -> Polygon:
    """What lies on one side of a line, and further from it than the gap."""
    ux, uy = (b[0] - a[0]) / distance(a, b), (b[1] - a[1]) / distance(a, b)
    nx, ny = -uy, ux

    def height(p: Point) -> float:
        return side * ((p[0] - a[0]) * nx + (p[1] - a[1]) * ny - gap)

    kept: list[Point] = []
    for p, q in _edges(polygon):
        hp, hq = height(p), height(q)
        if hp >= 0:
            kept.append(p)
        if (hp > 0 > hq) or (hp < 0 < hq):
            kept.append(_between(p, q, hp / (hp - hq)))
    return tuple(kept)


def _rounded(polygon: Sequence[Point]) -> Polygon:
    """To a thousandth of a millimetre, without corners that fall together."""
    points = [(round(x, 3), round(y, 3)) for x, y in polygon]
    return tuple(p for i, p in enumerate(points) if hypot(p[0] - points[i - 1][0], p[1] - points[i - 1][1]) > 0.01)


def joined(first: Polygon, second: Polygon, others: Sequence[Polygon]) -> Polygon | None:
    """The frame around two neighbours; None when it would lie over another panel or fill much that was neither's."""
    shape = hull((*first, *second))
    if any(overlap_area(shape, other) > _SPARE_MM2 for other in others):
        return None
    one, two = bounds(first), bounds(second)
    shared = max(
        min(one.right, two.right) - max(one.x, two.x), min(one.bottom, two.bottom) - max(one.y, two.y)
    )  # fmt: skip
    gap = distance(centroid(first), centroid(second))
    spare = area(shape) - area(first) - area(second)
    return _rounded(shape) if shared > 0 and spare < 0.35 * shared * gap else None


def hull(points: Sequence[Point]) -> Polygon:
    """The convex hull, clockwise on the page, from the top left."""
    ordered = sorted(set(points))
    found = (*_half(ordered), *_half(ordered[::-1]))
    turned = found if signed_area(found) > 0 else tuple(reversed(found))
    first = min(range(len(turned)), key=lambda i: (turned[i][0] + turned[i][1], turned[i]))
    return (*turned[first:], *turned[:first])


def _half(points: Sequence[Point]) -> tuple[Point, ...]:
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0.01:
            chain.pop()
        chain.append(p)
    return tuple(chain[:-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@dataclass(frozen=True, slots=True)
class _Side:
    """A stretch of border. `normal` looks out of the panel."""

    name: SideName
    a: Point
    b: Point
    normal: Point

    def off(self, point: Point) -> float:
        """How far outside of this side's line a point is."""
        return (point[0] - self.a[0]) * self.normal[0] + (point[1] - self.a[1]) * self.normal[1]

    def shared(self, other: "_Side") -> float:
        """The length along which two sides lie beside one another."""
        length = hypot(self.b[0] - self.a[0], self.b[1] - self.a[1])
        ux, uy = (self.b[0] - self.a[0]) / length, (self.b[1] - self.a[1]) / length
        ends = sorted((p[0] - self.a[0]) * ux + (p[1] - self.a[1]) * uy for p in (other.a, other.b))
        return min(length, ends[1]) - max(0.0, ends[0])


def moved(
    frames: Mapping[str, Polygon], side: SideName, by_mm: float, gutters: Gutters, ground: Rect
) -> dict[str, Polygon]:
    """The frames after a side has gone outwards (`by_mm` above 0) or inwards. `ground`: what no frame grows beyond."""
    sides = {found.name: found for key, polygon in frames.items() for found in _sides(key, polygon)}
    if side not in sides:
        raise Unfit("the panel's border has changed its form", gone=True)
    with_it, against = _along_the_gutter(sides, side, gutters)
    shifts = dict.fromkeys(with_it, by_mm) | dict.fromkeys(against, -by_mm)
    found = {key: _shifted(polygon, key, shifts) for key, polygon in frames.items()}
    touched = [key for key in frames if any(name == key for name, _ in shifts)]
    if any(_too_small(found[key], frames[key]) for key in touched):
        raise Unfit("one panel would be too small")
    if any(_beyond(bounds(found[key]), bounds(frames[key]), ground) for key in touched):
        raise Unfit("the panel would leave the page's live area")
    if any(overlap_area(found[a], found[b]) > _NEAR for a in touched for b in found if a != b):
        raise Unfit("the panel would lie over another one")
    return found


def edge_at(polygon: Polygon, side: str) -> int | None:
    """The corner at which the side begins that looks to the top, right, bottom or left: the one that does so most, by
    its length. None where no side does."""
    x, y = _WAYS[side]
    looks = {s.name[1]: hypot(s.b[0] - s.a[0], s.b[1] - s.a[1]) * _steep(s, x, y) for s in _sides("", polygon)}
    best = max(looks, key=lambda edge: looks[edge], default=None)
    return best if best is not None and looks[best] > 0 else None


def _steep(side: _Side, x: float, y: float) -> float:
    """How much a side looks that way; 0 from 45 degrees on."""
    along = side.normal[0] * x + side.normal[1] * y
    return along if along > _DIAGONAL else 0.0


def _sides(key: str, polygon: Polygon) -> Iterator[_Side]:
    turn = 1 if signed_area(polygon) > 0 else -1
    for i, (a, b) in enumerate(pairwise((*polygon, polygon[0]))):
        length = hypot(b[0] - a[0], b[1] - a[1])
        if length > _NEAR:
            yield _Side((key, i), a, b, (turn * (b[1] - a[1]) / length, -turn * (b[0] - a[0]) / length))


def _along_the_gutter(
    sides: Mapping[SideName, _Side], first: SideName, gutters: Gutters
) -> tuple[set[SideName], set[SideName]]:
    """The sides that go with the first one, and those on the other side of its gutter, which go against them."""
    widest = max(gutters.row, gutters.column) + _NEAR
    with_it, against = {first}, set[SideName]()
    waiting = [first]
    while waiting:
        own = sides[waiting.pop()]
        here, there = (with_it, against) if own.name in with_it else (against, with_it)
        for other in sides.values():
            if other.name not in there and _faces(own, other, widest):
                there.add(other.name)
                waiting.append(other.name)
            if other.name not in here and _continues(own, other, widest):
                here.add(other.name)
                waiting.append(other.name)
    return with_it, against


def _dot(a: _Side, b: _Side) -> float:
    return a.normal[0] * b.normal[0] + a.normal[1] * b.normal[1]


def _faces(own: _Side, other: _Side, widest: float) -> bool:
    gap = (own.off(other.a) + own.off(other.b)) / 2
    return _dot(own, other) < -_ALIKE and -_NEAR < gap < widest and own.shared(other) > _SHARED


def _continues(own: _Side, other: _Side, widest: float) -> bool:
    """Whether a side lies on the same level line a gutter further on: a tier's panels keep their common border, while
    gutters within tiers move tier by tier."""
    level = abs(own.normal[1]) > abs(own.normal[0])
    if not level or _dot(own, other) < _ALIKE or max(abs(own.off(other.a)), abs(own.off(other.b))) > _NEAR:
        return False
    return -own.shared(other) < widest


def _shifted(polygon: Polygon, key: str, shifts: Mapping[SideName, float]) -> Polygon:
    """Every moved side on its new line, its corners where the lines meet."""
    own = {i: by for (name, i), by in shifts.items() if name == key}
    if not own:
        return polygon
    turn = 1 if signed_area(polygon) > 0 else -1
    lines: list[tuple[Point, Point]] = []
    for i, (a, b) in enumerate(pairwise((*polygon, polygon[0]))):
        length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        dx, dy = (turn * own.get(i, 0.0) * v / length for v in (b[1] - a[1], a[0] - b[0]))
        lines.append(((a[0] + dx, a[1] + dy), (b[0] + dx, b[1] + dy)))
    corners = (_meeting(before, line) for before, line in pairwise((lines[-1], *lines)))
    return tuple((round(x, 3), round(y, 3)) for x, y in corners)


def _meeting(one: tuple[Point, Point], two: tuple[Point, Point]) -> Point:
    (a, b), (c, d) = one, two
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if abs(across) < 1e-9:
        return c
    along = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    return (a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along)


def _too_small(polygon: Polygon, before: Polygon) -> bool:
    """Also one whose sides have passed one another."""
    box = bounds(polygon)
    turned = signed_area(polygon) * signed_area(before) <= 0
    small = min(box.width, box.height) < LEAST_SIDE_MM or area(polygon) < LEAST_AREA_MM2
    return small or turned or not _convex(polygon)


def _convex(polygon: Polygon) -> bool:
    corners = zip(polygon, (*polygon[1:], polygon[0]), (*polygon[2:], *polygon[:2]), strict=True)
    bends = [(b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) for a, b, c in corners]
    return all(bend >= -_NEAR for bend in bends) or all(bend <= _NEAR for bend in bends)


def _beyond(box: Rect, old: Rect, ground: Rect) -> bool:
    """Further out than the ground, and than it was."""
    return (
        box.x < min(ground.x, old.x) - _NEAR
        or box.y < min(ground.y, old.y) - _NEAR
        or box.right > max(ground.right, old.right) + _NEAR
        or box.bottom > max(ground.bottom, old.bottom) + _NEAR
    )
