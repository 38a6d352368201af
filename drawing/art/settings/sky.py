"""Sky and weather over open country: the hour's light, clouds, moon and stars, far hills."""

from math import pi, sin
from random import Random

from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, rect, smooth
from drawing.ink.pen import BLACK, LIGHT_TONE, WHITE, Shade
from manga.geometry import Point
from manga.plot import TimeOfDay, Weather


def open_sky(s: Scenery, low: float | None = None, *, clouds: int = 3) -> None:
    """Fill the picture down to `low` (the horizon) with the sky of the hour."""
    stage = s.stage
    bottom = min(stage.height, max(stage.horizon if low is None else low, stage.height * 0.12))
    s.wipe()
    area = rect(-1, -1, stage.width + 2, bottom + 1)
    if stage.night:
        _night(s, area, bottom)
        return
    if stage.weather in {Weather.RAIN, Weather.SNOW}:
        _heavy(s, area, bottom)
        return
    if stage.time is TimeOfDay.EVENING:
        s.canvas.graded_tone(area, ((0, -1), 0.42), ((0, bottom), 0.06))
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


def _night(s: Scenery, area: Path, bottom: float) -> None:
    stage = s.stage
    s.canvas.fill(area)
    if stage.weather in {Weather.RAIN, Weather.SNOW, Weather.CLOUDY}:
        return
    r = stage.random("stars")
    stars: list[tuple[str | float, ...]] = []
    for _ in range(min(90, int(stage.width * bottom / 34))):
        size = r.choice((0.1, 0.1, 0.14, 0.22))
        stars += ellipse(stage.width * r.random(), bottom * r.random() * 0.94, size, size)
    s.canvas.fill(tuple(stars), 255)
    for _ in range(3):
        glint(s, (stage.width * r.random(), bottom * 0.7 * r.random()), r.uniform(0.8, 1.5), 255)
    size = min(stage.width, stage.height) * 0.085
    moon(s, (stage.width * (0.2 if stage.seed % 2 else 0.8), max(size * 1.3, bottom * 0.32)), size)


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


def cloud(s: Scenery, x: float, y: float, wide: float, tall: float, r: Random) -> None:
    tall = min(tall, wide * 0.42)
    lobes = 6
    edge: list[Point] = []
    for i in range(lobes + 1):
        t = i / lobes
        edge.append(
            (x - wide / 2 + wide * t, y - tall * (0.25 + 0.75 * sin(pi * t)) * r.uniform(0.75, 1.1) + tall * 0.3)
        )
    path: list[tuple[str | float, ...]] = [("M", x - wide / 2, y + tall * 0.15)]
    last = (x - wide / 2, y + tall * 0.15)
    for p in (*edge[1:-1], (x + wide / 2, y + tall * 0.15)):
        middle = ((last[0] + p[0]) / 2, (last[1] + p[1]) / 2)
        out = (middle[0] - x, middle[1] - y)
        path.append(("Q", middle[0] + out[0] * 0.22, middle[1] + out[1] * 0.5 - tall * 0.22, *p))
        last = p
    path += [("Q", x, y + tall * 0.32, x - wide / 2, y + tall * 0.15), ("Z",)]
    s.canvas.fill(tuple(path), 255)
    s.pen.contour(tuple(path[:-2]), 1.0)
    s.pen.line(
        ((x - wide * 0.3, y + tall * 0.02), (x - wide * 0.05, y - tall * 0.1), (x + wide * 0.2, y + tall * 0.04)),
        0.8,
        (0.8, 1),
    )


def ridge(
    s: Scenery, base: float, tall: float, shade: Shade, word: str, *, rough: float = 0.5, weight: float = 1.1
) -> None:
    """A line of hills whose foot is at `base`."""
    r = s.stage.random("ridge", word)
    n = 7
    tops = [(s.stage.width * (i - 0.5) / (n - 2), base - tall * (1 - rough * r.random())) for i in range(n)]
    path = (
        *smooth(tops, tension=0.55),
        ("L", s.stage.width * 1.3, base + 2),
        ("L", -s.stage.width * 0.2, base + 2),
        ("Z",),
    )
    night = s.stage.night
    s.canvas.stroke(path, s.pen.weight * weight, 255 if night else 0)
    s.pen.cover(path, BLACK if night else shade)


def ground(s: Scenery, low: float, shade: Shade = WHITE) -> None:
    """Open ground from the horizon down: pale where the figures stand, darker far away; dark at night."""
    w, h = s.stage.width, s.stage.height
    area = rect(-1, low, w + 2, h - low + 2)
    s.canvas.fill(area, 255)
    snowy = s.stage.weather is Weather.SNOW
    if s.stage.night:
        s.canvas.graded_tone(area, ((0, low), 0.62 if not snowy else 0.4), ((0, h), 0.3 if not snowy else 0.1))
    elif shade.tone:
        s.pen.cover(area, shade)
    elif not snowy:
        s.canvas.graded_tone(area, ((0, low), 0.24), ((0, low + (h - low) * 0.6), 0.0))
    s.line((-1, low), (w + 1, low), 1.0)


def tufts(
    s: Scenery, word: str, n: int, *, far: float = 3.6, tall: float = 0.5, grey: float = 0, hollow: float = 0.0
) -> None:
    """Grass that grows larger towards the viewer; the share `hollow` in the middle stays bare."""
    r = s.stage.random("tufts", word)
    blades: list[tuple[str | float, ...]] = []
    for _ in range(n):
        z = 1 / (1 / far + (1.25 - 1 / far) * r.random())
        half = s.stage.width * 0.55 * z / s.stage.unit
        x, y = s.stage.at(half * r.uniform(hollow, 1) * r.choice((-1, 1)), 0, z)
        if not -2 < y < s.stage.height + 4:
            continue
        k = min(tall * s.stage.unit / z, s.stage.height * 0.1) * r.uniform(0.6, 1.2)
        for lean in (-0.35, 0.0, 0.4):
            tip = (x + lean * k, y - k * (1 - abs(lean) * 0.5))
            blades += [
                ("M", x - k * 0.07, y),
                ("Q", x + lean * k * 0.2, y - k * 0.5, *tip),
                ("Q", x + lean * k * 0.3 + k * 0.06, y - k * 0.4, x + k * 0.07, y),
                ("Z",),
            ]
    s.canvas.fill(tuple(blades), grey)
