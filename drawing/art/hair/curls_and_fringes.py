"""Hair that is no row of locks: curls, a wreath round a bald head, a straight fringe, the wings of old coiffures.

In: a view, what the head's measures demand. Out: paths in the head's coordinates.
"""

from math import cos, pi, sin
from random import Random

from drawing.art.face import HeadView, shifted, wrapped
from drawing.art.hair.locks import closed
from drawing.ink.paths import Path, difference, ellipse, mapped, poly, union


def wreath(view: HeadView) -> Path:
    """The hair that is left around an old man's head: soft and close, behind the ears."""
    side = (
        (0.35, -0.26), (0.388, -0.23), (0.422, -0.14), (0.447, -0.05), (0.43, -0.045), (0.44, 0.03), (0.416, 0.01),
        (0.41, 0.07), (0.386, 0.02), (0.36, -0.02), (0.356, -0.12),
    )  # fmt: skip
    right = closed(side, 0.3)
    if view == "front":
        return (*right, *mapped(right, lambda x, y: (-x, y)))
    if view == "three_quarter":
        near = (
            (0.24, -0.13), (0.31, -0.2), (0.42, -0.2), (0.462, -0.12), (0.495, -0.02), (0.472, 0.0), (0.48, 0.11),
            (0.446, 0.12), (0.435, 0.22), (0.395, 0.22), (0.36, 0.31), (0.33, 0.28), (0.375, 0.16), (0.392, 0.04),
            (0.375, -0.03), (0.33, -0.05), (0.286, -0.02), (0.27, 0.08), (0.246, 0.02),
        )  # fmt: skip
        return closed(near, 0.3)
    if view == "back":
        low = (
            (-0.365, -0.14), (-0.4, -0.02), (-0.375, 0.12), (-0.33, 0.22), (-0.29, 0.21), (-0.22, 0.31), (-0.15, 0.3),
            (-0.07, 0.36), (0.0, 0.33), (0.08, 0.365), (0.15, 0.3), (0.23, 0.31), (0.29, 0.21), (0.34, 0.21),
            (0.38, 0.1), (0.4, -0.02), (0.365, -0.14),
        )  # fmt: skip
        return closed((*low, (0.2, -0.07), (0.0, -0.05), (-0.2, -0.07)), 0.5)
    behind = (
        (0.04, -0.13), (0.2, -0.2), (0.38, -0.2), (0.49, -0.14), (0.53, 0.02), (0.51, 0.16), (0.46, 0.14), (0.45, 0.27),
        (0.38, 0.22), (0.35, 0.34), (0.27, 0.26), (0.22, 0.3), (0.19, 0.12), (0.17, -0.03), (0.08, -0.05), (0.03, 0.06),
    )  # fmt: skip
    return closed(behind, 0.3)


def curls(cap: Path, seed: int, view: HeadView, size: float = 1.0) -> Path:
    """Rings of hair around a cap; `size` 1 lies close, more stands off like a ball."""
    r = Random(seed * 13 + 1)
    centre = {"front": 0.0, "three_quarter": 0.04, "profile": 0.1, "back": 0.0}[view]
    start, end = {"back": (0.0, 2.0), "profile": (1.1 if size == 1 else 1.02, 2.02)}.get(view, (0.98, 2.02))
    n, out = round(13 * size), size**0.6
    balls = []
    for i in range(n):
        a, k = pi * (start + (end - start) * i / (n - 1)), 0.13 * size
        at = (centre + 0.42 * out * size**0.5 * cos(a), -0.14 + 0.46 * out * sin(a))
        balls.append(ellipse(*at, k * r.uniform(0.85, 1.2), k * r.uniform(0.85, 1.2)))
    if view == "profile":
        balls += [ellipse(0.3 + 0.1 * (k % 2), -0.3 + 0.14 * k, 0.16 * size, 0.15 * size) for k in range(5)]
    elif view != "back":
        row = (-0.3, -0.16, 0.0, 0.15, 0.3)
        balls += [ellipse(wrapped(x, -0.3 + 0.06 * abs(x), view)[0], -0.27, 0.11, 0.11) for x in row]
    if size > 1:
        balls.append(ellipse(centre, -0.28, 0.5, 0.44))
        return _without_face(union(cap, *balls), view)
    return union(cap, *balls)


def curls_behind(view: HeadView) -> Path:
    """The rings below the ears."""
    if view in {"profile", "back"}:
        return ()
    rows = ((-0.37, 0.04), (-0.36, 0.2), (-0.22, 0.27), (0.0, 0.2), (0.22, 0.27), (0.36, 0.2), (0.37, 0.04))
    return union(*(ellipse(*shifted(x, y, view), 0.105, 0.11) for x, y in rows))


def _without_face(path: Path, view: HeadView) -> Path:
    """A ball of hair leaves the face free."""
    if view == "back":
        return path
    free = {"front": ellipse(0, 0.2, 0.35, 0.44), "three_quarter": ellipse(-0.05, 0.2, 0.33, 0.44)}.get(
        view, ellipse(-0.34, 0.2, 0.38, 0.42)
    )
    return difference(path, free)


def blunt(edge: float, view: HeadView) -> Path:
    """A fringe whose ends are cut in one line at a height."""
    if view == "profile":
        return poly(((0.02, -0.45), (-0.3, -0.45), (-0.415, -0.2), (-0.41, edge), (-0.06, edge + 0.02)))
    xs = (-0.37, -0.25, -0.12, 0.0, 0.12, 0.25, 0.37)
    low = [wrapped(x, edge + 0.012 * (i % 2) + 0.16 * x * x, view) for i, x in enumerate(xs)]
    return poly((wrapped(0.37, -0.3, view), wrapped(-0.37, -0.3, view), *low))


def wings(view: HeadView) -> tuple[Path, ...]:
    """The sides of a coiffure, combed out over the ears."""
    if view == "profile":
        return (ellipse(0.1, -0.1, 0.27, 0.25, -0.2), ellipse(0.42, 0.06, 0.22, 0.2, 0.5))
    if view == "back":
        return (ellipse(-0.4, -0.08, 0.22, 0.26), ellipse(0.4, -0.08, 0.22, 0.26), ellipse(0, 0.3, 0.24, 0.2))
    far, near = (-0.44, 0.44) if view == "front" else (-0.42, 0.44)
    thin = 0.17 if view == "front" else 0.1
    return (ellipse(far, -0.09, thin, 0.25, 0.12), ellipse(near, -0.09, 0.17, 0.25, -0.12))
