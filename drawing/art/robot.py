"""The head of a robot: a box with lamps for ears and the eyes and mouth of anybody. In the head's coordinates."""

from drawing.art.expressions import Face
from drawing.art.eyes import ink_brows, ink_eyes, sockets
from drawing.art.face import FaceShape, HeadView
from drawing.art.hair.hair_under_hats import presses
from drawing.art.mouth import ink_feeling, ink_mouth, ink_signs
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke, union
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.characters import Look
from manga.vocabulary.beings import is_machine

_SIDES: dict[HeadView, tuple[float, float]] = {
    "front": (-0.44, 0.44), "three_quarter": (-0.45, 0.42), "profile": (-0.4, 0.42), "back": (-0.44, 0.44),
}  # fmt: skip
_TOP = -0.5


def is_robot(look: Look) -> bool:
    """The sheet says so among the marks."""
    return is_machine(look.marks)


def shell(shape: FaceShape, view: HeadView) -> Path:
    """The box, with rounded edges."""
    left, right = _SIDES[view]
    low, bend = shape.chin_y - 0.02, 0.16
    corners = (
        (left + bend, _TOP), (right - bend, _TOP), (right - 0.03, _TOP + 0.05), (right, _TOP + bend),
        (right, low - bend), (right - 0.04, low - 0.04), (right - bend, low), (left + bend, low),
        (left + 0.04, low - 0.04), (left, low - bend), (left, _TOP + bend), (left + 0.03, _TOP + 0.05),
    )  # fmt: skip
    return smooth(corners, closed=True, tension=0.35)


def crest(look: Look, view: HeadView) -> Path:
    """Antenna and lamps at the sides, for the silhouette. A hat lays the antenna down."""
    if presses(look.hat):
        return union(*_lamps(view))
    left, right = _SIDES[view]
    middle = (left + right) / 2
    parts = [stroke(((middle, _TOP), (middle, _TOP - 0.2)), 0.035), ellipse(middle, _TOP - 0.23, 0.06, 0.06)]
    return union(*parts, *_lamps(view))


def ink_robot(pen: Pen, shape: FaceShape, face: Face, look: Look, view: HeadView) -> None:
    """All of the head in place of skin and hair; a hat goes on top."""
    left, right = _SIDES[view]
    middle, box = (left + right) / 2, shell(shape, view)
    if not presses(look.hat):
        pen.straight(((middle, _TOP + 0.02), (middle, _TOP - 0.2)), 2.2)
        pen.shape(ellipse(middle, _TOP - 0.23, 0.06, 0.06), BLACK, 1.0)
    lamps = _lamps(view)
    if view != "profile":
        for lamp in lamps:
            pen.shape(lamp, DARK_TONE, 1.2)
    pen.shape(box, LIGHT_TONE, 1.5)
    _ink_plates(pen, shape, view, box)
    if view == "profile":
        for lamp in lamps:
            pen.shape(lamp, DARK_TONE, 1.2)
    if view == "back":
        return
    ink_feeling(pen, shape, face, view, box)
    ink_mouth(pen, shape, face, view)
    ink_eyes(pen, look, shape, face, view)
    ink_brows(pen, look, shape, face, view)
    ink_signs(pen, face, view)


def _lamps(view: HeadView) -> list[Path]:
    left, right = _SIDES[view]
    if view == "profile":
        return [ellipse(0.16, 0.02, 0.1, 0.13)]
    sides = (left, right) if view in ("front", "back") else (right,)
    return [ellipse(x, 0.04, 0.075, 0.14) for x in sides]


def _ink_plates(pen: Pen, shape: FaceShape, view: HeadView, box: Path) -> None:
    """The seam under the brow, the screen that the eyes are on, the rivets."""
    left, right = _SIDES[view]
    with pen.canvas.saved():
        pen.canvas.clip(box)
        pen.cover(rect(left, _TOP, right - left, 0.15), MID_TONE)
        pen.straight(((left, _TOP + 0.15), (right, _TOP + 0.15)), 1.0)
        eyes = sockets(shape, view)
        if eyes:
            low, high = min(s.x for s in eyes) - 0.2, max(s.x for s in eyes) + 0.2
            y = shape.eye_y
            pen.shape(_screen(max(low, left - 0.1), y - 0.24, min(high, right - 0.04), y + 0.2), WHITE, 1.0)
    for x in (left + 0.08, right - 0.08):
        pen.cover(ellipse(x, shape.chin_y - 0.12, 0.02, 0.02), BLACK)
        pen.cover(ellipse(x, _TOP + 0.075, 0.02, 0.02), BLACK)


def _screen(left: float, top: float, right: float, bottom: float) -> Path:
    cut = 0.06
    return poly((
        (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
        (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
    ))  # fmt: skip
