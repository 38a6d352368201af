"""A city: a street between buildings, of today or under gas lamps; a skyline."""

import itertools
from random import Random

from drawing.art.settings.foliage import tree
from drawing.art.settings.hills_and_fields import ground
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, rect
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, WHITE, Shade

Span = tuple[float, float]
"""From where to where."""


def street(s: Scenery) -> None:
    """A street between buildings: with lanes and wires today, with cobbles and lamps before."""
    open_sky(s, clouds=2)
    w, low = s.stage.width, s.stage.horizon
    half = w * 0.3 / s.stage.unit
    r = s.stage.random("street")
    _roadway(s, half)
    for side in (-1, 1):
        plots = _plots(r, (1.05, 16), (0.35, 0.6), (9, 24))
        for near, far, tall in reversed(plots):
            _block(s, side * half * 1.6, near, far, tall, shaded=side > 0)
        _pavement(s, side * half * 1.15, side * half * 1.6, 30)
    if s.stage.today:
        _lanes(s, half)
        _poles(s, half)
    else:
        _cobbles(s, half)
        _lamps(s, half)
    s.line((-1, low), (0, low), 0.5)


def _roadway(s: Scenery, half: float) -> None:
    wide = s.stage.quad((-half * 6, 0, 0.5), (half * 6, 0, 0.5), (half * 6, 0, 40), (-half * 6, 0, 40))
    s.pen.cover(wide, DARK_TONE if s.stage.night else LIGHT_TONE)


def _plots(r: Random, along: Span, deep: Span, tall: Span) -> list[tuple[float, float, float]]:
    """Where each house of a row begins and ends, the nearest first, and how high it is; `deep` by its distance."""
    plots, z = [], along[0]
    while z < along[1]:
        depth = z * r.uniform(*deep)
        plots.append((z, z + depth * 0.96, r.uniform(*tall)))
        z += depth
    return plots


def _pavement(s: Scenery, kerb: float, wall: float, far: float) -> None:
    s.pen.shape(s.stage.quad((kerb, 0, 0.6), (wall, 0, 0.6), (wall, 0, far), (kerb, 0, far)), WHITE, 0.9)


def street_end(s: Scenery) -> None:
    """The other way: the street comes to a square that a row of houses with a tower over its gateway closes; trees
    along the pavement, a crossing before us."""
    open_sky(s, clouds=1, away=True)
    half = s.stage.width * 0.34 / s.stage.unit
    r = s.stage.random("street end")
    _roadway(s, half)
    _closing(s, half)
    for side in (-1, 1):
        plots = _plots(r, (1.1, _SQUARE * 0.62), (0.45, 0.7), (8, 17))
        for near, far, tall in reversed(plots):
            _block(s, side * half * 1.7, near, far, tall, shaded=side < 0)
        _pavement(s, side * half * 1.2, side * half * 1.7, _SQUARE)
        for z in (4.6, 2.7, 1.7):
            foot = s.stage.at(side * half * 1.42, 0, z)
            tree(s, foot, min(s.stage.unit * 9.5 / z, s.stage.width * 0.56 / z**0.6), r)
    if s.stage.today:
        for left in (half * (0.32 * k - 1.05) for k in range(7)):
            right = left + half * 0.17
            s.pen.cover(s.stage.quad((left, 0, 1.0), (right, 0, 1.0), (right, 0, 1.34), (left, 0, 1.34)), WHITE)
    else:
        _cobbles(s, half)


_SQUARE = 9.0
"""How far off the row of houses is that closes the street."""


def _closing(s: Scenery, half: float) -> None:
    """Fronts of unlike heights across the view, and in their middle a gateway under a tower with its clock."""
    r = s.stage.random("closing")
    x = -half * 5
    while x < half * 5:
        broad, tall = half * r.uniform(0.7, 1.2), r.uniform(9, 14)
        _front(s, x, x + broad, tall, _SQUARE, r.random())
        x += broad
    _tower(s, half, half * (0.3 if s.stage.seed % 2 else -0.3))


def _tower(s: Scenery, half: float, aside: float) -> None:
    wall, ink = (BLACK, 255) if s.stage.night else (WHITE, 0)
    left, right, up, z = aside - half * 0.34, aside + half * 0.34, 25.0, _SQUARE
    shaft = s.stage.quad((left, 0, z), (right, 0, z), (right, up, z), (left, up, z))
    s.pen.shape(shaft, wall, 1.3)
    s.pen.contour(shaft, 0.9, ink)
    for y in (10.5, 16.0, up - 0.6):
        s.pen.shape(s.stage.quad((left - 0.4, y, z), (right + 0.4, y, z), (right + 0.4, y + 0.8, z),
                                 (left - 0.4, y + 0.8, z)), LIGHT_TONE, 0.9)  # fmt: skip
    peak = s.stage.at(aside, up + 9, z)
    s.pen.shape(poly([s.stage.at(left - 0.6, up, z), peak, s.stage.at(right + 0.6, up, z)]), DARK_TONE, 1.2)
    s.line(peak, s.stage.at(aside, up + 12, z), 1.4, ink)
    cx, cy = s.stage.at(aside, 20.4, z)
    face = s.stage.unit * half * 0.22 / z
    s.pen.shape(ellipse(cx, cy, face, face), WHITE, 1.3)
    s.lines([((cx, cy), (cx, cy - face * 0.74)), ((cx, cy), (cx + face * 0.46, cy + face * 0.2))], 1.3)
    (ax, ay), (bx, by) = s.stage.at(left + half * 0.12, 0, z), s.stage.at(right - half * 0.12, 7.6, z)
    arch: Path = (("M", ax, ay), ("L", ax, (ay + by) / 2), ("Q", ax, by, (ax + bx) / 2, by), ("Q", bx, by, bx,
                   (ay + by) / 2), ("L", bx, ay), ("Z",))  # fmt: skip
    s.pen.shape(arch, BLACK, 1.2)
    s.canvas.stroke(arch, s.pen.weight * 1.2, ink)


def _front(s: Scenery, left: float, right: float, tall: float, z: float, chance: float) -> None:
    """One house of the row: a gable or a level roof, windows in rows."""
    night = s.stage.night
    ink = 255 if night else 0
    outline = [(left, 0.0), (right, 0.0), (right, tall)]
    outline += [((left + right) / 2, tall + 3.4)] if chance < 0.45 else []
    outline += [(left, tall)]
    front = poly([s.stage.at(x, y, z) for x, y in outline])
    s.pen.shape(front, BLACK if night else (WHITE if chance < 0.6 else LIGHT_TONE), 1.0)
    s.canvas.stroke(front, s.pen.weight * 0.8, ink)
    panes: list[tuple[str | float, ...]] = []
    floors = max(2, int(tall / 4))
    for i in range(3):
        a = left + (right - left) * (0.14 + 0.28 * i)
        b = a + (right - left) * 0.15
        for y in (1.6 + (tall - 2.4) * j / floors for j in range(floors)):
            panes += s.stage.quad((a, y, z), (b, y, z), (b, y + 2, z), (a, y + 2, z))
    s.canvas.fill(tuple(panes), 255 if s.stage.dim else 0)


def _lanes(s: Scenery, half: float) -> None:
    for k in range(6):
        z = 0.8 * 1.55**k
        s.pen.shape(
            s.stage.quad(
                (-half * 0.05, 0, z), (half * 0.05, 0, z), (half * 0.05, 0, z * 1.25), (-half * 0.05, 0, z * 1.25)
            ),
            WHITE,
            0.6,
        )


def _cobbles(s: Scenery, half: float) -> None:
    """Rows of stones that grow finer with distance, broken here and there."""
    r, rows = s.stage.random("cobbles"), []
    for k in range(11):
        z = 0.8 * 1.22**k
        for n in range(-5, 6):
            x = half * 1.1 * (n + 0.5 * (k % 2)) / 5
            if abs(x) < half * 1.1 and r.random() < 0.62:
                wide = half * 0.09
                rows.append((s.stage.at(x - wide, 0, z), s.stage.at(x + wide, 0, z)))
                rows.append((s.stage.at(x + wide, 0, z), s.stage.at(x + wide, 0, z * 1.1)))
    s.lines(rows, 0.6, 255 if s.stage.night else 0)


@shows("street lamp")
def _lamps(s: Scenery, half: float) -> None:
    """Lamp posts on both pavements; they burn when it is dark."""
    ink = 255 if s.stage.night else 0
    for z in (7.0, 4.2, 2.3):
        for side in (-1, 1):
            x = side * half * 1.3
            post = s.stage.quad((x - 0.16, 0, z), (x + 0.16, 0, z), (x + 0.12, 11, z), (x - 0.12, 11, z))
            s.pen.shape(post, BLACK, 0.8)
            s.pen.contour(post, 0.5, ink)
            lantern = s.stage.quad((x - 0.45, 11, z), (x + 0.45, 11, z), (x + 0.75, 12.8, z), (x - 0.75, 12.8, z))
            s.pen.shape(lantern, WHITE if s.stage.dim else LIGHT_TONE, 0.9)
            s.pen.shape(s.stage.quad((x - 0.85, 12.8, z), (x + 0.85, 12.8, z), (x, 13.7, z), (x, 13.7, z)), BLACK, 0.8)
            arm = (s.stage.at(x - 0.9, 10.2, z), s.stage.at(x + 0.9, 10.2, z))
            s.line(*arm, 1.6 / z + 0.6, ink)


def _house_front(s: Scenery, x: float, near: float, far: float, tall: float, chance: float) -> None:
    """A near house on the street: door with its hood, a few windows, a fence or a shop's awning before it."""
    side, night = (1 if x > 0 else -1), s.stage.night
    deep = far - near
    ink = 255 if night else 0

    def wall(t0: float, t1: float, y0: float, y1: float, out: float = 0.0) -> Path:
        """A piece of the wall by shares of its depth and by height."""
        z0, z1, u = near + deep * t0, near + deep * t1, x - side * out
        return s.stage.quad((u, y0, z0), (u, y0, z1), (u, y1, z1), (u, y1, z0))

    s.line(s.stage.at(x, tall * 0.5, near), s.stage.at(x, tall * 0.5, far), 1.0, ink)
    s.pen.shape(wall(0.56, 0.8, 0, 6.9), BLACK if chance < 0.5 else DARK_TONE, 1.1)
    s.pen.contour(wall(0.56, 0.8, 0, 6.9), 1.0, ink)
    s.pen.shape(wall(0.6, 0.76, 3.6, 6.2), WHITE, 0.8)
    for t in (0.1, 0.6):
        for y0, y1 in ((2.6, 5.6), (tall * 0.58, tall * 0.84)):
            if t > 0.5 and y0 < 5:
                continue
            s.pen.shape(wall(t, t + 0.3, y0, y1), WHITE if night or s.stage.dim else LIGHT_TONE, 1.0)
            s.canvas.stroke(wall(t, t + 0.15, y0, y1), s.pen.weight * 0.8, 0)
            s.pen.shape(wall(t - 0.02, t + 0.32, y0 - 0.4, y0), WHITE, 0.9)
    z0, z1 = near + deep * 0.5, near + deep * 0.86
    hood = s.stage.quad((x, 8.0, z0), (x, 8.0, z1), (x - side * 2.2, 7.2, z1), (x - side * 2.2, 7.2, z0))
    s.pen.shape(hood, DARK_TONE if not night else BLACK, 1.1)
    s.pen.contour(hood, 0.9, ink)
    fence = wall(0.0, 0.5, 0, 2.4, 1.6)
    s.pen.shape(fence, WHITE if not night else DARK_TONE, 1.1)
    s.lines(
        [
            (s.stage.at(x - side * 1.6, 0, near + deep * t), s.stage.at(x - side * 1.6, 2.4, near + deep * t))
            for t in (0.1, 0.2, 0.3, 0.4)
        ],
        0.8,
    )
    s.pen.shape(wall(-0.01, 0.51, 2.4, 2.7, 1.6), WHITE, 1.0)


def _block(s: Scenery, x: float, near: float, far: float, tall: float, *, shaded: bool) -> None:
    side = 1 if x > 0 else -1
    night = s.stage.night
    wall: Shade = BLACK if night else WHITE
    s.pen.shape(
        s.stage.quad((x, 0, near), (x + side * 30, 0, near), (x + side * 30, tall, near), (x, tall, near)), wall, 1.0
    )
    face = s.stage.quad((x, 0, near), (x, 0, far), (x, tall, far), (x, tall, near))
    s.pen.shape(face, BLACK if night else LIGHT_TONE if shaded else WHITE, 1.1)
    if night:
        s.pen.contour(face, 0.9, 255)
    r = s.stage.random("block", round(x), round(near, 2))
    if near < 5:
        _house_front(s, x, near, far, min(tall, 13.0), r.random())
        return
    floors, bays = max(2, min(6, int(tall / 4))), 3 if near < 4 else 2
    holes: list[Path] = []
    lit: list[Path] = []
    for i in range(floors):
        for j in range(bays):
            z0, z1 = near + (far - near) * (j + 0.22) / bays, near + (far - near) * (j + 0.76) / bays
            y0, y1 = tall * (i + 0.3) / floors, tall * (i + 0.74) / floors
            (lit if r.random() < 0.45 else holes).append(
                s.stage.quad((x, y0, z0), (x, y0, z1), (x, y1, z1), (x, y1, z0))
            )
    joined = tuple(op for q in holes for op in q)
    glass = tuple(op for q in lit for op in q)
    s.canvas.fill(glass, 255)
    s.canvas.stroke(glass, s.pen.weight * 0.8, 0)
    if night:
        s.canvas.fill(joined, 0)
    else:
        s.pen.cover(joined, DARK_TONE)


def _poles(s: Scenery, half: float) -> None:
    places = (1.5, 2.6, 4.6, 8.0)
    x = -half * 1.3
    for z in reversed(places):
        s.pen.shape(s.stage.quad((x - 0.35, 0, z), (x + 0.35, 0, z), (x + 0.3, 22, z), (x - 0.3, 22, z)), WHITE, 0.9)
        for up in (20, 18):
            s.line(s.stage.at(x - 3, up, z), s.stage.at(x + 3, up, z), 1.6 / z + 0.8)
    wires = []
    for dx, up in ((-2.6, 20), (2.6, 20), (2.4, 18)):
        route = [s.stage.at(x + dx, up, z) for z in (0.7, *places, 16)]
        for a, b in itertools.pairwise(route):
            wires.append((("M", *a), ("Q", (a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + abs(a[0] - b[0]) * 0.06 + 0.4, *b)))
    s.canvas.stroke(tuple(op for wire in wires for op in wire), s.pen.weight * 0.8, 255 if s.stage.night else 0)


def skyline(s: Scenery) -> None:
    w, h = s.stage.width, s.stage.height
    low = min(max(s.stage.horizon, h * 0.45), h * 0.8)
    open_sky(s, low)
    r = s.stage.random("skyline")
    for row, shade in ((0, LIGHT_TONE), (1, WHITE)):
        x = -w * 0.03
        while x < w:
            wide, tall = w * r.uniform(0.06, 0.13), h * r.uniform(0.12, 0.4 - 0.1 * row)
            block = rect(x, low - tall, wide, tall + 2)
            if s.stage.night:
                s.canvas.fill(block)
                s.pen.contour(block, 0.9, 255)
            else:
                s.pen.shape(block, shade, 1.0)
            panes: list[tuple[str | float, ...]] = []
            for i in range(3):
                for j in range(int(tall / (h * 0.05))):
                    if r.random() < 0.5:
                        panes += rect(
                            x + wide * (0.16 + 0.27 * i), low - tall + h * (0.02 + 0.05 * j), wide * 0.15, h * 0.025
                        )
            s.canvas.fill(tuple(panes), 255 if s.stage.night else 0)
            x += wide * 0.98
    ground(s, low, LIGHT_TONE)
    s.lines([((w * (0.5 + k * 0.05), low), (w * (0.5 + k * 0.34), h)) for k in (-3, -1, 1, 3)], 0.9)
