"""Limbs on paper: from three joints and thicknesses to an outline, and how it is inked.

The outline is open at both ends in ink: a sleeve grows out of the trunk without a seam, and a hand closes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from typing import Literal

from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import Pen, Shade
from manga.geometry import Point

Radii = tuple[float, ...]
"""Half thicknesses along a bone, evenly spaced; three of them are joined by a curve, more by straight lines."""


@dataclass(frozen=True, slots=True)
class Limb:
    """`left` and `right` run from the root to the end, as seen along the limb."""

    path: Path
    left: tuple[Point, ...]
    right: tuple[Point, ...]
    cap: tuple[Point, ...]
    """The round of the root, from the left side over the back to the right one."""
    end: Point
    direction: float
    """Where the last bone points, radians on the page."""


def limb(joints: Sequence[Point], first: Radii, second: Radii, *, point: float = 0.0) -> Limb:
    """`first` and `second` are half thicknesses of each bone from its start to its end.

    `point` is how far the bone of a bent joint stands out, as a share of the thickness.
    """
    root, joint, end = joints
    near = _bone(root, joint, first)
    far = _bone(joint, end, second)
    bend = _cross(root, joint, end)
    left = _joined(near[0], far[0], joint, second[0], point, outer=bend > 0)
    right = _joined(near[1], far[1], joint, second[0], point, outer=bend <= 0)
    cap = _cap(root, joint, first[0])
    outline = poly((*left, *reversed(right), *reversed(cap)))
    return Limb(outline, tuple(left), tuple(right), tuple(cap), end, atan2(end[1] - joint[1], end[0] - joint[0]))


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _bone(a: Point, b: Point, radii: Radii) -> tuple[list[Point], list[Point]]:
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1e-6
    nx, ny = (b[1] - a[1]) / length, -(b[0] - a[0]) / length
    left: list[Point] = []
    right: list[Point] = []
    for i in range(7):
        t = i / 6
        r = _between(radii, t)
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        left.append((x + nx * r, y + ny * r))
        right.append((x - nx * r, y - ny * r))
    return left, right


def _between(radii: Radii, t: float) -> float:
    if len(radii) != 3:
        at = t * (len(radii) - 1)
        i = min(int(at), len(radii) - 2)
        return radii[i] + (radii[i + 1] - radii[i]) * (at - i)
    a, b, c = radii
    u = 1 - t
    middle = 2 * b - (a + c) / 2
    return a * u * u + middle * 2 * u * t + c * t * t


def _joined(
    near: list[Point], far: list[Point], joint: Point, radius: float, point: float, *, outer: bool
) -> list[Point]:
    """One side through the joint: an arc outside the bend, or the bone; a crease inside it."""
    if outer and point:
        arc = _arc(joint, radius, near[-1], far[0])
        tip = arc[len(arc) // 2]
        out = 1 + point
        bone = (joint[0] + (tip[0] - joint[0]) * out, joint[1] + (tip[1] - joint[1]) * out)
        return [*near[:-1], bone, *far[1:]]
    if outer:
        return [*near[:-1], *_arc(joint, radius, near[-1], far[0]), *far[1:]]
    for i in range(len(near) - 1, 0, -1):
        for k in range(len(far) - 1):
            at = _meeting(near[i - 1], near[i], far[k], far[k + 1])
            if at:
                return [*near[:i], at, *far[k + 1 :]]
    return [*near[:-1], *far[1:]]


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    under = rx * sy - ry * sx
    if abs(under) < 1e-9:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / under
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / under
    return (a[0] + rx * t, a[1] + ry * t) if 0 <= t <= 1 and 0 <= u <= 1 else None


def _cap(root: Point, joint: Point, radius: float) -> list[Point]:
    """Half a circle behind the root."""
    way = atan2(joint[1] - root[1], joint[0] - root[0])
    return [
        (root[0] + radius * cos(way - pi / 2 - pi * i / 6), root[1] + radius * sin(way - pi / 2 - pi * i / 6))
        for i in range(7)
    ]


def _arc(centre: Point, radius: float, start: Point, end: Point) -> list[Point]:
    """The shorter arc between two points that lie around the centre."""
    a = atan2(start[1] - centre[1], start[0] - centre[0])
    b = atan2(end[1] - centre[1], end[0] - centre[0])
    sweep = (b - a + pi) % (2 * pi) - pi
    steps = 3 if abs(sweep) < 1.2 else 5
    return [
        (centre[0] + radius * cos(a + sweep * i / steps), centre[1] + radius * sin(a + sweep * i / steps))
        for i in range(steps + 1)
    ]


def ink_limb(
    pen: Pen,
    shape: Limb,
    shade: Shade,
    *,
    skip: tuple[float, float] = (0.0, 0.16),
    shoulder: Literal["left", "right"] | None = None,
    weight: float = 1.25,
) -> None:
    """Cover the limb and draw its two sides; `skip` is the share left open at the root (left, right side).

    `shoulder` names the side on which the round of the root is drawn too.
    """
    pen.cover(shape.path, shade)
    for name, side, start in (("left", shape.left, skip[0]), ("right", shape.right, skip[1])):
        points = list(side[round(start * (len(side) - 1)) :])
        if name == shoulder:
            over = shape.cap[:4] if name == "left" else tuple(reversed(shape.cap[3:]))
            points = [*reversed(over), *points[1:]]
        pen.canvas.stroke(smooth(points, tension=0.5), pen.weight * weight)


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return list(ordered)
    lower = _chain(ordered)
    upper = _chain(list(reversed(ordered)))
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _cross(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain


def around(centre: Point, radius: float, steps: int = 10) -> list[Point]:
    """Points on a circle, for hulls."""
    return [
        (centre[0] + radius * cos(2 * pi * i / steps), centre[1] + radius * sin(2 * pi * i / steps))
        for i in range(steps)
    ]


def hulled(*circles: tuple[Point, float]) -> Path:
    """A taut skin around some circles."""
    return poly(hull([p for centre, radius in circles for p in around(centre, radius)]))
