"""What spirits wear on their heads. Coordinates: the head's own, chin near +0.5, hair to about -0.62; views look left.

Each name has its outline, for the silhouette, and its marks.
"""

from collections.abc import Callable
from math import cos, pi, sin, tau

from drawing.art.face import HeadView
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke, union
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point

Inked = tuple[tuple[Path, ...], Callable[[Pen], None]]
"""Outlines, and the marks."""

_MIDDLE: dict[HeadView, float] = {"front": 0.0, "three_quarter": 0.03, "profile": 0.08, "back": 0.0}
"""Of the skull, across."""


def _around(view: HeadView, angle: float, rx: float, ry: float) -> Point:
    """On an ellipse about the skull; `angle` in turns, 0 the top, clockwise."""
    a = angle * tau - pi / 2
    return (_MIDDLE[view] + rx * cos(a), -0.14 + ry * sin(a))


def _spikes(view: HeadView, n: int, spread: float, lengths: tuple[float, ...], wide: float) -> list[Path]:
    """Straight and pointed, away from the head."""
    found = []
    for k in range(n):
        at, long = spread * ((k + 0.5) / n - 0.5), lengths[k % len(lengths)]
        left, right = _around(view, at - wide, 0.44, 0.46), _around(view, at + wide, 0.44, 0.46)
        found.append(poly((left, _around(view, at, 0.5 + long, 0.52 + long), right)))
    return found


def icicles(view: HeadView) -> Inked:
    """Hair of ice: long thin spikes to all sides, and some that hang beside the face."""
    paths = _spikes(view, 13, 0.72, (0.36, 0.2, 0.46, 0.26), 0.024)
    for side in (-1, 1):
        for k, long in enumerate((0.5, 0.34)):
            x = _MIDDLE[view] + side * (0.42 + 0.07 * k)
            paths.append(poly(((x - 0.045, 0.1), (x + side * 0.03, 0.1 + long), (x + 0.045, 0.1))))

    def ink(pen: Pen) -> None:
        for path in paths:
            pen.shape(path, WHITE, 1.1)
            a, b = path[0], path[1]
            middle = ((float(a[1]) * 0.7 + float(b[1]) * 0.3), (float(a[2]) * 0.7 + float(b[2]) * 0.3))
            pen.straight((middle, (float(b[1]), float(b[2]))), 0.6)

    return tuple(paths), ink


def ice_band(view: HeadView) -> Inked:
    """A crown of shards on the brow."""
    shards = []
    for k in range(7):
        at = (k - 3) * 0.052
        x, y = _around(view, at, 0.42, 0.36)
        up = 0.24 if k % 2 else 0.36
        shards.append(poly(((x - 0.06, y + 0.04), (x + at * 0.8, y - up), (x + 0.06, y + 0.04))))

    def ink(pen: Pen) -> None:
        for path in shards:
            pen.shape(path, LIGHT_TONE, 1.1)

    return tuple(shards), ink


def rays(view: HeadView) -> Inked:
    """Thin rays between which there is air: of the sun, of the holy."""
    paths = _spikes(view, 20, 1.0, (0.52, 0.36), 0.009)

    def ink(pen: Pen) -> None:
        for path in paths:
            pen.shape(path, WHITE, 0.8)

    return tuple(paths), ink


def halo(view: HeadView) -> Inked:
    """A disc behind the head."""
    x = _MIDDLE[view]
    disc = ellipse(x, -0.14, 0.86, 0.86)

    def ink(pen: Pen) -> None:
        pen.shape(disc, WHITE, 1.2)
        pen.canvas.tone(disc, LIGHT_TONE.tone)
        pen.shape(ellipse(x, -0.14, 0.74, 0.74), WHITE, 0.8)

    return (disc,), ink


def ring(view: HeadView) -> Inked:
    """Of an angel: it floats over the crown."""
    x = _MIDDLE[view]
    outer = ellipse(x, -0.86, 0.36, 0.1)

    def ink(pen: Pen) -> None:
        pen.canvas.stroke(outer, 0.075)
        pen.canvas.stroke(outer, 0.04, 255)

    return (outer,), ink


def flames(view: HeadView) -> Inked:
    """Tongues of fire that rise from head and shoulders."""
    paths = []
    for k in range(11):
        at, long = 0.66 * ((k + 0.5) / 11 - 0.5), (0.5, 0.3, 0.4)[k % 3] * (1.15 - abs(k - 5) * 0.07)
        foot_l, foot_r = _around(view, at - 0.045, 0.44, 0.46), _around(view, at + 0.045, 0.44, 0.46)
        x, y = _around(view, at, 0.56, 0.56)
        tip = (x + (0.09 if k % 2 else -0.09), y - long)
        bend = (x - (0.1 if k % 2 else -0.1), y - long * 0.45)
        paths.append((("M", *foot_l), ("Q", *bend, *tip), ("Q", x + 0.1, y - long * 0.2, *foot_r), ("Z",)))
    whole: list[Path] = [tuple(path) for path in paths]

    def ink(pen: Pen) -> None:
        for path in whole:
            pen.shape(path, MID_TONE, 1.1)

    return tuple(whole), ink


_LOCKS = (
    ((-0.3, -0.5), (0.2, -0.9), (0.86, -0.92)), ((-0.1, -0.56), (0.46, -0.74), (1.06, -0.62)),
    ((0.2, -0.42), (0.66, -0.5), (1.16, -0.26)), ((0.3, -0.16), (0.62, -0.14), (1.0, 0.08)),
)  # fmt: skip
"""From the root to where the curl begins."""


def curls(view: HeadView) -> Inked:
    """Hair that streams back and rolls up at the ends, as water and wind do."""
    x, paths = _MIDDLE[view], []
    for root, bend, tip in _LOCKS:
        size = 0.17
        turn = [k * 0.8 - 1.4 for k in range(8)]
        roll = [(size * (1 - k / 10) * cos(a), size * (1 - k / 10) * sin(a)) for k, a in enumerate(turn)]
        way = [root, bend, *((tip[0] + dx, tip[1] + size + dy) for dx, dy in roll)]
        paths.append(stroke([(x + px, py) for px, py in way], 0.19, (0.0, 0.75), steps=4))

    def ink(pen: Pen) -> None:
        for path in paths:
            pen.shape(path, WHITE, 1.2)

    return tuple(paths), ink


def hood(view: HeadView) -> Inked:
    """Soft and wide, with a hem of down."""
    return _hood(view, black=False)


def black_hood(view: HeadView) -> Inked:
    return _hood(view, black=True)


def _hood(view: HeadView, *, black: bool) -> Inked:
    x = _MIDDLE[view]
    rim = ((-0.66, 0.62), (-0.66, -0.2), (-0.42, -0.74), (0.04, -0.96 if black else -0.86), (0.46, -0.72), (0.68, -0.2),
           (0.68, 0.62), (0.0, 0.74))  # fmt: skip
    cloth = smooth([(x + dx, y) for dx, y in rim], closed=True, tension=0.6)
    down = [ellipse(x + 0.6 * cos(a), -0.1 + 0.66 * sin(a), 0.12, 0.12) for a in [pi * (0.86 + k * 1.28 / 11)
            for k in range(12)]]  # fmt: skip

    def ink(pen: Pen) -> None:
        pen.shape(cloth, BLACK if black else WHITE, 1.3)
        if black:
            pen.contour(cloth, 0.8, 255)
            return
        for path in down:
            pen.shape(path, WHITE, 1.0)

    return (cloth, *(() if black else down)), ink


def branches(view: HeadView) -> Inked:
    """Two boughs with twigs, like antlers, and leaves at their ends."""
    x = _MIDDLE[view]
    parts: list[Path] = []
    leaves: list[Path] = []
    for side in (-1, 1):
        for way in (((0.2, -0.4), (0.34, -0.8), (0.5, -1.05)), ((0.3, -0.68), (0.5, -0.74), (0.72, -0.7)),
                    ((0.26, -0.58), (0.2, -0.84), (0.16, -1.0))):  # fmt: skip
            points = [(x + side * px, py) for px, py in way]
            parts.append(stroke(points, 0.085, (0.0, 0.7), steps=4))
            leaves += [_leaf(points[-1], side * a, 0.26) for a in (-0.5, 0.5, 1.4)]
    wood = union(*parts)

    def ink(pen: Pen) -> None:
        pen.shape(wood, DARK_TONE, 1.1)
        for path in leaves:
            pen.shape(path, LIGHT_TONE, 0.9)

    return (wood, *leaves), ink


def _leaf(at: Point, turn: float, size: float) -> Path:
    dx, dy = sin(turn) * size, -cos(turn) * size
    x, y = at
    one = (x + dx * 0.5 - dy * 0.3, y + dy * 0.5 + dx * 0.3)
    other = (x + dx * 0.5 + dy * 0.3, y + dy * 0.5 - dx * 0.3)
    return smooth(((x, y), one, (x + dx, y + dy), other), closed=True, tension=0.7)


def leaves(view: HeadView) -> Inked:
    """A wreath of leaves and berries."""
    spots = [(at, lean) for at in (-0.2, -0.14, -0.08, -0.02, 0.04, 0.1, 0.16, 0.22) for lean in (-0.5, 0.5)]
    found = [_leaf(_around(view, at, 0.41, 0.34), at * tau * 1.2 + lean, 0.24) for at, lean in spots]
    berries = [ellipse(*_around(view, at, 0.41, 0.34), 0.05, 0.05) for at in (-0.17, -0.05, 0.07, 0.19)]

    def ink(pen: Pen) -> None:
        for k, path in enumerate(found):
            pen.shape(path, MID_TONE if k % 2 else WHITE, 0.9)
        for path in berries:
            pen.canvas.fill(path)

    return tuple(found), ink


def wreath(view: HeadView) -> Inked:
    """Of flowers."""
    spots = [_around(view, at, 0.41, 0.34) for at in (-0.23, -0.15, -0.075, 0.0, 0.075, 0.15, 0.23)]
    petals = [ellipse(x + 0.075 * cos(a), y + 0.075 * sin(a), 0.062, 0.062) for x, y in spots for a in
              [k * tau / 5 for k in range(5)]]  # fmt: skip

    def ink(pen: Pen) -> None:
        for path in petals:
            pen.shape(path, WHITE, 0.9)
        for x, y in spots:
            pen.canvas.fill(ellipse(x, y, 0.032, 0.032))

    return tuple(petals), ink


def flakes(view: HeadView) -> Inked:
    """Stars of snow in the hair."""
    spots = [(*_around(view, at, 0.4, 0.36), k) for at, k in ((-0.17, 0.12), (-0.02, 0.16), (0.14, 0.11))]

    def ink(pen: Pen) -> None:
        for x, y, k in spots:
            arms = [(x + k * cos(a), y + k * sin(a)) for a in [n * pi / 3 for n in range(6)]]
            for grey, wide in ((255, 3.4), (0, 1.2)):
                for p in arms:
                    pen.straight(((x, y), p), wide, grey)

    return (), ink


def stones(view: HeadView) -> Inked:
    """A cap of hailstones."""
    spots = [(_around(view, at, rx, ry), size) for rx, ry, size, row in (
        (0.43, 0.36, 0.1, (-0.24, -0.16, -0.08, 0.0, 0.08, 0.16, 0.24)), (0.36, 0.5, 0.12, (-0.16, -0.06, 0.05, 0.15)),
        (0.2, 0.6, 0.12, (-0.1, 0.1))) for at in row]  # fmt: skip
    balls = [ellipse(*at, size, size) for at, size in spots]

    def ink(pen: Pen) -> None:
        for path, (at, size) in zip(reversed(balls), reversed(spots), strict=True):
            pen.shape(path, LIGHT_TONE, 1.1)
            pen.canvas.fill(ellipse(at[0] - size * 0.3, at[1] - size * 0.3, size * 0.3, size * 0.3), 255)

    return tuple(balls), ink


def crescent(view: HeadView) -> Inked:
    x = _MIDDLE[view] - (0.12 if view == "three_quarter" else 0.0)
    moon: Path = (("M", x - 0.26, -0.66), ("Q", x, -0.2, x + 0.26, -0.66), ("Q", x, -0.4, x - 0.26, -0.66), ("Z",))

    def ink(pen: Pen) -> None:
        pen.shape(moon, WHITE, 1.2)

    return (moon,), ink
