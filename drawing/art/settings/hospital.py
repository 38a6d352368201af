"""A hospital: the ward, and the garden between its wings."""

from drawing.art.settings.foliage import bush, tree
from drawing.art.settings.hills_and_fields import earth, ground, low_of, shade_on_ground, trodden, tufts
from drawing.art.settings.room_in_perspective import Room, dusk, shell, window
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE


def ward(s: Scenery) -> None:
    """A ward: bed with rails, drip stand, curtain, window."""
    room = Room.of(s.stage)
    shell(s, room)
    s.lines([(room.pt(k / 4, 0, -0.8), room.pt(k / 4, 0, 1)) for k in range(-3, 4)], 0.5)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.5, -0.1, 0.22, 0.48, 0.7, 0.88)], 0.5)
    s.pen.cover(room.back(-1, 0.3, 1, 0.325), LIGHT_TONE)
    s.lines([(room.pt(-1, v), room.pt(1, v)) for v in (0.3, 0.325)], 0.7)
    door = room.side(-1, 0.3, 0.62, 0, 0.76)
    s.pen.shape(door, WHITE, 1.2)
    s.pen.shape(room.side(-1, 0.36, 0.46, 0.4, 0.68), LIGHT_TONE, 0.9)
    window(s, room.back(-0.42, 0.36, 0.12, 0.84), 2, 1, 2.2)
    s.lines([(room.pt(-0.42, 0.84 - 0.022 * k), room.pt(0.12, 0.84 - 0.022 * k)) for k in range(1, 8)], 0.6)
    s.pen.shape(room.back(-0.46, 0.32, 0.16, 0.36), WHITE, 1.0)
    dusk(s, room)
    s.pen.shape(room.back(0.24, 0.56, 0.74, 0.64), WHITE, 1.0)
    s.lines([(room.pt(u, 0.58), room.pt(u + 0.03, 0.58)) for u in (0.3, 0.4, 0.5, 0.6)], 2.0)
    _cabinet(s, room)
    _ward_bed(s, room)
    _drip(s, room)
    _ward_curtain(s, room)


def _cabinet(s: Scenery, room: Room) -> None:
    s.pen.shape(room.quad((0.0, 0, 0.86), (0.2, 0, 0.86), (0.2, 0.3, 0.86), (0.0, 0.3, 0.86)), WHITE, 1.1)
    s.lines([(room.pt(0.0, v, 0.86), room.pt(0.2, v, 0.86)) for v in (0.1, 0.2)], 0.8)
    x, y = room.pt(0.1, 0.3, 0.88)
    k = room.pt(0.04, 0, 0.88)[0] - room.pt(0, 0, 0.88)[0]
    s.pen.shape(
        poly(((x - k * 0.5, y - k * 1.8), (x + k * 0.5, y - k * 1.8), (x + k * 0.4, y), (x - k * 0.4, y))), WHITE, 0.9
    )
    for dx in (-0.7, 0.1, 0.8):
        s.line((x, y - k * 1.7), (x + dx * k, y - k * 3.2), 0.9)
        s.pen.shape(ellipse(x + dx * k, y - k * 3.3, k * 0.5, k * 0.5), WHITE, 0.8)


@shows("bed")
def _ward_bed(s: Scenery, room: Room) -> None:
    u0, u1, near, far = 0.28, 0.7, 0.52, 0.97
    s.pen.shape(room.quad((u0, 0.2, far), (u1, 0.2, far), (u1, 0.5, far), (u0, 0.5, far)), LIGHT_TONE, 1.3)
    for u in (u0, u1):
        s.line(room.pt(u, 0, near), room.pt(u, 0.3, near), 2.6)
    s.pen.shape(room.quad((u0, 0.14, near), (u0, 0.14, far), (u0, 0.27, far), (u0, 0.27, near)), WHITE, 1.1)
    s.pen.shape(room.flat(u0, u1, near, far, 0.27), WHITE, 1.2)
    s.pen.shape(room.quad((u0, 0.14, near), (u1, 0.14, near), (u1, 0.27, near), (u0, 0.27, near)), WHITE, 1.2)
    quilt = room.quad((u0, 0.275, near), (u0, 0.275, 0.78), (u1, 0.275, 0.78), (u1, 0.275, near))
    s.pen.shape(quilt, MID_TONE, 1.0)
    s.pen.shape(room.quad((u0, 0.28, 0.74), (u0, 0.28, 0.8), (u1, 0.28, 0.8), (u1, 0.28, 0.74)), WHITE, 1.0)
    x, y = room.pt((u0 + u1) / 2, 0.3, 0.89)
    size = (room.pt(u1, 0, 0.89)[0] - room.pt(u0, 0, 0.89)[0]) * 0.36
    s.pen.shape(ellipse(x, y, size, size * 0.32), WHITE, 1.1)
    for u in (u0, u1):
        for v in (0.3, 0.42):
            s.line(room.pt(u, v, 0.6), room.pt(u, v, 0.9), 1.6)
        s.lines([(room.pt(u, 0.3, d), room.pt(u, 0.42, d)) for d in (0.6, 0.7, 0.8, 0.9)], 1.1)
    s.lines([(room.pt(u0, v, near), room.pt(u1, v, near)) for v in (0.34, 0.42)], 2.0)
    s.lines(
        [(room.pt(u0 + (u1 - u0) * k / 5, 0.27, near), room.pt(u0 + (u1 - u0) * k / 5, 0.42, near)) for k in range(6)],
        1.2,
    )


def _drip(s: Scenery, room: Room) -> None:
    d, u = 0.76, 0.86
    top, foot = room.pt(u, 0.8, d), room.pt(u, 0.0, d)
    k = room.pt(u + 0.06, 0, d)[0] - foot[0]
    s.line(foot, top, 2.2)
    s.lines([((foot[0] - k, foot[1] + k * 0.2), foot), ((foot[0] + k, foot[1] + k * 0.2), foot)], 2.0)
    s.line((top[0] - k * 0.8, top[1]), (top[0] + k * 0.8, top[1]), 1.8)
    form = ((-1.2, 0.2), (-0.4, 0.2), (-0.45, 1.7), (-0.8, 2.1), (-1.15, 1.7))
    bag = smooth([(top[0] + k * dx, top[1] + k * dy) for dx, dy in form], closed=True, tension=0.3)
    s.pen.shape(bag, WHITE, 1.0)
    s.pen.cover(rect(top[0] - k * 1.08, top[1] + k, k * 0.56, k * 0.7), LIGHT_TONE)
    end = room.pt(0.62, 0.3, 0.8)
    start = (top[0] - k * 0.8, top[1] + k * 2.1)
    s.pen.curve((start, (start[0] - k * 0.1, (start[1] + end[1]) / 2), (end[0] + k * 0.6, end[1] - k * 0.2), end), 0.8)


def _ward_curtain(s: Scenery, room: Room) -> None:
    """Drawn back along its rail, in falling folds."""
    rail = [room.pt(-0.62, 0.9, 0.94), room.pt(-0.62, 0.9, 0.1)]
    s.line(rail[0], rail[1], 1.8)
    tops = [room.pt(-0.62 + (0.025 if i % 2 else -0.02), 0.89, 0.92 - 0.05 * i) for i in range(8)]
    feet = [room.pt(-0.62 + (0.025 if i % 2 else -0.02), 0.1, 0.92 - 0.05 * i) for i in range(8)]
    cloth = (*smooth(tops, tension=0.5), ("L", *feet[-1]), *smooth(tuple(reversed(feet)), tension=0.5)[1:], ("Z",))
    s.pen.shape(cloth, WHITE, 1.2)
    for i in range(1, 7):
        s.pen.line((tops[i], feet[i]), 0.9, (0.2, 0.6))


def garden(s: Scenery) -> None:
    """The building with its rows of windows, lit when it is dark; a path, hedges, a bench under a lamp."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low, clouds=2)
    _wings(s, low)
    ground(s, low)
    lane, r = h - low, s.stage.random("hospital garden")
    path = smooth(
        ((w * 0.46, low), (w * 0.42, low + lane * 0.2), (w * 0.3, low + lane * 0.55), (w * 0.08, h + 3),
         (w * 0.86, h + 3), (w * 0.64, low + lane * 0.5), (w * 0.55, low + lane * 0.2), (w * 0.52, low)),
        closed=True, tension=0.4,
    )  # fmt: skip
    trodden(s, path, low)
    for k in range(6):
        if k not in {2, 3}:
            bush(s, w * (k + 0.5) / 6, low + lane * 0.05, h * 0.05, r, MID_TONE)
    side = 0.9 if s.stage.seed % 2 else 0.08
    shade_on_ground(s, (w * side, low + lane * 0.2), w * 0.12, lane * 0.03)
    tree(s, (w * side, low + lane * 0.16), min(h * 0.56, low + lane * 0.1), r)
    _bench(s, w * (0.76 if side > 0.5 else 0.26), low + lane * 0.34, h * 0.1)
    _lamp(s, w * (0.64 if side > 0.5 else 0.38), low + lane * 0.26, h * 0.34)
    earth(s, low, "hospital garden", 14)
    tufts(s, "hospital garden", 26, hollow=0.4)


def _wings(s: Scenery, low: float) -> None:
    """The front of the house and a wing at its side, by the hour."""
    w, h, night = s.stage.width, s.stage.height, s.stage.night
    top = max(low - h * 0.5, low * 0.22)
    r = s.stage.random("wards")
    holes: list[Path] = []
    lit: list[Path] = []
    for x0, x1, up in ((0.2, 0.72, top), (0.72, 1.04, low - (low - top) * 0.72)):
        wall = rect(w * x0, up, w * (x1 - x0), low - up + 1)
        s.pen.shape(wall, DARK_TONE if night else WHITE if x0 < 0.5 else LIGHT_TONE, 1.3)
        s.pen.shape(rect(w * x0 - 1, up - h * 0.014, w * (x1 - x0) + 2, h * 0.02), BLACK if night else MID_TONE, 1.0)
        rows, bays = max(2, round((low - up) / (h * 0.085))), max(3, round((x1 - x0) * w / (h * 0.1)))
        tall, wide = (low - up) / rows, w * (x1 - x0) / bays
        for i in range(rows):
            for j in range(bays):
                pane = rect(w * x0 + wide * (j + 0.24), up + tall * (i + 0.32), wide * 0.52, tall * 0.44)
                (lit if not night or r.random() < 0.4 else holes).append(pane)
    s.canvas.fill(tuple(op for p in holes for op in p))
    glass = tuple(op for p in lit for op in p)
    s.canvas.fill(glass, 255)
    if not night:
        s.canvas.tone(glass, MID_TONE.tone)
    s.canvas.stroke(glass, s.pen.weight * 0.8)
    k, x, y = h * 0.03, w * 0.46, top + h * 0.045
    sign = rect(x - k * 1.3, y - k * 1.3, k * 2.6, k * 2.6)
    s.pen.shape(sign, WHITE, 1.2)
    s.canvas.fill((*rect(x - k, y - k * 0.3, k * 2, k * 0.6), *rect(x - k * 0.3, y - k, k * 0.6, k * 2)))
    s.pen.shape(rect(w * 0.42, low - h * 0.11, w * 0.14, h * 0.11), WHITE if s.stage.dim else MID_TONE, 1.2)
    s.line((w * 0.49, low - h * 0.11), (w * 0.49, low), 1.0)
    s.pen.shape(rect(w * 0.39, low - h * 0.13, w * 0.2, h * 0.022), MID_TONE, 1.1)


def _bench(s: Scenery, x: float, y: float, k: float) -> None:
    for dx in (-0.8, 0.8):
        s.pen.shape(rect(x + dx * k - k * 0.06, y - k * 0.4, k * 0.12, k * 0.4), BLACK, 1.0)
    for up in (0.38, 0.62, 0.8):
        s.pen.shape(rect(x - k, y - k * up, k * 2, k * 0.12), WHITE, 1.1)


@shows("lamp")
def _lamp(s: Scenery, x: float, y: float, tall: float) -> None:
    """A globe on a post; in the dark it has a circle of light on the ground."""
    if s.stage.night:
        s.canvas.fill(ellipse(x, y, tall * 0.5, tall * 0.1), 255)
        s.canvas.tone(ellipse(x, y, tall * 0.5, tall * 0.1), LIGHT_TONE.tone)
    s.pen.shape(rect(x - tall * 0.016, y - tall * 0.86, tall * 0.032, tall * 0.86), BLACK, 1.0)
    s.pen.contour(rect(x - tall * 0.016, y - tall * 0.86, tall * 0.032, tall * 0.86), 0.5, 255)
    s.pen.shape(ellipse(x, y - tall * 0.92, tall * 0.075, tall * 0.08), WHITE, 1.3)
