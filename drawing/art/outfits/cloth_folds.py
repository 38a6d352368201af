"""Folds of cloth: where it is pinched, pulled, gathered or hangs. From joints on paper to tapered strokes.

In: points of the figure and half thicknesses, in heads. Out: folds, each with a rank; the smaller the figure is drawn,
the fewer ranks are inked. A fold begins thick where the cloth is caught and runs out to a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin

from drawing.ink.paths import Path
from drawing.ink.pen import Pen, Shade
from manga.geometry import Point

_DOUBLED = 138.0
"""Degrees: a limb bent more lies upon itself, and hides most of its folds."""
_WHOLE = 8
"""Points along a side: a sharp bend has eaten into the end of a limb that has fewer."""
_RANKS = (3.4, 6.5, 10.5, 16.0)
"""From how many millimetres a head on the folds of each rank are inked."""
_STRAIGHT = 14.0
"""Degrees: a limb that is bent less has no folds but those of its own weight."""


@dataclass(frozen=True, slots=True)
class Fold:
    """`weight` is its greatest width against a plain line's; one that is not `rooted` is pointed at both ends."""

    start: Point
    via: Point
    end: Point
    weight: float = 1.0
    rank: int = 0
    rooted: bool = True


def ink_folds(pen: Pen, folds: Iterable[Fold], shade: Shade) -> None:
    """All folds in one mark: black on light cloth, white on black."""
    size = pen.canvas.magnification
    ranks = sum(size >= least for least in _RANKS)
    ranks -= shade.black and ranks > 1
    near = max(0.0, min(1.0, (size - 10) / 22))
    width = pen.weight * (1.75 - 0.55 * near) * (0.8 if shade.black else 1.0)
    strokes = [op for fold in folds if fold.rank < ranks for op in _stroke(fold, width * fold.weight)]
    pen.canvas.fill(tuple(strokes), shade.line)


def _stroke(fold: Fold, width: float) -> Path:
    (ax, ay), (vx, vy), (bx, by) = fold.start, fold.via, fold.end
    long = hypot(bx - ax, by - ay) or 1.0
    nx, ny = -(by - ay) / long * width / 2, (bx - ax) / long * width / 2
    root = 1.0 if fold.rooted else 0.0
    swell = 0.5 if fold.rooted else 1.0
    return (
        ("M", ax + nx * root, ay + ny * root),
        ("Q", vx + nx * swell, vy + ny * swell, bx, by),
        ("Q", vx - nx * swell, vy - ny * swell, ax - nx * root, ay - ny * root),
        ("Z",),
    )


def bent(root: Point, joint: Point, end: Point) -> float:
    """How far a limb is bent on paper, in degrees; positive when it turns clockwise."""
    a = atan2(joint[1] - root[1], joint[0] - root[0])
    b = atan2(end[1] - joint[1], end[0] - joint[0])
    return degrees((b - a + pi) % (2 * pi) - pi)


def at_bend(root: Point, joint: Point, end: Point, radius: float, *, cloth: bool = True) -> list[Fold]:
    """Folds that fan out from inside a bent joint, more and longer ones the more it is bent; of skin only one."""
    angle = bent(root, joint, end)
    if abs(angle) < _STRAIGHT:
        return _slack(root, joint, end, radius) if cloth else []
    u, v = _unit(root, joint), _unit(joint, end)
    inwards = atan2(v[1] - u[1], v[0] - u[0])
    half = radians(abs(angle)) / 2
    seen = min(1.0, min(hypot(joint[0] - root[0], joint[1] - root[1]), hypot(end[0] - joint[0], end[1] - joint[1]))
               / (3 * radius))  # fmt: skip
    """Less than 1 for a bone that points at us."""
    out = radius * min(1.5, 1 / max(cos(half), 0.4)) * 0.9 * (0.45 + 0.55 * seen)
    corner = (joint[0] + cos(inwards) * out, joint[1] + sin(inwards) * out)
    side = 1 if angle > 0 else -1
    if not cloth:
        return [_ray(corner, inwards + pi + side * 0.5, radius * 0.8, 0.1 * side, 0.9, 0)]
    sharp = min(1.0, abs(angle) / 90)
    edge = pi / 2 + half
    """From the way out of the bend to the inner contour, on either side."""
    folds = []
    rays = () if abs(angle) > _DOUBLED or seen < 0.45 else _FAN if seen > 0.6 else _FAN[:1]
    for share, long, weight, rank in rays:
        turn = -side * edge * share
        along = u if share > 0 else v
        slide = radius * 0.95 * (abs(share) - 0.1) * (-1 if share > 0 else 1)
        start = (corner[0] + along[0] * slide, corner[1] + along[1] * slide)
        reach = radius * long * (0.72 + 0.4 * sharp) * (0.4 + 0.6 * seen)
        bow = 0.2 * side * (1 if share > 0 else -1)
        folds.append(_ray(start, inwards + pi + turn, reach, bow, weight * (0.75 + 0.5 * sharp), rank))
    return folds


_FAN = ((0.56, 2.0, 1.1, 0), (-0.4, 1.5, 1.3, 1), (0.86, 2.6, 0.9, 2), (-0.82, 2.0, 0.9, 3), (0.14, 0.95, 1.7, 3))
"""Of each ray: its turn from the way across as a share of the half fan, its length, its weight, its rank."""


def _slack(root: Point, joint: Point, end: Point, radius: float) -> list[Fold]:
    """A straight sleeve or leg: two short folds where it could bend."""
    u = _unit(root, end)
    n = (-u[1], u[0])
    folds = []
    for side, up, rank in ((1, -0.5, 1), (-1, 0.35, 2)):
        start = _off(joint, n, side * radius * 0.88, u, up * radius)
        tip = _off(joint, n, side * radius * 0.05, u, (up + 0.55) * radius)
        via = _off(joint, n, side * radius * 0.5, u, (up + 0.5) * radius)
        folds.append(Fold(start, via, tip, 0.85, rank))
    return folds


def at_armpit(root: Point, joint: Point, radius: float, pit: Point, inwards: float) -> list[Fold]:
    """Pulled from under the arm over the sleeve and towards the chest, longer ones when the arm is raised.

    `inwards` is +1 when the trunk lies to the right.
    """
    u = _unit(root, joint)
    raised = max(0.0, min(1.0, (0.75 - u[1]) / 1.2))
    top = (root[0] - inwards * radius * 0.55, root[1] - radius * (0.55 - 0.3 * raised))
    long = hypot(joint[0] - root[0], joint[1] - root[1])
    across = _off(root, u, 0.0, u, min(radius * 2.6, long * 0.8))
    low = (pit[0] + inwards * radius * 0.9, pit[1] + radius * (1.6 + raised))
    chest = (pit[0] + inwards * radius * (1.2 + 0.8 * raised), pit[1] - radius * (0.35 + 0.7 * raised))
    above, below = _off(pit, u, 0.0, u, -0.35 * radius), _off(pit, u, 0.0, u, 0.45 * radius)
    flank = (pit[0] + inwards * radius * (0.15 + 0.5 * raised), pit[1] + radius * 0.3)
    return [
        _to(above, top, 0.62, 0.2 * inwards, 1.25, 0),
        _to(below, across, 0.72, 0.14 * inwards, 1.0, 1),
        _to(pit, chest, 0.85, -0.2 * inwards, 0.95, 2),
        _to(flank, low, 0.75 + 0.2 * raised, 0.14 * inwards, 0.9, 3),
    ]


def gathered(a: Point, b: Point, down: Point, lengths: Sequence[float], *, weight: float = 1.0) -> list[Fold]:
    """Along the line from `a` to `b`, where cloth is caught: folds the way of `down`, of unequal lengths."""
    count = len(lengths)
    wide = (b[0] - a[0], b[1] - a[1])
    folds = []
    for i, long in enumerate(lengths):
        t = (i + 0.5 + 0.22 * ((i * 7) % 3 - 1)) / count
        lean = (t - 0.5) * 0.45
        start = (a[0] + wide[0] * t, a[1] + wide[1] * t)
        end = (start[0] + down[0] * long + wide[0] * lean * long, start[1] + down[1] * long + wide[1] * lean * long)
        bow = 0.1 * (1 if t > 0.5 else -1)
        folds.append(_to(start, end, 1.0, bow, weight * (1.15 if i % 2 else 0.9), (0, 2, 1, 3)[i % 4]))
    return folds


def at_crotch(left: Point, right: Point, crotch: Point, reach: float) -> list[Fold]:
    """From the crotch up towards both hips and a little down each leg."""
    folds = []
    for hip, side in ((left, -1), (right, 1)):
        folds.append(_to(crotch, (hip[0], hip[1] - 0.02), 0.78, -0.16 * side, 1.25, 1))
        folds.append(_to(crotch, (hip[0] + side * 0.06, hip[1] + reach * 0.42), 0.74, -0.14 * side, 1.0, 2))
    folds.append(_to(crotch, (crotch[0] + 0.03, crotch[1] - reach * 0.7), 1.0, 0.05, 0.8, 2))
    return folds


def stacked(left: Sequence[Point], right: Sequence[Point], *, rank: int = 1, weight: float = 0.95) -> list[Fold]:
    """Cloth that is longer than the limb and rests on what is below: short folds from either side in turn.

    The sides as they run to the end of the limb.
    """
    folds: list[Fold] = []
    if min(len(left), len(right)) < _WHOLE:
        return folds
    for i in range(3):
        near, far = (left, right) if i % 2 else (right, left)
        a, b = near[-1 - i], far[-2 - i]
        start = (a[0] * 0.94 + b[0] * 0.06, a[1] * 0.94 + b[1] * 0.06)
        tip = (a[0] * 0.42 + b[0] * 0.58, a[1] * 0.42 + b[1] * 0.58)
        sag = (far[-1][0] - far[-2][0], far[-1][1] - far[-2][1])
        via = ((start[0] + tip[0]) / 2 + sag[0] * 0.55, (start[1] + tip[1]) / 2 + sag[1] * 0.55)
        folds.append(Fold(start, via, tip, weight, min(3, rank + i)))
    return folds


def falling(start: Point, end: Point, sway: float, *, weight: float = 1.0, rank: int = 1) -> Fold:
    """Cloth that hangs between two points and swings aside by a share of its length."""
    return _to(start, end, 1.0, sway, weight, rank)


def within(folds: Iterable[Fold], ring: Sequence[Point]) -> list[Fold]:
    """Those that begin and end inside an outline: what points at us has room for few."""
    return [f for f in folds if _inside(_between(f.start, f.end), ring) and _inside(f.end, ring)]


def _between(a: Point, b: Point) -> Point:
    """A little after the start, which lies on the contour."""
    return (a[0] + (b[0] - a[0]) * 0.2, a[1] + (b[1] - a[1]) * 0.2)


def _inside(point: Point, ring: Sequence[Point]) -> bool:
    x, y = point
    odd = False
    ax, ay = ring[-1]
    for bx, by in ring:
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            odd = not odd
        ax, ay = bx, by
    return odd


def _unit(a: Point, b: Point) -> Point:
    long = hypot(b[0] - a[0], b[1] - a[1]) or 1e-6
    return ((b[0] - a[0]) / long, (b[1] - a[1]) / long)


def _off(at: Point, n: Point, across: float, u: Point, along: float) -> Point:
    return (at[0] + n[0] * across + u[0] * along, at[1] + n[1] * across + u[1] * along)


def _ray(start: Point, way: float, long: float, bow: float, weight: float, rank: int) -> Fold:
    return _to(start, (start[0] + cos(way) * long, start[1] + sin(way) * long), 1.0, bow, weight, rank)


def _to(a: Point, b: Point, share: float, bow: float, weight: float, rank: int) -> Fold:
    """Towards `b` by a share of the way, bowed to the left of it by a share of its length."""
    end = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
    dx, dy = end[0] - a[0], end[1] - a[1]
    via = ((a[0] + end[0]) / 2 + dy * bow, (a[1] + end[1]) / 2 - dx * bow)
    return Fold(a, via, end, weight, rank)
