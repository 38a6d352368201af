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
    manly: float = 0.0
    """How far eyes, brows, nose and mouth are a man's: 0 for women and children, half for boys, 1 for men."""
    sag: float = 0.0
    """How far old cheeks hang beside the mouth."""


CHILD = FaceShape(0.362, 0.376, 0.304, 0.268, 0.076, 0.432, 0.115, 1.08, 1.12)
BOY = FaceShape(0.36, 0.345, 0.282, 0.3, 0.066, 0.497, 0.074, 0.95, 0.86, manly=0.5)
GIRL = FaceShape(0.36, 0.348, 0.266, 0.275, 0.044, 0.468, 0.088, 1.06, 1.08)
WOMAN = FaceShape(0.355, 0.338, 0.258, 0.285, 0.044, 0.49, 0.068, 1.0, 0.98)
MAN = FaceShape(0.36, 0.346, 0.298, 0.318, 0.1, 0.55, 0.045, 0.92, 0.6, manly=1.0)
OLD_MAN = FaceShape(0.356, 0.34, 0.296, 0.33, 0.096, 0.532, 0.055, 0.8, 0.6, manly=1.0, sag=0.02)
OLD_WOMAN = FaceShape(0.352, 0.348, 0.292, 0.31, 0.07, 0.476, 0.075, 0.78, 0.72, sag=0.024)


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
    (1.0, 0.97, 1.0, 0.0), (1.045, 1.05, 1.2, -0.024), (0.96, 0.96, 0.95, 0.03), (1.0, 1.1, 1.5, 0.0),
    (1.03, 0.87, 0.6, 0.014),
)  # fmt: skip
"""Oval, round, long, square, pointed: what cheek, jaw and chin are multiplied with, and how far the chin drops."""


def _own(shape: FaceShape, look: Look) -> FaceShape:
    """The face of one person: what the sheet leaves open follows from the seed. Children differ half as much."""
    n = look.seed
    much = 0.5 if look.age is Age.CHILD else 0.85 if look.gender == "female" else 1.0
    cheek, jaw, chin, drop = CONTOURS[n % 5]
    wide = shape.cheek * (1 + (cheek - 1) * much)
    return replace(
        shape,
        cheek=wide, jaw=min(shape.jaw * (1 + (jaw - 1) * much), wide * 0.945),
        chin=shape.chin * (1 + (chin - 1) * much), chin_y=shape.chin_y + drop * much,
        eye_size=shape.eye_size * (1.0, 1.06, 0.96, 1.03)[n // 3 % 4], apart=(0.0, 0.012, -0.01)[n // 2 % 3],
        nose=n // 2 % 5, brow=(0.0, 0.12, -0.14, 0.05)[n // 7 % 4] * much, brow_lift=(0.0, 0.012, -0.012)[n % 3],
    )  # fmt: skip


def contour(shape: FaceShape, view: HeadView, *, bare: bool = False) -> Path:
    """`bare` shows the skull that hair would cover."""
    face = {"front": _front, "three_quarter": _three_quarter, "profile": _profile, "back": _skull}[view](shape)
    if not bare or view in {"front", "back"}:
        return face
    if view == "profile":
        return union(face, ellipse(0.085, -0.13, 0.41, 0.4, 0.2))
    nape = smooth(((0.2, 0.0), (0.43, -0.02), (0.4, 0.14), (0.32, 0.27), (0.22, 0.26)), closed=True, tension=0.5)
    return union(face, ellipse(0.055, -0.145, 0.4, 0.368), nape)


def _front(s: FaceShape) -> Path:
    hang = s.sag * 1.4
    half = (
        (s.temple, -0.14), (s.temple * 0.985, 0.0), (s.cheek, 0.12), (s.jaw + (s.cheek - s.jaw) * 0.45 + s.sag * 0.2,
        0.12 + (s.jaw_y - 0.12) * 0.62), (s.jaw + hang * 0.4, s.jaw_y),
        (s.chin + (s.jaw - s.chin) * 0.5 + hang, s.jaw_y + (s.chin_y - s.jaw_y) * 0.62), (s.chin, s.chin_y - 0.012),
    )  # fmt: skip
    left = [(-x, y) for x, y in half]
    right = [(x, y) for x, y in reversed(half)]
    top = [(0.3, -0.38), (0.0, -0.5), (-0.3, -0.38)]
    return smooth((*left, (0, s.chin_y), *right, *top), closed=True, tension=0.55)


MIDDLE = -0.122
"""Where the line through nose, lips and chin lies in a face that is half turned."""


def _three_quarter(s: FaceShape) -> Path:
    """Down the far side: forehead, dent at the eye, cheekbone, mouth, chin; and back along the jaw to the ear."""
    cheek, jaw, deep, e = s.cheek / 0.348, s.jaw / 0.285, s.chin_y, s.eye_y
    d, ridge, tip = deep - e, 0.006 * s.manly, MIDDLE - 0.004
    dent, corner = -0.326 * min(1.0, cheek) ** 0.5, tip - 0.072 * jaw - s.chin * 0.25
    bone = 1 + (cheek - 1) * 0.6
    full = 0.4 * max(0.0, 0.48 - deep) + s.sag * 0.6 + 0.12 * (jaw - 1) + 0.15 * max(0.0, cheek - 1)
    """How round the cheek is beside the mouth."""
    points = (
        (-0.352, -0.22), (-0.353 - ridge, e - 0.28 * d), (dent, e - 0.01 * d),
        (-0.346 * bone, e + 0.18 * d), (-0.33 * bone, e + 0.36 * d), (-0.288 - full * 1.2, e + 0.55 * d),
        (-0.244 - full, e + 0.73 * d),
        (corner, e + 0.92 * d), (corner + 0.042, deep - 0.004), (tip + s.chin * 0.5, deep), (0.03 + s.chin * 0.5,
        deep - 0.1 * d),
        (0.196 * (0.3 + 0.7 * jaw), s.jaw_y + 0.052), (0.262 * (0.6 + 0.4 * jaw), s.jaw_y - 0.075), (0.296, 0.13),
        (0.325, 0.0), (0.345, -0.14),
    )  # fmt: skip
    top = ((0.34, -0.38), (0.05, -0.5), (-0.26, -0.4))
    return smooth((*points, *top), closed=True, tension=0.55)


def _profile(s: FaceShape) -> Path:
    """Down the front: forehead, brow, root and tip of the nose, lips, chin; and back along the jaw to the ear."""
    e, deep, jaw, man = s.eye_y, s.chin_y, s.jaw / 0.285, s.manly
    m = e + (deep - e) * 0.61 - 0.003
    small = 0.75 if deep < 0.46 else 1.0
    n = e + (m - e) * 0.62
    out = (0.056, 0.045, 0.066, 0.05, 0.052)[s.nose] * small + 0.01 * man
    chin = -0.335 - 0.016 * man + s.sag * 0.4
    points = (
        (-0.285, -0.4), (-0.345, -0.24), (-0.36, -0.12), (-0.358 - 0.009 * man, e - 0.085), (-0.332, e - 0.005),
        (-0.352 - out * 0.35, e + (n - e) * 0.55), (-0.366 - out, n - 0.012), (-0.36 - out * 0.8, n + 0.018),
        (-0.352, n + 0.034), (-0.354, m - 0.05), (-0.374, m - 0.02), (-0.349, m), (-0.366, m + 0.024),
        (-0.337, m + 0.058), (chin, deep - 0.07), (chin + 0.012, deep - 0.026), (chin + 0.07, deep + 0.002),
        (-0.16, deep - 0.026), (0.02 * jaw, s.jaw_y + 0.07), (0.1, s.jaw_y - 0.03), (0.145, 0.12), (0.2, -0.1),
        (0.1, -0.4),
    )  # fmt: skip
    return smooth(points, closed=True, tension=0.55)


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
        return ((0.318, 0.085, 1),)
    return ((0.12, 0.08, 1),) if view == "profile" else ((-0.37, 0.08, -1), (0.37, 0.08, 1))


def wrapped(x: float, y: float, view: HeadView) -> Point:
    """A point of the front's coordinates that lies on the face, as seen in a view."""
    if view == "three_quarter":
        bulge = max(0.0, 1 - (x / 0.54) ** 2)
        return (x - 0.108 * bulge + 0.015, y)
    return (x, y)


def shifted(x: float, y: float, view: HeadView) -> Point:
    """A point on the back of the head, as seen in a view."""
    return (x * 1.03 + 0.045, y) if view == "three_quarter" else (x, y)
