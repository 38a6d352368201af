"""Holy and high places seen from outside: a temple's yard, graves, the gate of an old capital, a church."""

from drawing.art.settings.foliage import tree, treeline
from drawing.art.settings.furnishings import lancet
from drawing.art.settings.hills_and_fields import earth, ground, ridge, trodden, tufts
from drawing.art.settings.plants import pine, stone
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def _low(s: Scenery) -> float:
    return min(max(s.stage.horizon, s.stage.height * 0.2), s.stage.height * 0.66)


def temple_yard(s: Scenery) -> None:
    """A torii, steps, a great roof behind."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    r = s.stage.random("temple")
    for x in (0.04, 0.2, 0.8, 0.96):
        tree(s, (w * x, low + 1), h * 0.42, r, DARK_TONE)
    ground(s, low)
    depth = h - low
    s.pen.shape(poly(((w * 0.42, low), (w * 0.58, low), (w * 0.9, h + 2), (w * 0.1, h + 2))), WHITE, 1.1)
    s.lines(
        [
            ((w * (0.42 - 0.32 * t), low + depth * t), (w * (0.58 + 0.32 * t), low + depth * t))
            for t in (0.08, 0.2, 0.36, 0.58)
        ],
        0.8,
    )
    _great_roof(s, w * 0.5, low + depth * 0.04, w * 0.4, h * 0.2)
    post, top = w * 0.2, low - h * 0.22
    for side in (-1, 1):
        x = w * 0.5 + side * post
        s.pen.shape(
            poly(
                (
                    (x - w * 0.016, top),
                    (x + w * 0.016, top),
                    (x + w * 0.022, low + depth * 0.3),
                    (x - w * 0.022, low + depth * 0.3),
                )
            ),
            DARK_TONE,
            1.2,
        )
    s.pen.shape(rect(w * 0.5 - post * 1.15, top + h * 0.065, post * 2.3, h * 0.03), DARK_TONE, 1.1)
    beam: Path = (
        ("M", w * 0.5 - post * 1.42, top - h * 0.045),
        ("Q", w * 0.5, top + h * 0.02, w * 0.5 + post * 1.42, top - h * 0.045),
        ("L", w * 0.5 + post * 1.36, top + h * 0.012),
        ("Q", w * 0.5, top + h * 0.06, w * 0.5 - post * 1.36, top + h * 0.012),
        ("Z",),
    )
    s.pen.shape(beam, BLACK, 1.2)
    tufts(s, "temple", 16, hollow=0.55)


def _great_roof(s: Scenery, x: float, base: float, wide: float, tall: float) -> None:
    s.pen.shape(rect(x - wide * 0.36, base - tall * 0.6, wide * 0.72, tall * 0.6), WHITE, 1.1)
    for k in (-0.3, -0.1, 0.1, 0.3):
        s.pen.shape(rect(x + wide * k - wide * 0.02, base - tall * 0.6, wide * 0.04, tall * 0.6), DARK_TONE, 0.9)
    roof: Path = (
        ("M", x - wide * 0.62, base - tall * 0.56),
        ("Q", x - wide * 0.3, base - tall * 0.8, x - wide * 0.2, base - tall * 1.4),
        ("L", x + wide * 0.2, base - tall * 1.4),
        ("Q", x + wide * 0.3, base - tall * 0.8, x + wide * 0.62, base - tall * 0.56),
        ("Q", x, base - tall * 0.74, x - wide * 0.62, base - tall * 0.56),
        ("Z",),
    )
    if s.stage.night:
        s.canvas.stroke(roof, s.pen.weight * 2.2, 255)
    s.pen.shape(roof, s.roofing, 1.2)


def graves(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low, clouds=2)
    ridge(s, low + 0.5, h * 0.1, LIGHT_TONE, "far")
    ground(s, low)
    r = s.stage.random("graves")
    tree(s, (w * 0.9, low + h * 0.04), h * 0.5, r, DARK_TONE)
    pine(s, (w * 0.06, low + h * 0.05), h * 0.4, r)
    depth = h - low
    for t, n in ((0.1, 7), (0.28, 5), (0.55, 3)):
        for i in range(n):
            x = w * (i + 0.3 + 0.3 * r.random()) / n
            _tomb(s, x, low + depth * t, h * (0.08 + 0.16 * t), r.random() < 0.3)
    earth(s, low, "graves", 16)
    tufts(s, "graves", 36)
    for x in (0.2, 0.72):
        stone(s, w * x, low + depth * 0.8, w * 0.03, h * 0.025)


def _tomb(s: Scenery, x: float, y: float, tall: float, rounded: bool) -> None:
    wide = tall * 0.3
    s.pen.shape(rect(x - wide * 1.3, y - tall * 0.16, wide * 2.6, tall * 0.16), WHITE, 0.9)
    if rounded:
        s.pen.shape(
            (
                ("M", x - wide, y - tall * 0.16),
                ("L", x - wide, y - tall * 0.7),
                ("Q", x, y - tall * 1.15, x + wide, y - tall * 0.7),
                ("L", x + wide, y - tall * 0.16),
                ("Z",),
            ),
            WHITE,
            1.0,
        )
    else:
        s.pen.shape(rect(x - wide * 0.8, y - tall, wide * 1.6, tall * 0.84), WHITE, 1.0)
    s.pen.cover(rect(x + wide * 0.35, y - tall * 0.8, wide * 0.45, tall * 0.64), MID_TONE)
    s.pen.line(((x - wide * 0.1, y - tall * 0.78), (x - wide * 0.1, y - tall * 0.35)), 1.2, (0.3, 0.5))


def palace_gate(s: Scenery) -> None:
    """The gate of an old capital: a pavilion on a wall of bricks, an arch through it."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ground(s, low, WHITE)
    night = s.stage.night
    top, base, size = low - h * 0.17, low + h * 0.035, min(w, h)
    _great_roof(s, w * 0.5, top + 1, min(w * 0.8, size * 0.9), min(h * 0.3, size * 0.36))
    s.pen.shape(rect(-1, top, w + 2, base - top), BLACK if night else LIGHT_TONE, 1.1)
    n = max(8, round(w / (size * 0.05)))
    teeth = [op for i in range(0, n, 2) for op in rect(w * i / n, top - size * 0.03, w / n, size * 0.03)]
    s.canvas.fill(tuple(teeth), 255)
    s.canvas.stroke(tuple(teeth), s.pen.weight, 0)
    tall = (base - top) / 5
    bricks: list[tuple[Point, Point]] = [((-1, top + tall * k), (w + 1, top + tall * k)) for k in range(1, 5)]
    r = s.stage.random("bricks")
    for _ in range(22):
        x, row = w * r.random(), r.randrange(5)
        bricks.append(((x, top + tall * row), (x, top + tall * (row + 1))))
    s.lines(bricks, 0.6, 255 if night else 0)
    half = min(w * 0.1, size * 0.11)
    arch: Path = (
        ("M", w * 0.5 - half, base), ("L", w * 0.5 - half, base - (base - top) * 0.45),
        ("C", w * 0.5 - half, top + 1, w * 0.5 + half, top + 1, w * 0.5 + half, base - (base - top) * 0.45),
        ("L", w * 0.5 + half, base), ("Z",),
    )  # fmt: skip
    s.canvas.stroke(arch, s.pen.weight * 5, 255)
    s.pen.shape(arch, BLACK, 1.2)
    way = poly(((w * 0.5 - half * 0.9, base), (w * 0.5 + half * 0.9, base), (w * 0.78, h + 2), (w * 0.22, h + 2)))
    trodden(s, way, base)
    slabs = [(base + (h - base) * t, 0.5 - (0.1 + 0.18 * t) * 0.9) for t in (0.08, 0.2, 0.38, 0.62)]
    s.lines([((w * x, y), (w * (1 - x), y)) for y, x in slabs], 0.7)
    earth(s, base, "gate", 18)
    tufts(s, "gate", 18, hollow=0.5)


def church(s: Scenery) -> None:
    """A village church behind its wall: a nave with pointed windows, a tower with a steeple, a path to the door."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low + 1, h * 0.12, LIGHT_TONE, "downs")
    treeline(s, low + 1, h * 0.06, "church")
    ground(s, low)
    night, k = s.stage.night, min(w * 0.1, h * 0.15, max(low, h * 0.3) * 0.18)
    wall, roof = BLACK if night else WHITE, s.roofing
    ink, x, foot = (255 if night else 0), w * 0.5, low + h * 0.05
    nave = rect(x - k * 0.4, foot - k * 1.5, k * 3.4, k * 1.5)
    gable = poly(((x - k * 0.5, foot - k * 1.45), (x + k * 0.2, foot - k * 2.5), (x + k * 2.7, foot - k * 2.5),
                  (x + k * 3.2, foot - k * 1.45)))  # fmt: skip
    tower = rect(x - k * 1.7, foot - k * 3.0, k * 1.4, k * 3.0)
    steeple = poly(((x - k * 1.85, foot - k * 2.95), (x - k, foot - k * 5.0), (x - k * 0.15, foot - k * 2.95)))
    for path, shade in ((nave, wall), (gable, roof), (tower, wall), (steeple, roof)):
        s.pen.shape(path, shade, 1.2)
        s.pen.contour(path, 1.0, ink)
    s.lines([((x - k, foot - k * 5.5), (x - k, foot - k * 4.9)), ((x - k * 1.2, foot - k * 5.3),
             (x - k * 0.8, foot - k * 5.3))], 1.8, ink)  # fmt: skip
    for dx, up, half, tall in ((-1.0, 0.0, 0.34, 1.2), (-1.0, 1.9, 0.2, 0.7), (0.5, 0.35, 0.18, 0.8),
                               (1.3, 0.35, 0.18, 0.8), (2.1, 0.35, 0.18, 0.8)):  # fmt: skip
        lit = WHITE if night else BLACK
        s.pen.shape(lancet(x + dx * k, foot - up * k, half * k, tall * k), lit, 1.0)
    path = poly(((x - k * 1.3, foot), (x - k * 0.7, foot), (w * 0.66, h + 1), (w * 0.3, h + 1)))
    trodden(s, path, foot)
    earth(s, foot, "church", 14)
    tufts(s, "church", 24, hollow=0.4)
