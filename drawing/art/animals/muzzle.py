"""Nose and mouth of an animal. In: breed, expression, where the muzzle is. Out: marks."""

from drawing.art.animals.breeds import Breed
from drawing.art.animals.great_cats import gapes
from drawing.art.expressions import Face
from drawing.art.face import HeadView
from drawing.ink.paths import Path, ellipse, rect, smooth, stroke
from drawing.ink.pen import MID, WHITE, Pen
from manga.geometry import Point

BEAKED = frozenset({"bird", "kappa", "wader"})
OPEN = frozenset({"open", "shout", "o", "teeth"})
"""Mouths that are not shut."""
_NOSELESS = frozenset({"shell", "frog", "kappa", "spider", "snake"})


def mouth_of(breed: Breed, at: Point) -> Point:
    return (at[0] * 0.9, at[1] + breed.muzzle[1] * 0.45)


def ink_muzzle(pen: Pen, breed: Breed, face: Face, at: Point, view: HeadView) -> None:
    if breed.body in BEAKED:
        ink_beak(pen, breed, face, at, view)
        return
    x, y = at
    rx, ry = breed.muzzle
    nose_x, nose_y = _nose_at(breed, at, view)
    grey = 255 if breed.mask.black else 0
    ink_nose(pen, breed, at, view)
    if breed.body not in _NOSELESS and breed.tail != "hair":
        pen.canvas.fill(
            stroke(((nose_x + (0.0 if view == "front" else 0.03), nose_y + 0.04), (x, y + ry * 0.32)), 0.012, (0, 0)),
            grey,
        )
    if not gapes(breed, face):
        _ink_mouth(pen, breed, face, (x, y + ry * 0.34), view, grey)
    if breed.whiskers:
        for side in (-1, 1):
            for dy in (-0.05, 0.0, 0.05):
                pen.line(
                    ((x + side * rx * 0.9, y + dy * 0.6), (x + side * (rx + 0.3), y + dy * 1.8 - 0.02)),
                    0.8,
                    (0, 1),
                    grey,
                )


def _nose_at(breed: Breed, at: Point, view: HeadView) -> Point:
    rx, ry = breed.muzzle
    return (at[0] - (0.0 if view == "front" else rx * 0.72), at[1] - ry * (0.45 if view == "front" else 0.4))


def ink_nose(pen: Pen, breed: Breed, at: Point, view: HeadView) -> None:
    """Nothing for those who have no nose of their own."""
    if breed.body in _NOSELESS:
        return
    x, y = _nose_at(breed, at, view)
    wide = 0.09 if breed.roars else 0.065 if breed.muzzle[0] > 0.14 else 0.05
    nose = smooth(
        (
            (x - wide, y - 0.03),
            (x, y - 0.045),
            (x + wide, y - 0.03),
            (x + wide * 0.4, y + 0.035),
            (x, y + 0.045),
            (x - wide * 0.4, y + 0.035),
        ),
        closed=True,
        tension=0.55,
    )
    if breed.tail == "hair":
        sides = (-1, 1) if view == "front" else (0,)
        for side in sides:
            pen.canvas.fill(ellipse(x + side * 0.085 + (0.0 if side else 0.02), y + 0.04, 0.03, 0.022, side * 0.5))
        return
    if breed.snout:
        disc = ellipse(x + wide * 0.6, y + 0.03, 0.15, 0.1)
        pen.shape(disc, breed.coat, 1.1)
        for side in (-1, 1):
            pen.canvas.fill(ellipse(x + wide * 0.6 + side * 0.05, y + 0.03, 0.022, 0.035))
        return
    pen.canvas.fill(nose)
    if breed.coat.black:
        pen.contour(nose, 0.8, 255)
    pen.canvas.fill(ellipse(x - wide * 0.3, y - 0.02, wide * 0.25, 0.01), 255)


def _ink_mouth(pen: Pen, breed: Breed, face: Face, at: Point, view: HeadView, grey: float) -> None:
    x, y = at
    k = min(1.25 if breed.body != "frog" else 2.4, breed.muzzle[0] / 0.15)
    if face.mouth in OPEN:
        _ink_jaws(pen, face, at, k, view)
        return
    lift = {"smile": -0.04, "smirk": -0.045, "frown": 0.035, "wavy": 0.02}.get(face.mouth, -0.012)
    for side in (-1, 1):
        wide = 0.11 * k * (1.0 if view == "front" or side > 0 else 0.55)
        points = ((x, y), (x + side * wide * 0.5, y + 0.035), (x + side * wide, y + lift))
        pen.canvas.fill(stroke(points, 0.016, (0.1, 0.9), steps=5), grey)
    if breed.teeth and breed.body == "slender":
        pen.shape(rect(x - 0.028, y + 0.008, 0.056, 0.055), WHITE, 0.7)
        pen.straight(((x, y + 0.01), (x, y + 0.06)), 0.6)


def _ink_jaws(pen: Pen, face: Face, at: Point, k: float, view: HeadView) -> None:
    x, y = at
    tall = {"o": 0.12, "open": 0.16, "shout": 0.24, "teeth": 0.1}[face.mouth] * k
    wide = {"o": 0.05, "open": 0.12, "shout": 0.12, "teeth": 0.13}[face.mouth] * k
    if view == "profile":
        wide *= 0.8
    tall = min(tall, 0.26)
    path: Path = smooth(
        (
            (x - wide, y - 0.015),
            (x, y + 0.012),
            (x + wide, y - 0.02),
            (x + wide * 0.7, y + tall * 0.7),
            (x, y + tall),
            (x - wide * 0.7, y + tall * 0.7),
        ),
        closed=True,
        tension=0.5,
    )
    pen.canvas.fill(path, 255 if face.mouth == "teeth" else 0)
    with pen.canvas.saved():
        pen.canvas.clip(path)
        if face.mouth == "teeth":
            for i in range(5):
                pen.straight(((x - wide + wide * 0.5 * i, y - 0.04), (x - wide + wide * 0.5 * i, y + tall)), 0.8)
            pen.straight(((x - wide, y + tall * 0.45), (x + wide, y + tall * 0.45)), 0.8)
        else:
            tongue = ellipse(x, y + tall * 0.95, wide * 0.7, tall * 0.4)
            pen.canvas.fill(tongue, 255)
            pen.canvas.tone(tongue, MID)
            if face.mouth == "shout":
                for side in (-1, 1):
                    fang: Path = (
                        ("M", x + side * wide * 0.75, y - 0.03),
                        ("L", x + side * wide * 0.42, y - 0.02),
                        ("L", x + side * wide * 0.6, y + tall * 0.3),
                        ("Z",),
                    )
                    pen.canvas.fill(fang, 255)
    pen.contour(path, 1.0)


def ink_beak(pen: Pen, breed: Breed, face: Face, at: Point, view: HeadView) -> None:
    x, y = at
    drop = 0.09 if face.mouth in OPEN else 0.0
    if view == "front":
        _ink_beak_from_before(pen, x, y, drop)
        return
    left = x + 0.17 - breed.beak
    if drop:
        pen.shape(
            (
                ("M", x + 0.07, y + 0.02),
                ("L", left - 0.034, y + drop + 0.03),
                ("L", x + 0.07, y + drop + 0.06),
                ("Z",),
            ),
            WHITE,
            1.0,
        )
    top: Path = (
        ("M", x + 0.1, y - 0.12),
        ("Q", left, y - 0.1, left - 0.12, y + 0.05),
        ("L", x + 0.1, y + 0.05),
        ("Z",),
    )
    pen.shape(top, WHITE, 1.1)


def _ink_beak_from_before(pen: Pen, x: float, y: float, drop: float) -> None:
    """A lozenge that points at the reader; open, its lower half hangs under a dark gap."""
    wide, top, low = 0.13, y - 0.14, y + 0.07
    if drop:
        jaw: Path = (("M", x - wide * 0.8, y), ("L", x + wide * 0.8, y), ("L", x, low + drop * 1.2), ("Z",))
        pen.shape(jaw, WHITE, 1.0)
        throat: Path = (("M", x - wide * 0.7, y), ("L", x + wide * 0.7, y), ("L", x, low + drop * 0.7), ("Z",))
        pen.canvas.fill(throat)
    upper: Path = (
        ("M", x - wide, y - 0.02),
        ("Q", x - wide * 0.5, top, x, top),
        ("Q", x + wide * 0.5, top, x + wide, y - 0.02),
        ("L", x, low),
        ("Z",),
    )
    pen.shape(upper, WHITE, 1.1)
    pen.line(((x, top + 0.05), (x, low - 0.03)), 0.8, (0.3, 1))
    for side in (-1, 1):
        pen.canvas.fill(ellipse(x + side * 0.035, top + 0.06, 0.011, 0.016))
