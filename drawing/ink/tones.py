"""Screentones as PDF text: one tiling cell for even tones, strips of them for graded ones, a lattice for odd angles.

In: period (mm), density 0..1, angle (degrees). Out: content-stream text in millimetres, y downwards.
Dots at 45° use an upright cell with two dots, because pdfium snaps upright cells to whole pixels: no shimmer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, floor, hypot, pi, radians, sin, sqrt

from drawing.ink.paths import number
from manga.geometry import Point, Polygon, Rect, intersection

KAPPA = 0.5522847498
WIDTH_STEP_MM = 0.02
"""Dots of a graded tone are drawn together when their sizes agree to this."""
DENSITY_STEP = 0.02
"""Two neighbouring strips of a graded tone differ by this."""
STRIP_EDGE_MM = 0.2
"""What strips reach beyond their area, so that its own edge is what is seen."""
_TOUCHING = pi / 4


@dataclass(frozen=True, slots=True)
class ToneCell:
    """One tile of an even dot tone: `side` by `side` millimetres."""

    side: float
    body: str


@lru_cache(maxsize=256)
def cell_of(period: float, density: float, angle: float, grey: float) -> ToneCell | None:
    """The tile of an even dot tone; None when the angle needs the lattice."""
    turn = angle % 90
    if turn not in {0.0, 45.0}:
        return None
    side = period * sqrt(2) if turn == 45.0 else period
    hole = density > 0.5
    centres = _centres(side, diagonal=turn == 45.0, hole=hole)
    radius = period * sqrt((1 - density if hole else density) / pi)
    dots = "".join(circle(x, y, radius) for x, y in centres)
    if hole:
        return ToneCell(side, f"{shade(grey)} g 0 0 {_n(side)} {_n(side)} re {dots} f*")
    return ToneCell(side, f"{shade(grey)} g {dots} f")


def _centres(side: float, *, diagonal: bool, hole: bool) -> list[Point]:
    """Dots of a tile, those cut by its edge included. Holes lie between the dots of lighter tones."""
    half = side / 2
    corners = [(0.0, 0.0), (side, 0.0), (0.0, side), (side, side)]
    if diagonal:
        edges = [(half, 0.0), (side, half), (half, side), (0.0, half)]
        return edges if hole else [(half, half), *corners]
    return corners if hole else [(half, half)]


def circle(x: float, y: float, r: float) -> str:
    k = KAPPA * r
    arcs = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    curves = " ".join(f"{' '.join(map(_n, arc))} c" for arc in arcs)
    return f"{_n(x + r)} {_n(y)} m {curves} h "


def bands(area: Rect, start: Point, density0: float, end: Point, density1: float) -> Iterator[tuple[float, Polygon]]:
    """A graded tone as strips of even density across an area: each strip's density and corners.

    Strips share one lattice, so a dot on a joint is a hair larger on one side, which nobody sees. They reach no further
    than the area: who draws a tilted strip lays its tiles over all of its box.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length < 1e-6 or round(density0, 3) == round(density1, 3):
        yield _stepped((density0 + density1) / 2), area.polygon()
        return
    ux, uy = dx / length, dy / length
    reach = [(x - start[0]) * ux + (y - start[1]) * uy for x, y in area.polygon()]
    wide = area.width + area.height
    middle = area.centre
    across = -uy * (middle[0] - start[0]) + ux * (middle[1] - start[1])
    count = max(1, round(abs(density1 - density0) / DENSITY_STEP))
    edges = [length * i / count for i in range(count + 1)]
    edges[0], edges[-1] = min(0.0, *reach), max(length, *reach)

    def point(along: float, side: float) -> Point:
        v = across + side * wide
        return (start[0] + ux * along - uy * v, start[1] + uy * along + ux * v)

    edge, first, last = area.inset(-STRIP_EDGE_MM).polygon(), min(reach), max(reach)
    for i, (a, b) in enumerate(pairwise(edges)):
        if b <= first or a >= last:
            continue
        strip = intersection((point(a, -1), point(b, -1), point(b, 1), point(a, 1)), edge)
        if len(strip) > 2:
            density = density0 + (density1 - density0) * (i + 0.5) / count
            yield _stepped(density), strip


def _stepped(density: float) -> float:
    return round(round(min(1.0, max(0.0, density)) / DENSITY_STEP) * DENSITY_STEP, 4)


def even_dots(area: Rect, period: float, density: float, angle: float) -> str:
    """Dots of one size over an area."""
    return graded_dots(area, (0.0, 0.0), density, (1.0, 0.0), density, period=period, angle=angle)


def graded_dots(
    area: Rect, start: Point, density0: float, end: Point, density1: float, *, period: float, angle: float
) -> str:
    """Dots whose size runs from one density at `start` to another at `end`, as round zero-length strokes."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy or 1.0
    groups: dict[int, list[str]] = {}
    for x, y in _lattice(area, period, angle):
        t = min(1.0, max(0.0, ((x - start[0]) * dx + (y - start[1]) * dy) / length))
        level = round(2 * _radius(period, density0 + (density1 - density0) * t) / WIDTH_STEP_MM)
        if level >= 4:
            groups.setdefault(level, []).append(f"{x:.2f} {y:.2f} m {x + 0.01:.2f} {y:.2f} l")
    return "\n".join(f"{number(level * WIDTH_STEP_MM)} w {' '.join(groups[level])} S" for level in sorted(groups))


def _radius(period: float, density: float) -> float:
    d = min(1.0, max(0.0, density))
    if d <= _TOUCHING:
        return period * sqrt(d / pi)
    return period * (0.5 + (d - _TOUCHING) / (1 - _TOUCHING) * (sqrt(0.5) - 0.5))


def even_lines(area: Rect, period: float, density: float, angle: float) -> str:
    """Parallel lines over an area; the angle is that of the lines, clockwise from level."""
    c, s = cos(radians(angle)), sin(radians(angle))
    along, across = _extent(area, c, s)
    lines: list[str] = []
    for i in range(floor(across[0] / period), ceil(across[1] / period) + 1):
        v = (i + 0.5) * period
        points = [(c * u - s * v, s * u + c * v) for u in along]
        lines.append(f"{points[0][0]:.2f} {points[0][1]:.2f} m {points[1][0]:.2f} {points[1][1]:.2f} l")
    return f"{number(period * min(1.0, density))} w {' '.join(lines)} S"


def _extent(area: Rect, c: float, s: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The area's reach along and across a direction."""
    us = [c * x + s * y for x, y in area.polygon()]
    vs = [-s * x + c * y for x, y in area.polygon()]
    return (min(us), max(us)), (min(vs), max(vs))


def _lattice(area: Rect, period: float, angle: float) -> Iterator[Point]:
    c, s = cos(radians(angle)), sin(radians(angle))
    along, across = _extent(area, c, s)
    reach = area.inset(-period)
    left, right, top, bottom = reach.x, reach.right, reach.y, reach.bottom
    columns = [(i + 0.5) * period for i in range(floor(along[0] / period) - 1, ceil(along[1] / period) + 1)]
    for j in range(floor(across[0] / period) - 1, ceil(across[1] / period) + 1):
        v = (j + 0.5) * period
        for u in columns:
            x, y = c * u - s * v, s * u + c * v
            if left < x < right and top < y < bottom:
                yield (x, y)


@lru_cache(maxsize=512)
def shade(grey: float) -> str:
    """A grey of 0..255 as PDF's 0..1."""
    return _n(min(255.0, max(0.0, grey)) / 255)


def _n(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
