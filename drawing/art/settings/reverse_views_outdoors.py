"""Reverse views outdoors: what is behind whoever looks at a road, a village, a garden, a gate, a beach, a peak."""

from collections.abc import Callable
from dataclasses import replace

from drawing.art.settings.foliage import bush, tree, treeline
from drawing.art.settings.hills_and_fields import earth, ground, low_of, ridge, shade_on_ground, tufts
from drawing.art.settings.meadow_and_road import roadway
from drawing.art.settings.old_town_and_village import paddies, thatched_house, tiled_house
from drawing.art.settings.plants import blossoms, pine, reeds, stone
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.surface_texture import segments
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point, Rect


def other_side(paint: Callable[[Scenery], None]) -> Callable[[Scenery], None]:
    """A place that looks alike on all sides: its mirror image, with other trees, houses and hills."""

    def painter(s: Scenery) -> None:
        w = s.stage.width
        stage = replace(s.stage, seed=s.stage.seed + 2, centre=w - s.stage.centre)
        quiet = tuple(Rect(x=w - b.right, y=b.y, width=b.width, height=b.height) for b in s.quiet)
        with s.canvas.moved(w, 0, mirror=True):
            paint(replace(s, stage=stage, quiet=quiet))

    return painter


def road_back(s: Scenery) -> None:
    """The way one came: between hedges to a wood, a barn beside it."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    lane = h - low

    def at(x: float, y: float) -> Point:
        return (w * x, low + lane * y)

    open_sky(s, low, clouds=2, away=True)
    ridge(s, low + 0.5, h * 0.08, LIGHT_TONE, "back far")
    treeline(s, low + 0.5, h * 0.11, "road back", DARK_TONE)
    ground(s, low)
    left = ((0.46, 0.0), (0.44, 0.12), (0.47, 0.26), (0.4, 0.46), (0.34, 0.7), (0.22, 1.06))
    right = ((0.48, 0.0), (0.475, 0.12), (0.54, 0.25), (0.6, 0.45), (0.74, 0.7), (1.08, 1.06))
    roadway(s, (left, right))
    r = s.stage.random("road back")
    thatched_house(s, *at(0.8, 0.1), w * 0.2, h * 0.13)
    for x, y, k in ((0.02, 0.1, 0.7), (0.16, 0.06, 0.5), (0.3, 0.04, 0.4), (0.97, 0.16, 0.9)):
        tree(s, at(x, y), h * 0.42 * k, r)
    for k in range(7):
        t = (k / 6) ** 1.6
        bush(s, w * (0.4 - 0.46 * t), low + lane * (0.05 + 0.6 * t), h * (0.02 + 0.075 * t), r)
    shade_on_ground(s, at(0.82, 0.13), w * 0.1, lane * 0.02)
    earth(s, low, "road back", 20)
    tufts(s, "road back", 36, hollow=0.5)


def village_back(s: Scenery) -> None:
    """Out of the village: rice fields to a grove on its hill, with steps and a gateway of two posts; in the West the
    road."""
    if s.stage.western:
        road_back(s)
        return
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, away=True)
    ridge(s, low + 0.5, h * 0.1, LIGHT_TONE, "back far")
    hill = ((0.5, 0.0), (0.58, 0.14), (0.72, 0.2), (0.86, 0.15), (0.98, 0.0))
    grove = smooth([(w * x, low + 1 - h * up) for x, up in hill], tension=0.6)
    s.pen.shape((*grove, ("Z",)), BLACK if s.stage.night else DARK_TONE, 1.2)
    treeline(s, low + 0.5, h * 0.05, "village back")
    ground(s, low, WHITE)
    x, k, ink = w * 0.72, h * 0.05, (255 if s.stage.night else 0)
    s.canvas.fill(poly(((x - k * 0.5, low + k), (x + k * 0.5, low + k), (x + k * 0.24, low - k * 2), (x - k * 0.24,
                  low - k * 2))), 255)  # fmt: skip
    s.lines([((x - k * (0.5 - 0.07 * n), low + k * (1 - 0.7 * n)), (x + k * (0.5 - 0.07 * n), low + k * (1 - 0.7 * n)))
             for n in range(5)], 0.8)  # fmt: skip
    s.lines([((x + d * k, low + k * 1.1), (x + d * k, low - k * 0.8)) for d in (-0.8, 0.8)], 2.6, ink)
    s.lines([((x - k * 1.3, low - k * 0.8), (x + k * 1.3, low - k * 0.8)), ((x - k, low - k * 0.4), (x + k,
             low - k * 0.4))], 2.2, ink)  # fmt: skip
    paddies(s, low, h - low)
    r = s.stage.random("village back")
    tree(s, (w * 0.06, low + h * 0.06), h * 0.38, r)
    for u in (0.2, 0.34, 0.46):
        _stook(s, w * u, low + (h - low) * (0.2 + 0.3 * u), h * 0.07)
    tufts(s, "village back", 30)


def _stook(s: Scenery, x: float, y: float, size: float) -> None:
    """Rice that dries on a pole."""
    rim = ((x - size * 0.4, y), (x - size * 0.5, y - size * 0.5), (x, y - size * 1.3), (x + size * 0.5, y - size * 0.5),
           (x + size * 0.4, y))  # fmt: skip
    s.pen.shape((*smooth(rim, tension=0.5), ("Z",)), LIGHT_TONE, 1.1)
    s.lines([((x, y - size * 1.2), (x + size * 0.12 * k, y - size * 0.06)) for k in range(-3, 4)], 0.6)


def garden_back(s: Scenery) -> None:
    """The house that the garden belongs to: a wall with windows and ivy, the door with its steps."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, clouds=1, away=True)
    night, foot = s.stage.night, low + h * 0.08
    ink = 255 if night else 0
    ground(s, low + h * 0.05)
    top = max(-2.0, low - h * 0.36)
    s.pen.shape(rect(w * 0.06, top, w * 1.1, foot - top), BLACK if night else WHITE, 1.3)
    if s.stage.period == "medieval":
        _battlements(s, top, foot)
    else:
        roof = poly(((w * 0.02, top), (w * 0.12, top - h * 0.14), (w * 1.1, top - h * 0.14), (w * 1.1, top)))
        s.pen.shape(roof, s.roofing, 1.3)
    r, k = s.stage.random("garden back"), (foot - top)
    courses = [((w * x, top + k * y), (w * x + k * 0.16, top + k * y)) for x, y in
               ((r.uniform(0.08, 0.95), r.uniform(0.1, 0.95)) for _ in range(40))]  # fmt: skip
    s.canvas.stroke(segments(courses), s.pen.weight * 0.7, ink)
    for x in (0.2, 0.4, 0.88):
        box = rect(w * x - k * 0.14, top + k * 0.24, k * 0.28, k * 0.38)
        s.pen.shape(box, WHITE if s.stage.dim else DARK_TONE, 1.6)
        bars = [((0.0, 0.24), (0.0, 0.62)), ((-0.14, 0.43), (0.14, 0.43))]
        s.lines([((w * x + k * a, top + k * b), (w * x + k * c, top + k * d)) for (a, b), (c, d) in bars], 1.8,
                0 if night else 255)  # fmt: skip
        s.pen.shape(rect(w * x - k * 0.18, top + k * 0.62, k * 0.36, k * 0.05), WHITE, 1.0)
    door = w * 0.64
    s.pen.shape(rect(door - k * 0.18, foot - k * 0.62, k * 0.36, k * 0.62), BLACK if not night else DARK_TONE, 1.6)
    s.pen.contour(rect(door - k * 0.14, foot - k * 0.56, k * 0.28, k * 0.54), 1.0, 255)
    for n in range(3):
        s.pen.shape(rect(door - k * (0.24 + 0.05 * n), foot - k * 0.05 + k * 0.05 * n, k * (0.48 + 0.1 * n), k * 0.06),
                    WHITE, 1.0)  # fmt: skip
    masses = [(w * 0.08 + k * 0.05 * (-1) ** i, foot - k * (0.06 + 0.15 * i), k * (0.15 - 0.018 * i)) for i in range(6)]
    for x, y, size in masses:
        bush(s, x, y, size, r)
    for i in range(6):
        if abs(w * (i + 0.4) / 6 - door) > k * 0.34:
            bush(s, w * (i + r.uniform(0.2, 0.6)) / 6, foot + h * 0.02, h * 0.05, r)
    earth(s, foot, "garden back", 16)
    tufts(s, "garden back", 44, far=2.4)
    blossoms(s, "garden back", 14)


def _battlements(s: Scenery, top: float, foot: float) -> None:
    """Of a castle: teeth along the wall, and a round tower at its end."""
    w, night = s.stage.width, s.stage.night
    shade, tooth = (BLACK if night else WHITE), (foot - top) * 0.11
    tower = rect(w * 0.74, top - tooth * 3.4, w * 0.2, foot - top + tooth * 3.4)
    teeth = [op for i in range(11) for op in rect(w * 0.06 + w * 0.068 * i, top - tooth, w * 0.036, tooth)]
    s.pen.shape(tuple(teeth), shade, 1.2)
    s.pen.shape(tower, shade, 1.3)
    s.canvas.graded_tone(tower, ((w * 0.94, foot), 0.34), ((w * 0.78, foot), 0.0))
    crown = [op for i in range(4) for op in rect(w * (0.725 + 0.064 * i), top - tooth * 5.2, w * 0.036, tooth * 1.2)]
    s.pen.shape((*rect(w * 0.725, top - tooth * 4.1, w * 0.228, tooth * 0.9), *crown), shade, 1.2)


def avenue(s: Scenery) -> None:
    """From the gate into the old capital: houses with tiled roofs on both sides, a pagoda over them."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, away=True)
    ground(s, low, WHITE)
    _pagoda(s, w * 0.5, low + h * 0.02, h * 0.3)
    for k, x in enumerate((0.4, 0.61, 0.31, 0.72, 0.16, 0.9)):
        base = low + (h - low) * (0.03 + 0.05 * (k // 2) ** 1.5)
        tiled_house(s, w * x, base, w * (0.14 + 0.09 * (k // 2)), h * (0.12 + 0.06 * (k // 2)))
    earth(s, low, "avenue", 24)
    for x in (0.26, 0.78):
        _banner(s, w * x, low + (h - low) * 0.2, h * 0.4)


def _pagoda(s: Scenery, x: float, base: float, tall: float) -> None:
    night = s.stage.night
    for n in range(4):
        y, half = base - tall * 0.24 * n, tall * (0.2 - 0.035 * n)
        s.pen.shape(rect(x - half * 0.6, y - tall * 0.2, half * 1.2, tall * 0.2), DARK_TONE if night else WHITE, 1.0)
        roof: Path = (("M", x - half, y - tall * 0.13), ("Q", x - half * 0.5, y - tall * 0.16, x - half * 0.4,
                       y - tall * 0.24), ("L", x + half * 0.4, y - tall * 0.24), ("Q", x + half * 0.5, y - tall * 0.16,
                       x + half, y - tall * 0.13), ("Z",))  # fmt: skip
        s.canvas.stroke(roof, s.pen.weight * 2.2, 255)
        s.pen.shape(roof, s.roofing, 1.0)
    s.line((x, base - tall * 0.96), (x, base - tall * 1.12), 1.6, 255 if night else 0)


def _banner(s: Scenery, x: float, y: float, tall: float) -> None:
    """A shop's flag on its pole."""
    s.line((x, y), (x, y - tall), 2.4, 0)
    s.line((x, y), (x, y - tall), 0.9, 255)
    flag = smooth(((x, y - tall), (x + tall * 0.22, y - tall * 0.97), (x + tall * 0.2, y - tall * 0.6), (x,
                  y - tall * 0.56)), closed=True, tension=0.2)  # fmt: skip
    s.pen.shape(flag, WHITE if s.stage.night else LIGHT_TONE, 1.2)
    s.pen.contour(ellipse(x + tall * 0.1, y - tall * 0.78, tall * 0.06, tall * 0.08), 1.6)


def dunes(s: Scenery) -> None:
    """Inland from a beach: sand with grass on it, pines bent by the wind, a boat drawn up."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, away=True)
    ridge(s, low + 0.5, h * 0.1, MID_TONE, "dunes")
    ground(s, low)
    r = s.stage.random("dunes")
    for share in (0.06, 0.24, 0.5):
        y = low + (h - low) * share
        line = [(w * t, y - h * 0.04 * r.random()) for t in (-0.05, 0.2, 0.45, 0.7, 1.05)]
        s.pen.curve(line, 0.8 + share)
        for x, at in line[1:4]:
            reeds(s, x, at + 1, h * (0.06 + 0.12 * share), r, plumes=False)
    for x, k in ((0.08, 1.0), (0.22, 0.7), (0.9, 0.9)):
        pine(s, (w * x, low + h * 0.05), h * 0.36 * k, r)
    _beached(s, w * 0.64, low + (h - low) * 0.3, w * 0.13)
    earth(s, low, "dunes", 24)


def _beached(s: Scenery, x: float, y: float, half: float) -> None:
    """A boat that leans on the sand, its oars beside it."""
    hull: Path = (("M", x - half, y - half * 0.34), ("Q", x, y + half * 0.02, x + half, y - half * 0.46),
                  ("Q", x + half * 0.7, y + half * 0.18, x + half * 0.3, y + half * 0.2), ("L", x - half * 0.6,
                  y + half * 0.2), ("Q", x - half * 0.9, y, x - half, y - half * 0.34), ("Z",))  # fmt: skip
    s.canvas.tone(ellipse(x, y + half * 0.22, half, half * 0.08), MID_TONE.tone)
    s.pen.shape(hull, DARK_TONE if s.stage.night else WHITE, 1.5)
    s.pen.curve(((x - half * 0.93, y - half * 0.16), (x, y + half * 0.1), (x + half * 0.86, y - half * 0.2)), 1.0)
    s.line((x - half * 1.2, y + half * 0.26), (x + half * 0.7, y - half * 0.3), 2.6)


def valley(s: Scenery) -> None:
    """Down from a height: crags at both sides, and far below a valley with its river in the haze."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.7)
    open_sky(s, low, away=True)
    for n, (tall, shade) in enumerate(((0.16, LIGHT_TONE), (0.1, LIGHT_TONE), (0.05, MID_TONE))):
        ridge(s, low + h * 0.03 * n, h * tall, shade, f"valley{n}")
    ground(s, low + h * 0.06)
    stream = smooth(((w * 0.56, low + h * 0.06), (w * 0.5, low + h * 0.09), (w * 0.6, low + h * 0.12), (w * 0.48,
                    low + h * 0.17)), tension=0.6)  # fmt: skip
    s.canvas.stroke(stream, s.pen.weight * 5)
    s.canvas.stroke(stream, s.pen.weight * 3, 255)
    r = s.stage.random("valley")
    edge = low + h * 0.17
    line = ((-0.02, -0.06), (0.2, 0.0), (0.45, 0.03), (0.7, -0.01), (1.02, -0.07))
    rim = smooth([(w * x, edge + h * y) for x, y in line], tension=0.5)
    brink: Path = (*rim, ("L", w * 1.02, h + 2), ("L", -w * 0.02, h + 2), ("Z",))
    s.pen.shape(brink, DARK_TONE if s.stage.night else WHITE, 1.5)
    for x, k in ((0.05, 1.2), (0.17, 0.8), (0.93, 1.3), (0.82, 0.7)):
        pine(s, (w * x, edge + h * 0.02), h * 0.32 * k, r)
    for x, y, k in ((0.3, 0.24, 0.05), (0.7, 0.2, 0.07), (0.86, 0.5, 0.09), (0.12, 0.6, 0.08)):
        stone(s, w * x, edge + (h - edge) * y, w * k, h * k)
    earth(s, edge, "valley", 22)
    tufts(s, "valley", 30)
