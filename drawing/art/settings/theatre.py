"""A stage with its curtains, lights and the players' desks; seen the other way the dark hall and those who listen."""

from itertools import pairwise
from math import cos, pi, sin

from drawing.art.settings.room_in_perspective import NEAR, Room, boards, shell, stacked
from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID, MID_TONE, WHITE, Shade
from manga.geometry import Point

_WINGS = (0.84, 0.58, 0.22)
"""How deep the curtains at the sides hang, the farthest first."""
_ROWS = (0.96, 0.88, 0.79, 0.68, 0.55, 0.4, 0.22)
"""How deep the rows of the audience sit, the farthest first."""


def theatre(s: Scenery) -> None:
    """From the hall: a cloth in folds at the back, light in cones, chairs and desks for the players."""
    room = Room.of(s.stage, tall=11.5, wide=0.42)
    shell(s, room, wall=MID_TONE, ceiling=False, sun=False)
    s.canvas.fill(room.flat(-1, 1, NEAR, 1, 1.0))
    boards(s, room, 13)
    s.pen.cover(room.back(-1, 0, 1, 1), DARK_TONE)
    s.canvas.stroke(joined(_folds(room, -1.0, 1.0, 34)), s.pen.weight * 1.1)
    _lights(s, room)
    s.pen.shape(room.quad((-0.8, 0, 0.86), (0.8, 0, 0.86), (0.8, 0.055, 0.86), (-0.8, 0.055, 0.86)), MID_TONE, 1.2)
    s.pen.shape(room.flat(-0.8, 0.8, 0.86, 1.0, 0.055), WHITE, 1.2)
    for u in (-0.66, -0.46, -0.26, 0.26, 0.46, 0.66):
        _place(s, room, u, 0.92, 0.055)
    for d in _WINGS:
        for side in (-1, 1):
            _wing(s, room, side, d)
        if d == _WINGS[0]:
            _valance(s, room, d)
    for u in (-0.62, 0.62):
        _place(s, room, u, 0.66, 0.0)


def auditorium(s: Scenery) -> None:
    """From the stage: row behind row of heads, a gallery, doors under it, lamps along the edge of the stage."""
    room = Room.of(s.stage, tall=13.0, wide=0.44)
    s.wipe(0)
    s.pen.cover(room.back(-1, 0, 1, 1), DARK_TONE)
    for side in (-1, 1):
        s.pen.cover(room.side(side, NEAR, 1, 0, 1), DARK_TONE)
        s.pen.shape(room.side(side, -0.6, 1, 0.52, 0.64), MID_TONE, 1.3)
    _heads(s, room, 1.0, 0.67)
    s.pen.shape(room.back(-1, 0.52, 1, 0.64), LIGHT_TONE, 1.4)
    s.pen.cover(room.back(-1, 0, 1, 0.52), BLACK)
    for u0, u1 in ((-0.62, -0.38), (0.38, 0.62)):
        s.pen.shape(room.back(u0, 0.1, u1, 0.44), DARK_TONE, 1.2)
        s.pen.cover(room.back(u0 + 0.04, 0.46, u1 - 0.04, 0.49), WHITE)
    s.lines([(room.pt(-1, v), room.pt(1, v)) for v in (0.55, 0.61)], 0.8)
    for d in _ROWS:
        _heads(s, room, d, 0.12 + 0.16 * d)
    s.canvas.tone(s.stage.frame, MID)
    _ramp(s, room)


def _folds(room: Room, u0: float, u1: float, n: int) -> list[Path]:
    """Of a cloth that hangs on the back wall, their lower ends swinging to and fro."""
    step = (u1 - u0) / n
    return [
        smooth([room.pt(u0 + step * k, 1.0), room.pt(u0 + step * (k + 0.12), 0.5), room.pt(u0 + step * k, 0.0)])
        for k in range(1, n)
    ]


def _lights(s: Scenery, room: Room) -> None:
    """Two cones from above that cross, and where they fall on the boards."""
    for u, to in ((-0.56, 0.2), (0.56, -0.2)):
        (x0, y0), (x1, y1) = room.pt(u, 1.0, 0.9), room.pt(to, 0.0, 0.5)
        wide = abs(room.pt(0.27, 0, 0.5)[0] - room.pt(0, 0, 0.5)[0])
        cone = poly(((x0 - wide * 0.06, y0), (x0 + wide * 0.06, y0), (x1 + wide, y1), (x1 - wide, y1)))
        with s.canvas.saved():
            s.canvas.clip(room.back(-1, 0.0, 1, 1))
            s.canvas.fill(cone, 255)
            s.canvas.graded_tone(cone, ((x0, y0), 0.05), ((x1, y1), 0.24))
            s.canvas.stroke(joined(_folds(room, -1.0, 1.0, 34)), s.pen.weight * 0.6)
    x, y = room.pt(0.0, 0.0, 0.5)
    wide, deep = abs(room.pt(0.6, 0, 0.5)[0] - x), abs(room.pt(0, 0, 0.1)[1] - room.pt(0, 0, 0.78)[1]) * 0.5
    s.canvas.fill(ellipse(x, y, wide, deep), 255)
    boards_in = [(room.pt(u, 0, 0.1), room.pt(u, 0, 0.78)) for u in (-0.4, -0.24, -0.08, 0.08, 0.24, 0.4)]
    s.lines(boards_in, 0.4)


def _wing(s: Scenery, room: Room, side: int, d: float) -> None:
    """A curtain that hangs at a side and hides who waits behind it."""
    inner = side * (0.82 - 0.06 * (1 - d))
    shade = DARK_TONE if d > 0.5 else MID_TONE
    s.pen.shape(
        room.quad((side * 1.02, 0.01, d), (inner, 0.01, d), (inner, 1.02, d), (side * 1.02, 1.02, d)), shade, 1.4
    )
    steps = [inner + (side * 1.02 - inner) * k / 6 for k in range(1, 6)]
    s.lines([(room.pt(u, 0.01, d), room.pt(u + side * 0.006, 1.02, d)) for u in steps], 1.0)


def _valance(s: Scenery, room: Room, d: float) -> None:
    """The short curtain above, in scallops with a fringe."""
    n, low, high = 8, 0.8, 0.87
    ends = [-1.02 + 2.04 * k / n for k in range(n + 1)]
    edge: list[Point] = []
    for a, b in pairwise(ends):
        edge += [room.pt(a + (b - a) * t, high - (high - low) * sin(pi * t), d) for t in (0.0, 0.25, 0.5, 0.75)]
    edge.append(room.pt(ends[-1], high, d))
    s.pen.shape(poly([room.pt(-1.02, 1.02, d), *edge, room.pt(1.02, 1.02, d)]), DARK_TONE, 1.6)
    s.pen.curve(edge, 2.4)
    s.lines([(room.pt(u, 1.02, d), room.pt(u, high, d)) for u in ends[1:-1]], 1.0)


def _place(s: Scenery, room: Room, u: float, d: float, v: float) -> None:
    """A chair and the desk before it, with notes on it."""
    tall, wide = 0.15, 0.05
    s.lines([(room.pt(u + k * wide, v, d), room.pt(u + k * wide, v + tall * 0.55, d)) for k in (-0.9, 0.9)], 1.4)
    s.pen.shape(room.quad((u - wide, v + tall * 0.5, d), (u + wide, v + tall * 0.5, d), (u + wide, v + tall * 0.58, d),
                (u - wide, v + tall * 0.58, d)), BLACK, 1.0)  # fmt: skip
    s.pen.shape(room.quad((u - wide, v + tall * 0.76, d), (u + wide, v + tall * 0.76, d), (u + wide, v + tall * 1.2, d),
                (u - wide, v + tall * 1.2, d)), LIGHT_TONE, 1.0)  # fmt: skip
    desk = u + 0.085 * (-1 if u > 0 else 1)
    s.line(room.pt(desk, v, d - 0.02), room.pt(desk, v + tall * 1.1, d - 0.02), 1.6)
    s.lines([(room.pt(desk, v + 0.02, d - 0.02), room.pt(desk + k * 0.03, v, d - 0.02)) for k in (-1, 1)], 1.2)
    lean = 0.02 * (-1 if u > 0 else 1)
    s.pen.shape(room.quad((desk - 0.045, v + tall, d), (desk + 0.045, v + tall, d),
                (desk + 0.05 + lean, v + tall * 1.5, d), (desk - 0.04 + lean, v + tall * 1.5, d)),
                WHITE, 1.2)  # fmt: skip


def _heads(s: Scenery, room: Room, d: float, v: float) -> None:
    """One row: shoulders in the dark, faces that catch the light, hair; no two alike."""
    r = s.stage.random("audience", d)
    size = abs(room.pt(0, 0.052, d)[1] - room.pt(0, 0, d)[1])
    (left, y), (right, _) = room.pt(-0.97, v, d), room.pt(0.97, v, d)
    n = max(3, round((right - left) / (size * 2.9)))
    rows: tuple[list[tuple[Path, Shade]], ...] = ([], [], [])
    for k in range(n):
        x, up = left + (right - left) * (k + r.uniform(0.3, 0.7)) / n, y + size * r.uniform(-0.15, 0.15)
        big = size * r.uniform(0.86, 1.06)
        body = [(x + 1.28 * big * cos(a), y + 2.1 * size + 1.15 * size * sin(a)) for a in _half(6)]
        foot = [(x + 1.28 * big, y + 5 * size), (x - 1.28 * big, y + 5 * size)]
        rows[0].append((poly([*body, *foot]), r.choice((DARK_TONE, BLACK, MID_TONE))))
        rows[1].append((ellipse(x, up, big * 0.72, big * 0.92), WHITE))
        cap = [(x + big * 0.76 * cos(a), up - big * 0.12 + big * 0.86 * sin(a)) for a in _half(8)]
        long = r.random() < 0.4
        fringe = [(x + big * 0.5, up - big * 0.3), (x - big * r.uniform(-0.2, 0.3), up - big * 0.46),
                  (x - big * 0.5, up - big * 0.24)]  # fmt: skip
        sides = [(x + big * 0.8, up + big), (x + big * 0.52, up + big)] if long else []
        rows[2].append((poly([*cap, *sides, *fringe]), r.choice((BLACK, BLACK, DARK_TONE, LIGHT_TONE))))
    for row in rows:
        stacked(s, row, 0.8)


def _half(n: int) -> list[float]:
    """Angles over the upper half of a round."""
    return [pi + pi * j / n for j in range(n + 1)]


def _ramp(s: Scenery, room: Room) -> None:
    """The boards before us, and the lamps at their edge."""
    s.pen.shape(room.flat(-1, 1, NEAR, 0.1), WHITE, 1.6)
    s.canvas.graded_tone(room.flat(-1, 1, NEAR, 0.1), (room.pt(0, 0, 0.1), 0.0), (room.pt(0, 0, -1.0), 0.3))
    s.lines([(room.pt(-1 + k / 5, 0, NEAR), room.pt(-1 + k / 5, 0, 0.1)) for k in range(1, 10)], 0.7)
    for k in range(9):
        x, y = room.pt(-0.88 + 0.22 * k, 0, 0.1)
        size = abs(room.pt(0.025, 0, 0.1)[0] - room.pt(0, 0, 0.1)[0])
        lamp = ((x - size, y), (x + size, y), (x + size * 0.7, y - size), (x - size * 0.7, y - size))
        s.pen.shape(poly(lamp), BLACK, 1.1)
