"""What of a hair style hangs behind the neck: nape, bob, long hair, tails, buns, and what ties them."""

from drawing.art.face import HeadView, shifted
from drawing.art.hair.styles import HairStyle
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from manga.geometry import Point


def hair_behind(style: HairStyle, view: HeadView) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Hair behind the neck, and ribbons or cords."""
    if style.back in {"bob", "long"}:
        return (_curtain(0.5 if style.back == "bob" else 1.42, view, flare=style.back == "bob"),), ()
    if style.back == "nape":
        return (_nape(view),), ()
    if style.back in {"ponytail", "twintail", "bun", "topknot"}:
        return _tied(style.back, view)
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
    half = 0.5 if flare else 0.48
    if view == "profile":
        outer = [
            (0.16, -0.5),
            (0.52, -0.3),
            (0.55, 0.1),
            (0.54, length * 0.7),
            (0.44, length),
            (0.3, length - 0.05),
            (0.2, length + 0.02),
            (0.1, length - 0.08),
            (0.1, 0.0),
        ]
        return smooth(outer, closed=True, tension=0.8)
    k = 1 if flare else 0.9
    points = [(-0.44, -0.2), (-half - 0.02, 0.1), (-half - 0.02, length * 0.65), (-half * k, length)]
    teeth = []
    for i in range(1, 8):
        x = half * k * (-1 + i / 4)
        teeth.append((x, length + (0.05 if i % 2 else -0.05) - 0.02 * (i % 3)))
    mirrored = [(-x, y) for x, y in reversed(points)]
    left = smooth([shifted(x, y, view) for x, y in points], tension=1)
    right = smooth([shifted(x, y, view) for x, y in mirrored], tension=1)
    middle = tuple(("L", *shifted(x, y, view)) for x, y in teeth)
    return (
        *left,
        *middle,
        ("L", *right[0][1:]),
        *right[1:],
        ("Q", *shifted(0, -0.8, view), *shifted(-0.44, -0.2, view)),
        ("Z",),
    )


def _tail(points: tuple[Point, ...], width: float) -> Path:
    return stroke(points, width, (0.4, 0.85), steps=6)


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
    if back == "bun":
        x, y = {"front": (0.0, -0.72), "three_quarter": (0.24, -0.68), "profile": (0.5, -0.36), "back": (0.0, -0.42)}[
            view
        ]
        return (ellipse(x, y, 0.2, 0.17),), (stroke(((x - 0.26, y - 0.1), (x + 0.24, y + 0.06)), 0.035, (0.3, 0.3)),)
    x, y = {"front": (0.0, -0.66), "three_quarter": (0.06, -0.68), "profile": (0.16, -0.68), "back": (0.0, -0.6)}[view]
    forward = {"front": 0.0, "three_quarter": -0.1, "profile": -0.2, "back": 0.0}[view]
    knot = stroke(
        ((x + 0.12, y + 0.06), (x + 0.02, y - 0.08), (x + forward - 0.02, y + 0.0)), 0.13, (0.2, 0.2), steps=4
    )
    return (knot,), (ellipse(x + 0.04, y - 0.03, 0.05, 0.07),)
