"""Open country: forest, river, mountain, field, sea, sky, stars."""

from drawing.art.settings.details import birds, butterfly, far_houses, fence, ruts, signpost
from drawing.art.settings.plants import blossoms, bush, crown, pine, reeds, stone, tree, trunk
from drawing.art.settings.sky import cloud, ground, open_sky, ridge, tufts
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def _low(s: Scenery) -> float:
    """The horizon, kept inside the picture so that there is a sky and a ground to draw."""
    return min(max(s.stage.horizon, s.stage.height * 0.2), s.stage.height * 0.7)


def forest(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, _low(s)
    s.wipe(0 if s.stage.night else 255)
    if not s.stage.night:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.42), ((0, low + h * 0.14), 0.0))
    r = s.stage.random("forest")
    foot = low + (s.stage.floor(3.4) - low) * 0.5
    ground(s, min(foot, h * 0.8))
    for n, wide, shade, z in ((9, 0.018, WHITE, 6.0), (6, 0.036, MID_TONE, 3.6), (4, 0.07, BLACK, 2.2)):
        base = min(s.stage.floor(z), h * (0.97 - 0.05 * z))
        for i in range(n):
            x = w * (i + r.uniform(0.15, 0.85)) / n
            trunk(s, x, base + r.uniform(0, h * 0.02), w * wide * r.uniform(0.8, 1.2), r, shade, 0.7 + 1.2 / z)
    for i in range(6):
        path = crown(w * (i + 0.2) / 5.4, -h * 0.02 + r.uniform(-2, 2), w * 0.14, h * 0.13, r)
        s.pen.shape(path, BLACK if s.stage.night else DARK_TONE, 1.0)
    tufts(s, "forest", 46, grey=0)
    for x in (0.08, 0.9):
        _fern(s, w * x, h * 1.01, h * 0.16)


def _fern(s: Scenery, x: float, y: float, size: float) -> None:
    for lean in (-0.9, -0.4, 0.1, 0.5, 0.95):
        tip = (x + lean * size, y - size * (1.0 - abs(lean) * 0.45))
        mid = (x + lean * size * 0.4, y - size * 0.75)
        s.pen.shape(
            stroke(((x, y), mid, tip), size * 0.13, (0.3, 1), steps=4), BLACK if abs(lean) > 0.7 else WHITE, 0.9
        )


def river(s: Scenery) -> None:
    """A stream between banks, with reeds and pampas grass."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.13, LIGHT_TONE, "far")
    ground(s, low)
    far, near = (w * 0.62, low), min(h * 1.02, s.stage.floor(1.25))
    deep = near - low
    left = ((-0.012, 0.0), (-0.12, 0.1), (-0.06, 0.2), (-0.24, 0.36), (-0.6, 0.46), (-1.0, 0.52))
    right = ((0.012, 0.0), (-0.02, 0.1), (0.14, 0.22), (0.12, 0.42), (-0.14, 0.62), (-0.6, 0.78), (-1.0, 0.84))
    bank = smooth([(far[0] + w * x, low + deep * y) for x, y in left], tension=0.55)
    edge = smooth([(far[0] + w * x, low + deep * y) for x, y in reversed(right)], tension=0.55)
    water: Path = (*bank, ("L", *edge[0][1:]), *edge[1:], ("Z",))
    s.pen.shape(water, WHITE if s.stage.dim else LIGHT_TONE, 1.3)
    r = s.stage.random("river")
    with s.canvas.saved():
        s.canvas.clip(water)
        for _ in range(26):
            t = r.random() ** 0.7
            x, y = w * r.random(), low + (h - low) * t
            long = w * (0.03 + 0.1 * t)
            ripple = ((x, y), (x + long * 0.5, y + long * 0.05), (x + long, y))
            s.pen.line(ripple, 1.6 + t, (1, 1), 255)
            s.pen.line([(px, py + 0.3) for px, py in ripple], 0.5 + t * 0.5, (1, 1))
        if s.stage.dim:
            s.canvas.graded_tone(water, ((0, low), 0.1), ((0, h), 0.45))
    for x, y, k in (
        (0.04, 0.5, 0.9),
        (0.16, 0.36, 0.7),
        (0.93, 0.62, 1.1),
        (0.8, 0.3, 0.6),
        (0.3, 0.24, 0.5),
        (0.98, 0.3, 0.7),
    ):
        reeds(s, w * x, low + (h - low) * y, h * 0.2 * k, r)
    stone(s, w * 0.72, low + (h - low) * 0.75, w * 0.05, h * 0.04)
    tufts(s, "bank", 30)


def mountain(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    peak = (
        (-0.1 * w, low),
        (w * 0.16, low - h * 0.12),
        (w * 0.36, h * 0.1),
        (w * 0.42, h * 0.075),
        (w * 0.5, h * 0.12),
        (w * 0.72, low - h * 0.1),
        (w * 1.1, low),
    )
    path = (*smooth(peak, tension=0.5), ("Z",))
    s.pen.shape(path, WHITE, 1.3)
    with s.canvas.saved():
        s.canvas.clip(path)
        s.pen.cover(
            smooth(
                (
                    (w * 0.44, h * 0.05),
                    (w * 0.45, h * 0.2),
                    (w * 0.4, h * 0.3),
                    (w * 0.52, low),
                    (w * 1.2, low),
                    (w * 0.8, h * 0.2),
                ),
                closed=True,
                tension=0.4,
            ),
            MID_TONE,
        )
        for x, y in ((0.3, 0.3), (0.36, 0.22), (0.26, 0.36), (0.42, 0.3)):
            s.pen.line(
                ((w * x, h * y * 0.8), (w * (x - 0.03), h * (y + 0.02)), (w * (x - 0.02), h * (y + 0.08))),
                1.0,
                (0.4, 1),
            )
    ridge(s, low + 1, h * 0.1, LIGHT_TONE, "near")
    ground(s, low)
    r = s.stage.random("mountain")
    for x, k in ((0.06, 1.1), (0.2, 0.8), (0.86, 1.2), (0.97, 0.9)):
        pine(s, (w * x, low + (h - low) * 0.25 * k), h * 0.3 * k, r)
    for x, y, k in ((0.3, 0.55, 0.06), (0.74, 0.45, 0.05), (0.9, 0.8, 0.09)):
        stone(s, w * x, low + (h - low) * y, w * k, h * k)
    tufts(s, "mountain", 34)


def field(s: Scenery) -> None:
    """A meadow with autumn grasses and flowers."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.1, LIGHT_TONE, "far")
    r = s.stage.random("field")
    for i in range(6):
        bush(s, w * (i + r.random()) / 6, low + 1, h * 0.04, r, MID_TONE)
    ground(s, low)
    tufts(s, "meadow", 60)
    if not s.stage.night:
        birds(s, low)
    blossoms(s, "meadow", 9)
    for x, y, k in ((0.03, 0.6, 1.0), (0.14, 0.34, 0.7), (0.9, 0.42, 0.9), (0.99, 0.8, 1.2)):
        reeds(s, w * x, low + (h - low) * y, h * 0.22 * k, r)


def road(s: Scenery) -> None:
    """A country road that winds to the hills."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.14, LIGHT_TONE, "far")
    far_houses(s, low + 0.5, (0.34, 0.4, 0.68))
    ground(s, low)
    lane = h - low
    path: Path = (
        ("M", w * 0.53, low), ("C", w * 0.42, low + lane * 0.1, w * 0.66, low + lane * 0.2, w * 0.48,
        low + lane * 0.36),
        ("C", w * 0.3, low + lane * 0.55, w * 0.1, low + lane * 0.8, -w * 0.1, h * 1.05), ("L", w * 0.98, h * 1.05),
        ("C", w * 0.86, low + lane * 0.72, w * 0.62, low + lane * 0.52, w * 0.68, low + lane * 0.34), ("C", w * 0.74,
        low + lane * 0.2, w * 0.5, low + lane * 0.1, w * 0.56, low), ("Z",),
    )  # fmt: skip
    blossoms(s, "road", 14)
    s.pen.shape(path, WHITE, 1.2)
    r = s.stage.random("road")
    for x, y, k in ((0.06, 0.16, 1.0), (0.9, 0.12, 0.85), (0.25, 0.06, 0.55), (0.78, 0.04, 0.5), (0.98, 0.4, 1.3)):
        tree(s, (w * x, low + lane * y), h * 0.34 * k, r)
    tufts(s, "road", 40, hollow=0.5)
    _along_the_road(s, low)


def _along_the_road(s: Scenery, low: float) -> None:
    """Tracks, pebbles, a fence and a signpost."""
    w, lane = s.stage.width, s.stage.height - low

    def at(x: float, y: float) -> Point:
        return (w * x, low + lane * y)

    ruts(s, ((at(0.6, 0.34), at(0.5, 0.55), at(0.3, 1.0)), (at(0.64, 0.34), at(0.6, 0.56), at(0.66, 1.0))))
    for x, y in ((0.42, 0.6), (0.6, 0.8), (0.36, 0.9), (0.55, 0.5), (0.5, 0.7), (0.24, 0.86), (0.74, 0.92)):
        s.pen.shape(ellipse(*at(x, y), w * 0.006 * (0.5 + y), lane * 0.008 * (0.5 + y)), WHITE, 0.7)
    fence(s, at(1.02, 0.8), at(0.6, 0.06), lane * 0.2)
    signpost(s, *at(0.3, 0.4), lane * 0.3)
    stone(s, *at(0.12, 0.66), w * 0.03, lane * 0.05)
    if not s.stage.night:
        birds(s, low)
        butterfly(s, *at(0.2, 0.3), lane * 0.035)


def sky(s: Scenery) -> None:
    s.wipe()
    open_sky(s, s.stage.height * 1.05, clouds=5)
    if not s.stage.night:
        r = s.stage.random("below")
        cloud(s, s.stage.width * 0.3, s.stage.height * 0.98, s.stage.width * 0.8, s.stage.height * 0.24, r)
        cloud(s, s.stage.width * 0.85, s.stage.height * 1.02, s.stage.width * 0.6, s.stage.height * 0.26, r)


def hell(s: Scenery) -> None:
    """Needle mountains, flames, a dark pool."""
    w, h, low = s.stage.width, s.stage.height, _low(s)
    s.wipe(0)
    r = s.stage.random("hell")
    for k, shade in ((0.5, DARK_TONE), (0.34, BLACK)):
        teeth: list[tuple[float, float]] = [(-2, low + 3)]
        n = 13
        for i in range(n):
            x = w * (i + r.uniform(0.2, 0.8)) / n
            teeth += [(x, low - h * k * r.uniform(0.4, 1.0)), (w * (i + 1) / n, low - h * 0.02)]
        path: Path = (("M", *teeth[0]), *(("L", *p) for p in teeth[1:]), ("L", w + 2, low + 3), ("Z",))
        s.canvas.stroke(path, s.pen.weight * 1.4, 255)
        s.pen.cover(path, shade)
    s.canvas.fill(rect(-1, low, w + 2, h), 255)
    s.canvas.graded_tone(rect(-1, low, w + 2, h), ((0, low), 0.55), ((0, h), 0.2))
    for i in range(7):
        x, y = w * (i + r.random()) / 7, low + (h - low) * r.uniform(0.1, 0.35)
        size = h * r.uniform(0.08, 0.16)
        s.pen.shape(
            smooth(
                (
                    (x - size * 0.3, y),
                    (x - size * 0.36, y - size * 0.5),
                    (x - size * 0.05, y - size * 1.3),
                    (x + size * 0.1, y - size * 0.7),
                    (x + size * 0.34, y - size),
                    (x + size * 0.32, y - size * 0.2),
                ),
                closed=True,
                tension=0.5,
            ),
            WHITE,
            1.1,
        )
    for x, y, k in ((0.2, 0.7, 0.12), (0.75, 0.6, 0.16)):
        s.pen.shape(ellipse(w * x, low + (h - low) * y, w * k, h * 0.03), BLACK, 1.2)
