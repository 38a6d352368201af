"""Waters and what crosses them: bridges, a pond, a ditch that is dry or in which water runs.

By night the moon lies on them.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from drawing.art.settings.coast import water
from drawing.art.settings.foliage import treeline
from drawing.art.settings.hills_and_fields import earth, ground, low_of, ridge, tufts
from drawing.art.settings.plants import reeds, stone
from drawing.art.settings.sky_and_weather import moon, moonlit, open_sky
from drawing.art.settings.surface_texture import blades, joined, segments, within
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, flattened, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point, between

_FAR = 3.4
"""Where the deck ends, away from the viewer."""
_NARROW, _BROAD = 4.6, 11.0
"""Half the deck's width, heads: whoever is in the picture stands on it."""
_RISE = 0.7
"""How far the middle of the span lies above where the figures stand, heads."""
_PARAPET, _RAIL = 2.4, 3.1


def bridge(s: Scenery) -> None:
    """Of stone: parapets with copings, flags underfoot."""
    _river(s)
    _deck(s)
    _courses(s)
    for side in (-1, 1):
        _parapet(s, side)


def wooden_bridge(s: Scenery) -> None:
    """Of wood: planks across, posts with caps, two rails."""
    _river(s)
    _deck(s)
    s.lines([(deck_at(s, -1, 0, z), deck_at(s, 1, 0, z)) for z in _steps(s, 26)], 0.8)
    for side in (-1, 1):
        _rails(s, side)


def _near(s: Scenery) -> float:
    """Where the deck leaves the picture below."""
    below = 1.08 * s.stage.height - s.stage.horizon
    return min(0.6, s.stage.camera * s.stage.unit / below) if below > 0 else 0.6


def _half(s: Scenery) -> float:
    reach = max(s.stage.centre, s.stage.width - s.stage.centre) / s.stage.unit
    return min(max(_NARROW, reach - 0.6), _BROAD)


def deck_at(s: Scenery, share: float, up: float, z: float) -> Point:
    """A point of the deck, which is arched: `share` of half its width, `up` heads above it."""
    t = (z - 1) / (_FAR - 1)
    return s.stage.at(share * _half(s), up + _RISE * 4 * t * (1 - t) * (t > 0), z)


def _steps(s: Scenery, n: int) -> tuple[float, ...]:
    """Even steps over the deck, as they are seen."""
    near = 1 / _near(s)
    return tuple(1 / (near + (1 / _FAR - near) * k / n) for k in range(n + 1))


def _river(s: Scenery) -> None:
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.13, LIGHT_TONE, "beyond")
    treeline(s, low + 0.5, h * 0.08, "far bank", MID_TONE)
    ground(s, low)
    shore = max(low + h * 0.03, min(s.stage.floor(_FAR), h * 0.8))
    water(s, shore, h + 2, "river")
    ends = ((-1, _FAR), (1, _FAR), (0.8, 9.0), (-0.8, 9.0))
    road = [s.stage.at(x * _half(s), 0, z) for x, z in ends]
    s.pen.shape(poly(road), WHITE if not s.stage.night else DARK_TONE, 0.8)
    s.canvas.fill(rect(-1, shore - s.pen.weight, w + 2, s.pen.weight * 2))
    tufts(s, "far bank", 10)


def _deck(s: Scenery) -> None:
    near, far = [deck_at(s, -1, 0, z) for z in _steps(s, 12)], [deck_at(s, 1, 0, z) for z in reversed(_steps(s, 12))]
    floor = poly([*near, *far])
    s.pen.shape(floor, WHITE, 1.2)
    dark, pale = (0.56, 0.46) if s.stage.night else (0.2, 0.0)
    s.canvas.graded_tone(floor, (s.stage.at(0, 0, _FAR), dark), (s.stage.at(0, 0, 0.9), pale))


def _courses(s: Scenery) -> None:
    """Flags in courses, the joints of each between those of its neighbours."""
    rows, grey, n = _steps(s, 14), 0.6, round(_half(s))
    s.lines([(deck_at(s, -1, 0, z), deck_at(s, 1, 0, z)) for z in rows], grey)
    joints = []
    for k, (z0, z1) in enumerate(pairwise(rows)):
        shares = [(i + 0.5 * (k % 2)) / n for i in range(-n, n + 1)]
        joints += [(deck_at(s, x, 0, z0), deck_at(s, x, 0, z1)) for x in shares if abs(x) < 1]
    s.lines(joints, grey)


def _parapet(s: Scenery, side: int) -> None:
    zs = _steps(s, 12)
    foot, top = [deck_at(s, side, 0, z) for z in zs], [deck_at(s, side, _PARAPET, z) for z in reversed(zs)]
    wall = poly([*foot, *top])
    s.pen.shape(wall, MID_TONE if s.stage.dim else LIGHT_TONE, 1.2)
    joints = []
    for row in range(3):
        low, high = _PARAPET * row / 3, _PARAPET * (row + 1) / 3
        joints += [(deck_at(s, side, low, a), deck_at(s, side, low, b)) for a, b in pairwise(zs)]
        joints += [(deck_at(s, side, low, z), deck_at(s, side, high, z)) for z in zs[row % 2 :: 2]]
    s.lines(joints, 0.6)
    rim = [deck_at(s, side * 1.07, _PARAPET + 0.4, z) for z in zs]
    s.pen.shape(poly([*[deck_at(s, side * 0.97, _PARAPET, z) for z in zs], *reversed(rim)]), WHITE, 1.2)


def _rails(s: Scenery, side: int) -> None:
    zs = _steps(s, 12)
    for up, thick in ((1.3, 0.2), (_RAIL - 0.5, 0.3)):
        under, over = [deck_at(s, side, up, z) for z in zs], [deck_at(s, side, up + thick, z) for z in reversed(zs)]
        s.pen.shape(poly([*under, *over]), WHITE if not s.stage.dim else LIGHT_TONE, 1.1)
    for z in reversed(zs[::2]):
        x, y = deck_at(s, side, 0, z)
        _, head = deck_at(s, side, _RAIL, z)
        half = 0.17 * s.stage.unit / z
        s.pen.shape(poly(((x - half, y), (x + half, y), (x + half, head), (x - half, head))), DARK_TONE, 1.1)
        s.pen.shape(ellipse(x, head - half * 0.9, half * 1.25, half * 1.5), BLACK, 1.0)


_ACROSS = (0.5, 0.34, 0.66, 0.2, 0.8, 0.08, 0.92)
"""Where the moon may be, as shares of the width: the first at which nobody stands before its image."""


def pond(s: Scenery) -> None:
    """A round water among reeds before wooded hills."""
    w, h, low = s.stage.width, s.stage.height, low_of(s, 0.5)
    top, foot = low + (h - low) * 0.1, min(h * 0.93, max(s.stage.floor(1.3), low + (h - low) * 0.52))
    x = _free_across(s, (top + foot) / 2, foot - top)
    open_sky(s, low, away=True)
    if moonlit(s):
        size = min(w, h) * 0.075
        moon(s, (w * x, max(size * 1.4, low * 0.42)), size)
    ridge(s, low + 0.5, h * 0.13, LIGHT_TONE, "far")
    treeline(s, low + 0.5, h * 0.06, "pond")
    ground(s, low)
    rim = [(w * (0.5 + 0.56 * cos(a) * k), (top + foot) / 2 + (foot - top) / 2 * sin(a)) for a, k in _ROUND]
    water = smooth(rim, closed=True, tension=0.5)
    _still(s, water, top, foot)
    if moonlit(s):
        _image(s, water, (w * x, top + (foot - top) * 0.42), min(w * 0.09, (foot - top) * 0.3))
    _shore(s, water)
    r = s.stage.random("pond")
    for u, v, k in ((0.02, 0.75, 1.1), (0.1, 0.3, 0.7), (0.95, 0.8, 1.2), (0.88, 0.26, 0.6), (0.99, 0.5, 0.9)):
        reeds(s, w * u, top + (foot - top) * v, h * 0.2 * k, r)
    for u, v, k in ((0.22, 1.02, 1.0), (0.74, 1.06, 0.8)):
        stone(s, w * u, top + (foot - top) * v, w * 0.04 * k, h * 0.04 * k)
    earth(s, foot, "pond", 10)
    tufts(s, "pond", 30)


_ROUND = tuple((k * pi / 6, 0.94 + 0.08 * ((k * 5) % 3)) for k in range(12))
"""Angles and how far the rim lies out there."""


def _free_across(s: Scenery, y: float, deep: float) -> float:
    """Where the moon's image is seen past those who stand before the water."""
    w = s.stage.width
    return next((x for x in _ACROSS if not _covered(s, w * x, y, deep)), _ACROSS[0])


def _covered(s: Scenery, x: float, y: float, deep: float) -> bool:
    return any(
        within((x + dx * s.stage.width, y + dy * deep), s.quiet) for dx in (-0.06, 0, 0.06) for dy in (-0.2, 0.1)
    )


def _still(s: Scenery, water: Path, top: float, foot: float) -> None:
    """The surface: the sky's light on it, the dark of the far shore, level strokes."""
    w, r = s.stage.width, s.stage.random("still")
    s.pen.shape(water, WHITE, 1.3)
    far, near = (0.96, 0.72) if s.stage.night else (0.4, 0.06)
    s.canvas.graded_tone(water, ((0, top), far), ((0, foot), near))
    grey = 255 if s.stage.night else 0
    pairs = []
    for _ in range(26):
        t = r.random() ** 0.7
        x, y, long = w * r.uniform(-0.05, 1.0), top + (foot - top) * t, w * (0.02 + 0.06 * t)
        pairs.append(((x, y), (x + long, y)))
    with s.canvas.saved():
        s.canvas.clip(water)
        s.canvas.stroke(segments(pairs), s.pen.weight * 0.8, grey)


def _image(s: Scenery, water: Path, at: Point, size: float) -> None:
    """The moon on the water: its disc laid flat, and under it the light that ripples break into shorter and shorter
    strokes."""
    x, y = at
    with s.canvas.saved():
        s.canvas.clip(water)
        s.canvas.fill(ellipse(x, y, size, size * 0.42), 255)
        s.canvas.fill(_glitter(at, size), 255)
        s.canvas.stroke(segments([((x - size * k, y + size * v), (x + size * k * 0.5, y + size * v)) for k, v in
                                  ((0.7, 0.14), (0.5, 0.26))]), s.pen.weight * 0.9)  # fmt: skip


def _glitter(at: Point, size: float) -> Path:
    x, y = at
    bars: list[Path] = []
    for k in range(1, 8):
        half, aside = size * (0.95 - 0.1 * k), size * 0.16 * (-1) ** k
        bars.append(ellipse(x + aside, y + size * (0.42 + 0.2 * k), half, size * 0.055))
    return joined(bars)


def _shore(s: Scenery, water: Path) -> None:
    """Grass that hangs over the rim, and its shadow."""
    r = s.stage.random("shore")
    points = [p for p in flattened(water, 5)[0] if -2 < p[0] < s.stage.width + 2]
    grown = [blades(p, s.stage.height * r.uniform(0.012, 0.045), r, n=4) for p in points if r.random() < 0.75]
    s.canvas.fill(joined(grown))


def ditch(s: Scenery) -> None:
    """A dry ditch, straight as a string from the hills to us, the dug earth beside it."""
    _dug(s, wet=False)


def channel(s: Scenery) -> None:
    """The same with water in it."""
    _dug(s, wet=True)


def _dug(s: Scenery, *, wet: bool) -> None:
    h, low = s.stage.height, low_of(s, 0.5)
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.16, LIGHT_TONE, "far")
    treeline(s, low + 0.6, h * 0.05, "ditch")
    ground(s, low)
    earth(s, low, "ditch", 18)
    left, right = _cut(s, low, h)
    bed = poly([*left, *reversed(right)])
    s.pen.shape(bed, WHITE, 1.3)
    if wet:
        _running(s, bed, left, right)
    else:
        s.canvas.graded_tone(bed, ((0, low), 0.5), ((0, h), 0.85 if s.stage.night else 0.62))
        _walls(s, left, right)
    _heaps(s, left, -1)
    _heaps(s, right, 1)
    tufts(s, "ditch", 40, hollow=0.35)


_CUTS = (0.0, -0.14, 0.14, -0.28, 0.28)
"""How far the ditch lies aside, as shares of the width: the first that most is seen of."""
_ALONG = (0.2, 0.35, 0.5, 0.65, 0.8, 0.92)


def _cut(s: Scenery, low: float, h: float) -> tuple[list[Point], list[Point]]:
    """The edges from far off to us, where people hide least of them."""

    def edge(aside: float, far: float, near: float) -> list[Point]:
        a, b = (s.stage.width * (far + aside * 0.4), low), (s.stage.width * (near + aside), h * 1.04)
        return [between(a, b, t) for t in (0.0, 0.35, 0.7, 1.0)]

    def hidden(aside: float) -> int:
        middle = edge(aside, 0.53, 0.5)
        return sum(within(_on(middle, t), s.quiet) for t in _ALONG)

    aside = min(_CUTS, key=hidden)
    half = 0.14 * min(1.0, 1.5 * h / s.stage.width)
    return edge(aside, 0.525, 0.5 - half), edge(aside, 0.535, 0.5 + half)


def _walls(s: Scenery, left: Sequence[Point], right: Sequence[Point]) -> None:
    """The nearer side of the cut, in the light."""
    inner = [(x + (q[0] - x) * 0.3, y) for (x, y), q in zip(left, right, strict=True)]
    wall = poly([*left, *reversed(inner)])
    s.pen.shape(wall, MID_TONE if s.stage.night else WHITE, 1.0)
    r = s.stage.random("walls")
    pairs = []
    for (a, b), (c, d) in zip(pairwise(left), pairwise(inner), strict=True):
        for _ in range(7):
            t = r.random()
            p, q = between(a, b, t), between(c, d, t)
            pairs.append((p, between(p, q, r.uniform(0.4, 0.9))))
    s.canvas.stroke(segments(pairs), s.pen.weight * 0.8)


def _running(s: Scenery, bed: Path, left: Sequence[Point], right: Sequence[Point]) -> None:
    """Water that comes towards us, with the moon on its back."""
    h, r, top = s.stage.height, s.stage.random("running"), left[0][1]
    far, near = (0.9, 0.66) if s.stage.night else (0.3, 0.04)
    s.canvas.graded_tone(bed, ((0, top), far), ((0, h), near))
    light: list[tuple[str | float, ...]] = []
    for _ in range(30):
        t, u = r.random() ** 0.6, r.uniform(0.1, 0.8)
        a, b = _on(left, t), _on(right, t)
        x, y, wide = a[0] + (b[0] - a[0]) * u, a[1], (b[0] - a[0]) * 0.24
        light += [("M", x - wide, y), ("Q", x, y + wide * 0.4, x + wide, y)]
    with s.canvas.saved():
        s.canvas.clip(bed)
        s.canvas.stroke(tuple(light), s.pen.weight * 1.1, 255 if s.stage.night else 0)
        if moonlit(s):
            t = next((t for t in (0.55, 0.4, 0.7, 0.85) if not within(_middle(left, right, t), s.quiet)), 0.45)
            half = (_on(right, t)[0] - _on(left, t)[0]) * 0.4
            _image(s, bed, _middle(left, right, t), half)


def _middle(left: Sequence[Point], right: Sequence[Point], t: float) -> Point:
    a, b = _on(left, t), _on(right, t)
    return ((a[0] + b[0]) / 2, a[1])


def _on(edge: Sequence[Point], t: float) -> Point:
    return between(edge[0], edge[-1], t)


def _heaps(s: Scenery, edge: Sequence[Point], side: int) -> None:
    """Earth thrown up along the cut, larger towards us."""
    r, low, h = s.stage.random("heaps", side), edge[0][1], s.stage.height
    for k in range(9):
        t = ((k + r.uniform(0.2, 0.8)) / 9) ** 1.2
        x, y = _on(edge, t)
        size = (h - low) * (0.012 + 0.09 * t)
        x += side * size * 1.1
        if within((x, y), s.quiet):
            continue
        heap: Path = (("M", x - size * 1.2, y), ("Q", x - size * 0.6, y - size * 1.1, x, y - size),
                      ("Q", x + size * 0.8, y - size * 0.9, x + size * 1.2, y), ("Z",))  # fmt: skip
        s.pen.shape(heap, MID_TONE if s.stage.night else LIGHT_TONE, 0.9)
