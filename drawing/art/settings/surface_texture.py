"""Textures of surfaces: hatching, grain, blades, leaves. Millimetres in; paths out, many marks in one.

A painter strokes or fills such a path in one call: a hundred marks cost little more than one.
"""

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin
from random import Random

from drawing.ink.paths import Path
from manga.geometry import Point, Rect

Lobes = tuple[float, float, float, float]
"""A mass of leaves or of cloud: its middle and its half axes, mm."""


def joined(paths: Iterable[Path]) -> Path:
    return tuple(op for path in paths for op in path)


def segments(pairs: Iterable[tuple[Point, Point]]) -> Path:
    return tuple(op for a, b in pairs for op in (("M", *a), ("L", *b)))


def blades(at: Point, tall: float, r: Random, *, n: int = 6, lean: float = 0.0) -> Path:
    """A clump of grass that fans out from its root, to be filled."""
    x, y = at
    found: list[tuple[str | float, ...]] = []
    for i in range(n):
        share = (i + 0.5) / n * 2 - 1
        root, thick = x + share * tall * 0.22, tall * 0.055
        up = tall * (1 - 0.5 * abs(share)) * r.uniform(0.65, 1.1)
        aside = (share * 0.55 + lean + r.uniform(-0.12, 0.12)) * tall
        bend = aside * 0.25
        found += [
            ("M", root - thick, y),
            ("Q", root + bend - thick * 0.5, y - up * 0.6, root + aside, y - up),
            ("Q", root + bend + thick, y - up * 0.5, root + thick, y),
            ("Z",),
        ]
    return tuple(found)


def crown(x: float, y: float, rx: float, ry: float, r: Random, lobes: int = 10) -> Path:
    """A leafy outline of unequal lobes."""
    rim = [_rim(x, y, rx, ry, 2 * pi * i / lobes, r.uniform(0.85, 1.08)) for i in range(lobes)]
    path: list[tuple[str | float, ...]] = [("M", *rim[0])]
    for i in range(lobes):
        p, q = rim[i], rim[(i + 1) % lobes]
        middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
        path.append(("Q", x + (middle[0] - x) * 1.36, y + (middle[1] - y) * 1.36, *q))
    return (*path, ("Z",))


def _rim(x: float, y: float, rx: float, ry: float, angle: float, k: float) -> Point:
    return (x + rx * cos(angle) * k, y + ry * sin(angle) * k)


def underside(mass: Lobes, r: Random, side: int = 1) -> Path:
    """What of a mass of leaves lies in shadow: a crescent at its foot, on the side (1 right) away from the light."""
    x, y, rx, ry = mass
    start, end, n = (-0.2, 0.78, 5) if side > 0 else (0.22, 1.2, 5)
    outer = [_rim(x, y, rx, ry, pi * (start + (end - start) * i / n), r.uniform(0.92, 1.0)) for i in range(n + 1)]
    inner = [
        _rim(x + side * rx * 0.12, y + ry * 0.1, rx, ry, pi * (end - (end - start) * i / 4), r.uniform(0.42, 0.62))
        for i in range(1, 4)
    ]
    path: list[tuple[str | float, ...]] = [("M", *outer[0]), *(("L", *p) for p in outer[1:])]
    last = outer[-1]
    for p in (*inner, outer[0]):
        path.append(("Q", *_bulge(last, p, (x, y)), *p))
        last = p
    return (*path, ("Z",))


def _bulge(a: Point, b: Point, away: Point) -> Point:
    """The middle of two points pushed from a third."""
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    return (mx + (mx - away[0]) * 0.35, my + (my - away[1]) * 0.35)


def leaf_marks(mass: Lobes, n: int, r: Random, side: int = 1) -> Path:
    """Scallops inside a mass of leaves, denser towards its shadow; to be stroked."""
    x, y, rx, ry = mass
    k = min(rx, ry) * 0.16
    found: list[tuple[str | float, ...]] = []
    for _ in range(n):
        a, d = r.uniform(0, 2 * pi), r.uniform(0.1, 0.82)
        px, py = x + rx * d * cos(a) + side * rx * 0.1, y + ry * d * sin(a) + ry * 0.06
        found += [
            ("M", px - k, py - k * 0.2),
            ("Q", px - k * 0.5, py + k * 0.9, px, py),
            ("Q", px + k * 0.6, py + k * 0.9, px + k, py - k * 0.3),
        ]
    return tuple(found)


def wavy(a: Point, b: Point, sway: float, r: Random) -> Path:
    """A stroke that wavers, as of bark or of grain."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = hypot(dx, dy) or 1.0
    nx, ny = -dy / long * sway, dx / long * sway
    k = r.uniform(-1, 1)
    return (
        ("M", *a),
        ("C", a[0] + dx * 0.3 + nx * k, a[1] + dy * 0.3 + ny * k, a[0] + dx * 0.7 - nx * k, a[1] + dy * 0.7 - ny * k,
         *b),
    )  # fmt: skip


def within(point: Point, boxes: Sequence[Rect]) -> bool:
    return any(b.x < point[0] < b.right and b.y < point[1] < b.bottom for b in boxes)
