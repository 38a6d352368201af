"""A passage in a western house: doors on both sides, lamps between them, a carpet that runs to the last door."""

from drawing.art.settings.details import runner, side_picture
from drawing.art.settings.room import Room, boards, dusk, shell
from drawing.art.stage import Scenery
from drawing.ink.paths import ellipse, poly
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE

_DOORS = ((-0.5, -0.06), (0.34, 0.56), (0.74, 0.85))
"""How deep the doors of the side walls lie, from the viewer to the back."""


def passage(s: Scenery) -> None:
    room = Room.of(s.stage, tall=12, wide=0.21)
    shell(s, room, sun=False)
    boards(s, room, 9)
    runner(s, room, 0.46)
    for u in (-1.0, 1.0):
        s.pen.cover(room.side(u, -2.6, 1, 0.035, 0.28), LIGHT_TONE)
        s.line(room.pt(u, 0.28, -2.6), room.pt(u, 0.28, 1), 1.3)
        for d0, d1 in _DOORS:
            side_door(s, room, u, d0, d1)
        side_picture(s, room, u, 0.06)
        for d in (0.3, 0.66):
            _bracket(s, room, u, d)
    for d in (0.9, 0.62, 0.16):
        s.pen.shape(room.quad((-1, 0.92, d), (1, 0.92, d), (1, 1, d), (-1, 1, d)), MID_TONE, 1.0)
    _last_door(s, room)
    dusk(s, room)


def side_door(s: Scenery, room: Room, u: float, d0: float, d1: float) -> None:
    deep = d1 - d0
    s.pen.shape(room.side(u, d0 - deep * 0.12, d1 + deep * 0.12, 0, 0.78), MID_TONE, 1.3)
    s.pen.shape(room.side(u, d0, d1, 0, 0.73), WHITE, 1.2)
    for v0, v1 in ((0.08, 0.32), (0.38, 0.67)):
        s.pen.shape(room.side(u, d0 + deep * 0.16, d1 - deep * 0.16, v0, v1), LIGHT_TONE, 0.9)
    x, y = room.pt(u, 0.35, d0 + deep * 0.1)
    k = max(0.4, abs(room.pt(u, 0.37, d0)[1] - room.pt(u, 0.35, d0)[1]))
    s.canvas.fill(ellipse(x, y, k * 0.7, k))


def _bracket(s: Scenery, room: Room, u: float, d: float) -> None:
    """A lamp on an arm, with its light on the wall."""
    inner = u * 0.86
    s.lines([(room.pt(u, 0.6, d), room.pt(inner, 0.58, d)), (room.pt(inner, 0.58, d), room.pt(inner, 0.64, d))], 1.8)
    (x, y), k = room.pt(inner, 0.64, d), abs(room.pt(u * 0.1, 0, d)[0] - room.pt(0, 0, d)[0])
    shade = poly(((x - k * 0.34, y), (x + k * 0.34, y), (x + k * 0.6, y - k * 0.9), (x - k * 0.6, y - k * 0.9)))
    s.pen.shape(shade, WHITE, 1.1)
    s.lines([((x + k * dx, y - k * 1.1), (x + k * dx * 1.5, y - k * 1.6)) for dx in (-0.6, 0.0, 0.6)], 0.6)


def _last_door(s: Scenery, room: Room) -> None:
    """At the end, darker than the rest, with glass above it."""
    s.pen.shape(room.back(-0.5, 0, 0.5, 0.84), DARK_TONE, 1.5)
    s.pen.shape(room.back(-0.4, 0.7, 0.4, 0.8), BLACK if s.stage.night else WHITE, 1.0)
    for a, b in ((-0.4, -0.01), (0.01, 0.4)):
        s.pen.shape(room.back(a, 0, b, 0.67), MID_TONE, 1.1)
        for v0, v1 in ((0.06, 0.28), (0.34, 0.61)):
            s.pen.shape(room.back(a + 0.08, v0, b - 0.08, v1), LIGHT_TONE, 0.8)
    for u in (-0.05, 0.05):
        x, y = room.pt(u, 0.32)
        s.canvas.fill(ellipse(x, y, 0.45, 0.45))
