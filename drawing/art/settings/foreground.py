"""What is nearer to the viewer than the figures: furniture, plants, grass, boughs, rocks, a fence; cut by the edge.

In: the stage, the place, boxes to keep clear (mm). Out: marks over the figures, on the side that has room.
"""

from collections.abc import Callable, Sequence
from math import cos, sin
from random import Random

from drawing.art.settings.foliage import foliage
from drawing.art.settings.foreground_things import (
    Side,
    armchair,
    bed_end,
    cask,
    curtain,
    desk,
    doorway,
    jar,
    lamp_post,
    leaves_in_pot,
    pillar,
    railings,
    shelf_end,
    table,
    vent,
)
from drawing.art.settings.surface_texture import joined, segments, wavy
from drawing.art.stage import Scenery, shows
from drawing.ink.paths import Path, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point, Rect


def _dark(s: Scenery, path: Path, rim: float = 1.2) -> None:
    """Black, parted from what is behind by a thin white edge."""
    s.canvas.stroke(path, s.pen.weight * rim * 2, 255)
    s.canvas.fill(path)


def grass(s: Scenery, side: Side, r: Random) -> None:
    """A tall clump that leans into the picture, lower ones before it."""
    n = 22
    found = []
    for i in range(n):
        u = i / n * 0.86
        tall = (1.05 - 0.7 * u) * r.uniform(0.5, 1.05) * 0.86
        lean = r.uniform(-0.05, 0.32) * tall
        way = (side.at(u - 0.05, -0.03), side.at(u + lean * 0.2, tall * 0.55), side.at(u + lean, tall))
        found.append(stroke(way, side.wide * r.uniform(0.035, 0.06), (0.1, 1), steps=4))
    for blade in found[::2]:
        _dark(s, blade)
    _dark(s, joined(found[1::2]), 0.8)


def reeds_near(s: Scenery, side: Side, r: Random) -> None:
    """Stalks with long leaves and plumes that bow."""
    stalks, plumes = [], []
    for i in range(6):
        u, tall, lean = 0.06 + 0.11 * i, r.uniform(0.8, 1.35) * (1.15 - 0.09 * i), r.uniform(0.02, 0.22)
        tip = (u + lean, tall)
        stalks.append(stroke((side.at(u, -0.03), side.at(u + lean * 0.3, tall * 0.6), side.at(*tip)), side.wide * 0.022,
                             (0, 0.4), steps=4))  # fmt: skip
        plume = (side.at(*tip), side.at(u + lean + 0.06, tall + 0.1), side.at(u + lean + 0.22, tall + 0.02))
        plumes.append(stroke(plume, side.wide * 0.06, (0.9, 0.9), steps=5))
        out, up = r.choice((-0.26, 0.3)), r.uniform(0.4, 0.62)
        leaf = (
            side.at(u, 0.1),
            side.at(u + out * 0.25, up * 0.75),
            side.at(u + out * 0.7, up),
            side.at(u + out, up * 0.8),
        )
        stalks.append(stroke(leaf, side.wide * 0.035, (0.2, 1), steps=4))
    _dark(s, joined(stalks))
    path = joined(plumes)
    s.canvas.stroke(path, s.pen.weight * 2)
    s.canvas.fill(path, 255)


def bush_near(s: Scenery, side: Side, r: Random) -> None:
    """Leaves in masses, dark against the light, and some that stand out alone."""
    w, h = side.wide, side.tall
    masses = [
        (*side.at(u, v), w * rx, h * ry)
        for u, v, rx, ry in ((0.1, 0.5, 0.36, 0.3), (0.52, 0.2, 0.36, 0.26), (0.16, 0.14, 0.4, 0.34))
    ]
    foliage(s, masses, r, MID_TONE, 1.5, 12)


@shows("fence")
def fence_near(s: Scenery, side: Side, r: Random) -> None:
    """Two posts with their rails, split wood, grass at their feet."""
    for v in (0.34, 0.66):
        rail = side.poly((-0.05, v + 0.05), (1.0, v - 0.06), (1.0, v - 0.15), (-0.05, v - 0.06))
        s.pen.shape(rail, BLACK if s.stage.night else MID_TONE, 1.5)
    grain = []
    for u in (0.16, 0.74):
        k = 0.09 * (1.15 - u * 0.3)
        post = side.poly((u - k, -0.05), (u - k, 0.92 - u * 0.1), (u - k * 0.3, 1.0 - u * 0.1), (u + k, 0.9 - u * 0.1),
                         (u + k, -0.05))  # fmt: skip
        s.pen.shape(post, BLACK if s.stage.night else LIGHT_TONE, 1.7)
        s.pen.cover(side.poly((u + k * 0.3, -0.05), (u + k * 0.2, 0.86 - u * 0.1), (u + k, 0.9 - u * 0.1), (u + k,
                    -0.05)), BLACK)  # fmt: skip
        grain += [wavy(side.at(u - k * t, 0.84 - u * 0.1), side.at(u - k * t, 0.1), side.wide * 0.02, r)
                  for t in (0.1, 0.45, 0.75)]  # fmt: skip
    s.canvas.stroke(joined(grain), s.pen.weight, 255 if s.stage.night else 0)
    low = Side(side.edge, side.side, side.foot, side.wide, side.tall * 0.5)
    grass(s, low, r)


def rocks(s: Scenery, side: Side, r: Random) -> None:
    """Boulders with edges: a face in the light, one in shadow, cracks, grass at the foot."""
    night = s.stage.night
    for u, v, k in ((0.1, 0.7, 0.5), (0.66, 0.38, 0.34)):

        def at(x: float, y: float, u: float = u, v: float = v, k: float = k) -> Point:
            return (u + k * x, v * y)

        rim = [
            at(*p) for p in ((-1, -0.1), (-0.95, 0.5), (-0.5, 0.9), (0.1, 1), (0.6, 0.76), (0.92, 0.32), (1.04, -0.1))
        ]
        dark = [
            at(*p) for p in ((0.1, 1), (0.6, 0.76), (0.92, 0.32), (1.04, -0.1), (0.3, -0.1), (0.42, 0.3), (0.2, 0.6))
        ]
        whole = side.poly(*rim)
        s.canvas.stroke(whole, s.pen.weight * 4.5, 255)
        s.pen.shape(whole, DARK_TONE if night else WHITE, 1.8)
        s.pen.cover(side.poly(*dark), BLACK if night else DARK_TONE)
        edges = [
            (at(0.1, 1), at(0.2, 0.6)),
            (at(0.2, 0.6), at(0.42, 0.3)),
            (at(0.42, 0.3), at(0.3, -0.1)),
            (at(-0.5, 0.9), at(-0.36, 0.56)),
            (at(-0.36, 0.56), at(0.2, 0.6)),
            (at(-0.36, 0.56), at(-0.5, 0.2)),
        ]
        s.canvas.stroke(segments((side.at(*a), side.at(*b)) for a, b in edges), s.pen.weight * 1.2)
        hatch = [(at(0.16 + 0.05 * i, 0.72 - 0.05 * i), at(0.34 + 0.05 * i, 0.4 - 0.07 * i)) for i in range(9)]
        hatch += [(at(-0.84 + 0.07 * i, 0.3 + 0.02 * i), at(-0.9 + 0.07 * i, r.uniform(-0.02, 0.12))) for i in range(6)]
        s.canvas.stroke(segments((side.at(*a), side.at(*b)) for a, b in hatch), s.pen.weight * 1.1, 255 if night else 0)
    grass(s, Side(side.edge, side.side, side.foot, side.wide * 0.8, side.tall * 0.36), r)


def trunk_near(s: Scenery, side: Side, r: Random) -> None:
    """Half of a great bole, with the furrows of its bark."""
    edge = ((-0.05, 1.02), (0.42, 1.02), (0.5, 0.7), (0.46, 0.34), (0.62, 0.12), (1.0, -0.02), (-0.05, -0.02))
    path = (*side.curve(*edge[1:6], tension=0.6), ("L", *side.at(-0.05, -0.02)), ("L", *side.at(-0.05, 1.02)), ("Z",))
    s.canvas.stroke(path, s.pen.weight * 3, 255)
    s.pen.shape(path, BLACK if s.stage.night else DARK_TONE, 1.6)
    grey = 255 if s.stage.night else 0
    furrows = []
    for _ in range(26):
        u, v = r.uniform(0.0, 0.42), r.uniform(0.08, 0.96)
        to = (u + r.uniform(-0.03, 0.06), v - r.uniform(0.05, 0.13))
        furrows.append(wavy(side.at(u, v), side.at(*to), side.wide * 0.06, r))
    s.canvas.stroke(joined(furrows), s.pen.weight * 1.3, grey)
    if not s.stage.night:
        s.canvas.fill(side.poly((-0.05, 1.02), (0.1, 1.02), (0.18, 0.6), (0.08, 0.4), (0.2, 0.1), (-0.05, -0.02)))
    grass(s, Side(side.edge, side.side, side.foot, side.wide * 1.2, side.tall * 0.14), r)


def eaves(s: Scenery, side: Side, r: Random) -> None:
    """The corner of a roof under which we stand: its edge, rafters, and their shadow."""
    s.pen.shape(side.poly((-0.05, 1.05), (1.0, 1.05), (0.86, 0.8), (-0.05, 0.42)), BLACK, 1.2)
    slope = 0.43
    ends = [
        side.poly(*((u + du, v + u * slope) for du, v in ((0, 0.46), (0.05, 0.48), (0.05, 0.36), (0, 0.34))))
        for u in (0.04, 0.2, 0.36, 0.52, 0.68)
    ]
    s.pen.shape(joined(ends), DARK_TONE if s.stage.night else LIGHT_TONE, 1.0)
    straw = [(side.at(u, 0.5 + u * 0.42), side.at(u - 0.03, 0.98)) for u in [0.03 * k for k in range(1, 26)]]
    s.canvas.stroke(segments(straw), s.pen.weight * r.uniform(0.6, 0.8), 255)


def branch(s: Scenery, side: Side, r: Random) -> None:
    """A bough with leaves that hangs in from above."""
    bough = (side.at(-0.02, 0.84), side.at(0.5, 0.8), side.at(0.95, 0.5))
    twig = (side.at(0.3, 0.8), side.at(0.42, 0.6), side.at(0.46, 0.34))
    size = side.tall * 0.27
    leaves = []
    for way, spots in ((bough, (0.05, 0.2, 0.34, 0.46, 0.6, 0.74, 0.9, 0.98)), (twig, (0.3, 0.6, 0.95))):
        for k, t in enumerate(spots):
            leaves.append(_leaf(_along(way, t), size * r.uniform(0.7, 1.1), side.side if k % 2 else -side.side, r))
    _dark(s, stroke(bough, size * 0.24, (0.0, 0.9)))
    _dark(s, stroke(twig, size * 0.14, (0.0, 0.9)))
    for path in leaves:
        _dark(s, path)


def _along(way: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy) = way
    u = 1 - t
    return (u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy)


def _leaf(at: Point, size: float, side: int, r: Random) -> Path:
    turn = r.uniform(0.4, 1.6) if side > 0 else r.uniform(1.6, 2.8)
    dx, dy = cos(turn) * size, sin(turn) * size
    nx, ny = -dy * 0.28, dx * 0.28
    x, y = at
    middle = (x + dx * 0.45, y + dy * 0.45)
    sides = (middle[0] + nx, middle[1] + ny), (middle[0] - nx, middle[1] - ny)
    return smooth(((x, y), sides[0], (x + dx, y + dy), sides[1]), closed=True, tension=0.7)


Thing = Callable[[Scenery, Side, Random], None]

_LOW: dict[str, tuple[Thing, ...]] = {
    "classroom": (desk,), "room": (armchair, leaves_in_pot, table), "kitchen": (table,), "corridor": (leaves_in_pot,),
    "shop": (shelf_end, cask), "hospital": (bed_end,), "stairs": (railings,), "office": (desk, leaves_in_pot),
    "library": (shelf_end, desk), "factory": (jar, vent), "bath": (jar,), "station": (railings,),
    "rooftop": (vent, railings), "lighthouse": (rocks, fence_near), "lighthouse_room": (cask, railings),
    "shore": (rocks, reeds_near, cask), "japanese_room": (jar, table), "farmhouse": (jar, cask), "temple_hall": (jar,),
    "parlour": (armchair, table, leaves_in_pot), "restaurant": (armchair, leaves_in_pot), "mansion": (armchair,
    leaves_in_pot), "palace": (jar,), "street": (railings,), "town": (railings, cask), "gate": (rocks,),
    "village": (fence_near, bush_near, grass), "garden": (bush_near, reeds_near), "park": (bush_near, grass),
    "temple": (rocks, bush_near), "church": (railings, grass), "grave": (grass, rocks), "forest": (bush_near, grass),
    "pond": (reeds_near, grass), "ditch": (grass,), "channel": (grass, reeds_near),
    "river": (reeds_near, rocks, grass), "mountain": (rocks, grass), "field": (grass, reeds_near, fence_near),
    "road": (fence_near, grass, bush_near, reeds_near, rocks), "sea": (rocks,),
    "hospital_garden": (bush_near, railings),
    "lake_house": (reeds_near, rocks, grass), "chamber": (armchair, table), "vault": (jar, cask), "summit": (rocks,),
    "deck": (cask, railings), "greenhouse": (leaves_in_pot, jar), "lily_pond": (reeds_near,), "hell": (rocks,),
}  # fmt: skip
"""What stands in a lower corner."""
_TALL: dict[str, tuple[Thing, ...]] = {
    "classroom": (curtain,), "room": (curtain, doorway), "corridor": (doorway, pillar), "stairs": (pillar,),
    "hospital": (curtain,), "library": (shelf_end,), "japanese_room": (doorway,), "farmhouse": (doorway,),
    "temple_hall": (pillar,), "parlour": (curtain, doorway), "restaurant": (curtain, pillar), "mansion": (curtain,
    pillar), "palace": (pillar, curtain), "street": (lamp_post,), "station": (pillar,), "forest": (trunk_near,),
    "park": (trunk_near, lamp_post), "garden": (trunk_near,), "temple": (trunk_near,), "road": (trunk_near,),
    "lake_house": (trunk_near,), "chamber": (curtain, pillar), "vault": (pillar,), "village": (trunk_near,),
    "river": (trunk_near,), "judgement_hall": (pillar,), "church": (trunk_near,), "deck": (pillar,),
    "office": (doorway,), "kitchen": (doorway,), "shop": (doorway,), "hospital_garden": (trunk_near, lamp_post),
    "theatre": (curtain,),
}  # fmt: skip
"""What stands from the upper edge to the lower one at a side."""
_OVER: dict[str, Thing] = {
    **dict.fromkeys(["forest", "field", "road", "river", "mountain", "garden", "park", "grave", "church"], branch),
    **dict.fromkeys(["village", "town", "temple"], eaves), "hospital_garden": branch,
    **dict.fromkeys(["pond", "ditch", "channel"], branch),
}  # fmt: skip
"""What hangs in from above."""
_LEAST = 0.16
"""Of the lesser side: what is narrower than this is not worth drawing."""


def paint_front(s: Scenery, place: str, clear: Sequence[Rect]) -> None:
    """Something near where nobody is; nothing where the place has nothing near."""
    words = [round(v) for box in clear for v in (box.x, box.right)]
    r = s.stage.random("front", place, round(s.stage.width), round(s.stage.height), *words)
    sides = free_sides(s, clear)
    low, tall = _LOW.get(place, ()), _TALL.get(place, ())
    if sides and (low or tall):
        if tall and (not low or r.random() < 0.36):
            r.choice(tall)(s, sides[0].tall_one(s.stage.height), r)
        elif low:
            r.choice(low)(s, sides[0], r)
    bare = _OVER.get(place) is branch and s.stage.snowy
    roofless = _OVER.get(place) is eaves and s.stage.today
    if place in _OVER and not bare and not roofless and r.random() < 0.6:
        high = _high(s, clear, r)
        if high is not None:
            _OVER[place](s, high, r)


def free_sides(s: Scenery, clear: Sequence[Rect]) -> list[Side]:
    """The lower corners that nobody reaches into, with the room they have."""
    w, h = s.stage.width, s.stage.height
    small = min(w, h)
    reached = [box for box in clear if box.bottom > h * 0.45]
    room = {1: min((box.x for box in reached), default=w), -1: w - max((box.right for box in reached), default=0.0)}
    found = []
    for side, free in room.items():
        wide = min(free * 0.9, small * 0.5, w * 0.34)
        if wide >= small * _LEAST:
            edge = -0.5 if side > 0 else w + 0.5
            found.append(Side(edge, side, h + 0.5, wide, min(h * 0.46, wide * 1.1)))
    return sorted(found, key=lambda side: -side.wide)


def _high(s: Scenery, clear: Sequence[Rect], r: Random) -> Side | None:
    """An upper corner that holds nobody."""
    w, h = s.stage.width, s.stage.height
    wide, tall = min(w * 0.4, h * 0.6), min(h * 0.24, w * 0.3)
    sides = [1, -1]
    r.shuffle(sides)
    for side in sides:
        box = Rect(x=0 if side > 0 else w - wide, y=0, width=wide, height=tall)
        if not any(box.overlap(c) for c in clear):
            return Side(-0.5 if side > 0 else w + 0.5, side, tall, wide, tall)
    return None
