"""Rooms of today that many share: classroom, corridor, shop."""

from drawing.art.settings.room_in_perspective import Room, boards, dusk, panes, papers, shell, stacked, tubes, window
from drawing.art.settings.room_side_walls import wares
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, smooth
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE, Shade


def classroom(s: Scenery) -> None:
    """Towards the blackboard: platform and lectern, papers on the wall, windows at a side, desks with chairs."""
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room, 11)
    tubes(s, room)
    _blackboard(s, room)
    papers(s, room, -0.97, -0.8, 0.4, 0.74, "left")
    papers(s, room, 0.8, 0.97, 0.44, 0.7, "right")
    for d0, d1 in ((-0.1, 0.3), (0.38, 0.62), (0.68, 0.86), (0.89, 0.98)):
        window(s, room.side(1, d0, d1, 0.34, 0.86), 2, 2)
    s.pen.shape(room.side(1, -0.6, 1, 0.3, 0.335), WHITE, 0.9)
    door = room.side(-1, 0.72, 0.92, 0, 0.72)
    s.pen.shape(door, WHITE, 1.3)
    s.pen.shape(room.side(-1, 0.77, 0.88, 0.4, 0.64), MID_TONE, 1.0)
    s.pen.shape(room.side(-1, 0.1, 0.56, 0.44, 0.78), LIGHT_TONE, 1.1)
    s.lines([(room.pt(-1, v, 0.14), room.pt(-1, v, 0.5)) for v in (0.52, 0.6, 0.68)], 0.7)
    s.pen.shape(room.flat(-0.8, 0.8, 0.9, 1.0, 0.035), WHITE, 1.0)
    s.pen.shape(room.quad((-0.8, 0, 0.9), (0.8, 0, 0.9), (0.8, 0.035, 0.9), (-0.8, 0.035, 0.9)), MID_TONE, 1.0)
    _lectern(s, room)
    dusk(s, room)
    for d in (0.76, 0.36):
        for u in (-0.72, -0.25, 0.25, 0.72):
            _desk(s, room, u, d)


def _blackboard(s: Scenery, room: Room) -> None:
    board = room.back(-0.72, 0.32, 0.72, 0.76)
    s.canvas.fill(board)
    s.pen.contour(board, 3.4)
    s.pen.contour(board, 1.2, 255)
    r = s.stage.random("chalk")
    chalk = []
    for i in range(4):
        u, v = -0.6 + 0.05 * i, 0.67 - i * 0.08
        while u < -0.6 + 1.1 * r.uniform(0.5, 0.9):
            long = r.uniform(0.02, 0.09)
            chalk.append((room.pt(u, v), room.pt(u + long, v + r.uniform(-0.006, 0.006))))
            u += long + 0.02
    s.lines(chalk, 1.8, 255)
    s.canvas.tone(room.back(0.1, 0.34, 0.66, 0.5), LIGHT_TONE.tone, grey=255)
    s.pen.shape(room.back(-0.76, 0.28, 0.76, 0.32), WHITE, 1.0)
    x, y = room.pt(0.0, 0.87)
    size = room.pt(0.07, 0)[0] - room.pt(0, 0)[0]
    s.pen.shape(ellipse(x, y, size, size), WHITE, 1.2)
    s.lines([((x, y), (x, y - size * 0.7)), ((x, y), (x + size * 0.5, y))], 1.1)


def _lectern(s: Scenery, room: Room) -> None:
    """The teacher's desk on the platform."""
    u0, u1, d, top = -0.2, 0.2, 0.91, 0.31
    s.pen.shape(room.quad((u0, 0.035, d), (u1, 0.035, d), (u1, top, d), (u0, top, d)), MID_TONE, 1.2)
    s.pen.shape(room.quad((u0 + 0.03, 0.06, d), (u1 - 0.03, 0.06, d), (u1 - 0.03, top - 0.04, d), (u0 + 0.03,
                top - 0.04, d)), LIGHT_TONE, 0.8)  # fmt: skip
    s.pen.shape(room.flat(u0 - 0.02, u1 + 0.02, d, d + 0.06, top), WHITE, 1.1)


def classroom_windows(s: Scenery) -> None:
    """The same room, looking across it: windows with curtains and trees behind them, desks before them."""
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room, 11)
    tubes(s, room)
    s.line(room.pt(-1, 0.34), room.pt(1, 0.34), 1.3)
    for u in (-0.94, -0.3, 0.34):
        quad = room.back(u, 0.36, u + 0.58, 0.86)
        window(s, quad, 2, 1, 2.0)
        if not s.stage.night:
            tree_tops(s, room, u)
            s.line(room.pt(u + 0.29, 0.36), room.pt(u + 0.29, 0.86), 1.8)
        hem = room.back(u - 0.06, 0.3, u + 0.07, 0.9)
        s.pen.shape(hem, WHITE, 1.1)
        s.pen.cover(room.back(u + 0.02, 0.3, u + 0.068, 0.9), LIGHT_TONE)
        folds = [(room.pt(u + k, 0.9), room.pt(u + k * 0.8, 0.31)) for k in (-0.04, -0.02, 0.005, 0.02, 0.04)]
        s.lines(folds, 0.8)
    s.pen.shape(room.back(-0.98, 0.9, 0.98, 0.925), MID_TONE, 1.0)
    for k in range(6):
        u = -0.92 + 0.31 * k
        s.pen.shape(room.back(u, 0.04, u + 0.27, 0.28), WHITE, 0.9)
        s.lines([(room.pt(u + 0.03, v), room.pt(u + 0.24, v)) for v in (0.1, 0.16, 0.22)], 0.7)
    dusk(s, room)
    for d in (0.76, 0.44):
        for u in (-0.72, -0.25, 0.25, 0.72):
            _desk(s, room, u, d)


def tree_tops(s: Scenery, room: Room, u: float) -> None:
    """What is seen of the yard through a window."""
    r = s.stage.random("tops", u)
    line = [(u + 0.58 * i / 6, 0.42 + r.uniform(0.0, 0.14)) for i in range(7)]
    tops = smooth([room.pt(*p) for p in line], tension=0.7)
    leaves = (*tops, ("L", *room.pt(u + 0.58, 0.36)), ("L", *room.pt(u, 0.36)), ("Z",))
    s.pen.shape(leaves, LIGHT_TONE, 0.8)


@shows("desk")
def _desk(s: Scenery, room: Room, u: float, d: float) -> None:
    """A pupil's desk with its chair before it, and their shadow on the floor."""
    wide, deep, tall = 0.13, 0.07, 0.27
    shadow = room.flat(u - wide * 1.1, u + wide * 1.2, d - 0.02, d + deep)
    s.canvas.tone(shadow, MID_TONE.tone)
    legs = [(room.pt(u + k * wide * 0.9, tall, d), room.pt(u + k * wide * 0.9, 0, d)) for k in (-1, 1)]
    near = d - 0.1
    legs += [(room.pt(u + k * wide * 0.5, 0.3, near), room.pt(u + k * wide * 0.52, 0, near)) for k in (-1, 1)]
    s.lines(legs, 2.0)
    s.pen.shape(
        room.quad((u - wide, tall, d), (u + wide, tall, d), (u + wide, tall - 0.06, d), (u - wide, tall - 0.06, d)),
        MID_TONE,
        1.0,
    )
    s.pen.shape(room.flat(u - wide, u + wide, d, d + deep, tall), WHITE, 1.1)
    k = wide * 0.56
    s.pen.shape(room.flat(u - k, u + k, near, d - 0.02, 0.16), WHITE, 0.9)
    s.pen.shape(room.quad((u - k, 0.23, near), (u + k, 0.23, near), (u + k, 0.31, near), (u - k, 0.31, near)),
                LIGHT_TONE, 1.1)  # fmt: skip


def corridor(s: Scenery) -> None:
    """Of a school: windows that throw their light on the floor, doors with their plates, beams, papers on the wall."""
    room = Room.of(s.stage, wide=0.2)
    shell(s, room, sun=False)
    spans = ((-0.7, -0.2), (-0.05, 0.35), (0.5, 0.7), (0.78, 0.9))
    if not s.stage.night:
        light = [room.quad((0.95, 0, a), (0.95, 0, b), (0.1, 0, b - 0.1), (0.1, 0, a - 0.1)) for a, b in spans]
        s.canvas.fill(tuple(op for quad in light for op in quad), 255)
        s.lines([(room.pt(0.95, 0, (a + b) / 2), room.pt(0.1, 0, (a + b) / 2 - 0.1)) for a, b in spans], 1.4)
    s.lines([(room.pt(u, 0, -0.9), room.pt(u, 0, 1)) for u in (-0.5, 0.0, 0.5)], 0.6)
    s.pen.cover(room.side(-1, -2.6, 1, 0.035, 0.3), LIGHT_TONE)
    s.line(room.pt(-1, 0.3, -2.6), room.pt(-1, 0.3, 1), 0.9)
    for d0, d1 in spans:
        window(s, room.side(1, d0, d1, 0.36, 0.84))
        s.pen.shape(room.side(1, d1 + 0.02, d1 + 0.06, 0, 1), LIGHT_TONE, 1.0)
        s.pen.shape(room.side(-1, d0, d1, 0, 0.74), WHITE, 1.3)
        s.pen.shape(room.side(-1, d0 + 0.05, d1 - 0.04, 0.4, 0.66), MID_TONE, 0.9)
        s.line(room.pt(-1, 0, (d0 + d1) / 2), room.pt(-1, 0.74, (d0 + d1) / 2), 1.0)
        _plate(s, room, d0)
    for d in (0.94, 0.74, 0.42, -0.14):
        s.pen.shape(room.quad((-1, 0.93, d), (1, 0.93, d), (1, 1, d), (-1, 1, d)), LIGHT_TONE, 0.9)
    window(s, room.back(-0.5, 0.4, 0.5, 0.8))
    papers(s, room, -0.92, -0.58, 0.42, 0.7, "corridor")
    dusk(s, room)


def _plate(s: Scenery, room: Room, d: float) -> None:
    """The name of a class, on an arm over its door."""
    s.line(room.pt(-1, 0.86, d), room.pt(-0.7, 0.86, d), 1.6)
    s.pen.shape(room.quad((-0.96, 0.78, d), (-0.72, 0.78, d), (-0.72, 0.85, d), (-0.96, 0.85, d)), WHITE, 1.0)
    s.line(room.pt(-0.91, 0.815, d), room.pt(-0.77, 0.815, d), 1.6)


def shop(s: Scenery) -> None:
    room = Room.of(s.stage)
    shell(s, room)
    r = s.stage.random("shelf")
    goods: list[tuple[Path, Shade]] = []
    for row in range(4):
        v = 0.2 + row * 0.19
        s.line(room.pt(-0.95, v), room.pt(0.95, v), 1.6)
        u = -0.92
        while u < 0.86:
            wide, tall = r.uniform(0.05, 0.11), r.uniform(0.07, 0.15)
            shade = (WHITE, LIGHT_TONE, WHITE, BLACK)[r.randrange(4)]
            goods.append((room.back(u, v, u + wide * 0.85, v + tall), shade))
            u += wide
    stacked(s, goods, 0.8)
    wares(s, room)
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
