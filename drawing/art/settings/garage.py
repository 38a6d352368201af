"""A garage: bare walls of blocks, a bench under its tools, tins on shelves, a chest freezer, tyres; its big door."""

from drawing.art.settings.room_in_perspective import NEAR, Room, dusk, shell, stacked
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point, between

_COURSES = 8


def garage(s: Scenery) -> None:
    """Towards the bench at its end."""
    room = _bare(s)
    dusk(s, room)
    _pegboard(s, room)
    _bench(s, room)
    _shelves(s, room)
    _freezer(s, room)
    _tyres(s, room)


def garage_door(s: Scenery) -> None:
    """Towards the door: by day it is rolled up, and the light of the drive falls in."""
    room = _bare(s)
    dusk(s, room)
    low = 0.0 if s.stage.night else 0.66
    if not s.stage.night:
        _drive(s, room)
    s.pen.shape(room.back(-0.66, low, 0.66, 0.78), LIGHT_TONE, 1.6)
    slats = 13
    rows = [low + (0.78 - low) * k / slats for k in range(1, slats)] if s.stage.night else (0.69, 0.72, 0.75)
    s.lines([(room.pt(-0.66, v), room.pt(0.66, v)) for v in rows], 0.9)
    s.pen.shape(room.back(-0.7, 0.76, 0.7, 0.86), MID_TONE, 1.5)
    for u in (-0.7, 0.66):
        s.pen.shape(room.back(u, 0, u + 0.04, 0.78), DARK_TONE, 1.2)
    s.pen.shape(room.back(-0.09, low + 0.02, 0.09, low + 0.05), BLACK, 0.9)
    _ladder(s, room)


def _bare(s: Scenery) -> Room:
    """Blocks and their joints, a floor of cement with its seams and oil, rails under the ceiling."""
    room = Room.of(s.stage, tall=10.0, wide=0.42)
    shell(s, room, floor=MID_TONE, sun=False)
    r, lines = s.stage.random("blocks"), list[tuple[Point, Point]]()
    for v in (row / _COURSES for row in range(1, _COURSES)):
        lines.append((room.pt(-1, v), room.pt(1, v)))
        lines += [(room.pt(u, v, NEAR), room.pt(u, v)) for u in (-1, 1)]
    for row in range(_COURSES):
        foot, high = row / _COURSES, (row + 1) / _COURSES
        for k in range(10):
            u, d = -1 + (k + 0.5 * (row % 2)) / 5, 0.97 - 0.17 * k - 0.085 * (row % 2)
            if r.random() < 0.72 and u < 1:
                lines.append((room.pt(u, foot), room.pt(u, high)))
            lines += [(room.pt(side, foot, d), room.pt(side, high, d)) for side in (-1, 1) if r.random() < 0.72]
    s.lines(lines, 0.6)
    s.lines([(room.pt(0, 0, NEAR), room.pt(0, 0, 1)), (room.pt(-1, 0, 0.5), room.pt(1, 0, 0.5))], 0.9)
    for u, d, wide in ((0.3, 0.34, 0.12), (-0.2, 0.62, 0.08)):
        (x, y), (edge, _) = room.pt(u, 0, d), room.pt(u + wide, 0, d)
        s.canvas.tone(ellipse(x, y, edge - x, (edge - x) * 0.26), DARK_TONE.tone)
    for u in (-0.5, 0.5):
        s.line(room.pt(u, 0.97, NEAR), room.pt(u, 0.97, 0.9), 2.4)
    return room


def _pegboard(s: Scenery, room: Room) -> None:
    """Tools hang on it, each in its place."""
    s.pen.shape(room.back(-0.34, 0.46, 0.5, 0.8), LIGHT_TONE, 1.3)
    k = room.pt(0.1, 0)[0] - room.pt(0, 0)[0]

    def at(u: float, v: float, *points: Point) -> Path:
        x, y = room.pt(u, v)
        return poly([(x + k * a, y + k * b) for a, b in points])

    hammer = ((-0.06, -0.4), (0.06, -0.4), (0.05, 0.7), (-0.05, 0.7))
    s.pen.shape(at(-0.24, 0.66, *hammer), WHITE, 1.0)
    s.pen.shape(at(-0.24, 0.66, (-0.34, -0.62), (0.3, -0.62), (0.36, -0.46), (0.3, -0.34), (-0.34, -0.34)), BLACK, 1.0)
    saw = ((-0.8, -0.4), (0.5, -0.52), (0.5, 0.1), (0.3, 0.14), (-0.8, -0.2))
    s.pen.shape(at(0.06, 0.7, *saw), WHITE, 1.1)
    s.pen.shape(at(0.06, 0.7, (0.46, -0.56), (0.86, -0.5), (0.9, 0.16), (0.5, 0.16)), DARK_TONE, 1.1)
    for u, tall in ((0.24, 0.7), (0.31, 0.6), (0.38, 0.5)):
        s.pen.shape(at(u, 0.68, (-0.07, -tall), (0.07, -tall), (0.06, tall), (-0.06, tall)), WHITE, 0.9)
        x, y = room.pt(u, 0.68)
        s.pen.shape(ellipse(x, y - k * tall, k * 0.15, k * 0.15), BLACK, 0.8)
    (x, y), r = room.pt(-0.1, 0.56), k * 0.42
    for grow in (1.0, 0.78, 0.56):
        s.pen.contour(ellipse(x, y, r * grow, r * grow * 0.9), 1.3)


def _bench(s: Scenery, room: Room) -> None:
    """A thick board on posts, with a vice and a tool chest on it."""
    top, d = 0.34, 0.86
    for u in (-0.36, 0.5):
        s.pen.shape(room.quad((u, 0, d), (u + 0.05, 0, d), (u + 0.05, top, d), (u, top, d)), DARK_TONE, 1.1)
    s.pen.shape(
        room.quad((-0.36, 0.1, 0.96), (0.55, 0.1, 0.96), (0.55, 0.13, 0.96), (-0.36, 0.13, 0.96)), MID_TONE, 0.9
    )
    s.pen.shape(room.flat(-0.4, 0.6, d, 1.0, top), WHITE, 1.2)
    s.pen.shape(room.quad((-0.4, top - 0.045, d), (0.6, top - 0.045, d), (0.6, top, d), (-0.4, top, d)), MID_TONE, 1.3)
    (x, y), k = room.pt(-0.2, top, d), room.pt(0.1, 0, d)[0] - room.pt(0, 0, d)[0]
    vice = ((-0.5, 0), (-0.5, -0.3), (-0.2, -0.3), (-0.2, -0.7), (0.1, -0.7), (0.1, -0.3), (0.4, -0.3), (0.4, 0))
    s.pen.shape(poly([(x + k * a, y + k * b) for a, b in vice]), BLACK, 1.0)
    s.line((x + k * 0.4, y - k * 0.15), (x + k * 0.9, y - k * 0.15), 2.6)
    x, y = room.pt(0.34, top, d)
    s.pen.shape(rect(x - k * 0.8, y - k * 0.7, k * 1.6, k * 0.7), DARK_TONE, 1.2)
    s.pen.shape(rect(x - k * 0.8, y - k * 0.7, k * 1.6, k * 0.2), LIGHT_TONE, 1.0)
    s.pen.contour(rect(x - k * 0.25, y - k * 0.95, k * 0.5, k * 0.25), 1.4)


@shows("shelf")
def _shelves(s: Scenery, room: Room) -> None:
    """Tins of paint and boxes on the right wall's end."""
    r, things = s.stage.random("tins"), list[tuple[Path, Shade]]()
    for v in (0.2, 0.42, 0.64):
        s.pen.shape(room.back(0.68, v - 0.02, 0.97, v), MID_TONE, 1.1)
        u = 0.7
        while u < 0.9:
            wide, tall = r.uniform(0.055, 0.1), r.uniform(0.09, 0.16)
            body = room.back(u, v, u + wide, v + tall)
            things.append((body, (WHITE, LIGHT_TONE, DARK_TONE)[r.randrange(3)]))
            if tall < 0.13:
                things.append((room.back(u + 0.01, v + tall * 0.3, u + wide - 0.01, v + tall * 0.7), WHITE))
            u += wide + 0.012
    stacked(s, things, 0.9)
    s.lines([(room.pt(u, 0.0), room.pt(u, 0.82)) for u in (0.67, 0.98)], 2.2)


def _freezer(s: Scenery, room: Room) -> None:
    """A long white chest against the left wall, a box on top of it."""
    u0, u1, d0, d1, top = -0.98, -0.66, 0.42, 0.94, 0.3
    s.canvas.tone(room.flat(u0, u1 + 0.06, d0 - 0.04, d1), MID_TONE.tone)
    s.pen.shape(room.side(u1, d0, d1, 0.03, top), LIGHT_TONE, 1.3)
    s.pen.shape(room.quad((u0, 0.03, d0), (u1, 0.03, d0), (u1, top, d0), (u0, top, d0)), WHITE, 1.4)
    s.pen.shape(room.flat(u0, u1, d0, d1, top), WHITE, 1.3)
    s.lines([(room.pt(u0, top - 0.05, d0), room.pt(u1, top - 0.05, d0)),
             (room.pt(u1, top - 0.05, d0), room.pt(u1, top - 0.05, d1))], 1.1)  # fmt: skip
    s.line(room.pt(-0.86, top - 0.08, d0), room.pt(-0.78, top - 0.08, d0), 2.6)
    a, b, e, f = -0.94, -0.74, 0.66, 0.84
    s.pen.shape(room.side(b, e, f, top, top + 0.13), MID_TONE, 1.0)
    s.pen.shape(room.quad((a, top, e), (b, top, e), (b, top + 0.13, e), (a, top + 0.13, e)), LIGHT_TONE, 1.1)
    s.pen.shape(room.flat(a, b, e, f, top + 0.13), WHITE, 1.0)


def _tyres(s: Scenery, room: Room) -> None:
    """Three, one upon another, in the right corner."""
    (x, y), k = room.pt(0.82, 0, 0.6), room.pt(0.93, 0, 0.6)[0] - room.pt(0.82, 0, 0.6)[0]
    s.canvas.tone(ellipse(x, y, k * 1.2, k * 0.36), MID_TONE.tone)
    for i in range(3):
        low = y - k * (0.1 + 0.44 * i)
        side = (*ellipse(x, low, k, k * 0.3), *rect(x - k, low - k * 0.4, k * 2, k * 0.4))
        s.canvas.fill(side)
        s.pen.shape(ellipse(x, low - k * 0.4, k, k * 0.3), DARK_TONE, 1.1)
        treads = [
            ((x + k * t, low - k * 0.08), (x + k * (t + 0.06), low - k * 0.2)) for t in (-0.7, -0.4, -0.1, 0.2, 0.5)
        ]
        s.lines(treads, 1.1, 255)
    s.pen.shape(ellipse(x, y - k * 1.38, k * 0.55, k * 0.16), BLACK, 1.0)


def _drive(s: Scenery, room: Room) -> None:
    """What the open door shows, and its light on the floor."""
    s.pen.shape(room.back(-0.66, 0, 0.66, 0.78), WHITE, 1.4)
    with s.canvas.saved():
        s.canvas.clip(room.back(-0.66, 0, 0.66, 0.78))
        s.canvas.graded_tone(room.back(-0.66, 0.3, 0.66, 0.78), (room.pt(0, 0.78), 0.22), (room.pt(0, 0.34), 0.0))
        hedge = [room.pt(-0.66 + 0.066 * i, 0.36 + (0.03 if i % 2 else 0.0)) for i in range(21)]
        s.pen.shape(poly([*hedge, room.pt(0.66, 0.2), room.pt(-0.66, 0.2)]), MID_TONE, 1.0)
        s.lines([(room.pt(-0.3, 0.2), room.pt(-0.66, 0.0)), (room.pt(0.3, 0.2), room.pt(0.66, 0.0))], 1.0)
    s.canvas.fill(room.quad((-0.66, 0, 1), (0.66, 0, 1), (0.9, 0, 0.2), (-0.9, 0, 0.2)), 255)
    s.lines([(room.pt(-0.66, 0), room.pt(-0.9, 0, 0.2)), (room.pt(0.66, 0), room.pt(0.9, 0, 0.2))], 0.7)


def _ladder(s: Scenery, room: Room) -> None:
    """It leans at the wall beside the door."""
    foot, head = ((0.78, 0.0, 0.9), (0.92, 0.0, 0.9)), ((0.8, 0.7, 1.0), (0.94, 0.7, 1.0))
    (a, b), (c, d) = [room.pt(*p) for p in foot], [room.pt(*p) for p in head]
    rungs = [(between(a, c, t), between(b, d, t)) for t in (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)]
    for weight, grey in ((3.6, 0), (1.4, 255)):
        s.lines([(a, c), (b, d), *rungs], weight, grey)
