"""What spirits carry on their backs and before their bodies. Coordinates: the figure's, heads, floor at 0, up negative;
`shoulder` is how high its shoulders are, `hip` its hips."""

from collections.abc import Callable
from math import cos, pi, sin

from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point

Inked = tuple[Path, Callable[[Pen], None]]
Measured = tuple[float, float, float]
"""Across, and how high shoulders and hips are."""


def wings(at: Measured) -> Inked:
    """Great ones, feather under feather."""
    x, shoulder, _ = at
    parts = [_wing(x, shoulder, side, 1.0) for side in (-1, 1)]
    return _feathered(parts, WHITE)


def feathers(at: Measured) -> Inked:
    """Black ones, of a tengu."""
    x, shoulder, _ = at
    return _feathered([_wing(x, shoulder, side, 0.8) for side in (-1, 1)], BLACK)


def _wing(x: float, shoulder: float, side: int, k: float) -> list[Path]:
    found = []
    for n in range(6):
        a = -1.05 + 0.36 * n
        long = k * (2.5 - 0.2 * n)
        tip = (x + side * (0.3 + long * cos(a)), shoulder + 0.2 + long * sin(a) * 0.9)
        found.append(stroke(((x + side * 0.2, shoulder + 0.25), (x + side * (0.3 + long * 0.5 * cos(a - 0.3)),
                     shoulder + 0.2 + long * 0.5 * sin(a - 0.3)), tip), 0.5 * k, (0.2, 0.7), steps=5))  # fmt: skip
    return found


def _feathered(parts: list[list[Path]], shade: object) -> Inked:
    every = [path for side in parts for path in side]
    whole = tuple(op for path in every for op in path)

    def ink(pen: Pen) -> None:
        for side in parts:
            for path in reversed(side):
                pen.shape(path, BLACK if shade is BLACK else WHITE, 1.1)
                if shade is BLACK:
                    pen.contour(path, 0.8, 255)

    return whole, ink


def fine_wings(at: Measured) -> Inked:
    """Of a fairy, like a dragonfly's."""
    x, shoulder, _ = at
    rim = ((0.0, 0.0, 0.4), (0.7, 1.3, 0.0), (1.7, 1.6, 0.0), (1.2, 0.6, 0.3))
    found = [
        smooth([(x + s * u, shoulder + dy * v + w) for u, v, w in rim], closed=True, tension=0.7)
        for s in (-1, 1)
        for dy in (-0.8, 0.7)
    ]

    def ink(pen: Pen) -> None:
        for path in found:
            pen.shape(path, WHITE, 1.0)
            pen.canvas.tone(path, LIGHT_TONE.tone)

    return tuple(op for path in found for op in path), ink


def streamers(at: Measured) -> Inked:
    """Wind that goes round him: bands that swirl behind and out."""
    x, shoulder, hip = at
    ways = (
        ((x - 0.2, shoulder + 0.3), (x + 1.0, shoulder - 0.5), (x + 2.0, shoulder + 0.2), (x + 2.5, shoulder - 0.7)),
        ((x - 0.6, hip - 0.2), (x + 0.9, hip - 0.9), (x + 1.8, hip + 0.1), (x + 2.6, hip - 0.5)),
        ((x + 0.2, hip + 0.8), (x - 1.2, hip + 0.4), (x - 1.9, hip + 1.2), (x - 2.4, hip + 0.6)),
    )
    bands = [stroke(way, 0.42, (0.1, 0.9), steps=8) for way in ways]

    def ink(pen: Pen) -> None:
        for path, way in zip(bands, ways, strict=True):
            pen.shape(path, WHITE, 1.1)
            pen.curve([(px, py + 0.05) for px, py in way], 0.7)

    return tuple(op for path in bands for op in path), ink


def club(at: Measured) -> Inked:
    """Of iron with studs, over his shoulder."""
    x, shoulder, hip = at
    low, high = (x - 0.5, hip - 0.1), (x + 1.25, shoulder - 1.5)

    def on(t: float, aside: float) -> Point:
        dx, dy = high[0] - low[0], high[1] - low[1]
        long = (dx * dx + dy * dy) ** 0.5
        return (low[0] + dx * t - dy / long * aside, low[1] + dy * t + dx / long * aside)

    shaft = poly([on(0, -0.1), on(0.3, -0.13), on(0.96, -0.34), on(1.03, 0), on(0.96, 0.34), on(0.3, 0.13), on(0, 0.1)])
    studs = [on(t, a) for t in (0.5, 0.64, 0.78, 0.92) for a in (-0.34 * t * 0.8, 0.0, 0.34 * t * 0.8)]

    def ink(pen: Pen) -> None:
        pen.shape(shaft, BLACK, 1.3)
        pen.contour(shaft, 0.9, 255)
        for p in studs:
            pen.shape(ellipse(*p, 0.075, 0.075), WHITE, 0.8)

    return shaft, ink


def drum(at: Measured) -> Inked:
    """At the belt, with its cords and sticks."""
    x, _, hip = at
    top, low = hip - 0.5, hip + 0.56
    middle = (top + low) / 2
    side: Path = (("M", x - 0.7, top), ("Q", x - 0.86, middle, x - 0.62, low), ("Q", x, low + 0.3, x + 0.62, low),
                  ("Q", x + 0.86, middle, x + 0.7, top), ("Z",))  # fmt: skip
    skin = ellipse(x, top, 0.71, 0.2)

    def ink(pen: Pen) -> None:
        pen.shape(side, WHITE, 1.6)
        for k in range(-2, 3):
            for lean in (-0.15, 0.15):
                pen.straight(((x + 0.3 * k, top + 0.16), (x + 0.3 * k + lean, low + 0.1)), 1.1)
        pen.shape(skin, LIGHT_TONE, 1.5)
        for s in (-1, 1):
            pen.line(((x + s * 0.3, top - 0.02), (x + s * 0.9, top - 0.5)), 4.0, (0.2, 0.2))
            pen.shape(ellipse(x + s * 0.3, top - 0.02, 0.08, 0.06), BLACK, 0.8)

    return (*side, *skin), ink


def tiger(at: Measured) -> Inked:
    """A tiger's skin about the loins."""
    x, _, hip = at
    rim = ((-0.62, -0.3), (0.0, -0.22), (0.62, -0.3), (0.74, 0.5), (0.44, 0.78), (0.16, 0.56), (-0.2, 0.84),
           (-0.46, 0.6), (-0.74, 0.56))  # fmt: skip
    skin = smooth([(x + u, hip + v) for u, v in rim], closed=True, tension=0.35)

    def ink(pen: Pen) -> None:
        pen.shape(skin, WHITE, 1.3)
        with pen.canvas.saved():
            pen.canvas.clip(skin)
            for s in (-1, 1):
                for y in (-0.08, 0.14, 0.36, 0.58):
                    pen.line(
                        ((x + s * 0.78, hip + y), (x + s * 0.5, hip + y + 0.1), (x + s * 0.22, hip + y)), 4.0, (0, 1)
                    )
            for y in (0.0, 0.26, 0.5):
                pen.line(((x - 0.13, hip + y), (x, hip + y + 0.08), (x + 0.13, hip + y)), 3.0, (0.9, 0.9))

    return skin, ink


def mist(at: Measured) -> Inked:
    """Instead of feet: what trails off in wisps."""
    x, _, hip = at
    line = ((-0.95, 0.42), (-0.8, 0.28), (-1.3, 0.14), (-0.7, 0.03), (-0.1, -0.03), (0.5, 0.02), (1.5, -0.02),
            (0.95, 0.16), (1.2, 0.26), (0.84, 0.4), (0.4, 0.34), (0.0, 0.44), (-0.4, 0.35))  # fmt: skip
    rim = [(x + u, hip * share) for u, share in line]
    cloud = smooth(rim, closed=True, tension=0.8)

    def ink(pen: Pen) -> None:
        pen.cover(cloud, WHITE)
        for i in (2, 5, 8):
            a, b, c = rim[i - 1], rim[i], rim[i + 1]
            pen.line((a, b, c), 1.1, (0.8, 0.8))
        for k in range(4):
            y = hip * (0.1 + 0.07 * k)
            wave = [(x - 0.7 + 0.35 * n, y + 0.08 * sin(n * pi / 2 + k)) for n in range(5)]
            pen.line(wave, 0.9, (0.9, 0.9))

    return cloud, ink


def bib(at: Measured) -> Inked:
    """A cloth tied around the neck of a stone Jizo, as mothers sew it."""
    x, shoulder, hip = at
    low = shoulder + 0.62 * (hip - shoulder)
    right = ((0.4, shoulder - 0.04), (0.6, low - 0.16), (0.36, low + 0.06))
    left = tuple((-u, y) for u, y in reversed(right))
    rim = ((0.0, shoulder + 0.12), *right, (0.0, low + 0.12), *left)
    cloth = smooth([(x + u, y) for u, y in rim], closed=True, tension=0.45)

    def ink(pen: Pen) -> None:
        pen.shape(cloth, DARK_TONE, 1.3)
        for u in (-0.3, 0.0, 0.3):
            pen.line(((x + u * 0.6, shoulder + 0.2), (x + u, low - 0.02)), 0.8, (0.3, 0.8))

    return cloth, ink


def stole(at: Measured) -> Inked:
    """A cloth over one shoulder and across the breast, in long folds."""
    x, shoulder, hip = at
    rim = ((0.14, shoulder + 0.02), (0.46, shoulder + 0.14), (0.5, shoulder + 0.9), (0.56, hip + 0.5), (0.2, hip + 1.3),
           (-0.52, hip + 1.0), (-0.56, hip - 0.1), (-0.42, hip - 0.62), (-0.1, shoulder + 0.8))  # fmt: skip
    cloth = smooth([(x + u, y) for u, y in rim], closed=True, tension=0.4)

    def ink(pen: Pen) -> None:
        pen.shape(cloth, MID_TONE, 1.3)
        for k in range(5):
            low = hip - 0.3 + 0.34 * k
            way = ((x + 0.3 + 0.03 * k, shoulder + 0.2), (x + 0.2, (shoulder + low) / 2), (x - 0.46, low))
            pen.line(way, 1.1, (0.3, 0.8))

    return cloth, ink
