"""The skin of a face: contours by age and by view. Coordinates: origin in the middle of the head, chin near +0.5.

Every view other than the front looks to the left of the page; the head is mirrored for the right.
"""

from dataclasses import dataclass, replace
from typing import Literal

from drawing.ink.paths import Path, ellipse, smooth, union
from manga.characters import Age, Look
from manga.geometry import Point

HeadView = Literal["front", "three_quarter", "profile", "back"]


def head_view(yaw: float) -> HeadView:
    """The nearest of the four drawn views."""
    turn = abs((yaw + 180) % 360 - 180)
    if turn < 18:
        return "front"
    if turn < 66:
        return "three_quarter"
    return "profile" if turn < 128 else "back"


@dataclass(frozen=True, slots=True)
class FaceShape:
    """Half widths at temple, cheek and jaw, the chin, and where the eyes sit."""

    temple: float
    cheek: float
    jaw: float
    jaw_y: float
    chin: float
    chin_y: float
    eye_y: float
    eye_size: float
    eye_tall: float = 1.0
    apart: float = 0.0
    """How much further than usual the eyes stand from each other."""
    nose: int = 0
    """Which of the five noses."""
    brow: float = 0.0
    """How much the brows slant by nature; positive frowns."""
    brow_lift: float = 0.0


CHILD = FaceShape(0.362, 0.376, 0.304, 0.268, 0.076, 0.432, 0.115, 1.08, 1.12)
BOY = FaceShape(0.36, 0.345, 0.272, 0.285, 0.05, 0.485, 0.08, 0.96, 0.96)
GIRL = FaceShape(0.36, 0.348, 0.266, 0.275, 0.044, 0.468, 0.088, 1.06, 1.08)
WOMAN = FaceShape(0.355, 0.338, 0.258, 0.285, 0.044, 0.49, 0.068, 0.96, 0.98)
MAN = FaceShape(0.362, 0.348, 0.3, 0.31, 0.09, 0.525, 0.05, 0.84, 0.78)
OLD_MAN = FaceShape(0.356, 0.342, 0.298, 0.315, 0.09, 0.515, 0.06, 0.74, 0.76)
OLD_WOMAN = FaceShape(0.352, 0.348, 0.296, 0.3, 0.075, 0.472, 0.075, 0.76, 0.8)


def face_shape(look: Look) -> FaceShape:
    female = look.gender == "female"
    shape = {
        Age.CHILD: CHILD,
        Age.TEEN: GIRL if female else BOY,
        Age.ADULT: WOMAN if female else MAN,
        Age.ELDER: OLD_WOMAN if female else OLD_MAN,
    }[look.age]
    if look.build == "stout":
        cheek = shape.cheek * 1.1
        shape = replace(shape, cheek=cheek, jaw=min(shape.jaw * 1.22, cheek * 0.87), chin=min(shape.chin * 1.8, 0.11))
    if look.build == "slim":
        shape = replace(shape, cheek=shape.cheek * 0.97, jaw=shape.jaw * 0.93, chin=shape.chin * 0.85)
    return _own(shape, look)


CONTOURS: tuple[tuple[float, float, float, float], ...] = (
    (1.0, 0.98, 1.0, 0.0), (1.045, 1.07, 1.35, -0.016), (0.975, 0.97, 1.0, 0.024), (1.0, 1.13, 1.7, 0.004),
    (1.03, 0.9, 0.7, 0.01),
)  # fmt: skip
"""Oval, round, long, square, pointed: what cheek, jaw and chin are multiplied with, and how far the chin drops."""


def _own(shape: FaceShape, look: Look) -> FaceShape:
    """The face of one person: what the sheet leaves open follows from the seed. Children differ half as much."""
    n = look.seed
    much = 0.5 if look.age is Age.CHILD else 0.75 if look.gender == "female" else 1.0
    cheek, jaw, chin, drop = CONTOURS[n % 5]
    return replace(
        shape,
        cheek=shape.cheek * (1 + (cheek - 1) * much), jaw=shape.jaw * (1 + (jaw - 1) * much),
        chin=shape.chin * (1 + (chin - 1) * much), chin_y=shape.chin_y + drop * much,
        eye_size=shape.eye_size * (1.0, 1.06, 0.96, 1.03)[n // 3 % 4], apart=(0.0, 0.012, -0.01)[n // 2 % 3],
        nose=n // 2 % 5, brow=(0.0, 0.12, -0.14, 0.05)[n // 7 % 4] * much, brow_lift=(0.0, 0.012, -0.012)[n % 3],
    )  # fmt: skip


def contour(shape: FaceShape, view: HeadView, *, bare: bool = False) -> Path:
    """`bare` shows the skull that hair would cover."""
    face = {"front": _front, "three_quarter": _three_quarter, "profile": _profile, "back": _skull}[view](shape)
    if not bare or view in {"front", "back"}:
        return face
    return union(
        face, ellipse(0.085, -0.13, 0.41, 0.4, 0.2) if view == "profile" else ellipse(0.02, -0.15, 0.365, 0.365)
    )


def _front(s: FaceShape) -> Path:
    half = (
        (s.temple, -0.14), (s.temple * 0.99, 0.0), (s.cheek, 0.12), (s.jaw, s.jaw_y),
        (s.chin + (s.jaw - s.chin) * 0.42, s.jaw_y + (s.chin_y - s.jaw_y) * 0.68), (s.chin, s.chin_y - 0.014),
    )  # fmt: skip
    left = [(-x, y) for x, y in half]
    right = [(x, y) for x, y in reversed(half)]
    top = [(0.3, -0.38), (0.0, -0.5), (-0.3, -0.38)]
    return smooth((*left, (0, s.chin_y), *right, *top), closed=True, tension=0.55)


def _three_quarter(s: FaceShape) -> Path:
    cheek, jaw, deep = s.cheek / 0.348, s.jaw / 0.285, s.chin_y
    points = (
        (-0.35, -0.15), (-0.333 * cheek, -0.02), (-0.345 * cheek, 0.1), (-0.312 * cheek, 0.24),
        (-0.215 * jaw - 0.01, deep - 0.095), (-0.1 - s.chin, deep - 0.014), (-0.09, deep), (-0.085 + s.chin,
        deep - 0.016),
        (0.085 * jaw, deep - 0.072), (0.23 * jaw, s.jaw_y + 0.005), (0.307, 0.15), (0.335, 0.0), (0.345, -0.14),
    )  # fmt: skip
    top = ((0.34, -0.38), (0.05, -0.5), (-0.26, -0.4))
    return smooth((*points, *top), closed=True, tension=0.55)


def _profile(s: FaceShape) -> Path:
    deep, jaw = s.chin_y, s.jaw / 0.285
    small = 0.75 if s.chin_y < 0.46 else 1.0
    points = (
        (-0.29, -0.4), (-0.352, -0.22), (-0.362, -0.06), (-0.335, 0.05), (-0.352 - 0.03 * small, 0.14),
        (-0.37 - (0.06, 0.048, 0.075, 0.052, 0.066)[s.nose] * small, 0.212),
        (-0.358, 0.245), (-0.352, 0.27), (-0.372, 0.298), (-0.346, 0.325), (-0.362, 0.35), (-0.332, 0.385), (-0.338,
        deep - 0.06),
        (-0.3, deep - 0.008), (-0.2, deep - 0.02), (-0.03 * jaw, deep - 0.1), (0.1, 0.28), (0.14, 0.12), (0.2, -0.1),
        (0.1, -0.4),
    )  # fmt: skip
    return smooth(points, closed=True, tension=0.5)


def _skull(s: FaceShape) -> Path:
    del s
    points = (
        (-0.36, -0.1),
        (-0.34, 0.12),
        (-0.24, 0.32),
        (0.0, 0.4),
        (0.24, 0.32),
        (0.34, 0.12),
        (0.36, -0.1),
        (0.2, -0.45),
        (-0.2, -0.45),
    )
    return smooth(points, closed=True, tension=0.55)


def ears(view: HeadView) -> tuple[tuple[float, float, float], ...]:
    """Where ears are seen: x, y, and which way they lean; half width comes with the view."""
    if view == "front":
        return ((-0.372, 0.09, -1), (0.372, 0.09, 1))
    if view == "three_quarter":
        return ((0.335, 0.09, 1),)
    return ((0.12, 0.08, 1),) if view == "profile" else ((-0.37, 0.08, -1), (0.37, 0.08, 1))


def wrapped(x: float, y: float, view: HeadView) -> Point:
    """A point of the front's coordinates that lies on the face, as seen in a view."""
    if view == "three_quarter":
        bulge = max(0.0, 1 - (x / 0.56) ** 2)
        return (x - 0.088 * bulge + 0.015, y)
    return (x, y)


def shifted(x: float, y: float, view: HeadView) -> Point:
    """A point on the back of the head, as seen in a view."""
    return (x * 1.03 + 0.045, y) if view == "three_quarter" else (x, y)
