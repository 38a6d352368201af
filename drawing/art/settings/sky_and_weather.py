"""Sky and weather over open country: the hour's light, clouds, moon and stars, far hills."""

from collections.abc import Sequence
from itertools import pairwise
from math import pi, sin
from random import Random

from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, rect, smooth
from drawing.ink.pen import LIGHT, LIGHT_TONE
from manga.geometry import Point
from manga.plot import TimeOfDay, Weather

_OVERCAST = frozenset({Weather.RAIN, Weather.SNOW, Weather.CLOUDY})
"""Weather in which neither moon nor stars are seen."""


def moonlit(s: Scenery) -> bool:
    """Whether moon and stars are seen."""
    return s.stage.night and s.stage.weather not in _OVERCAST


def open_sky(s: Scenery, low: float | None = None, *, clouds: int = 3, away: bool = False) -> None:
    """Fill the picture down to `low` (the horizon) with the sky of the hour; `away` from sun and moon."""
    stage = s.stage
    bottom = min(stage.height, max(stage.horizon if low is None else low, stage.height * 0.12))
    s.wipe()
    area = rect(-1, -1, stage.width + 2, bottom + 1)
    if stage.night:
        _night(s, area, bottom, away=away)
        return
    if stage.weather in {Weather.RAIN, Weather.SNOW}:
        _heavy(s, area, bottom)
        return
    if stage.time is TimeOfDay.EVENING:
        s.canvas.graded_tone(area, ((0, -1), 0.42), ((0, bottom), 0.06))
        if not away:
            _sun(s, bottom)
        _bars(s, bottom)
        return
    top = 0.34 if stage.weather is Weather.CLOUDY else 0.22
    s.canvas.graded_tone(area, ((0, -1), top), ((0, bottom * 0.9), 0.0))
    r = stage.random("clouds")
    for i in range(clouds):
        x = stage.width * (0.05 + 0.9 * (i + r.random()) / max(1, clouds))
        y = bottom * r.uniform(0.3, 0.85)
        cloud(s, x, y, stage.width * r.uniform(0.2, 0.36), min(bottom, stage.height) * r.uniform(0.1, 0.2), r)


def _heavy(s: Scenery, area: Path, bottom: float) -> None:
    """A low sky of rain or snow: dark above, and edges of cloud over each other."""
    w = s.stage.width
    rain = s.stage.weather is Weather.RAIN
    s.canvas.graded_tone(area, ((0, -1), 0.6 if rain else 0.44), ((0, bottom), 0.22 if rain else 0.12))
    r = s.stage.random("layers")
    for row in range(3):
        y = bottom * (0.1 + 0.24 * row)
        humps = [(w * (i / 6 - 0.08 + 0.05 * r.random()), y + bottom * r.uniform(0.0, 0.14)) for i in range(8)]
        low = smooth(humps, tension=0.6)
        s.canvas.stroke(low, s.pen.weight * 0.7)


def _night(s: Scenery, area: Path, bottom: float, *, away: bool) -> None:
    """Black above, paler towards the horizon; the moon in a thin haze, and bars of cloud."""
    stage = s.stage
    s.canvas.graded_tone(area, ((0, bottom * 0.12), 1.0), ((0, bottom), 0.5))
    if not moonlit(s):
        _night_bars(s, bottom, 4)
        return
    r = stage.random("stars")
    stars: list[tuple[str | float, ...]] = []
    for _ in range(min(90, int(stage.width * bottom / 34))):
        size = r.choice((0.1, 0.1, 0.14, 0.22))
        stars += ellipse(stage.width * r.random(), bottom * r.random() ** 1.4 * 0.8, size, size)
    s.canvas.fill(tuple(stars), 255)
    for _ in range(3):
        glint(s, (stage.width * r.random(), bottom * 0.7 * r.random()), r.uniform(0.8, 1.5), 255)
    if not away:
        size = min(stage.width, stage.height) * 0.085
        moon(s, (stage.width * (0.2 if stage.seed % 2 else 0.8), max(size * 1.3, bottom * 0.32)), size)
    _night_bars(s, bottom, 2)


def _night_bars(s: Scenery, bottom: float, n: int) -> None:
    """Long thin clouds, lit along their upper edges."""
    r, w = s.stage.random("night bars"), s.stage.width
    found: list[tuple[str | float, ...]] = []
    edges: list[tuple[str | float, ...]] = []
    for i in range(n):
        x, y, long = w * r.uniform(-0.1, 0.6), bottom * (0.42 + 0.42 * (i + r.random()) / n), w * r.uniform(0.3, 0.6)
        tall = bottom * 0.03
        upper = (("M", x, y), ("C", x + long * 0.25, y - tall * 2.2, x + long * 0.6, y - tall * 0.4, x + long, y))
        found += [*upper, ("C", x + long * 0.7, y + tall * 1.4, x + long * 0.3, y + tall, x, y), ("Z",)]
        edges += upper
    s.canvas.fill(tuple(found), 0)
    s.canvas.stroke(tuple(edges), s.pen.weight * 0.8, 255)


@shows("moon")
def moon(s: Scenery, at: Point, size: float) -> None:
    x, y = at
    s.canvas.fill(ellipse(x, y, size, size), 255)
    for dx, dy, k in ((0.3, -0.2, 0.22), (-0.35, 0.3, 0.16), (0.2, 0.45, 0.12)):
        s.canvas.tone(ellipse(x + dx * size, y + dy * size, size * k, size * k * 0.8), LIGHT_TONE.tone)


def glint(s: Scenery, at: Point, size: float, grey: float = 0) -> None:
    """A four-pointed spark."""
    x, y = at
    s.canvas.fill(
        (
            ("M", x - size, y), ("Q", x, y, x, y - size), ("Q", x, y, x + size, y), ("Q", x, y, x, y + size), ("Q",
            x, y, x - size, y), ("Z",),
        ), grey,
    )  # fmt: skip


def _sun(s: Scenery, bottom: float) -> None:
    size = min(s.stage.width, s.stage.height) * 0.1
    x = s.stage.width * (0.24 if s.stage.seed % 2 else 0.76)
    s.canvas.fill(ellipse(x, bottom - size * 0.4, size * 1.5, size * 1.5), 255)
    s.pen.contour(ellipse(x, bottom - size * 0.4, size, size), 1.2)


def _bars(s: Scenery, bottom: float) -> None:
    """Long clouds of the evening."""
    r = s.stage.random("bars")
    for i in range(4):
        x, y = s.stage.width * r.uniform(0, 0.8), bottom * (0.2 + 0.17 * i)
        long = s.stage.width * r.uniform(0.2, 0.4)
        s.canvas.fill(
            smooth(
                ((x, y), (x + long * 0.3, y - 1.0), (x + long, y - 0.2), (x + long * 0.6, y + 0.5)),
                closed=True,
                tension=0.55,
            ),
            255,
        )


@shows("cloud")
def cloud(s: Scenery, x: float, y: float, wide: float, tall: float, r: Random) -> None:
    """A heap with a flat foot: white where the light falls, toned below, with the edges of inner heaps."""
    tall = min(tall, wide * 0.42)
    foot = y + tall * 0.3
    n = 6
    rim = [
        (x - wide / 2 + wide * i / n, foot - tall * (0.12 + 0.95 * sin(pi * i / n) * r.uniform(0.72, 1.1)))
        for i in range(n + 1)
    ]
    rim[0], rim[-1] = (x - wide / 2, foot), (x + wide / 2, foot)
    top: list[tuple[str | float, ...]] = [("M", *rim[0])]
    for p, q in pairwise(rim):
        middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
        out = (middle[0] - x, middle[1] - foot)
        top.append(("Q", middle[0] + out[0] * 0.3, middle[1] + out[1] * 0.45 - tall * 0.14, *q))
    flat = ("Q", x + wide * 0.1, foot + tall * 0.1, *rim[0])
    s.canvas.fill((*top, flat, ("Z",)), 255)
    s.canvas.tone(_cloud_shadow(rim, foot, tall), LIGHT)
    s.canvas.stroke((*top, *_heaps(rim, foot, tall, r)), s.pen.weight * 0.9)


def _cloud_shadow(rim: Sequence[Point], foot: float, tall: float) -> Path:
    """The lower part, up to a scalloped edge."""
    path: list[tuple[str | float, ...]] = [("M", *rim[0])]
    for p, q in pairwise(rim):
        k = 0.0 if q == rim[-1] else 0.42
        to = (q[0], foot - (foot - q[1]) * k)
        path.append(("Q", (p[0] + to[0]) / 2, to[1] - tall * 0.02, *to))
    return (*path, ("Q", (rim[0][0] + rim[-1][0]) / 2, foot + tall * 0.1, *rim[0]), ("Z",))


def _heaps(rim: Sequence[Point], foot: float, tall: float, r: Random) -> Path:
    """Edges of heaps before the others: arcs that follow the rim, open below."""
    found: list[tuple[str | float, ...]] = []
    for x, y in rim[2:-1:2]:
        at = foot - (foot - y) * r.uniform(0.55, 0.68)
        k = tall * r.uniform(0.26, 0.4)
        found += [("M", x - k, at + k * 0.35), ("Q", x - k * 0.8, at - k * 0.3, x - k * 0.1, at - k * 0.25)]
        found += [("Q", x + k * 0.6, at - k * 0.3, x + k * 0.9, at + k * 0.15)]
    return tuple(found)
