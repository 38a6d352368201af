"""Open land: hills in the haze, ground that pales towards the viewer, grass in patches with bare earth between."""

from collections.abc import Iterator
from random import Random

from drawing.art.settings.surface_texture import blades, joined, segments, within
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, rect, smooth
from drawing.ink.pen import DARK, LIGHT, MID, WHITE, Shade
from manga.geometry import Point
from manga.plot import Ground

_WAY, _OPEN = 4.5, 40.0
"""How far from the middle things lie on the ground, heads."""
_PATCH = 6
"""So many tufts of the painter's count grow in one patch."""


def low_of(s: Scenery, deepest: float = 0.66) -> float:
    """The horizon, kept inside the picture so that there is a sky and a ground to draw."""
    return min(max(s.stage.horizon, s.stage.height * 0.2), s.stage.height * deepest)


def ridge(
    s: Scenery, base: float, tall: float, shade: Shade, word: str, *, rough: float = 0.5, weight: float = 1.1
) -> None:
    """A line of hills whose foot is at `base`: hatched on the slopes in shadow, lost in haze at the foot."""
    r = s.stage.random("ridge", word)
    n = 7
    tops = [(s.stage.width * (i - 0.5) / (n - 2), base - tall * (1 - rough * r.random())) for i in range(n)]
    path = (
        *smooth(tops, tension=0.55),
        ("L", s.stage.width * 1.3, base + 2),
        ("L", -s.stage.width * 0.2, base + 2),
        ("Z",),
    )
    if s.stage.night:
        far = shade.tone <= LIGHT
        s.canvas.fill(path, 255 if far else 0)
        if far:
            s.canvas.graded_tone(path, ((0, base - tall), 0.84), ((0, base), 0.7))
        return
    s.canvas.stroke(path, s.pen.weight * weight)
    s.pen.cover(path, shade)
    slopes = []
    for x, y in tops[1:-1] if tall > s.stage.height * 0.08 else ():
        for k in range(3):
            at = (x + tall * (0.1 + 0.12 * k), y + (base - y) * (0.12 + 0.1 * k))
            slopes.append((at, (at[0] + tall * 0.1, at[1] + (base - y) * r.uniform(0.14, 0.26))))
    s.canvas.stroke(segments(slopes), s.pen.weight * 0.6)


def ground(s: Scenery, low: float, shade: Shade = WHITE) -> None:
    """Open ground from the horizon down: pale where the figures stand, darker far away; dark at night."""
    w, h = s.stage.width, s.stage.height
    area = rect(-1, low, w + 2, h - low + 2)
    s.canvas.fill(area, 255)
    snowy = s.stage.snowy
    if s.stage.night:
        s.canvas.graded_tone(area, ((0, low), 0.72 if not snowy else 0.4), ((0, h), 0.52 if not snowy else 0.2))
    elif shade.tone:
        s.pen.cover(area, shade)
    elif not snowy:
        s.canvas.graded_tone(area, ((0, low), 0.26), ((0, low + (h - low) * 0.55), 0.0))
    s.line((-1, low), (w + 1, low), 0.8)


def cover_ground(s: Scenery, *, paved: bool) -> None:
    """What lies on the ground of a place, whatever the place is: puddles, fallen leaves, banks of snow. A paved way has
    houses beside it."""
    wide = _WAY if paved else _OPEN
    if s.stage.ground is Ground.WET:
        _puddles(s, wide)
    elif s.stage.ground is Ground.LEAFY:
        _leaves(s, wide)
    elif s.stage.snowy:
        _banks(s, wide)


def _spots(s: Scenery, word: str, n: int, wide: float) -> Iterator[tuple[Point, float, Random]]:
    """Points of the ground from far to near, at most `wide` heads from the middle, how large a head is there, and
    chance; none under people."""
    r = s.stage.random("lies", word)
    n = round(n * max(1.0, s.stage.width / s.stage.height / 1.3))
    for z in sorted((1 / (0.26 + 0.95 * ((k * 0.618 + 0.2 * r.random()) % 1.0)) for k in range(n)), reverse=True):
        half = min(wide, s.stage.width * 0.55 * z / s.stage.unit)
        x, y = s.stage.at(r.uniform(-half, half), 0, z)
        if y < s.stage.height * 1.02 and not within((x, y), s.quiet):
            yield (x, y), s.stage.unit / z, r


@shows("puddle")
def _puddles(s: Scenery, far: float) -> None:
    """Water that mirrors the sky: grey against the ground, white where it shines."""
    for (x, y), size, r in _spots(s, "puddles", 11, far):
        wide, deep = size * r.uniform(0.8, 1.7), size * r.uniform(0.12, 0.2)
        lobe = wide * r.uniform(-0.5, 0.5)
        water = (*ellipse(x + lobe, y + deep * 0.5, wide * 0.6, deep * 0.7), *ellipse(x, y, wide, deep))
        s.canvas.stroke(water, s.pen.weight * 2.0)
        s.canvas.fill(water, 255)
        s.canvas.tone(water, DARK if s.stage.dim else MID)
        shine = (*ellipse(x - wide * 0.3, y - deep * 0.25, wide * 0.4, deep * 0.3),
                 *ellipse(x + lobe, y + deep * 0.7, wide * 0.3, deep * 0.22))  # fmt: skip
        s.canvas.fill(shine, 255)


@shows("leaves")
def _leaves(s: Scenery, far: float) -> None:
    """Small pointed leaves, flat on the ground, some of them dark."""
    pale: list[Path] = []
    dark: list[Path] = []
    for (x, y), size, r in _spots(s, "leaves", 110, far):
        long, turn = size * r.uniform(0.12, 0.2), r.uniform(-0.7, 0.7)
        dx, dy, thick = long * r.choice((-1, 1)), long * 0.35 * turn, long * r.uniform(0.22, 0.34)
        leaf: Path = (
            ("M", x - dx, y - dy), ("Q", x, y - thick - dy, x + dx, y + dy), ("Q", x, y + thick, x - dx, y - dy),
            ("Z",),
        )  # fmt: skip
        (dark if r.random() < 0.3 else pale).append(leaf)
    s.canvas.fill(joined(pale), 255)
    s.canvas.stroke(joined(pale), s.pen.weight * 0.6)
    s.canvas.fill(joined(dark))


@shows("snow")
def _banks(s: Scenery, far: float) -> None:
    """Low heaps of snow over whatever the ground is made of, in white; at the edge of each a line."""
    for (x, y), size, r in _spots(s, "banks", 30 if far == _WAY else 14, far):
        wide, tall = size * r.uniform(1.2, 2.6), size * r.uniform(0.14, 0.28)
        top: Path = (("M", x - wide, y), ("C", x - wide * 0.5, y - tall * 1.4, x + wide * 0.3, y - tall, x + wide, y))
        below = ("C", x + wide * 0.4, y + tall * 0.8, x - wide * 0.5, y + tall * 0.7, x - wide, y)
        s.canvas.fill((*top, below, ("Z",)), 255)
        s.canvas.stroke(top, s.pen.weight * 0.7)


def trodden(s: Scenery, path: Path, low: float, weight: float = 1.0) -> None:
    """A way over open ground: bare and white by day; by night little paler than the grass, lest it swallow what is
    grey."""
    if not s.stage.night:
        s.pen.shape(path, WHITE, weight)
        return
    s.canvas.stroke(path, s.pen.weight * max(weight, 0.7) * 2.2, 255)
    s.canvas.fill(path, 255)
    s.canvas.graded_tone(path, ((0, low), 0.46), ((0, s.stage.height), 0.5))


def earth(s: Scenery, low: float, word: str, n: int = 16) -> None:
    """Short level strokes and pebbles where nothing grows, longer towards the viewer."""
    r, w, h = s.stage.random("earth", word), s.stage.width, s.stage.height
    n = round(n * max(1.0, w / h / 1.3))
    found: list[tuple[str | float, ...]] = []
    for _ in range(n):
        t = r.random() ** 0.7
        x, y, long = w * r.random(), low + (h - low) * (0.06 + 0.9 * t), w * (0.01 + 0.035 * t)
        if within((x, y), s.quiet):
            continue
        if r.random() < 0.7:
            found += [("M", x, y), ("Q", x + long * 0.5, y + long * 0.07, x + long, y - long * 0.03)]
        else:
            k = long * 0.16
            found += [("M", x - k, y), ("Q", x - k, y - k * 1.3, x, y - k * 1.2), ("Q", x + k, y - k, x + k, y),
                      ("Z",)]  # fmt: skip
    s.canvas.stroke(tuple(found), s.pen.weight * 0.75)


def tufts(
    s: Scenery, word: str, n: int, *, far: float = 3.6, tall: float = 0.5, grey: float = 0, hollow: float = 0.0
) -> None:
    """Grass in patches that grow larger towards the viewer; the share `hollow` in the middle stays bare, and so does
    the ground under people."""
    r = s.stage.random("tufts", word)
    grown: list[Path] = []
    patches = max(3, round(n / _PATCH * max(1.0, s.stage.width / s.stage.height / 1.3)))
    for k in range(patches):
        z = 1 / (1 / far + (1.25 - 1 / far) * ((k * 0.618 + r.random() * 0.3) % 1.0))
        half = s.stage.width * 0.55 * z / s.stage.unit
        share = (k * 0.381 + r.random() * 0.2) % 1.0
        x, y = s.stage.at(half * (hollow + (1 - hollow) * share) * r.choice((-1, 1)), 0, z)
        size = min(tall * s.stage.unit / z, s.stage.height * 0.1)
        if -2 < y < s.stage.height + 4:
            grown += _patch(s, (x, y), size, word + str(k))
    s.canvas.fill(joined(grown), grey)


def _patch(s: Scenery, at: Point, size: float, word: str) -> list[Path]:
    """One tall clump among lower ones."""
    r = s.stage.random("patch", word)
    lean = r.uniform(-0.25, 0.25)
    found = []
    for k in range(4):
        aside = (0.0, -1.1, 1.2, 2.1)[k] * size * r.uniform(0.7, 1.3)
        root = (at[0] + aside, at[1] + size * r.uniform(-0.16, 0.16))
        if not within(root, s.quiet):
            tall = size * (1.25 if k == 0 else r.uniform(0.45, 0.85))
            found.append(blades(root, tall, r, n=6 if k == 0 else 4, lean=lean))
    return found


def shade_on_ground(s: Scenery, at: Point, wide: float, deep: float) -> None:
    """The shadow of something tall: a tone with level strokes that are shorter at its edges."""
    x, y = at
    if not s.stage.night:
        s.canvas.tone(ellipse(x, y, wide, deep), MID)
    pairs = []
    n = 5
    for i in range(n):
        t = (i + 0.5) / n * 2 - 1
        half = wide * (1 - t * t) ** 0.5
        pairs.append(((x - half * 0.94, y + deep * t), (x + half * (0.6 if i % 2 else 0.9), y + deep * t)))
    s.canvas.stroke(segments(pairs), s.pen.weight * 0.8, 0)
