"""Wounds and marks on somebody: scars and moles, bandages, wet hair, torn clothes, bare feet.

Marks of a look in, ink on a figure out. The latter are those that `agents.changed_appearance` sets: `wound: arm`,
`bandage: head`, `wet`, `torn clothes`, `barefoot`.
"""

from collections.abc import Callable
from math import hypot

from drawing.art.face import FaceShape, HeadView, wrapped
from drawing.art.hair.locks import SHADES
from drawing.art.mouth import mouth_point
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, ellipse, poly, smooth
from drawing.ink.pen import BLACK, WHITE, Pen, Shade
from manga.characters import Look
from manga.geometry import Point

_NO_FRINGE = frozenset({"bald", "shaved", "topknot"})
_ON_HEAD = frozenset({"face", "head"})


def part_of(look: Look, what: str) -> str:
    """The part of the body that has a wound or a bandage; empty for none."""
    return next((mark.partition(": ")[2] for mark in look.marks if mark.startswith(f"{what}: ")), "")


def ink_on_face(pen: Pen, look: Look, shape: FaceShape, view: HeadView) -> None:
    """What lies on the skin, beneath the hair; in the head's coordinates."""
    if view == "back":
        return
    x, y = _cheek(shape, view)
    if part_of(look, "bandage") == "face":
        _plaster(pen, x, y)
    elif part_of(look, "wound") in _ON_HEAD:
        _scratches(pen, x, y, 1.0)


def ink_on_hair(pen: Pen, look: Look, view: HeadView, head: Callable[[], Path]) -> None:
    """What lies over the hair; `head` gives all that a bandage can go round."""
    if part_of(look, "bandage") == "head":
        with pen.canvas.saved():
            pen.canvas.clip(head())
            _headband(pen, view)
    if "wet" in look.marks:
        _wet(pen, SHADES[look.hair_color], view, clings=look.hair_style not in _NO_FRINGE)


def _cheek(shape: FaceShape, view: HeadView) -> Point:
    y = shape.eye_y + 0.19
    return (-0.1, y) if view == "profile" else wrapped(0.21, y, view)


def _plaster(pen: Pen, x: float, y: float) -> None:
    for turn in (1, -1):
        a, b = 0.095, 0.04 * turn
        wide = ((x - a, y - b - 0.026), (x + a, y + b - 0.026), (x + a, y + b + 0.026), (x - a, y - b + 0.026))
        pen.shape(poly(wide), WHITE, 0.9)


def _scratches(pen: Pen, x: float, y: float, k: float) -> None:
    for n in (-1, 0, 1):
        top = (x + (n * 0.05 - 0.03) * k, y - 0.06 * k)
        pen.line((top, (x + (n * 0.05 + 0.03) * k, y + 0.06 * k)), 1.3, (0.4, 0.4))


def _headband(pen: Pen, view: HeadView) -> None:
    half = 0.7
    top, low = -0.33, -0.17
    sag = 0.05 if view != "back" else -0.03
    upper = ((-half, top + 0.05), (0.0, top + sag), (half, top + 0.02))
    lower = ((half, low + 0.02), (0.0, low + sag), (-half, low + 0.05))
    pen.shape((*smooth(upper, tension=0.6), ("L", *lower[0]), *smooth(lower, tension=0.6)[1:], ("Z",)), WHITE, 1.1)
    for n in range(-2, 3):
        x = n * 0.18
        pen.straight(((x - 0.07, low + 0.03), (x + 0.07, top + 0.05)), 0.7)


_WET_LOCKS = ((-0.335, 0.17), (0.0, -0.01), (0.335, 0.13))
"""Beside the eyes and between them: how far from the middle, and how low."""


_DROPS = ((-0.37, 0.2), (-0.27, 0.44), (-0.06, 0.58), (0.33, 0.3), (0.4, 0.5), (0.12, 0.66))
"""On temples, cheeks and chin, and those that fall from it."""


def _wet(pen: Pen, hair: Shade, view: HeadView, *, clings: bool) -> None:
    """Locks that cling, and drops that fall."""
    if clings and view in {"front", "three_quarter"}:
        for around, low in _WET_LOCKS:
            x = wrapped(around, low, view)[0]
            lock = smooth(
                ((x - 0.05, -0.3), (x - 0.02, low - 0.12), (x, low), (x + 0.025, low - 0.12), (x + 0.06, -0.3)),
                closed=True,
                tension=0.5,
            )
            pen.shape(lock, hair, 0.9)
    for x, y in _DROPS:
        pen.shape(_drop(x, y), WHITE, 0.8)


def _drop(x: float, y: float) -> Path:
    return smooth(
        ((x, y - 0.07), (x + 0.025, y), (x + 0.018, y + 0.024), (x, y + 0.034), (x - 0.018, y + 0.024), (x - 0.025, y)),
        closed=True,
        tension=0.6,
    )


def ink_marks(pen: Pen, look: Look, shape: FaceShape, view: HeadView) -> None:
    """Scars, moles, freckles: words of the look that the artist knows."""
    if view in {"back", "profile"}:
        return
    words = " ".join(look.marks).lower()
    x = -0.1 if view == "three_quarter" else 0.0
    if "scar" in words or "傷" in words:
        pen.line(((x + 0.2, 0.17), (x + 0.25, 0.3)), 1.2, (0.6, 0.6))
        pen.line(((x + 0.19, 0.25), (x + 0.26, 0.22)), 0.9, (0.6, 0.6))
    if "mole" in words or "ほくろ" in words or "黒子" in words:
        pen.canvas.fill(ellipse(x + 0.13, mouth_point(shape, view)[1] - 0.01, 0.014, 0.014))
    if "freckle" in words or "そばかす" in words:
        for dx, dy in ((-0.2, 0.21), (-0.16, 0.235), (-0.22, 0.245), (0.2, 0.21), (0.16, 0.235), (0.22, 0.245)):
            pen.canvas.fill(ellipse(x * 0.8 + dx, dy, 0.009, 0.009))
    if "patch" in words or "眼帯" in words:
        pen.shape(ellipse(0.165 + x, shape.eye_y, 0.14, 0.13), BLACK, 1.0)
        pen.line(((x - 0.3, -0.3), (0.36, 0.06)), 1.6, (0, 0))


def on_body(look: Look, frame: Frame) -> Callable[[Pen], None]:
    """What lies over the clothes of somebody who stands on two legs, in the figure's heads."""

    def ink(pen: Pen) -> None:
        if "torn clothes" in look.marks:
            _torn(pen, frame)
        if (part := part_of(look, "wound")) and part not in _ON_HEAD:
            _wounded(pen, frame, part)
        if (part := part_of(look, "bandage")) and part not in _ON_HEAD:
            _bandaged(pen, frame, part)

    return ink


def _limb(frame: Frame, part: str) -> tuple[Point, Point]:
    """From the joint to the end of the nearer arm or leg; across the chest otherwise."""
    bones = frame.bones
    if part == "arm":
        arm = max(bones.left, bones.right, key=lambda a: frame.depth(a.wrist))
        return frame.flat(arm.elbow), frame.flat(arm.wrist)
    if part == "leg":
        leg = max(bones.left_leg, bones.right_leg, key=lambda b: frame.depth(b.knee))
        return frame.flat(leg.knee), frame.flat(leg.ankle)
    return frame.surface(-60, 0.3), frame.surface(60, 0.62)


def _wounded(pen: Pen, frame: Frame, part: str) -> None:
    (ax, ay), (bx, by) = _limb(frame, part)
    share = 0.1 if part == "leg" else 0.45
    _stain(pen, ax + (bx - ax) * share, ay + (by - ay) * share, 1.0)


def _stain(pen: Pen, x: float, y: float, k: float) -> None:
    """Torn cloth or fur: dark strokes with a light rim, to be seen on any ground."""
    for grey, weight in ((255.0, 4.2), (0.0, 2.2)):
        for n, low in ((-1, 0.14), (0, 0.2), (1, 0.12)):
            top = (x + (n * 0.1 - 0.03) * k, y - 0.1 * k)
            pen.line((top, (x + (n * 0.1 + 0.03) * k, y + low * k)), weight, (0.25, 0.9), grey)


def _bandaged(pen: Pen, frame: Frame, part: str) -> None:
    (ax, ay), (bx, by) = _limb(frame, part)
    thick = {"arm": 0.17, "leg": 0.2}.get(part, 0.16) * (0.4 + 0.6 * frame.p.limb)
    first, last = (-0.12, 0.4) if part == "leg" else (0.1, 0.75) if part == "arm" else (-0.1, 1.1)
    dx, dy = bx - ax, by - ay
    length = hypot(dx, dy) or 1.0
    nx, ny = -dy / length * thick, dx / length * thick

    def at(t: float, side: int) -> Point:
        return (ax + dx * t + nx * side, ay + dy * t + ny * side)

    pen.shape(poly((at(first, -1), at(last, -1), at(last, 1), at(first, 1))), WHITE, 1.1)
    turns = 4
    for n in range(turns):
        t = first + (last - first) * n / turns
        pen.straight((at(t, 1), at(t + (last - first) / turns, -1)), 0.8)


def _torn(pen: Pen, frame: Frame) -> None:
    """Jagged gaps that show what is beneath."""
    for around, t in ((-42, 0.5), (36, 0.82), (20, 0.28)):
        x, y = frame.surface(around, t)
        gap = ((-0.09, -0.06), (0.02, -0.02), (0.0, -0.08), (0.11, 0.02), (0.04, 0.03), (0.07, 0.1), (-0.03, 0.05))
        pen.shape(poly([(x + a, y + b) for a, b in gap]), WHITE, 0.9)


def ink_on_beast(pen: Pen, look: Look, middle: Point) -> None:
    """The same on a beast: a wound in its flank, or a bandage round it."""
    if part_of(look, "bandage"):
        x, y = middle
        pen.shape(
            poly(((x - 0.2, y - 0.42), (x + 0.16, y - 0.42), (x + 0.2, y + 0.36), (x - 0.16, y + 0.36))), WHITE, 1.0
        )
        for n in range(4):
            pen.straight(((x - 0.19, y - 0.3 + n * 0.18), (x + 0.17, y - 0.4 + n * 0.18)), 0.7)
    elif part_of(look, "wound"):
        _stain(pen, *middle, 1.4)
    if "wet" in look.marks:
        for dx, dy in ((-0.6, 0.1), (-0.3, 0.5), (0.2, 0.62), (0.55, 0.3)):
            pen.shape(_drop(middle[0] + dx, middle[1] + dy), WHITE, 0.9)
