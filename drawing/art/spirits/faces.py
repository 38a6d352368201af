"""What spirits have in their faces and wear as caps: horns and fangs, a long nose, the knobs of a Buddha, a judge's
crown. Conventions as in on_head."""

from math import cos, sin

from drawing.art.face import HeadView
from drawing.art.spirits.head_gear import Inked
from drawing.ink.paths import ellipse, poly, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, WHITE, Pen

_EYES: dict[HeadView, float] = {"front": 0.0, "three_quarter": -0.11, "profile": -0.3, "back": 0.0}
"""Where the face's middle is, across."""


def horns(view: HeadView) -> Inked:
    """Two, bent inwards, with their rings."""
    roots = {"front": (-0.24, 0.24), "three_quarter": (-0.3, 0.16), "profile": (-0.12,), "back": (-0.24, 0.24)}[view]
    paths = []
    for x in roots:
        lean = 0.06 if x < _EYES[view] else -0.06
        inner, outer = (x - 0.075 - lean * 0.8, -0.68), (x + 0.09 - lean * 0.2, -0.7)
        paths.append(poly([(x - 0.1, -0.46), inner, (x + lean, -0.98), outer, (x + 0.1, -0.46)]))

    def ink(pen: Pen) -> None:
        for x, path in zip(roots, paths, strict=True):
            pen.shape(path, WHITE, 1.3)
            for y, half in ((-0.56, 0.085), (-0.66, 0.07), (-0.76, 0.05)):
                pen.curve(((x - half, y), (x, y + 0.03), (x + half, y)), 0.9)

    return tuple(paths), ink


def fangs(view: HeadView) -> Inked:
    """Two from below."""
    if view in {"back", "profile"}:
        return (), lambda pen: None
    x, k = _EYES[view] + 0.01, (1.0 if view == "front" else 0.8)
    teeth = [poly(((x + d * k - 0.026, 0.385), (x + d * k, 0.3), (x + d * k + 0.026, 0.385))) for d in (-0.1, 0.1)]

    def ink(pen: Pen) -> None:
        for path in teeth:
            pen.shape(path, WHITE, 0.8)

    return (), ink


def long_nose(view: HeadView) -> Inked:
    x = _EYES[view]
    out = {"front": 0.05, "three_quarter": -0.56, "profile": -0.78, "back": 0.0}[view]
    if view == "back":
        return (), lambda pen: None
    tip = (x + out, 0.16 if out < 0 else 0.34)
    nose = stroke(((x, 0.17), (x + out * 0.5, 0.2 if out < 0 else 0.26), tip), 0.14, (0.3, 0.1), steps=5)

    def ink(pen: Pen) -> None:
        pen.shape(nose, LIGHT_TONE, 1.2)

    return (nose,), ink


def small_cap(view: HeadView) -> Inked:
    """Of a mountain priest: a little black box on the brow, with its strings."""
    x = _EYES[view] * 0.7
    box = poly(((x - 0.13, -0.44), (x - 0.11, -0.66), (x + 0.11, -0.66), (x + 0.13, -0.44)))

    def ink(pen: Pen) -> None:
        pen.shape(box, BLACK, 1.0)
        pen.contour(box, 0.7, 255)

    return (box,), ink


def brow_cloth(view: HeadView) -> Inked:
    """The white triangle of the dead."""
    if view == "back":
        return (), lambda pen: None
    x = _EYES[view]
    cloth = poly(((x - 0.2, -0.24), (x, -0.6), (x + 0.2, -0.24)))

    def ink(pen: Pen) -> None:
        pen.straight(((x - 0.34, -0.2), (x + 0.36, -0.2)), 2.4)
        pen.straight(((x - 0.34, -0.2), (x + 0.36, -0.2)), 1.2, 255)
        pen.shape(cloth, WHITE, 1.2)

    return (cloth,), ink


def puffed(view: HeadView) -> Inked:
    """Cheeks full of air, and the breath before the mouth."""
    if view == "back":
        return (), lambda pen: None
    x = _EYES[view]

    def ink(pen: Pen) -> None:
        for side in (-1, 1) if view == "front" else (1,):
            cx = x + side * 0.2
            pen.curve([(cx + 0.1 * side * cos(a), 0.24 + 0.11 * sin(a)) for a in (-1.9, -1.0, 0.0, 1.0, 1.7)], 1.1)
        if view != "front":
            for dy in (-0.06, 0.02, 0.1):
                pen.line(((x - 0.34, 0.3 + dy), (x - 0.62, 0.3 + dy * 2.2), (x - 0.86, 0.26 + dy * 3)), 1.0, (0.3, 1))

    return (), ink


def knobs(view: HeadView) -> Inked:
    """Hair in rows of snail shells over the whole skull, the bump on the crown, the mark on the brow, long lobes."""
    x = {"front": 0.0, "three_quarter": 0.04, "profile": 0.1, "back": 0.0}[view]
    low = 0.3 if view == "back" else -0.2
    side = 0.02 if view != "front" else low
    rim = ((-0.41, low), (-0.42, -0.3), (-0.3, -0.55), (0.0, -0.64), (0.3, -0.55), (0.42, -0.3), (0.42, side),
           (0.2, low - 0.06), (0.0, low - 0.14), (-0.24, low - 0.07))  # fmt: skip
    cap = smooth([(x + dx, y) for dx, y in rim], closed=True, tension=0.4)
    bump = ellipse(x, -0.64, 0.2, 0.17)

    def ink(pen: Pen) -> None:
        pen.shape(bump, BLACK, 1.1)
        pen.shape(cap, BLACK, 1.2)
        shells: list[tuple[str | float, ...]] = []
        for row in range(6):
            y = -0.76 + 0.1 * row
            half = (0.1, 0.2, 0.32, 0.38, 0.4, 0.4)[row]
            n = max(2, round(half / 0.052))
            for k in range(n + 1):
                u = x - half * 0.92 + half * 1.84 * k / n
                if y < low - 0.04 or view == "back":
                    shells += ellipse(u, y, 0.032, 0.03)
        pen.canvas.stroke(tuple(shells), pen.weight * 0.8, 255)
        if view == "back":
            return
        pen.canvas.fill(ellipse(_EYES[view], -0.1, 0.026, 0.026))
        for side in (-1, 1) if view == "front" else (1,):
            ear = {"front": side * 0.39, "three_quarter": 0.24, "profile": 0.12}[view]
            pen.shape(smooth(((ear - 0.05, 0.02), (ear + 0.05, 0.02), (ear + 0.055, 0.3), (ear + 0.015, 0.42),
                              (ear - 0.035, 0.32)), closed=True, tension=0.5), WHITE, 1.0)  # fmt: skip
            pen.curve(((ear, 0.1), (ear + 0.01, 0.34)), 0.8)

    return (cap, bump), ink


def judge(view: HeadView) -> Inked:
    """The crown of the judge of the dead: a high black cap with wings and the sign of a king, strings of beads."""
    x = {"front": 0.0, "three_quarter": -0.03, "profile": 0.0, "back": 0.0}[view]
    rim = (
        (-0.42, -0.28),
        (-0.46, -0.6),
        (-0.34, -0.98),
        (0.0, -0.9),
        (0.34, -0.98),
        (0.46, -0.6),
        (0.42, -0.28),
        (0, -0.36),
    )
    cap = poly([(x + dx, y) for dx, y in rim])
    wings = [stroke(((x + side * 0.42, -0.5), (x + side * 0.68, -0.58), (x + side * 0.92, -0.46)), 0.14, (0.2, 0.4))
             for side in (-1, 1)]  # fmt: skip
    plate = poly([(x - 0.15, -0.46), (x - 0.15, -0.8), (x + 0.15, -0.8), (x + 0.15, -0.46)])

    def ink(pen: Pen) -> None:
        for path in (*wings, cap):
            pen.shape(path, BLACK, 1.1)
            pen.contour(path, 0.8, 255)
        if view == "back":
            return
        pen.shape(plate, WHITE, 1.1)
        for y in (-0.73, -0.635, -0.54):
            pen.straight(((x - 0.09, y), (x + 0.09, y)), 1.8)
        pen.straight(((x, -0.73), (x, -0.54)), 1.8)
        for side in (-1, 1):
            beads = [op for k in range(4) for op in ellipse(x + side * 0.44, -0.2 + 0.11 * k, 0.035, 0.045)]
            pen.shape(tuple(beads), DARK_TONE, 0.8)

    return (cap, *wings), ink
