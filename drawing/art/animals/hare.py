"""Bodies of hares and rabbits: a bowed back over great haunches, a stretch when they run. In their own heads."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody, ink_leg
from drawing.art.limbs import limb
from drawing.ink.paths import Path, ellipse, smooth, stroke, union
from drawing.ink.pen import Pen
from manga.geometry import Point

_SQUAT: tuple[Point, ...] = (
    (-0.85, -1.05), (-0.62, -1.42), (-0.1, -1.5), (0.5, -1.42), (0.98, -1.0), (1.08, -0.5), (0.9, -0.08), (0.2, -0.14),
    (-0.5, -0.36), (-0.85, -0.66),
)  # fmt: skip
_STRETCH: tuple[Point, ...] = (
    (-1.35, -1.32), (-0.9, -1.62), (-0.1, -1.56), (0.7, -1.62), (1.36, -1.36), (1.5, -1.0), (1.1, -0.78), (0.2, -0.92),
    (-0.7, -0.86), (-1.25, -1.0),
)  # fmt: skip
_ASLEEP: tuple[Point, ...] = (
    (-0.95, -0.5), (-0.6, -0.82), (0.0, -0.98), (0.6, -1.02), (1.15, -0.74), (1.3, -0.34), (1.15, -0.03), (0.1, -0.02),
    (-0.7, -0.03), (-1.0, -0.2),
)  # fmt: skip


def hare_body(breed: Breed, gait: str) -> BeastBody:
    """Squatting on all fours, hopping, running, or asleep."""
    if gait == "run":
        return _running(breed)
    return _asleep(breed) if gait == "lie" else _squatting(breed, hops=gait == "walk")


def _squatting(breed: Breed, *, hops: bool) -> BeastBody:
    lift = -0.28 if hops else 0.0
    trunk = smooth([(x, y + lift * (0.3 + 0.5 * (x + 1))) for x, y in _SQUAT], closed=True, tension=0.55)
    neck = stroke(((-0.5, -1.1), (-0.85, -1.45), (-1.05, -1.62)), 0.6, (0.0, 0.2), steps=5)
    body = union(trunk, neck)
    reach = -0.5 if hops else 0.0
    front = [
        limb(
            [(x, -0.75), (x - 0.1 + reach * 0.4, -0.4), (x - 0.14 + reach, -0.06)], (0.2, 0.15, 0.12), (0.12, 0.1, 0.1)
        )
        for x in (-0.36, -0.62)
    ]
    tail = ellipse(1.1, -0.62 + lift, 0.24, 0.22)
    foot = ellipse(0.5, -0.09, 0.56, 0.1) if not hops else stroke(((0.7, -0.46), (1.0, -0.26), (1.34, -0.06)), 0.26,
                                                                  (0.2, 0.3), steps=4)  # fmt: skip
    haunch = ((0.2, -0.3 + lift), (0.24, -0.86 + lift), (0.62, -1.14 + lift), (0.94, -0.94 + lift))

    def ink(pen: Pen) -> None:
        ink_coat(pen, tail, breed.coat, 1.2)
        ink_leg(pen, front[0], breed, far=True)
        ink_coat(pen, body, breed.coat, 1.3)
        pen.line(haunch, 1.2, (0.4, 1), breed.coat.line)
        ink_coat(pen, foot, breed.coat, 1.2)
        ink_leg(pen, front[1], breed, far=False)

    return BeastBody((-1.12, -1.98), (body, tail, foot, *(f.path for f in front)), ink, (front[1].end,))


def _running(breed: Breed) -> BeastBody:
    trunk = smooth(_STRETCH, closed=True, tension=0.55)
    neck = stroke(((-0.9, -1.2), (-1.4, -1.4), (-1.62, -1.5)), 0.6, (0.0, 0.2), steps=5)
    body = union(trunk, neck)
    front = [
        limb([(-1.05, -1.1), (-1.55, -0.82), (-2.15 - d, -0.6 + d)], (0.22, 0.16, 0.11), (0.11, 0.09, 0.09))
        for d in (0.0, 0.22)
    ]
    hind = [
        limb([(1.05, -1.1), (1.75, -0.95), (2.5 + d, -0.5 + d * 0.4)], (0.4, 0.28, 0.14), (0.14, 0.1, 0.1))
        for d in (-0.3, 0.1)
    ]
    tail = ellipse(1.56, -1.36, 0.24, 0.2)

    def ink(pen: Pen) -> None:
        ink_coat(pen, tail, breed.coat, 1.2)
        ink_leg(pen, front[0], breed, far=True)
        ink_leg(pen, hind[0], breed, far=True)
        ink_coat(pen, body, breed.coat, 1.3)
        pen.line(((0.5, -0.98), (0.6, -1.36), (1.0, -1.5)), 1.1, (0.4, 1), breed.coat.line)
        ink_leg(pen, hind[1], breed, far=False)
        ink_leg(pen, front[1], breed, far=False)

    outlines: tuple[Path, ...] = (body, tail, *(leg.path for leg in (*front, *hind)))
    return BeastBody((-1.86, -1.62), outlines, ink, tuple(leg.end for leg in front))


def _asleep(breed: Breed) -> BeastBody:
    trunk = smooth(_ASLEEP, closed=True, tension=0.55)
    tail = ellipse(1.32, -0.36, 0.22, 0.2)
    foot = ellipse(0.72, -0.08, 0.5, 0.11)
    paws = (ellipse(-1.0, -0.07, 0.46, 0.1), ellipse(-1.2, -0.04, 0.4, 0.09))

    def ink(pen: Pen) -> None:
        ink_coat(pen, tail, breed.coat, 1.2)
        ink_coat(pen, paws[0], breed.coat, 1.1)
        ink_coat(pen, trunk, breed.coat, 1.3)
        pen.line(((0.34, -0.2), (0.4, -0.62), (0.78, -0.8), (1.05, -0.66)), 1.1, (0.4, 1), breed.coat.line)
        ink_coat(pen, foot, breed.coat, 1.1)
        ink_coat(pen, paws[1], breed.coat, 1.1)

    return BeastBody((-1.22, -0.5), (trunk, tail, foot, *paws), ink, ((-1.2, -0.04),), -0.08)
