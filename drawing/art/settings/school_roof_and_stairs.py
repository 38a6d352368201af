"""A school's roof, both ways, and its stairwell."""

from drawing.art.settings.hills_and_fields import ridge
from drawing.art.settings.room_in_perspective import Room, dusk, papers, shell, window
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade

_FENCE_Z = 2.6
_FENCE = 5.2


def rooftop(s: Scenery) -> None:
    """Slabs, a railing, the hut of the staircase with a water tank, and much sky."""
    w, h = s.stage.width, s.stage.height
    far = min(s.stage.horizon, h * 0.86)
    open_sky(s, far, clouds=4)
    edge = s.stage.floor(_FENCE_Z)
    if s.stage.dim and edge > far:
        s.pen.cover(rect(-1, far - 0.2, w + 2, edge - far + 1), BLACK if s.stage.night else MID_TONE)
    _far_roofs(s, far)
    half = w * 0.62 * _FENCE_Z / s.stage.unit
    s.canvas.fill(rect(-1, edge, w + 2, h + 4), 255)
    if s.stage.night:
        s.canvas.graded_tone(rect(-1, edge, w + 2, h - edge + 4), ((0, edge), 0.6), ((0, h), 0.3))
    else:
        s.canvas.graded_tone(rect(-1, edge, w + 2, h - edge + 4), ((0, edge), 0.2), ((0, (edge + h) / 2), 0.0))
    for z in (2.1, 1.65, 1.3, 1.04, 0.86):
        s.line((-1, s.stage.floor(z)), (w + 1, s.stage.floor(z)), 0.6)
    s.lines([(s.stage.at(half * k / 3, 0, 0.5), s.stage.at(half * k / 3, 0, _FENCE_Z)) for k in range(-3, 4)], 0.5)
    _worn_slabs(s, half)
    s.pen.shape(s.stage.quad((-half, 0, 2.6), (half, 0, 2.6), (half, 0.5, 2.6), (-half, 0.5, 2.6)), _wall(s), 1.1)
    _railing(s, half)
    if s.stage.unit < 0.2 * h:
        _hut(s, (0.3 if s.stage.seed % 2 else -1) * half * 0.6)


def rooftop_back(s: Scenery) -> None:
    """Towards the staircase: its wall with the door by which one comes out, pipes, machines, a mast; hills behind."""
    w, h = s.stage.width, s.stage.height
    far, z = min(s.stage.horizon, h * 0.86), 2.3
    open_sky(s, far, clouds=4, away=True)
    ridge(s, far + 0.5, h * 0.12, MID_TONE, "behind the roofs")
    foot = s.stage.floor(3.0)
    half = w * 0.62 * 3.0 / s.stage.unit
    s.canvas.fill(rect(-1, foot, w + 2, h - foot + 4), 255)
    dark, pale = (0.6, 0.4) if s.stage.night else (0.2, 0.0)
    s.canvas.graded_tone(rect(-1, foot, w + 2, h - foot + 4), ((0, foot), dark), ((0, (foot + h) / 2), pale))
    slabs = [((-1.0, s.stage.floor(k)), (w + 1, s.stage.floor(k))) for k in (2.1, 1.65, 1.3, 1.04, 0.86)]
    slabs += [(s.stage.at(half * k / 3, 0, 0.5), s.stage.at(half * k / 3, 0, 3.0)) for k in range(-3, 4)]
    s.lines(slabs, 0.6)
    s.pen.shape(s.stage.quad((-half, 0, 3.0), (half, 0, 3.0), (half, 1.6, 3.0), (-half, 1.6, 3.0)), _wall(s), 1.1)
    s.line(s.stage.at(-half, 1.35, 3.0), s.stage.at(half, 1.35, 3.0), 0.8)
    mast = (s.stage.at(half * 0.62, 0, 2.8), s.stage.at(half * 0.62, 12, 2.8))
    s.line(*mast, 3.4, 0)
    s.line(*mast, 1.2, 255)
    for k in (0.8, 1.4):
        s.line(s.stage.at(half * 0.62 - k, 12 - k, 2.8), s.stage.at(half * 0.62 + k, 12 - k, 2.8), 1.4)
    for x in (1.6, 4.4):
        s.pen.shape(s.stage.quad((x, 0.2, z), (x + 2.3, 0.2, z), (x + 2.3, 2.6, z), (x, 2.6, z)), _wall(s), 1.2)
        k = s.stage.unit / z
        s.pen.shape(ellipse(*s.stage.at(x + 1.15, 1.4, z), k * 0.9, k * 0.9), DARK_TONE, 1.0)
    _hut(s, -6.2)
    pipe = [s.stage.at(x, up, z) for x, up in ((0.5, 8.4), (1.1, 8.4), (1.1, 3.2), (2.4, 3.2), (2.4, 2.6))]
    s.pen.straight(pipe, 4.0)
    s.pen.straight(pipe, 1.8, 255)


def _worn_slabs(s: Scenery, half: float) -> None:
    """The railing's shadow on the slabs, cracks, and a grate where the rain runs off."""
    lean = 0.35 if s.stage.seed % 2 else -0.35
    if not s.stage.night:
        n = 30
        bars = []
        for i in range(n + 1):
            x = half * (2 * i / n - 1)
            bars.append((s.stage.at(x, 0, _FENCE_Z * 0.98), s.stage.at(x + lean * half * 0.2, 0, 1.85)))
        s.lines(bars, 1.3)
        s.line(s.stage.at(-half, 0, 1.85), s.stage.at(half, 0, 1.85), 2.4)
    r = s.stage.random("cracks")
    cracks: list[tuple[str | float, ...]] = []
    for _ in range(7):
        x, z = half * r.uniform(-0.8, 0.8) * 0.6, r.uniform(0.9, 1.8)
        cracks.append(("M", *s.stage.at(x, 0, z)))
        for _ in range(3):
            x, z = x + r.uniform(-0.6, 0.9), z * r.uniform(0.9, 1.06)
            cracks.append(("L", *s.stage.at(x, 0, z)))
    s.canvas.stroke(tuple(cracks), s.pen.weight * 0.7)
    x = half * 0.3 * (1 if lean > 0 else -1)
    grate = s.stage.quad((x, 0, 1.55), (x + 1.6, 0, 1.55), (x + 1.6, 0, 1.4), (x, 0, 1.4))
    s.pen.shape(grate, WHITE, 1.0)
    s.lines([(s.stage.at(x + 0.2 * k, 0, 1.55), s.stage.at(x + 0.2 * k, 0, 1.4)) for k in range(1, 8)], 1.0)


def _wall(s: Scenery, day: Shade = WHITE) -> Shade:
    return DARK_TONE if s.stage.night else day


def _far_roofs(s: Scenery, far: float) -> None:
    """The town below, small: pale by day, dark with lit windows against the evening sky and by night."""
    r = s.stage.random("far roofs")
    shade = BLACK if s.stage.night else DARK_TONE if s.stage.dim else LIGHT_TONE
    w, h = s.stage.width, s.stage.height
    x = -w * 0.02
    while x < w:
        wide, tall = w * r.uniform(0.04, 0.1), h * r.uniform(0.015, 0.075)
        block = rect(x, far - tall, wide, tall + 3)
        s.pen.shape(block, shade, 0.7)
        dots = [
            op
            for i in range(3)
            for j in range(max(1, int(tall / (h * 0.022))))
            if r.random() < 0.5
            for op in rect(x + wide * (0.15 + 0.27 * i), far - tall + h * (0.008 + 0.02 * j), wide * 0.13, h * 0.008)
        ]
        s.canvas.fill(tuple(dots), 255 if s.stage.dim else 0)
        x += wide * r.uniform(0.9, 1.25)


def _railing(s: Scenery, half: float) -> None:
    z = _FENCE_Z
    grey = 255 if s.stage.night else 0
    n = 36
    bars = [
        (s.stage.at(half * (2 * i / n - 1), 0.5, z), s.stage.at(half * (2 * i / n - 1), _FENCE, z))
        for i in range(n + 1)
    ]
    s.lines(bars, 0.8, grey)
    for up, weight in ((_FENCE, 3.0), (1.0, 2.0), (_FENCE * 0.86, 1.4)):
        a, b = s.stage.at(-half, up, z), s.stage.at(half, up, z)
        s.line(a, b, weight + 1.4, 0)
        s.line(a, b, weight * 0.6, 255)
    for i in range(7):
        x = half * (i / 3 - 1)
        post = s.stage.quad(
            (x - 0.12, 0.4, z), (x + 0.12, 0.4, z), (x + 0.12, _FENCE + 0.2, z), (x - 0.12, _FENCE + 0.2, z)
        )
        s.pen.shape(post, WHITE, 1.0)


def _hut(s: Scenery, x: float) -> None:
    """The staircase's house with its door, a ladder and the tank on it."""
    z, wide, tall = 2.35, 6.4, 9.4
    side = 1 if x < 0 else -1
    wall = _wall(s)
    front = s.stage.quad((x, 0, z), (x + wide, 0, z), (x + wide, tall, z), (x, tall, z))
    flank = x + wide if side > 0 else x
    s.pen.shape(s.stage.quad((flank, 0, z), (flank, 0, 2.6), (flank, tall, 2.6), (flank, tall, z)), MID_TONE, 1.0)
    _tank(s, x + wide * 0.5, tall, z)
    s.pen.shape(front, wall, 1.3)
    s.pen.shape(
        s.stage.quad(
            (x - 0.3, tall, z), (x + wide + 0.3, tall, z), (x + wide + 0.3, tall + 0.6, z), (x - 0.3, tall + 0.6, z)
        ),
        wall,
        1.2,
    )
    door = (x + wide * 0.32, x + wide * 0.68)
    s.pen.shape(
        s.stage.quad(
            (door[0] - 0.25, 0, z), (door[1] + 0.25, 0, z), (door[1] + 0.25, 7.3, z), (door[0] - 0.25, 7.3, z)
        ),
        LIGHT_TONE,
        1.1,
    )
    s.pen.shape(s.stage.quad((door[0], 0, z), (door[1], 0, z), (door[1], 7.0, z), (door[0], 7.0, z)), WHITE, 1.2)
    glass = s.stage.quad(
        (door[0] + 0.5, 4.2, z), (door[1] - 0.5, 4.2, z), (door[1] - 0.5, 6.3, z), (door[0] + 0.5, 6.3, z)
    )
    s.pen.shape(glass, WHITE if s.stage.dim else MID_TONE, 1.0)
    s.canvas.fill(ellipse(*s.stage.at(door[1] - 0.35, 3.4, z), s.stage.unit / z * 0.12, s.stage.unit / z * 0.12))
    s.lines([(s.stage.at(x + 0.5, up, z), s.stage.at(x + 1.2, up, z)) for up in (1.5, 3, 4.5, 6, 7.5, 9)], 1.0)
    s.lines([(s.stage.at(x + k, 1, z), s.stage.at(x + k, tall + 0.6, z)) for k in (0.5, 1.2)], 1.2)


def _tank(s: Scenery, x: float, base: float, z: float) -> None:
    k = s.stage.unit / z
    cx, cy = s.stage.at(x, base + 1.4, z)
    half, tall = 2.1 * k, 3.2 * k
    s.lines([((cx + dx * half, cy - 1), (cx + dx * half, cy + 1.4 * k)) for dx in (-0.8, -0.25, 0.25, 0.8)], 2.0)
    body = smooth(
        ((cx - half, cy), (cx - half, cy - tall), (cx, cy - tall * 1.22), (cx + half, cy - tall), (cx + half, cy)),
        tension=0.3,
    )
    s.pen.shape((*body, ("Z",)), _wall(s, LIGHT_TONE), 1.2)
    s.lines([((cx - half, cy - tall * t), (cx + half, cy - tall * t)) for t in (0.33, 0.66, 1.0)], 0.8)


def stairs(s: Scenery) -> None:
    """A school's stairwell, seen from the side: a flight up to the landing, and the next one back above it."""
    room = Room.of(s.stage, tall=13)
    shell(s, room)
    s.line(room.pt(-1, 0.14), room.pt(1, 0.14), 0.8)
    s.lines([(room.pt(k / 5, 0, -1.2), room.pt(k / 5, 0, 1)) for k in range(-4, 5)], 0.5)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.8, -0.4, -0.05, 0.24, 0.46, 0.66)], 0.5)
    papers(s, room, -0.94, -0.7, 0.34, 0.62, "stairs")
    s.pen.shape(room.side(-1, 0.3, 0.66, 0, 0.7), WHITE, 1.2)
    s.pen.shape(room.side(-1, 0.37, 0.48, 0.38, 0.62), MID_TONE, 0.9)
    window(s, room.back(0.52, 0.6, 0.92, 0.92), 2, 2, 2.0)
    dusk(s, room)
    _flight(s, room, (0.42, 0.5), (-0.62, 1.02), 1.0, MID_TONE)
    s.pen.shape(room.quad((0.42, 0.44, 0.84), (1, 0.44, 0.84), (1, 0.5, 0.84), (0.42, 0.5, 0.84)), MID_TONE, 1.1)
    s.pen.shape(room.flat(0.42, 1, 0.84, 1, 0.5), WHITE, 1.0)
    _rail(s, room, [(0.44, 0.5), (0.98, 0.5)], 0.84)
    _flight(s, room, (-0.62, 0.0), (0.42, 0.5), 0.84, LIGHT_TONE)


@shows("stairs")
def _flight(
    s: Scenery, room: Room, foot: tuple[float, float], head: tuple[float, float], d: float, shade: Shade
) -> None:
    """Steps as they are seen from the side, with their banister."""
    n, deep = 10, 0.13
    du, dv = (head[0] - foot[0]) / n, (head[1] - foot[1]) / n
    saw = [foot]
    for i in range(n):
        u, v = foot[0] + du * i, foot[1] + dv * i
        saw += [(u, v + dv), (u + du, v + dv)]
        s.pen.shape(room.flat(min(u, u + du), max(u, u + du), d, min(1.0, d + deep), v + dv), WHITE, 0.8)
        s.pen.shape(
            room.quad((u, v, d), (u, v, min(1.0, d + deep)), (u, v + dv, min(1.0, d + deep)), (u, v + dv, d)),
            WHITE,
            0.8,
        )
    under = [(head[0], head[1] - 0.07), (foot[0] + du, max(0.0, foot[1] - 0.02))]
    s.pen.shape(poly([room.pt(u, v, d) for u, v in (*saw, *under)]), shade, 1.2)
    _rail(s, room, [(foot[0] + du * (i + 0.5), foot[1] + dv * (i + 1)) for i in range(n)], d)


def _rail(s: Scenery, room: Room, feet: list[tuple[float, float]], d: float) -> None:
    tall = 0.21
    s.lines([(room.pt(u, v, d), room.pt(u, v + tall, d)) for u, v in feet], 1.1)
    ends = (room.pt(feet[0][0], feet[0][1] + tall, d), room.pt(feet[-1][0], feet[-1][1] + tall, d))
    s.line(*ends, 4.6)
    s.line(*ends, 2.0, 255)
