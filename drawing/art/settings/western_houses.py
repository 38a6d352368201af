"""Country houses of the West: a gabled one seen from outside, and the room within, with its hearth and small panes."""

from drawing.art.settings.classroom_corridor_shop import hearth_glow
from drawing.art.settings.room_in_perspective import NEAR, Room, boards, dusk, shell, window
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE


def gabled_house(s: Scenery, x: float, base: float, wide: float, tall: float) -> None:
    """Plaster between timbers, a steep roof, a chimney; its windows are lit in the dark. Millimetres."""
    night, half, eaves, top = s.stage.night, wide * 0.4, base - tall * 0.72, base - tall * 1.6
    chimney = rect(x + half * 0.42, top - tall * 0.12, half * 0.24, tall * 0.6)
    s.pen.shape(chimney, BLACK if night else MID_TONE, 1.0)
    front = poly(((x - half, base), (x - half, eaves), (x, top), (x + half, eaves), (x + half, base)))
    s.pen.shape(front, DARK_TONE if night else WHITE, 1.1)
    sill = base - tall * 0.36
    beams = [((x - half, at), (x + half, at)) for at in (eaves, sill)] + [((x, eaves), (x, top))]
    for side in (-half, half):
        beams += [((x + side * 0.5, base), (x + side * 0.5, eaves)), ((x + side, eaves), (x + side * 0.5, sill))]
    s.lines(beams, 1.4)
    for side in (-1, 1):
        out = ((1.2, eaves + tall * 0.1), (1.06, eaves + tall * 0.16))
        over = ((x, top - tall * 0.1), *((x + side * half * u, y) for u, y in out), (x, top + tall * 0.08))
        s.pen.shape(poly(over), s.roofing, 1.2)
    s.pen.shape(rect(x - half * 0.16, base - tall * 0.5, half * 0.34, tall * 0.5), BLACK if night else DARK_TONE, 1.0)
    for at in (-0.76, 0.6):
        pane = rect(x + half * at, base - tall * 0.64, half * 0.22, tall * 0.22)
        s.pen.shape(pane, WHITE if s.stage.dim else LIGHT_TONE, 1.0)
        middle = x + half * (at + 0.11)
        s.lines([((middle, base - tall * 0.64), (middle, base - tall * 0.42))], 0.8)


def cottage(s: Scenery) -> None:
    """Plaster, dark beams, a floor of boards, a window with small panes, a door of planks, a hearth."""
    room = Room.of(s.stage, tall=9)
    shell(s, room)
    boards(s, room, 8)
    for k in range(-4, 5):
        s.pen.shape(room.quad((k * 0.25 - 0.03, 1, NEAR), (k * 0.25 + 0.03, 1, NEAR), (k * 0.25 + 0.03, 0.95, 1),
                              (k * 0.25 - 0.03, 0.95, 1)), DARK_TONE, 1.0)  # fmt: skip
    s.pen.shape(room.back(-1, 0.9, 1, 0.95), DARK_TONE, 1.1)
    for u in (-0.98, -0.02, 0.94):
        s.pen.shape(room.back(u, 0, u + 0.05, 0.9), DARK_TONE, 1.1)
    window(s, room.back(0.2, 0.4, 0.66, 0.78), 4, 3, 2.0)
    _plank_door(s, room)
    _hearth(s, room)
    for d in (0.3, 0.62):
        s.pen.shape(room.side(-1, d, d + 0.04, 0, 1), DARK_TONE, 1.0)
    _shelf(s, room)
    dusk(s, room)


@shows("door")
def _plank_door(s: Scenery, room: Room) -> None:
    s.pen.shape(room.back(-0.74, 0, -0.3, 0.74), DARK_TONE, 1.4)
    s.pen.shape(room.back(-0.71, 0, -0.33, 0.71), MID_TONE, 1.2)
    s.lines([(room.pt(u, 0), room.pt(u, 0.71)) for u in (-0.62, -0.52, -0.42)], 0.9)
    for v in (0.14, 0.56):
        s.pen.shape(room.back(-0.71, v, -0.33, v + 0.05), DARK_TONE, 0.9)
    s.canvas.fill(ellipse(*room.pt(-0.37, 0.36), 0.6, 0.6))


@shows("hearth")
def _hearth(s: Scenery, room: Room) -> None:
    """Against the right wall: stones around the fire, a hood, a kettle on its chain."""
    s.pen.shape(room.side(1, 0.4, 0.86, 0, 0.5), WHITE, 1.3)
    s.pen.shape(room.side(1, 0.47, 0.79, 0, 0.4), BLACK, 1.1)
    s.pen.shape(room.side(1, 0.36, 0.9, 0.5, 0.56), DARK_TONE, 1.2)
    s.pen.shape(room.quad((1, 0.56, 0.42), (1, 0.56, 0.84), (1, 1, 0.72), (1, 1, 0.54)), LIGHT_TONE, 1.1)
    x, y = room.pt(0.97, 0.06, 0.6)
    k = abs(room.pt(0.97, 0.3, 0.6)[1] - y)
    hearth_glow(s, x, y, k * 0.5)
    s.line((x, y - k * 1.3), (x, y - k * 0.8), 1.0, 255)
    s.pen.shape(ellipse(x, y - k * 0.6, k * 0.22, k * 0.2), MID_TONE, 1.0)


@shows("shelf")
def _shelf(s: Scenery, room: Room) -> None:
    """Plates and jugs on the left wall."""
    for v in (0.5, 0.68):
        s.pen.shape(room.side(-1, 0.36, 0.6, v, v + 0.02), DARK_TONE, 1.0)
        for d in (0.39, 0.46, 0.53):
            s.pen.shape(room.side(-1, d, d + 0.045, v + 0.02, v + 0.11), WHITE if d < 0.5 else MID_TONE, 0.9)
