"""Water, heights and skies: a river, a mountain and its summit, the open sky."""

from itertools import pairwise
from random import Random

from drawing.art.settings.foliage import treeline
from drawing.art.settings.hills_and_fields import earth, ground, low_of, ridge, tufts
from drawing.art.settings.plants import pine, reeds, stone
from drawing.art.settings.sky_and_weather import cloud, glint, moonlit, open_sky
from drawing.art.settings.surface_texture import blades, joined, segments
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, flattened, poly, smooth
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


def river(s: Scenery) -> None:
    """A stream between banks, with reeds and pampas grass; the far bank is wooded."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.7)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.14, LIGHT_TONE, "far")
    treeline(s, low + 0.5, h * 0.07, "river")
    ground(s, low)
    far, near = (w * 0.62, low), min(h * 1.02, s.stage.floor(1.25))
    deep = near - low
    left = ((-0.012, 0.0), (-0.12, 0.1), (-0.06, 0.2), (-0.24, 0.36), (-0.6, 0.46), (-1.0, 0.52))
    right = ((0.012, 0.0), (-0.02, 0.1), (0.14, 0.22), (0.12, 0.42), (-0.14, 0.62), (-0.6, 0.78), (-1.0, 0.84))
    bank = smooth([(far[0] + w * x, low + deep * y) for x, y in left], tension=0.55)
    edge = smooth([(far[0] + w * x, low + deep * y) for x, y in reversed(right)], tension=0.55)
    water: Path = (*bank, ("L", *edge[0][1:]), *edge[1:], ("Z",))
    s.pen.shape(water, WHITE if s.stage.dim else LIGHT_TONE, 1.3)
    with s.canvas.saved():
        s.canvas.clip(water)
        _flow(s, low, deep)
        if s.stage.dim:
            s.canvas.graded_tone(water, ((0, low), 0.1), ((0, h), 0.45))
    _bank(s, bank, edge, deep)
    r = s.stage.random("river")
    for x, y, k in ((0.04, 0.5, 0.9), (0.16, 0.34, 0.7), (0.93, 0.66, 1.2), (0.82, 0.3, 0.6), (0.98, 0.34, 0.8)):
        reeds(s, w * x, low + (h - low) * y, h * 0.2 * k, r)
    for x, y, k in ((0.72, 0.75, 1.0), (0.8, 0.82, 0.6), (0.36, 0.33, 0.5)):
        stone(s, w * x, low + (h - low) * y, w * 0.045 * k, h * 0.045 * k)
    earth(s, low, "bank", 12)
    tufts(s, "bank", 36)


def _flow(s: Scenery, low: float, deep: float) -> None:
    """The far bank's reflection, and ripples: white ones with a dark edge, longer towards the viewer."""
    w, h, r = s.stage.width, s.stage.height, s.stage.random("flow")
    pairs = []
    for _ in range(30):
        x, y = w * r.random(), low + deep * r.random() ** 2 * 0.42
        pairs.append(((x, y), (x + w * r.uniform(0.02, 0.05), y)))
    s.canvas.stroke(segments(pairs), s.pen.weight * 1.4)
    light: list[tuple[str | float, ...]] = []
    for _ in range(22):
        t = r.random() ** 0.7
        x, y, long = w * r.random(), low + (h - low) * t, w * (0.03 + 0.11 * t)
        light += [("M", x, y), ("Q", x + long * 0.5, y + long * 0.07, x + long, y)]
    s.canvas.stroke(tuple(light), s.pen.weight * 2.8, 255)
    s.canvas.stroke(tuple(light[::1]), s.pen.weight * 0.5)


def _bank(s: Scenery, bank: Path, edge: Path, deep: float) -> None:
    """The cut edge of the near bank in shadow, and grass that hangs over both."""
    r, low = s.stage.random("banks"), s.stage.height - deep
    points = [p for p in flattened(edge, 6)[0] if -2 < p[0] < s.stage.width + 2]
    cut = [(p, (p[0] - deep * 0.01, p[1] - deep * r.uniform(0.015, 0.04))) for p in points]
    s.canvas.stroke(segments(cut), s.pen.weight * 1.2)
    grown = [
        blades(
            (x, y + deep * 0.012), deep * r.uniform(0.03, 0.09) * (0.35 + max(0.0, y - low) / s.stage.height), r, n=4
        )
        for x, y in (*points[::2], *flattened(bank, 4)[0][::2])
        if r.random() < 0.8
    ]
    s.canvas.fill(joined(grown))


def mountain(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.7)
    open_sky(s, low)
    peak = (
        (-0.1 * w, low),
        (w * 0.16, low - h * 0.12),
        (w * 0.36, h * 0.1),
        (w * 0.42, h * 0.075),
        (w * 0.5, h * 0.12),
        (w * 0.72, low - h * 0.1),
        (w * 1.1, low),
    )
    path = (*smooth(peak, tension=0.5), ("Z",))
    s.pen.shape(path, WHITE, 1.3)
    with s.canvas.saved():
        s.canvas.clip(path)
        s.pen.cover(
            smooth(
                (
                    (w * 0.44, h * 0.05),
                    (w * 0.45, h * 0.2),
                    (w * 0.4, h * 0.3),
                    (w * 0.52, low),
                    (w * 1.2, low),
                    (w * 0.8, h * 0.2),
                ),
                closed=True,
                tension=0.4,
            ),
            MID_TONE,
        )
        for x, y in ((0.3, 0.3), (0.36, 0.22), (0.26, 0.36), (0.42, 0.3)):
            s.pen.line(
                ((w * x, h * y * 0.8), (w * (x - 0.03), h * (y + 0.02)), (w * (x - 0.02), h * (y + 0.08))),
                1.0,
                (0.4, 1),
            )
    ridge(s, low + 1, h * 0.1, LIGHT_TONE, "near")
    treeline(s, low + 1, h * 0.05, "mountain", DARK_TONE)
    ground(s, low)
    earth(s, low, "mountain", 22)
    r = s.stage.random("mountain")
    _folds(s, path, low)
    for x, k in ((0.06, 1.1), (0.2, 0.8), (0.86, 1.2), (0.97, 0.9)):
        pine(s, (w * x, low + (h - low) * 0.25 * k), h * 0.3 * k, r)
    for x, y, k in ((0.3, 0.55, 0.06), (0.74, 0.45, 0.05), (0.9, 0.8, 0.09)):
        stone(s, w * x, low + (h - low) * y, w * k, h * k)
    tufts(s, "mountain", 34)


def _folds(s: Scenery, mountain: Path, low: float) -> None:
    """Gullies that run down from the peak, hatched on their dark side."""
    w, h, r = s.stage.width, s.stage.height, s.stage.random("folds")
    pairs = []
    for k in range(26):
        t = r.random() ** 0.8
        x = w * (0.42 + (0.34 * r.uniform(-1, 1)) * t)
        y = h * 0.1 + (low - h * 0.1) * t
        long = h * (0.03 + 0.05 * t)
        lean = (x / w - 0.42) * 1.1 + (0.1 if k % 2 else -0.05)
        pairs.append(((x, y), (x + lean * long * 2, y + long)))
    with s.canvas.saved():
        s.canvas.clip(mountain)
        s.canvas.stroke(segments(pairs), s.pen.weight * 0.9)
    s.line((-1, low), (w + 1, low), 0.8)


def sky(s: Scenery) -> None:
    s.wipe()
    open_sky(s, s.stage.height * 1.05, clouds=5)
    if not s.stage.night:
        r = s.stage.random("below")
        cloud(s, s.stage.width * 0.3, s.stage.height * 0.98, s.stage.width * 0.8, s.stage.height * 0.24, r)
        cloud(s, s.stage.width * 0.85, s.stage.height * 1.02, s.stage.width * 0.6, s.stage.height * 0.26, r)
