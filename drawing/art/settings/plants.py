"""Trees, reeds, flowers, stones. In: foot and height in millimetres. Out: marks."""

from math import cos, pi, sin
from random import Random

from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point


def crown(x: float, y: float, rx: float, ry: float, r: Random, lobes: int = 10) -> Path:
    """A leafy outline of unequal lobes."""
    rim: list[Point] = []
    for i in range(lobes):
        a = 2 * pi * i / lobes
        k = r.uniform(0.85, 1.08)
        rim.append((x + rx * cos(a) * k, y + ry * sin(a) * k))
    path: list[tuple[str | float, ...]] = [("M", *rim[0])]
    for i in range(lobes):
        p, q = rim[i], rim[(i + 1) % lobes]
        middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
        path.append(("Q", x + (middle[0] - x) * 1.36, y + (middle[1] - y) * 1.36, *q))
    return (*path, ("Z",))


def tree(s: Scenery, foot: Point, tall: float, r: Random, shade: Shade = MID_TONE, weight: float = 1.0) -> None:
    """A round tree."""
    x, y = foot
    wide = tall * 0.055
    trunk: Path = (
        ("M", x - wide * 1.6, y), ("Q", x - wide * 0.6, y - tall * 0.14, x - wide * 0.6, y - tall * 0.55), ("L",
        x + wide * 0.6, y - tall * 0.55),
        ("Q", x + wide * 0.6, y - tall * 0.14, x + wide * 1.6, y), ("Z",),
    )  # fmt: skip
    s.pen.shape(trunk, BLACK if shade.tone > 0.2 else MID_TONE, weight)
    leaves = crown(x, y - tall * 0.7, tall * 0.3, tall * 0.29, r)
    if s.stage.night:
        s.canvas.stroke(leaves, s.pen.weight * 1.2, 255)
        s.canvas.fill(leaves, 0)
        return
    s.pen.shape(leaves, shade, weight)
    _leaf_marks(s, x, y - tall * 0.7, tall * 0.26, r)


def _leaf_marks(s: Scenery, x: float, y: float, size: float, r: Random) -> None:
    marks: list[tuple[str | float, ...]] = []
    for _ in range(9):
        a, d = r.uniform(0, 2 * pi), size * r.uniform(0.15, 0.85)
        px, py = x + d * cos(a), y + d * 0.85 * sin(a)
        marks += stroke(
            ((px - size * 0.1, py - size * 0.03), (px, py + size * 0.05), (px + size * 0.1, py - size * 0.03)),
            s.pen.weight * 1.4,
            (1, 1),
            steps=3,
        )
    s.canvas.fill(tuple(marks))


def trunk(s: Scenery, x: float, foot: float, wide: float, r: Random, shade: Shade, weight: float) -> None:
    """A bole that runs out of the picture at the top."""
    path: Path = (
        ("M", x - wide * 0.5, -2), ("C", x - wide * 0.42, foot * 0.4, x - wide * 0.4, foot * 0.85, x - wide * 1.1,
        foot),
        ("Q", x - wide * 0.5, foot - wide * 0.1, x - wide * 0.25, foot + wide * 0.22), ("Q", x, foot - wide * 0.05,
        x + wide * 0.35, foot + wide * 0.18),
        ("Q", x + wide * 0.5, foot - wide * 0.1, x + wide * 1.1, foot), ("C", x + wide * 0.4, foot * 0.85,
        x + wide * 0.42, foot * 0.4, x + wide * 0.5, -2), ("Z",),
    )  # fmt: skip
    if shade.black:
        s.canvas.stroke(path, s.pen.weight * 2.2, 255)
    s.pen.shape(path, shade, weight)
    for _ in range(5):
        y = foot * r.uniform(0.05, 0.85)
        dx = wide * r.uniform(-0.32, 0.32)
        s.pen.line(
            ((x + dx, y), (x + dx * 0.9, y + foot * 0.04), (x + dx * 1.1, y + foot * 0.09)),
            weight * 0.8,
            (1, 1),
            shade.line,
        )


def pine(s: Scenery, foot: Point, tall: float, r: Random) -> None:
    """A bent pine with flat pads."""
    x, y = foot
    bend = tall * 0.12 * (1 if r.random() < 0.5 else -1)
    s.pen.shape(
        stroke(((x, y), (x + bend, y - tall * 0.4), (x - bend * 0.3, y - tall * 0.9)), tall * 0.07, (0, 0.5)),
        BLACK,
        0.8,
    )
    for t, side, wide in ((0.45, 1, 0.26), (0.62, -1, 0.28), (0.78, 1, 0.22), (0.95, 0, 0.2)):
        px, py = x + bend * (1 - abs(t - 0.45)) + side * tall * 0.14, y - tall * t
        pad = smooth(
            (
                (px - tall * wide, py + tall * 0.03),
                (px - tall * wide * 0.4, py - tall * 0.06),
                (px + tall * wide * 0.4, py - tall * 0.055),
                (px + tall * wide, py + tall * 0.03),
                (px, py + tall * 0.05),
            ),
            closed=True,
            tension=0.55,
        )
        s.pen.shape(pad, BLACK if s.stage.night else MID_TONE, 1.0)


def reeds(s: Scenery, x: float, y: float, tall: float, r: Random, *, plumes: bool = True, n: int = 7) -> None:
    """Reeds or pampas grass with plumes."""
    for _ in range(n):
        lean = r.uniform(-0.35, 0.45) * tall
        root = (x + r.uniform(-0.3, 0.3) * tall, y)
        tip = (root[0] + lean, y - tall * r.uniform(0.75, 1.05))
        bow = (root[0] + lean * 0.25, (y + tip[1]) / 2)
        s.canvas.fill(stroke((root, bow, tip), s.pen.weight * 1.5, (0, 0.7), steps=4), 255 if s.stage.night else 0)
        if plumes and r.random() < 0.6:
            end = (tip[0] + lean * 0.3 + tall * 0.04, tip[1] + tall * 0.03)
            plume = stroke(
                (tip, ((tip[0] + end[0]) / 2, tip[1] - tall * 0.1), (end[0] + lean * 0.25, end[1])),
                tall * 0.075,
                (0.9, 0.8),
                steps=4,
            )
            s.pen.shape(plume, WHITE, 0.8)


def bush(s: Scenery, x: float, y: float, size: float, r: Random, shade: Shade = LIGHT_TONE) -> None:
    path = crown(x, y - size * 0.4, size, size * 0.6, r, 9)
    if s.stage.night:
        s.canvas.stroke(path, s.pen.weight * 1.2, 255)
        s.canvas.fill(path)
        return
    s.pen.shape(path, shade, 1.0)
    _leaf_marks(s, x, y - size * 0.4, size * 0.7, r)


def stone(s: Scenery, x: float, y: float, wide: float, tall: float) -> None:
    path = smooth(
        (
            (x - wide, y),
            (x - wide * 0.8, y - tall * 0.7),
            (x - wide * 0.1, y - tall),
            (x + wide * 0.7, y - tall * 0.75),
            (x + wide, y),
        ),
        tension=0.5,
    )
    s.pen.shape((*path, ("Z",)), WHITE, 1.1)
    s.pen.cover(
        poly(((x + wide * 0.1, y - tall * 0.5), (x + wide * 0.8, y - tall * 0.6), (x + wide, y), (x + wide * 0.2, y))),
        LIGHT_TONE,
    )
    s.pen.line(
        ((x - wide * 0.1, y - tall * 0.95), (x + wide * 0.15, y - tall * 0.5), (x + wide * 0.05, y - tall * 0.2)),
        0.8,
        (0.4, 1),
    )


def blossoms(s: Scenery, word: str, n: int, tall: float = 0.6) -> None:
    """Flowers on stalks, larger towards the viewer."""
    r = s.stage.random("blossoms", word)
    spots = sorted(1 / (0.3 + 0.85 * r.random()) for _ in range(n))
    for z in reversed(spots):
        half = s.stage.width * 0.55 * z / s.stage.unit
        x, y = s.stage.at(r.uniform(-half, half), 0, z)
        k = min(tall * s.stage.unit / z, s.stage.height * 0.11)
        if y > s.stage.height + k:
            continue
        s.line((x, y), (x, y - k), 1.0, 255 if s.stage.night else 0)
        for i in range(5):
            a = 2 * pi * i / 5
            s.pen.shape(ellipse(x + k * 0.16 * cos(a), y - k + k * 0.14 * sin(a), k * 0.12, k * 0.1), WHITE, 0.6)
        s.canvas.fill(ellipse(x, y - k, k * 0.07, k * 0.07))
