"""A panel's border that a person has moved: its gutter goes along, and with it all that lies along the gutter.

Frames in, frames out; millimetres of the page, polygons convex. What stands on both sides of a gutter keeps its
distance, so that no panel comes to lie over another one. Raises `Unfit` where a panel would become too small.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypeAlias

from drawing.layout.slicing import Gutters
from editing.cuts import LEAST_AREA_MM2, LEAST_SIDE_MM
from editing.page_sheets import Unfit
from manga.geometry import Point, Polygon, Rect, area, bounds, overlap_area, signed_area

SideName: TypeAlias = tuple[str, int]
"""A panel's key, and the corner of its border at which the side begins."""
_NEAR = 0.5
"""How far a gutter may be from its usual width, and a side from its neighbour's line, millimetres."""
_ALIKE = 0.996
"""Cosine of the angle up to which two sides run alike."""
_DIAGONAL = 0.7072
_SHARED = 1.0
"""Sides face one another that share more than this, millimetres."""


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


_WAYS: Mapping[str, Point] = {"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)}


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
