"""Great rooms: a temple hall, a western dining hall, a palace; a passage of a western house."""

import itertools

from drawing.art.settings.classroom_corridor_shop import hearth_glow
from drawing.art.settings.furnishings import potted, runner, side_picture, wall_lamp
from drawing.art.settings.room_in_perspective import Room, boards, dusk, panes, shell
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, rect, smooth
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


@shows("door")
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


@shows("door")
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


def temple_hall(s: Scenery) -> None:
    room = Room.of(s.stage, tall=13)
    shell(s, room)
    boards(s, room, 12)
    for u in (-0.66, 0.66):
        s.pen.shape(room.back(u - 0.05, 0, u + 0.05, 1), DARK_TONE, 1.2)
    s.pen.shape(room.back(-0.4, 0, 0.4, 0.2), MID_TONE, 1.3)
    s.pen.shape(room.back(-0.3, 0.2, 0.3, 0.26), WHITE, 1.1)
    x, y = room.pt(0, 0.52)
    k = room.pt(0.12, 0)[0] - room.pt(0, 0)[0]
    s.pen.shape(ellipse(x, y, k * 1.7, k * 2.0), LIGHT_TONE, 1.1)
    s.pen.shape(
        smooth(
            (
                (x - k * 1.2, y + k * 1.9),
                (x - k * 0.9, y + k * 0.7),
                (x, y + k * 0.2),
                (x + k * 0.9, y + k * 0.7),
                (x + k * 1.2, y + k * 1.9),
            ),
            closed=True,
            tension=0.4,
        ),
        BLACK,
        1.1,
    )
    s.pen.shape(ellipse(x, y - k * 0.2, k * 0.5, k * 0.62), BLACK, 1.0)
    for u in (-0.28, 0.28):
        cx, cy = room.pt(u, 0.26)
        s.pen.shape(rect(cx - k * 0.1, cy - k * 0.9, k * 0.2, k * 0.9), WHITE, 1.0)
        hearth_glow(s, cx, cy - k * 0.9, k * 0.3)
    s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.46), ((0, s.stage.height * 0.4), 0.0))


def dining_hall(s: Scenery) -> None:
    """A western house: panelled doors, mirrors, lamps, a chequered floor."""
    room = Room.of(s.stage, tall=13)
    shell(s, room, floor=WHITE)
    _chequers(s, room)
    runner(s, room)
    for side in (-1.0, 1.0):
        side_picture(s, room, side, 0.62)
        side_picture(s, room, side, 0.2)
    s.pen.shape(room.back(-1, 0, 1, 0.24), LIGHT_TONE, 1.2)
    panes(s, room.back(-1, 0.02, 1, 0.22), 10, 1, 1.0)
    s.pen.shape(room.back(-0.27, 0, 0.27, 0.74), MID_TONE, 1.6)
    for u in (-0.24, 0.015):
        s.pen.shape(room.back(u, 0.0, u + 0.225, 0.7), WHITE, 1.2)
        for v, tall in ((0.06, 0.24), (0.36, 0.28)):
            s.pen.shape(room.back(u + 0.04, v, u + 0.185, v + tall), LIGHT_TONE, 0.9)
    for u in (-0.04, 0.04):
        s.canvas.fill(ellipse(*room.pt(u, 0.33), 0.5 + s.stage.unit * 0.02, 0.5 + s.stage.unit * 0.02))
    for u in (-0.66, 0.62):
        x, y = room.pt(u, 0.56)
        k = room.pt(u + 0.14, 0)[0] - x
        s.pen.shape(ellipse(x, y, k, k * 1.35), MID_TONE, 1.4)
        s.pen.shape(ellipse(x, y, k * 0.8, k * 1.15), WHITE, 1.0)
        s.lines(
            [
                ((x - k * 0.4, y + k * 0.3), (x + k * 0.1, y - k * 0.7)),
                ((x - k * 0.1, y + k * 0.4), (x + k * 0.4, y - k * 0.4)),
            ],
            0.9,
        )
    for u in (-0.4, 0.36):
        wall_lamp(s, room, u)
    for u in (-0.86, 0.86):
        potted(s, room, u, 0.9)
    _chandelier(s, room)
    dusk(s, room)


def _chequers(s: Scenery, room: Room) -> None:
    rows = (1.0, 0.9, 0.76, 0.58, 0.3, -0.1, -0.75)
    for k, (far, near) in enumerate(itertools.pairwise(rows)):
        for i in range(-4, 4):
            if (i + k) % 2:
                s.pen.cover(room.flat(i / 4, (i + 1) / 4, near, far), MID_TONE)
    s.line(room.pt(-1, 0), room.pt(1, 0), 1.3)


def _chandelier(s: Scenery, room: Room) -> None:
    x, y = room.pt(0.0, 0.92, 0.8)
    k = room.pt(0.2, 0, 0.8)[0] - room.pt(0, 0, 0.8)[0]
    s.line((x, y - k * 0.2), (x, -2), 1.3)
    for dx in (-1.0, -0.5, 0.5, 1.0):
        s.pen.curve(((x, y - k * 0.1), (x + dx * k * 0.5, y + k * 0.25), (x + dx * k, y)), 1.3)
        s.pen.shape(rect(x + dx * k - k * 0.05, y - k * 0.3, k * 0.1, k * 0.3), WHITE, 0.9)


def _roundel(room: Room) -> tuple[float, float]:
    """Half axes of the device on a banner."""
    (x0, y0), (x1, y1) = room.pt(0.0, 0.6), room.pt(0.055, 0.65)
    return x1 - x0, y0 - y1


def palace(s: Scenery) -> None:
    room = Room.of(s.stage, tall=15)
    shell(s, room)
    s.lines([(room.pt(k / 4, 0, -1.2), room.pt(k / 4, 0, 1)) for k in range(-3, 4)], 0.5)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.8, -0.3, 0.04, 0.3, 0.5, 0.66, 0.8)], 0.5)
    for u in (-0.46, 0.46):
        banner = room.back(u - 0.09, 0.34, u + 0.09, 0.9)
        s.pen.shape(banner, DARK_TONE, 1.2)
        s.pen.shape(room.quad((u - 0.09, 0.34, 1), (u + 0.09, 0.34, 1), (u, 0.26, 1), (u, 0.26, 1)), DARK_TONE, 1.0)
        s.pen.shape(ellipse(*room.pt(u, 0.6), *_roundel(room)), WHITE, 1.0)
    s.pen.shape(room.flat(-0.26, 0.26, -2.6, 1), MID_TONE, 1.2)
    for d in (0.96, 0.78, 0.5, 0.08):
        for u in (-0.72, 0.72):
            wide = 0.075
            s.pen.shape(room.quad((u - wide, 0, d), (u + wide, 0, d), (u + wide, 1, d), (u - wide, 1, d)), WHITE, 1.3)
            s.pen.cover(
                room.quad((u + wide * 0.3, 0, d), (u + wide, 0, d), (u + wide, 1, d), (u + wide * 0.3, 1, d)),
                LIGHT_TONE,
            )
            for v in (0.02, 0.92):
                s.pen.shape(
                    room.quad(
                        (u - wide * 1.4, v, d),
                        (u + wide * 1.4, v, d),
                        (u + wide * 1.4, v + 0.05, d),
                        (u - wide * 1.4, v + 0.05, d),
                    ),
                    MID_TONE,
                    1.0,
                )
    s.pen.shape(room.back(-0.22, 0, 0.22, 0.16), LIGHT_TONE, 1.2)
    s.pen.shape(room.back(-0.13, 0.16, 0.13, 0.56), DARK_TONE, 1.3)
    s.pen.shape(room.back(-0.09, 0.16, 0.09, 0.5), WHITE, 1.0)
    dusk(s, room)
