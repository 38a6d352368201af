"""Paths as tuples of operations: ("M", x, y), ("L", x, y), ("Q", cx, cy, x, y), ("C", ax, ay, bx, by, x, y), ("Z",).

Points in, paths out; every function is pure. Units are the caller's.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from math import cos, hypot, sin
from typing import TypeAlias

import pathops

from manga.geometry import Point, Rect

Op: TypeAlias = tuple[str | float, ...]
Path: TypeAlias = tuple[Op, ...]

KAPPA = 0.5522847498
_PRECISION = 1000.0


def rect(x: float, y: float, width: float, height: float) -> Path:
    return poly(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))


def poly(points: Sequence[Point], *, close: bool = True) -> Path:
    lines: tuple[Op, ...] = (("M", *points[0]), *(("L", *p) for p in points[1:]))
    return (*lines, ("Z",)) if close else lines


def ellipse(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> Path:
    """An ellipse; `turn` in radians, clockwise on the page."""
    kx, ky = KAPPA * rx, KAPPA * ry
    path: Path = (
        ("M", cx + rx, cy),
        ("C", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry),
        ("C", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy),
        ("C", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry),
        ("C", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy),
        ("Z",),
    )
    if not turn:
        return path
    c, s = cos(turn), sin(turn)
    return mapped(path, lambda x, y: (cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy)))


def mapped(path: Path, move: Callable[[float, float], Point]) -> Path:
    """Every point moved by a function."""
    out: list[Op] = []
    for op in path:
        numbers = op[1:]
        moved: list[float] = []
        for i in range(0, len(numbers), 2):
            moved.extend(move(float(numbers[i]), float(numbers[i + 1])))
        out.append((op[0], *moved))
    return tuple(out)


def placed(path: Path, dx: float, dy: float, scale: float = 1.0) -> Path:
    return mapped(path, lambda x, y: (x * scale + dx, y * scale + dy))


def smooth(points: Sequence[Point], *, closed: bool = False, tension: float = 0.5) -> Path:
    """A Catmull-Rom curve through the points as cubic operations."""
    n = len(points)
    k = tension / 3
    ops: list[Op] = [("M", *points[0])]
    for i in range(n if closed else n - 1):
        before = points[(i - 1) % n] if closed or i > 0 else points[0]
        a, b = points[i], points[(i + 1) % n]
        after = points[(i + 2) % n] if closed or i + 2 < n else points[-1]
        first = (a[0] + (b[0] - before[0]) * k, a[1] + (b[1] - before[1]) * k)
        second = (b[0] - (after[0] - a[0]) * k, b[1] - (after[1] - a[1]) * k)
        ops.append(("C", *first, *second, *b))
    if closed:
        ops.append(("Z",))
    return tuple(ops)


def _curve(start: Point, op: Op, steps: int) -> list[Point]:
    numbers = [float(v) for v in op[1:]]
    found: list[Point] = []
    for i in range(1, steps + 1):
        t = i / steps
        u = 1 - t
        if op[0] == "Q":
            weights, xs, ys = (u * u, 2 * u * t, t * t), (start[0], *numbers[0::2]), (start[1], *numbers[1::2])
            found.append((_dot(weights, xs), _dot(weights, ys)))
        else:
            cubic = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            found.append((_dot(cubic, (start[0], *numbers[0::2])), _dot(cubic, (start[1], *numbers[1::2]))))
    return found


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True))


def flattened(path: Path, steps: int = 10) -> list[list[Point]]:
    """Polylines, one for each subpath; curves cut into `steps` pieces; a closed subpath repeats its first point."""
    subpaths: list[list[Point]] = []
    for op in path:
        if op[0] == "M":
            subpaths.append([(float(op[1]), float(op[2]))])
        elif op[0] == "L":
            subpaths[-1].append((float(op[1]), float(op[2])))
        elif op[0] == "Z":
            subpaths[-1].append(subpaths[-1][0])
        else:
            subpaths[-1].extend(_curve(subpaths[-1][-1], op, steps))
    return subpaths


def box(path: Path) -> Rect:
    """Bounding box of all points, control points included. The path must not be empty."""
    xs = [float(v) for op in path for v in op[1::2]]
    ys = [float(v) for op in path for v in op[2::2]]
    return Rect(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))


def stroke(
    points: Sequence[Point],
    width: float,
    taper: tuple[float, float] = (1.0, 1.0),
    *,
    curve: bool = True,
    steps: int = 8,
) -> Path:
    """A G-pen stroke as a filled outline. `taper` 1 is a fully pointed tip, 0 a blunt one (start, end)."""
    line = _ink_line(points, curve=curve, steps=steps)
    lengths = [0.0]
    for a, b in pairwise(line):
        lengths.append(lengths[-1] + hypot(b[0] - a[0], b[1] - a[1]))
    total = lengths[-1] or 1.0
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(line):
        a, b = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        norm = hypot(dx, dy) or 1.0
        half = width / 2 * _pressure(lengths[i] / total, taper)
        left.append((x - dy / norm * half, y + dx / norm * half))
        right.append((x + dy / norm * half, y - dx / norm * half))
    return poly((*left, *reversed(right)))


def _ink_line(points: Sequence[Point], *, curve: bool, steps: int) -> list[Point]:
    if curve and len(points) > 2:
        return flattened(smooth(points), steps)[0]
    if len(points) == 2:
        (x0, y0), (x1, y1) = points
        return [(x0 + (x1 - x0) * i / 6, y0 + (y1 - y0) * i / 6) for i in range(7)]
    return list(points)


def _pressure(at: float, taper: tuple[float, float]) -> float:
    start = 1 - taper[0] * (1 - min(1.0, at / 0.45)) ** 1.3
    end = 1 - taper[1] * (1 - min(1.0, (1 - at) / 0.45)) ** 1.3
    return float(start * end)


def union(*paths: Path) -> Path:
    """The outline of several shapes together (skia-pathops)."""
    return _boolean(pathops.PathOp.UNION, paths)


def difference(first: Path, *others: Path) -> Path:
    """The first shape without the others."""
    return _boolean(pathops.PathOp.DIFFERENCE, (first, *others))


def common(*paths: Path) -> Path:
    """What all shapes share."""
    return _boolean(pathops.PathOp.INTERSECTION, paths)


def stroked(path: Path, width: float) -> Path:
    """The ground that a line of some width along a shape's edge covers."""
    shape = _to_skia(path)
    shape.stroke(width * _PRECISION, pathops.LineCap.BUTT_CAP, pathops.LineJoin.MITER_JOIN, 4)
    shape.simplify(fix_winding=True)
    return _from_skia(shape)


def _boolean(kind: pathops.PathOp, paths: Sequence[Path]) -> Path:
    shapes = [_to_skia(p) for p in paths if p]
    if not shapes:
        return ()
    joined = reduce(lambda a, b: pathops.op(a, b, kind, fix_winding=True), shapes)
    if len(shapes) == 1:
        joined.simplify(fix_winding=True)
    return _from_skia(joined)


def _to_skia(path: Path) -> pathops.Path:
    shape = pathops.Path()
    for op in path:
        # Whole thousandths: skia gives up on edges that lie beside each other by less.
        numbers = [float(round(float(v) * _PRECISION)) for v in op[1:]]
        if op[0] == "M":
            shape.moveTo(*numbers)
        elif op[0] == "L":
            shape.lineTo(*numbers)
        elif op[0] == "Q":
            shape.quadTo(*numbers)
        elif op[0] == "C":
            shape.cubicTo(*numbers)
        else:
            shape.close()
    return shape


_VERBS = {
    pathops.PathVerb.MOVE: "M",
    pathops.PathVerb.LINE: "L",
    pathops.PathVerb.QUAD: "Q",
    pathops.PathVerb.CUBIC: "C",
    pathops.PathVerb.CLOSE: "Z",
}


def _from_skia(shape: pathops.Path) -> Path:
    return tuple((_VERBS[verb], *(v / _PRECISION for point in points for v in point)) for verb, points in shape)


def number(value: float) -> str:
    """A number for path data: two decimals (0.01 mm), no trailing zeros, never exponent or -0."""
    text = f"{value:.2f}"
    if text[-1] != "0":
        return text
    text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def to_data(path: Path) -> str:
    """Path data such as `M1 2L3 4Z`."""
    return "".join(f"{op[0]}{' '.join(number(float(v)) for v in op[1:])}" for op in path)


_TOKEN = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def from_data(data: str) -> Path:
    """Read path data. Raises ValueError on anything that `to_data` does not write."""
    ops: list[Op] = []
    for verb, rest in _TOKEN.findall(data):
        numbers = tuple(float(v) for v in rest.split())
        if len(numbers) != _COUNTS[verb]:
            raise ValueError(f"path data: {verb} takes {_COUNTS[verb]} numbers")
        ops.append((verb, *numbers))
    return tuple(ops)


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PAIR = r"%\.2f %\.2f"
_SHAPE = re.compile(rf"(?:[ML]{_PAIR}|Q{_PAIR} {_PAIR}|C{_PAIR} {_PAIR} {_PAIR}|Z)*")
_ZEROS = re.compile(r"\.00(?![0-9])|(?<=\.[1-9])0(?![0-9])")
_MINUS_ZERO = re.compile(r"-0(?![.0-9])")

Extent: TypeAlias = tuple[float, float, float, float]
"""Least x, least y, greatest x, greatest y."""


@lru_cache(maxsize=4096)
def moved_data(data: str, matrix: tuple[float, float, float, float, float, float]) -> tuple[str, Extent]:
    """Path data moved by an affine matrix (a, b, c, d, e, f), and how far it reaches, control points included.

    The same text as reading, mapping and writing the path, in a quarter of the time: a page has 100,000 points. Many
    are moved more than once, for a page is put together anew for each of its layers.
    """
    a, b, c, d, e, f = matrix
    shape = _NUMBER.sub("%.2f", data)
    if not _SHAPE.fullmatch(shape):
        from_data(data)
        raise ValueError("path data: not as it is written")
    numbers = list(map(float, _NUMBER.findall(data)))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if not pairs:
        return data, (0.0, 0.0, 0.0, 0.0)
    xs = [a * x + c * y + e for x, y in pairs]
    ys = [b * x + d * y + f for x, y in pairs]
    numbers[::2], numbers[1::2] = xs, ys
    text = _ZEROS.sub("", shape % tuple(numbers))
    return _MINUS_ZERO.sub("0", text), (min(xs), min(ys), max(xs), max(ys))
