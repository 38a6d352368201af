"""Under the earth: a vault of stone with its door of copper, a bier, torches; and the stairs that lead up from it."""

from drawing.art.settings.indoors import hearth_glow
from drawing.art.settings.room import NEAR, Room, lamplight
from drawing.art.stage import Scenery
from drawing.ink.paths import ellipse, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_COURSES = 7


def vault(s: Scenery) -> None:
    """Towards the iron-bound door."""
    room = _stones(s)
    _arch(s, room, 0.42, MID_TONE)
    door = [(-0.28, 0), (-0.28, 0.46), (-0.2, 0.6), (0, 0.68), (0.2, 0.6), (0.28, 0.46), (0.28, 0)]
    s.pen.shape(poly([room.pt(*p) for p in door]), DARK_TONE, 1.6)
    for v in (0.14, 0.4):
        s.pen.shape(room.back(-0.28, v, 0.28, v + 0.04), BLACK, 0.9)
    k = 0.3 + s.stage.unit * 0.012
    s.canvas.fill(tuple(op for u in (-0.22, -0.11, 0.0, 0.11, 0.22) for v in (0.16, 0.42)
                        for op in ellipse(*room.pt(u, v), k, k)), 255)  # fmt: skip
    s.pen.contour(ellipse(*room.pt(0.18, 0.3), k * 2.4, k * 2.8), 2.2)
    for u in (-0.66, 0.66):
        _torch(s, room, u)
    _bier(s, room)


def vault_rear(s: Scenery) -> None:
    """Towards the stairs, on which a little light falls."""
    room = _stones(s)
    _arch(s, room, 0.36, WHITE)
    n = 7
    for i in range(n):
        v, inset = 0.07 * i, 0.016 * i
        s.pen.shape(room.back(-0.3 + inset, v, 0.3 - inset, v + 0.07), WHITE if i > n // 2 else LIGHT_TONE, 1.0)
    for u in (-0.8, 0.8):
        s.pen.shape(room.back(u - 0.12, 0.1, u + 0.12, 0.34), BLACK, 1.3)
        s.pen.contour(room.back(u - 0.12, 0.1, u + 0.12, 0.34), 0.8, 255)
    _torch(s, room, -0.52)


def _stones(s: Scenery) -> Room:
    """Walls of blocks under a round ceiling, a floor of slabs; darker away from the light."""
    room = Room.of(s.stage, tall=10.5)
    s.wipe()
    x, y = room.pt(0.0, 0.5)
    if s.stage.night:
        lamplight(s, (x, y))
    else:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.46), ((0, s.stage.height * 0.9), 0.13))
    lines: list[tuple[Point, Point]] = []
    r = s.stage.random("blocks")
    for row in range(_COURSES + 1):
        v = row / _COURSES
        lines += [(room.pt(u, v, NEAR), room.pt(u, v)) for u in (-1, 1)]
        lines.append((room.pt(-1, v), room.pt(1, v)))
        for k in range(9):
            u, d, up = -1 + (k + 0.5 * (row % 2)) / 4.5, 0.98 - 0.16 * k - 0.08 * (row % 2), min(1.0, v + 1 / _COURSES)
            if row < _COURSES and r.random() < 0.7:
                lines.append((room.pt(min(u, 1.0), v), room.pt(min(u, 1.0), up)))
                lines += [(room.pt(side, v, d), room.pt(side, up, d)) for side in (-1, 1)]
    lines += [(room.pt(u, 0), room.pt(u, 0, NEAR)) for u in (-0.6, -0.2, 0.2, 0.6)]
    lines += [(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (0.86, 0.68, 0.44, 0.1, -0.5)]
    s.lines(lines, 0.8)
    s.pen.contour(room.back(-1, 0, 1, 1), 1.5)
    for d in (0.98, 0.62, 0.2):
        _rib(s, room, d)
    return room


_RIB = ((1.0, 0.0), (1.0, 0.6), (0.88, 0.84), (0.5, 1.0), (0.0, 1.05))


def _rib(s: Scenery, room: Room, d: float) -> None:
    """Pillars at both walls and the arch that they bear."""
    outer = [*((-u, v) for u, v in _RIB[:-1]), *reversed(_RIB)]
    inner = [(u * 0.93, v * 0.95) for u, v in outer]
    s.pen.shape(poly([room.pt(u, v, d) for u, v in (*outer, *reversed(inner))]), WHITE, 1.3)
    joints = [(a, b) for a, b in zip(outer, inner, strict=True) if a[1] > 0]
    s.lines([(room.pt(*a, d), room.pt(*b, d)) for a, b in joints], 1.0)


def _arch(s: Scenery, room: Room, half: float, inside: object) -> None:
    """A ring of wedge-shaped stones around an opening."""
    rim = [(-half, 0), (-half, 0.5), (-half * 0.74, 0.68), (0, 0.8), (half * 0.74, 0.68), (half, 0.5), (half, 0)]
    s.pen.shape(poly([room.pt(*p) for p in rim]), WHITE, 1.5)
    inner = [(u * 0.8, v * 0.92) for u, v in rim]
    s.pen.shape(poly([room.pt(*p) for p in inner]), BLACK if inside is WHITE else MID_TONE, 1.2)
    s.lines([(room.pt(*a), room.pt(*b)) for a, b in zip(rim, inner, strict=True)], 1.0)


def _torch(s: Scenery, room: Room, u: float) -> None:
    (x, y), k = room.pt(u, 0.5), 0.5 * s.stage.unit / room.depth
    s.canvas.fill(ellipse(x, y - k * 2, k * 3.2, k * 4.0), 255)
    s.canvas.tone(ellipse(x, y - k * 2, k * 3.2, k * 4.0), LIGHT_TONE.tone)
    s.canvas.fill(ellipse(x, y - k * 2, k * 2.2, k * 2.9), 255)
    s.pen.shape(rect(x - k * 0.3, y - k * 0.4, k * 0.6, k * 2.6), BLACK, 1.0)
    hearth_glow(s, x, y - k * 0.4, k * 1.1)


def _bier(s: Scenery, room: Room) -> None:
    """A coffin on trestles."""
    d, u0, u1, top = 0.66, -0.95, -0.4, 0.26
    s.canvas.tone(room.flat(u0, u1, d - 0.04, d + 0.14), DARK_TONE.tone)
    legs = [(u + lean, u) for u in (u0 + 0.12, u1 - 0.12) for lean in (-0.05, 0.05)]
    s.lines([(room.pt(b, 0.12, d), room.pt(a, 0, d)) for a, b in legs], 2.6)
    side = [(u0, 0.12), (u0 + 0.02, top), (u1 - 0.03, top), (u1, 0.12)]
    s.pen.shape(poly([room.pt(u, v, d) for u, v in side]), DARK_TONE, 1.3)
    lid = [(u0 + 0.02, d), (u1 - 0.03, d), (u1 - 0.01, d + 0.1), (u0 + 0.06, d + 0.1)]
    s.pen.shape(poly([room.pt(u, top, at) for u, at in lid]), WHITE, 1.2)
    s.lines([(room.pt(-0.86, top, d + 0.05), room.pt(-0.52, top, d + 0.05)),
             (room.pt(-0.74, top, d + 0.02), room.pt(-0.73, top, d + 0.08))], 1.6)  # fmt: skip
