"""Reverse views of rooms: the wall with the door by which one comes in, and what stands beside it."""

from drawing.art.settings.classroom_corridor_shop import striped
from drawing.art.settings.furnishings import bookcase, runner, side_picture, wall_lamp
from drawing.art.settings.room_in_perspective import Room, boards, dusk, mats, panes, shell, window
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade


def rear(s: Scenery) -> None:
    """Of a house: a panelled door, shelves of books at one side, a picture, a coat on its hook."""
    room = Room.of(s.stage)
    shell(s, room, sun=False)
    boards(s, room, 10)
    if not s.stage.today:
        striped(s, room)
    _door(s, room, -0.18, 0.18)
    bookcase(s, room, 0.42, 0.92)
    s.pen.shape(room.back(-0.62, 0.5, -0.34, 0.8), MID_TONE, 1.4)
    s.pen.shape(room.back(-0.59, 0.53, -0.37, 0.77), WHITE, 0.8)
    s.pen.curve([room.pt(*p) for p in ((-0.59, 0.6), (-0.52, 0.68), (-0.46, 0.6), (-0.41, 0.66), (-0.37, 0.6))], 0.8)
    wall_lamp(s, room, -0.26)
    for side in (-1.0, 1.0):
        side_picture(s, room, side, 0.4)
    _coat(s, room, -0.82)
    dusk(s, room)


@shows("door")
def _door(s: Scenery, room: Room, u0: float, u1: float, shade: Shade = WHITE) -> None:
    wide = u1 - u0
    s.pen.shape(room.back(u0 - 0.04, 0, u1 + 0.04, 0.77), MID_TONE, 1.4)
    s.pen.shape(room.back(u0, 0, u1, 0.73), shade, 1.2)
    for v0, v1 in ((0.06, 0.28), (0.36, 0.66)):
        for k in (0.1, 0.55):
            s.pen.shape(room.back(u0 + wide * k, v0, u0 + wide * (k + 0.35), v1), LIGHT_TONE, 0.9)
    k = 0.4 + s.stage.unit * 0.02
    s.canvas.fill(ellipse(*room.pt(u1 - wide * 0.06, 0.33), k, k))


def _coat(s: Scenery, room: Room, u: float) -> None:
    """On its hook."""
    s.line(room.pt(u - 0.1, 0.72), room.pt(u + 0.1, 0.72), 2.4)
    cloth = [(u - 0.02, 0.71), (u + 0.03, 0.71), (u + 0.09, 0.5), (u + 0.1, 0.22), (u - 0.08, 0.2), (u - 0.08, 0.5)]
    s.pen.shape(smooth([room.pt(*p) for p in cloth], closed=True, tension=0.4), DARK_TONE, 1.2)
    s.line(room.pt(u + 0.01, 0.66), room.pt(u + 0.005, 0.24), 0.9)


def rear_japanese(s: Scenery) -> None:
    """Sliding doors with a painting of reeds and the moon, and the alcove with its scroll and a vase."""
    room = Room.of(s.stage, tall=10)
    shell(s, room, sun=False)
    mats(s, room)
    s.pen.shape(room.back(-1, 0.74, 1, 0.79), MID_TONE, 1.2)
    for u in (-0.94, -0.52, -0.1):
        s.pen.shape(room.back(u, 0, u + 0.42, 0.74), WHITE, 1.6)
        s.pen.contour(ellipse(*room.pt(u + 0.36, 0.34), 1.1, 1.1), 1.2)
    (x, y), k = room.pt(-0.34, 0.56), abs(room.pt(0.07, 0)[0] - room.pt(0, 0)[0])
    s.pen.shape(ellipse(x, y, k, k), LIGHT_TONE, 0.8)
    for n in range(9):
        u = -0.88 + 0.12 * n
        s.pen.line([room.pt(u + 0.05 * t, 0.02 + (0.28 + 0.06 * (n % 3)) * t - 0.06 * t * t) for t in (0, 0.6, 1.2)],
                   1.0, (0.2, 1))  # fmt: skip
    s.pen.shape(room.back(0.42, 0, 0.47, 1), DARK_TONE, 1.2)
    s.pen.cover(room.back(0.48, 0.1, 0.97, 0.9), LIGHT_TONE)
    s.pen.shape(room.back(0.47, 0, 0.98, 0.1), WHITE, 1.2)
    s.pen.shape(room.back(0.64, 0.34, 0.8, 0.86), WHITE, 1.1)
    s.pen.line([room.pt(*p) for p in ((0.72, 0.76), (0.7, 0.66), (0.73, 0.56), (0.71, 0.46))], 2.2, (0.3, 0.6))
    x, y = room.pt(0.86, 0.1)
    s.pen.shape(smooth(((x - k * 0.3, y), (x - k * 0.5, y - k), (x - k * 0.2, y - k * 1.7), (x + k * 0.2, y - k * 1.7),
                        (x + k * 0.5, y - k), (x + k * 0.3, y)), closed=True, tension=0.5), BLACK, 1.0)  # fmt: skip
    s.pen.line(((x, y - k * 1.7), (x + k * 0.3, y - k * 3), (x - k * 0.5, y - k * 4)), 1.4, (0.1, 1))
    dusk(s, room)


def rear_farmhouse(s: Scenery) -> None:
    """A wall of boards with its tools, a ladder to the loft, straw, and the low door."""
    room = Room.of(s.stage, tall=11)
    shell(s, room, sun=False)
    panes(s, room.back(-1, 0, 1, 0.94), 13, 1, 0.9)
    for v in (0.6, 0.94):
        s.pen.shape(room.back(-1, v, 1, v + 0.05), DARK_TONE, 1.1)
    s.pen.shape(room.back(0.3, 0, 0.66, 0.6), BLACK, 1.4)
    s.pen.contour(room.back(0.3, 0, 0.66, 0.6), 0.9, 255)
    for u in (-0.3, -0.12):
        s.line(room.pt(u - 0.1, 0, 0.9), room.pt(u, 0.98), 3.4)
    rungs = [(0.12 * n, -0.1 * (1 - 0.12 * n)) for n in range(1, 8)]
    s.lines([(room.pt(-0.3 + lean, v), room.pt(-0.12 + lean, v)) for v, lean in rungs], 2.4)
    for u, tip in ((-0.86, 0.52), (-0.74, 0.56), (-0.6, 0.5)):
        s.line(room.pt(u, 0.02), room.pt(u + 0.02, tip), 2.6)
    s.pen.shape(room.back(-0.9, 0.5, -0.8, 0.57), MID_TONE, 1.0)
    s.lines([(room.pt(-0.66 + 0.03 * k, 0.42), room.pt(-0.6, 0.5)) for k in range(5)], 1.0)
    cape = [(0.84, 0.56), (0.92, 0.3), (0.94, 0.12), (0.74, 0.12), (0.76, 0.3)]
    path = smooth([room.pt(*p) for p in cape], closed=True, tension=0.4)
    s.pen.shape(path, LIGHT_TONE, 1.2)
    s.lines([(room.pt(0.84, 0.52), room.pt(0.75 + 0.025 * k, 0.13)) for k in range(8)], 0.7)
    _bundles(s, room)
    dusk(s, room)


def _bundles(s: Scenery, room: Room) -> None:
    """Sheaves of straw against the wall."""
    for u in (0.02, 0.16):
        rim = [(u - 0.08, 0), (u - 0.03, 0.16), (u - 0.09, 0.34), (u + 0.08, 0.36), (u + 0.03, 0.16), (u + 0.08, 0)]
        s.pen.shape(poly([room.pt(x, v, 0.94) for x, v in rim]), WHITE, 1.1)
        s.lines(
            [(room.pt(u + 0.03 * k, 0.02, 0.94), room.pt(u + 0.012 * k, 0.16, 0.94)) for k in (-2, -1, 0, 1, 2)], 0.7
        )
        s.lines(
            [(room.pt(u + 0.012 * k, 0.17, 0.94), room.pt(u + 0.03 * k, 0.34, 0.94)) for k in (-2, -1, 0, 1, 2)], 0.7
        )
        s.line(room.pt(u - 0.03, 0.165, 0.94), room.pt(u + 0.03, 0.165, 0.94), 3.0)


def rear_hall(s: Scenery) -> None:
    """Of a palace: the great gate of two studded leaves between pillars, banners beside it."""
    room = Room.of(s.stage, tall=15)
    shell(s, room, sun=False)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.8, -0.3, 0.04, 0.3, 0.5, 0.66, 0.8)], 0.5)
    runner(s, room, 0.26, MID_TONE)
    arch = [(-0.32, 0), (-0.32, 0.5), (-0.26, 0.66), (-0.12, 0.76), (0, 0.78), (0.12, 0.76), (0.26, 0.66), (0.32, 0.5),
            (0.32, 0)]  # fmt: skip
    s.pen.shape(poly([room.pt(u * 1.16, v * 1.05) for u, v in arch]), WHITE, 1.4)
    s.pen.shape(poly([room.pt(*p) for p in arch]), DARK_TONE, 1.4)
    s.line(room.pt(0, 0), room.pt(0, 0.78), 2.0)
    k = 0.35 + s.stage.unit * 0.014
    studs = [op for u in (-0.24, -0.14, 0.14, 0.24) for v in (0.12, 0.28, 0.44, 0.58)
             for op in ellipse(*room.pt(u, v), k, k)]  # fmt: skip
    s.pen.shape(tuple(studs), WHITE, 0.9)
    for u in (-0.05, 0.05):
        s.pen.contour(ellipse(*room.pt(u, 0.34), k * 1.8, k * 2.2), 2.0)
    for u in (-0.62, 0.62):
        s.pen.shape(room.quad((u - 0.08, 0.3, 1), (u, 0.24, 1), (u + 0.08, 0.3, 1), (u + 0.08, 0.9, 1)), MID_TONE, 1.0)
        s.pen.shape(room.back(u - 0.08, 0.3, u + 0.08, 0.9), MID_TONE, 1.2)
    for d in (0.9, 0.5):
        for u in (-0.84, 0.84):
            s.pen.shape(room.quad((u - 0.07, 0, d), (u + 0.07, 0, d), (u + 0.07, 1, d), (u - 0.07, 1, d)), WHITE, 1.3)
            s.pen.cover(room.quad((u + 0.02, 0, d), (u + 0.07, 0, d), (u + 0.07, 1, d), (u + 0.02, 1, d)), LIGHT_TONE)
    dusk(s, room)


def rear_today(s: Scenery) -> None:
    """Of an office, a ward, a shop: a door with glass, a notice board, cupboards, the clock."""
    room = Room.of(s.stage)
    shell(s, room, sun=False)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.8, -0.3, 0.1, 0.4, 0.64, 0.84)], 0.5)
    s.lines([(room.pt(u / 4, 0, -1), room.pt(u / 4, 0, 1)) for u in range(-3, 4)], 0.5)
    s.pen.shape(room.back(-0.22, 0, 0.16, 0.76), MID_TONE, 1.4)
    s.pen.shape(room.back(-0.18, 0, 0.12, 0.72), WHITE, 1.2)
    window(s, room.back(-0.1, 0.36, 0.04, 0.66), 1, 2)
    s.line(room.pt(0.08, 0.28), room.pt(0.08, 0.38), 2.6)
    s.pen.shape(room.back(-0.84, 0.36, -0.36, 0.74), LIGHT_TONE, 1.4)
    sheets = [room.back(u, v, u + 0.1, v + 0.13) for u, v in ((-0.8, 0.56), (-0.66, 0.54), (-0.52, 0.57), (-0.74, 0.39),
                                                              (-0.55, 0.4))]  # fmt: skip
    for path in sheets:
        s.pen.shape(path, WHITE, 0.8)
    for u in (0.34, 0.62):
        s.pen.shape(room.back(u, 0, u + 0.28, 0.62), WHITE, 1.3)
        s.lines([(room.pt(u + 0.14, 0.02), room.pt(u + 0.14, 0.6))], 1.0)
        s.lines([(room.pt(u + k, 0.3), room.pt(u + k, 0.38)) for k in (0.11, 0.17)], 1.6)
    x, y = room.pt(0.62, 0.84)
    k = abs(room.pt(0.07, 0)[0] - room.pt(0, 0)[0])
    s.pen.shape(ellipse(x, y, k, k), WHITE, 1.2)
    s.lines([((x, y), (x, y - k * 0.7)), ((x, y), (x + k * 0.5, y))], 1.1)
    dusk(s, room)
