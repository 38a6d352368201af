"""Under trees: a wood in three depths, and a fox's den in its bank."""

from random import Random

from drawing.art.settings.foliage import foliage, treeline, trunk
from drawing.art.settings.hills_and_fields import earth, ground, low_of, shade_on_ground, tufts
from drawing.art.settings.surface_texture import joined, wavy
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def forest(s: Scenery) -> None:
    """Pale boles in the haze, grey ones among bushes, and a few near ones at the sides, with their bark and roots."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.62)
    r = s.stage.random("forest")
    foot = min(low + max(0.0, s.stage.floor(3.4) - low) * 0.5, h * 0.72)
    _depths(s, foot, r)
    ground(s, foot)
    treeline(s, foot + h * 0.02, h * 0.12, "undergrowth", DARK_TONE)
    for n, wide, shade, z in ((5, 0.034, MID_TONE, 3.6), (4, 0.075, BLACK, 2.2)):
        base = max(foot + h * 0.03, min(s.stage.floor(z), h * (0.95 - 0.05 * z)))
        for i in range(n):
            x = w * (i + r.uniform(0.15, 0.85)) / n
            if z < 3 and _before_people(s, x, w * wide):
                continue
            at = base + r.uniform(0, h * 0.03)
            trunk(s, x, at, w * wide * r.uniform(0.8, 1.25), r, shade, 0.7 + 1.2 / z)
            shade_on_ground(s, (x + w * wide * 1.6, at + h * 0.012), w * wide * 1.6, h * 0.012)
    _canopy(s, r)
    earth(s, foot, "forest", 18)
    tufts(s, "forest", 44)
    side = 0.06 if s.stage.seed % 2 else 0.93
    fern(s, w * side, h * 1.01, h * 0.17)


def clearing(s: Scenery) -> None:
    """The other way: out of the trees into a clearing with light on its grass, a felled bole and its stump, a slope
    with boles on it at one side."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.56)
    r, side = s.stage.random("clearing"), 1 if s.stage.seed % 2 else -1

    def x(share: float) -> float:
        """From the open side (0) to the slope (1)."""
        return w * (share if side > 0 else 1 - share)

    _depths(s, low, r)
    for u in (0.12, 0.3, 0.4, 0.52):
        at, wide = x(u + r.uniform(-0.03, 0.03)), w * r.uniform(0.014, 0.024)
        trunk(s, at, low + h * 0.03, wide, r, MID_TONE, 0.9)
    treeline(s, low + h * 0.03, h * 0.1, "clearing", DARK_TONE)
    ground(s, low + h * 0.02)
    rise = ((0.44, low + h * 0.05), (0.62, low - h * 0.02), (0.8, low - h * 0.14), (1.06, low - h * 0.26))
    brow = smooth([(x(u), y) for u, y in rise], tension=0.5)
    slope: Path = (*brow, ("L", x(1.06), h * 0.86), ("Q", x(0.74), low + h * 0.14, *brow[0][1:]), ("Z",))
    s.pen.shape(slope, DARK_TONE if s.stage.night else WHITE, 1.2)
    s.canvas.graded_tone(slope, ((x(1.0), low - h * 0.2), 0.34), ((x(0.5), low + h * 0.1), 0.04))
    for u, y, wide in ((0.66, low - h * 0.02, 0.02), (0.76, low - h * 0.08, 0.026), (0.85, low - h * 0.1, 0.04),
                       (0.95, low + h * 0.06, 0.07)):  # fmt: skip
        if wide < 0.03 or not _before_people(s, x(u), w * wide):
            trunk(s, x(u), y, w * wide, r, BLACK if wide > 0.05 else MID_TONE, 0.8 + wide * 8)
    _felled(s, x(0.24), low + (h - low) * 0.26, h * 0.07, side)
    for u, v, k in ((0.06, 0.5, 0.12), (0.72, 0.34, 0.09), (0.9, 0.7, 0.13)):
        fern(s, x(u), low + (h - low) * v, h * k)
    _canopy_at(s, r, (x(-0.02), x(0.1), x(0.94), x(1.04)))
    earth(s, low, "clearing", 14)
    tufts(s, "clearing", 56)


def _felled(s: Scenery, x: float, y: float, size: float, side: int) -> None:
    """A bole on the ground with its rings, and the stump it came from."""
    if _before_people(s, x, size * 3):
        return
    bole = poly(((x, y - size * 0.8), (x + side * size * 4, y - size * 0.5), (x + side * size * 4, y + size * 0.1),
                 (x, y + size * 0.2)))  # fmt: skip
    s.pen.shape(bole, DARK_TONE, 1.4)
    bark = []
    for n in range(4):
        u, v = side * size * (0.5 + 0.7 * n), size * 0.1 * (n % 2)
        bark.append(((x + u, y - size * 0.5 + v), (x + u + side * size * 0.6, y - size * 0.46 + v)))
    s.lines(bark, 0.9)
    for k in (1.0, 0.66, 0.32):
        s.pen.shape(ellipse(x, y - size * 0.3, size * 0.28 * k, size * 0.5 * k), WHITE, 1.0)
    sx, sy = x - side * size * 1.5, y + size * 0.5
    rim = ((-0.8, 0.0), (-0.5, 0.2), (-0.48, 0.8), (0.48, 0.8), (0.5, 0.2), (0.85, 0.0))
    foot = [(sx + size * u, sy - size * v) for u, v in rim]
    s.pen.shape((*smooth(foot, tension=0.4), ("Z",)), MID_TONE, 1.3)
    for k in (1.0, 0.6, 0.25):
        s.pen.shape(ellipse(sx, sy - size * 0.8, size * 0.48 * k, size * 0.15 * k), WHITE, 0.9)
    shade_on_ground(s, (sx + size * 0.3, sy + size * 0.05), size, size * 0.12)


def _canopy_at(s: Scenery, r: Random, places: tuple[float, ...]) -> None:
    """Leaves that hang in at the sides only."""
    w, h = s.stage.width, s.stage.height
    masses = [(at, -h * 0.02, w * r.uniform(0.12, 0.17), h * r.uniform(0.1, 0.17)) for at in places]
    foliage(s, masses, r, DARK_TONE, 1.0, 5)


def _depths(s: Scenery, foot: float, r: Random) -> None:
    """The light between the trees, and the thin boles that stand in it."""
    w, h = s.stage.width, s.stage.height
    s.wipe()
    if s.stage.night:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.94), ((0, foot), 0.42))
    else:
        s.canvas.graded_tone(s.stage.frame, ((0, 0), 0.42), ((0, foot), 0.06))
    boles: list[tuple[str | float, ...]] = []
    for i in range(13):
        x, half = w * (i + r.uniform(0.1, 0.9)) / 13, w * r.uniform(0.004, 0.009)
        boles += rect(x - half, -2, half * 2, foot + h * 0.02 + 2)
    if s.stage.night:
        s.canvas.graded_tone(tuple(boles), ((0, 0), 0.98), ((0, foot), 0.66))
    else:
        s.canvas.fill(tuple(boles), 255)
        s.canvas.tone(tuple(boles), LIGHT_TONE.tone)
        s.canvas.stroke(tuple(boles), s.pen.weight * 0.5)


def _before_people(s: Scenery, x: float, wide: float) -> bool:
    """A dark bole right behind somebody would swallow a dark head."""
    return any(b.x + b.width * 0.15 - wide < x < b.right - b.width * 0.15 + wide for b in s.quiet)


def _canopy(s: Scenery, r: Random) -> None:
    """Leaves that hang in from above, deeper at the sides."""
    w, h = s.stage.width, s.stage.height
    masses = []
    for i in range(6):
        t = i / 5
        deep = h * (0.05 + 0.13 * abs(t - 0.5) * 2)
        masses.append((w * (t * 1.04 - 0.02), -h * 0.02 + r.uniform(-1, 1), w * r.uniform(0.12, 0.16), deep + h * 0.05))
    foliage(s, masses, r, DARK_TONE, 1.0, 5)


def fern(s: Scenery, x: float, y: float, size: float) -> None:
    """Fronds in a fan, each a rib with its leaflets."""
    ribs: list[Path] = []
    leaves: list[tuple[str | float, ...]] = []
    for lean in (-0.95, -0.5, 0.05, 0.5, 0.95):
        a, b = (x + lean * size * 0.45, y - size * 0.75), (x + lean * size, y - size * (1.0 - abs(lean) * 0.45))
        ribs.append((("M", x, y), ("Q", *a, *b)))
        for k in range(2, 10):
            t = k / 10
            px = (1 - t) ** 2 * x + 2 * t * (1 - t) * a[0] + t * t * b[0]
            py = (1 - t) ** 2 * y + 2 * t * (1 - t) * a[1] + t * t * b[1]
            long = size * 0.17 * (1.15 - t)
            for side in (-1, 1):
                leaves += [
                    ("M", px, py),
                    ("Q", px + side * long * 0.7, py - long * 0.7, px + side * long, py + long * 0.15),
                    ("Q", px + side * long * 0.4, py + long * 0.1, px, py),
                    ("Z",),
                ]
    path = tuple(leaves)
    s.canvas.stroke(path, s.pen.weight * 1.4, 255)
    s.canvas.fill(path)
    s.canvas.stroke(joined(ribs), s.pen.weight * 1.6)


def den(s: Scenery) -> None:
    """Inside a burrow: its mouth, round and bright, with roots that hang in, and the earth in rings of shadow."""
    w, h = s.stage.width, s.stage.height
    s.wipe(0)
    side = 1 if s.stage.seed % 2 else -1
    at = (w * (0.5 + 0.2 * side), min(h * 0.42, max(h * 0.3, s.stage.floor(2.0) - h * 0.26)))
    rx, ry = min(w * 0.2, h * 0.34), min(h * 0.25, w * 0.34)
    for k, tone in ((2.5, 0.82), (1.85, 0.64), (1.4, 0.46)):
        ring = _rough(at[0], at[1] + h * 0.05, rx * k, ry * k, s.stage.random("ring", k))
        s.canvas.fill(ring, 255)
        s.canvas.graded_tone(ring, ((at[0], at[1] - ry * k), tone + 0.1), ((at[0], at[1] + ry), tone))
    _floor_of_den(s, at, rx, ry)
    mouth = _rough(*at, rx, ry, s.stage.random("mouth"))
    s.canvas.stroke(mouth, s.pen.weight * 5)
    s.canvas.fill(mouth, 255)
    with s.canvas.saved():
        s.canvas.clip(mouth)
        _outside(s, at, rx, ry)
    _roots(s, at, rx, ry)


def _rough(x: float, y: float, rx: float, ry: float, r: Random) -> Path:
    """A hole in earth."""
    spots = ((1, 0), (0.72, 0.72), (0, 1), (-0.72, 0.72), (-1, 0), (-0.72, -0.72), (0, -1), (0.72, -0.72))
    rim = [(x + rx * a * r.uniform(0.9, 1.06), y + ry * b * r.uniform(0.9, 1.06)) for a, b in spots]
    return smooth(rim, closed=True, tension=0.5)


def _outside(s: Scenery, at: Point, rx: float, ry: float) -> None:
    """What is seen through the mouth."""
    x, y = at
    low = y + ry * 0.5
    area = rect(x - rx * 1.2, y - ry * 1.2, rx * 2.4, ry * 2.4)
    if s.stage.night:
        s.canvas.tone(area, MID_TONE.tone)
        s.canvas.fill(ellipse(x + rx * 0.35, y - ry * 0.4, rx * 0.2, rx * 0.2), 255)
    else:
        s.canvas.graded_tone(area, ((0, y - ry), 0.16), ((0, low), 0.0))
    boles = [
        op for u, half in ((-0.62, 0.07), (-0.2, 0.04), (0.14, 0.05), (0.66, 0.09))
        for op in rect(x + rx * (u - half), y - ry * 1.2, rx * half * 2, low - y + ry * 1.2)
    ]  # fmt: skip
    s.pen.shape(tuple(boles), BLACK if s.stage.night else MID_TONE, 0.7)
    s.pen.shape(rect(x - rx * 1.2, low, rx * 2.4, ry), WHITE, 0.9)
    r = s.stage.random("sill")
    blades = [
        stroke(((x + rx * u, low + ry * 0.32), (x + rx * (u + 0.03), low - ry * 0.05), (x + rx * (u + r.uniform(-0.1,
        0.12)), low - ry * r.uniform(0.15, 0.4))), rx * 0.05, (0.1, 1), steps=3)
        for u in (-0.9, -0.8, -0.68, -0.5, 0.45, 0.6, 0.72, 0.84)
    ]  # fmt: skip
    s.canvas.fill(joined(blades))


def _floor_of_den(s: Scenery, at: Point, rx: float, ry: float) -> None:
    """Trodden earth, and the light that falls in and widens towards the viewer."""
    w, h = s.stage.width, s.stage.height
    edge = at[1] + ry * 1.1
    floor = (*smooth(((-2, edge + h * 0.16), (w * 0.25, edge + h * 0.05), (w * 0.6, edge + h * 0.03),
             (w + 2, edge + h * 0.14)), tension=0.6), ("L", w + 2, h + 2), ("L", -2, h + 2), ("Z",))  # fmt: skip
    s.canvas.fill(floor, 255)
    s.canvas.graded_tone(floor, ((0, edge), 0.56), ((0, h), 0.8))
    reach = -1 if at[0] > w / 2 else 1
    light = smooth(
        ((at[0] - rx * 0.7, edge - ry * 0.2), (at[0] + rx * 0.7, edge - ry * 0.2), (at[0] + rx * 1.1 + reach * w * 0.12,
        h + 2), (at[0] - rx * 1.5 + reach * w * 0.16, h + 2)),
        closed=True, tension=0.25,
    )  # fmt: skip
    s.canvas.fill(light, 255)
    s.canvas.graded_tone(light, ((0, edge), 0.0), ((0, h), 0.06))
    earth(s, edge, "den", 14)


_ROOTS = ((-1.7, -1.15, 1.25, -1.02, 0.2, 0.12), (1.9, 1.25, 1.1, 1.05, -0.1, 0.13),
          (-0.5, -0.7, 1.25, -0.42, 0.86, 0.08), (0.95, 0.4, 1.35, 0.3, 0.78, 0.075))  # fmt: skip
"""Where each begins over the mouth, bends and ends, in half axes of the mouth, and how thick it is."""


def _roots(s: Scenery, at: Point, rx: float, ry: float) -> None:
    """Thick ones along the roof and threads that hang into the light."""
    w, r = s.stage.width, s.stage.random("roots")
    x, y = at
    thick: list[Path] = []
    for a, b, c, d, e, wide in _ROOTS:
        bend, tip = (x + rx * b, y - ry * c), (x + rx * d, y - ry * e)
        thick.append(stroke(((x + rx * a, -2), bend, tip), rx * wide, (0.0, 0.95), steps=5))
        for out in (-0.22, 0.26):
            end = (bend[0] + rx * out, bend[1] + ry * r.uniform(0.3, 0.5))
            thick.append(stroke((bend, ((bend[0] + end[0]) / 2, bend[1] + ry * 0.1), end), rx * wide * 0.5, (0, 1),
                                steps=4))  # fmt: skip
    path = joined(thick)
    s.canvas.stroke(path, s.pen.weight * 1.2, 255)
    s.canvas.fill(path)
    threads = joined(
        wavy((x + rx * u, y - ry * 1.02), (x + rx * (u + 0.1), y - ry * r.uniform(0.3, 0.7)), rx * 0.2, r)
        for u in (-0.5, -0.12, 0.1, 0.55)
    )
    s.canvas.stroke(threads, s.pen.weight * 1.1)
    strata = joined(
        wavy((w * t, s.stage.height * v), (w * (t + r.uniform(0.06, 0.14)), s.stage.height * (v + 0.02)), 1.0, r)
        for t, v in ((0.02, 0.2), (0.1, 0.4), (0.78, 0.14), (0.86, 0.34), (0.05, 0.6), (0.84, 0.56), (0.4, 0.06))
    )
    s.canvas.stroke(strata, s.pen.weight * 0.9, 255)
