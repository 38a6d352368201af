"""Pines, reeds, flowers, stones. In: foot and height in millimetres. Out: marks."""

from math import cos, pi, sin
from random import Random

from drawing.art.settings.surface_texture import joined, within
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


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
    stalks: list[Path] = []
    heads: list[Path] = []
    for _ in range(n):
        lean = r.uniform(-0.35, 0.45) * tall
        root = (x + r.uniform(-0.3, 0.3) * tall, y)
        tip = (root[0] + lean, y - tall * r.uniform(0.75, 1.05))
        bow = (root[0] + lean * 0.25, (y + tip[1]) / 2)
        stalks.append((("M", *root), ("Q", *bow, *tip)))
        if plumes and r.random() < 0.6:
            end = (tip[0] + lean * 0.3 + tall * 0.04, tip[1] + tall * 0.03)
            way = (tip, ((tip[0] + end[0]) / 2, tip[1] - tall * 0.1), (end[0] + lean * 0.25, end[1]))
            heads.append(stroke(way, tall * 0.075, (0.9, 0.8), steps=3))
    s.canvas.stroke(joined(stalks), s.pen.weight * 1.6, 255 if s.stage.night else 0)
    if heads:
        plume = joined(heads)
        s.canvas.stroke(plume, s.pen.weight * 1.4)
        s.canvas.fill(plume, 255)


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
    """Flowers on stalks, larger towards the viewer; none in snow."""
    if s.stage.snowy:
        return
    r = s.stage.random("blossoms", word)
    stalks: list[tuple[Point, Point]] = []
    petals: list[tuple[str | float, ...]] = []
    hearts: list[tuple[str | float, ...]] = []
    for z in sorted((1 / (0.3 + 0.85 * r.random()) for _ in range(n)), reverse=True):
        half = s.stage.width * 0.55 * z / s.stage.unit
        x, y = s.stage.at(r.uniform(-half, half), 0, z)
        k = min(tall * s.stage.unit / z, s.stage.height * 0.11)
        if y > s.stage.height + k or within((x, y), s.quiet):
            continue
        stalks.append(((x, y), (x, y - k)))
        for i in range(5):
            a = 2 * pi * i / 5
            petals += ellipse(x + k * 0.16 * cos(a), y - k + k * 0.14 * sin(a), k * 0.12, k * 0.1)
        hearts += ellipse(x, y - k, k * 0.07, k * 0.07)
    s.lines(stalks, 1.0, 255 if s.stage.night else 0)
    s.canvas.stroke(tuple(petals), s.pen.weight * 1.2)
    s.canvas.fill(tuple(petals), 255)
    s.canvas.fill(tuple(hearts))
