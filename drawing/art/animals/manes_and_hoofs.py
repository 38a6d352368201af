"""Manes and hoofs. In: breed, view, where they grow. Out: outlines and marks."""

from math import cos, pi, sin

from drawing.art.animals.breeds import Breed
from drawing.art.face import HeadView
from drawing.art.limbs import Limb
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, Pen
from manga.geometry import Point


def ink_hoof(pen: Pen, shape: Limb) -> None:
    """A cloven foot."""
    x, y = shape.end
    hoof = poly(((x - 0.22, y + 0.06), (x - 0.13, y - 0.1), (x + 0.1, y - 0.1), (x + 0.1, y + 0.06)))
    pen.shape(hoof, BLACK, 1.0)


def ink_crest(pen: Pen, head: Point, withers: Point) -> None:
    """The mane of a horse: locks from the head down the neck."""
    top = (head[0] + 0.3, head[1] - 0.42)
    locks: list[tuple[str | float, ...]] = []
    for k in range(8):
        t = k / 8
        x, y = top[0] + (withers[0] - top[0]) * t, top[1] + (withers[1] - top[1]) * t
        locks += [
            ("M", x - 0.06, y - 0.06),
            ("Q", x + 0.26, y + 0.12, x + 0.06, y + 0.5),
            ("Q", x + 0.02, y + 0.2, x - 0.1, y + 0.14),
            ("Z",),
        ]
    pen.canvas.fill(tuple(locks))


_LOCKS = (1.44, 1.62, 1.4, 1.55, 1.46, 1.68, 1.38)
"""How far locks reach in turn, by the skull."""


def mane(breed: Breed, view: HeadView) -> Path:
    """Of a lion: locks all around the skull, longer below and behind."""
    rx, ry = breed.skull
    aside = 0.0 if view in {"front", "back"} else 0.12
    rim: list[Point] = []
    n = 26
    for i in range(n):
        a = 2 * pi * i / n
        long = _LOCKS[i % len(_LOCKS)] + 0.24 * max(0.0, sin(a)) + (0.12 * cos(a) if aside else 0.0)
        rim.append((aside + rx * long * cos(a + 0.1), ry * long * sin(a + 0.1) + 0.04))
    return smooth(rim, closed=True, tension=0.5)


def ink_mane(pen: Pen, breed: Breed, view: HeadView) -> None:
    pen.shape(mane(breed, view), DARK_TONE, 1.3)
    rx, ry = breed.skull
    strands: list[tuple[str | float, ...]] = []
    for i in range(22):
        a = 2 * pi * (i + 0.4) / 22
        for k0, k1 in ((1.06, 1.2), (1.26, 1.44)):
            b = a + (0.12 if k1 > 1.3 else 0.0)
            strands.append(("M", 0.06 + rx * k0 * cos(b), ry * k0 * sin(b)))
            strands.append(("L", 0.08 + rx * k1 * cos(b), ry * k1 * sin(b)))
    pen.canvas.stroke(tuple(strands), pen.weight)
