"""Rooms of old times: a Japanese house, a farmhouse, a flat of 1900."""

from drawing.art.settings.classroom_corridor_shop import hearth_glow, striped
from drawing.art.settings.furnishings import potted, rug, side_picture, wall_lamp
from drawing.art.settings.great_halls import side_door
from drawing.art.settings.room_in_perspective import NEAR, Room, boards, dusk, mats, panes, shell, window
from drawing.art.settings.western_houses import cottage
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE


def japanese_room(s: Scenery) -> None:
    """Mats, paper doors, a sunken hearth; today a low table and a television."""
    room = Room.of(s.stage, tall=10)
    shell(s, room)
    mats(s, room)
    s.pen.shape(room.back(-1, 0.74, 1, 0.79), MID_TONE, 1.2)
    for i in range(4):
        u = -0.98 + i * 0.49
        door = room.back(u, 0.0, u + 0.49, 0.74)
        s.pen.shape(door, WHITE, 1.5)
        if i in {0, 3}:
            s.pen.cover(room.back(u + 0.02, 0.02, u + 0.47, 0.72), LIGHT_TONE)
            s.pen.contour(ellipse(*room.pt(u + (0.4 if i == 0 else 0.09), 0.33), 1.2, 1.2), 1.2)
        else:
            s.pen.shape(room.back(u + 0.02, 0.0, u + 0.47, 0.16), LIGHT_TONE, 1.0)
            panes(s, room.back(u + 0.02, 0.16, u + 0.47, 0.73), 4, 5, 0.9)
    for u in (-1, 1):
        for d in (0.98, 0.5):
            s.pen.shape(room.side(u, d - 0.02, d + 0.02, 0, 1), DARK_TONE, 1.0)
        panes(s, room.side(u, 0.52, 0.96, 0.1, 0.74), 3, 4, 0.9)
    dusk(s, room)
    if s.stage.today:
        _television(s, room)
        _low_table(s, room)
    else:
        _hearth(s, room)


@shows("table")
def _low_table(s: Scenery, room: Room) -> None:
    """With cushions before and behind it, cups and a bowl of tangerines on it."""
    for u, d in ((0.36, 0.76), (0.1, 0.5), (0.62, 0.5)):
        s.pen.shape(room.flat(u - 0.1, u + 0.1, d - 0.07, d + 0.07, 0.012), MID_TONE, 1.0)
    for u, d in ((0.18, 0.66), (0.54, 0.66), (0.18, 0.4), (0.54, 0.4)):
        x, y = room.pt(u, 0.1, d)
        s.pen.shape(rect(x - 0.5, y, 1.0, room.pt(u, 0, d)[1] - y), DARK_TONE, 0.9)
    s.pen.shape(room.flat(0.14, 0.58, 0.37, 0.69, 0.105), WHITE, 1.4)
    s.pen.shape(room.flat(0.14, 0.58, 0.37, 0.69, 0.12), LIGHT_TONE, 1.3)
    x, y = room.pt(0.38, 0.12, 0.54)
    size = (room.pt(0.5, 0.12, 0.54)[0] - x) * 0.4
    for dx, dy in ((-0.5, -0.7), (0.5, -0.7), (0.0, -1.05)):
        s.pen.shape(ellipse(x + dx * size, y + dy * size, size * 0.46, size * 0.4), LIGHT_TONE, 1.0)
    rim = y - size * 0.6
    bowl = smooth(
        ((x - size, rim), (x - size * 0.6, y), (x + size * 0.6, y), (x + size, rim)), closed=True, tension=0.4
    )
    s.pen.shape(bowl, WHITE, 1.1)
    for u, d in ((0.24, 0.46), (0.5, 0.44)):
        x, y = room.pt(u, 0.12, d)
        s.pen.shape(rect(x - size * 0.28, y - size * 0.6, size * 0.56, size * 0.6), WHITE, 1.0)
        s.pen.contour(ellipse(x, y - size * 0.6, size * 0.28, size * 0.08), 0.9)


def _television(s: Scenery, room: Room) -> None:
    """On a low board in the corner."""
    s.pen.shape(room.back(-0.96, 0, -0.52, 0.14), MID_TONE, 1.2)
    s.line(room.pt(-0.74, 0.01), room.pt(-0.74, 0.13), 0.8)
    s.pen.shape(room.back(-0.92, 0.16, -0.56, 0.46), BLACK, 1.2)
    s.pen.shape(room.back(-0.9, 0.18, -0.58, 0.44), LIGHT_TONE, 0.9)
    s.line(room.pt(-0.86, 0.4), room.pt(-0.78, 0.24), 1.0)


@shows("hearth")
def _hearth(s: Scenery, room: Room) -> None:
    pit = room.flat(0.2, 0.62, 0.36, 0.66)
    s.pen.shape(pit, WHITE, 2.2)
    s.pen.shape(room.flat(0.24, 0.58, 0.4, 0.63), DARK_TONE, 1.0)
    x, y = room.pt(0.41, 0.0, 0.52)
    size = (room.pt(0.5, 0, 0.52)[0] - x) * 0.7
    s.line((x, y - size * 2.4), (x, -2), 1.4)
    s.pen.shape(
        smooth(
            (
                (x - size, y - size * 1.7),
                (x - size * 0.8, y - size * 0.9),
                (x + size * 0.8, y - size * 0.9),
                (x + size, y - size * 1.7),
            ),
            closed=True,
            tension=0.45,
        ),
        BLACK,
        1.0,
    )
    s.pen.curve(((x - size, y - size * 1.7), (x, y - size * 2.8), (x + size, y - size * 1.7)), 1.2)
    hearth_glow(s, x, y, size * 0.7)


def farmhouse(s: Scenery) -> None:
    """An earth floor, dark beams, a door that stands open; in the West a cottage's room."""
    if s.stage.western:
        cottage(s)
        return
    room = Room.of(s.stage, tall=11)
    shell(s, room)
    for v in (0.72, 0.96):
        s.pen.shape(room.back(-1, v, 1, v + 0.05), DARK_TONE, 1.1)
    for u in (-0.62, 0.1, 0.62):
        s.pen.shape(room.back(u - 0.03, 0, u + 0.03, 1), DARK_TONE, 1.1)
    opening = room.back(-0.56, 0, 0.06, 0.7)
    if s.stage.night:
        s.canvas.fill(opening, 255)
        s.canvas.graded_tone(opening, (room.pt(0, 0.7), 1.0), (room.pt(0, 0.1), 0.6))
    else:
        s.pen.shape(opening, WHITE, 1.3)
        s.pen.cover(room.back(-0.56, 0, 0.06, 0.22), LIGHT_TONE)
        s.pen.curve((room.pt(-0.56, 0.3), room.pt(-0.3, 0.42), room.pt(-0.05, 0.32), room.pt(0.06, 0.36)), 1.0)
    panes(s, room.back(0.14, 0.08, 0.58, 0.7), 7, 1, 1.0)
    _timbers(s, room)
    s.pen.shape(room.quad((0.5, 0, 0.5), (1, 0, 0.5), (1, 0.1, 0.5), (0.5, 0.1, 0.5)), WHITE, 1.2)
    s.pen.shape(room.flat(0.5, 1, 0.5, 1, 0.1), LIGHT_TONE, 1.2)
    _jar(s, room, -0.8, 0.84)
    _jar(s, room, -0.62, 0.74)
    dusk(s, room)


def _timbers(s: Scenery, room: Room) -> None:
    """Posts and beams of the side walls, a barred window on one, a shelf with bowls on the other."""
    for u in (-1.0, 1.0):
        s.pen.shape(room.side(u, NEAR, 1, 0.72, 0.77), DARK_TONE, 1.1)
        for d in (0.98, 0.6, 0.16):
            s.pen.shape(room.side(u, d - 0.025, d + 0.02, 0, 1), DARK_TONE, 1.1)
    bars = room.side(-1, 0.3, 0.5, 0.36, 0.64)
    s.pen.shape(bars, BLACK if s.stage.night else WHITE, 1.4)
    panes(s, bars, 6, 1, 2.0, 255 if s.stage.night else 0)
    for v in (0.36, 0.54):
        s.pen.shape(room.side(1, 0.26, 0.54, v, v + 0.02), WHITE, 1.1)
        for d in (0.3, 0.38, 0.46):
            s.pen.shape(room.side(1, d, d + 0.05, v + 0.02, v + 0.09), MID_TONE if d > 0.35 else WHITE, 0.9)


def _jar(s: Scenery, room: Room, u: float, d: float) -> None:
    x, y = room.pt(u, 0, d)
    k = room.pt(u + 0.11, 0, d)[0] - x
    s.pen.shape(
        smooth(
            (
                (x - k * 0.5, y),
                (x - k, y - k * 1.2),
                (x - k * 0.5, y - k * 2.1),
                (x + k * 0.5, y - k * 2.1),
                (x + k, y - k * 1.2),
                (x + k * 0.5, y),
            ),
            closed=True,
            tension=0.5,
        ),
        MID_TONE,
        1.2,
    )
    s.pen.shape(ellipse(x, y - k * 2.1, k * 0.55, k * 0.16), WHITE, 1.0)


def parlour(s: Scenery) -> None:
    """A modest flat of 1900: striped paper, a pier glass, a stove, a shabby couch."""
    room = Room.of(s.stage)
    shell(s, room)
    boards(s, room, 10)
    striped(s, room)
    window(s, room.back(-0.2, 0.36, 0.16, 0.86), 2, 2, 2.2)
    for side in (-1, 1):
        u = -0.02 + side * 0.24
        s.pen.shape(
            poly(
                [
                    room.pt(u - side * 0.08, 0.92),
                    room.pt(u + side * 0.06, 0.92),
                    room.pt(u + side * 0.06, 0.3),
                    room.pt(u + side * 0.0, 0.3),
                    room.pt(u + side * 0.03, 0.6),
                ]
            ),
            WHITE,
            1.1,
        )
    s.pen.shape(room.back(-0.3, 0.9, 0.27, 0.95), MID_TONE, 1.1)
    s.pen.shape(room.back(0.48, 0.24, 0.68, 0.86), MID_TONE, 1.4)
    s.pen.shape(room.back(0.51, 0.27, 0.65, 0.83), WHITE, 1.0)
    s.lines([(room.pt(0.53, 0.4), room.pt(0.62, 0.7)), (room.pt(0.56, 0.38), room.pt(0.64, 0.62))], 0.9)
    s.pen.shape(room.back(-0.74, 0.58, -0.52, 0.8), WHITE, 1.4)
    s.pen.shape(room.back(-0.7, 0.61, -0.56, 0.77), LIGHT_TONE, 0.9)
    wall_lamp(s, room, 0.36, 0.62)
    rug(s, room)
    for wall in (-1.0, 1.0):
        side_picture(s, room, wall, 0.3)
        s.line(room.pt(wall, 0.3, NEAR), room.pt(wall, 0.3, 1), 1.4)
        s.lines([(room.pt(wall, 0.3, d), room.pt(wall, 1, d)) for d in (-0.5, -0.1, 0.16, 0.36, 0.52, 0.66, 0.8)], 0.6)
    side_door(s, room, -1.0, 0.62, 0.8)
    _chimney(s, room)
    potted(s, room, 0.88, 0.92)
    dusk(s, room)
    _couch(s, room)
    _table(s, room, 0.62, 0.62)


def _chimney(s: Scenery, room: Room) -> None:
    """The fireplace of the right wall, a clock and vases on its shelf."""
    s.pen.shape(room.side(1, 0.56, 0.84, 0, 0.36), WHITE, 1.3)
    s.pen.shape(room.side(1, 0.62, 0.78, 0, 0.26), BLACK, 1.1)
    s.pen.shape(room.side(1, 0.53, 0.87, 0.36, 0.4), WHITE, 1.2)
    s.pen.shape(room.side(1, 0.68, 0.73, 0.4, 0.52), MID_TONE, 1.0)
    for d in (0.58, 0.8):
        s.pen.shape(room.side(1, d, d + 0.025, 0.4, 0.48), DARK_TONE, 1.0)


def _couch(s: Scenery, room: Room) -> None:
    d = 0.72
    s.pen.shape(
        smooth(
            [
                room.pt(-0.92, 0.18, d),
                room.pt(-0.92, 0.4, d),
                room.pt(-0.6, 0.46, d),
                room.pt(-0.3, 0.4, d),
                room.pt(-0.28, 0.18, d),
            ],
            closed=True,
            tension=0.4,
        ),
        MID_TONE,
        1.3,
    )
    s.pen.shape(
        room.quad((-0.95, 0.06, d - 0.1), (-0.25, 0.06, d - 0.1), (-0.25, 0.2, d - 0.1), (-0.95, 0.2, d - 0.1)),
        LIGHT_TONE,
        1.3,
    )
    for u in (-0.95, -0.28):
        s.pen.shape(
            room.quad(
                (u - 0.04, 0.02, d - 0.12),
                (u + 0.06, 0.02, d - 0.12),
                (u + 0.06, 0.29, d - 0.12),
                (u - 0.04, 0.29, d - 0.12),
            ),
            MID_TONE,
            1.2,
        )


@shows("table")
def _table(s: Scenery, room: Room, u: float, d: float) -> None:
    x, y = room.pt(u, 0.27, d)
    k = room.pt(u + 0.2, 0, d)[0] - x
    foot = room.pt(u, 0, d)[1]
    s.lines(
        [
            ((x - k * 0.6, y), (x - k * 0.66, foot)),
            ((x + k * 0.6, y), (x + k * 0.66, foot)),
            ((x, y), (x, foot + k * 0.1)),
        ],
        2.0,
    )
    cloth = smooth(
        (
            (x - k, y),
            (x - k * 0.95, y + k * 0.4),
            (x - k * 0.3, y + k * 0.5),
            (x + k * 0.3, y + k * 0.44),
            (x + k * 0.95, y + k * 0.42),
            (x + k, y),
        ),
        tension=0.45,
    )
    s.pen.shape((*cloth, ("Z",)), WHITE, 1.1)
    s.pen.shape(ellipse(x, y, k, k * 0.2), WHITE, 1.2)
    s.pen.shape(
        poly(((x - k * 0.1, y - k * 0.4), (x + k * 0.1, y - k * 0.4), (x + k * 0.14, y), (x - k * 0.14, y))),
        DARK_TONE,
        1.0,
    )
