"""Side walls of rooms of today and what stands along them, which come into view when one looks to a corner."""

from drawing.art.settings.room_in_perspective import NEAR, Room, stacked, window
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade


def cupboards(s: Scenery, room: Room) -> None:
    """Of a kitchen: a row below and one above at the left, the door and a calendar at the right."""
    for v0, v1 in ((0.0, 0.32), (0.62, 0.9)):
        s.pen.shape(room.side(-1, -0.2, 1, v0, v1), WHITE, 1.2)
        doors = [(room.pt(-1, v0 + 0.02, d), room.pt(-1, v1 - 0.02, d)) for d in (0.1, 0.34, 0.52, 0.67, 0.8, 0.91)]
        s.lines(doors, 0.9)
        s.lines([(room.pt(-1, v1 - 0.08, d), room.pt(-1, v1 - 0.08, d + 0.04)) for d in (0.2, 0.42, 0.58, 0.72)], 1.4)
    s.pen.shape(room.side(-1, -0.2, 1, 0.32, 0.345), LIGHT_TONE, 1.0)
    plain_door(s, room, 1, 0.66)
    s.pen.shape(room.side(1, 0.4, 0.52, 0.5, 0.72), WHITE, 1.1)
    s.pen.cover(room.side(1, 0.41, 0.51, 0.63, 0.71), MID_TONE)
    s.lines([(room.pt(1, v, 0.41), room.pt(1, v, 0.51)) for v in (0.53, 0.56, 0.59)], 0.6)


@shows("door")
def plain_door(s: Scenery, room: Room, side: float, d: float) -> None:
    """A smooth door with its frame."""
    s.pen.shape(room.side(side, d - 0.015, d + 0.195, 0, 0.75), MID_TONE, 1.2)
    s.pen.shape(room.side(side, d, d + 0.18, 0, 0.72), WHITE, 1.2)
    k = 0.4 + s.stage.unit * 0.015
    s.canvas.fill(ellipse(*room.pt(side, 0.34, d + 0.02), k, k))


def wares(s: Scenery, room: Room) -> None:
    """Of a shop: shelves to the ceiling on both sides."""
    r, goods = s.stage.random("wares"), list[tuple[Path, Shade]]()
    for side in (-1, 1):
        for v in (0.12, 0.3, 0.48, 0.66):
            s.line(room.pt(side, v, -0.3), room.pt(side, v), 1.5)
            d = -0.28
            while d < 0.94:
                wide, tall = r.uniform(0.03, 0.06) * (1.3 - d * 0.6), r.uniform(0.07, 0.14)
                shade = (WHITE, LIGHT_TONE, WHITE, BLACK, MID_TONE)[r.randrange(5)]
                goods.append((room.side(side, d, min(0.96, d + wide * 0.85), v, v + tall), shade))
                d += wide
    stacked(s, goods, 0.8)


def cabinets(s: Scenery, room: Room) -> None:
    """Of an office: windows at the left, steel cabinets and a white board at the right."""
    for d0, d1 in ((0.1, 0.42), (0.5, 0.68), (0.74, 0.88)):
        window(s, room.side(-1, d0, d1, 0.4, 0.86), 1, 1, 1.6)
    for d in (0.72, 0.8, 0.88):
        s.pen.shape(room.side(1, d, d + 0.075, 0, 0.56), WHITE, 1.1)
        s.lines([(room.pt(1, v, d), room.pt(1, v, d + 0.075)) for v in (0.14, 0.28, 0.42)], 0.9)
    s.pen.shape(room.side(1, 0.2, 0.6, 0.4, 0.8), WHITE, 1.5)
    s.lines([(room.pt(1, v, 0.24), room.pt(1, v, 0.24 + long)) for v, long in ((0.72, 0.24), (0.66, 0.3), (0.6, 0.18),
             (0.5, 0.26))], 1.0)  # fmt: skip


def washing_places(s: Scenery, room: Room) -> None:
    """Of a bath: tiles, mirrors in a row and the taps under them, on both sides."""
    for side in (-1, 1):
        s.lines([(room.pt(side, v, NEAR), room.pt(side, v)) for v in (0.1, 0.2, 0.3, 0.62, 0.72)], 0.5)
        s.lines(
            [(room.pt(side, 0, d), room.pt(side, 0.72, d)) for d in (-0.2, 0.1, 0.3, 0.46, 0.6, 0.72, 0.82, 0.92)], 0.5
        )
        for d0, d1 in ((-0.1, 0.1), (0.2, 0.36), (0.44, 0.56), (0.62, 0.72)):
            s.pen.shape(room.side(side, d0, d1, 0.34, 0.58), WHITE, 1.3)
            s.line(room.pt(side, 0.38, d0 + 0.03), room.pt(side, 0.54, d1 - 0.03), 0.8)
            s.pen.shape(room.side(side, (d0 + d1) / 2 - 0.01, (d0 + d1) / 2 + 0.01, 0.2, 0.27), DARK_TONE, 1.0)


def desk_corner(s: Scenery, room: Room) -> None:
    """Of a room: a desk at the right with its lamp and a board of notes, the door at the left."""
    plain_door(s, room, -1, 0.2)
    s.pen.shape(room.flat(0.78, 1, 0.42, 0.8, 0.27), WHITE, 1.2)
    s.pen.shape(room.quad((0.78, 0, 0.42), (0.78, 0, 0.8), (0.78, 0.27, 0.8), (0.78, 0.27, 0.42)), LIGHT_TONE, 1.1)
    s.pen.shape(room.side(1, 0.46, 0.74, 0.42, 0.68), LIGHT_TONE, 1.3)
    for d, v in ((0.48, 0.56), (0.56, 0.46), (0.62, 0.58), (0.68, 0.48)):
        s.pen.shape(room.side(1, d, d + 0.045, v, v + 0.09), WHITE, 0.8)
    lamp = [room.pt(0.94, v, 0.7 - x) for v, x in ((0.27, 0.0), (0.38, -0.04), (0.44, 0.04))]
    s.pen.straight(lamp, 2.6)
    s.pen.shape(ellipse(*lamp[-1], s.stage.unit * 0.06, s.stage.unit * 0.045), BLACK, 1.0)
