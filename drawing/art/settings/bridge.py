"""On a bridge: its deck from under us to the far bank, parapets or rails on both sides, the river below."""

from itertools import pairwise

from drawing.art.settings.coast import water
from drawing.art.settings.foliage import treeline
from drawing.art.settings.land import ground, low_of, ridge, tufts
from drawing.art.settings.sky import open_sky
from drawing.art.stage import Scenery
from drawing.ink.paths import ellipse, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_FAR = 3.4
"""Where the deck ends, away from the viewer."""
_NARROW, _BROAD = 4.6, 11.0
"""Half the deck's width, heads: whoever is in the picture stands on it."""
_RISE = 0.7
"""How far the middle of the span lies above where the figures stand, heads."""
_PARAPET, _RAIL = 2.4, 3.1


def bridge(s: Scenery) -> None:
    """Of stone: parapets with copings, flags underfoot."""
    _river(s)
    _deck(s)
    _courses(s)
    for side in (-1, 1):
        _parapet(s, side)


def wooden_bridge(s: Scenery) -> None:
    """Of wood: planks across, posts with caps, two rails."""
    _river(s)
    _deck(s)
    s.lines([(deck_at(s, -1, 0, z), deck_at(s, 1, 0, z)) for z in _steps(s, 26)], 0.8)
    for side in (-1, 1):
        _rails(s, side)


def _near(s: Scenery) -> float:
    """Where the deck leaves the picture below."""
    below = 1.08 * s.stage.height - s.stage.horizon
    return min(0.6, s.stage.camera * s.stage.unit / below) if below > 0 else 0.6


def _half(s: Scenery) -> float:
    reach = max(s.stage.centre, s.stage.width - s.stage.centre) / s.stage.unit
    return min(max(_NARROW, reach - 0.6), _BROAD)


def deck_at(s: Scenery, share: float, up: float, z: float) -> Point:
    """A point of the deck, which is arched: `share` of half its width, `up` heads above it."""
    t = (z - 1) / (_FAR - 1)
    return s.stage.at(share * _half(s), up + _RISE * 4 * t * (1 - t) * (t > 0), z)


def _steps(s: Scenery, n: int) -> tuple[float, ...]:
    """Even steps over the deck, as they are seen."""
    near = 1 / _near(s)
    return tuple(1 / (near + (1 / _FAR - near) * k / n) for k in range(n + 1))


def _river(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.13, LIGHT_TONE, "beyond")
    treeline(s, low + 0.5, h * 0.08, "far bank", MID_TONE)
    ground(s, low)
    shore = max(low + h * 0.03, min(s.stage.floor(_FAR), h * 0.8))
    water(s, shore, h + 2, "river")
    ends = ((-1, _FAR), (1, _FAR), (0.8, 9.0), (-0.8, 9.0))
    road = [s.stage.at(x * _half(s), 0, z) for x, z in ends]
    s.pen.shape(poly(road), WHITE if not s.stage.night else DARK_TONE, 0.8)
    s.canvas.fill(rect(-1, shore - s.pen.weight, w + 2, s.pen.weight * 2))
    tufts(s, "far bank", 10)


def _deck(s: Scenery) -> None:
    near, far = [deck_at(s, -1, 0, z) for z in _steps(s, 12)], [deck_at(s, 1, 0, z) for z in reversed(_steps(s, 12))]
    floor = poly([*near, *far])
    s.pen.shape(floor, WHITE, 1.2)
    dark, pale = (0.56, 0.46) if s.stage.night else (0.2, 0.0)
    s.canvas.graded_tone(floor, (s.stage.at(0, 0, _FAR), dark), (s.stage.at(0, 0, 0.9), pale))


def _courses(s: Scenery) -> None:
    """Flags in courses, the joints of each between those of its neighbours."""
    rows, grey, n = _steps(s, 14), 0.6, round(_half(s))
    s.lines([(deck_at(s, -1, 0, z), deck_at(s, 1, 0, z)) for z in rows], grey)
    joints = []
    for k, (z0, z1) in enumerate(pairwise(rows)):
        shares = [(i + 0.5 * (k % 2)) / n for i in range(-n, n + 1)]
        joints += [(deck_at(s, x, 0, z0), deck_at(s, x, 0, z1)) for x in shares if abs(x) < 1]
    s.lines(joints, grey)


def _parapet(s: Scenery, side: int) -> None:
    zs = _steps(s, 12)
    foot, top = [deck_at(s, side, 0, z) for z in zs], [deck_at(s, side, _PARAPET, z) for z in reversed(zs)]
    wall = poly([*foot, *top])
    s.pen.shape(wall, MID_TONE if s.stage.dim else LIGHT_TONE, 1.2)
    joints = []
    for row in range(3):
        low, high = _PARAPET * row / 3, _PARAPET * (row + 1) / 3
        joints += [(deck_at(s, side, low, a), deck_at(s, side, low, b)) for a, b in pairwise(zs)]
        joints += [(deck_at(s, side, low, z), deck_at(s, side, high, z)) for z in zs[row % 2 :: 2]]
    s.lines(joints, 0.6)
    rim = [deck_at(s, side * 1.07, _PARAPET + 0.4, z) for z in zs]
    s.pen.shape(poly([*[deck_at(s, side * 0.97, _PARAPET, z) for z in zs], *reversed(rim)]), WHITE, 1.2)


def _rails(s: Scenery, side: int) -> None:
    zs = _steps(s, 12)
    for up, thick in ((1.3, 0.2), (_RAIL - 0.5, 0.3)):
        under, over = [deck_at(s, side, up, z) for z in zs], [deck_at(s, side, up + thick, z) for z in reversed(zs)]
        s.pen.shape(poly([*under, *over]), WHITE if not s.stage.dim else LIGHT_TONE, 1.1)
    for z in reversed(zs[::2]):
        x, y = deck_at(s, side, 0, z)
        _, head = deck_at(s, side, _RAIL, z)
        half = 0.17 * s.stage.unit / z
        s.pen.shape(poly(((x - half, y), (x + half, y), (x + half, head), (x - half, head))), DARK_TONE, 1.1)
        s.pen.shape(ellipse(x, head - half * 0.9, half * 1.25, half * 1.5), BLACK, 1.0)
