"""What is nearer to the viewer than the figures: furniture, plants, a post; large, dark, and cut by the picture's edge.

In: the stage, the place, boxes to keep clear (mm). Out: marks over the figures, on the side that has room.
"""

from collections.abc import Callable, Sequence
from random import Random

from drawing.art.settings.foreground_plants import (
    branch,
    bush_near,
    eaves,
    fence_near,
    grass,
    reeds_near,
    rocks,
    trunk_near,
)
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
from drawing.art.stage import Scenery
from manga.geometry import Rect

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
    "tarn_house": (reeds_near, rocks, grass), "chamber": (armchair, table), "vault": (jar, cask), "summit": (rocks,),
    "deck": (cask, railings), "greenhouse": (leaves_in_pot, jar), "lotus_pond": (reeds_near,), "hell": (rocks,),
}  # fmt: skip
"""What stands in a lower corner."""
_TALL: dict[str, tuple[Thing, ...]] = {
    "classroom": (curtain,), "room": (curtain, doorway), "corridor": (doorway, pillar), "stairs": (pillar,),
    "hospital": (curtain,), "library": (shelf_end,), "japanese_room": (doorway,), "farmhouse": (doorway,),
    "temple_hall": (pillar,), "parlour": (curtain, doorway), "restaurant": (curtain, pillar), "mansion": (curtain,
    pillar), "palace": (pillar, curtain), "street": (lamp_post,), "station": (pillar,), "forest": (trunk_near,),
    "park": (trunk_near, lamp_post), "garden": (trunk_near,), "temple": (trunk_near,), "road": (trunk_near,),
    "tarn_house": (trunk_near,), "chamber": (curtain, pillar), "vault": (pillar,), "village": (trunk_near,),
    "river": (trunk_near,), "hell_court": (pillar,), "church": (trunk_near,), "deck": (pillar,),
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
