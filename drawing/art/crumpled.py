"""A face like crumpled paper: sharp creases that run together at the brow, the eyes, the cheeks and the mouth.

In: a face's shape and view. Out: ink on the skin.
"""

from collections.abc import Iterator

from drawing.art.face import FaceShape, HeadView, contour, wrapped
from drawing.ink.paths import poly
from drawing.ink.pen import LIGHT, Pen
from manga.geometry import Point

_HALF: tuple[tuple[Point, ...], ...] = (
    ((0.25, 0.075), (0.3, 0.03), (0.36, 0.01)),
    ((0.25, 0.09), (0.31, 0.085), (0.37, 0.1)),
    ((0.24, 0.11), (0.3, 0.14), (0.35, 0.19)),
    ((0.06, 0.16), (0.12, 0.195), (0.19, 0.19), (0.25, 0.15)),
    ((0.1, 0.215), (0.17, 0.235), (0.24, 0.21), (0.29, 0.16)),
    ((0.06, 0.18), (0.115, 0.25), (0.13, 0.32), (0.11, 0.38)),
    ((0.11, 0.24), (0.19, 0.31), (0.185, 0.37), (0.15, 0.43)),
    ((0.22, 0.24), (0.245, 0.3), (0.235, 0.35), (0.2, 0.4)),
    ((0.31, 0.2), (0.24, 0.25), (0.2, 0.32)),
    ((0.33, 0.25), (0.28, 0.29), (0.26, 0.34)),
    ((0.03, -0.02), (0.05, -0.07), (0.035, -0.13)),
    ((0.07, -0.05), (0.1, -0.11), (0.16, -0.15)),
    ((0.03, 0.075), (0.06, 0.1), (0.07, 0.13)),
    ((0.025, 0.215), (0.02, 0.25), (0.03, 0.27)),
    ((0.06, 0.225), (0.055, 0.255), (0.065, 0.28)),
)
_WHOLE: tuple[tuple[Point, ...], ...] = (
    ((-0.3, -0.13), (-0.21, -0.18), (-0.1, -0.15), (0.0, -0.2), (0.11, -0.16), (0.2, -0.2), (0.31, -0.14)),
    ((-0.32, -0.2), (-0.2, -0.24), (-0.12, -0.2), (0.0, -0.26), (0.12, -0.22), (0.22, -0.26), (0.33, -0.2)),
    ((-0.28, -0.28), (-0.15, -0.31), (-0.04, -0.27), (0.08, -0.32), (0.2, -0.28), (0.3, -0.31)),
    ((-0.1, 0.43), (-0.05, 0.405), (0.0, 0.43), (0.05, 0.405), (0.1, 0.43)),
    ((-0.06, 0.46), (-0.01, 0.445), (0.05, 0.465)),
    ((-0.02, 0.04), (0.0, 0.06), (0.03, 0.045)),
)
"""Of one side, and across; in a face whose chin is at 0.5, seen from the front."""
_SHADED: tuple[Point, ...] = ((0.06, 0.16), (0.12, 0.195), (0.19, 0.19), (0.25, 0.15), (0.29, 0.16), (0.24, 0.21),
                              (0.17, 0.235), (0.1, 0.215))  # fmt: skip
"""The bag under an eye."""


def ink_crumpled(pen: Pen, shape: FaceShape, view: HeadView) -> None:
    """Nothing goes over the face's edge."""
    with pen.canvas.saved():
        pen.canvas.clip(contour(shape, view))
        for side in (-1, 1):
            bag = poly([_at((x * side, y), shape, view) for x, y in _SHADED])
            pen.canvas.tone(bag, LIGHT)
        for n, crease in enumerate(_creases()):
            heavy = 0.9 if n % 4 == 0 else 0.62
            pen.line([_at(point, shape, view) for point in crease], heavy, (0.35, 0.35))


def _creases() -> Iterator[tuple[Point, ...]]:
    for crease in _HALF:
        yield crease
        yield tuple((-x, y) for x, y in crease)
    yield from _WHOLE


def _at(point: Point, shape: FaceShape, view: HeadView) -> Point:
    x, y = point
    y = y * shape.chin_y / 0.5 if y > 0 else y
    return (-0.13 + 0.62 * x, y) if view == "profile" else wrapped(x, y, view)
