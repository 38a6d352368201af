"""The top of a steep mountain: a bare rock over the abyss, peaks that stand out of the clouds, a pine over the edge."""

from itertools import pairwise
from random import Random

from drawing.art.settings.land import low_of
from drawing.art.settings.plants import pine
from drawing.art.settings.sky import glint, moonlit, open_sky
from drawing.art.settings.texture import segments
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_DIPPER = ((0.0, 0.0), (0.17, -0.06), (0.3, -0.03), (0.44, 0.04), (0.5, 0.2), (0.7, 0.22), (0.74, 0.06))
"""The stars of the Great Bear, by shares of its length."""


def summit(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.66)
    open_sky(s, low + h * 0.1, clouds=1)
    r = s.stage.random("summit")
    if moonlit(s):
        for x, y in _DIPPER:
            glint(s, (w * (0.3 + 0.36 * x), low * (0.22 + 0.5 * y)), h * 0.018, 255)
    for x, half, tall, far in ((0.3, 0.06, 0.26, True), (0.72, 0.07, 0.32, True), (0.5, 0.05, 0.18, True),
                               (0.12, 0.09, 0.46, False), (0.9, 0.1, 0.42, False)):  # fmt: skip
        _peak(s, (w * x, low + h * 0.12), w * half, h * tall, r, far=far)
    edge = low + h * 0.16
    _cloud_sea(s, low + h * 0.02, edge + h * 0.05, r)
    _rock(s, edge, r)
    pine(s, (w * 0.05, edge + h * 0.06), h * 0.52, r)


def _peak(s: Scenery, foot: Point, half: float, tall: float, r: Random, *, far: bool) -> None:
    """A pillar of rock with steep flanks, hatched on its dark side."""
    x, y = foot
    rim = ((-1.0, 0.0), (-0.74, 0.5), (-0.6, 0.62), (-0.34, 0.92), (-0.05, 1.0), (0.24, 0.86), (0.44, 0.6), (0.7, 0.5),
           (1.0, 0.0))  # fmt: skip
    path = (*smooth([(x + half * u, y - tall * v * r.uniform(0.95, 1.05)) for u, v in rim], tension=0.3), ("Z",))
    night = s.stage.night
    s.canvas.stroke(path, s.pen.weight * 2.6, 255)
    s.pen.shape(path, (MID_TONE if far else BLACK) if night else (WHITE if far else LIGHT_TONE), 1.1)
    with s.canvas.saved():
        s.canvas.clip(path)
        gullies = []
        for _ in range(16):
            u, v = r.uniform(-0.2, 0.9), r.uniform(0.2, 0.95)
            end = (x + half * (u + 0.1), y - tall * (v - r.uniform(0.08, 0.2)))
            gullies.append(((x + half * u, y - tall * v), end))
        s.canvas.stroke(segments(gullies), s.pen.weight * 0.9, 255 if night and not far else 0)


def _cloud_sea(s: Scenery, top: float, foot: float, r: Random) -> None:
    """Clouds below us, bank before bank."""
    w = s.stage.width
    for row in range(3):
        y = top + (foot - top) * row / 3
        humps: list[tuple[str | float, ...]] = [("M", -w * 0.06, y)]
        n = 7 - row
        for i in range(n):
            x0, x1 = w * (i / n * 1.12 - 0.06), w * ((i + 1) / n * 1.12 - 0.06)
            up = (foot - top) * r.uniform(0.3, 0.62)
            humps.append(("C", x0 + (x1 - x0) * 0.1, y - up, x1 - (x1 - x0) * 0.1, y - up, x1, y))
        path: Path = (*humps, ("L", w * 1.06, foot + 4), ("L", -w * 0.06, foot + 4), ("Z",))
        s.canvas.fill(path, 255)
        if s.stage.night:
            s.canvas.tone(path, MID_TONE.tone)
        s.canvas.stroke(tuple(humps), s.pen.weight * (0.8 + 0.2 * row))


def _rock(s: Scenery, edge: float, r: Random) -> None:
    """The slab that people stand on: its broken edge, cracks and steps, dark where it falls away."""
    w, h = s.stage.width, s.stage.height
    line = (
        (-0.02, 0.02),
        (0.12, 0.03),
        (0.2, 0.0),
        (0.42, 0.025),
        (0.56, -0.01),
        (0.76, 0.03),
        (0.9, 0.005),
        (1.02, 0.0),
    )
    rim = [(w * x, edge + h * y) for x, y in line]
    slab = poly([*rim, (w + 2, h + 2), (-2, h + 2)])
    s.canvas.stroke(slab, s.pen.weight * 3, 255)
    s.pen.shape(slab, WHITE, 1.5)
    if s.stage.night:
        s.canvas.graded_tone(slab, ((0, edge), 0.62), ((0, h), 0.5))
    else:
        s.canvas.graded_tone(slab, ((0, edge), 0.22), ((0, edge + (h - edge) * 0.5), 0.0))
    steps = [poly([a, b, (b[0], b[1] + h * 0.012), (a[0], a[1] + h * 0.03)]) for a, b in pairwise(rim)]
    for path in steps[::2]:
        s.pen.cover(path, BLACK if s.stage.night else DARK_TONE)
    cracks = []
    for _ in range(10):
        x, y = w * r.random(), edge + (h - edge) * r.uniform(0.1, 0.9)
        k = w * 0.03 * (0.5 + (y - edge) / (h - edge))
        way = [(x, y), (x + k * r.uniform(0.4, 1), y + k * 0.2), (x + k * 1.6, y + k * r.uniform(-0.1, 0.5))]
        cracks += [(way[0], way[1]), (way[1], way[2])]
    s.canvas.stroke(segments(cracks), s.pen.weight * 1.1, 0)
