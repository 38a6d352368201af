"""A ship that sails among the stars: her corridor, a cabin, the mess, the bridge, and she from outside."""

from collections.abc import Sequence
from math import cos, pi, sin

from drawing.art.settings.room_in_perspective import NEAR, Room, shell, stacked
from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, box, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point

_RIB = ((-1.0, 0.0), (-1.0, 0.76), (-0.68, 1.0), (0.68, 1.0), (1.0, 0.76), (1.0, 0.0))
_FRAMES = (0.91, 0.56, 0.12)
"""How deep the ribs of the hull stand, the farthest first."""
_SEAMS = (0.3, 0.66)
_HEADS = 0.8
"""How far the viewer is from the figures, in widths of the picture: `Room` has it so."""


def space(s: Scenery) -> None:
    """The ship before the stars, and the edge of a world under her."""
    w, h = s.stage.width, s.stage.height
    stars(s, s.stage.frame, "space")
    k = max(w, h) * 0.72
    world = ellipse(w * 0.84, h * 0.92 + k * 0.84, k, k)
    s.canvas.fill(world, 255)
    s.canvas.graded_tone(world, ((0, h * 0.84), 0.06), ((0, h * 1.06), 0.5))
    with s.canvas.moved(w * 0.46, h * 0.52, min(w, h * 1.5) * 0.62, -0.14):
        _ship(s)


def _ship(s: Scenery) -> None:
    """In a box of one unit: bow to the right, drums on a spine, engines; one window is lit."""
    pen = Pen(s.canvas, s.pen.weight / s.canvas.magnification)
    for y in (-0.075, 0.0, 0.075):
        pen.shape(poly(((-0.5, y - 0.045), (-0.38, y - 0.025), (-0.38, y + 0.025), (-0.5, y + 0.045))), DARK_TONE, 1.2)
    pen.shape(poly(((-0.4, -0.1), (-0.3, -0.12), (-0.3, 0.12), (-0.4, 0.1))), LIGHT_TONE, 1.3)
    pen.shape(poly(((-0.3, -0.03), (0.3, -0.03), (0.3, 0.03), (-0.3, 0.03))), MID_TONE, 1.2)
    for x in (-0.22, -0.06, 0.1):
        drum = smooth(((x - 0.06, -0.1), (x + 0.06, -0.1), (x + 0.07, 0.0), (x + 0.06, 0.1), (x - 0.06, 0.1),
                       (x - 0.07, 0.0)), closed=True, tension=0.3)  # fmt: skip
        pen.shape(drum, WHITE, 1.3)
        pen.cover(poly(((x - 0.06, 0.03), (x + 0.06, 0.03), (x + 0.055, 0.095), (x - 0.055, 0.095))), MID_TONE)
    for side in (-1, 1):
        pen.shape(poly(((-0.1, side * 0.1), (0.0, side * 0.1), (-0.02, side * 0.27), (-0.16, side * 0.27))), WHITE, 1.1)
    bow = smooth(((0.22, -0.12), (0.34, -0.115), (0.44, -0.06), (0.46, 0.0), (0.44, 0.06), (0.34, 0.115), (0.22, 0.12)),
                 tension=0.4)  # fmt: skip
    pen.shape((*bow, ("Z",)), WHITE, 1.4)
    pen.cover(poly(((0.22, 0.04), (0.44, 0.04), (0.42, 0.08), (0.34, 0.11), (0.22, 0.115))), MID_TONE)
    pen.canvas.stroke(joined(poly(((x, -0.118), (x, 0.118)), close=False) for x in (0.27, 0.34)), pen.weight * 0.9)
    pen.canvas.fill(joined(rect(0.285 + 0.02 * k, -0.05, 0.011, 0.018) for k in range(2)))
    pen.canvas.fill(joined(rect(x + 0.025 * k, -0.05, 0.013, 0.02) for x in (-0.25, -0.09, 0.07) for k in range(3)))
    pen.canvas.fill(ellipse(0.462, 0.0, 0.012, 0.02), 255)
    rays = [((0.48, 0.0), (0.56, 0.0)), ((0.475, -0.025), (0.52, -0.055)), ((0.475, 0.025), (0.52, 0.055))]
    for ray in rays:
        pen.straight(ray, 1.0, 255)


def stars(s: Scenery, field: Path, word: str) -> None:
    """Blackness, and stars of three sizes in it."""
    area, r = box(field), s.stage.random("stars", word)
    s.canvas.fill(field)
    dots: list[Path] = []
    for _ in range(min(160, max(12, round(area.width * area.height / 18)))):
        size = r.choice((0.14, 0.18, 0.18, 0.26, 0.4))
        dots.append(ellipse(area.x + area.width * r.random(), area.y + area.height * r.random(), size, size))
    with s.canvas.saved():
        s.canvas.clip(field)
        s.canvas.fill(joined(dots), 255)


def spaceship(s: Scenery) -> None:
    """Along the corridor to the hatch in the bulkhead; bunks on the left, portholes on the right."""
    room = _hull(s, 0.2)
    _hatch(s, room)
    _bunks(s, room, -1)
    for d in (-0.2, 0.38, 0.75):
        _porthole(s, round_on_side(room, 1, 0.52, d, 1.05), f"side{d}")
    _ribs(s, room)
    _watch(s)


def cabin(s: Scenery) -> None:
    """Towards the round window at the end, lockers beside it."""
    room = _hull(s, 0.28)
    for u in (-0.84, -0.56, 0.56, 0.84):
        s.pen.shape(room.back(u - 0.13, 0.0, u + 0.13, 0.66), WHITE, 1.1)
        s.lines([(room.pt(u - 0.07, v), room.pt(u + 0.07, v)) for v in (0.54, 0.57, 0.6)], 0.8)
        s.pen.shape(room.back(u + 0.07, 0.3, u + 0.1, 0.36), DARK_TONE, 0.8)
    x, y = room.pt(0, 0.52)
    size = abs(room.pt(0, 0.8)[1] - y)
    _porthole(s, ellipse(x, y, size, size), "bow", 0.84)
    _bunks(s, room, 1)
    _bunks(s, room, -1)
    _ribs(s, room)
    _watch(s)


def mess(s: Scenery) -> None:
    """Two long tables with their benches; the hatch through which food is handed out."""
    room = _hull(s, 0.36)
    s.pen.shape(room.back(-0.44, 0.34, 0.44, 0.7), DARK_TONE, 1.4)
    s.pen.shape(room.back(-0.5, 0.3, 0.5, 0.35), WHITE, 1.2)
    pots = [(room.back(u - 0.06, 0.35, u + 0.06, 0.35 + tall), shade) for u, tall, shade in
            ((-0.3, 0.14, WHITE), (-0.12, 0.09, LIGHT_TONE), (0.1, 0.16, WHITE), (0.29, 0.1, MID_TONE))]  # fmt: skip
    stacked(s, pots, 0.9)
    s.lines([(room.pt(-0.44, v), room.pt(0.44, v)) for v in (0.74, 0.78)], 0.8)
    _ribs(s, room)
    for side in (-1, 1):
        _table(s, room, side)
    _watch(s)


def bridge(s: Scenery) -> None:
    """The great window on the stars, consoles under it, the captain's chair."""
    room = _hull(s, 0.4)
    glass = poly([room.pt(*p) for p in ((-0.92, 0.36), (0.92, 0.36), (0.8, 0.9), (-0.8, 0.9))])
    stars(s, glass, "bridge")
    s.pen.contour(glass, 3.4)
    s.pen.contour(glass, 1.4, 255)
    bars = [(room.pt(u, 0.36), room.pt(u * 0.87, 0.9)) for u in (-0.32, 0.32)]
    s.lines(bars, 4.2)
    s.lines(bars, 2.2, 255)
    _console(s, room, (-0.96, 0.96), 0.84)
    for side in (-1, 1):
        _screens(s, room, side)
    _ribs(s, room, _FRAMES[1:])
    _chair(s, room, 0.0 if s.stage.turn else 0.3)
    _watch(s)


def bridge_rear(s: Scenery) -> None:
    """Towards the hatch by which one comes in, and the instruments on both sides of it."""
    room = _hull(s, 0.34)
    _hatch(s, room)
    for u0, u1 in ((-0.96, -0.5), (0.5, 0.96)):
        screens = [(room.back(u0 + 0.03, v, u1 - 0.03, v + 0.2), BLACK) for v in (0.4, 0.64)]
        stacked(s, screens, 1.2)
        s.lines([_trace(room, u0, u1, v, k) for v in (0.4, 0.64) for k in range(4)], 0.9, 255)
        s.pen.shape(room.back(u0, 0.0, u1, 0.32), MID_TONE, 1.2)
        s.lines([(room.pt(u0, v), room.pt(u1, v)) for v in (0.1, 0.2)], 0.8)
    for side in (-1, 1):
        _screens(s, room, side)
    _ribs(s, room, _FRAMES[1:])
    _watch(s)


def _hull(s: Scenery, wide: float) -> Room:
    """Floor plates, seams and pipes."""
    room = Room.of(s.stage, tall=9.4, wide=wide)
    shell(s, room, sun=False)
    grate = room.flat(-0.42, 0.42, NEAR, 1)
    s.pen.cover(grate, MID_TONE)
    s.lines([(room.pt(u, 0, NEAR), room.pt(u, 0, 1)) for u in (-0.42, -0.14, 0.14, 0.42)], 1.0)
    deep = (-0.7, -0.4, -0.15, 0.06, 0.24, 0.4, 0.54, 0.66, 0.76, 0.84, 0.91, 0.97)
    s.lines([(room.pt(-0.42, 0, d), room.pt(0.42, 0, d)) for d in deep], 0.7)
    s.lines([(room.pt(u * 0.42, 0, d), room.pt(u, 0, d)) for u in (-1, 1) for d in deep[1::3]], 0.8)
    s.lines([(room.pt(u, v, NEAR), room.pt(u, v, 1)) for u in (-1, 1) for v in _SEAMS], 0.8)
    s.lines([(room.pt(-1, v), room.pt(1, v)) for v in _SEAMS], 0.8)
    for u in (-1, 1):
        for v, shade in ((0.86, WHITE), (0.8, MID_TONE)):
            s.pen.shape(room.side(u * 0.97, NEAR, 1, v, v + 0.035), shade, 1.0)
    for side in (-1, 1):
        _fittings(s, room, side)
    for d0, d1 in ((0.06, 0.26), (0.38, 0.6), (0.72, 0.86)):
        s.pen.shape(room.flat(-0.14, 0.14, d0, d1, 0.995), WHITE, 1.1)
    return room


def _fittings(s: Scenery, room: Room, side: int) -> None:
    """What is seen of a wall beside us: a locker, a box of switches over a grating."""
    s.pen.shape(room.side(side, -1.9, -1.05, 0.06, 0.64), WHITE, 1.1)
    s.lines([(room.pt(side, v, -1.7), room.pt(side, v, -1.25)) for v in (0.5, 0.53, 0.56)], 0.8)
    s.pen.shape(room.side(side, -0.75, -0.1, 0.4, 0.63), LIGHT_TONE, 1.1)
    s.lines([(room.pt(side, 0.44, d), room.pt(side, 0.58, d)) for d in (-0.6, -0.45, -0.3, -0.2)], 1.6)
    s.pen.shape(room.side(side, -0.75, -0.1, 0.08, 0.25), WHITE, 1.1)
    s.lines([(room.pt(side, v, -0.7), room.pt(side, v, -0.14)) for v in (0.11, 0.14, 0.17, 0.2, 0.23)], 0.9)


def _ribs(s: Scenery, room: Room, depths: Sequence[float] = _FRAMES) -> None:
    """Frames that the plates of the hull are fixed to, with their rivets."""
    inner = [(u * 0.93, v * 0.95) for u, v in _RIB]
    rivets: list[Path] = []
    for d in depths:
        outer_rim = [room.pt(u, v, d) for u, v in _RIB]
        inner_rim = [room.pt(u, v, d) for u, v in inner]
        edge = [room.pt(u, v, min(0.99, d + 0.05)) for u, v in inner]
        s.pen.shape(poly((*inner_rim, *reversed(edge))), DARK_TONE, 0.9)
        s.pen.shape(poly((*outer_rim, *reversed(inner_rim))), LIGHT_TONE, 1.3)
        k = 0.1 * s.stage.unit / room.z(d)
        for side in (-1, 1):
            rivets += [ellipse(*room.pt(side * 0.965, v, d), k, k) for v in (0.12, 0.28, 0.44, 0.6, 0.74)]
    s.canvas.fill(joined(rivets))


def _hatch(s: Scenery, room: Room) -> None:
    """A door with round corners, and the wheel that locks it."""
    for grow, shade in ((1.0, MID_TONE), (0.84, WHITE)):
        rim = ((-0.34, 0.06), (-0.34, 0.62), (-0.24, 0.72), (0.24, 0.72), (0.34, 0.62), (0.34, 0.06))
        s.pen.shape(poly([room.pt(u * grow, 0.39 + (v - 0.39) * grow) for u, v in rim]), shade, 1.5)
    (x, y), k = room.pt(0, 0.38), abs(room.pt(0, 0.48)[1] - room.pt(0, 0.38)[1])
    spokes = [((x, y), (x + k * cos(a), y + k * sin(a))) for a in (pi * i / 3 + 0.2 for i in range(6))]
    s.lines(spokes, 1.6)
    s.canvas.stroke(ellipse(x, y, k, k), s.pen.weight * 3.4)
    s.canvas.stroke(ellipse(x, y, k, k), s.pen.weight * 1.4, 255)
    s.pen.shape(ellipse(x, y, k * 0.24, k * 0.24), DARK_TONE, 1.0)
    s.lines([(room.pt(u, v), room.pt(u * 0.86, v)) for u in (-0.34, 0.34) for v in (0.2, 0.56)], 3.2)
    s.pen.shape(room.back(-0.12, 0.78, 0.12, 0.86), BLACK, 1.1)


def _bunks(s: Scenery, room: Room, side: int) -> None:
    """Two above each other in the wall, with blanket and pillow, and so again nearer."""
    for d0, d1 in ((0.18, 0.5), (-0.9, 0.04)):
        deep = d1 - d0
        for v in (0.1, 0.42):
            s.pen.shape(room.side(side, d0, d1, v, v + 0.27), DARK_TONE, 1.3)
            s.pen.shape(room.side(side, d0 + deep * 0.03, d1 - deep * 0.03, v, v + 0.09), WHITE, 1.1)
            s.pen.shape(room.side(side, d0 + deep * 0.03, d1 - deep * 0.3, v - 0.02, v + 0.1), LIGHT_TONE, 1.1)
            s.pen.shape(room.side(side, d1 - deep * 0.22, d1 - deep * 0.06, v + 0.07, v + 0.13), WHITE, 0.9)


@shows("table")
def _table(s: Scenery, room: Room, side: int) -> None:
    """It runs along the room, between its benches."""
    u0, u1 = side * 0.4, side * 0.72
    for bench in (0.28, 0.84):
        s.pen.shape(room.flat(side * (bench - 0.05), side * (bench + 0.05), 0.16, 0.9, 0.17), MID_TONE, 1.0)
        s.lines([(room.pt(side * bench, 0.17, d), room.pt(side * bench, 0, d)) for d in (0.2, 0.6, 0.86)], 1.6)
    s.lines([(room.pt(side * 0.56, 0.28, d), room.pt(side * 0.56, 0, d)) for d in (0.24, 0.6, 0.86)], 3.0)
    s.pen.shape(room.quad((u0, 0.26, 0.14), (u1, 0.26, 0.14), (u1, 0.29, 0.14), (u0, 0.29, 0.14)), MID_TONE, 1.1)
    s.pen.shape(room.flat(u0, u1, 0.14, 0.92, 0.29), WHITE, 1.3)
    for d in (0.3, 0.56, 0.76):
        (x, y), k = room.pt(side * 0.52, 0.29, d), 0.4 * s.stage.unit / room.z(d)
        s.pen.shape(ellipse(x, y, k, k * 0.3), WHITE, 0.9)
        s.pen.shape(ellipse(x, y, k * 0.6, k * 0.16), LIGHT_TONE, 0.7)


def _console(s: Scenery, room: Room, ends: tuple[float, float], d: float) -> None:
    """A desk of switches along the wall, and small screens that stand on it."""
    u0, u1 = ends
    front = room.quad((u0, 0, d), (u1, 0, d), (u1, 0.22, d), (u0, 0.22, d))
    s.pen.shape(front, DARK_TONE, 1.3)
    s.pen.shape(room.quad((u0, 0.22, d), (u1, 0.22, d), (u1, 0.31, 0.99), (u0, 0.31, 0.99)), WHITE, 1.3)
    n = 9
    step = (u1 - u0) / n
    for i in range(n):
        a = u0 + step * (i + 0.15)
        s.pen.shape(room.quad((a, 0.235, d), (a + step * 0.7, 0.235, d), (a + step * 0.7, 0.295, 0.97),
                    (a, 0.295, 0.97)), BLACK if i % 3 == 1 else LIGHT_TONE, 0.8)  # fmt: skip
    s.lines([(room.pt(u0 + step * i, 0, d), room.pt(u0 + step * i, 0.22, d)) for i in range(1, n)], 0.9)
    k = 0.1 * s.stage.unit / room.z(d)
    r = s.stage.random("lights")
    lights = [ellipse(*room.pt(r.uniform(u0, u1), r.choice((0.12, 0.17)), d), k, k) for _ in range(22)]
    s.canvas.fill(joined(lights), 255)


def _screens(s: Scenery, room: Room, side: int) -> None:
    """On a side wall."""
    screens: list[tuple[Path, Shade]] = [(room.side(side, d, d + 0.14, 0.44, 0.7), BLACK) for d in (0.36, 0.7)]
    screens += [(room.side(side, d, d + 0.2, 0.0, 0.3), MID_TONE) for d in (0.34, 0.68)]
    stacked(s, screens, 1.2)
    lines = [(room.pt(side, v, d + 0.02), room.pt(side, v + 0.05, d + 0.11)) for d in (0.36, 0.7)
             for v in (0.49, 0.55, 0.6)]  # fmt: skip
    s.lines(lines, 0.9, 255)


def _trace(room: Room, u0: float, u1: float, v: float, k: int) -> tuple[Point, Point]:
    """A line on a screen."""
    a, b = u0 + 0.07 + 0.08 * k, u0 + 0.15 + 0.08 * k
    low, high = v + (0.06, 0.13, 0.05, 0.1)[k], v + (0.13, 0.05, 0.1, 0.14)[k]
    return room.pt(min(a, u1), low), room.pt(min(b, u1), high)


def _chair(s: Scenery, room: Room, u: float) -> None:
    """Of the captain, seen from behind."""
    d = 0.62
    (x, y), k = room.pt(u, 0, d), s.stage.unit / room.z(d)
    s.pen.shape(ellipse(x, y, k * 1.2, k * 0.3), DARK_TONE, 1.1)
    s.pen.shape(poly(((x - k * 0.2, y), (x - k * 0.2, y - k * 1.4), (x + k * 0.2, y - k * 1.4), (x + k * 0.2, y))),
                MID_TONE, 1.1)  # fmt: skip
    for side in (-1, 1):
        arm = ((0.9, -2.5), (1.5, -2.5), (1.5, -2.2), (1.2, -1.5), (0.9, -1.5))
        s.pen.shape(poly([(x + side * k * a, y + k * b) for a, b in arm]), MID_TONE, 1.2)
    back = ((-1.05, -1.3), (-1.1, -3.0), (-0.84, -4.3), (0.84, -4.3), (1.1, -3.0), (1.05, -1.3))
    s.pen.shape(poly([(x + k * a, y + k * b) for a, b in back]), BLACK, 1.4)
    inset = [(x + k * a * 0.78, y - k * 2.8 + (k * b + k * 2.8) * 0.8) for a, b in back]
    s.pen.contour(poly(inset), 1.0, 255)


def round_on_side(room: Room, u: float, v: float, d: float, size: float) -> Path:
    """A circle on a side wall, its half width in heads."""
    far = _HEADS * room.stage.width / room.stage.unit
    points = []
    for i in range(20):
        a = 2 * pi * i / 20
        z = room.z(d) + size * cos(a) / far
        points.append(room.pt(u, v + size * sin(a) / room.tall, (1 - 1 / z) / (1 - 1 / room.depth)))
    return smooth(points, closed=True, tension=0.5)


def _porthole(s: Scenery, rim: Path, word: str, inner: float = 0.76) -> None:
    """Thick glass on the stars, in a ring with bolts."""
    around = box(rim)
    x, y = around.centre
    s.pen.shape(rim, WHITE, 1.5)
    stars(s, ellipse(x, y, around.width / 2 * inner, around.height / 2 * inner), word)
    bolts = [ellipse(x + around.width * 0.44 * cos(a), y + around.height * 0.44 * sin(a), around.width * 0.025,
                     around.height * 0.025) for a in (pi * (i + 0.5) / 4 for i in range(8))]  # fmt: skip
    s.canvas.fill(joined(bolts))


def _watch(s: Scenery) -> None:
    """Ship's night: the lamps are low."""
    if s.stage.night:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.34), ((0, s.stage.height), 0.06))
