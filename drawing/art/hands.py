"""Hands by shape. In: wrist, direction, size. Out: marks, and the outline for the silhouette.

Local coordinates: the wrist at the origin, fingers along +y to 1 for the open hand, thumb on +x.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from drawing.art.poses import HandShape
from drawing.ink.paths import Path, ellipse, mapped, smooth, stroke, union
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Hand:
    """`outline` in the figure's coordinates."""

    outline: Path
    lines: tuple[tuple[Point, ...], ...]
    centre: Point
    radius: float


_PALM = ((-0.16, -0.02), (-0.2, 0.2), (-0.19, 0.42), (0.0, 0.5), (0.17, 0.42), (0.19, 0.2), (0.14, -0.02))


def _finger(x: float, y: float, angle: float, length: float, width: float = 0.125) -> Path:
    end = (x + sin(angle) * length, y + cos(angle) * length)
    mid = (x + sin(angle) * length * 0.5, y + cos(angle) * length * 0.52)
    tip = ellipse(end[0] - sin(angle) * 0.03, end[1] - cos(angle) * 0.03, width * 0.37, width * 0.4)
    return union(stroke(((x, y), mid, end), width, (0.0, 0.3), steps=3), tip)


def _open() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    fingers = [
        _finger(x, 0.36, a, n)
        for x, a, n in ((-0.14, -0.24, 0.5), (-0.05, -0.06, 0.6), (0.05, 0.07, 0.59), (0.14, 0.21, 0.5))
    ]
    thumb = stroke(((0.12, 0.14), (0.26, 0.24), (0.36, 0.42)), 0.15, (0, 0.42), steps=3)
    return union(smooth(_PALM, closed=True, tension=0.55), *fingers, thumb), (
        ((0.12, 0.22), (0.04, 0.32), (0.0, 0.42)),
    )


def _fist() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    body = (
        (-0.15, 0.0),
        (-0.22, 0.2),
        (-0.2, 0.44),
        (-0.05, 0.53),
        (0.13, 0.5),
        (0.23, 0.34),
        (0.2, 0.12),
        (0.13, 0.0),
    )
    knuckles = tuple(((x, 0.51 - abs(x) * 0.16), (x + 0.01, 0.34)) for x in (-0.1, 0.005, 0.105))
    thumb = ((0.21, 0.2), (0.08, 0.24), (-0.06, 0.3), (-0.09, 0.37))
    return smooth(body, closed=True, tension=0.55), (*knuckles, thumb)


def _point() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    body = ((-0.14, 0.0), (-0.2, 0.2), (-0.17, 0.4), (0.02, 0.46), (0.17, 0.36), (0.19, 0.14), (0.12, 0.0))
    index = stroke(((-0.1, 0.3), (-0.12, 0.6), (-0.125, 0.92)), 0.14, (0, 0.45), steps=3)
    lines = (((-0.01, 0.44), (0.0, 0.3)), ((0.09, 0.42), (0.08, 0.28)), ((0.18, 0.18), (0.08, 0.22), (-0.05, 0.3)))
    return union(smooth(body, closed=True, tension=0.55), index), lines


_Row = tuple[float, float, float]
"""Of a finger: where it begins across, its angle, its length."""
_LINKED: tuple[_Row, ...] = ((-0.14, 0.02, 0.42), (-0.05, 0.0, 0.5), (0.04, -0.02, 0.48), (0.12, -0.05, 0.38))
_CURLED: tuple[_Row, ...] = ((-0.13, 0.2, 0.3), (-0.045, 0.16, 0.37), (0.035, 0.1, 0.35), (0.105, 0.02, 0.27))


def _together(rows: tuple[_Row, ...], thumb: tuple[Point, Point, Point]) -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    """Fingers side by side, parted by lines."""
    fingers = [_finger(x, 0.36, angle, long, 0.135) for x, angle, long in rows]
    outline = union(
        smooth(_PALM, closed=True, tension=0.55),
        *fingers,
        stroke(thumb, 0.15, (0, 0.36), steps=3),
        ellipse(*thumb[-1], 0.045, 0.05),
    )
    gaps = [
        ((a[0] + b[0]) / 2 + (a[1] + b[1]) / 2 * 0.9 * min(a[2], b[2]) * t for t in (0.9, 0.12))
        for a, b in pairwise(rows)
    ]
    ends = [(0.36 + min(a[2], b[2]) * 0.9, 0.36 + min(a[2], b[2]) * 0.12) for a, b in pairwise(rows)]
    lines = tuple(tuple(zip(xs, ys, strict=True)) for xs, ys in zip(gaps, ends, strict=True))
    return outline, (*lines, ((0.13, 0.2), (0.09, 0.3)))


def _relaxed() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    return _together(_CURLED, ((0.11, 0.12), (0.21, 0.28), (0.19, 0.46)))


def _flat() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    return _together(_LINKED, ((0.12, 0.12), (0.23, 0.26), (0.25, 0.46)))


def _grip() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    path, lines = _fist()
    return path, (*lines[:3], ((0.2, 0.24), (0.1, 0.16), (0.0, 0.16)))


def _paw() -> tuple[Path, tuple[tuple[Point, ...], ...]]:
    """A mitten with round toes."""
    body = ((-0.16, -0.04), (-0.22, 0.2), (-0.23, 0.4), (0.0, 0.5), (0.23, 0.4), (0.22, 0.2), (0.16, -0.04))
    toes = [ellipse(x, y, 0.115, 0.12) for x, y in ((-0.16, 0.44), (0.0, 0.52), (0.16, 0.44))]
    lines = (((-0.08, 0.58), (-0.075, 0.42)), ((0.08, 0.58), (0.075, 0.42)))
    return union(smooth(body, closed=True, tension=0.55), *toes), lines


_SHAPES = {
    "hidden": _fist(), "paw": _paw(),
    "open": _open(), "fist": _fist(), "point": _point(), "relaxed": _relaxed(), "flat": _flat(), "grip": _grip(),
}  # fmt: skip
_CENTRES = {
    "hidden": 0.1,
    "paw": 0.3,
    "open": 0.45,
    "fist": 0.28,
    "point": 0.36,
    "relaxed": 0.38,
    "flat": 0.4,
    "grip": 0.28,
}


def hand(wrist: Point, direction: float, size: float, shape: HandShape, *, thumb_left: bool) -> Hand:
    """`direction` is where the forearm points, radians on the page."""
    turn = direction - pi / 2
    c, s = cos(turn) * size, sin(turn) * size
    flip = -1 if thumb_left else 1

    def put(x: float, y: float) -> Point:
        x *= flip
        return (wrist[0] + c * x - s * y, wrist[1] + s * x + c * y)

    path, lines = _SHAPES[shape]
    placed = tuple(tuple(put(*p) for p in line) for line in lines)
    return Hand(mapped(path, put), placed, put(0, _CENTRES[shape]), size * 0.45)


def ink_hand(pen: Pen, drawn: Hand, shade: Shade = WHITE) -> None:
    pen.shape(drawn.outline, shade, 1.05)
    if shade.black:
        pen.contour(drawn.outline, 0.9, 255)
    for line in drawn.lines:
        pen.line(line, 0.7, (0, 0.9), shade.line)
