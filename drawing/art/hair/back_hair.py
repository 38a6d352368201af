"""Hair that hangs behind the neck: nape, bob, long hair, tails, buns, braids, and what ties them."""

from collections.abc import Sequence
from math import atan2, pi

from drawing.art.face import HeadView, shifted
from drawing.art.hair.styles import HairStyle
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke, union
from manga.geometry import Point

_LINKS = 12


def plaits(back: str, view: HeadView) -> tuple[Path, ...]:
    """The links from the lowest to the highest, so that each lies over the one below it."""
    if back == "braid":
        return _braid(_single(view), 0.13)
    if back != "braids":
        return ()
    if view == "profile":
        return _braid(((0.22, 0.3), (0.2, 0.6), (0.1, 1.0), (0.06, 1.4)), 0.12)
    found: list[Path] = []
    for side in (-1, 1):
        far = view == "three_quarter" and side < 0
        way = ((0.39, 0.26), (0.44, 0.56), (0.42, 0.95), (0.36, 1.4))
        points = [shifted(side * x * (1.05 if far else 1.0), y, view) for x, y in way]
        found += _braid(points, 0.1 if far else 0.115)
    return tuple(found)


def _single(view: HeadView) -> tuple[Point, ...]:
    """Down the back; seen from before, it comes over one shoulder."""
    if view == "back":
        return ((0.0, 0.22), (0.02, 0.7), (-0.02, 1.2), (0.0, 1.75))
    if view == "profile":
        return ((0.42, 0.14), (0.52, 0.6), (0.5, 1.1), (0.44, 1.6))
    return ((0.38, 0.3), (0.43, 0.6), (0.36, 1.05), (0.28, 1.5))


def _braid(way: Sequence[Point], half: float) -> tuple[Path, ...]:
    links: list[Path] = []
    for i in range(_LINKS):
        (x, y), (dx, dy) = _on(way, i / _LINKS)
        turn = atan2(dy, dx) - pi / 2 + (0.8 if i % 2 else -0.8)
        k = half * (1 - 0.3 * i / _LINKS)
        aside = k * (0.34 if i % 2 else -0.34)
        links.append(ellipse(x + aside, y, k * 0.62, k * 0.98, turn))
    (x, y), _ = _on(way, 1.0)
    links.append(ellipse(x, y - half * 0.5, half * 0.5, half * 0.34))
    tuft = ((x - half * 0.45, y - half * 0.4), (x - half * 0.9, y + half * 0.9), (x - half * 0.2, y + half * 1.9),
            (x + half * 0.1, y + half * 1.3), (x + half * 0.5, y + half * 2.1), (x + half * 0.8, y + half * 0.7),
            (x + half * 0.45, y - half * 0.4))  # fmt: skip
    links.append(smooth(tuft, closed=True, tension=0.35))
    return tuple(reversed(links))


def _on(way: Sequence[Point], t: float) -> tuple[Point, Point]:
    """A point of a line of three stretches, and its direction."""
    at = min(2.999, t * 3)
    i = int(at)
    (ax, ay), (bx, by) = way[i], way[i + 1]
    return (ax + (bx - ax) * (at - i), ay + (by - ay) * (at - i)), (bx - ax, by - ay)


CURTAINS = frozenset({"bob", "long", "half_up", "wavy"})
"""What falls loose behind the neck."""
_TIED = frozenset({"ponytail", "twintail", "bun", "two_buns", "shimada"})


def hair_behind(style: HairStyle, view: HeadView, *, plain: bool) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Hair behind the neck, and ribbons or cords; a `plain` bun has a cloth round it instead of a pin."""
    if style.back in {"bob", "long"}:
        return (_curtain(0.5 if style.back == "bob" else 1.42, view, flare=style.back == "bob"),), ()
    if style.back == "wavy":
        return (_waves(view),), ()
    if style.back == "half_up":
        knots, ties = _tied("half_up", view)
        return (_curtain(1.2, view, flare=False), *knots), ties
    if style.back in {"nape", "braids", "braid"}:
        return (_nape(view),), ()
    if style.back in _TIED:
        return _bun(view, plain=plain) if style.back == "bun" else _tied(style.back, view)
    return (), ()


def _nape(view: HeadView) -> Path:
    if view in {"profile", "back"}:
        return ()
    points = [
        (-0.41, -0.1),
        (-0.43, 0.1),
        (-0.36, 0.3),
        (-0.3, 0.24),
        (-0.16, 0.38),
        (0.0, 0.32),
        (0.16, 0.38),
        (0.31, 0.26),
        (0.38, 0.3),
        (0.44, 0.1),
        (0.42, -0.1),
        (0.0, -0.5),
    ]
    return poly([shifted(x, y, view) for x, y in points])


def _curtain(length: float, view: HeadView, *, flare: bool) -> Path:
    """Hair that falls behind the neck; a bob curls inwards, long hair ends in uneven points."""
    if view == "profile":
        return _side_curtain(length, flare=flare)
    half = 0.5 if flare else 0.47
    inward = 0.8 if flare else 0.92
    outer = [(-0.43, -0.3), (-half - 0.02, 0.0), (-half - 0.03, length * 0.62), (-half * inward, length)]
    left = smooth([shifted(x, y, view) for x, y in outer], tension=0.55)
    right = smooth([shifted(-x, y, view) for x, y in reversed(outer)], tension=0.55)
    ops: list[tuple[str | float, ...]] = list(left)
    n, last = 7, (-half * inward, length)
    for i in range(n):
        x = half * inward * (-1 + 2 * (i + 1) / n)
        deep = (0.07, 0.03, 0.09, 0.05, 0.08, 0.02, 0.0)[i] * (1.0 if flare else 1.7)
        notch = (x, length - 0.02 - deep * 0.4) if i < n - 1 else (half * inward, length)
        tip = (last[0] + (x - last[0]) * (0.3 if i < n // 2 else 0.7), length + deep)
        ops += [("Q", *shifted(last[0], length + deep * 0.3, view), *shifted(*tip, view)),
                ("Q", *shifted(notch[0], length + deep * 0.3, view), *shifted(*notch, view))]  # fmt: skip
        last = notch
    return (*ops, *right[1:], ("Q", *shifted(0, -0.8, view), *shifted(-0.43, -0.3, view)), ("Z",))


def _side_curtain(length: float, *, flare: bool) -> Path:
    inward = 0.14 if flare else 0.04
    outer = ((0.16, -0.55), (0.48, -0.36), (0.555, -0.02), (0.55, length * 0.6), (0.5 - inward, length))
    back = smooth(outer, tension=0.55)
    ops: list[tuple[str | float, ...]] = list(back)
    x = 0.5 - inward
    for k in range(4):
        nx = x - (x - 0.06) / (4 - k)
        deep = (0.04, 0.08, 0.03, 0.06)[k]
        ops += [
            ("Q", x, length + deep * 0.3, x + (nx - x) * 0.35, length + deep),
            ("Q", nx, length + deep * 0.2, nx, length - 0.03),
        ]
        x = nx
    return (*ops, ("L", 0.1, 0.0), ("Z",))


def _waves(view: HeadView) -> Path:
    """Long hair in waves: its edges swing out and in."""
    if view == "profile":
        back = ((0.14, -0.56), (0.46, -0.4), (0.58, -0.1), (0.5, 0.14), (0.62, 0.38), (0.52, 0.6), (0.62, 0.86),
                (0.46, 1.12), (0.3, 0.98), (0.2, 1.1), (0.14, 0.86), (0.22, 0.6), (0.12, 0.36),
                (0.16, 0.1))  # fmt: skip
        return smooth(back, closed=True, tension=0.8)
    side = ((0.42, -0.34), (0.52, -0.06), (0.46, 0.16), (0.6, 0.4), (0.5, 0.62), (0.62, 0.86), (0.44, 1.12))
    ends = ((0.3, 0.98), (0.14, 1.1), (0.0, 0.98), (-0.14, 1.1), (-0.3, 0.98))
    points = [(0.0, -0.6), *side, *ends, *((-x, y) for x, y in reversed(side))]
    return smooth([shifted(x, y, view) for x, y in points], closed=True, tension=0.8)


def _tail(points: tuple[Point, ...], width: float) -> Path:
    """A bundle whose end splits into locks."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    main = stroke(points, width, (0.4, 0.95), steps=6)
    long = dy - ay
    locks: list[Path] = []
    for side, cut in ((-1, 0.14), (1, 0.22)):
        way = ((ax, ay), (bx + side * 0.03, by), (cx + side * 0.05, cy * 0.9), (dx + side * 0.17, dy - long * cut))
        locks.append(stroke(way, width * 0.62, (0.4, 0.95), steps=6))
    return union(main, *locks)


def _tied(back: str, view: HeadView) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    if back == "ponytail":
        root = {"front": (0.2, -0.56), "three_quarter": (0.4, -0.46), "profile": (0.44, -0.42), "back": (0.0, -0.34)}[
            view
        ]
        tip = (root[0] + (0.3 if view != "back" else 0.06), 0.62)
        tail = _tail((root, (root[0] + 0.3, root[1] - 0.06), (root[0] + 0.38, root[1] + 0.5), tip), 0.34)
        return (tail,), (ellipse(root[0], root[1], 0.07, 0.09, 0.6),)
    if back == "twintail":
        sides = (-1, 1) if view != "profile" else (1,)
        tails, ties = [], []
        for side in sides:
            x, y = shifted(side * 0.4, -0.3, view) if view != "profile" else (0.3, -0.3)
            tails.append(
                _tail(((x, y), (x + side * 0.28, y + 0.02), (x + side * 0.34, y + 0.6), (x + side * 0.2, y + 1.2)), 0.3)
            )
            ties.append(ellipse(x, y, 0.055, 0.08, side * 0.5))
        return tuple(tails), tuple(ties)
    return _knots(back, view)


def _bun(view: HeadView, *, plain: bool) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    places = {"front": (0.0, -0.72), "three_quarter": (0.24, -0.68), "profile": (0.5, -0.36), "back": (0.0, -0.42)}
    x, y = places[view]
    y += 0.06 if view != "profile" else 0.0
    size = 0.8 if plain else 1.0
    ball = ((-0.22, 0.05), (-0.19, -0.1), (-0.06, -0.18), (0.08, -0.17), (0.2, -0.08), (0.22, 0.06), (0.0, 0.17))
    knot = smooth([(x + dx * size, y + dy * size) for dx, dy in ball], closed=True, tension=0.6)
    if plain:
        ends = ((-0.16, 0.06), (0.16, 0.06)) if view != "profile" else ((-0.12, -0.1), (-0.08, 0.13))
        return (knot,), (stroke([(x + dx, y + dy) for dx, dy in ends], 0.07, (0.4, 0.4)),)
    pin = stroke(((x + 0.1, y), (x + 0.33, y - 0.11)), 0.03, (0.2, 0.0))
    return (knot,), (union(pin, ellipse(x + 0.34, y - 0.115, 0.045, 0.045)),)


def _knots(back: str, view: HeadView) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Knots above the head and what is stuck through them."""
    if back == "two_buns":
        sides = (1,) if view == "profile" else (-1, 1)
        at = [(0.2, -0.62) if view == "profile" else shifted(side * 0.33, -0.6, view) for side in sides]
        rings = tuple(ellipse(x * 0.92, y + 0.1, 0.1, 0.035, 0.5 if x > 0 else -0.5) for x, y in at)
        return tuple(ellipse(x, y, 0.19, 0.18) for x, y in at), rings
    x, y = {"front": (0.0, -0.68), "three_quarter": (0.18, -0.66), "profile": (0.44, -0.4), "back": (0.0, -0.42)}[view]
    if back == "half_up":
        bow = union(ellipse(x - 0.13, y - 0.02, 0.13, 0.08, 0.4), ellipse(x + 0.13, y - 0.02, 0.13, 0.08, -0.4))
        return (), (bow, ellipse(x, y, 0.045, 0.05))
    knot = smooth(((x - 0.3, y + 0.12), (x - 0.26, y - 0.06), (x - 0.1, y - 0.15), (x + 0.14, y - 0.15),
                   (x + 0.3, y - 0.05), (x + 0.3, y + 0.12), (x, y + 0.2)), closed=True, tension=0.6)  # fmt: skip
    comb = smooth(((x - 0.2, y + 0.13), (x, y + 0.02), (x + 0.2, y + 0.13), (x, y + 0.17)), closed=True, tension=0.7)
    pin = stroke(((x + 0.2, y + 0.06), (x + 0.46, y - 0.06)), 0.028, (0.2, 0.0))
    drops = tuple(ellipse(x + 0.47, y + 0.0 + 0.08 * i, 0.028, 0.034) for i in range(3))
    return (knot,), (comb, union(pin, *drops))
