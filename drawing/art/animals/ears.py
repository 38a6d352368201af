"""Ears by kind and mood. In: breed, view, how pricked. Out: outlines and marks in the head's coordinates."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.face import HeadView
from drawing.ink.paths import Path, ellipse, smooth, stroke
from drawing.ink.pen import BLACK, WHITE, Pen
from manga.geometry import Point

_EARLESS = frozenset({"shell", "bird", "owl"})
_ROUND = {"round": (0.12, -0.1, 0.24, 0.25), "round_low": (0.1, -0.02, 0.15, 0.17), "side": (0.26, 0.24, 0.15, 0.17),
          "small": (0.08, -0.04, 0.12, 0.13)}  # fmt: skip
"""Round ears: how far aside and down from their root, and half their size."""
BULGE = (0.3, -0.24)
"""Where a frog's eyes stand on its head: aside and above."""


def outer_ears(breed: Breed, view: HeadView, mood: float, *, laid: bool = False) -> tuple[Path, ...]:
    if breed.ears == "none" or breed.body in _EARLESS:
        return ()
    return tuple(_shape(breed, side, view, mood, laid=laid) for side in _sides(view))


def _shape(breed: Breed, side: int, view: HeadView, mood: float, *, laid: bool) -> Path:
    if laid and breed.ears == "long" and view in {"three_quarter", "profile"}:
        return _laid_ear(breed, side)
    return _ear(breed, side, view, mood)


def _laid_ear(breed: Breed, side: int) -> Path:
    """Along the nape, the farther one a little higher."""
    rx, ry = breed.skull
    up = 0.16 if side < 0 else 0.0
    root = (rx * 0.35, -ry * 0.72 - up * 0.4)
    way = (root, (rx * 1.15, -ry * 0.92 - up), (rx * 2.2, -ry * 0.45 - up * 1.5))
    return stroke(way, 0.24, (0.2, 0.5), steps=6)


def _sides(view: HeadView) -> tuple[int, ...]:
    return (-1, 1)


def _root(breed: Breed, side: int, view: HeadView) -> Point:
    rx, ry = breed.skull
    x = side * rx * 0.56
    if view == "three_quarter":
        x = -rx * 0.34 if side < 0 else rx * 0.62
    elif view == "profile":
        x = rx * 0.1 if side < 0 else rx * 0.45
    return (x, -ry * 0.72)


def _ear(breed: Breed, side: int, view: HeadView, mood: float) -> Path:
    x, y = _root(breed, side, view)
    out = side if view in {"front", "back"} else (-0.35 if side < 0 else 0.8)
    back = 1 - mood
    if breed.ears in {"pointed", "short"}:
        tall = 0.46 if breed.ears == "pointed" else 0.3
        k = min(1.0, breed.skull[0] / 0.42)
        tip = (x + out * (0.1 + 0.26 * back), y - tall * (1 - 0.55 * back))
        return smooth(
            (
                (x - 0.17 * k, y + 0.1),
                (x - 0.12 * k + out * 0.02, y - tall * 0.4 * mood - 0.02),
                tip,
                (x + 0.14 * k + out * 0.05, y - tall * 0.35 * mood),
                (x + 0.17 * k, y + 0.12),
            ),
            closed=True,
            tension=0.45,
        )
    if breed.ears == "long":
        tip = (x + out * (0.06 + 0.5 * back), y - 0.72 * (0.35 + 0.65 * mood))
        return stroke(((x, y + 0.08), (x + out * 0.02, y - 0.3 * mood), tip), 0.22, (0.15, 0.55), steps=6)
    if breed.ears == "bulge":
        return ellipse(side * BULGE[0] - (0.0 if view in {"front", "back"} else 0.05), BULGE[1], 0.18, 0.19)
    if breed.ears == "floppy":
        low = y + 0.1 + 0.16 * back
        return smooth(
            (
                (x - 0.12 * out, y + 0.04),
                (x + out * 0.06, y - 0.17),
                (x + out * 0.26, y - 0.12 + 0.1 * back),
                (x + out * 0.25, low),
                (x + out * 0.13, y + 0.08),
            ),
            closed=True,
            tension=0.5,
        )
    aside, up, wide, tall = _ROUND[breed.ears]
    return ellipse(x + out * aside, y + up, wide, tall)


def _along(breed: Breed, side: int) -> tuple[Point, ...]:
    """The fold inside an ear that lies back."""
    rx, ry = breed.skull
    up = 0.16 if side < 0 else 0.0
    return ((rx * 0.7, -ry * 0.84 - up * 0.7), (rx * 1.3, -ry * 0.84 - up), (rx * 1.9, -ry * 0.58 - up * 1.3))


def ink_ears(pen: Pen, breed: Breed, view: HeadView, mood: float, *, behind: bool, laid: bool = False) -> None:
    if breed.ears == "none" or breed.body in _EARLESS:
        return
    for side in _sides(view):
        far = side < 0 and view in {"three_quarter", "profile"}
        if far != behind and view in {"three_quarter", "profile"}:
            continue
        if behind and not far:
            continue
        path = _shape(breed, side, view, mood, laid=laid)
        ink_coat(pen, path, breed.coat, 1.2)
        if laid and breed.ears == "long":
            pen.line(_along(breed, side), 1.0, (0.6, 0.9), breed.coat.line)
            continue
        if view != "back" and mood > 0.6:
            _ink_inner(pen, breed, side, view, mood, path)
    if breed.horns and not behind:
        for side in (-1, 1):
            pen.shape(
                stroke(((side * 0.2, -0.3), (side * 0.36, -0.56), (side * 0.26, -0.84)), 0.12, (0.0, 1.0), steps=5),
                WHITE,
                1.0,
            )


def _ink_inner(pen: Pen, breed: Breed, side: int, view: HeadView, mood: float, path: Path) -> None:
    x, y = _root(breed, side, view)
    with pen.canvas.saved():
        pen.canvas.clip(path)
        if breed.ears in {"pointed", "short"}:
            if breed.socks is not None or breed.coat.black:
                pen.canvas.fill(ellipse(x + side * 0.16, y - 0.5 + 0.2 * (1 - mood), 0.3, 0.2), 0)
            pen.canvas.fill(
                smooth(
                    ((x - 0.08, y + 0.1), (x + side * 0.03, y - 0.18 * mood - 0.02), (x + 0.09, y + 0.1)),
                    closed=True,
                    tension=0.5,
                ),
                255,
            )
        elif breed.ears == "long":
            pen.line(((x, y), (x + side * 0.02, y - 0.3), (x + side * 0.05, y - 0.55)), 1.2, (0.6, 0.9))
        elif breed.ears == "round":
            pen.shape(ellipse(x + side * 0.13, y - 0.09, 0.15, 0.16), WHITE if breed.coat.tone else BLACK, 0.8)
