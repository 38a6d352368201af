"""Ships and boats: the deck of a sailing ship towards her bow and her stern, and a boat on a river."""

from math import cos, pi, sin

from drawing.art.settings.coast import horizon_of, water
from drawing.art.settings.foliage import treeline
from drawing.art.settings.hills_and_fields import ridge
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.surface_texture import segments
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_BEAM, _FAR = 9.0, 3.6
"""Half the deck's width in heads, and how far off it ends."""


def deck(s: Scenery) -> None:
    """Planks that run to the bow, the rail on both sides, mast and sail, shrouds."""
    _at_sea(s)
    _planks(s, 0.34)
    _rails(s, 0.34)
    z, unit = 2.4, s.stage.unit
    foot, half = s.stage.at(0.0, 0, z), 0.34 * unit / z
    _sail(s, foot, unit / z)
    mast = poly(((foot[0] - half, foot[1]), (foot[0] - half * 0.8, -2), (foot[0] + half * 0.8, -2), (foot[0] + half,
                foot[1])))  # fmt: skip
    s.pen.shape(mast, DARK_TONE, 1.4)
    s.pen.shape(rect(foot[0] - half * 1.5, foot[1] - half * 1.6, half * 3, half * 1.6), MID_TONE, 1.1)
    for side in (-1, 1):
        _shrouds(s, side, foot)
    _coil(s, s.stage.at(-3.4, 0, 1.7), unit / 1.7)
    _hatch(s)


def stern(s: Scenery) -> None:
    """Towards the wheel before the cabin, with its door between windows, and the wake behind."""
    _at_sea(s)
    _planks(s, 0.9)
    _rails(s, 0.9)
    z = 2.7
    wall = s.stage.quad((-7, 0, z), (7, 0, z), (7, 7.4, z), (-7, 7.4, z))
    s.pen.shape(wall, MID_TONE if not s.stage.night else DARK_TONE, 1.4)
    s.lines([(s.stage.at(-7, up, z), s.stage.at(7, up, z)) for up in (1.2, 2.4, 3.6, 4.8, 6)], 0.6)
    s.pen.shape(s.stage.quad((-7.6, 7.4, z), (7.6, 7.4, z), (7.6, 8.1, z), (-7.6, 8.1, z)), WHITE, 1.2)
    s.pen.shape(s.stage.quad((-1.4, 0, z), (1.4, 0, z), (1.4, 6.2, z), (-1.4, 6.2, z)), WHITE, 1.3)
    for x in (-4.6, 4.6):
        s.pen.shape(ellipse(*s.stage.at(x, 4.2, z), s.stage.unit / z, s.stage.unit / z), WHITE, 1.4)
        s.pen.shape(ellipse(*s.stage.at(x, 4.2, z), s.stage.unit * 0.76 / z, s.stage.unit * 0.76 / z), DARK_TONE, 1.0)
    s.lines([(s.stage.at(x, 8.1, z), s.stage.at(x, 10.4, z)) for x in range(-7, 8, 2)], 1.6)
    s.line(s.stage.at(-7, 10.4, z), s.stage.at(7, 10.4, z), 3.0)
    _wheel(s, s.stage.at(2.6, 3.4, 2.0), s.stage.unit * 1.9 / 2.0, s.stage.floor(2.0))


def _at_sea(s: Scenery) -> None:
    low = horizon_of(s)
    open_sky(s, low)
    water(s, low, s.stage.height, "deck")


def _planks(s: Scenery, narrow: float) -> None:
    """`narrow` is the far end's width against the near one's."""

    def at(share: float, z: float) -> Point:
        t = (z - 0.5) / (_FAR - 0.5)
        return s.stage.at(share * _BEAM * (1 - (1 - narrow) * t), 0, z)

    floor = poly([at(-1, 0.5), at(-1, _FAR), at(1, _FAR), at(1, 0.5)])
    s.pen.shape(floor, WHITE, 1.3)
    dark, pale = (0.58, 0.44) if s.stage.night else (0.2, 0.0)
    s.canvas.graded_tone(floor, (s.stage.at(0, 0, _FAR), dark), (s.stage.at(0, 0, 0.9), pale))
    s.lines([(at(k / 9, 0.5), at(k / 9, _FAR)) for k in range(-8, 9)], 0.7)
    r, joints = s.stage.random("planks"), []
    for k in range(-9, 9):
        for _ in range(2):
            z = r.uniform(0.7, _FAR)
            joints.append((at(k / 9, z), at((k + 1) / 9, z)))
    s.lines(joints, 0.8)


def _rails(s: Scenery, narrow: float) -> None:
    """Bulwarks with their rail and the posts under it."""
    for side in (-1, 1):

        def at(up: float, z: float, side: int = side) -> Point:
            t = (z - 0.5) / (_FAR - 0.5)
            return s.stage.at(side * _BEAM * (1 - (1 - narrow) * t), up, z)

        s.pen.shape(poly([at(0, 0.5), at(0, _FAR), at(2.2, _FAR), at(2.2, 0.5)]), DARK_TONE, 1.2)
        s.lines([(at(2.2, z), at(3.4, z)) for z in (0.7, 0.9, 1.15, 1.45, 1.8, 2.2, 2.7, 3.2)], 2.0)
        s.pen.shape(poly([at(3.4, 0.5), at(3.4, _FAR), at(3.9, _FAR), at(3.9, 0.5)]), WHITE, 1.3)


def _sail(s: Scenery, foot: Point, unit: float) -> None:
    """Filled by the wind, with its yard and seams."""
    x, y = foot[0], foot[1] - unit * 5.2
    rim = ((-6, 0), (-5.4, 6.0), (0, 6.6), (5.6, 6.0), (6.4, 0.2), (3.4, 0.9), (0, 1.2), (-3.4, 0.9))
    path = smooth([(x + unit * u, y - unit * v) for u, v in rim], closed=True, tension=0.4)
    s.pen.shape(path, LIGHT_TONE if s.stage.dim else WHITE, 1.4)
    seams = [((x + unit * u, y - unit * 6.2), (x + unit * u * 1.06, y - unit * 0.9)) for u in (-3.6, -1.8, 0, 1.8, 3.6)]
    s.lines(seams, 0.7)
    s.line((x - unit * 6.4, y - unit * 6.3), (x + unit * 6.4, y - unit * 6.3), 4.4)


def _shrouds(s: Scenery, side: int, foot: Point) -> None:
    """Ropes from the rail to the masthead, with their steps."""
    feet = [s.stage.at(side * x, 3.6, z) for x, z in ((6.4, 1.7), (5.7, 2.1), (5.1, 2.5))]
    top = (foot[0] + side * s.stage.unit * 0.2, -s.stage.height * 0.12)
    ropes = [(p, top) for p in feet]
    steps = []
    for k in range(1, 9):
        t = k * 0.09
        row = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in ropes]
        steps.append((row[0], row[-1]))
    s.canvas.stroke(segments(ropes), s.pen.weight * 2.8, 255)
    s.canvas.stroke(segments(ropes), s.pen.weight * 1.6)
    s.canvas.stroke(segments(steps), s.pen.weight * 0.9)


def _coil(s: Scenery, at: Point, unit: float) -> None:
    for k in range(3):
        s.pen.shape(ellipse(at[0], at[1] - unit * 0.22 * k, unit * (1.0 - 0.1 * k), unit * 0.3), WHITE, 1.2)
    s.canvas.fill(ellipse(at[0], at[1] - unit * 0.44, unit * 0.4, unit * 0.12))


def _hatch(s: Scenery) -> None:
    z0, z1 = 1.6, 2.1
    s.pen.shape(s.stage.quad((2.0, 0.7, z0), (4.6, 0.7, z0), (4.6, 0.7, z1), (2.0, 0.7, z1)), LIGHT_TONE, 1.1)
    s.pen.shape(s.stage.quad((2.0, 0, z0), (4.6, 0, z0), (4.6, 0.7, z0), (2.0, 0.7, z0)), WHITE, 1.1)
    s.lines([(s.stage.at(x, 0.7, z0), s.stage.at(x, 0.7, z1)) for x in (2.6, 3.3, 4.0)], 1.0)


def _wheel(s: Scenery, at: Point, size: float, floor: float) -> None:
    x, y = at
    s.pen.shape(poly(((x - size * 0.2, floor), (x - size * 0.14, y), (x + size * 0.14, y), (x + size * 0.2, floor))),
                DARK_TONE, 1.2)  # fmt: skip
    turns = [2 * pi * k / 8 for k in range(8)]
    s.lines([(at, (x + size * 1.3 * cos(a), y + size * 1.3 * sin(a))) for a in turns], 2.6)
    for k in (1.0, 0.86):
        s.canvas.stroke(ellipse(x, y, size * k, size * k), s.pen.weight * 1.4)
    s.pen.shape(ellipse(x, y, size * 0.24, size * 0.24), BLACK, 1.0)


def boat(s: Scenery) -> None:
    """The thwarts and the bow of a rowing boat under us, the river and its banks before it."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.12, LIGHT_TONE, "boat")
    treeline(s, low + 0.5, h * 0.08, "boat", MID_TONE)
    water(s, low, h, "boat")
    x, bow = w * 0.5, max(low + (h - low) * 0.24, h * 0.5)
    rim = ((-0.56, 1.06), (-0.5, 0.7), (-0.36, 0.34), (0.0, 0.0), (0.36, 0.34), (0.5, 0.7), (0.56, 1.06))

    def hull(k: float, down: float) -> Path:
        points = [(x + w * u * k, bow + (h - bow) * (v + down)) for u, v in rim]
        return (*smooth(points, tension=0.5), ("Z",))

    s.canvas.stroke(hull(1.0, 0.0), s.pen.weight * 4, 255)
    s.pen.shape(hull(1.0, 0.0), WHITE, 1.6)
    s.pen.shape(hull(0.9, 0.09), DARK_TONE, 1.2)
    s.pen.shape(hull(0.72, 0.3), MID_TONE, 1.0)
    for t, half in ((0.46, 0.36), (0.78, 0.46)):
        y = bow + (h - bow) * t
        s.pen.shape(poly(((x - w * half, y), (x + w * half, y), (x + w * half * 1.02, y + h * 0.05),
                          (x - w * half * 1.02, y + h * 0.05))), WHITE, 1.3)  # fmt: skip
    for side in (-1, 1):
        s.line((x + side * w * 0.1, bow + (h - bow) * 0.8), (x + side * w * 0.7, bow + (h - bow) * 0.3), 4.0)
