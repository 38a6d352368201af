"""Men's hair: brow, temples and ears free; hair bound on the crown, topknots, the folded knot over a shaved pate.

In: a view. Out: paths in the head's coordinates, and where the hair runs together.
"""

from dataclasses import dataclass, replace
from math import atan2, cos, pi, sin

from drawing.art.face import HeadView
from drawing.art.hair.styles import HairStyle, of_grown_men, styles
from drawing.ink.paths import Path, mapped, smooth, stroke, union
from manga.characters import Age, Look
from manga.geometry import Point

_SHAVEN = frozenset({"samurai", "hakama", "kimono"})
"""With these clothes a topknot lies on a shaved pate; who works in the field does not shave it."""
_THIN = frozenset({"short", "messy", "spiky"})
"""Locks that an old man has no more."""
_GROWN = frozenset({Age.ADULT, Age.ELDER, Age.TEEN})


def worn(look: Look) -> HairStyle:
    """The style as this person wears it."""
    name = "parted" if look.age is Age.ELDER and look.hair_style in _THIN else look.hair_style
    if look.gender == "female" or look.age not in _GROWN or name not in of_grown_men():
        return styles()[look.hair_style]
    style = of_grown_men()[name]
    if look.hair_style == "topknot" and look.outfit in _SHAVEN:
        return replace(style, cap="pate", fringe=())
    return style


@dataclass(frozen=True, slots=True)
class Knot:
    """`behind` is drawn before the head, `over` after its hair; the hair flows to `root`, or out of sight."""

    root: Point | None
    behind: tuple[Path, ...] = ()
    over: tuple[Path, ...] = ()
    ties: tuple[Path, ...] = ()


def knot(back: str, view: HeadView, *, shaven: bool, ribbons: bool) -> Knot:
    """What a man's hair is bound to."""
    if back == "topknot":
        return _folded(view) if shaven else _whisk(view)
    return _tail(view) if back == "ponytail" else _bound(view, ribbons=ribbons)


_CROWNS: dict[HeadView, tuple[float, float, float]] = {
    "front": (0.0, -0.59, 0.0), "three_quarter": (0.15, -0.585, 0.16), "profile": (0.26, -0.555, 0.42),
    "back": (0.0, -0.58, 0.0),
}  # fmt: skip
"""Where a knot stands on the crown, and how far it leans back."""


def _stood(points: tuple[Point, ...], view: HeadView, tension: float) -> Path:
    """A shape whose root is the origin and which grows upwards, on the crown."""
    x0, y0, lean = _CROWNS[view]
    c, s = cos(lean), sin(lean)
    return mapped(smooth(points, closed=True, tension=tension), lambda x, y: (x0 + c * x - s * y, y0 + s * x + c * y))


def _whisk(view: HeadView) -> Knot:
    brush = (
        (-0.075, 0.06), (-0.05, -0.06), (-0.075, -0.13), (-0.135, -0.2), (-0.07, -0.185), (-0.062, -0.255),
        (-0.012, -0.2), (0.04, -0.27), (0.052, -0.195), (0.13, -0.225), (0.08, -0.13), (0.05, -0.06), (0.075, 0.06),
    )  # fmt: skip
    cord = ((-0.06, -0.045), (0.0, -0.03), (0.06, -0.045), (0.06, -0.1), (0.0, -0.085), (-0.06, -0.1))
    x, y, _ = _CROWNS[view]
    return Knot((x, y), (_stood(brush, view, 0.35),), (), (_stood(cord, view, 0.4),))


def _bound(view: HeadView, *, ribbons: bool) -> Knot:
    ball = ((-0.085, 0.06), (-0.09, -0.05), (-0.132, -0.1), (-0.118, -0.18), (-0.02, -0.222), (0.092, -0.2),
            (0.134, -0.12), (0.09, -0.05), (0.085, 0.06))  # fmt: skip
    band = ((-0.096, 0.0), (0.0, 0.025), (0.096, 0.0), (0.1, -0.05), (0.0, -0.03), (-0.1, -0.05))
    x, y, _ = _CROWNS[view]
    ends: tuple[Path, ...] = ()
    if ribbons:
        ends = tuple(_ribbon((x + dx, y - 0.015), view, long) for dx, long in ((0.07, 0.44), (0.09, 0.34)))
    back = view == "back"
    parts = (_stood(ball, view, 0.5),)
    return Knot((x, y), parts, (), (*(ends if back else ()), _stood(band, view, 0.4), *(() if back else ends)))


def _ribbon(start: Point, view: HeadView, long: float) -> Path:
    """The end of the cloth round a knot: it falls beside the head in a wave."""
    x, y = start
    out = {"front": 0.26, "three_quarter": 0.22, "profile": 0.2, "back": 0.1}[view] * (1.6 - long * 1.4)
    way = ((x, y), (x + out * 0.75, y + 0.02), (x + out, y + long * 0.45), (x + out * 0.86, y + long * 0.75),
           (x + out * 1.1, y + long))  # fmt: skip
    return stroke(way, 0.036, (0.5, 0.0), steps=6)


_FOLDS: dict[HeadView, tuple[tuple[Point, ...], tuple[Point, Point]]] = {
    "front": (
        ((-0.06, -0.5), (-0.074, -0.62), (-0.062, -0.7), (0.0, -0.725), (0.062, -0.7), (0.074, -0.62), (0.06, -0.5),
         (0.0, -0.485)), ((-0.075, -0.635), (0.075, -0.635)),
    ),
    "three_quarter": (
        ((0.27, -0.5), (0.275, -0.63), (0.21, -0.715), (0.06, -0.725), (-0.09, -0.665), (-0.1, -0.6), (-0.02, -0.61),
         (0.1, -0.645), (0.155, -0.6), (0.16, -0.54)), ((0.105, -0.63), (0.2, -0.7)),
    ),
    "profile": (
        ((0.43, -0.42), (0.42, -0.56), (0.36, -0.66), (0.22, -0.7), (0.04, -0.675), (-0.05, -0.61), (-0.025, -0.565),
         (0.08, -0.59), (0.22, -0.62), (0.28, -0.59), (0.31, -0.5)), ((0.265, -0.6), (0.375, -0.64)),
    ),
    "back": (
        ((-0.085, -0.4), (-0.06, -0.56), (-0.07, -0.68), (0.0, -0.74), (0.07, -0.68), (0.06, -0.56), (0.085, -0.4),
         (0.0, -0.37)), ((-0.07, -0.56), (0.07, -0.56)),
    ),
}  # fmt: skip
"""Tied at the back of the crown, and laid forward over the pate: its outline, and its cord."""


def _folded(view: HeadView) -> Knot:
    points, (a, b) = _FOLDS[view]
    turn = atan2(b[1] - a[1], b[0] - a[0]) + pi / 2
    dx, dy = cos(turn) * 0.02, sin(turn) * 0.02
    cords = tuple(
        stroke(((a[0] + dx * k, a[1] + dy * k), (b[0] + dx * k, b[1] + dy * k)), 0.022, (0.2, 0.2)) for k in (-1, 1)
    )
    root = {"front": (0.0, -0.6), "three_quarter": (0.22, -0.52), "profile": (0.37, -0.45), "back": (0.0, -0.4)}[view]
    return Knot(root, (), (smooth(points, closed=True, tension=0.5),), cords)


_TAILS: dict[HeadView, tuple[Point, ...]] = {
    "front": ((0.12, 0.1), (0.34, 0.2), (0.44, 0.45), (0.36, 0.86)),
    "three_quarter": ((0.44, -0.16), (0.58, -0.12), (0.62, 0.26), (0.5, 0.78)),
    "profile": ((0.47, -0.18), (0.64, -0.16), (0.68, 0.26), (0.56, 0.84)),
    "back": ((0.0, -0.16), (0.05, 0.05), (0.05, 0.5), (0.0, 0.95)),
}


def _tail(view: HeadView) -> Knot:
    """A tail from the back of the head, its end in uneven locks."""
    way = _TAILS[view]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = way
    locks = [stroke(way, 0.19, (0.35, 0.95), steps=6)]
    for side, cut in ((-1, 0.16), (1, 0.28)):
        aside = ((ax, ay), (bx + side * 0.02, by), (cx + side * 0.03, cy), (dx + side * 0.09, dy - cut))
        locks.append(stroke(aside, 0.14, (0.35, 0.95), steps=6))
    if view == "front":
        return Knot(None, (union(*locks),))
    turn = atan2(by - ay, bx - ax) + pi / 2
    dx, dy = cos(turn) * 0.07, sin(turn) * 0.07
    cord = stroke(((ax + 0.03 - dx, ay - dy), (ax + 0.03 + dx, ay + dy)), 0.045, (0.2, 0.2))
    return Knot(None if view == "three_quarter" else (ax, ay), (union(*locks),), (), (cord,))
