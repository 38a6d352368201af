"""What is nearer to the viewer than the figures: leaves and grass, a branch, a door post, the edge of a table.

It is black or dark, cut by the picture's edge, and keeps to the corners that hold nobody. In: the stage, the place,
boxes to keep clear (mm). Out: marks over the figures.
"""

from collections.abc import Sequence
from math import cos, sin
from random import Random

from drawing.art.stage import Scenery
from drawing.ink.paths import Path, poly, smooth, stroke
from drawing.ink.pen import BLACK
from manga.geometry import Point, Rect

_GREEN = frozenset(
    ["forest", "field", "road", "river", "mountain", "garden", "village", "park", "temple", "grave", "church", "shore"]
)
_POSTS = frozenset(["room", "parlour", "japanese_room", "farmhouse", "corridor", "classroom", "library", "office"])
_SHARE = 0.17
"""How far a thing reaches into the picture, of its lesser side."""


def corners(width: float, height: float) -> dict[str, Rect]:
    """The boxes at the lower corners and the upper ones where something near may stand, mm."""
    k = _SHARE * min(width, height) * 1.5
    wide, tall = k * 1.3, k
    return {
        "left": Rect(x=0, y=height - tall, width=wide, height=tall),
        "right": Rect(x=width - wide, y=height - tall, width=wide, height=tall),
        "high_left": Rect(x=0, y=0, width=wide, height=tall),
        "high_right": Rect(x=width - wide, y=0, width=wide, height=tall),
    }


def paint_front(s: Scenery, place: str, clear: Sequence[Rect]) -> None:
    """Something near in the corners that keep clear of people; nothing where the place has nothing near."""
    boxes = corners(s.stage.width, s.stage.height)
    free = [name for name, box in boxes.items() if not any(box.overlap(c) for c in clear)]
    r = s.stage.random("front", place)
    if place in _GREEN:
        _green(s, boxes, free, r)
    elif place in _POSTS and {"left", "high_left"} <= set(free) and r.random() < 0.5:
        _post(s, left=True)
    elif place in _POSTS and {"right", "high_right"} <= set(free) and r.random() < 0.5:
        _post(s, left=False)


def _green(s: Scenery, boxes: dict[str, Rect], free: list[str], r: Random) -> None:
    low = [name for name in free if not name.startswith("high")]
    high = [name for name in free if name.startswith("high")]
    if low:
        side = r.choice(low)
        _grass(s, boxes[side], r, left=side == "left")
    if high and r.random() < 0.6:
        side = r.choice(high)
        _branch(s, boxes[side], r, left=side == "high_left")


def _grass(s: Scenery, box: Rect, r: Random, *, left: bool) -> None:
    """Blades that lean into the picture."""
    side = 1 if left else -1
    foot = box.x if left else box.right
    for i in range(15):
        x = foot + side * box.width * (0.72 * i / 14 - 0.06)
        tall = box.height * r.uniform(0.4, 1.0) * (1 - 0.5 * i / 14)
        lean = side * tall * r.uniform(-0.1, 0.5)
        way = ((x, box.bottom + 1), (x + lean * 0.3, box.bottom - tall * 0.55), (x + lean, box.bottom - tall))
        blade = stroke(way, box.width * 0.07, (0.1, 1), steps=5)
        s.canvas.stroke(blade, s.pen.weight * 1.1, 255)
        s.canvas.fill(blade)


def _branch(s: Scenery, box: Rect, r: Random, *, left: bool) -> None:
    """A bough with leaves that hangs in from above."""
    side = 1 if left else -1
    edge = box.x if left else box.right
    size = box.height * 0.3
    tip = (edge + side * box.width * 0.95, box.y + box.height * 0.5)
    bough = ((edge - side, box.y + box.height * 0.16), (edge + side * box.width * 0.5, box.y + box.height * 0.2), tip)
    leaves = [
        _leaf(_along(bough, t), size * r.uniform(0.7, 1.1), side, r) for t in (0.05, 0.2, 0.34, 0.46, 0.6, 0.74, 0.9)
    ]
    leaves += [_leaf(_along(bough, t), size * r.uniform(0.6, 0.9), -side, r) for t in (0.14, 0.4, 0.66)]
    for path in (stroke(bough, size * 0.2, (0.0, 0.9)), *leaves):
        s.canvas.stroke(path, s.pen.weight * 1.1, 255)
        s.canvas.fill(path)


def _along(way: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy) = way
    u = 1 - t
    return (u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy)


def _leaf(at: Point, size: float, side: int, r: Random) -> Path:
    turn = r.uniform(0.5, 1.5) if side > 0 else r.uniform(1.7, 2.6)
    dx, dy = cos(turn) * size, sin(turn) * size
    nx, ny = -dy * 0.3, dx * 0.3
    x, y = at
    middle = (x + dx * 0.5, y + dy * 0.5)
    sides = (middle[0] + nx, middle[1] + ny), (middle[0] - nx, middle[1] - ny)
    return smooth(((x, y), sides[0], (x + dx, y + dy), sides[1]), closed=True, tension=0.7)


def _post(s: Scenery, *, left: bool) -> None:
    """The frame of the door through which we look."""
    w, h = s.stage.width, s.stage.height
    wide = _SHARE * min(w, h) * 0.62
    out = -1.0 if left else w + 1
    inner = wide if left else w - wide
    s.pen.shape(poly(((out, -1), (inner, -1), (inner, h + 1), (out, h + 1))), BLACK, 1.4)
    slit = inner - (wide * 0.3 if left else -wide * 0.3)
    s.line((slit, -1), (slit, h + 1), 1.0, 255)
