"""Hell with its needles, fires and pool of blood, and the court of its judge; the lotus pond of paradise."""

from math import cos, pi, sin
from random import Random

from drawing.art.settings.hills_and_fields import low_of
from drawing.art.settings.room_in_perspective import NEAR, Room
from drawing.art.settings.surface_texture import joined, segments, within
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def lily_pond(s: Scenery) -> None:
    """Still water between banks of cloud, great leaves on it and over it, white flowers that open."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.56)
    s.wipe()
    s.canvas.graded_tone(rect(-1, -1, w + 2, low + 2), ((0, -1), 0.24), ((0, low), 0.0))
    r = s.stage.random("lotus")
    _rays(s, (w * 0.5, low), r)
    for x, y, k in ((0.1, 0.5, 0.3), (0.85, 0.42, 0.34), (0.45, 0.26, 0.26)):
        lucky_cloud(s, w * x, low * y, w * k, low * 0.16)
    for x in (0.06, 0.2, 0.94):
        _jewel_tree(s, (w * x, low + 1), h * 0.3)
    top, foot = low + h * 0.01, low + (h - low) * 0.74
    s.canvas.fill(rect(-1, low, w + 2, h - low + 2), 255)
    rim = ((-0.03, 0.2), (0.18, 0.02), (0.5, 0.0), (0.84, 0.03), (1.03, 0.22))
    near = ((1.03, 0.9), (0.78, 1.02), (0.5, 0.94), (0.22, 1.04), (-0.03, 0.92))
    a = smooth([(w * x, top + (foot - top) * y) for x, y in rim], tension=0.5)
    b = smooth([(w * x, top + (foot - top) * y) for x, y in near], tension=0.5)
    water: Path = (*a, ("L", *b[0][1:]), *b[1:], ("Z",))
    s.pen.shape(water, WHITE, 1.3)
    s.canvas.graded_tone(water, ((0, top), 0.1), ((0, foot), 0.4))
    with s.canvas.saved():
        s.canvas.clip(water)
        _floating(s, top, foot, r)
    for x, y, k in ((0.05, 1.02, 1.3), (0.17, 0.9, 0.8), (0.8, 0.95, 1.0), (0.94, 1.06, 1.4)):
        _standing(s, (w * x, top + (foot - top) * y), h * 0.15 * k, r, flower=k < 1.1)
    _mist(s, foot, r)


def _rays(s: Scenery, at: Point, r: Random) -> None:
    """Light that rises behind the far bank."""
    fan: list[tuple[str | float, ...]] = []
    for i in range(13):
        a, half = pi * (1 + (i + 0.5) / 13), r.uniform(0.012, 0.03)
        long = s.stage.width
        fan += poly((at, (at[0] + long * cos(a - half), at[1] + long * sin(a - half)), (at[0] + long * cos(a + half),
                    at[1] + long * sin(a + half))))  # fmt: skip
    with s.canvas.saved():
        s.canvas.clip(rect(-1, -1, s.stage.width + 2, at[1] + 1))
        s.canvas.fill(tuple(fan), 255)


def lucky_cloud(s: Scenery, x: float, y: float, wide: float, tall: float) -> None:
    """A cloud of three curls with a tail, as on old scrolls."""
    for dx, k in ((-0.2, 0.7), (0.2, 0.8), (0.0, 1.0)):
        cx, cy, size = x + wide * dx, y, tall * k * 0.5
        s.pen.shape(ellipse(cx, cy, size * 1.5, size), WHITE, 1.0)
        curl = [(cx + size * 1.1 * t * cos(2.2 * pi * t), cy + size * 0.75 * t * sin(2.2 * pi * t)) for t in
                (0.2, 0.35, 0.5, 0.65, 0.8, 0.95)]  # fmt: skip
        s.pen.curve(curl, 0.9)
    tail = ((x - wide * 0.2, y + tall * 0.3), (x + wide * 0.2, y + tall * 0.44), (x + wide * 0.6, y + tall * 0.3))
    s.canvas.fill(stroke(tail, tall * 0.26, (0.2, 1)), 255)
    s.pen.curve(tail, 1.0)


def _jewel_tree(s: Scenery, foot: Point, tall: float) -> None:
    """A slender tree whose leaves hang in strings of beads."""
    x, y = foot
    s.pen.line(((x, y), (x + tall * 0.03, y - tall * 0.5), (x, y - tall)), 3.0, (0.1, 0.6))
    beads: list[tuple[str | float, ...]] = []
    for k in range(-3, 4):
        px = x + tall * 0.1 * k
        top = y - tall * (1.0 - 0.05 * abs(k) ** 1.4)
        s.pen.curve(((x, y - tall * 0.9), (px * 0.5 + x * 0.5, top - tall * 0.08), (px, top + tall * 0.04)), 0.9)
        for n in range(5 - abs(k)):
            beads += ellipse(px, top + tall * (0.06 + 0.075 * n), tall * 0.022, tall * 0.03)
    s.pen.shape(tuple(beads), WHITE, 0.9)


def _floating(s: Scenery, top: float, foot: float, r: Random) -> None:
    """Leaves that lie on the water, larger towards the viewer, and flowers between them."""
    w, deep = s.stage.width, foot - top
    spots = sorted(((r.random(), 0.06 + 0.9 * ((k * 0.618) % 1.0)) for k in range(22)), key=lambda p: p[1])
    for n, (x, t) in enumerate(spots):
        size = w * (0.018 + 0.06 * t)
        at = (w * x, top + deep * t)
        _pad(s, at, size, r)
        if n % 3 == 0:
            lotus(s, (at[0] + size * 0.4, at[1] - size * 0.1), size * 0.62)


def _pad(s: Scenery, at: Point, size: float, r: Random) -> None:
    """A round leaf with a notch and its veins."""
    x, y = at
    turn = r.uniform(0, 2 * pi)
    rim = [(x + size * cos(turn + a), y + size * 0.3 * sin(turn + a)) for a in [0.25 + k * 5.8 / 14 for k in range(15)]]
    s.pen.shape(poly([at, *rim]), MID_TONE if s.stage.dim else LIGHT_TONE, 1.1)
    s.canvas.stroke(segments((at, p) for p in rim[1:-1:3]), s.pen.weight * 0.6)


def lotus(s: Scenery, at: Point, size: float) -> None:
    """A flower of pointed petals around its heart."""
    x, y = at
    for row, (n, spread, tall) in enumerate(((5, 1.0, 0.9), (4, 0.62, 1.15), (1, 0.0, 1.1))):
        for k in range(n):
            lean = 0.0 if n == 1 else spread * (2 * k / (n - 1) - 1)
            tip = (x + size * lean, y - size * tall * (1 - 0.35 * abs(lean)))
            half = size * 0.26
            petal: Path = (("M", x, y), ("Q", x + size * lean * 0.7 - half, y - size * 0.45, *tip),
                           ("Q", x + size * lean * 0.7 + half, y - size * 0.3, x, y), ("Z",))  # fmt: skip
            s.pen.shape(petal, WHITE, 0.8 if row else 0.9)
    s.pen.curve(((x - size * 0.8, y - size * 0.1), (x, y + size * 0.16), (x + size * 0.8, y - size * 0.1)), 0.8)


def _standing(s: Scenery, foot: Point, tall: float, r: Random, *, flower: bool) -> None:
    """A leaf like a parasol and a flower, on their stalks over the bank."""
    x, y = foot
    if within(foot, s.quiet):
        return
    for dx, up, k in ((0.0, 1.0, 1.0), (-0.5, 0.62, 0.7)):
        top = (x + tall * dx, y - tall * up)
        s.pen.line(((x + tall * dx * 0.4, y), (x + tall * dx * 0.9, y - tall * up * 0.5), top), 1.8, (0.1, 0.2))
        size = tall * 0.46 * k
        rim = [(top[0] + size * cos(a), top[1] + size * 0.4 * sin(a) - size * 0.12 * (1 + cos(5 * a)) * 0.3)
               for a in [k * 2 * pi / 20 for k in range(20)]]  # fmt: skip
        s.pen.shape(smooth(rim, closed=True), MID_TONE, 1.2)
        s.canvas.stroke(segments((top, p) for p in rim[::3]), s.pen.weight * 0.7)
    if flower:
        top = (x + tall * 0.4, y - tall * r.uniform(1.1, 1.3))
        s.pen.line(((x + tall * 0.1, y), (x + tall * 0.3, y - tall * 0.6), top), 1.6, (0.1, 0.2))
        lotus(s, top, tall * 0.34)


def _mist(s: Scenery, foot: float, r: Random) -> None:
    """The near bank: sand of gold, and cloud that drifts along it."""
    w, h = s.stage.width, s.stage.height
    dots: list[tuple[str | float, ...]] = []
    for _ in range(70):
        t = r.random()
        dots += ellipse(w * r.random(), foot + (h - foot) * (0.1 + 0.9 * t), 0.15 + 0.14 * t, 0.12 + 0.1 * t)
    s.canvas.fill(tuple(dots))
    for x, y, k in ((0.3, 0.5, 0.3), (0.66, 0.86, 0.4)):
        s.pen.curve(
            [(w * (x + k * t), foot + (h - foot) * (y + 0.04 * sin(9 * t))) for t in (-0.5, -0.2, 0.1, 0.5)], 0.8
        )


def hell(s: Scenery) -> None:
    """Mountains of needles in the dark, smoke over them, fires, and the pool of blood with hands that reach out."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.7)
    s.wipe(0)
    r = s.stage.random("hell")
    s.canvas.graded_tone(rect(-1, low - h * 0.5, w + 2, h * 0.52), ((0, low - h * 0.5), 0.0), ((0, low), 0.5), grey=255)
    _smoke(s, low, r)
    for x, half, tall, far in ((0.2, 0.2, 0.34, True), (0.62, 0.24, 0.44, True), (0.95, 0.2, 0.6, False), (0.0, 0.16,
                               0.52, False)):  # fmt: skip
        _needles(s, (w * x, low + 2), w * half, h * tall, r, far=far)
    s.canvas.fill(rect(-1, low, w + 2, h), 255)
    s.canvas.graded_tone(rect(-1, low, w + 2, h), ((0, low), 0.5), ((0, h), 0.16))
    _cracks(s, low, r)
    _pool(s, low, r)
    for x, y, k in ((0.08, 0.16, 1.0), (0.36, 0.06, 0.7), (0.9, 0.2, 1.1), (0.74, 0.05, 0.6)):
        fire(s, (w * x, low + (h - low) * y), h * 0.13 * k)


def _smoke(s: Scenery, low: float, r: Random) -> None:
    w, h = s.stage.width, s.stage.height
    found = []
    for i in range(7):
        x, y = w * r.random(), (low - h * 0.1) * (0.1 + 0.8 * i / 7)
        way = [(x + w * 0.12 * k, y - h * 0.03 * sin(k * 1.7 + i)) for k in range(4)]
        found.append(stroke(way, h * 0.005, (0.9, 0.9), steps=5))
    s.canvas.fill(joined(found), 255)


def _needles(s: Scenery, foot: Point, half: float, tall: float, r: Random, *, far: bool) -> None:
    """A mountain that bristles with blades, black with lit edges."""
    x, y = foot
    body = poly(((x - half, y), (x - half * 0.3, y - tall * 0.74), (x + half * 0.1, y - tall * 0.8), (x + half, y)))
    blades, edges = [], []
    for k in range(34):
        t = (k * 0.618 + 0.1 * r.random()) % 1.0
        u = r.uniform(-1, 1) * (1 - t * 0.86)
        px, py = x + half * u, y - tall * 0.8 * t
        lean, long, wide = half * u * 0.18, tall * r.uniform(0.16, 0.3), half * 0.05
        blades.append(poly(((px - wide, py), (px + lean, py - long), (px + wide, py))))
        edges.append(((px - wide * 0.6, py - long * 0.1), (px + lean, py - long)))
    s.canvas.stroke(joined([body, *blades]), s.pen.weight * (1.4 if far else 2.2), 255)
    s.pen.cover(body, BLACK)
    s.canvas.fill(joined(blades))
    s.canvas.stroke(segments(edges), s.pen.weight * (0.5 if far else 0.8), 255)


def _cracks(s: Scenery, low: float, r: Random) -> None:
    w, h = s.stage.width, s.stage.height
    for _ in range(9):
        x, y = w * r.random(), low + (h - low) * r.uniform(0.12, 0.95)
        k = w * 0.02 * (0.4 + (y - low) / (h - low))
        way = [(x + k * n * r.uniform(0.8, 1.3), y + k * r.uniform(-0.3, 0.3)) for n in range(4)]
        if not within((x, y), s.quiet):
            s.pen.straight(way, 1.2)


def _pool(s: Scenery, low: float, r: Random) -> None:
    """Black and shining, with bubbles, and hands of those who sink."""
    w, deep = s.stage.width, s.stage.height - low
    x, y = w * (0.3 if s.stage.seed % 2 else 0.68), low + deep * 0.34
    rx, ry = w * 0.26, deep * 0.16
    rim = [(x + rx * cos(a) * r.uniform(0.92, 1.08), y + ry * sin(a) * r.uniform(0.9, 1.1)) for a in
           [k * pi / 7 for k in range(14)]]  # fmt: skip
    s.pen.shape(smooth(rim, closed=True), BLACK, 1.6)
    for k in range(6):
        px, py = x + rx * 0.7 * r.uniform(-1, 1), y + ry * 0.6 * r.uniform(-1, 1)
        s.canvas.stroke(ellipse(px, py, rx * 0.07, ry * 0.14), s.pen.weight, 255)
        if k % 2:
            ring: Path = (("M", px - rx * 0.2, py + ry * 0.2), ("Q", px, py + ry * 0.32, px + rx * 0.2, py + ry * 0.2))
            s.canvas.stroke(ring, s.pen.weight, 255)
    for dx, lean in ((-0.4, -0.2), (0.1, 0.1), (0.46, 0.3)):
        reaching(s, (x + rx * dx, y + ry * 0.2), deep * 0.15, lean)


def reaching(s: Scenery, at: Point, tall: float, lean: float) -> None:
    """An arm out of the pool, its fingers spread."""
    x, y = at
    tip = (x + tall * lean, y - tall * 0.72)
    arm = stroke((at, (x + tall * lean * 0.3, y - tall * 0.4), tip), tall * 0.17, (0.0, 0.1), steps=4)
    ends = [(tip[0] + tall * 0.3 * sin(a), tip[1] - tall * 0.3 * cos(a)) for a in (-0.8, -0.35, 0.05, 0.45, 1.0)]
    fingers = [stroke((tip, end), tall * 0.07, (0.0, 0.5), steps=3) for end in ends]
    path = joined([arm, *fingers])
    s.canvas.stroke(path, s.pen.weight * 2.2)
    s.canvas.fill(path, 255)


def fire(s: Scenery, at: Point, tall: float) -> None:
    """Tongues of flame, a paler one within."""
    x, y = at
    outer = ((-0.5, 0), (-0.62, -0.45), (-0.42, -0.9), (-0.3, -0.55), (-0.05, -1.3), (0.14, -0.7), (0.36, -1.0),
             (0.42, -0.5), (0.66, -0.62), (0.52, 0))  # fmt: skip
    inner = ((-0.26, 0), (-0.26, -0.3), (-0.02, -0.74), (0.16, -0.34), (0.28, -0.42), (0.26, 0))
    path = smooth([(x + tall * dx, y + tall * dy) for dx, dy in outer], closed=True, tension=0.7)
    s.canvas.stroke(path, s.pen.weight * 3.4, 255)
    s.pen.shape(path, LIGHT_TONE, 1.4)
    s.pen.shape(smooth([(x + tall * dx, y + tall * dy) for dx, dy in inner], closed=True, tension=0.7), WHITE, 0.9)


def judgement_hall(s: Scenery) -> None:
    """The hall of the judge of the dead: black pillars, a dais with his table, braziers, a roof lost in the dark."""
    room = Room.of(s.stage, tall=15)
    s.wipe(0)
    s.canvas.graded_tone(room.back(-1, 0, 1, 1), (room.pt(0, 1), 0.0), (room.pt(0, 0), 0.55), grey=255)
    s.pen.cover(room.flat(-1, 1, NEAR, 1), WHITE)
    s.canvas.graded_tone(room.flat(-1, 1, NEAR, 1), (room.pt(0, 0, 1), 0.5), (room.pt(0, 0, -0.8), 0.14))
    tiles = [(room.pt(k / 4, 0, NEAR), room.pt(k / 4, 0)) for k in range(-3, 4)]
    tiles += [(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.8, -0.3, 0.04, 0.3, 0.5, 0.66, 0.8)]
    s.lines(tiles, 0.7)
    _throne(s, room)
    for d in (0.92, 0.7, 0.34):
        for u in (-0.78, 0.78):
            post = room.quad((u - 0.08, 0, d), (u + 0.08, 0, d), (u + 0.08, 1.1, d), (u - 0.08, 1.1, d))
            s.canvas.stroke(post, s.pen.weight * 2.4, 255)
            s.pen.shape(post, BLACK, 1.0)
            s.canvas.stroke(segments([(room.pt(u - 0.04, 0.04, d), room.pt(u - 0.04, 1.0, d))]), s.pen.weight, 255)
            s.pen.shape(
                room.quad((u - 0.11, 0, d), (u + 0.11, 0, d), (u + 0.09, 0.06, d), (u - 0.09, 0.06, d)), WHITE, 1.0
            )
    for u in (-0.5, 0.5):
        _brazier(s, room, u, 0.74)


def _throne(s: Scenery, room: Room) -> None:
    """Steps, a high back with flames carved around it, and the table before it."""
    for n, (half, d) in enumerate(((0.46, 0.9), (0.38, 0.95), (0.3, 0.99))):
        low, high = 0.05 * n, 0.05 * (n + 1)
        s.pen.shape(room.flat(-half, half, d, 1.0, high), WHITE, 1.0)
        s.pen.shape(room.quad((-half, low, d), (half, low, d), (half, high, d), (-half, high, d)), MID_TONE, 1.0)
    back = [(-0.14, 0.15), (-0.16, 0.5), (-0.2, 0.62), (-0.1, 0.6), (-0.08, 0.74), (0, 0.64), (0.08, 0.74), (0.1, 0.6),
            (0.2, 0.62), (0.16, 0.5), (0.14, 0.15)]  # fmt: skip
    s.pen.shape(poly([room.pt(*p) for p in back]), DARK_TONE, 1.5)
    s.pen.shape(room.back(-0.09, 0.2, 0.09, 0.5), BLACK, 1.0)
    for half, high, shade in ((0.26, 0.29, WHITE), (0.2, 0.27, DARK_TONE)):
        front = ((-half, 0.15, 0.97), (half, 0.15, 0.97), (half - 0.02, high, 0.97), (0.02 - half, high, 0.97))
        s.pen.shape(room.quad(*front), shade, 1.1)


def _brazier(s: Scenery, room: Room, u: float, d: float) -> None:
    (x, y), k = room.pt(u, 0, d), 0.5 * s.stage.unit / room.z(d)
    s.lines([((x, y - k * 3), (x + dx * k, y)) for dx in (-0.9, 0.0, 0.9)], 3.0)
    fire(s, (x, y - k * 3.2), k * 2.2)
    bowl = poly(((x - k * 1.3, y - k * 3.6), (x + k * 1.3, y - k * 3.6), (x + k * 0.7, y - k * 2.6), (x - k * 0.7,
                y - k * 2.6)))  # fmt: skip
    s.canvas.stroke(bowl, s.pen.weight * 2.4, 255)
    s.pen.shape(bowl, BLACK, 1.0)
