"""Bodies of birds and of tortoises. Same conventions as the four-legged ones."""

from math import cos, pi, sin

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody
from drawing.ink.paths import Path, poly, smooth, stroke
from drawing.ink.pen import MID_TONE, WHITE, Pen

_LOWER = 0.3
"""Heads: how much lower a shell lies than it is borne."""


def tortoise_body(breed: Breed, *, walking: bool, upright: bool, lying: bool = False) -> BeastBody:
    """A dome on four stumps; the neck rises in front. One who lies is flat on the ground, the neck drawn in."""
    dome: Path = (
        ("M", -1.15, -0.5),
        ("C", -1.1, -1.5, -0.4, -1.75, 0.05, -1.75),
        ("C", 0.6, -1.75, 1.15, -1.4, 1.3, -0.5),
        ("Q", 0.1, -0.2, -1.15, -0.5),
        ("Z",),
    )
    rim = smooth(
        ((-1.25, -0.52), (-1.1, -0.3), (0.1, -0.2), (1.25, -0.3), (1.42, -0.52), (0.1, -0.34)),
        closed=True,
        tension=0.45,
    )
    step = 0.2 if walking else 0.0
    down = _LOWER if lying else 0.0
    head = (-1.3, -1.8) if upright else (-1.45, -1.45 + 2 * down)
    neck = stroke(((-0.8, -0.55), (-1.25, -0.75), (head[0] + 0.1, head[1] + 0.1)), 0.42, (0.0, 0.2), steps=6)
    feet = [
        stroke(((x, -0.45), (x + d, -0.25), (x + d * 1.4, -0.05 - down)), 0.36, (0.0, 0.1), steps=4)
        for x, d in ((-0.85, -step), (-0.45, step), (0.75, step), (1.1, -step * 0.4))
    ]
    tail = stroke(((1.25, -0.4), (1.6, -0.28)), 0.2, (0.0, 1.0))

    def ink(pen: Pen) -> None:
        for path in (feet[1], feet[3], tail, neck, feet[0], feet[2]):
            ink_coat(pen, path, breed.coat, 1.2)
        pen.shape(dome, MID_TONE, 1.35)
        _ink_plates(pen, dome)
        pen.shape(rim, WHITE, 1.2)

    return BeastBody(head, (dome, rim, neck, *feet), ink, ((-0.95, -0.15),))


def _ink_plates(pen: Pen, dome: Path) -> None:
    with pen.canvas.saved():
        pen.canvas.clip(dome)
        for cx, cy, r in ((0.05, -1.12, 0.4), (-0.68, -0.86, 0.36), (0.76, -0.84, 0.36)):
            points = [(cx + r * cos(pi * (i / 3 + 0.5)), cy + r * sin(pi * (i / 3 + 0.5)) * 1.1) for i in range(6)]
            pen.shape(poly(points), WHITE, 1.1)
            pen.cover(poly([(cx + (x - cx) * 0.6, cy + (y - cy) * 0.6) for x, y in points]), MID_TONE)


def bird_body(breed: Breed, *, flying: bool, roosting: bool = False) -> BeastBody:
    """On its legs, on the wing, or down on the ground with its legs under it."""
    lift = -1.2 if flying else 0.38 if roosting else 0.0
    trunk = smooth(
        [
            (x, y + lift)
            for x, y in ((-0.5, -1.15), (-0.2, -1.35), (0.5, -1.0), (1.0, -0.6), (0.4, -0.4), (-0.35, -0.5))
        ],
        closed=True,
        tension=0.55,
    )
    tail = poly([(x, y + lift) for x, y in ((0.7, -0.85), (1.7, -0.75), (1.65, -0.5), (0.7, -0.52))])
    if flying:
        wing = smooth(
            [(x, y + lift) for x, y in ((-0.2, -1.1), (0.3, -2.2), (1.4, -2.5), (1.0, -1.7), (0.6, -0.9))],
            closed=True,
            tension=0.45,
        )
    else:
        wing = smooth(
            [(x, y + lift) for x, y in ((-0.25, -1.05), (0.4, -1.05), (1.2, -0.62), (0.3, -0.55))],
            closed=True,
            tension=0.5,
        )

    def ink(pen: Pen) -> None:
        if not flying and not roosting:
            for x in (0.0, 0.24):
                pen.straight(((x, -0.45), (x - 0.04, -0.03), (x - 0.26, -0.0)), 1.6)
                pen.straight(((x - 0.04, -0.03), (x + 0.12, 0.0)), 1.4)
        ink_coat(pen, tail, breed.coat, 1.1)
        pen.shape(trunk, WHITE, 1.2)
        ink_coat(pen, wing, breed.coat, 1.2)
        x, y = (0.5, -1.6 + lift) if flying else (0.4, -0.8 + lift)
        for d in (0.0, 0.14):
            pen.line(((x - 0.2, y + d), (x + 0.3, y + d * 1.4 + (0.0 if not flying else -0.3))), 0.8, (0.5, 1))

    return BeastBody((-0.48, -1.5 + lift + (0.12 if roosting else 0.0)), (trunk, tail, wing), ink, ())
