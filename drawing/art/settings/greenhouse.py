"""A greenhouse: ribs and panes under the sky, or under the stars; beds of plants on both sides of a path."""

from math import cos, pi, sin
from random import Random

from drawing.art.settings.room_in_perspective import NEAR, Room
from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_RIB = ((-1, 0.0), (-1, 0.56), (-0.8, 0.78), (-0.42, 0.93), (0, 0.98), (0.42, 0.93), (0.8, 0.78), (1, 0.56), (1, 0.0))
_DEPTHS = (1.0, 0.82, 0.58, 0.24, -0.3)


def greenhouse(s: Scenery) -> None:
    room = _house(s)
    _table(s, room)
    _beds(s, room)


def greenhouse_door(s: Scenery) -> None:
    """Towards the door, its cans and pots beside it."""
    room = _house(s)
    s.pen.shape(room.back(-0.2, 0, 0.2, 0.62), MID_TONE, 1.6)
    s.pen.shape(room.back(-0.15, 0.04, 0.15, 0.58), WHITE, 1.2)
    s.pen.shape(room.back(-0.1, 0.32, 0.1, 0.52), BLACK if _stars(s) else LIGHT_TONE, 1.1)
    s.pen.contour(ellipse(*room.pt(0.11, 0.24), 0.8, 0.8), 1.6)
    _beds(s, room)


def _stars(s: Scenery) -> bool:
    """Whether there is no air outside."""
    return s.stage.period == "future"


def _house(s: Scenery) -> Room:
    room = Room.of(s.stage, tall=12)
    dark = _stars(s) or s.stage.night
    s.wipe(0 if dark else 255)
    w, h = s.stage.width, s.stage.height
    if dark:
        r = s.stage.random("outside")
        spots = [(w * r.random(), h * 0.7 * r.random(), r.choice((0.12, 0.2))) for _ in range(70)]
        dots = [op for x, y, k in spots for op in ellipse(x, y, k, k)]
        s.canvas.fill(tuple(dots), 255)
        _earth(s)
    else:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.22), ((0, h * 0.6), 0.0))
    s.pen.cover(room.flat(-1, 1, NEAR, 1), WHITE)
    s.canvas.graded_tone(room.flat(-1, 1, NEAR, 1), (room.pt(0, 0), 0.24), (room.pt(0, 0, -0.4), 0.0))
    _ribs(s, room, 255 if dark else 0)
    return room


def _earth(s: Scenery) -> None:
    """The world, far off over the roof."""
    w, h = s.stage.width, s.stage.height
    x, y, k = w * (0.28 if s.stage.seed % 2 else 0.7), h * 0.2, min(w, h) * 0.1
    s.canvas.fill(ellipse(x, y, k, k), 255)
    s.canvas.tone(ellipse(x + k * 0.2, y + k * 0.1, k * 0.5, k * 0.36), MID_TONE.tone)
    s.canvas.tone(ellipse(x - k * 0.4, y - k * 0.3, k * 0.36, k * 0.24), MID_TONE.tone)


def _ribs(s: Scenery, room: Room, grey: float) -> None:
    for d in _DEPTHS:
        arch = [room.pt(u, v, d) for u, v in _RIB]
        s.canvas.stroke(poly(arch, close=False), s.pen.weight * 4.6, 255 - grey)
        s.canvas.stroke(poly(arch, close=False), s.pen.weight * 2.8, grey)
    s.lines([(room.pt(u, v, NEAR), room.pt(u, v)) for u, v in _RIB[1:-1]], 1.2, grey)
    s.lines([(room.pt(side, v, NEAR), room.pt(side, v)) for side in (-1, 1) for v in (0.18, 0.36)], 1.0, grey)
    s.lines([(room.pt(u, 0), room.pt(u, 0.9)) for u in (-0.66, -0.33, 0.33, 0.66)], 1.0, grey)
    s.lines([(room.pt(-1, v), room.pt(1, v)) for v in (0.3, 0.56)], 1.0, grey)
    for side in (-1, 1):
        s.pen.shape(room.side(side, NEAR, 1, 0, 0.1), MID_TONE, 1.0)
    s.pen.shape(room.back(-1, 0, 1, 0.1), MID_TONE, 1.0)


def _beds(s: Scenery, room: Room) -> None:
    """Troughs of earth along both walls, and what grows in them, lower towards the path."""
    r = s.stage.random("beds")
    for side in (-1, 1):
        a, b = sorted((side * 0.94, side * 0.42))
        s.pen.shape(room.flat(a, b, -0.4, 0.96, 0.1), DARK_TONE, 1.1)
        inner = side * 0.42
        s.pen.shape(room.quad((inner, 0, -0.4), (inner, 0, 0.96), (inner, 0.1, 0.96), (inner, 0.1, -0.4)), WHITE, 1.1)
        for d in (0.92, 0.78, 0.6, 0.36, 0.06):
            for u, tall in ((0.84, 3.4), (0.62, 2.2), (0.5, 1.3)):
                _plant(s, room.pt(side * u, 0.1, d), tall * s.stage.unit / room.z(d), r, flower=tall < 2)


def _plant(s: Scenery, foot: Point, tall: float, r: Random, *, flower: bool) -> None:
    x, y = foot
    leaves = []
    for k in range(7):
        lean, up = (k / 3 - 1) * 0.5 + r.uniform(-0.1, 0.1), tall * r.uniform(0.6, 1.0)
        tip = (x + up * lean, y - up * (0.9 - abs(lean) * 0.5))
        leaves.append(stroke(((x, y), (x + up * lean * 0.4, y - up * 0.6), tip), tall * 0.09, (0.4, 0.9), steps=4))
    path = joined(leaves)
    s.canvas.stroke(path, s.pen.weight * 1.6, 0)
    s.pen.cover(path, WHITE if flower else LIGHT_TONE if r.random() < 0.5 else MID_TONE)
    if flower:
        petals = [op for k in range(5) for op in ellipse(x + tall * 0.14 * cos(2 * pi * k / 5), y - tall * 1.05
                  + tall * 0.14 * sin(2 * pi * k / 5), tall * 0.11, tall * 0.11)]  # fmt: skip
        s.pen.shape(tuple(petals), WHITE, 0.8)


@shows("table")
def _table(s: Scenery, room: Room) -> None:
    """For potting, at the end of the path."""
    s.lines([(room.pt(u, 0.2, 0.94), room.pt(u, 0, 0.94)) for u in (-0.26, 0.26)], 2.4)
    s.pen.shape(room.back(-0.3, 0.2, 0.3, 0.24), WHITE, 1.2)
    k = abs(room.pt(0.06, 0)[0] - room.pt(0, 0)[0])
    for u in (-0.18, 0.0, 0.16):
        x, y = room.pt(u, 0.24)
        s.pen.shape(poly(((x - k * 0.5, y), (x - k * 0.7, y - k * 1.1), (x + k * 0.7, y - k * 1.1), (x + k * 0.5, y))),
                    MID_TONE, 1.0)  # fmt: skip
        for lean in (-0.6, 0.0, 0.6):
            s.pen.line(((x, y - k * 1.1), (x + k * lean, y - k * 2.4)), 1.6, (0.2, 1))
