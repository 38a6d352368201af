"""The sea's edge: a beach, a cape with its lighthouse, the open sea."""

import itertools

from drawing.art.settings.hills_and_fields import earth, ground, ridge, tufts
from drawing.art.settings.old_town_and_village import thatched_house, tiled_house
from drawing.art.settings.plants import pine, reeds, stone
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point
from manga.plot import TimeOfDay


def sea(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    r = s.stage.random("sea")
    left = r.random() < 0.5
    _far_land(s, low, left=left)
    shore = low + (h - low) * 0.72
    water(s, low, shore, "sea")
    _sail(s, (w * (r.uniform(0.6, 0.85) if left else r.uniform(0.15, 0.4)), low), h * 0.09)
    if s.stage.night or s.stage.time is TimeOfDay.EVENING:
        _path_of_light(s, low, shore)
    else:
        _gulls(s, low)
    _swell(s, low, shore)
    _sand(s, shore)


def inland(s: Scenery) -> None:
    """Back to the land: sand up to a bank with steps, pines on it at one side, the roofs of fishermen at the other, and
    nets that dry on poles."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    r, side = s.stage.random("inland"), 1 if s.stage.seed % 2 else -1

    def x(share: float) -> float:
        return w * (share if side > 0 else 1 - share)

    open_sky(s, low, away=True)
    ridge(s, low + 0.5, h * 0.16, LIGHT_TONE, "inland far")
    ridge(s, low + 0.5, h * 0.08, MID_TONE, "inland near")
    foot = low + (h - low) * 0.2
    ground(s, low)
    house = tiled_house if s.stage.today else thatched_house
    for u, wide in ((0.56, 0.13), (0.9, 0.15), (0.73, 0.2)):
        house(s, x(u), low + h * 0.03, w * wide, min(h * 0.14, w * wide * 0.8))
    for u, k in ((0.3, 0.7), (0.05, 1.0), (0.2, 1.15), (0.39, 0.55)):
        pine(s, (x(u), low + h * 0.05), min(h * 0.36, w * 0.4) * k, r)
    line = [(x(u), low + h * 0.05 + (foot - low) * d) for u, d in ((-0.05, 0.1), (0.2, 0.0), (0.5, 0.16), (0.8, 0.04),
                                                                   (1.05, 0.14))]  # fmt: skip
    bank: Path = (*smooth(line, tension=0.5), ("L", x(1.05), foot + h * 0.07), ("L", x(-0.05), foot + h * 0.07), ("Z",))
    s.pen.shape(bank, DARK_TONE if s.stage.night else MID_TONE, 1.2)
    sand: Path = (("M", -2, foot + h * 0.05), ("Q", w * 0.4, foot + h * 0.02, w + 2, foot + h * 0.06), ("L", w + 2,
                   h + 2), ("L", -2, h + 2), ("Z",))  # fmt: skip
    s.canvas.fill(sand, 255)
    s.canvas.graded_tone(sand, ((0, foot), 0.5 if s.stage.night else 0.16), ((0, h), 0.34 if s.stage.night else 0.0))
    s.canvas.stroke(sand[:2], s.pen.weight * 1.1)
    _steps(s, x(0.6), low + h * 0.05 + (foot - low) * 0.1, foot + h * 0.05, w * 0.05)
    _nets(s, x(0.86), foot + h * 0.14, min(h, w) * 0.2, -side)
    earth(s, foot + h * 0.06, "inland", 20)
    for u in (0.1, 0.34, 0.92):
        reeds(s, x(u), foot + h * 0.06, h * 0.08, r, plumes=False)


@shows("steps")
def _steps(s: Scenery, x: float, top: float, foot: float, half: float) -> None:
    """Through the bank, wider towards us."""
    way = poly(((x - half * 0.7, top), (x + half * 0.7, top), (x + half * 1.3, foot), (x - half * 1.3, foot)))
    s.pen.shape(way, WHITE, 1.1)
    pairs = []
    for k in range(1, 6):
        t = k / 6
        y, wide = top + (foot - top) * t, half * (0.7 + 0.6 * t)
        pairs.append(((x - wide, y), (x + wide, y)))
    s.lines(pairs, 0.9)


def _nets(s: Scenery, x: float, y: float, tall: float, way: int) -> None:
    """A net between three poles, in meshes, with its floats."""
    feet = [(x + way * tall * 0.75 * k, y + tall * 0.05 * k) for k in range(3)]
    rope = [(px, py - tall * (0.94 if k != 1 else 0.98)) for k, (px, py) in enumerate(feet)]
    ink = 255 if s.stage.night else 0
    for (px, py), (tx, ty) in zip(feet, rope, strict=True):
        s.line((px, py), (tx, ty - tall * 0.06), 2.2, ink)
    meshes = []
    for (ax, ay), (bx, by) in itertools.pairwise(rope):
        deep = tall * 0.66
        for k in range(9):
            t, u = k / 8, min(1.0, k / 8 + 0.3)
            meshes.append(((ax + (bx - ax) * t, ay + (by - ay) * t), (ax + (bx - ax) * u, ay + (by - ay) * u + deep)))
            meshes.append(((ax + (bx - ax) * u, ay + (by - ay) * u), (ax + (bx - ax) * t, ay + (by - ay) * t + deep)))
        s.pen.curve(((ax, ay), ((ax + bx) / 2, (ay + by) / 2 + tall * 0.1), (bx, by)), 1.2, ink)
    s.lines(meshes, 0.55, ink)


def _far_land(s: Scenery, low: float, *, left: bool) -> None:
    """A headland in two steps, the nearer one darker."""
    w, h = s.stage.width, s.stage.height
    tones: tuple[Shade, Shade] = (BLACK, BLACK) if s.stage.night else (WHITE, MID_TONE)
    for tone, long, tall in ((tones[0], 0.44, 0.06), (tones[1], 0.26, 0.1)):
        points = ((0.0, 1.0), (0.35, 0.92), (0.6, 0.5), (0.82, 0.42), (1.0, 0.0))
        back = [(w * long * t if left else w * (1 - long * t), low - h * tall * up) for t, up in points]
        edge = -2.0 if left else w + 2
        land: Path = (*smooth([(edge, back[0][1]), *back], tension=0.4), ("L", edge, low), ("Z",))
        s.pen.shape(land, tone, 0.9)
        if s.stage.night:
            s.pen.contour(land, 0.5, 255)


def _sail(s: Scenery, at: Point, size: float) -> None:
    """A small ship under sail on the horizon."""
    x, y = at
    hull = poly(
        [(x + dx * size, y + dy * size) for dx, dy in ((-0.5, -0.12), (0.55, -0.14), (0.36, 0.12), (-0.34, 0.12))]
    )
    for points in (((-0.05, -1.0), (-0.05, -0.18), (-0.46, -0.18)), ((0.03, -0.9), (0.03, -0.18), (0.42, -0.18))):
        s.pen.shape(poly([(x + dx * size, y + dy * size) for dx, dy in points]), WHITE, 0.8)
    s.pen.shape(hull, BLACK, 0.8)
    if s.stage.night:
        s.pen.contour(hull, 0.5, 255)


def _gulls(s: Scenery, low: float) -> None:
    w, r = s.stage.width, s.stage.random("gulls")
    for _ in range(5):
        x, y, k = w * r.uniform(0.1, 0.9), low * r.uniform(0.25, 0.8), min(w, s.stage.height) * r.uniform(0.012, 0.03)
        wings = (
            (x - k, y - k * 0.35),
            (x - k * 0.4, y - k * 0.55),
            (x, y),
            (x + k * 0.4, y - k * 0.6),
            (x + k, y - k * 0.3),
        )
        s.canvas.fill(stroke(wings, k * 0.16, (0.8, 0.8), steps=5))


def _path_of_light(s: Scenery, low: float, shore: float) -> None:
    """What moon or sun strew on the water beneath them, wider towards us."""
    w, r = s.stage.width, s.stage.random("light")
    middle = w * ((0.2 if s.stage.seed % 2 else 0.8) if s.stage.night else (0.24 if s.stage.seed % 2 else 0.76))
    for k in range(22):
        t = (k + r.random()) / 22
        half = w * (0.012 + 0.05 * t)
        x, y = middle + r.uniform(-1, 1) * half, low + (shore - low) * (0.02 + 0.9 * t)
        long = half * r.uniform(0.5, 1.1)
        s.canvas.fill(stroke(((x - long, y), (x, y - 0.1), (x + long, y)), 0.3 + 0.7 * t, (0.9, 0.9), steps=4), 255)


def _swell(s: Scenery, low: float, shore: float) -> None:
    """Three crests that roll in, each larger than the one behind it."""
    w, r = s.stage.width, s.stage.random("swell")
    for row in range(3):
        y, tall = low + (shore - low) * (0.5 + 0.2 * row), (shore - low) * (0.03 + 0.025 * row)
        count = 9 - 2 * row
        crest = [
            (w * (i / count - 0.04 + 0.02 * r.random()), y + tall * (0.6 if i % 2 else -0.6) * r.uniform(0.5, 1))
            for i in range(count + 2)
        ]
        foam = [(x, py + tall * 0.7) for x, py in reversed(crest)]
        band: Path = (*smooth(crest, tension=0.6), ("L", *foam[0]), *smooth(foam, tension=0.6)[1:], ("Z",))
        s.canvas.fill(band, 255)
        s.pen.curve(crest, 0.8 + 0.25 * row)


def _sand(s: Scenery, shore: float) -> None:
    """The wet edge, and dry sand before it."""
    w, h = s.stage.width, s.stage.height
    edge = (
        (-2, shore),
        (w * 0.25, shore + h * 0.03),
        (w * 0.52, shore - h * 0.005),
        (w * 0.8, shore + h * 0.035),
        (w + 2, shore),
    )
    beach: Path = (*smooth(edge, tension=0.55), ("L", w + 2, h + 2), ("L", -2, h + 2), ("Z",))
    s.canvas.fill(beach, 255)
    dark, pale = (0.55, 0.3) if s.stage.night else (0.24, 0.0)
    s.canvas.graded_tone(beach, ((0, shore), dark), ((0, h), pale))
    s.pen.curve(edge, 1.4)
    s.pen.curve([(x, y + h * 0.03) for x, y in edge], 0.7)


def horizon_of(s: Scenery) -> float:
    """Where sea and sky meet: never so high or low that one of them is lost."""
    return min(max(s.stage.horizon, s.stage.height * 0.25), s.stage.height * 0.68)


def water(s: Scenery, low: float, bottom: float, word: str) -> None:
    """Open sea from the horizon down to `bottom`, with glints that grow nearer."""
    w = s.stage.width
    area = rect(-1, low, w + 2, bottom - low)
    s.canvas.fill(area, 255)
    dark = 0.75 if s.stage.night else 0.42
    s.canvas.graded_tone(area, ((0, low), dark), ((0, bottom), dark * 0.35))
    s.line((-1, low), (w + 1, low), 1.1)
    r = s.stage.random("water", word)
    waves: list[tuple[str | float, ...]] = []
    for _ in range(34):
        t = r.random() ** 0.8
        x, y, long = w * r.random(), low + (bottom - low) * (0.04 + 0.9 * t), w * (0.02 + 0.08 * t)
        waves += [("M", x, y), ("Q", x + long * 0.3, y - long * 0.1, x + long * 0.55, y)]
        waves += [("Q", x + long * 0.8, y + long * 0.08, x + long, y - long * 0.02)]
    s.canvas.stroke(tuple(waves), s.pen.weight * 2.8, 255)
    s.canvas.stroke(tuple(waves), s.pen.weight * 0.8)


def shore(s: Scenery) -> None:
    """A beach: breakers, wet sand, rocks, a headland."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    ridge(s, low + 0.4, h * 0.07, LIGHT_TONE, "headland", rough=0.9)
    depth = h - low
    water(s, low, low + depth * 0.5, "shore")
    r = s.stage.random("shore")
    edge = low + depth * 0.42
    lines: list[list[Point]] = []
    for row in range(3):
        y = edge + depth * (0.02 + 0.085 * row)
        lines.append(
            [
                (w * (i / 8 - 0.03) + r.uniform(-1, 1), y + depth * 0.035 * (1 if i % 2 else -1) * r.uniform(0.4, 1))
                for i in range(9)
            ]
        )
    sand: Path = (*smooth(lines[0], tension=0.55), ("L", w + 2, h + 2), ("L", -2, h + 2), ("Z",))
    s.canvas.fill(sand, 255)
    if s.stage.night:
        s.canvas.graded_tone(sand, ((0, edge), 0.5), ((0, h), 0.25))
    else:
        s.canvas.graded_tone(sand, ((0, edge), 0.26), ((0, edge + depth * 0.3), 0.0))
    for number, line in enumerate(lines):
        foam = tuple(reversed([(x, y + depth * 0.03) for x, y in line]))
        band: Path = (*smooth(line, tension=0.55), ("L", *foam[0]), *smooth(foam, tension=0.55)[1:], ("Z",))
        s.canvas.fill(band, 255)
        s.pen.curve(line, 1.2 - 0.25 * number)
    for x, y, k in ((0.06, 0.42, 0.1), (0.15, 0.5, 0.05), (0.93, 0.46, 0.085), (0.84, 0.56, 0.045), (0.7, 0.84, 0.03)):
        stone(s, w * x, low + depth * y, w * k, h * k * 0.9)
    specks = [ellipse(w * r.random(), low + depth * (0.68 + 0.3 * r.random()), 0.22, 0.13) for _ in range(36)]
    s.canvas.fill(tuple(op for speck in specks for op in speck))


def lighthouse(s: Scenery) -> None:
    """The tower on its cape over the sea; at night its beams sweep the sky."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    depth = h - low
    water(s, low, h + 2, "cape")
    right = s.stage.seed % 2 == 1
    at = 0.74 if right else 0.26

    def x(share: float) -> float:
        return w * (share if right else 1 - share)

    top = low - depth * 0.02
    cliff = smooth(
        ((x(0.5), low + depth * 0.3), (x(0.56), low + depth * 0.1), (x(0.62), top - h * 0.03),
        (x(0.8), top - h * 0.05), (x(1.06), top - h * 0.02)),
        tension=0.5,
    )  # fmt: skip
    s.pen.shape(
        (*cliff, ("L", x(1.06), h + 2), ("L", x(0.5), h + 2), ("Z",)), DARK_TONE if s.stage.night else MID_TONE, 1.2
    )
    _tower(s, w * at, top - h * 0.035, max(h * 0.3, min(top - h * 0.1, h * 0.5)))
    _cape(s, low + depth * 0.24, depth)
    tufts(s, "cape", 46)


def _cape(s: Scenery, y: float, depth: float) -> None:
    """The grass on which people stand, with a trodden path."""
    w, h = s.stage.width, s.stage.height
    edge = [
        (-w * 0.05, y + depth * 0.06),
        (w * 0.2, y + depth * 0.02),
        (w * 0.45, y + depth * 0.09),
        (w * 0.7, y),
        (w * 1.05, y - depth * 0.08),
    ]
    area: Path = (*smooth(edge, tension=0.5), ("L", w * 1.05, h + 2), ("L", -w * 0.05, h + 2), ("Z",))
    s.canvas.fill(area, 255)
    s.canvas.graded_tone(area, ((0, y), 0.6 if s.stage.night else 0.24), ((0, h), 0.3 if s.stage.night else 0.0))
    s.pen.curve(edge, 1.3)


def _tower(s: Scenery, x: float, base: float, tall: float) -> None:
    night = s.stage.night
    half, neck = tall * 0.11, tall * 0.07
    top = base - tall * 0.78
    if night:
        _beams(s, (x, top - tall * 0.08), tall)
    body = poly(((x - half, base), (x - neck, top), (x + neck, top), (x + half, base)))
    s.pen.shape(body, WHITE, 1.3)
    with s.canvas.saved():
        s.canvas.clip(body)
        s.pen.cover(rect(x + neck * 0.2, top, half * 2, tall), MID_TONE)
        for t in (0.28, 0.62):
            s.pen.shape(rect(x - half * 1.2, top + tall * 0.78 * t, half * 2.4, tall * 0.1), BLACK, 0.8)
    for t in (0.18, 0.5, 0.85):
        s.pen.shape(rect(x - neck * 0.22, top + tall * 0.78 * t - tall * 0.02, neck * 0.44, tall * 0.05), BLACK, 0.8)
    s.pen.shape(rect(x - neck * 1.5, top - tall * 0.02, neck * 3, tall * 0.03), WHITE, 1.1)
    s.lines(
        [((x + neck * k, top - tall * 0.02), (x + neck * k, top - tall * 0.075)) for k in (-1.4, -1.05, 1.05, 1.4)],
        0.9,
        255 if night else 0,
    )
    s.pen.shape(rect(x - neck * 0.8, top - tall * 0.13, neck * 1.6, tall * 0.11), WHITE, 1.1)
    s.lines([((x + neck * k, top - tall * 0.13), (x + neck * k, top - tall * 0.02)) for k in (-0.4, 0, 0.4)], 0.8)
    roof = ((-0.95, 0.13), (-0.5, 0.19), (0.0, 0.21), (0.5, 0.19), (0.95, 0.13))
    dome = smooth([(x + neck * u, top - tall * v) for u, v in roof], tension=0.5)
    s.pen.shape((*dome, ("Z",)), BLACK, 1.1)
    s.line((x, top - tall * 0.21), (x, top - tall * 0.27), 1.4, 255 if night else 0)


def _beams(s: Scenery, at: Point, tall: float) -> None:
    w = s.stage.width
    for side, rise in ((-1, -0.1), (1, 0.06)):
        end = (at[0] + side * w * 1.1, at[1] + w * rise)
        wide = w * 0.13
        beam = poly((at, (end[0], end[1] - wide), (end[0], end[1] + wide)))
        s.canvas.fill(beam, 255)
        s.canvas.graded_tone(beam, (at, 0.0), ((at[0] + side * w * 0.75, end[1]), 0.9))
    s.canvas.fill(ellipse(*at, tall * 0.1, tall * 0.1), 255)
