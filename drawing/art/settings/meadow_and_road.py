"""Open country that people walk through: a meadow, a road to the hills."""

from collections.abc import Sequence
from itertools import pairwise

from drawing.art.settings.foliage import tree, treeline
from drawing.art.settings.furnishings import birds, butterfly, far_houses, fence, signpost
from drawing.art.settings.hills_and_fields import earth, ground, low_of, ridge, shade_on_ground, trodden, tufts
from drawing.art.settings.plants import blossoms, reeds, stone
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.surface_texture import blades, joined, segments, within
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, flattened, smooth
from drawing.ink.pen import LIGHT_TONE, MID_TONE
from manga.geometry import Point


def field(s: Scenery) -> None:
    """A meadow: hills, a wood at its edge, a tree that stands alone, grasses and flowers in patches."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    lane = h - low
    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.12, LIGHT_TONE, "far")
    treeline(s, low + 0.6, h * 0.055, "meadow")
    ground(s, low)
    _swells(s, low, "meadow")
    r = s.stage.random("field")
    x = 0.1 if s.stage.seed % 2 else 0.9
    shade_on_ground(s, (w * x + h * 0.06, low + lane * 0.2), h * 0.16, lane * 0.03)
    tree(s, (w * x, low + lane * 0.18), min(h * 0.5, low * 0.95 + lane * 0.18), r)
    earth(s, low, "meadow", 14)
    tufts(s, "meadow", 54)
    if not s.stage.night:
        birds(s, low)
    blossoms(s, "meadow", 9)
    for u, y, k in ((1 - x, 0.34, 0.8), (0.99 if x < 0.5 else 0.03, 0.66, 1.15)):
        reeds(s, w * u, low + lane * y, h * 0.22 * k, r)


def _swells(s: Scenery, low: float, word: str) -> None:
    """The lie of the land: long lines with a fringe of grass on them."""
    w, lane, r = s.stage.width, s.stage.height - low, s.stage.random("swells", word)
    lines, fringe = [], []
    for share in (0.12, 0.3, 0.54):
        y = low + lane * share
        line = [(w * t, y + lane * 0.05 * r.uniform(-1, 1) * (0.4 + share)) for t in (-0.02, 0.3, 0.62, 1.02)]
        lines.append(smooth(line, tension=0.6))
        for k, p in enumerate(flattened(lines[-1], 5)[0]):
            if k % 4 != 3 and not within(p, s.quiet):
                fringe.append(blades(p, lane * (0.02 + 0.05 * share), r, n=3))
    s.canvas.stroke(joined(lines), s.pen.weight * 0.8)
    s.canvas.fill(joined(fringe))


_LEFT: tuple[Point, ...] = ((0.53, 0.0), (0.5, 0.14), (0.54, 0.24), (0.46, 0.4), (0.26, 0.66), (-0.12, 1.06))
_RIGHT: tuple[Point, ...] = ((0.56, 0.0), (0.545, 0.13), (0.62, 0.24), (0.66, 0.4), (0.74, 0.66), (0.99, 1.06))
"""The edges of the road, from the horizon to the viewer, by shares of the ground."""


def road(s: Scenery) -> None:
    """A country road that winds to the hills: banks with grass, a fence, trees large at one side and small far off."""
    w, h, low = s.stage.width, s.stage.height, low_of(s)
    lane = h - low

    def at(x: float, y: float) -> Point:
        return (w * x, low + lane * y)

    open_sky(s, low)
    ridge(s, low + 0.5, h * 0.15, LIGHT_TONE, "far")
    ridge(s, low + 0.5, h * 0.07, MID_TONE, "near")
    far_houses(s, low + 0.5, (0.34, 0.4, 0.68))
    ground(s, low)
    roadway(s, (_LEFT, _RIGHT))
    r = s.stage.random("road")
    for x, y, k in ((0.86, 0.04, 0.5), (0.73, 0.03, 0.42), (0.22, 0.05, 0.5), (0.9, 0.14, 0.9)):
        tree(s, at(x, y), h * 0.34 * k, r)
    shade_on_ground(s, at(0.15, 0.26), w * 0.17, lane * 0.035)
    tree(s, at(0.04, 0.22), min(h * 0.62, low + lane * 0.22), r)
    earth(s, low, "road", 20)
    tufts(s, "road", 36, hollow=0.5)
    blossoms(s, "road", 8)
    _along_the_road(s, low)


def roadway(s: Scenery, edges: Sequence[Sequence[Point]]) -> None:
    """The trodden earth with its ruts; grass hangs over the edges, in tufts of unequal size. `edges` are the left and
    the right one from the horizon to the viewer, by shares of the width and of the ground."""
    w, low = s.stage.width, low_of(s)
    left, right = ([(w * x, low + (s.stage.height - low) * y) for x, y in edge] for edge in edges)
    a, b = smooth(left, tension=0.55), smooth(list(reversed(right)), tension=0.55)
    path: Path = (*a, ("L", *b[0][1:]), *b[1:], ("Z",))
    trodden(s, path, left[0][1], 0.7)
    r = s.stage.random("verge")
    far, deep = left[0][1], s.stage.height - left[0][1]
    grown = [
        blades(p, deep * (0.012 + 0.075 * (p[1] - far) / deep) * r.uniform(0.6, 1.5), r, n=3)
        for edge in (a, b) for p in flattened(edge, 4)[0] if p[1] < s.stage.height + 2 and r.random() < 0.72
    ]  # fmt: skip
    s.canvas.fill(joined(grown))
    ruts = []
    for share in (0.3, 0.68):
        way = [(p[0] + (q[0] - p[0]) * share, p[1]) for p, q in zip(left, right, strict=True)]
        points = flattened(smooth(way[2:], tension=0.55), 5)[0]
        ruts += [(a, b) for a, b in pairwise(points) if r.random() < 0.7]
    s.canvas.stroke(segments(ruts), s.pen.weight * 0.6)


def _along_the_road(s: Scenery, low: float) -> None:
    """A fence, a signpost, a stone, and what flies."""
    w, lane = s.stage.width, s.stage.height - low

    def at(x: float, y: float) -> Point:
        return (w * x, low + lane * y)

    fence(s, at(1.04, 0.74), at(0.62, 0.06), lane * 0.24)
    signpost(s, *at(0.31, 0.4), lane * 0.3)
    stone(s, *at(0.14, 0.7), w * 0.03, lane * 0.05)
    if not s.stage.night:
        birds(s, low)
        butterfly(s, *at(0.2, 0.34), lane * 0.035)
