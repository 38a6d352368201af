"""Paths as tuples of operations ("M", x, y), ("L", x, y), ("Q", ...), ("C", ...), ("Z",), and as text `M1 2L3 4Z`.

Points in, paths out; every function is pure. Units are the caller's.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from math import cos, hypot, sin
from typing import Any, TypeAlias

import pathops

from manga.geometry import Point, Rect

Op: TypeAlias = tuple[str | float, ...]
Path: TypeAlias = tuple[Op, ...]

KAPPA = 0.5522847498
_PRECISION = 1000.0
_VERBS = {
    pathops.PathVerb.MOVE: "M",
    pathops.PathVerb.LINE: "L",
    pathops.PathVerb.QUAD: "Q",
    pathops.PathVerb.CUBIC: "C",
    pathops.PathVerb.CLOSE: "Z",
}
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""An affine matrix (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""
Extent: TypeAlias = tuple[float, float, float, float]
"""Least x, least y, greatest x, greatest y."""
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_PLACES: dict[Any, str] = {verb: verb + " ".join(["%.2f"] * count) for verb, count in _COUNTS.items()}
_TOKEN = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_NUMBERS = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)")
_FIRST = re.compile(r"M(-?[0-9.]+) (-?[0-9.]+)")
_SHAPE = re.compile(f"(?:{'|'.join(map(re.escape, _PLACES.values()))})*")
_ZEROS = re.compile(r"\.00(?![0-9])|(?<=\.[1-9])0(?![0-9])")
_MINUS_ZERO = re.compile(r"-0(?![.0-9])")


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
    return tuple(_moved(op, move) for op in path)


def _moved(op: Any, move: Callable[[float, float], Point]) -> Op:
    """By its length, not in a loop: a page has 100,000 points."""
    match len(op):
        case 3:
            return (op[0], *move(op[1], op[2]))
        case 7:
            return (op[0], *move(op[1], op[2]), *move(op[3], op[4]), *move(op[5], op[6]))
        case 5:
            return (op[0], *move(op[1], op[2]), *move(op[3], op[4]))
        case _:
            return (op[0],)


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


def _curve(start: Point, op: Any, steps: int) -> list[Point]:
    x0, y0 = start
    if op[0] == "Q":
        _, x1, y1, x2, y2 = op
        return [
            (a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2)
            for a, b, c in ((u * u, 2 * u * t, t * t) for t, u in _steps(steps))
        ]
    _, x1, y1, x2, y2, x3, y3 = op
    return [
        (a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _cubic_weights(steps)
    ]


def _steps(steps: int) -> Iterator[tuple[float, float]]:
    """What lies behind each step along a curve, and what lies before it."""
    return ((i / steps, 1 - i / steps) for i in range(1, steps + 1))


@lru_cache(maxsize=64)
def _cubic_weights(steps: int) -> tuple[tuple[float, float, float, float], ...]:
    return tuple((u**3, 3 * u * u * t, 3 * u * t * t, t**3) for t, u in _steps(steps))


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
    """Path data such as `M1 2L3 4Z`, its numbers as `number` writes them."""
    return _written(_shape(path), [v for op in path for v in op[1:]])


def to_data_moved(path: Path, matrix: Matrix) -> str:
    """Path data of a path moved by an affine matrix (a, b, c, d, e, f)."""
    return _written(_shape(path), _moved_numbers([v for op in path for v in op[1:]], matrix))


def _shape(path: Path) -> str:
    """A path with places for its numbers."""
    return "".join(_PLACES[op[0]] for op in path)


def _moved_numbers(numbers: list[Any], matrix: Matrix) -> list[float]:
    a, b, c, d, e, f = matrix
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    moved = numbers[:]
    moved[::2] = [a * x + c * y + e for x, y in pairs]
    moved[1::2] = [b * x + d * y + f for x, y in pairs]
    return moved


@lru_cache(maxsize=1024)
def reach(data: str) -> tuple[int, Extent]:
    """How many operations path data has, and how far it reaches, control points included. Raises ValueError on data
    without a number."""
    numbers = list(map(float, _NUMBERS.findall(data)))
    return sum(map(data.count, _COUNTS)), _extent(numbers)


def first_point(data: str) -> tuple[float, float]:
    """Where a path begins. Raises ValueError on data without a number."""
    begun = _FIRST.match(data)
    if begun is None:
        raise ValueError("path data: not as it is written")
    return float(begun[1]), float(begun[2])


def _extent(numbers: Sequence[float]) -> Extent:
    xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _written(shape: str, numbers: Sequence[object]) -> str:
    """All numbers at once: one by one takes three times as long."""
    text = _ZEROS.sub("", shape % tuple(numbers))
    return _MINUS_ZERO.sub("0", text) if "-0" in text else text


def from_data(data: str) -> Path:
    """Read path data. Raises ValueError on anything that `to_data` does not write."""
    ops: list[Op] = []
    for verb, rest in _TOKEN.findall(data):
        numbers = tuple(float(v) for v in rest.split())
        if len(numbers) != _COUNTS[verb]:
            raise ValueError(f"path data: {verb} takes {_COUNTS[verb]} numbers")
        ops.append((verb, *numbers))
    return tuple(ops)


@lru_cache(maxsize=4096)
def moved_data(data: str, matrix: Matrix) -> tuple[str, Extent]:
    """Path data moved by an affine matrix (a, b, c, d, e, f), and how far it reaches, control points included.

    The same text as reading, mapping and writing the path, in a quarter of the time: a page has 100,000 points. Many
    are moved more than once, for a page is put together anew for each of its layers.
    """
    pieces = _NUMBERS.split(data)
    shape = "%.2f".join(pieces[::2])
    if not _SHAPE.fullmatch(shape):
        from_data(data)
        raise ValueError("path data: not as it is written")
    numbers = _moved_numbers(list(map(float, pieces[1::2])), matrix)
    if not numbers:
        return data, (0.0, 0.0, 0.0, 0.0)
    return _written(shape, numbers), _extent(numbers)
