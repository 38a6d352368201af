"""A laboratory: a bench with a microscope and flasks, jars on shelves, a board of formulas, cabinets."""

from math import cos, pi, sin

from drawing.art.settings.room_in_perspective import NEAR, Room, dusk, shell, stacked
from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade

_FLASK = (
    (-0.1, -1.0),
    (-0.1, -0.6),
    (-0.42, -0.12),
    (-0.36, 0.0),
    (0.36, 0.0),
    (0.42, -0.12),
    (0.1, -0.6),
    (0.1, -1.0),
)


def laboratory(s: Scenery) -> None:
    room = _tiled(s)
    s.pen.shape(room.back(-0.4, 0.44, 0.34, 0.84), BLACK, 1.8)
    r = s.stage.random("formulas")
    chalk = []
    for v in (0.76, 0.68, 0.6, 0.52):
        u = -0.36
        while u < 0.16 + 0.1 * (v > 0.55):
            long = r.uniform(0.02, 0.09)
            chalk.append((room.pt(u, v + r.uniform(-0.012, 0.012)), room.pt(u + long, v + r.uniform(-0.012, 0.012))))
            u += long + 0.025
    s.lines(chalk, 0.9, 255)
    s.canvas.stroke(poly([room.pt(0.2 + 0.08 * cos(a), 0.56 + 0.06 * sin(a)) for a in (pi * k / 3 for k in range(6))]),
                    s.pen.weight, 255)  # fmt: skip
    for u0, u1 in ((-0.96, -0.5), (0.44, 0.96)):
        _jars(s, room, u0, u1)
    _bench(s, room, 0.74)
    _cabinets(s, room)
    dusk(s, room)


def laboratory_door(s: Scenery) -> None:
    """Towards the door with its pane, and the sink beside it."""
    room = _tiled(s)
    s.pen.shape(room.back(-0.2, 0, 0.2, 0.76), MID_TONE, 1.4)
    s.pen.shape(room.back(-0.17, 0, 0.17, 0.73), WHITE, 1.2)
    s.pen.shape(room.back(-0.1, 0.42, 0.1, 0.66), LIGHT_TONE, 1.2)
    s.pen.shape(room.back(0.12, 0.32, 0.14, 0.4), DARK_TONE, 0.9)
    _jars(s, room, -0.96, -0.4)
    s.pen.shape(room.back(0.4, 0, 0.96, 0.3), WHITE, 1.2)
    s.pen.shape(room.back(0.38, 0.3, 0.98, 0.34), MID_TONE, 1.1)
    s.lines([(room.pt(u, 0.02), room.pt(u, 0.28)) for u in (0.58, 0.78)], 0.9)
    s.pen.straight([room.pt(0.68, 0.34), room.pt(0.68, 0.5), room.pt(0.62, 0.5), room.pt(0.62, 0.46)], 2.6)
    _cabinets(s, room)
    dusk(s, room)


def _tiled(s: Scenery) -> Room:
    room = Room.of(s.stage, tall=10.4, wide=0.37)
    shell(s, room)
    s.lines([(room.pt(-1 + k / 4, 0, NEAR), room.pt(-1 + k / 4, 0, 1)) for k in range(1, 8)], 0.7)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.5, -0.1, 0.2, 0.44, 0.62, 0.77, 0.89)], 0.7)
    for u in (-0.4, 0.4):
        s.pen.shape(room.flat(u - 0.06, u + 0.06, 0.2, 0.8, 0.99), WHITE, 1.0)
    return room


def _jars(s: Scenery, room: Room, u0: float, u1: float) -> None:
    """On three shelves, each with its stopper."""
    r, rows = s.stage.random("jars", u0), list[tuple[Path, Shade]]()
    for v in (0.4, 0.57, 0.74):
        s.pen.shape(room.back(u0, v - 0.02, u1, v), MID_TONE, 1.0)
        u = u0 + 0.03
        while u < u1 - 0.08:
            wide, tall = r.uniform(0.035, 0.065), r.uniform(0.07, 0.12)
            rows.append(
                (room.back(u, v, u + wide, v + tall), r.choice((WHITE, LIGHT_TONE, WHITE, MID_TONE, DARK_TONE)))
            )
            rows.append((room.back(u + wide * 0.2, v + tall, u + wide * 0.8, v + tall + 0.015), BLACK))
            u += wide + r.uniform(0.012, 0.04)
    stacked(s, rows, 0.8)


def _cabinets(s: Scenery, room: Room) -> None:
    """Along both side walls, with an apparatus of dials at the right."""
    for side in (-1, 1):
        s.pen.shape(room.side(side, -1.4, 0.9, 0, 0.3), WHITE, 1.2)
        s.pen.shape(room.side(side, -1.4, 0.92, 0.3, 0.335), MID_TONE, 1.0)
        s.lines([(room.pt(side, 0.02, d), room.pt(side, 0.29, d)) for d in (-0.7, -0.2, 0.16, 0.42, 0.62, 0.78)], 0.9)
    s.pen.shape(room.side(1, 0.2, 0.62, 0.36, 0.66), LIGHT_TONE, 1.3)
    dials = []
    for d in (0.27, 0.38, 0.48, 0.56):
        (x, y), k = room.pt(1, 0.56, d), abs(room.pt(1, 0.6, d)[1] - room.pt(1, 0.56, d)[1])
        dials.append(ellipse(x, y, k * 0.6, k))
    s.canvas.fill(joined(dials), 255)
    s.canvas.stroke(joined(dials), s.pen.weight)
    s.lines([(room.pt(1, v, 0.24), room.pt(1, v, 0.56)) for v in (0.4, 0.44, 0.48)], 0.9)
    for d, v in ((0.24, 0.42), (0.44, 0.42), (0.62, 0.42)):
        s.pen.shape(room.side(-1, d, d + 0.12, v, v + 0.3), WHITE, 1.2)
        s.lines([(room.pt(-1, v + 0.3 * k, d), room.pt(-1, v + 0.3 * k, d + 0.12)) for k in (0.33, 0.66)], 1.0)


def _bench(s: Scenery, room: Room, d: float) -> None:
    """Across the room before the board; what stands on it."""
    u0, u1, top = -0.62, 0.62, 0.32
    s.pen.shape(room.quad((u0, 0, d), (u1, 0, d), (u1, top, d), (u0, top, d)), LIGHT_TONE, 1.4)
    s.lines([(room.pt(u, 0.03, d), room.pt(u, top - 0.03, d)) for u in (-0.3, 0.0, 0.3)], 1.0)
    s.lines([(room.pt(u - 0.04, 0.24, d), room.pt(u + 0.04, 0.24, d)) for u in (-0.46, -0.15, 0.15, 0.46)], 1.6)
    s.pen.shape(room.quad((u0 - 0.02, top, d - 0.02), (u1 + 0.02, top, d - 0.02), (u1, top, d + 0.12),
                (u0, top, d + 0.12)), WHITE, 1.4)  # fmt: skip
    k = s.stage.unit / room.z(d)
    for u, size, shade in ((-0.48, 1.1, LIGHT_TONE), (-0.36, 0.8, DARK_TONE), (0.1, 0.9, MID_TONE), (0.44, 1.2, WHITE)):
        x, y = room.pt(u, top, d + 0.05)
        with s.canvas.moved(x, y, k * size):
            _flask(Pen(s.canvas, s.pen.weight / (k * size)), shade)
    x, y = room.pt(-0.12, top, d + 0.05)
    with s.canvas.moved(x, y, k * 1.5):
        _microscope(Pen(s.canvas, s.pen.weight / (k * 1.5)))


def _flask(pen: Pen, shade: Shade) -> None:
    pen.shape(poly(_FLASK), WHITE, 1.2)
    pen.cover(poly(((-0.3, -0.3), (0.3, -0.3), (0.4, -0.12), (0.34, -0.02), (-0.34, -0.02), (-0.4, -0.12))), shade)
    pen.shape(rect(-0.14, -1.04, 0.28, 0.07), WHITE, 1.0)


def _microscope(pen: Pen) -> None:
    pen.shape(rect(-0.34, -0.1, 0.62, 0.1), BLACK, 1.0)
    arm = smooth(((0.2, -0.1), (0.34, -0.4), (0.2, -0.78), (0.08, -0.7), (0.2, -0.42), (0.06, -0.1)), closed=True,
                 tension=0.5)  # fmt: skip
    pen.shape(arm, DARK_TONE, 1.1)
    pen.shape(rect(-0.3, -0.34, 0.42, 0.05), MID_TONE, 1.0)
    pen.shape(poly(((-0.18, -0.42), (-0.08, -0.4), (0.06, -0.96), (-0.06, -0.99))), WHITE, 1.1)
    pen.shape(poly(((-0.07, -0.96), (0.07, -0.93), (0.1, -1.06), (-0.04, -1.09))), BLACK, 1.0)
