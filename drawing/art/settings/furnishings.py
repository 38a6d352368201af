"""Furnishings of a place: carpets, plants in pots, pictures, lamps, fences. In millimetres or shares of a room."""

from drawing.art.settings.room_in_perspective import NEAR, Room, books, stacked
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point


def runner(s: Scenery, room: Room, half: float = 0.3, shade: Shade = DARK_TONE) -> None:
    """A carpet from the door to the viewer."""
    s.pen.shape(room.flat(-half, half, NEAR, 0.96), WHITE, 1.2)
    s.pen.shape(room.flat(-half * 0.84, half * 0.84, NEAR, 0.93), shade, 0.8)


def rug(s: Scenery, room: Room) -> None:
    """A carpet with a fringe in the middle of the floor."""
    s.pen.shape(room.flat(-0.52, 0.5, 0.05, 0.72), WHITE, 1.1)
    s.pen.shape(room.flat(-0.47, 0.45, 0.1, 0.69), MID_TONE, 0.8)
    s.pen.shape(room.flat(-0.34, 0.32, 0.22, 0.62), LIGHT_TONE, 0.7)
    for k in range(17):
        u = -0.52 + 1.02 * k / 16
        s.line(room.pt(u, 0, 0.05), room.pt(u, 0, 0.02), 0.6)


def side_picture(s: Scenery, room: Room, u: float, d: float) -> None:
    """A framed landscape on a side wall."""
    s.pen.shape(room.side(u, d, d + 0.2, 0.5, 0.78), MID_TONE, 1.2)
    s.pen.shape(room.side(u, d + 0.025, d + 0.175, 0.54, 0.74), WHITE, 0.8)
    hills = [room.pt(u, v, d + x) for x, v in ((0.03, 0.58), (0.07, 0.66), (0.11, 0.6), (0.14, 0.68), (0.17, 0.6))]
    s.pen.curve(hills, 0.7)


@shows("lamp")
def wall_lamp(s: Scenery, room: Room, u: float, v: float = 0.66) -> None:
    """A lamp on the back wall with its light."""
    x, y = room.pt(u, v)
    k = abs(room.pt(u + 0.06, v)[0] - x)
    s.pen.curve(((x, y + k * 1.2), (x + k * 0.5, y + k * 1.3), (x + k * 0.2, y + k * 0.5)), 1.0)
    shade = poly(((x - k * 0.3, y - k * 0.5), (x + k * 0.5, y - k * 0.5), (x + k * 0.75, y + k * 0.4),
                  (x - k * 0.55, y + k * 0.4)))  # fmt: skip
    s.pen.shape(shade, WHITE, 1.0)
    s.lines([((x + k * dx, y + k * 0.65), (x + k * dx * 1.7, y + k * 1.25)) for dx in (-0.7, 0.8)], 0.6)


def potted(s: Scenery, room: Room, u: float, d: float) -> None:
    """A palm in a pot."""
    x, y = room.pt(u, 0.0, d)
    k = 0.5 * s.stage.unit / room.z(d)
    top = (x, y - k * 1.3)
    for n, (dx, dy) in enumerate(((-1.5, -1.5), (-0.9, -2.5), (0.0, -2.9), (0.9, -2.4), (1.5, -1.4), (-0.4, -2.0),
                                  (0.5, -1.9))):  # fmt: skip
        way = (top, (x + dx * k * 0.55, top[1] + dy * k * 0.9), (x + dx * k, top[1] + dy * k * 0.62))
        s.pen.shape(stroke(way, k * 0.34, (0.6, 1), steps=5), BLACK if n % 3 == 0 else MID_TONE, 0.8)
    pot = poly(((x - k * 0.62, top[1]), (x + k * 0.62, top[1]), (x + k * 0.44, y), (x - k * 0.44, y)))
    s.pen.shape(pot, LIGHT_TONE, 1.1)
    s.line((x - k * 0.57, top[1] + k * 0.32), (x + k * 0.57, top[1] + k * 0.32), 0.8)


@shows("fence")
def fence(s: Scenery, near: Point, far: Point, tall: float, posts: int = 7) -> None:
    """A rail fence that runs into the distance; `tall` is the height of its nearest post (mm)."""
    feet = []
    for i in range(posts):
        t = 1 - (1 - i / (posts - 1)) ** 1.7
        feet.append((near[0] + (far[0] - near[0]) * t, near[1] + (far[1] - near[1]) * t, tall * (1 - 0.86 * t)))
    for share in (0.42, 0.82):
        rail = [(x, y - h * share) for x, y, h in feet]
        s.pen.curve(rail, 2.6)
        s.pen.curve(rail, 1.3, 255)
    for x, y, h in feet:
        half = h * 0.07
        s.pen.shape(poly(((x - half, y), (x - half, y - h), (x + half, y - h * 1.04), (x + half, y))), WHITE, 0.9)


def signpost(s: Scenery, x: float, y: float, tall: float) -> None:
    """A post with two arms at the edge of a road."""
    half = tall * 0.035
    s.pen.shape(poly(((x - half, y), (x - half, y - tall), (x + half, y - tall), (x + half, y))), LIGHT_TONE, 1.0)
    for up, side in ((0.92, 1), (0.7, -1)):
        t, w, h = y - tall * up, tall * 0.42 * side, tall * 0.15
        arm = ((x - w * 0.3, t), (x + w * 0.8, t), (x + w, t + h / 2), (x + w * 0.8, t + h), (x - w * 0.3, t + h))
        s.pen.shape(poly(arm), WHITE, 1.0)
        s.line((x - w * 0.15, t + h * 0.5), (x + w * 0.62, t + h * 0.5), 0.7)


def ruts(s: Scenery, points: tuple[tuple[Point, ...], ...]) -> None:
    """The tracks of carts."""
    for line in points:
        s.pen.line(line, 0.6, (1, 0.6))


def birds(s: Scenery, high: float) -> None:
    """A few birds far off in the sky, above `high` (mm from the top)."""
    r, w = s.stage.random("birds"), s.stage.width
    x, y = w * r.uniform(0.2, 0.7), high * r.uniform(0.3, 0.55)
    size = max(1.2, s.stage.height * 0.018)
    for number in range(4):
        px, py = x + (2.6 * number + r.uniform(-0.6, 0.6)) * size, y + r.uniform(-2, 2) * size
        wings = ((px - size, py - size * 0.5), (px, py), (px + size, py - size * 0.55))
        s.pen.line(wings, 0.9, (0.8, 0.8))


def butterfly(s: Scenery, x: float, y: float, size: float) -> None:
    for side in (-1, 1):
        s.pen.shape(ellipse(x + side * size * 0.5, y - size * 0.3, size * 0.5, size * 0.34, side * -0.6), WHITE, 0.8)
        s.pen.shape(ellipse(x + side * size * 0.34, y + size * 0.2, size * 0.3, size * 0.24, side * 0.5), WHITE, 0.8)
    s.pen.line(((x, y - size * 0.4), (x, y), (x, y + size * 0.4)), 1.0, (0.5, 0.8))


def far_houses(s: Scenery, low: float, places: tuple[float, ...]) -> None:
    """Roofs of a hamlet at the foot of the hills; by night their windows are lit."""
    h, night = s.stage.height * 0.045, s.stage.night
    for x in places:
        px = s.stage.width * x
        wall = poly(((px - h, low), (px - h, low - h * 0.7), (px + h, low - h * 0.7), (px + h, low)))
        s.pen.shape(wall, DARK_TONE if night else WHITE, 0.8)
        roof = smooth(
            ((px - h * 1.3, low - h * 0.65), (px, low - h * 1.5), (px + h * 1.3, low - h * 0.65)), tension=0.2
        )
        s.pen.shape((*roof, ("Z",)), BLACK if night else MID_TONE, 0.8)
        panes = [rect(px + h * u, low - h * 0.5, h * 0.3, h * 0.3) for u in (-0.6, 0.3)]
        s.canvas.fill((*panes[0], *panes[1]), 255 if night or s.stage.dim else 0)


def bookcase(s: Scenery, room: Room, u0: float, u1: float) -> None:
    """A bookcase on the back wall."""
    s.pen.shape(room.back(u0, 0, u1, 0.8), WHITE, 1.5)
    r = s.stage.random("rear books", u0)
    rows: list[tuple[Path, Shade]] = []
    for row in range(4):
        v = 0.03 + row * 0.19
        s.line(room.pt(u0, v), room.pt(u1, v), 1.4)
        rows += books(room, r, (u0, u1, v), (0.024, 0.05), (0.1, 0.16), (BLACK, WHITE, MID_TONE, WHITE))
    stacked(s, rows)


def lancet(x: float, foot: float, half: float, tall: float) -> Path:
    """A pointed window or door."""
    spring = foot - tall * 0.6
    return (
        ("M", x - half, foot), ("L", x - half, spring), ("Q", x - half * 0.9, foot - tall * 0.86, x, foot - tall),
        ("Q", x + half * 0.9, foot - tall * 0.86, x + half, spring), ("L", x + half, foot), ("Z",),
    )  # fmt: skip
