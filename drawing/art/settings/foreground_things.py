"""Foreground things of houses and streets, in a corner of the picture.

The back of a chair, a curtain, the frame of a door, a lamp, railings.
"""

from dataclasses import dataclass, replace
from random import Random

from drawing.art.settings.surface_texture import joined, segments, wavy
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Side:
    """`edge` and `foot` are where u and v are 0 (mm); `side` is 1 at the left and -1 at the right; u 1 is `wide` mm
    into the picture, v 1 `tall` mm up."""

    edge: float
    side: int
    foot: float
    wide: float
    tall: float

    def at(self, u: float, v: float) -> Point:
        return (self.edge + self.side * self.wide * u, self.foot - self.tall * v)

    def poly(self, *corners: Point) -> Path:
        return poly([self.at(*p) for p in corners])

    def curve(self, *points: Point, closed: bool = False, tension: float = 0.6) -> Path:
        return smooth([self.at(*p) for p in points], closed=closed, tension=tension)

    def tall_one(self, height: float) -> "Side":
        """As narrow as something that stands from top to bottom may be."""
        return replace(self, wide=min(self.wide * 0.62, height * 0.24), tall=height + 1)


def _set(s: Scenery, path: Path, shade: Shade = DARK_TONE, weight: float = 1.8) -> None:
    """A near surface: parted from what is behind by white, then in heavy line."""
    s.canvas.stroke(path, s.pen.weight * (weight * 2 + 1.6), 255)
    s.pen.shape(path, shade, weight)


def _lines(
    s: Scenery, side: Side, pairs: list[tuple[float, float, float, float]], weight: float, grey: float = 0
) -> None:
    s.canvas.stroke(segments((side.at(a, b), side.at(c, d)) for a, b, c, d in pairs), s.pen.weight * weight, grey)


@shows("desk")
def desk(s: Scenery, side: Side, r: Random) -> None:
    """A desk's top with a book on it, and before it the back of its chair."""
    _set(s, side.poly((-0.1, 0.66), (0.86, 0.66), (1.0, 0.5), (-0.1, 0.5)), WHITE, 1.5)
    _set(s, side.poly((-0.1, 0.5), (1.0, 0.5), (1.0, 0.4), (-0.1, 0.4)), MID_TONE, 1.4)
    _set(s, side.poly((0.86, 0.4), (0.93, 0.4), (0.93, -0.05), (0.86, -0.05)), BLACK, 1.0)
    s.pen.shape(side.poly((0.5, 0.63), (0.74, 0.63), (0.78, 0.54), (0.5, 0.54)), WHITE, 1.0)
    _lines(s, side, [(0.62, 0.63, 0.64, 0.54)], 0.8)
    for u in (0.06, 0.56):
        _set(s, side.poly((u, 0.3), (u + 0.06, 0.3), (u + 0.06, -0.05), (u, -0.05)), BLACK, 1.0)
    slab = side.curve((-0.1, 0.74), (0.5, 0.76), (0.68, 0.7), (0.7, 0.34), (0.5, 0.28), (-0.1, 0.28), closed=True,
                      tension=0.3)  # fmt: skip
    _set(s, slab, DARK_TONE, 2.0)
    grain = [
        wavy(side.at(0.0, v), side.at(0.62, v + 0.01), side.tall * 0.02, r) for v in (0.36, 0.44, 0.53, 0.62, 0.69)
    ]
    s.canvas.stroke(joined(grain), s.pen.weight * 0.9)


def armchair(s: Scenery, side: Side, r: Random) -> None:
    """From behind: the curve of its back, an arm, buttons in the cloth."""
    _set(s, side.curve((0.5, 0.52), (0.86, 0.54), (0.98, 0.42), (0.94, 0.24), (0.9, -0.05), (0.5, -0.05), closed=True,
                       tension=0.5), MID_TONE, 1.8)  # fmt: skip
    back = side.curve((-0.2, 0.9), (0.2, 1.0), (0.5, 0.9), (0.62, 0.66), (0.66, 0.3), (0.7, -0.1), (-0.2, -0.1),
                      closed=True, tension=0.5)  # fmt: skip
    _set(s, back, DARK_TONE, 2.0)
    _lines(s, side, [(0.52, 0.84 - 0.14 * k, 0.58 + 0.012 * k, 0.7 - 0.14 * k) for k in range(6)], 2.4, 255)
    dots = [ellipse(*side.at(u, v), side.wide * 0.025, side.wide * 0.025)
            for u, v in ((0.1, 0.7), (0.34, 0.64), (0.1, 0.44), (0.36, 0.4), (0.22, 0.55))]  # fmt: skip
    s.canvas.fill(joined(dots))
    creases = [wavy(side.at(0.34, 0.64), side.at(0.5, 0.7), 1, r), wavy(side.at(0.1, 0.7), side.at(0.2, 0.86), 1, r)]
    s.canvas.stroke(joined(creases), s.pen.weight * 1.1)


@shows("table")
def table(s: Scenery, side: Side, r: Random) -> None:
    """The corner of a table in its cloth; a cup and a vase on it."""
    _set(s, side.poly((-0.1, 0.46), (0.7, 0.46), (1.0, 0.3), (-0.1, 0.3)), WHITE, 1.5)
    hem = side.curve((1.0, 0.3), (0.98, 0.1), (1.0, -0.05), tension=0.5)
    _set(s, (*hem, ("L", *side.at(-0.1, -0.05)), ("L", *side.at(-0.1, 0.3)), ("Z",)), LIGHT_TONE, 1.5)
    _lines(s, side, [(u, 0.28, u + r.uniform(-0.05, 0.05), -0.02) for u in (0.12, 0.34, 0.5, 0.7, 0.84)], 1.0)
    if s.stage.period in {"old_japan", "old_china"}:
        body = side.curve((0.16, 0.4), (0.1, 0.52), (0.2, 0.64), (0.4, 0.64), (0.5, 0.52), (0.44, 0.4), closed=True)
        _set(s, body, DARK_TONE, 1.5)
        s.pen.contour(stroke((side.at(0.14, 0.62), side.at(0.3, 0.86), side.at(0.46, 0.62)), side.wide * 0.02), 1.0)
    else:
        vase = side.curve((0.2, 0.38), (0.12, 0.56), (0.22, 0.7), (0.22, 0.8), (0.36, 0.8), (0.36, 0.7), (0.46, 0.56),
                          (0.38, 0.38), closed=True)  # fmt: skip
        stems = [stroke((side.at(0.29, 0.78), side.at(0.29 + d * 0.4, 0.95), side.at(0.29 + d, 1.04 - abs(d) * 0.4)),
                        side.wide * 0.03, (0, 0.6), steps=4) for d in (-0.24, -0.06, 0.12, 0.3)]  # fmt: skip
        s.canvas.fill(joined(stems))
        for d in (-0.24, -0.06, 0.12, 0.3):
            _set(s, ellipse(*side.at(0.29 + d, 1.06 - abs(d) * 0.4), side.wide * 0.085, side.wide * 0.075), WHITE, 1.2)
        _set(s, vase, DARK_TONE, 1.6)
    s.pen.shape(side.poly((0.6, 0.5), (0.74, 0.5), (0.72, 0.4), (0.62, 0.4)), WHITE, 1.2)


def leaves_in_pot(s: Scenery, side: Side, r: Random) -> None:
    """Long leaves of a house plant that bend into the picture."""
    pot = side.poly((-0.1, 0.3), (0.42, 0.3), (0.36, -0.05), (-0.1, -0.05))
    for k, (u, v) in enumerate(((0.75, 0.5), (0.62, 0.86), (0.3, 1.06), (0.02, 0.98), (0.86, 0.72), (0.46, 0.7))):
        bend = (0.14 + u * 0.4, v * 0.92 + 0.06)
        leaf = stroke((side.at(0.14, 0.3), side.at(*bend), side.at(u + 0.1, v - 0.14 * u)), side.wide * 0.15, (0.75, 1),
                      steps=6)  # fmt: skip
        _set(s, leaf, BLACK if k % 3 else DARK_TONE, 1.1)
        rib = wavy(side.at(0.14, 0.34), side.at(*bend), side.wide * 0.02, r)
        s.canvas.stroke(rib, s.pen.weight * 0.8, 255 if k % 3 else 0)
    _set(s, pot, LIGHT_TONE, 1.8)
    _lines(s, side, [(-0.1, 0.22, 0.4, 0.22)], 1.4)


@shows("bed")
def bed_end(s: Scenery, side: Side, r: Random) -> None:
    """The foot of a bed: rails before a quilt."""
    quilt = side.curve((-0.1, 0.56), (0.3, 0.6), (0.66, 0.54), (0.92, 0.4), (0.9, -0.05), (-0.1, -0.05), closed=True,
                       tension=0.4)  # fmt: skip
    _set(s, quilt, LIGHT_TONE, 1.5)
    creases = [wavy(side.at(u, 0.5), side.at(u + 0.1, 0.16), side.wide * 0.05, r) for u in (0.14, 0.34, 0.6)]
    s.canvas.stroke(joined(creases), s.pen.weight)
    for path in (side.poly((-0.1, 0.8), (0.96, 0.72), (0.96, 0.65), (-0.1, 0.72)),
                 *(side.poly((u, 0.74), (u + 0.035, 0.74), (u + 0.035, -0.05), (u, -0.05)) for u in (0.1, 0.36, 0.62)),
                 side.poly((0.9, 0.76), (0.98, 0.76), (0.98, -0.05), (0.9, -0.05))):  # fmt: skip
        _set(s, path, MID_TONE, 1.5)


def jar(s: Scenery, side: Side, r: Random) -> None:
    """The belly of a great jar, with the run of its glaze."""
    body = side.curve((-0.3, 0.8), (0.2, 0.84), (0.42, 0.76), (0.68, 0.5), (0.64, 0.1), (0.5, -0.1), (-0.3, -0.1),
                      closed=True, tension=0.6)  # fmt: skip
    _set(s, body, DARK_TONE, 2.0)
    with s.canvas.saved():
        s.canvas.clip(body)
        drip = ((-0.3, 0.62), (0.0, 0.52), (0.12, 0.36), (0.22, 0.54), (0.4, 0.42), (0.5, 0.6), (0.7, 0.5), (0.7, 0.9),
                (-0.3, 0.9))  # fmt: skip
        s.canvas.fill(side.curve(*drip, closed=True, tension=0.8))
        _lines(s, side, [(0.5, 0.66, 0.58, 0.5), (0.54, 0.64, 0.6, 0.52)], 2.0, 255)
    _set(s, side.curve((-0.3, 0.92), (0.24, 0.92), (0.3, 0.86), (0.24, 0.78), (-0.3, 0.78), closed=True, tension=0.4),
         BLACK, 1.4)  # fmt: skip
    del r


def cask(s: Scenery, side: Side, r: Random) -> None:
    """A barrel with its hoops, and a coil of rope beside it."""
    body = side.curve((-0.3, 0.86), (0.42, 0.86), (0.52, 0.6), (0.54, 0.36), (0.46, -0.08), (-0.3, -0.08), closed=True,
                      tension=0.4)  # fmt: skip
    _set(s, body, MID_TONE, 1.8)
    with s.canvas.saved():
        s.canvas.clip(body)
        s.canvas.fill(side.poly((-0.1, 0.9), (0.06, 0.9), (0.1, 0.4), (0.04, -0.1), (-0.1, -0.1)))
        staves = [wavy(side.at(u * 0.86, 0.86), side.at(u, 0.0), side.wide * 0.01, r) for u in (0.16, 0.26, 0.36, 0.45)]
        s.canvas.stroke(joined(staves), s.pen.weight)
        for v in (0.14, 0.62):
            s.pen.shape(side.curve((-0.1, v), (0.3, v - 0.02), (0.6, v + 0.03), (0.6, v + 0.11), (0.3, v + 0.06), (-0.1,
                        v + 0.08), closed=True, tension=0.4), BLACK, 1.0)  # fmt: skip
    _set(s, side.curve((-0.3, 0.92), (0.2, 0.93), (0.42, 0.87), (0.2, 0.82), (-0.3, 0.82), closed=True, tension=0.5),
         LIGHT_TONE, 1.4)  # fmt: skip
    for v in (0.02, 0.1, 0.18):
        _set(s, ellipse(*side.at(0.74, v), side.wide * 0.22, side.tall * 0.06), WHITE, 1.2)
    s.canvas.fill(ellipse(*side.at(0.74, 0.2), side.wide * 0.1, side.tall * 0.025))
    twists = [(0.56 + 0.06 * k, v - 0.03, 0.58 + 0.06 * k, v + 0.03) for v in (0.0, 0.08, 0.15) for k in range(7)]
    _lines(s, side, twists, 0.8)


@shows("shelf")
def shelf_end(s: Scenery, side: Side, r: Random) -> None:
    """The end of a case, and the backs of what stands in it."""
    top = 1.02
    _set(s, side.poly((-0.1, top), (0.62, top), (0.62, -0.05), (-0.1, -0.05)), DARK_TONE, 2.0)
    for k in range(3):
        v = top - 0.06 - 0.34 * k
        s.canvas.fill(side.poly((-0.1, v), (0.54, v), (0.54, v - 0.27), (-0.1, v - 0.27)))
        u = -0.08
        while u < 0.44:
            wide, tall = r.uniform(0.06, 0.11), r.uniform(0.17, 0.25)
            book = side.poly((u, v - 0.27), (u, v - 0.27 + tall), (u + wide, v - 0.27 + tall), (u + wide, v - 0.27))
            s.pen.shape(book, (WHITE, MID_TONE, LIGHT_TONE)[r.randrange(3)], 0.9)
            u += wide
    grain = [wavy(side.at(0.58, v + 0.2), side.at(0.58, v), side.wide * 0.02, r) for v in (0.1, 0.4, 0.7)]
    s.canvas.stroke(joined(grain), s.pen.weight * 0.8)


def vent(s: Scenery, side: Side, r: Random) -> None:
    """A machine of the roof: a box with a fan behind bars, and its pipe."""
    _set(s, side.poly((0.7, 0.36), (1.0, 0.3), (1.0, 0.22), (0.7, 0.26)), LIGHT_TONE, 1.4)
    _set(s, side.poly((-0.1, 0.8), (0.7, 0.72), (0.8, 0.6), (-0.1, 0.66)), WHITE, 1.6)
    front = side.poly((-0.1, 0.66), (0.8, 0.6), (0.8, -0.05), (-0.1, -0.05))
    _set(s, front, MID_TONE, 1.8)
    x, y = side.at(0.3, 0.32)
    k = side.wide * 0.24
    s.pen.shape(ellipse(x, y, k, k), BLACK, 1.4)
    rings = joined(ellipse(x, y, k * t, k * t) for t in (0.35, 0.6, 0.84))
    s.canvas.stroke(rings, s.pen.weight * 1.0, 255)
    slots = [(0.62, 0.5 - 0.07 * i, 0.74, 0.49 - 0.07 * i) for i in range(6)]
    _lines(s, side, slots, 1.6)
    stains = [wavy(side.at(u, 0.02), side.at(u, r.uniform(0.1, 0.2)), 0.6, r) for u in (0.02, 0.1, 0.5, 0.6)]
    s.canvas.stroke(joined(stains), s.pen.weight)


def railings(s: Scenery, side: Side, r: Random) -> None:
    """A fence of iron: bars with spearheads, or bare tubes today."""
    today = s.stage.today
    for v in (0.2, 0.78):
        _set(s, side.poly((-0.1, v + 0.03), (0.98, v - 0.05), (0.98, v - 0.1), (-0.1, v - 0.03)), BLACK, 1.0)
    for k in range(5):
        u, wide = 0.06 + 0.2 * k, 0.02
        top = 0.84 - 0.06 * u if today else 0.96 - 0.06 * u
        _set(s, side.poly((u - wide, -0.05), (u - wide, top), (u + wide, top), (u + wide, -0.05)), BLACK, 0.9)
        if not today:
            tips = ((u, top + 0.14), (u + 0.05, top + 0.03), (u, top - 0.02), (u - 0.05, top + 0.03))
            head = side.curve(*tips, closed=True, tension=0.4)
            _set(s, head, BLACK, 0.9)
    _lines(s, side, [(0.0, 0.785, 0.95, 0.71)], 0.9, 255)
    del r


@shows("curtain")
def curtain(s: Scenery, side: Side, r: Random) -> None:
    """Cloth gathered by a band, falling in folds."""
    edge = ((0.62, 1.02), (0.7, 0.8), (0.5, 0.5), (0.36, 0.42), (0.56, 0.2), (0.66, -0.02))
    cloth = (*side.curve(*edge, tension=0.7), ("L", *side.at(-0.05, -0.02)), ("L", *side.at(-0.05, 1.02)), ("Z",))
    _set(s, cloth, MID_TONE if s.stage.night else LIGHT_TONE, 1.8)
    folds = []
    for u, w in ((0.08, 0.05), (0.24, 0.07), (0.4, 0.05), (0.56, 0.04)):
        way = (side.at(u, 1.02), side.at(u * 1.08, 0.75), side.at(u * 0.6, 0.45))
        folds.append(stroke(way, side.wide * w, (0.2, 1), steps=5))
        way = (side.at(u * 0.55, 0.42), side.at(u * 0.8, 0.2), side.at(u, -0.02))
        folds.append(stroke(way, side.wide * w, (1, 0.2), steps=5))
    s.canvas.fill(joined(folds))
    band = side.curve((-0.05, 0.47), (0.2, 0.45), (0.42, 0.46), (0.44, 0.41), (0.2, 0.4), (-0.05, 0.42), closed=True)
    _set(s, band, BLACK, 1.2)
    del r


@shows("door")
def doorway(s: Scenery, side: Side, r: Random) -> None:
    """The frame through which we look: its edge in light, its face in shadow, the grain of the wood."""
    _set(s, side.poly((-0.05, 1.02), (0.56, 1.02), (0.56, -0.02), (-0.05, -0.02)), DARK_TONE, 1.8)
    s.pen.shape(side.poly((0.56, 1.02), (0.72, 1.02), (0.72, -0.02), (0.56, -0.02)), WHITE, 1.4)
    s.canvas.fill(side.poly((-0.05, 1.02), (0.2, 1.02), (0.2, -0.02), (-0.05, -0.02)))
    grain = []
    for _ in range(12):
        u, v = r.uniform(0.24, 0.54), r.uniform(0.1, 1.0)
        grain.append(wavy(side.at(u, v), side.at(u, v - r.uniform(0.06, 0.2)), side.wide * 0.03, r))
    s.canvas.stroke(joined(grain), s.pen.weight * 0.9)


def pillar(s: Scenery, side: Side, r: Random) -> None:
    """A round post: hatched towards its dark edge."""
    _set(s, side.poly((-0.05, 1.02), (0.6, 1.02), (0.6, -0.02), (-0.05, -0.02)), LIGHT_TONE, 1.8)
    s.canvas.fill(side.poly((-0.05, 1.02), (0.12, 1.02), (0.12, -0.02), (-0.05, -0.02)))
    v, hatch = 1.0, []
    while v > 0:
        hatch.append((0.12, v, 0.12 + r.uniform(0.12, 0.26), v - 0.012))
        v -= 0.016
    _lines(s, side, hatch, 0.9)
    _lines(s, side, [(0.54, 1.02, 0.54, -0.02)], 0.8)
    base = side.poly((-0.05, 0.12), (0.7, 0.12), (0.74, -0.02), (-0.05, -0.02))
    _set(s, base, MID_TONE, 1.6)


@shows("street lamp")
def lamp_post(s: Scenery, side: Side, r: Random) -> None:
    """A street lamp of old, or today's pole with its plate and wires."""
    if s.stage.today:
        _set(s, side.poly((0.1, 1.02), (0.34, 1.02), (0.36, -0.02), (0.08, -0.02)), MID_TONE, 1.8)
        s.canvas.fill(side.poly((0.1, 1.02), (0.17, 1.02), (0.16, -0.02), (0.08, -0.02)))
        for v in (0.5, 0.62):
            _set(s, side.poly((0.06, v + 0.02), (0.38, v + 0.02), (0.38, v), (0.06, v)), BLACK, 0.8)
        _set(s, side.poly((0.04, 0.44), (0.4, 0.44), (0.4, 0.24), (0.04, 0.24)), WHITE, 1.4)
        _lines(s, side, [(0.12, 0.4 - 0.05 * k, 0.32, 0.4 - 0.05 * k) for k in range(3)], 1.4)
        return
    _set(s, side.poly((0.2, 0.78), (0.32, 0.78), (0.36, -0.02), (0.16, -0.02)), BLACK, 1.2)
    _set(s, side.poly((-0.02, 0.73), (0.54, 0.73), (0.54, 0.71), (-0.02, 0.71)), BLACK, 1.0)
    _set(s, side.poly((0.12, 0.8), (0.4, 0.8), (0.5, 0.93), (0.02, 0.93)), WHITE if s.stage.dim else LIGHT_TONE, 1.6)
    _lines(s, side, [(0.2, 0.8, 0.16, 0.93), (0.32, 0.8, 0.36, 0.93)], 1.2)
    _set(s, side.poly((-0.04, 0.93), (0.56, 0.93), (0.3, 0.99), (0.22, 0.99)), BLACK, 1.2)
    _lines(s, side, [(0.22, 0.76, 0.2, r.uniform(0.02, 0.06))], 0.9, 255)
