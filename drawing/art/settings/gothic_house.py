"""A decayed house of old tales: seen across its black lake, its great chamber, the vault under it."""

from drawing.art.settings.classroom_corridor_shop import hearth_glow
from drawing.art.settings.foliage import dead_tree, treeline
from drawing.art.settings.furnishings import lancet
from drawing.art.settings.hills_and_fields import earth, ground, low_of, ridge, tufts
from drawing.art.settings.meadow_and_road import roadway
from drawing.art.settings.plants import reeds
from drawing.art.settings.room_in_perspective import NEAR, Room, boards, books, lamplight, shell, stacked
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.surface_texture import segments
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point

_COURSES = 7
_RIB = ((1.0, 0.0), (1.0, 0.6), (0.88, 0.84), (0.5, 1.0), (0.0, 1.05))
_HOUSE: tuple[Point, ...] = (
    (0.0, 0.0), (0.0, 0.66), (0.04, 0.66), (0.04, 0.72), (0.08, 0.72), (0.08, 0.66), (0.12, 0.66), (0.12, 0.44),
    (0.3, 0.44), (0.37, 0.62), (0.44, 0.44), (0.52, 0.44), (0.52, 0.74), (0.56, 1.0), (0.6, 0.74), (0.6, 0.4),
    (0.78, 0.4), (0.83, 0.56), (0.88, 0.4), (0.92, 0.4), (0.92, 0.58), (0.96, 0.74), (1.0, 0.58), (1.0, 0.0),
)  # fmt: skip
"""The outline of the house on the tarn: along the front, and up, by shares."""
_WINDOWS = (
    (0.06, 0.46), (0.06, 0.2), (0.19, 0.26), (0.27, 0.26), (0.37, 0.44), (0.37, 0.2), (0.47, 0.26), (0.56, 0.54),
    (0.56, 0.26), (0.66, 0.22), (0.74, 0.22), (0.83, 0.38), (0.83, 0.16), (0.96, 0.4), (0.96, 0.16),
)  # fmt: skip
_STAND = (-0.66, 0.8)
"""Where the candles are: across and how deep."""


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


def lake_house(s: Scenery) -> None:
    """The house with its vacant windows and its crack, dead trees, and all of it upside down in the lake before it."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, clouds=2)
    ridge(s, low + 0.5, h * 0.07, MID_TONE, "tarn")
    ground(s, low)
    foot, wide, tall = low + h * 0.03, min(w * 0.56, h * 0.8), min(low * 0.86, h * 0.44)
    left, lake = w * 0.52 - wide / 2, foot + (h - foot) * 0.42
    _lake(s, foot, lake)
    with s.canvas.saved():
        s.canvas.clip(rect(-1, foot, w + 2, lake - foot))
        mirrored = [(left + wide * x, foot + (lake - foot) * 0.9 * up) for x, up in _HOUSE]
        s.canvas.tone(poly(mirrored), DARK_TONE.tone, grey=255)
    _house(s, left, foot, wide, tall)
    _ripples(s, foot, lake)
    _shore_of(s, lake)
    r = s.stage.random("dead trees")
    for x, y, k in ((0.06, 0.1, 0.62), (0.93, 0.06, 0.52), (0.84, 0.0, 0.3)):
        dead_tree(s, (w * x, lake + (h - lake) * y), h * k, r)
    for x in (0.2, 0.34, 0.7):
        reeds(s, w * x, lake + h * 0.02, h * 0.12, r, plumes=False)
    earth(s, lake, "tarn", 16)
    tufts(s, "tarn", 26)


def moor(s: Scenery) -> None:
    """The way to that house: a causeway over a bare moor from a black wood, dead trees, sedges."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    lane = h - low
    open_sky(s, low, clouds=2, away=True)
    ridge(s, low + 0.5, h * 0.1, MID_TONE, "moor")
    treeline(s, low + 0.5, h * 0.08, "moor", BLACK)
    ground(s, low)
    left = ((0.5, 0.0), (0.48, 0.12), (0.42, 0.28), (0.36, 0.5), (0.26, 0.74), (0.08, 1.06))
    right = ((0.52, 0.0), (0.515, 0.12), (0.5, 0.28), (0.56, 0.5), (0.66, 0.74), (0.9, 1.06))
    roadway(s, (left, right))
    r = s.stage.random("moor")
    for x, y, k in ((0.08, 0.2, 0.6), (0.28, 0.08, 0.34), (0.7, 0.06, 0.3), (0.93, 0.24, 0.66)):
        dead_tree(s, (w * x, low + lane * y), h * k, r)
    for x, y in ((0.2, 0.4), (0.84, 0.5), (0.12, 0.8)):
        reeds(s, w * x, low + lane * y, h * 0.14, r, plumes=False)
    earth(s, low, "moor", 18)
    tufts(s, "moor", 36)


def _house(s: Scenery, left: float, foot: float, wide: float, tall: float) -> None:
    night = s.stage.night
    walls = poly([(left + wide * x, foot - tall * up) for x, up in _HOUSE])
    s.canvas.stroke(walls, s.pen.weight * 4, 255)
    s.pen.shape(walls, BLACK, 1.4)
    k = wide * 0.018
    for x, up in _WINDOWS:
        px, py = left + wide * x, foot - tall * up
        window = lancet(px, py + k * 1.8, k, k * 4.2)
        s.pen.cover(window, WHITE if night else MID_TONE)
        s.canvas.stroke(window, s.pen.weight * 0.8, 255)
    crack = [(0.34, 0.54), (0.36, 0.44), (0.33, 0.36), (0.35, 0.28), (0.31, 0.2), (0.33, 0.1), (0.3, 0.0)]
    s.pen.line([(left + wide * x, foot - tall * up) for x, up in crack], 2.6, (0.7, 0.2), 255)
    door = lancet(left + wide * 0.47, foot, k * 1.7, k * 6)
    s.pen.shape(door, BLACK, 1.0)
    s.canvas.stroke(door, s.pen.weight, 255)


def _lake(s: Scenery, top: float, low: float) -> None:
    w, deep = s.stage.width, low - top
    rim = ((-0.02, 0.16), (0.2, 0.02), (0.5, 0.0), (0.8, 0.02), (1.02, 0.14))
    far = smooth([(w * x, top + deep * y) for x, y in rim], tension=0.5)
    s.canvas.fill((*far, ("L", w * 1.02, low), ("L", -w * 0.02, low), ("Z",)))


def _ripples(s: Scenery, top: float, low: float) -> None:
    w, r = s.stage.width, s.stage.random("tarn ripples")
    pairs = []
    for _ in range(26):
        t = r.random()
        x, y, long = w * r.random(), top + (low - top) * (0.12 + 0.84 * t), w * (0.02 + 0.08 * t)
        pairs.append(((x, y), (x + long, y)))
    s.canvas.stroke(segments(pairs), s.pen.weight * 1.1, 255)


def _shore_of(s: Scenery, lake: float) -> None:
    """The near bank."""
    w, h = s.stage.width, s.stage.height
    line = ((-0.02, -0.02), (0.18, 0.03), (0.4, 0.0), (0.62, 0.035), (0.82, 0.0), (1.02, -0.05))
    rim = smooth([(w * x, lake + h * y) for x, y in line], tension=0.55)
    bank: Path = (*rim, ("L", w * 1.02, h + 2), ("L", -w * 0.02, h + 2), ("Z",))
    s.canvas.stroke(bank, s.pen.weight * 1.6)
    s.canvas.fill(bank, 255)
    dark, pale = (0.6, 0.5) if s.stage.night else (0.26, 0.0)
    s.canvas.graded_tone(bank, ((0, lake), dark), ((0, h), pale))


def chamber(s: Scenery) -> None:
    """A great dark room: narrow windows high up, hangings on the walls, a table of books, a lute that leans on it."""
    room = Room.of(s.stage, tall=15)
    shell(s, room, floor=MID_TONE, sun=False)
    boards(s, room, 12)
    for u in (-0.5, 0.0, 0.5):
        _window(s, room, u)
    for u in (-0.78, -0.25, 0.25, 0.78):
        _hanging(s, room, u)
    for side in (-1.0, 1.0):
        for d in (0.12, 0.56):
            _tapestry(s, room, side, d)
    _beams(s, room)
    _candlelit(s, room)
    _table(s, room)
    _candles(s, room, *_STAND)


@shows("window")
def _window(s: Scenery, room: Room, u: float) -> None:
    """Pointed, with panes in lozenges."""
    rim = [(-0.1, 0.4), (-0.1, 0.68), (-0.06, 0.8), (0.0, 0.88), (0.06, 0.8), (0.1, 0.68), (0.1, 0.4)]
    path = poly([room.pt(u + x, v) for x, v in rim])
    s.pen.shape(path, BLACK if s.stage.night else WHITE, 2.0)
    lead = []
    for k in range(-3, 7):
        lead.append((room.pt(u - 0.1, 0.4 + 0.08 * k), room.pt(u + 0.1, 0.56 + 0.08 * k)))
        lead.append((room.pt(u + 0.1, 0.4 + 0.08 * k), room.pt(u - 0.1, 0.56 + 0.08 * k)))
    with s.canvas.saved():
        s.canvas.clip(path)
        s.lines(lead, 0.7, 255 if s.stage.night else 0)
    s.pen.shape(room.back(u - 0.12, 0.37, u + 0.12, 0.4), WHITE, 1.0)


def _hanging(s: Scenery, room: Room, u: float) -> None:
    """A curtain from the ceiling to the floor, in folds."""
    rim = [(-0.12, 0.94), (-0.1, 0.5), (-0.13, 0.02), (0.13, 0.02), (0.1, 0.5), (0.12, 0.94)]
    s.pen.shape(poly([room.pt(u + x, v) for x, v in rim]), DARK_TONE, 1.2)
    folds = [(room.pt(u + x, 0.92), room.pt(u + x * 1.15, 0.04)) for x in (-0.07, -0.02, 0.03, 0.08)]
    s.lines(folds, 1.2)


def _tapestry(s: Scenery, room: Room, side: float, d: float) -> None:
    s.pen.shape(room.side(side, d, d + 0.26, 0.24, 0.8), MID_TONE, 1.2)
    s.pen.shape(room.side(side, d + 0.03, d + 0.23, 0.3, 0.74), LIGHT_TONE, 0.8)
    tree = [room.pt(side, v, d + x) for x, v in ((0.13, 0.32), (0.12, 0.46), (0.14, 0.6), (0.13, 0.7))]
    s.pen.line(tree, 3.0, (0.1, 0.8))
    for x, v in ((0.07, 0.56), (0.19, 0.6), (0.1, 0.66), (0.17, 0.48)):
        s.pen.line((room.pt(side, v - 0.06, d + 0.13), room.pt(side, v, d + x)), 1.6, (0.2, 1))


@shows("table")
def _table(s: Scenery, room: Room) -> None:
    """Of dark oak, with books and a lute."""
    d, u0, u1, top = 0.7, 0.3, 0.86, 0.2
    s.lines([(room.pt(u, top, d), room.pt(u, 0, d)) for u in (u0 + 0.04, u1 - 0.04)], 4.0)
    s.pen.shape(room.quad((u0, top - 0.05, d), (u1, top - 0.05, d), (u1, top, d), (u0, top, d)), DARK_TONE, 1.2)
    s.pen.shape(room.flat(u0, u1, d, d + 0.1, top), MID_TONE, 1.1)
    for n, (u, wide) in enumerate(((0.36, 0.16), (0.38, 0.13), (0.37, 0.14))):
        v = top + 0.022 * n
        shade: Shade = (WHITE, BLACK, WHITE)[n]
        s.pen.shape(room.quad((u, v, d + 0.04), (u + wide, v, d + 0.04), (u + wide, v + 0.022, d + 0.04),
                              (u, v + 0.022, d + 0.04)), shade, 0.9)  # fmt: skip
    (x, y), k = room.pt(0.24, 0.08, d - 0.04), abs(room.pt(0.1, 0, d)[0] - room.pt(0, 0, d)[0])
    neck = ((x + k * 0.2, y - k * 0.8), (x + k * 0.8, y - k * 3.2))
    s.line(*neck, 7.0, 255)
    s.line(*neck, 4.8)
    s.line(neck[1], (x + k * 0.4, y - k * 3.7), 3.6)
    s.pen.shape(ellipse(x, y, k * 0.66, k * 0.96, 0.24), WHITE, 1.3)
    s.canvas.fill(ellipse(x + k * 0.05, y - k * 0.1, k * 0.2, k * 0.2))
    s.line((x + k * 0.1, y + k * 0.4), (x + k * 0.66, y - k * 2.6), 0.7, 255)


def _candles(s: Scenery, room: Room, u: float, d: float) -> None:
    """A stand with three lights."""
    (x, y), k = room.pt(u, 0, d), 0.55 * s.stage.unit / room.z(d)
    s.line((x, y), (x, y - k * 7), 3.0)
    s.lines([((x - k, y), (x + k, y)), ((x - k * 1.3, y - k * 6.6), (x + k * 1.3, y - k * 6.6))], 2.4)
    for dx in (-1.2, 0.0, 1.2):
        s.pen.shape(rect(x + dx * k - k * 0.16, y - k * 8, k * 0.32, k * 1.3), WHITE, 0.9)
        hearth_glow(s, x + dx * k, y - k * 8, k * 0.3)


def chamber_rear(s: Scenery) -> None:
    """The other wall: a hearth under a dark picture, shelves of old books, the door in its arch."""
    room = Room.of(s.stage, tall=15)
    shell(s, room, floor=MID_TONE, sun=False)
    boards(s, room, 12)
    r = s.stage.random("old books")
    s.pen.shape(room.back(-0.94, 0, -0.42, 0.78), DARK_TONE, 1.4)
    rows: list[tuple[Path, Shade]] = []
    for row in range(5):
        v = 0.03 + 0.15 * row
        s.pen.cover(room.back(-0.91, v, -0.45, v + 0.13), BLACK)
        rows += books(room, r, (-0.91, -0.45, v), (0.022, 0.046), (0.08, 0.12), (WHITE, MID_TONE, WHITE, LIGHT_TONE))
    stacked(s, rows)
    s.pen.shape(room.back(-0.24, 0, 0.26, 0.4), LIGHT_TONE, 1.6)
    s.pen.shape(room.back(-0.28, 0.4, 0.3, 0.45), WHITE, 1.3)
    s.canvas.fill(room.back(-0.14, 0, 0.16, 0.3))
    (x, y), k = room.pt(0.01, 0.01), abs(room.pt(0.09, 0)[0] - room.pt(0, 0)[0])
    hearth_glow(s, x, y, k)
    s.pen.shape(room.back(-0.16, 0.52, 0.18, 0.86), BLACK, 1.6)
    s.pen.shape(room.back(-0.12, 0.55, 0.14, 0.83), MID_TONE, 1.0)
    x, y = room.pt(0.01, 0.72)
    s.canvas.fill(ellipse(x, y, k * 0.34, k * 0.44), 255)
    bust = ((-0.7, 1.2), (-0.3, 0.4), (0.3, 0.4), (0.7, 1.2))
    s.canvas.fill(poly([(x + k * dx, y + k * dy) for dx, dy in bust]))
    arch = [(0.52, 0), (0.52, 0.46), (0.58, 0.62), (0.68, 0.7), (0.78, 0.62), (0.84, 0.46), (0.84, 0)]
    s.pen.shape(poly([room.pt(0.68 + (u - 0.68) * 1.25, v * 1.06) for u, v in arch]), WHITE, 1.4)
    s.pen.shape(poly([room.pt(*p) for p in arch]), BLACK, 1.4)
    s.lines([(room.pt(u, 0.02), room.pt(u, 0.6)) for u in (0.6, 0.68, 0.76)], 0.8, 255)
    for side in (-1.0, 1.0):
        for d in (0.12, 0.56):
            _tapestry(s, room, side, d)
    _beams(s, room)
    _candlelit(s, room)


def _candlelit(s: Scenery, room: Room) -> None:
    if s.stage.night:
        u, d = _STAND
        lamplight(s, room.pt(u, 0.5, d))


def _beams(s: Scenery, room: Room) -> None:
    for d in (0.94, 0.66, 0.3):
        s.pen.shape(room.quad((-1, 0.92, d), (1, 0.92, d), (1, 1, d), (-1, 1, d)), DARK_TONE, 1.0)
