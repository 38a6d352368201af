"""Places where many people come by day: a station, a park, a library, a factory, a bath, an office."""

from drawing.art.settings.foliage import bush, tree, treeline
from drawing.art.settings.furnishings import potted
from drawing.art.settings.hills_and_fields import earth, ground, trodden, tufts
from drawing.art.settings.room_in_perspective import NEAR, Room, boards, books, dusk, shell, stacked, window
from drawing.art.settings.room_side_walls import cabinets, washing_places
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade


def _low(s: Scenery) -> float:
    return min(max(s.stage.horizon, s.stage.height * 0.2), s.stage.height * 0.66)


def station(s: Scenery) -> None:
    """A platform under its roof, the rails beside it, a train that waits, a clock, a board with the name."""
    w, h = s.stage.width, s.stage.height
    room = Room.of(s.stage, tall=11.5)
    open_sky(s, _low(s))
    s.pen.cover(rect(-1, s.stage.horizon, w + 2, h * 2), MID_TONE)
    s.pen.shape(room.flat(-0.98, 0.2, NEAR, 1), LIGHT_TONE if s.stage.night else WHITE, 1.2)
    s.pen.cover(room.flat(0.06, 0.13, NEAR, 1), DARK_TONE)
    s.pen.shape(room.quad((0.2, 0, NEAR), (0.2, 0, 1), (0.2, -0.09, 1), (0.2, -0.09, NEAR)), BLACK, 1.0)
    _train(s, room)
    s.pen.shape(room.flat(-1.1, 0.12, NEAR, 1.02, 0.98), DARK_TONE, 1.3)
    s.lines([(room.pt(-1.1, 0.98, d), room.pt(0.12, 0.98, d)) for d in (0.1, 0.4, 0.62, 0.78, 0.9, 0.97)], 1.6)
    for d in (0.95, 0.8, 0.55, 0.05):
        for u in (-0.8, -0.02):
            pillar = room.quad((u - 0.02, 0, d), (u + 0.02, 0, d), (u + 0.02, 0.98, d), (u - 0.02, 0.98, d))
            s.pen.shape(pillar, WHITE, 1.2)
    _name_board(s, room)
    _bench(s, room, -0.62, 0.72)
    x, y = room.pt(-0.36, 0.82, 0.6)
    k = abs(room.pt(-0.26, 0.82, 0.6)[0] - x)
    s.line((x, room.pt(0, 0.98, 0.6)[1]), (x, y), 1.8)
    s.pen.shape(ellipse(x, y, k, k), WHITE, 2.0)
    s.lines([((x, y), (x, y - k * 0.75)), ((x, y), (x + k * 0.5, y + k * 0.2))], 1.4)


def _train(s: Scenery, room: Room) -> None:
    """Its side, which runs away from us along the platform."""
    s.pen.shape(room.side(0.42, NEAR, 0.94, -0.06, 0.8), WHITE, 1.3)
    s.pen.cover(room.side(0.42, NEAR, 0.94, 0.12, 0.24), BLACK)
    s.pen.shape(room.quad((0.42, 0.8, NEAR), (0.42, 0.8, 0.94), (0.6, 0.88, 0.94), (0.7, 0.88, NEAR)), LIGHT_TONE, 1.0)
    for start, end in ((-1.6, -0.9), (-0.7, -0.3), (0.0, 0.2), (0.26, 0.42), (0.57, 0.66), (0.69, 0.76), (0.86, 0.91)):
        s.pen.shape(room.side(0.42, start, end, 0.4, 0.68), WHITE if s.stage.night else MID_TONE, 1.1)
    for start, end in ((-0.26, -0.06), (0.45, 0.54), (0.79, 0.84)):
        s.pen.shape(room.side(0.42, start, end, 0.0, 0.72), LIGHT_TONE, 1.1)
        s.line(room.pt(0.42, 0.0, (start + end) / 2), room.pt(0.42, 0.72, (start + end) / 2), 1.0)


def _name_board(s: Scenery, room: Room) -> None:
    s.lines([(room.pt(u, 0, 0.86), room.pt(u, 0.62, 0.86)) for u in (-0.52, -0.2)], 1.8)
    s.pen.shape(room.quad((-0.56, 0.36, 0.86), (-0.16, 0.36, 0.86), (-0.16, 0.6, 0.86), (-0.56, 0.6, 0.86)), WHITE, 1.2)
    bar = room.quad((-0.56, 0.41, 0.86), (-0.16, 0.41, 0.86), (-0.16, 0.45, 0.86), (-0.56, 0.45, 0.86))
    s.canvas.fill(bar)
    s.lines([(room.pt(-0.46 + k, 0.52, 0.86), room.pt(-0.4 + k, 0.52, 0.86)) for k in (0.0, 0.08, 0.16)], 3.2)


def _bench(s: Scenery, room: Room, u: float, d: float) -> None:
    s.lines([(room.pt(u + k, 0, d), room.pt(u + k, 0.17, d)) for k in (-0.16, 0.0, 0.16)], 2.0)
    s.pen.shape(room.quad((u - 0.2, 0.2, d), (u + 0.2, 0.2, d), (u + 0.2, 0.34, d), (u - 0.2, 0.34, d)), MID_TONE, 1.0)
    s.pen.shape(room.flat(u - 0.2, u + 0.2, d - 0.05, d, 0.17), WHITE, 1.1)


def park(s: Scenery) -> None:
    """Lawns and trees, a path that bends, a bench, a lamp, a pond behind."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    r, depth = s.stage.random("park"), h - low
    treeline(s, low + 1, h * 0.1, "park", DARK_TONE)
    ground(s, low)
    s.pen.shape(ellipse(w * 0.24, low + depth * 0.1, w * 0.2, depth * 0.06), WHITE, 1.0)
    s.lines([((w * 0.14, low + depth * 0.1), (w * 0.24, low + depth * 0.1)),
             ((w * 0.24, low + depth * 0.13), (w * 0.34, low + depth * 0.13))], 0.8)  # fmt: skip
    edge = ((w * 0.6, low), (w * 0.72, low + depth * 0.16), (w * 0.56, low + depth * 0.4), (w * 0.22, h + 2))
    back = ((w * 0.86, h + 2), (w * 0.76, low + depth * 0.44), (w * 0.82, low + depth * 0.16), (w * 0.64, low))
    path = (*smooth(edge, tension=0.6), ("L", *back[0]), *smooth(back, tension=0.6)[1:], ("Z",))
    trodden(s, path, low)
    for x, up, tall in ((0.02, 0.1, 0.6), (0.4, 0.04, 0.34), (0.52, 0.03, 0.28), (0.95, 0.14, 0.72)):
        tree(s, (w * x, low + depth * up), h * tall * 0.8, r, DARK_TONE if tall > 0.5 else MID_TONE)
    for x in (0.34, 0.46, 0.88):
        bush(s, w * x, low + depth * 0.12, h * 0.06, r, MID_TONE)
    _park_bench(s, w * 0.4, low + depth * 0.3, h * 0.1)
    _lamp_post(s, w * 0.84, low + depth * 0.3, h * 0.5)
    earth(s, low, "park", 12)
    tufts(s, "park", 24)


def _park_bench(s: Scenery, x: float, y: float, k: float) -> None:
    for dx in (-1.5, 1.5):
        s.pen.curve(((x + dx * k, y), (x + dx * k * 0.96, y - k * 0.5), (x + dx * k * 1.02, y - k * 1.2)), 2.2)
    for up in (0.5, 0.82, 1.06):
        s.pen.shape(rect(x - 1.8 * k, y - k * (up + 0.16), 3.6 * k, k * 0.16), WHITE, 1.0)


@shows("street lamp")
def _lamp_post(s: Scenery, x: float, y: float, tall: float) -> None:
    s.line((x, y), (x, y - tall), 3.0)
    k = tall * 0.07
    head = poly(
        ((x - k * 0.6, y - tall), (x + k * 0.6, y - tall), (x + k, y - tall - k * 1.6), (x - k, y - tall - k * 1.6))
    )
    if s.stage.dim:
        s.canvas.stroke(ellipse(x, y - tall - k, k * 2.4, k * 2.4), k * 0.5, 255)
    s.pen.shape(head, WHITE, 1.2)
    s.pen.shape(
        poly(((x - k * 1.2, y - tall - k * 1.6), (x, y - tall - k * 2.3), (x + k * 1.2, y - tall - k * 1.6))),
        BLACK,
        1.0,
    )


def library(s: Scenery) -> None:
    """Shelves on both sides and at the back, full of books; a long table with lamps."""
    room = Room.of(s.stage, tall=12)
    shell(s, room, floor=MID_TONE)
    boards(s, room)
    window(s, room.back(-0.16, 0.3, 0.16, 0.92), 2, 4, 2.0)
    r = s.stage.random("books")
    rows: list[tuple[Path, Shade]] = []
    for u0, u1 in ((-0.96, -0.6), (-0.58, -0.22), (0.22, 0.58), (0.6, 0.96)):
        s.pen.shape(room.back(u0, 0, u1, 0.86), WHITE, 1.3)
        for v in (0.04, 0.2, 0.36, 0.52, 0.68):
            s.canvas.fill(room.back(u0 + 0.015, v, u1 - 0.015, v + 0.14))
            rows += books(room, r, (u0, u1, v), (0.014, 0.03), (0.09, 0.13), (WHITE, LIGHT_TONE, WHITE, MID_TONE))
    stacked(s, rows, 0.5)
    for side in (-1, 1):
        _side_shelves(s, room, side)
    dusk(s, room)
    s.pen.shape(room.quad((-0.5, 0, 0.6), (0.5, 0, 0.6), (0.5, 0.28, 0.6), (-0.5, 0.28, 0.6)), DARK_TONE, 1.0)
    s.pen.shape(room.flat(-0.54, 0.54, 0.6, 0.74, 0.28), WHITE, 1.2)
    for u in (-0.3, 0.3):
        x, y = room.pt(u, 0.28, 0.67)
        k = abs(room.pt(u + 0.05, 0.28, 0.67)[0] - x)
        s.line((x, y), (x, y - k * 1.6), 2.0)
        shade_ = poly(
            ((x - k * 0.7, y - k * 2.2), (x + k * 0.7, y - k * 2.2), (x + k, y - k * 1.5), (x - k, y - k * 1.5))
        )
        s.pen.shape(shade_, BLACK, 1.0)


@shows("shelf")
def _side_shelves(s: Scenery, room: Room, side: int) -> None:
    """Shelves that run along a side wall, towards the viewer."""
    r = s.stage.random("rows", side)
    s.pen.shape(room.side(side, -0.4, 0.96, 0, 0.86), WHITE, 1.2)
    rows: list[tuple[Path, Shade]] = []
    for v in (0.04, 0.2, 0.36, 0.52, 0.68):
        s.canvas.fill(room.side(side, -0.4, 0.94, v, v + 0.14))
        d = -0.38
        while d < 0.9:
            step = r.uniform(0.03, 0.08) * (1.1 - d)
            shade = (WHITE, MID_TONE, WHITE, LIGHT_TONE)[r.randrange(4)]
            rows.append((room.side(side, d, min(d + step, 0.94), v, v + r.uniform(0.09, 0.13)), shade))
            d += step
    for d in (0.0, 0.4, 0.7, 0.88):
        s.pen.shape(room.side(side * 0.985, d, d + 0.02 * (1.2 - d), 0, 0.86), WHITE, 0.9)
    stacked(s, rows, 0.5)


def factory(s: Scenery) -> None:
    """A hall of iron: trusses, high windows, pipes, machines with wheels and a belt."""
    room = Room.of(s.stage, tall=14)
    shell(s, room, floor=MID_TONE, wall=LIGHT_TONE)
    for d in (0.2, 0.5, 0.72, 0.88, 0.98):
        s.lines([(room.pt(-1, 0.94, d), room.pt(1, 0.94, d)), (room.pt(-1, 0.86, d), room.pt(1, 0.86, d))], 1.8)
        web = [(room.pt(-1 + 0.25 * i, 0.86 + 0.08 * (i % 2), d), room.pt(-0.75 + 0.25 * i, 0.94 - 0.08 * (i % 2), d))
               for i in range(8)]  # fmt: skip
        s.lines(web, 0.9)
    for u in (-0.8, -0.3, 0.2):
        window(s, room.back(u, 0.5, u + 0.4, 0.8), 5, 3, 1.6)
    for v, half in ((0.44, 3.2), (0.38, 2.2)):
        s.line(room.pt(-1, v), room.pt(1, v), half + 2.2)
        s.line(room.pt(-1, v), room.pt(1, v), half, 255)
    dusk(s, room)
    for u, d in ((-0.72, 0.9), (0.66, 0.86), (-0.78, 0.5), (0.8, 0.42)):
        _machine(s, room, u, d)


def _machine(s: Scenery, room: Room, u: float, d: float) -> None:
    half = 0.16
    s.pen.shape(room.side(u - half if u > 0 else u + half, d, d + 0.1, 0, 0.3), BLACK, 1.0)
    s.pen.shape(room.flat(u - half, u + half, d, d + 0.1, 0.3), WHITE, 1.0)
    s.pen.shape(room.quad((u - half, 0, d), (u + half, 0, d), (u + half, 0.3, d), (u - half, 0.3, d)), MID_TONE, 1.3)
    (x, y), k = room.pt(u, 0.22, d), abs(room.pt(u + 0.11, 0, d)[0] - room.pt(u, 0, d)[0])
    for size, shade in ((1.0, BLACK), (0.78, WHITE), (0.22, BLACK)):
        s.pen.shape(ellipse(x, y, k * size, k * size), shade, 1.0)
    s.lines([((x - k * a, y - k * b), (x + k * a, y + k * b)) for a, b in ((0.7, 0.2), (0.2, 0.7), (-0.55, 0.5))], 2.0)
    top = room.pt(u, 0.9, d)[1]
    s.lines([((x - k * 0.9, y), (x - k * 0.3, top)), ((x + k * 0.9, y), (x + k * 0.3, top))], 1.6)


def bath(s: Scenery) -> None:
    """A public bath: tiles, a mountain painted over the basin, taps, stools and pails, steam."""
    room = Room.of(s.stage, tall=11)
    shell(s, room)
    s.lines([(room.pt(-1 + k / 6, 0, NEAR), room.pt(-1 + k / 6, 0, 1)) for k in range(1, 12)], 0.5)
    s.lines([(room.pt(-1, 0, d), room.pt(1, 0, d)) for d in (-0.5, 0.0, 0.3, 0.5, 0.64, 0.74, 0.82, 0.88, 0.94)], 0.5)
    washing_places(s, room)
    s.pen.shape(room.back(-0.96, 0.34, 0.96, 0.9), LIGHT_TONE, 1.3)
    peak = [room.pt(*p) for p in ((-0.8, 0.36), (-0.3, 0.62), (-0.1, 0.8), (0.1, 0.8), (0.3, 0.62), (0.8, 0.36))]
    s.pen.shape((*smooth(peak, tension=0.5), ("Z",)), DARK_TONE, 1.0)
    snow = [room.pt(*p) for p in ((-0.2, 0.71), (-0.1, 0.8), (0.1, 0.8), (0.2, 0.71), (0.1, 0.74), (0.03, 0.69),
                                  (-0.06, 0.75), (-0.12, 0.7))]  # fmt: skip
    s.pen.shape(poly(snow), WHITE, 0.8)
    s.pen.shape(room.back(-0.96, 0.0, 0.96, 0.34), WHITE, 1.0)
    s.lines([(room.pt(-0.96, v), room.pt(0.96, v)) for v in (0.08, 0.16, 0.24)], 0.4)
    s.lines([(room.pt(-0.96 + 0.16 * k, 0), room.pt(-0.96 + 0.16 * k, 0.34)) for k in range(1, 12)], 0.4)
    s.pen.shape(room.quad((-0.9, 0, 0.62), (0.9, 0, 0.62), (0.9, 0.14, 0.62), (-0.9, 0.14, 0.62)), WHITE, 1.2)
    s.pen.shape(room.flat(-0.9, 0.9, 0.62, 0.98, 0.14), MID_TONE, 1.3)
    s.lines(
        [(room.pt(u, 0.14, d), room.pt(u + 0.2, 0.14, d)) for u, d in ((-0.6, 0.7), (0.1, 0.76), (0.4, 0.68))], 1.2, 255
    )
    dusk(s, room)
    for u, d in ((-0.8, 0.4), (0.72, 0.36), (0.9, 0.1)):
        x, y = room.pt(u, 0.0, d)
        k = abs(room.pt(u + 0.08, 0, d)[0] - x)
        s.pen.shape(poly(((x - k, y - k * 1.1), (x + k, y - k * 1.1), (x + k * 0.8, y), (x - k * 0.8, y))), WHITE, 1.1)
        s.pen.shape(ellipse(x, y - k * 1.1, k, k * 0.3), LIGHT_TONE, 1.0)
    for u in (-0.5, 0.0, 0.46):
        x, y = room.pt(u, 0.2, 0.8)
        k = s.stage.height * 0.06
        curl = ((x, y), (x + k, y - k * 1.2), (x - k * 0.6, y - k * 2.2), (x + k * 0.8, y - k * 3.6))
        s.canvas.fill(stroke(curl, k * 0.7, (0.9, 1.0)), 255)


def office(s: Scenery) -> None:
    """Desks in rows with screens and papers, blinds, a shelf of files, a plant."""
    room = Room.of(s.stage)
    shell(s, room)
    s.lines([(room.pt(-1, 1, d), room.pt(1, 1, d)) for d in (0.0, 0.4, 0.66, 0.84, 0.95)], 0.7)
    for u in (-0.9, -0.28, 0.34):
        quad = room.back(u, 0.4, u + 0.56, 0.86)
        window(s, quad, 1, 1, 1.8)
        s.lines([(room.pt(u, 0.4 + 0.46 * k / 8), room.pt(u + 0.56, 0.4 + 0.46 * k / 8)) for k in range(4, 8)], 0.9)
    for k in range(10):
        s.pen.shape(room.back(-0.94 + 0.06 * k, 0.06, -0.89 + 0.06 * k, 0.3), (BLACK, WHITE, MID_TONE)[k % 3], 0.7)
    cabinets(s, room)
    dusk(s, room)
    potted(s, room, 0.88, 0.86)
    for d in (0.84, 0.6, 0.2):
        for u in (-0.56, 0.4):
            _workplace(s, room, u, d)


def _workplace(s: Scenery, room: Room, u: float, d: float) -> None:
    s.pen.shape(
        room.quad((u - 0.24, 0, d), (u + 0.24, 0, d), (u + 0.24, 0.26, d), (u - 0.24, 0.26, d)), LIGHT_TONE, 1.0
    )
    s.pen.shape(room.flat(u - 0.26, u + 0.26, d, d + 0.09, 0.27), WHITE, 1.2)
    screen = room.quad(
        (u - 0.1, 0.33, d + 0.04), (u + 0.1, 0.33, d + 0.04), (u + 0.1, 0.5, d + 0.04), (u - 0.1, 0.5, d + 0.04)
    )
    s.line(room.pt(u, 0.27, d + 0.04), room.pt(u, 0.34, d + 0.04), 3.0)
    s.pen.shape(screen, WHITE if s.stage.night else BLACK, 1.3)
    for k in range(3):
        sheet = room.quad((u + 0.14, 0.27 + 0.02 * k, d + 0.03), (u + 0.23, 0.27 + 0.02 * k, d + 0.03),
                          (u + 0.23, 0.29 + 0.02 * k, d + 0.03), (u + 0.14, 0.29 + 0.02 * k, d + 0.03))  # fmt: skip
        s.pen.shape(sheet, WHITE, 0.6)
