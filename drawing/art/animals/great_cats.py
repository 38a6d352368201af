"""Great cats: the pelt on a body, jaws that open to roar. Same conventions as the other beasts."""

from drawing.art.animals.breeds import Breed
from drawing.art.expressions import Face
from drawing.art.face import HeadView
from drawing.ink.paths import Path, box, ellipse, poly, smooth
from drawing.ink.pen import MID, WHITE, Pen
from manga.geometry import Point

_ROARS = frozenset({"shout", "teeth"})
_STEP = 0.27
"""Heads from one stripe to the next."""


def gapes(breed: Breed, face: Face) -> bool:
    """Whether the jaws are torn open."""
    return breed.roars and face.mouth in _ROARS


def jaw(breed: Breed, at: Point, view: HeadView) -> Path:
    """The lower jaw of one that roars, chin and all."""
    x, y = _hinge(breed, at, view)
    wide = breed.muzzle[0] * 0.86
    return smooth(
        ((x - wide, y - 0.1), (x - wide * 0.9, y + 0.22), (x - wide * 0.4, y + 0.4), (x + wide * 0.4, y + 0.4),
         (x + wide * 0.95, y + 0.2), (x + wide, y - 0.1)),
        closed=True, tension=0.5,
    )  # fmt: skip


def _hinge(breed: Breed, at: Point, view: HeadView) -> Point:
    return (at[0] + (0.0 if view == "front" else breed.muzzle[0] * 0.12), at[1] + breed.muzzle[1] * 0.3)


def ink_gape(pen: Pen, breed: Breed, at: Point, view: HeadView) -> None:
    """A dark throat, a tongue, four fangs."""
    x, y = _hinge(breed, at, view)
    wide = breed.muzzle[0] * 0.68
    throat = smooth(
        ((x - wide, y - 0.02), (x, y + 0.03), (x + wide, y - 0.02), (x + wide * 0.86, y + 0.18),
         (x + wide * 0.4, y + 0.31),
         (x - wide * 0.4, y + 0.31), (x - wide * 0.86, y + 0.18)),
        closed=True, tension=0.45,
    )  # fmt: skip
    pen.canvas.fill(throat)
    with pen.canvas.saved():
        pen.canvas.clip(throat)
        tongue = ellipse(x, y + 0.29, wide * 0.6, 0.13)
        pen.canvas.fill(tongue, 255)
        pen.canvas.tone(tongue, MID)
    for side in (-1, 1):
        upper, lower = x + side * wide * 0.66, x + side * wide * 0.52
        pen.shape(
            poly(((upper - 0.04, y - 0.005), (upper + 0.04, y - 0.005), (upper - side * 0.01, y + 0.16))), WHITE, 0.8
        )
        pen.shape(poly(((lower - 0.032, y + 0.3), (lower + 0.032, y + 0.3), (lower, y + 0.17))), WHITE, 0.8)
        for k in (0.14, 0.34):
            tooth = x + side * wide * k
            pen.canvas.fill(poly(((tooth - 0.02, y + 0.01), (tooth + 0.02, y + 0.01), (tooth, y + 0.06))), 255)
    pen.contour(throat, 1.0)


def ink_snarl(pen: Pen, at: Point, view: HeadView) -> None:
    """Folds that run up from the nose beside a torn mouth."""
    x, y = at
    for side in (-1, 1) if view == "front" else (1,):
        for k in (0.0, 0.06):
            pen.line(((x + side * (0.09 + k), y - 0.1), (x + side * (0.15 + k), y - 0.19)), 1.1, (0.3, 0.9))


def ink_pelt(pen: Pen, path: Path, breed: Breed, whole: Path = ()) -> None:
    """Stripes that run down from the back and up from the belly, or rosettes in rows; `path` may be a part of what has
    been inked as a `whole`."""
    if not breed.pelt:
        return
    area = box(path)
    n = max(2, round(area.width / _STEP))
    with pen.canvas.saved():
        pen.canvas.clip(path)
        for k in range(1, n):
            x = area.x + area.width * k / n
            if breed.pelt == "striped":
                _stripe(pen, x, area.y, area.height * (0.62 if k % 2 else 0.46), 1)
                _stripe(pen, x + 0.1, area.bottom, -area.height * 0.34, -1)
            else:
                _rosettes(pen, x, area.y, area.height, k)
    pen.contour(whole or path, 1.3)


def _stripe(pen: Pen, x: float, y: float, long: float, bow: int) -> None:
    wide = 0.075
    pen.canvas.fill(
        (
            ("M", x - wide, y), ("Q", x - wide + 0.1 * bow, y + long * 0.5, x - 0.03, y + long),
            ("Q", x + wide + 0.1 * bow, y + long * 0.5, x + wide, y), ("Z",),
        )
    )  # fmt: skip


def _rosettes(pen: Pen, x: float, top: float, tall: float, k: int) -> None:
    rows = max(2, round(tall / 0.26))
    for row in range(rows):
        y = top + tall * (row + (0.25 if k % 2 else 0.65)) / rows
        pen.canvas.stroke(ellipse(x, y, 0.075, 0.06), pen.weight * 2.4)
