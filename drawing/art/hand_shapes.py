"""The shapes of hands, piece by piece: a palm, four fingers with three bones each, a thumb.

Local coordinates: the wrist at the origin, fingers along +y to about 1, thumb on +x; the little finger is on -x.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, cos, hypot, sin

from drawing.art.pose_spec import HandShape
from drawing.ink.paths import Path, ellipse, smooth, union
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class HandPiece:
    """What is covered in one go and the contour drawn around it, which is open where it joins the rest."""

    cover: Path
    edge: Path
    before: bool = False
    """Lies before a thing that the hand holds; the palm lies behind it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`lines` are knuckles and creases; `outline` is all of it."""

    pieces: tuple[HandPiece, ...]
    lines: tuple[tuple[Point, ...], ...]
    outline: Path
    centre: float
    """How far up the middle of the hand lies."""
    fingers: Path = ()
    """What lies before a thing that the hand holds."""


_Bones = tuple[Point, Point, Point, Point]
"""Of a finger: its root, two joints and its tip."""
_WRIST = 0.112


def _finger(bones: _Bones, wide: float = 0.053, *, thumb: bool = False) -> HandPiece:
    """A finger that is a little thicker at its joints, with a round tip; a thumb grows out of the palm."""
    root, first, second, tip = bones
    stations = [root, _mid(root, first), first, _mid(first, second), second]
    widths = [wide, wide * 0.95, wide * 1.04, wide * 0.93, wide * 0.95]
    left, right = [], []
    for i, (at, half) in enumerate(zip(stations, widths, strict=True)):
        a, b = stations[max(0, i - 1)], (*stations, tip)[i + 1]
        long = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        nx, ny = -(b[1] - a[1]) / long * half, (b[0] - a[0]) / long * half
        left.append((at[0] + nx, at[1] + ny))
        right.append((at[0] - nx, at[1] - ny))
    way = atan2(tip[1] - second[1], tip[0] - second[0])
    round_ = wide * 0.82
    middle = (tip[0] - cos(way) * round_, tip[1] - sin(way) * round_)
    end = [(middle[0] + cos(way + a) * round_, middle[1] + sin(way + a) * round_) for a in (1.25, 0.5, -0.5, -1.25)]
    whole = smooth([*left, *end, *reversed(right)])
    edge = smooth([*left[1:], *end, *reversed(right)]) if thumb else whole
    return HandPiece((*whole, ("Z",)), edge, before=True)


def _mid(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def _palm(outer: Sequence[Point], inner: Sequence[Point], top: Sequence[Point]) -> HandPiece:
    """`outer` runs from the wrist to the little finger, `inner` from the thumb's web to the wrist."""
    a, b = smooth(outer), smooth(inner)
    cover = (*a, *(("L", *p) for p in top), ("L", *b[0][1:]), *b[1:], ("Z",))
    return HandPiece(cover, (*a, *b))


_OUTER = ((-_WRIST, -0.03), (-0.15, 0.08), (-0.2, 0.24), (-0.205, 0.44))
_INNER = ((0.195, 0.42), (0.2, 0.3), (0.15, 0.13), (_WRIST, 0.03), (_WRIST, -0.03))
_TOP = ((-0.15, 0.5), (0.0, 0.54), (0.15, 0.5))
_BACK = _palm(_OUTER, _INNER, _TOP)


def _knuckles(fingers: Sequence[_Bones], wide: float = 0.03) -> list[tuple[Point, ...]]:
    """A short curve across every finger at its first joint."""
    found: list[tuple[Point, ...]] = []
    for _, first, second, _ in fingers:
        long = hypot(second[0] - first[0], second[1] - first[1]) or 1.0
        ux, uy = (second[0] - first[0]) / long, (second[1] - first[1]) / long
        found.append((
            (first[0] - uy * wide, first[1] + ux * wide), (first[0] + ux * 0.016, first[1] + uy * 0.016),
            (first[0] + uy * wide, first[1] - ux * wide),
        ))  # fmt: skip
    return found


def _made(pieces: Sequence[HandPiece], lines: Sequence[tuple[Point, ...]], centre: float) -> Shape:
    fingers = union(*(p.cover for p in pieces if p.before))
    return Shape(tuple(pieces), tuple(lines), union(*(p.cover for p in pieces)), centre, fingers)


_Row = tuple[_Bones, _Bones, _Bones, _Bones]
"""Little finger, ring finger, middle finger, forefinger."""

_SPREAD: _Row = (
    ((-0.155, 0.4), (-0.235, 0.59), (-0.27, 0.68), (-0.3, 0.79)),
    ((-0.06, 0.46), (-0.09, 0.7), (-0.105, 0.82), (-0.115, 0.95)),
    ((0.045, 0.47), (0.06, 0.73), (0.07, 0.86), (0.08, 1.0)),
    ((0.145, 0.44), (0.205, 0.67), (0.235, 0.79), (0.265, 0.91)),
)


def _open() -> Shape:
    """The palm, with its fingers apart."""
    thumb = _finger(((0.052, 0.035), (0.21, 0.23), (0.31, 0.35), (0.395, 0.46)), 0.06, thumb=True)
    lines = (
        ((0.16, 0.37), (0.06, 0.3), (0.02, 0.18), (0.035, 0.06)),
        ((0.17, 0.42), (0.06, 0.38), (-0.1, 0.33)),
        ((-0.175, 0.36), (-0.05, 0.41), (0.07, 0.44)),
    )
    fingers = [_finger(b, w) for b, w in zip(_SPREAD, (0.046, 0.052, 0.054, 0.052), strict=True)]
    inner = ((0.2, 0.44), (0.195, 0.34), (0.225, 0.3))
    palm = _palm(_OUTER, (*inner, (0.165, 0.12), (_WRIST, 0.03), (_WRIST, -0.03)), _TOP)
    palm = HandPiece(palm.cover, (*smooth(_OUTER), *smooth(inner), *smooth(((_WRIST, 0.03), (_WRIST, -0.03)))))
    return _made((palm, thumb, *fingers), (*lines, *_knuckles(_SPREAD)), 0.45)


_HANGING: _Row = (
    ((-0.145, 0.4), (-0.165, 0.55), (-0.125, 0.63), (-0.065, 0.69)),
    ((-0.065, 0.44), (-0.085, 0.64), (-0.035, 0.75), (0.035, 0.81)),
    ((0.03, 0.45), (0.03, 0.68), (0.06, 0.8), (0.115, 0.88)),
    ((0.125, 0.42), (0.155, 0.63), (0.155, 0.75), (0.135, 0.86)),
)


def _relaxed() -> Shape:
    """The back of a hand that hangs: fingers bent a little, the more the nearer to the little one."""
    thumb = _finger(((0.06, 0.02), (0.185, 0.22), (0.22, 0.35), (0.205, 0.48)), 0.057, thumb=True)
    fingers = [_finger(b, w) for b, w in zip(_HANGING, (0.045, 0.051, 0.053, 0.052), strict=True)]
    lines = (((0.12, 0.4), (0.085, 0.31)), ((0.03, 0.44), (0.015, 0.34)), *_knuckles(_HANGING[2:]))
    return _made((_BACK, *fingers, thumb), lines, 0.38)


_LINKED: _Row = (
    ((-0.15, 0.4), (-0.16, 0.58), (-0.155, 0.68), (-0.14, 0.79)),
    ((-0.058, 0.45), (-0.062, 0.69), (-0.058, 0.82), (-0.048, 0.94)),
    ((0.042, 0.46), (0.042, 0.72), (0.042, 0.86), (0.04, 0.99)),
    ((0.138, 0.43), (0.14, 0.66), (0.136, 0.79), (0.125, 0.91)),
)


def _flat() -> Shape:
    """The back of the hand, fingers side by side."""
    thumb = _finger(((0.056, 0.02), (0.195, 0.23), (0.245, 0.36), (0.255, 0.49)), 0.057, thumb=True)
    fingers = [_finger(b, w) for b, w in zip(_LINKED, (0.045, 0.051, 0.053, 0.051), strict=True)]
    order = (_BACK, thumb, fingers[0], fingers[3], fingers[1], fingers[2])
    return _made(order, (((0.13, 0.4), (0.09, 0.3)), *_knuckles(_LINKED)), 0.42)


_ROUND: _Row = (
    ((-0.145, 0.39), (-0.205, 0.54), (-0.215, 0.61), (-0.205, 0.68)),
    ((-0.055, 0.44), (-0.08, 0.65), (-0.08, 0.74), (-0.068, 0.81)),
    ((0.045, 0.45), (0.055, 0.69), (0.066, 0.78), (0.082, 0.85)),
    ((0.138, 0.42), (0.185, 0.62), (0.202, 0.71), (0.22, 0.78)),
)


def _laid() -> Shape:
    """Laid around something: fingers a little apart, their last bones bent away over it."""
    thumb = _finger(((0.05, 0.02), (0.215, 0.18), (0.31, 0.255), (0.385, 0.345)), 0.057, thumb=True)
    fingers = [_finger(b, w) for b, w in zip(_ROUND, (0.046, 0.052, 0.054, 0.052), strict=True)]
    tendons = (((-0.1, 0.4), (-0.06, 0.3)), ((0.01, 0.42), (0.0, 0.31)), ((0.11, 0.39), (0.07, 0.29)))
    lines = (*tendons, *_knuckles(_ROUND, 0.036), *_knuckles([(b[0], b[2], b[3], b[3]) for b in _ROUND], 0.028))
    return _made((_BACK, thumb, *fingers), lines, 0.42)


def _curled(x: float, top: float, low: float, half: float) -> HandPiece:
    """A finger bent into the hand, seen from the side of the palm: its middle bone, and its tip beneath."""
    middle = (top + low) / 2
    ring = (
        (x - half * 0.95, low + 0.05), (x - half * 1.04, middle), (x - half, top - 0.05), (x - half * 0.4, top),
        (x + half * 0.4, top), (x + half, top - 0.05), (x + half * 1.04, middle), (x + half * 0.95, low + 0.05),
        (x + half * 0.4, low), (x - half * 0.4, low),
    )  # fmt: skip
    path = smooth(ring, closed=True, tension=0.55)
    return HandPiece(path, path, before=True)


_FOLDED = ((-0.155, 0.45, 0.2, 0.048), (-0.06, 0.515, 0.18, 0.053), (0.043, 0.535, 0.18, 0.055),
           (0.145, 0.505, 0.2, 0.053))  # fmt: skip
_HEEL = _palm(
    ((-_WRIST, -0.03), (-0.16, 0.07), (-0.205, 0.2), (-0.205, 0.38)),
    ((0.2, 0.42), (0.215, 0.24), (0.19, 0.1), (_WRIST, 0.0), (_WRIST, -0.03)), ((0.0, 0.46),),
)  # fmt: skip


def _bends(rows: Sequence[tuple[float, float, float, float]]) -> list[tuple[Point, ...]]:
    """Where the first joint of curled fingers catches the light."""
    return [((x - half * 0.6, top - 0.075), (x, top - 0.06), (x + half * 0.6, top - 0.075)) for x, top, _, half in rows]


def _fist() -> Shape:
    thumb = _finger(((0.06, 0.0), (0.19, 0.15), (0.115, 0.255), (-0.02, 0.295)), 0.058, thumb=True)
    fingers = [_curled(*row) for row in _FOLDED]
    return _made((_HEEL, *fingers, thumb), (*_bends(_FOLDED), ((-0.155, 0.19), (-0.1, 0.12), (-0.02, 0.1))), 0.28)


def _grip() -> Shape:
    """Closed round something as thick as a stick: the thumb lies against the forefinger."""
    thumb = _finger(((0.06, 0.0), (0.215, 0.16), (0.235, 0.28), (0.19, 0.4)), 0.058, thumb=True)
    rows = tuple((x * 1.02, top + 0.03, low + 0.04, half) for x, top, low, half in _FOLDED)
    fingers = [_curled(*row) for row in rows]
    lines = (*_bends(rows), ((-0.14, 0.2), (-0.06, 0.15), (0.06, 0.16)), ((0.1, 0.02), (0.09, 0.1)))
    return _made((_HEEL, *fingers, thumb), lines, 0.34)


def _point() -> Shape:
    rows = _FOLDED[:3]
    index = _finger(((0.14, 0.38), (0.15, 0.66), (0.148, 0.81), (0.14, 0.97)), 0.053)
    thumb = _finger(((0.06, 0.0), (0.19, 0.15), (0.13, 0.265), (0.02, 0.315)), 0.058, thumb=True)
    heel = _palm(
        ((-_WRIST, -0.03), (-0.16, 0.07), (-0.205, 0.2), (-0.205, 0.38)),
        ((0.197, 0.46), (0.215, 0.24), (0.19, 0.1), (_WRIST, 0.0), (_WRIST, -0.03)), ((0.0, 0.46),),
    )  # fmt: skip
    crease = (((0.115, 0.66), (0.15, 0.672), (0.185, 0.66)), ((-0.155, 0.19), (-0.1, 0.12), (-0.02, 0.1)))
    return _made((heel, index, *(_curled(*row) for row in rows), thumb), (*_bends(rows), *crease), 0.36)


def _edge() -> Shape:
    """Fingers side by side, seen from the side of the thumb."""
    outer = ((-0.095, -0.03), (-0.125, 0.15), (-0.11, 0.42), (-0.085, 0.72), (-0.06, 0.93))
    inner = ((0.05, 0.93), (0.07, 0.72), (0.085, 0.5), (0.115, 0.28), (0.095, -0.03))
    side = smooth((*outer, (-0.005, 1.0), *inner))
    thumb = _finger(((0.05, 0.08), (0.085, 0.27), (0.07, 0.4), (0.03, 0.53)), 0.05, thumb=True)
    return _made((HandPiece((*side, ("Z",)), side), thumb), (((-0.03, 0.62), (-0.045, 0.8)),), 0.45)


PINCH: Point = (0.19, 0.76)
"""Where a hand that pinches holds a small thing."""


def _pinch() -> Shape:
    """Finger and thumb meet at their tips, the others are bent."""
    rows = tuple((x - 0.01, top - 0.02, low, half) for x, top, low, half in _FOLDED[:3])
    index = _finger(((0.135, 0.38), (0.085, 0.6), (0.12, 0.72), (0.215, 0.79)), 0.053)
    thumb = _finger(((0.06, 0.0), (0.235, 0.2), (0.29, 0.42), (0.215, 0.68)), 0.058, thumb=True)
    return _made((_HEEL, *(_curled(*row) for row in rows), index, thumb), _bends(rows), 0.42)


def _paw() -> Shape:
    """A mitten with round toes."""
    body = ((-0.16, -0.04), (-0.22, 0.2), (-0.23, 0.4), (0.0, 0.5), (0.23, 0.4), (0.22, 0.2), (0.16, -0.04))
    toes = [ellipse(x, y, 0.115, 0.12) for x, y in ((-0.16, 0.44), (0.0, 0.52), (0.16, 0.44))]
    outline = union(smooth(body, closed=True, tension=0.55), *toes)
    lines = (((-0.08, 0.58), (-0.075, 0.42)), ((0.08, 0.58), (0.075, 0.42)))
    return Shape((), lines, outline, 0.3)


_MAKERS = {
    "open": _open, "fist": _fist, "point": _point, "relaxed": _relaxed, "flat": _flat, "grip": _grip, "laid": _laid,
    "paw": _paw, "edge": _edge, "pinch": _pinch,
}  # fmt: skip


@cache
def hand_shape(name: HandShape) -> Shape:
    """A hidden hand is a fist that nobody sees."""
    if name == "hidden":
        fist = _fist()
        return Shape(fist.pieces, fist.lines, fist.outline, 0.1)
    return _MAKERS[name]()


def gaps(shape: Shape) -> tuple[tuple[Point, Point], ...]:
    """For a hand too small for its contours: lines between neighbouring fingers."""
    tops = sorted(_top(p) for p in shape.pieces if p.before)
    found = []
    for a, b in pairwise(tops):
        if abs(a[0] - b[0]) < 0.13:
            x, y = (a[0] + b[0]) / 2, min(a[1], b[1])
            found.append(((x, y - 0.03), (x, y - 0.22)))
    return tuple(found)


def _top(piece: HandPiece) -> Point:
    points = [(float(op[-2]), float(op[-1])) for op in piece.edge if len(op) > 2]
    return max(points, key=lambda p: p[1])
