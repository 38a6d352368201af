"""Beasts with hoofs at rest: the trunk on the ground, legs folded under it. In their own heads, looking left."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody, ink_leg, ink_tail
from drawing.art.animals.manes_and_hoofs import ink_hoof
from drawing.art.limbs import limb
from drawing.ink.paths import smooth, stroke, union
from drawing.ink.pen import Pen


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
