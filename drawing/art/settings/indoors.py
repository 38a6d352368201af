"""Rooms of today: classroom, living room, kitchen, corridor, shop."""

from drawing.art.settings.room import Room, boards, dusk, panes, shell, window
from drawing.art.stage import Scenery
from drawing.ink.paths import ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE


def classroom(s: Scenery) -> None:
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room)
    board = room.back(-0.72, 0.32, 0.72, 0.76)
    s.canvas.fill(board)
    s.pen.contour(board, 3.4)
    s.pen.contour(board, 1.2, 255)
    r = s.stage.random("chalk")
    for i in range(4):
        x0, y = room.pt(-0.6 + 0.05 * i, 0.67 - i * 0.08)
        s.canvas.fill(
            stroke(
                ((x0, y), (x0 + (room.pt(0.5, 0)[0] - x0) * r.uniform(0.3, 0.8), y + 0.3)), s.pen.weight * 2, (0.2, 0.6)
            ),
            255,
        )
    s.pen.shape(room.back(-0.76, 0.28, 0.76, 0.32), WHITE, 1.0)
    x, y = room.pt(0.0, 0.87)
    size = room.pt(0.07, 0)[0] - room.pt(0, 0)[0]
    s.pen.shape(ellipse(x, y, size, size), WHITE, 1.2)
    s.lines([((x, y), (x, y - size * 0.7)), ((x, y), (x + size * 0.5, y))], 1.1)
    for d0, d1 in ((-0.1, 0.3), (0.38, 0.62), (0.68, 0.86), (0.89, 0.98)):
        window(s, room.side(1, d0, d1, 0.34, 0.86), 2, 2)
    s.line(room.pt(1, 0.3, -0.5), room.pt(1, 0.3, 1), 1.1)
    door = room.side(-1, 0.72, 0.92, 0, 0.72)
    s.pen.shape(door, WHITE, 1.2)
    s.pen.shape(room.side(-1, 0.77, 0.88, 0.4, 0.64), LIGHT_TONE, 1.0)
    dusk(s, room)
    for d in (0.86, 0.66, 0.4):
        for u in (-0.72, -0.25, 0.25, 0.72):
            _desk(s, room, u, d)


def classroom_windows(s: Scenery) -> None:
    """The same room, looking across it: windows with curtains and trees behind them, desks before them."""
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room)
    s.line(room.pt(-1, 0.34), room.pt(1, 0.34), 1.3)
    for u in (-0.94, -0.3, 0.34):
        quad = room.back(u, 0.36, u + 0.58, 0.86)
        window(s, quad, 2, 1, 2.0)
        if not s.stage.night:
            _tree_tops(s, room, u)
            s.line(room.pt(u + 0.29, 0.36), room.pt(u + 0.29, 0.86), 1.8)
        hem = room.back(u - 0.05, 0.33, u + 0.06, 0.9)
        s.pen.shape(hem, WHITE, 1.1)
        s.lines([(room.pt(u + k, 0.9), room.pt(u + k * 0.8, 0.33)) for k in (-0.02, 0.015, 0.04)], 0.7)
    s.pen.shape(room.back(-0.98, 0.9, 0.98, 0.925), MID_TONE, 1.0)
    for k in range(6):
        u = -0.92 + 0.31 * k
        s.pen.shape(room.back(u, 0.04, u + 0.27, 0.28), WHITE, 0.9)
        s.lines([(room.pt(u + 0.03, v), room.pt(u + 0.24, v)) for v in (0.1, 0.16, 0.22)], 0.7)
    dusk(s, room)
    for d in (0.8, 0.52):
        for u in (-0.72, -0.25, 0.25, 0.72):
            _desk(s, room, u, d)


def _tree_tops(s: Scenery, room: Room, u: float) -> None:
    """What is seen of the yard through a window."""
    r = s.stage.random("tops", u)
    line = [(u + 0.58 * i / 6, 0.42 + r.uniform(0.0, 0.14)) for i in range(7)]
    tops = smooth([room.pt(*p) for p in line], tension=0.7)
    leaves = (*tops, ("L", *room.pt(u + 0.58, 0.36)), ("L", *room.pt(u, 0.36)), ("Z",))
    s.pen.shape(leaves, LIGHT_TONE, 0.8)


def _desk(s: Scenery, room: Room, u: float, d: float) -> None:
    wide, deep, tall = 0.13, 0.07, 0.27
    s.lines([(room.pt(u + k * wide * 0.9, tall, d), room.pt(u + k * wide * 0.9, 0, d)) for k in (-1, 1)], 2.2)
    s.pen.shape(
        room.quad((u - wide, tall, d), (u + wide, tall, d), (u + wide, tall - 0.06, d), (u - wide, tall - 0.06, d)),
        MID_TONE,
        1.0,
    )
    s.pen.shape(room.flat(u - wide, u + wide, d, d + deep, tall), WHITE, 1.1)


def living_room(s: Scenery) -> None:
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room)
    window(s, room.back(-0.3, 0.36, 0.28, 0.84), 2, 1, 2.4)
    for side in (-1, 1):
        _curtain(s, room, side * 0.3 - 0.01, side)
    s.pen.shape(room.back(-0.46, 0.87, 0.44, 0.9), MID_TONE, 1.0)
    _bookcase(s, room, 0.52, 0.94)
    _bed(s, room)
    s.pen.shape(room.back(-0.72, 0.5, -0.5, 0.78), LIGHT_TONE, 1.2)
    s.pen.shape(room.back(-0.68, 0.54, -0.54, 0.74), WHITE, 0.8)
    dusk(s, room)


def _curtain(s: Scenery, room: Room, u: float, side: int) -> None:
    """Tied back at the sill's height, hanging to below the sill."""
    outer, inner = u + side * 0.14, u - side * 0.05
    cloth = [
        (outer, 0.87),
        (inner, 0.87),
        (u + side * 0.02, 0.66),
        (u + side * 0.09, 0.52),
        (u + side * 0.06, 0.3),
        (outer, 0.3),
        (outer, 0.52),
    ]
    s.pen.shape(poly([room.pt(*p) for p in cloth]), WHITE, 1.2)
    for k in (0.3, 0.55, 0.8):
        top = inner + (outer - inner) * k
        s.pen.line((room.pt(top, 0.86), room.pt(u + side * (0.06 + 0.05 * k), 0.56)), 0.8, (0.3, 0.6))
        s.pen.line(
            (room.pt(u + side * (0.08 + 0.04 * k), 0.5), room.pt(u + side * (0.06 + 0.07 * k), 0.31)), 0.8, (0.6, 0.2)
        )
    s.pen.shape(
        poly(
            [
                room.pt(u + side * 0.08, 0.54),
                room.pt(outer + side * 0.01, 0.53),
                room.pt(outer + side * 0.01, 0.5),
                room.pt(u + side * 0.08, 0.51),
            ]
        ),
        LIGHT_TONE,
        0.9,
    )


def _bookcase(s: Scenery, room: Room, u0: float, u1: float) -> None:
    s.pen.shape(room.back(u0, 0, u1, 0.74), WHITE, 1.5)
    r = s.stage.random("books")
    for row in range(4):
        v = 0.02 + row * 0.18
        s.line(room.pt(u0, v), room.pt(u1, v), 1.3)
        u = u0 + 0.02
        while u < u1 - 0.06:
            wide, tall = r.uniform(0.022, 0.05), r.uniform(0.1, 0.15)
            shade = (BLACK, WHITE, WHITE, MID_TONE)[r.randrange(4)]
            s.pen.shape(room.back(u, v, min(u + wide, u1 - 0.02), v + tall), shade, 0.7)
            u += wide


def _bed(s: Scenery, room: Room) -> None:
    s.pen.shape(room.quad((-1, 0, 0.5), (-0.5, 0, 0.5), (-0.5, 0.2, 0.5), (-1, 0.2, 0.5)), WHITE, 1.2)
    s.pen.shape(room.flat(-1, -0.5, 0.5, 0.97, 0.2), LIGHT_TONE, 1.2)
    s.pen.shape(room.quad((-0.5, 0, 0.5), (-0.5, 0, 0.97), (-0.5, 0.2, 0.97), (-0.5, 0.2, 0.5)), WHITE, 1.0)
    x, y = room.pt(-0.76, 0.22, 0.88)
    size = room.pt(0.18, 0, 0.88)[0] - room.pt(0, 0, 0.88)[0]
    s.pen.shape(ellipse(x, y, size, size * 0.4), WHITE, 1.1)


def kitchen(s: Scenery) -> None:
    room = Room.of(s.stage)
    shell(s, room, floor=WHITE)
    s.lines([(room.pt(u / 4, 0, -0.6), room.pt(u / 4, 0, 1)) for u in range(-3, 4)], 0.7)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.4, 0.1, 0.45, 0.7, 0.88)], 0.7)
    window(s, room.back(-0.2, 0.5, 0.36, 0.82), 2, 1)
    s.pen.shape(room.back(-0.96, 0, 0.62, 0.32), WHITE, 1.3)
    s.pen.shape(room.back(-1, 0.31, 0.64, 0.345), LIGHT_TONE, 1.1)
    for k in range(5):
        u = -0.94 + k * 0.31
        s.pen.shape(room.back(u, 0.03, u + 0.28, 0.28), WHITE, 0.9)
        s.line(room.pt(u + 0.1, 0.25), room.pt(u + 0.18, 0.25), 1.4)
    s.pen.shape(room.back(0.68, 0, 0.98, 0.7), WHITE, 1.4)
    s.line(room.pt(0.68, 0.44), room.pt(0.98, 0.44), 1.1)
    for k in range(2):
        u = -0.95 + 0.36 * k
        s.pen.shape(room.back(u, 0.6, u + 0.33, 0.88), LIGHT_TONE, 1.1)
    for u, tall in ((-0.7, 0.1), (-0.1, 0.07), (0.3, 0.12)):
        s.pen.shape(room.back(u, 0.345, u + 0.14, 0.345 + tall), MID_TONE if tall > 0.08 else WHITE, 1.0)
    dusk(s, room)


def corridor(s: Scenery) -> None:
    room = Room.of(s.stage, wide=0.2)
    shell(s, room)
    for d0, d1 in ((-0.1, 0.35), (0.5, 0.7), (0.78, 0.9)):
        window(s, room.side(1, d0, d1, 0.36, 0.84))
        s.pen.shape(room.side(-1, d0, d1, 0, 0.74), WHITE, 1.2)
        s.pen.shape(room.side(-1, d0 + 0.05, d1 - 0.04, 0.4, 0.66), LIGHT_TONE, 0.9)
    window(s, room.back(-0.5, 0.4, 0.5, 0.8))
    dusk(s, room)


def shop(s: Scenery) -> None:
    room = Room.of(s.stage)
    shell(s, room)
    r = s.stage.random("shelf")
    for row in range(4):
        v = 0.2 + row * 0.19
        s.line(room.pt(-0.95, v), room.pt(0.95, v), 1.6)
        u = -0.92
        while u < 0.86:
            wide, tall = r.uniform(0.05, 0.11), r.uniform(0.07, 0.15)
            s.pen.shape(
                room.back(u, v, u + wide * 0.85, v + tall), (WHITE, LIGHT_TONE, WHITE, BLACK)[r.randrange(4)], 0.8
            )
            u += wide
    counter = room.quad((-0.7, 0, 0.55), (0.5, 0, 0.55), (0.5, 0.34, 0.55), (-0.7, 0.34, 0.55))
    s.pen.shape(room.flat(-0.7, 0.5, 0.55, 0.75, 0.34), WHITE, 1.2)
    s.pen.shape(counter, MID_TONE, 1.3)
    dusk(s, room)


def hearth_glow(s: Scenery, x: float, y: float, size: float) -> None:
    """Flames."""
    for dx, tall in ((-0.4, 0.7), (0.0, 1.0), (0.4, 0.65)):
        tip = (x + dx * size * 0.6, y - tall * size)
        path = smooth(
            (
                (x + dx * size - size * 0.3, y),
                (x + dx * size - size * 0.2, y - tall * size * 0.5),
                tip,
                (x + dx * size + size * 0.25, y - tall * size * 0.4),
                (x + dx * size + size * 0.3, y),
            ),
            tension=0.5,
        )
        s.pen.shape((*path, ("Z",)), WHITE, 1.0)


def striped(s: Scenery, room: Room) -> None:
    """Striped wallpaper."""
    s.lines([(room.pt(-1 + i / 9, 0.3), room.pt(-1 + i / 9, 1)) for i in range(1, 18)], 0.6)
    panes(s, poly([room.pt(-1, 0.0), room.pt(1, 0.0), room.pt(1, 0.3), room.pt(-1, 0.3)]), 8, 1, 0.9)
    s.line(room.pt(-1, 0.3), room.pt(1, 0.3), 1.4)
