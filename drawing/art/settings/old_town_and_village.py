"""Old towns and villages seen from outside: streets, tiled and thatched houses, paddies, a garden."""

from math import sin

from drawing.art.settings.city import skyline
from drawing.art.settings.foliage import bush, tree, treeline
from drawing.art.settings.hills_and_fields import earth, ground, ridge, shade_on_ground, trodden, tufts
from drawing.art.settings.plants import blossoms
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.western_houses import gabled_house
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def _low(s: Scenery) -> float:
    return min(max(s.stage.horizon, s.stage.height * 0.2), s.stage.height * 0.66)


def town(s: Scenery) -> None:
    """Roofs and lights; old houses when the story is old."""
    if s.stage.today:
        skyline(s)
        return
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low, h * 0.12, LIGHT_TONE, "far")
    treeline(s, low + 0.5, h * 0.06, "town")
    ground(s, low, WHITE)
    _lane(s, low, h - low)
    earth(s, low, "town", 16)
    for k, (x, wide) in enumerate(((0.62, 0.22), (0.3, 0.24), (0.84, 0.3), (0.1, 0.34))):
        base = low + (h - low) * (0.05 + 0.07 * k)
        tiled_house(s, w * x, base, w * wide, h * (0.16 + 0.035 * k))
    tufts(s, "town", 12)


def tiled_house(s: Scenery, x: float, base: float, wide: float, tall: float) -> None:
    if s.stage.western:
        gabled_house(s, x, base, wide, tall)
        return
    night = s.stage.night
    s.pen.shape(rect(x - wide * 0.42, base - tall, wide * 0.84, tall), DARK_TONE if night else WHITE, 1.2)
    s.pen.cover(rect(x - wide * 0.42, base - tall * 0.94, wide * 0.84, tall * 0.2), BLACK if night else DARK_TONE)
    for i in range(4):
        u = x - wide * 0.38 + i * wide * 0.195
        hole = rect(u, base - tall * 0.62, wide * 0.16, tall * 0.6)
        s.pen.shape(hole, WHITE if night and i % 2 else BLACK if i == 2 else LIGHT_TONE, 0.9)
        s.lines(
            [((u + wide * 0.053 * k, base - tall * 0.62), (u + wide * 0.053 * k, base - tall * 0.02)) for k in (1, 2)],
            0.8,
        )
    roof: Path = (
        ("M", x - wide * 0.56, base - tall * 0.92), ("Q", x - wide * 0.4, base - tall * 1.1, x - wide * 0.3,
        base - tall * 1.62), ("L", x + wide * 0.3, base - tall * 1.62),
        ("Q", x + wide * 0.4, base - tall * 1.1, x + wide * 0.56, base - tall * 0.92), ("Z",),
    )  # fmt: skip
    s.pen.shape(roof, s.roofing, 1.3)
    s.lines(
        [((x + wide * 0.055 * k, base - tall * 1.6), (x + wide * 0.1 * k, base - tall * 0.93)) for k in range(-4, 5)],
        0.8,
        255 if s.stage.night else 0,
    )
    s.pen.shape(rect(x - wide * 0.33, base - tall * 1.68, wide * 0.66, tall * 0.1), BLACK, 0.9)


def village(s: Scenery) -> None:
    """Thatched houses, paddies, hills; in the West houses with gables."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.18, LIGHT_TONE, "far")
    ridge(s, low + 0.5, h * 0.09, MID_TONE, "near")
    ground(s, low, WHITE)
    depth = h - low
    treeline(s, low + 0.5, h * 0.06, "village")
    if not s.stage.western:
        paddies(s, low, depth)
    r = s.stage.random("village")
    tree(s, (w * 0.96, low + depth * 0.1), h * 0.3, r)
    thatched_house(s, w * 0.62, low + depth * 0.08, w * 0.17, h * 0.1)
    thatched_house(s, w * 0.2, low + depth * 0.17, w * 0.3, h * 0.17)
    thatched_house(s, w * 0.86, low + depth * 0.2, w * 0.24, h * 0.14)
    bush(s, w * 0.4, low + depth * 0.18, h * 0.04, r)
    tree(s, (w * 0.03, low + depth * 0.22), h * 0.36, r)
    tufts(s, "village", 34)


def thatched_house(s: Scenery, x: float, base: float, wide: float, tall: float) -> None:
    if s.stage.western:
        gabled_house(s, x, base, wide, tall)
        return
    night = s.stage.night
    wall = rect(x - wide * 0.4, base - tall * 0.66, wide * 0.8, tall * 0.66)
    s.pen.shape(wall, DARK_TONE if night else WHITE, 1.1)
    s.pen.cover(rect(x - wide * 0.4, base - tall * 0.66, wide * 0.8, tall * 0.17), BLACK if night else DARK_TONE)
    s.pen.shape(rect(x - wide * 0.12, base - tall * 0.56, wide * 0.26, tall * 0.56), BLACK, 0.9)
    if s.stage.dim:
        s.canvas.fill(rect(x + wide * 0.2, base - tall * 0.5, wide * 0.14, tall * 0.24), 255)
    s.pen.contour(rect(x + wide * 0.2, base - tall * 0.5, wide * 0.14, tall * 0.24), 0.9)
    s.lines([((x - wide * k, base - tall * 0.62), (x - wide * k, base)) for k in (0.32, 0.24)], 0.9)
    roof: Path = (
        ("M", x - wide * 0.58, base - tall * 0.52), ("Q", x - wide * 0.42, base - tall * 0.75, x - wide * 0.2,
        base - tall * 1.55), ("Q", x, base - tall * 1.64, x + wide * 0.2, base - tall * 1.55),
        ("Q", x + wide * 0.42, base - tall * 0.75, x + wide * 0.58, base - tall * 0.52), ("Q", x, base - tall * 0.62,
        x - wide * 0.58, base - tall * 0.52), ("Z",),
    )  # fmt: skip
    s.pen.shape(roof, s.roofing, 1.2)
    straw = []
    r = s.stage.random("straw", round(x))
    for k in range(-15, 16):
        top, t = (x + wide * 0.0125 * k, base - tall * 1.48), r.uniform(0.5, 0.96)
        low = (x + wide * 0.034 * k, base - tall * (0.6 + 0.004 * abs(k)))
        start = r.uniform(0.0, 0.3)
        straw.append(
            (
                (top[0] + (low[0] - top[0]) * start, top[1] + (low[1] - top[1]) * start),
                (top[0] + (low[0] - top[0]) * t, top[1] + (low[1] - top[1]) * t),
            )
        )
    s.lines(straw, 0.8, 255 if night else 0)
    brim: Path = (
        ("M", x - wide * 0.58, base - tall * 0.52), ("Q", x, base - tall * 0.62, x + wide * 0.58, base - tall * 0.52),
        ("L", x + wide * 0.56, base - tall * 0.6), ("Q", x, base - tall * 0.7, x - wide * 0.56, base - tall * 0.6),
        ("Z",),
    )  # fmt: skip
    s.canvas.fill(brim)
    s.pen.shape(
        smooth(
            ((x - wide * 0.24, base - tall * 1.5), (x, base - tall * 1.72), (x + wide * 0.24, base - tall * 1.5)),
            tension=0.5,
        ),
        BLACK,
        1.2,
    )


def _lane(s: Scenery, low: float, depth: float) -> None:
    """A trodden path that winds from the viewer to the houses, with ruts and pebbles."""
    w, h = s.stage.width, s.stage.height
    k = 1 if s.stage.seed % 2 else -1

    def x(share: float) -> float:
        return w * (0.5 + k * share)

    left = ((x(0.0), low + depth * 0.1), (x(0.06), low + depth * 0.2), (x(-0.1), low + depth * 0.36),
            (x(-0.2), low + depth * 0.6), (x(-0.36), h + 3))  # fmt: skip
    right = ((x(0.02), low + depth * 0.1), (x(0.12), low + depth * 0.21), (x(0.05), low + depth * 0.38),
             (x(0.08), low + depth * 0.62), (x(0.26), h + 3))  # fmt: skip
    a, b = smooth(left, tension=0.5), smooth(tuple(reversed(right)), tension=0.5)
    lane: Path = (*a, ("L", *b[0][1:]), *b[1:], ("Z",))
    trodden(s, lane, low, 0.3)
    for side in (left, right):
        s.pen.line(side, 1.1, (0.9, 0.2))
    r = s.stage.random("lane")
    for _ in range(9):
        t = r.uniform(0.3, 0.98)
        px, size = x(-0.1 * t + 0.12 * r.uniform(-1, 1)), 0.4 + 1.2 * t
        s.pen.line(
            ((px, low + depth * t), (px + size, low + depth * t + 0.2), (px + size * 2, low + depth * t)), 0.8, (1, 1)
        )


def paddies(s: Scenery, low: float, depth: float) -> None:
    """Fields that follow the lie of the land: low banks, rice in clumps, and the lane between them."""
    w = s.stage.width
    r = s.stage.random("rice")
    for share, bow in ((0.14, 0.02), (0.27, -0.03), (0.47, 0.04), (0.74, -0.05)):
        y = low + depth * share
        bank = (
            (-1, y + depth * bow),
            (w * 0.22, y - depth * bow * 0.6),
            (w * 0.55, y + depth * bow * 0.4),
            (w * 0.8, y - depth * bow),
            (w + 1, y),
        )
        s.pen.line(bank, 1.0 + share, (0.3, 0.5))
        marks: list[tuple[str | float, ...]] = []
        for _ in range(18):
            at, k = r.random(), 0.7 + 1.7 * share
            px, py = w * at, y - depth * bow * 0.3 - r.uniform(0, 0.35) * k
            marks += [
                ("M", px - k * 0.35, py - k),
                ("L", px, py),
                ("L", px + k * 0.35, py - k),
                ("M", px, py),
                ("L", px, py - k * 1.2),
            ]
        s.canvas.stroke(tuple(marks), s.pen.weight * 0.7, 0)
    _lane(s, low, depth)


_ORCHARDS = frozenset({"medieval", "old_china", "old_japan"})
"""Times in whose gardens peaches and plums are in blossom."""


def garden(s: Scenery) -> None:
    """A walled garden with trees and flowers."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low, clouds=2)
    r = s.stage.random("garden")
    for x, k in ((0.12, 1.0), (0.38, 0.7), (0.68, 0.8), (0.92, 1.05)):
        blooms = s.stage.period in _ORCHARDS and k > 0.75
        tree(s, (w * x, low + h * 0.05), h * 0.5 * k, r, LIGHT_TONE if blooms else MID_TONE, blooms=blooms)
    wall = rect(-1, low - h * 0.06, w + 2, h * 0.13)
    s.pen.shape(wall, BLACK if s.stage.night else WHITE, 1.1)
    grey = 255 if s.stage.night else 0
    bricks: list[tuple[Point, Point]] = []
    for row in range(3):
        y = low - h * 0.06 + h * 0.0433 * row
        bricks.append(((-1, y), (w + 1, y)))
        bricks += [
            ((w * (i + 0.5 * (row % 2)) / 9, y), (w * (i + 0.5 * (row % 2)) / 9, y + h * 0.0433)) for i in range(10)
        ]
    s.lines(bricks, 0.7, grey)
    ground(s, low + h * 0.07)
    for i in range(7):
        bush(s, w * (i + r.uniform(0.2, 0.8)) / 7, low + h * 0.1, h * 0.05, r)
    _flagstones(s, low + h * 0.08)
    for x, k in ((0.12, 1.0), (0.92, 1.05)):
        shade_on_ground(s, (w * x + h * 0.05, low + h * 0.14), h * 0.16 * k, h * 0.02)
    earth(s, low + h * 0.1, "garden", 16)
    tufts(s, "garden", 54, far=2.4)
    blossoms(s, "garden", 18)


def _flagstones(s: Scenery, top: float) -> None:
    """A way of flat stones that winds to the wall."""
    w, h, r = s.stage.width, s.stage.height, s.stage.random("flagstones")
    side = 1 if s.stage.seed % 2 else -1
    stones: list[tuple[str | float, ...]] = []
    for k in range(9):
        t = (k / 8) ** 1.5
        y = top + (h * 1.02 - top) * t
        x = w * (0.5 + side * (0.12 * (1 - t) + 0.1 * sin(k * 1.1)))
        half = w * (0.018 + 0.06 * t) * r.uniform(0.85, 1.15)
        deep = half * 0.3
        rim = [(x + half * dx, y + deep * dy * r.uniform(0.8, 1.1)) for dx, dy in
               ((-1, 0.1), (-0.6, -0.8), (0.3, -1), (0.95, -0.3), (0.8, 0.7), (-0.3, 1))]  # fmt: skip
        stones += smooth(rim, closed=True, tension=0.4)
    s.pen.shape(tuple(stones), LIGHT_TONE if not s.stage.night else MID_TONE, 1.1)
