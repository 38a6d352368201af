"""Rooms of today in which people live: a living room, a kitchen."""

from drawing.art.settings.classroom_corridor_shop import tree_tops
from drawing.art.settings.furnishings import bookcase, potted, rug, side_picture
from drawing.art.settings.room_in_perspective import Room, boards, dusk, shell, window
from drawing.art.settings.room_side_walls import cupboards, desk_corner
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE


def living_room(s: Scenery) -> None:
    """A room with a bed under its window: curtains, shelves of books, a rug, a lamp on its foot."""
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room, 10)
    window(s, room.back(-0.3, 0.36, 0.28, 0.84), 2, 1, 2.4)
    if not s.stage.night:
        tree_tops(s, room, -0.3)
    s.pen.shape(room.back(-0.34, 0.33, 0.32, 0.36), WHITE, 1.0)
    for side in (-1, 1):
        _curtain(s, room, side * 0.3 - 0.01, side)
    s.pen.shape(room.back(-0.46, 0.87, 0.44, 0.9), MID_TONE, 1.0)
    bookcase(s, room, 0.52, 0.94)
    rug(s, room)
    _bed(s, room)
    s.pen.shape(room.back(-0.72, 0.5, -0.5, 0.78), MID_TONE, 1.4)
    s.pen.shape(room.back(-0.69, 0.53, -0.53, 0.75), WHITE, 0.8)
    hills = [room.pt(*p) for p in ((-0.69, 0.6), (-0.64, 0.66), (-0.6, 0.6), (-0.57, 0.68), (-0.53, 0.6))]
    s.pen.curve(hills, 0.8)
    side_picture(s, room, 1.0, 0.14)
    desk_corner(s, room)
    potted(s, room, 0.38, 0.94)
    dusk(s, room)


@shows("curtain")
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


@shows("bed")
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
    for u, tall in ((-0.9, 0.1), (-0.72, 0.07)):
        s.pen.shape(room.back(u, 0.345, u + 0.14, 0.345 + tall), MID_TONE if tall > 0.08 else WHITE, 1.0)
    _cooker(s, room)
    _sink(s, room)
    cupboards(s, room)
    dusk(s, room)


def _cooker(s: Scenery, room: Room) -> None:
    """Two rings in the worktop, a pot on one of them under the hood."""
    s.pen.shape(room.back(0.26, 0.345, 0.6, 0.365), DARK_TONE, 0.9)
    x, y = room.pt(0.35, 0.365)
    size = room.pt(0.43, 0)[0] - x
    for side in (-1, 1):
        s.pen.contour(ellipse(x + side * size * 1.08, y - size * 0.62, size * 0.16, size * 0.12), 1.6)
    s.pen.shape(rect(x - size, y - size * 0.95, 2 * size, size * 0.95), MID_TONE, 1.2)
    s.pen.shape(rect(x - size * 1.06, y - size * 1.12, 2.12 * size, size * 0.2), LIGHT_TONE, 1.1)
    s.pen.shape(ellipse(x, y - size * 1.2, size * 0.14, size * 0.1), BLACK, 0.8)
    x = room.pt(0.52, 0)[0]
    s.pen.shape(rect(x - size * 0.7, y - size * 0.34, 1.2 * size, size * 0.34), LIGHT_TONE, 1.1)
    s.pen.shape(rect(x + size * 0.5, y - size * 0.26, size * 0.75, size * 0.12), BLACK, 0.8)
    hood = [room.pt(*p) for p in ((0.26, 0.68), (0.6, 0.68), (0.53, 0.78), (0.33, 0.78))]
    s.pen.shape(poly(hood), LIGHT_TONE, 1.2)
    s.pen.shape(room.back(0.38, 0.78, 0.48, 1.0), WHITE, 1.1)


def _sink(s: Scenery, room: Room) -> None:
    """A tap over the worktop before the window, and a board with a knife."""
    tap = [room.pt(*p) for p in ((0.0, 0.345), (0.0, 0.45), (0.03, 0.47), (0.06, 0.45), (0.06, 0.42))]
    s.pen.contour(smooth(tap, tension=0.5), 2.4)
    s.pen.shape(room.back(-0.02, 0.345, 0.14, 0.36), MID_TONE, 0.9)
    s.pen.shape(room.back(-0.42, 0.345, -0.2, 0.36), WHITE, 1.0)
