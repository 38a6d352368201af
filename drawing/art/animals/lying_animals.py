"""Bodies of animals that lie: hoofed beasts at rest, legs folded, and a beast on its side, its head on the ground."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody, ink_leg, ink_tail
from drawing.art.animals.great_cats import ink_pelt
from drawing.art.animals.manes_and_hoofs import ink_hoof
from drawing.art.limbs import Limb, limb
from drawing.ink.paths import Path, ellipse, mapped, smooth, stroke, union
from drawing.ink.pen import WHITE, Pen

_UP = 0.3
"""How much lower the legs lie on the paper than the back: they reach towards the viewer."""


def lying_body(breed: Breed) -> BeastBody:
    """Seen from the side of its belly: legs stretched towards the viewer, tail along the ground."""
    flat = _flat_body(breed)
    hx, hy = flat.head

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(0, -_UP):
            flat.ink(pen)

    outlines = tuple(mapped(path, lambda x, y: (x, y - _UP)) for path in flat.outlines)
    return BeastBody((hx, hy - _UP), outlines, ink, tuple((x, y - _UP) for x, y in flat.paws), flat.tilt)


def _flat_body(breed: Breed) -> BeastBody:
    fat = 1.3 if breed.body == "heavy" else 1.0
    long = breed.long
    points = (
        (-1.3, -0.42), (-1.05, -0.8), (-0.4, -0.92), (0.35, -0.86), (1.0, -0.98), (1.42, -0.66), (1.38, -0.2),
        (0.8, -0.02), (-0.2, -0.06), (-0.95, 0.0), (-1.28, -0.14),
    )  # fmt: skip
    trunk = smooth([(x * long, y * fat) for x, y in points], closed=True, tension=0.5)
    neck = stroke(
        ((-0.9 * long, -0.46 * fat), (-1.35 * long, -0.4), (-1.66 * long, -0.36)), 0.62 * fat, (0.0, 0.1), steps=4
    )
    body = union(trunk, neck)
    reach = breed.leg / 1.25
    legs = (
        _leg((-0.72 * long, -0.34), (-1.0 * long, -0.06), (-0.78 * long - 0.75 * reach, 0.06), fat),
        _leg((-0.5 * long, -0.26), (-0.66 * long, 0.06), (-0.4 * long - 0.75 * reach, 0.22), fat),
        _leg((1.02 * long, -0.42), (0.5 * long, -0.2), (0.62 * long - 0.7 * reach, 0.04), fat * 1.15),
        _leg((1.06 * long, -0.28), (0.62 * long, 0.02), (0.84 * long - 0.7 * reach, 0.2), fat * 1.15),
    )
    tail = _tail(breed, 1.34 * long)

    def ink(pen: Pen) -> None:
        ink_tail(pen, tail, breed)
        ink_leg(pen, legs[0], breed, far=True)
        ink_leg(pen, legs[2], breed, far=True)
        ink_coat(pen, body, breed.coat, 1.3)
        ink_pelt(pen, trunk, breed, body)
        if breed.coat not in (breed.mask, WHITE):
            with pen.canvas.saved():
                pen.canvas.clip(body)
                pen.canvas.fill(ellipse(-0.1 * long, 0.02, 1.0 * long, 0.3), 255)
            pen.contour(body, 1.25)
        pen.line(
            ((1.28 * long, -0.86 * fat), (1.0 * long, -0.66 * fat), (0.82 * long, -0.36)),
            1.0,
            (0.6, 1),
            breed.coat.line,
        )
        ink_leg(pen, legs[1], breed, far=False)
        ink_leg(pen, legs[3], breed, far=False)

    return BeastBody((-1.95 * long, -0.44), (body, tail, *(leg.path for leg in legs)), ink, (legs[1].end,), -0.24)


def _leg(root: tuple[float, float], knee: tuple[float, float], end: tuple[float, float], fat: float) -> Limb:
    return limb([root, knee, end], (0.26 * fat, 0.2 * fat, 0.14 * fat), (0.14 * fat, 0.11 * fat, 0.11 * fat))


def _tail(breed: Breed, x: float) -> Path:
    if breed.tail in {"stub", "puff", "none"}:
        return ellipse(x + 0.06, -0.4, 0.2, 0.18)
    wide = {"brush": 0.5, "thin": 0.16, "whip": 0.08, "tuft": 0.12, "curl": 0.26, "hair": 0.34}[breed.tail]
    path = stroke(((x - 0.1, -0.4), (x + 0.4, -0.2), (x + 0.9, -0.1), (x + 1.45, -0.16)), wide, (0.6, 0.85), steps=6)
    return mapped(path, lambda px, py: (px, min(py, 0.06)))


def recumbent_body(breed: Breed) -> BeastBody:
    fat = 1.12 if breed.body == "heavy" else 1.0
    long, tall = breed.long, breed.body == "tall"
    points = (
        (-1.25, -0.6), (-1.1, -1.12), (-0.5, -1.3), (0.4, -1.24), (1.1, -1.26), (1.5, -0.8), (1.45, -0.2), (0.9, -0.02),
        (-0.6, -0.03), (-1.1, -0.16),
    )  # fmt: skip
    trunk = smooth([(x * long, y * fat) for x, y in points], closed=True, tension=0.55)
    head = (-1.85 * long, -2.35) if tall else (-1.72 * long, -1.3)
    neck = stroke(((-0.8 * long, -0.85), (-1.3 * long, -1.3), (head[0] + 0.14, head[1] + 0.14)), 0.8 * fat, (0.0, 0.3),
                  steps=5)  # fmt: skip
    body = union(trunk, neck)
    front = limb([(-0.85 * long, -0.5), (-1.55 * long, -0.22), (-0.98 * long, -0.08)], (0.26, 0.2, 0.16),
                 (0.15, 0.11, 0.1))  # fmt: skip
    hind = limb(
        [(0.95 * long, -0.55), (0.34 * long, -0.2), (0.95 * long, -0.07)], (0.36, 0.26, 0.17), (0.16, 0.11, 0.1)
    )
    wide = 0.4 if breed.tail == "hair" else 0.12
    tail = stroke(((1.44 * long, -0.9), (1.66 * long, -0.5), (1.62 * long, -0.1)), wide, (0.2, 0.5), steps=4)

    def ink(pen: Pen) -> None:
        ink_tail(pen, tail, breed)
        ink_coat(pen, body, breed.coat, 1.3)
        pen.line(((0.34 * long, -0.62), (0.6 * long, -0.95), (1.05 * long, -1.0)), 1.1, (0.6, 1), breed.coat.line)
        pen.line(((-1.0 * long, -0.62), (-0.72 * long, -0.86), (-0.5 * long, -0.6)), 1.0, (0.7, 1), breed.coat.line)
        for leg in (hind, front):
            ink_leg(pen, leg, breed, far=False)
            ink_hoof(pen, leg)

    return BeastBody(head, (body, tail, front.path, hind.path), ink, (front.end,))
