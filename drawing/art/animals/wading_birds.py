"""Birds on long legs: herons, cranes, storks. Same conventions as the other beasts."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody
from drawing.ink.paths import Path, poly, smooth, stroke
from drawing.ink.pen import MID_TONE, WHITE, Pen
from manga.geometry import Point

_TRUNK: tuple[Point, ...] = ((-0.62, -2.5), (-0.2, -2.85), (0.5, -2.7), (1.25, -2.2), (0.5, -2.05), (-0.3, -2.05))
_WING: tuple[Point, ...] = ((-0.3, -2.55), (0.4, -2.6), (1.5, -2.02), (1.0, -1.92), (0.2, -2.15))
_NECK: tuple[Point, ...] = ((-0.4, -2.4), (-0.78, -2.75), (-0.62, -3.2), (-0.38, -3.55), (-0.56, -3.95))
_ALOFT: tuple[Point, ...] = ((-0.2, -2.7), (0.3, -3.7), (1.4, -4.3), (2.3, -4.2), (1.7, -3.5), (1.2, -3.1), (0.7, -2.5))
_FAR: tuple[Point, ...] = ((-0.1, -2.7), (-0.2, -3.5), (0.3, -4.3), (0.9, -4.5), (0.9, -3.8), (0.6, -2.8))
_LEGS: tuple[tuple[Point, ...], ...] = (
    ((0.12, -2.1), (0.3, -1.1), (0.14, -0.02)), ((0.34, -2.1), (0.16, -1.3), (0.42, -0.9))
)  # fmt: skip
"""One stands; the other is drawn up."""
_GOING: tuple[tuple[Point, ...], ...] = (
    ((0.1, -2.1), (0.1, -1.1), (-0.35, -0.02)), ((0.3, -2.1), (0.55, -1.15), (0.7, -0.02))
)  # fmt: skip
_TRAILING: tuple[tuple[Point, ...], ...] = (((0.7, -2.2), (2.4, -1.9)), ((0.8, -2.3), (2.5, -2.05)))


def wader_body(breed: Breed, *, flying: bool, going: bool, roosting: bool = False) -> BeastBody:
    """On one leg, on its way, on the wing, or down on its folded legs."""
    drop = 1.95 if roosting else 0.0

    def put(points: tuple[Point, ...]) -> list[Point]:
        return [(x, y + drop) for x, y in points]

    trunk = smooth(put(_TRUNK), closed=True, tension=0.55)
    wing = smooth(put(_ALOFT if flying else _WING), closed=True, tension=0.5)
    far = smooth(put(_FAR), closed=True, tension=0.5)
    neck = stroke(put(_NECK), 0.3, (0.0, 0.15), steps=8)
    legs = () if roosting else _TRAILING if flying else _GOING if going else _LEGS
    shins = tuple(stroke(leg, 0.1, (0.0, 0.2), steps=3) for leg in legs)

    def ink(pen: Pen) -> None:
        if flying:
            _ink_wing(pen, far, breed)
        for leg, shin in zip(legs, shins, strict=True):
            pen.canvas.fill(shin)
            if leg[-1][1] > -0.5:
                _toes(pen, leg[-1])
        ink_coat(pen, neck, WHITE, 1.1)
        pen.shape(trunk, WHITE, 1.2)
        _ink_wing(pen, wing, breed)
        if not flying:
            _plumes(pen, drop)

    outlines: tuple[Path, ...] = (trunk, wing, neck, *shins, *((far,) if flying else ()))
    return BeastBody((-0.62, -4.12 + drop), outlines, ink, ())


def _ink_wing(pen: Pen, wing: Path, breed: Breed) -> None:
    """A grey heron's is darker than its head."""
    ink_coat(pen, wing, MID_TONE if breed.coat.tone else WHITE, 1.2)


def _toes(pen: Pen, foot: Point) -> None:
    x, y = foot
    for dx in (-0.28, -0.16, 0.14):
        pen.line(((x, y - 0.04), (x + dx, y + 0.02)), 1.4, (0.0, 0.6))


def _plumes(pen: Pen, drop: float) -> None:
    """Dark quills at the tip of the wing, and feathers that hang from the breast."""
    for k in range(3):
        tip = (1.5 - 0.2 * k, -2.0 + drop + 0.03 * k)
        pen.canvas.fill(poly(((tip[0] - 0.5, tip[1] - 0.12), tip, (tip[0] - 0.45, tip[1] + 0.02))))
    for k in range(3):
        x = -0.52 + 0.1 * k
        pen.line(((x, -2.35 + drop), (x - 0.02, -2.05 + drop), (x + 0.02, -1.85 + drop)), 0.8, (0.2, 0.9))
