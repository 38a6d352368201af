"""Trees of a season: bare ones, with or without snow, and flowers for those in blossom."""

from collections.abc import Sequence
from math import cos, sin, tau
from random import Random

from drawing.art.settings.texture import joined
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, stroke
from manga.geometry import Point


def dead_tree(s: Scenery, foot: Point, tall: float, r: Random, *, snowy: bool = False) -> None:
    """A bole without leaves, its boughs forked and bent; snow lies on their upper sides."""
    found: list[Path] = []
    laden: list[Path] = []

    def bough(at: Point, long: float, turn: float, wide: float, more: int) -> None:
        bend = turn + r.uniform(-0.3, 0.3)
        middle = (at[0] + long * 0.5 * sin(turn), at[1] - long * 0.5 * cos(turn))
        tip = (middle[0] + long * 0.5 * sin(bend), middle[1] - long * 0.5 * cos(bend))
        found.append(stroke((at, middle, tip), wide, (0.0, 0.7 if more else 1.0), steps=4))
        if snowy and abs(turn) > 0.3:
            up = wide * 0.42
            laden.append(stroke([(x, y - up) for x, y in (at, middle, tip)], wide * 0.8, (0.4, 0.8), steps=4))
        for side in (-1, 1) if more else ():
            bough(tip if side > 0 else middle, long * r.uniform(0.55, 0.72), bend + side * r.uniform(0.4, 0.8),
                  wide * 0.55, more - 1)  # fmt: skip

    bough(foot, tall * 0.46, r.uniform(-0.12, 0.12), tall * 0.075, 3)
    path = joined(found)
    s.canvas.stroke(path, s.pen.weight * 2.2, 255)
    s.canvas.fill(path)
    if laden:
        s.canvas.stroke(joined(laden), s.pen.weight * 0.9)
        s.canvas.fill(joined(laden), 255)


def blossom(s: Scenery, masses: Sequence[tuple[float, float, float, float]], r: Random) -> None:
    """Flowers all over the masses of a tree's leaves."""
    petals: list[tuple[str | float, ...]] = []
    for x, y, rx, ry in masses:
        for _ in range(8):
            a, k = r.uniform(0, tau), r.random() ** 0.5 * 0.9
            px, py, size = x + rx * k * cos(a), y + ry * k * sin(a), min(rx, ry) * r.uniform(0.13, 0.2)
            for n in range(5):
                b = tau * n / 5
                petals += ellipse(px + size * cos(b), py + size * sin(b), size * 0.62, size * 0.62)
    s.canvas.stroke(tuple(petals), s.pen.weight * 0.7)
    s.canvas.fill(tuple(petals), 255)
