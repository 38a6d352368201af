"""Owls, upright with a round face that looks at us, and birds on long legs: herons, cranes, storks."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody
from drawing.art.animals.muzzle import OPEN
from drawing.art.expressions import Face
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point

_TRUNK: tuple[Point, ...] = ((-0.62, -2.5), (-0.2, -2.85), (0.5, -2.7), (1.25, -2.2), (0.5, -2.05), (-0.3, -2.05))
_WING: tuple[Point, ...] = ((-0.3, -2.55), (0.4, -2.6), (1.5, -2.02), (1.0, -1.92), (0.2, -2.15))
_NECK: tuple[Point, ...] = ((-0.4, -2.4), (-0.78, -2.75), (-0.62, -3.2), (-0.38, -3.55), (-0.56, -3.95))
_ALOFT: tuple[Point, ...] = ((-0.2, -2.7), (0.3, -3.7), (1.4, -4.3), (2.3, -4.2), (1.7, -3.5), (1.2, -3.1), (0.7, -2.5))
_FAR: tuple[Point, ...] = ((-0.1, -2.7), (-0.2, -3.5), (0.3, -4.3), (0.9, -4.5), (0.9, -3.8), (0.6, -2.8))
_LEGS: tuple[tuple[Point, ...], ...] = (
    ((0.12, -2.1), (0.3, -1.1), (0.14, -0.02)), ((0.34, -2.1), (0.16, -1.3), (0.42, -0.9))
)  # fmt: skip
"""One stands; the other is drawn up."""
_GOING: tuple[tuple[Point, ...], ...] = (
    ((0.1, -2.1), (0.1, -1.1), (-0.35, -0.02)), ((0.3, -2.1), (0.55, -1.15), (0.7, -0.02))
)  # fmt: skip
_TRAILING: tuple[tuple[Point, ...], ...] = (((0.7, -2.2), (2.4, -1.9)), ((0.8, -2.3), (2.5, -2.05)))


def wader_body(breed: Breed, *, flying: bool, going: bool, roosting: bool = False) -> BeastBody:
    """On one leg, on its way, on the wing, or down on its folded legs."""
    drop = 1.95 if roosting else 0.0

    def put(points: tuple[Point, ...]) -> list[Point]:
        return [(x, y + drop) for x, y in points]

    trunk = smooth(put(_TRUNK), closed=True, tension=0.55)
    wing = smooth(put(_ALOFT if flying else _WING), closed=True, tension=0.5)
    far = smooth(put(_FAR), closed=True, tension=0.5)
    neck = stroke(put(_NECK), 0.3, (0.0, 0.15), steps=8)
    legs = () if roosting else _TRAILING if flying else _GOING if going else _LEGS
    shins = tuple(stroke(leg, 0.1, (0.0, 0.2), steps=3) for leg in legs)

    def ink(pen: Pen) -> None:
        if flying:
            _ink_wing(pen, far, breed)
        for leg, shin in zip(legs, shins, strict=True):
            pen.canvas.fill(shin)
            if leg[-1][1] > -0.5:
                _toes(pen, leg[-1])
        ink_coat(pen, neck, WHITE, 1.1)
        pen.shape(trunk, WHITE, 1.2)
        _ink_wing(pen, wing, breed)
        if not flying:
            _plumes(pen, drop)

    outlines: tuple[Path, ...] = (trunk, wing, neck, *shins, *((far,) if flying else ()))
    return BeastBody((-0.62, -4.12 + drop), outlines, ink, ())


def _ink_wing(pen: Pen, wing: Path, breed: Breed) -> None:
    """A grey heron's is darker than its head."""
    ink_coat(pen, wing, MID_TONE if breed.coat.tone else WHITE, 1.2)


def _toes(pen: Pen, foot: Point) -> None:
    x, y = foot
    for dx in (-0.28, -0.16, 0.14):
        pen.line(((x, y - 0.04), (x + dx, y + 0.02)), 1.4, (0.0, 0.6))


def _plumes(pen: Pen, drop: float) -> None:
    """Dark quills at the tip of the wing, and feathers that hang from the breast."""
    for k in range(3):
        tip = (1.5 - 0.2 * k, -2.0 + drop + 0.03 * k)
        pen.canvas.fill(poly(((tip[0] - 0.5, tip[1] - 0.12), tip, (tip[0] - 0.45, tip[1] + 0.02))))
    for k in range(3):
        x = -0.52 + 0.1 * k
        pen.line(((x, -2.35 + drop), (x - 0.02, -2.05 + drop), (x + 0.02, -1.85 + drop)), 0.8, (0.2, 0.9))


_EGG: tuple[Point, ...] = (
    (-0.46, -1.98), (0.46, -1.98), (0.68, -1.3), (0.6, -0.55), (0.3, -0.16), (-0.3, -0.16), (-0.6, -0.55), (-0.68, -1.3)
)  # fmt: skip
_FOLDED: tuple[Point, ...] = (
    (0.42, -1.9), (0.74, -1.45), (0.78, -0.8), (0.62, -0.2), (0.5, 0.04), (0.4, -0.5), (0.34, -1.2)
)  # fmt: skip
_SPREAD: tuple[Point, ...] = (
    (0.4, -1.85), (1.2, -2.45), (2.3, -2.5), (2.95, -2.05), (2.6, -1.72), (2.5, -1.45), (2.05, -1.4), (1.9, -1.15),
    (1.4, -1.18), (1.1, -0.98), (0.5, -1.1)
)  # fmt: skip


def owl_body(breed: Breed, *, flying: bool, back: bool = False) -> BeastBody:
    """Sitting on its talons, or on the wing."""
    lift = -1.1 if flying else 0.0
    trunk = _put(_EGG, lift)
    wings = tuple(_put(_SPREAD if flying else _FOLDED, lift, side) for side in (-1, 1))
    tail = poly([(x, y + lift) for x, y in ((-0.26, -0.3), (0.26, -0.3), (0.34, 0.3), (0.0, 0.38), (-0.34, 0.3))])

    def ink(pen: Pen) -> None:
        ink_coat(pen, tail, breed.coat, 1.1)
        if flying:
            _ink_wings(pen, breed, wings, lift, flying=True)
        ink_coat(pen, trunk, breed.coat if back else LIGHT_TONE, 1.3)
        if not back:
            _ink_breast(pen, trunk, lift)
        if not flying:
            _ink_wings(pen, breed, wings, lift, flying=False)
        for side in (-1, 1):
            _ink_talon(pen, side * 0.24, -0.06 + lift)

    return BeastBody((0.0, -2.28 + lift), (trunk, tail, *wings), ink, ((-0.24, -0.05 + lift), (0.24, -0.05 + lift)))


def _put(points: tuple[Point, ...], lift: float, side: int = 1) -> Path:
    return smooth([(side * x, y + lift) for x, y in points], closed=True, tension=0.5)


def _ink_breast(pen: Pen, trunk: Path, lift: float) -> None:
    """Rows of short bars, in a paler middle."""
    with pen.canvas.saved():
        pen.canvas.clip(trunk)
        pen.canvas.fill(ellipse(0, -1.0 + lift, 0.4, 0.95), 255)
        for row in range(5):
            y = -1.62 + 0.28 * row + lift
            for k in range(4 - row % 2):
                x = (k - (3 - row % 2) / 2) * 0.24
                pen.line(((x - 0.05, y - 0.03), (x, y + 0.05), (x + 0.05, y - 0.03)), 1.3, (0.6, 0.6))
    pen.contour(trunk, 1.25)


def _ink_wings(pen: Pen, breed: Breed, wings: tuple[Path, ...], lift: float, *, flying: bool) -> None:
    for side, wing in zip((-1, 1), wings, strict=True):
        ink_coat(pen, wing, breed.coat, 1.25)
        rows = _QUILLS if flying else _COVERTS
        for a, b in rows:
            pen.line(((side * a[0], a[1] + lift), (side * b[0], b[1] + lift)), 0.9, (0.3, 1.0), breed.coat.line)


_QUILLS = (((0.8, -1.7), (1.25, -1.2)), ((1.2, -1.85), (1.75, -1.35)), ((1.6, -2.0), (2.2, -1.55)),
           ((2.0, -2.15), (2.6, -1.85)))  # fmt: skip
_COVERTS = (((0.5, -1.5), (0.68, -1.05)), ((0.52, -1.1), (0.66, -0.65)), ((0.5, -0.7), (0.58, -0.25)))


def _ink_talon(pen: Pen, x: float, y: float) -> None:
    for dx in (-0.1, 0.0, 0.1):
        pen.shape(
            stroke(((x + dx * 0.6, y - 0.08), (x + dx, y + 0.02), (x + dx, y + 0.1)), 0.075, (0.0, 0.8)), WHITE, 0.9
        )


def tufts(skull: tuple[float, float], lean: float, mood: float) -> tuple[Path, ...]:
    """The two tufts that stand like ears; laid aside by `mood` 0."""
    rx, ry = skull
    found = []
    for side in (-1, 1):
        x, y = side * rx * 0.62 + lean, -ry * 0.72
        tip = (x + side * (0.1 + 0.16 * (1 - mood)), y - 0.16 - 0.14 * mood)
        found.append(smooth(((x - 0.15 * side, y - 0.06), tip, (x + 0.11 * side, y + 0.2)), closed=True, tension=0.3))
    return tuple(found)


def ink_discs(pen: Pen, eyes: tuple[tuple[float, float], ...], y: float) -> None:
    """The pale rounds in which an owl's eyes lie, with their dark rim."""
    for x, squeeze in eyes:
        pen.shape(ellipse(x, y + 0.02, 0.27 * squeeze, 0.28), WHITE, 1.0)
    for x, squeeze in eyes:
        ring = ellipse(x, y, 0.19 * squeeze, 0.18)
        pen.shape(ring, WHITE, 1.5)


HOOK = 0.22
"""How long the beak is."""


def ink_hook(pen: Pen, face: Face, at: Point) -> None:
    """A short beak bent down between the eyes; open, its lower half is seen under a dark gap."""
    x, y = at
    if face.mouth in OPEN:
        gap: Path = (("M", x - 0.07, y + 0.08), ("L", x + 0.07, y + 0.08), ("L", x, y + 0.3), ("Z",))
        pen.canvas.fill(gap)
        pen.shape((("M", x - 0.05, y + 0.2), ("L", x + 0.05, y + 0.2), ("L", x, y + 0.31), ("Z",)), WHITE, 0.9)
    hook: Path = (
        ("M", x - 0.085, y), ("Q", x, y - 0.1, x + 0.085, y), ("Q", x + 0.07, y + 0.14, x - 0.015, y + HOOK),
        ("Q", x - 0.07, y + 0.12, x - 0.085, y), ("Z",),
    )  # fmt: skip
    pen.shape(hook, WHITE, 1.1)
    pen.line(((x - 0.01, y + 0.01), (x - 0.015, y + 0.12)), 0.7, (0.5, 1))
