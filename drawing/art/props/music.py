"""What music is made with: a violin with its bow, a flute, an upright piano, each in a box of one unit; and how they
are played: under the chin, at the mouth, across the body."""

from collections.abc import Callable
from math import atan2, cos, hypot, sin

from drawing.art.body import DressedBody
from drawing.art.frame import Frame
from drawing.art.props.goods import guitar
from drawing.art.props.workbench import ink_hands
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point

_HALF = ((-0.5, 0.0), (-0.475, 0.11), (-0.39, 0.17), (-0.29, 0.15), (-0.255, 0.112), (-0.2, 0.096), (-0.145, 0.11),
         (-0.115, 0.132), (-0.05, 0.135), (0.01, 0.09), (0.035, 0.0))  # fmt: skip
"""One side of a violin's body, from the end that is under the chin."""
_VIOLIN, _BOW, _FLUTE, _GUITAR = 2.2, 2.3, 2.1, 3.1
"""Lengths in heads."""
_SHORTENED = 1.5
"""Of a violin that points at us."""
_SLANT = 0.83
"""Radians by which the neck of the guitar points up as it is drawn."""


def violin(pen: Pen) -> None:
    """With its bow beside it."""
    with pen.canvas.moved(-0.05, -0.04, 0.98, -0.72):
        violin_along(Pen(pen.canvas, pen.weight))
    with pen.canvas.moved(0.13, 0.14, 0.96, -0.8):
        bow_along(Pen(pen.canvas, pen.weight))


def violin_along(pen: Pen) -> None:
    """Its neck points to +x."""
    rim = (*_HALF, *((x, -y) for x, y in reversed(_HALF[1:-1])))
    pen.shape(poly(((0.0, -0.026), (0.41, -0.016), (0.41, 0.016), (0.0, 0.026))), MID_TONE, 1.0)
    pen.shape(smooth(rim, closed=True, tension=0.5), DARK_TONE, 1.3)
    for side in (-1, 1):
        hole = ((-0.275, side * 0.085), (-0.25, side * 0.06), (-0.2, side * 0.068), (-0.15, side * 0.075),
                (-0.128, side * 0.05))  # fmt: skip
        pen.curve(hole, 1.5)
        pen.canvas.fill((*ellipse(*hole[0], 0.012, 0.012), *ellipse(*hole[-1], 0.012, 0.012)))
        for x in (0.415, 0.445):
            pen.straight(((x, 0.0), (x - 0.01, side * 0.05)), 2.2)
    pen.shape(poly(((-0.475, -0.03), (-0.28, -0.045), (-0.28, 0.045), (-0.475, 0.03))), BLACK, 0.8)
    pen.shape(poly(((-0.08, -0.032), (0.39, -0.019), (0.39, 0.019), (-0.08, 0.032))), BLACK, 0.8)
    pen.straight(((-0.2, -0.05), (-0.2, 0.05)), 2.0)
    for y in (-0.022, 0.0, 0.022):
        pen.straight(((-0.28, y), (-0.08, y * 0.9)), 0.5)
        pen.straight(((-0.08, y * 0.9), (0.39, y * 0.5)), 0.4, 255)
    pen.shape(poly(((0.39, -0.024), (0.46, -0.018), (0.46, 0.018), (0.39, 0.024))), DARK_TONE, 1.0)
    pen.shape(ellipse(0.472, 0.0, 0.03, 0.034), DARK_TONE, 1.1)
    pen.shape(ellipse(0.472, 0.0, 0.01, 0.012), WHITE, 0.6)


def bow_along(pen: Pen) -> None:
    """Its frog, where the hand is, lies at -x."""
    hair: Path = (("M", -0.44, 0.028), ("L", 0.47, 0.02))
    stick: Path = (("M", -0.5, -0.012), ("Q", 0.05, 0.03, 0.46, -0.03), ("L", 0.475, 0.022))
    for path, weight in ((hair, 0.9), (stick, 1.9)):
        pen.canvas.stroke(path, pen.weight * (weight + 2.2), 255)
    pen.canvas.stroke(hair, pen.weight * 0.9)
    pen.canvas.stroke(stick, pen.weight * 1.9)
    pen.canvas.fill(rect(-0.46, -0.014, 0.07, 0.042))


def flute(pen: Pen) -> None:
    with pen.canvas.moved(0.0, 0.0, 1.0, -0.5):
        flute_along(Pen(pen.canvas, pen.weight))


def flute_along(pen: Pen) -> None:
    """Its mouthpiece lies at -x."""
    pen.shape(rect(-0.5, -0.026, 1.0, 0.052), WHITE, 1.2)
    for x, wide in ((-0.5, 0.03), (-0.24, 0.035), (0.3, 0.035)):
        pen.shape(rect(x, -0.032, wide, 0.064), DARK_TONE, 0.8)
    pen.shape(ellipse(-0.36, -0.012, 0.035, 0.018), BLACK, 0.8)
    for x in (-0.14, -0.06, 0.02, 0.1, 0.18, 0.38, 0.44):
        pen.shape(ellipse(x, -0.012, 0.024, 0.02), LIGHT_TONE, 0.9)
    pen.straight(((-0.17, 0.018), (0.26, 0.018)), 0.9)


def piano(pen: Pen) -> None:
    """Upright, seen from before: its lid, music on the stand, keys, two legs, pedals."""
    pen.shape(rect(-0.5, -0.36, 1.0, 0.8), DARK_TONE, 1.5)
    pen.shape(poly(((-0.52, -0.4), (0.52, -0.4), (0.52, -0.36), (-0.52, -0.36))), BLACK, 1.2)
    for x in (-0.44, 0.03):
        pen.contour(rect(x, -0.31, 0.41, 0.26), 1.0, 255)
    pen.shape(
        poly(((-0.12, -0.26), (0.0, -0.24), (0.12, -0.26), (0.12, -0.06), (0.0, -0.04), (-0.12, -0.06))), WHITE, 1.1
    )
    for y in (-0.2, -0.16, -0.12):
        for side in (-1, 1):
            pen.straight(((side * 0.02, y + 0.005), (side * 0.1, y - 0.01)), 0.7)
    pen.shape(rect(-0.5, 0.0, 1.0, 0.05), WHITE, 1.2)
    pen.canvas.stroke(tuple(op for k in range(1, 28) for op in (("M", -0.5 + k / 28, 0.0), ("L", -0.5 + k / 28, 0.05))),
                      pen.weight * 0.5)  # fmt: skip
    pen.canvas.fill(tuple(op for k in range(1, 28) if k % 7 not in {0, 3}
                          for op in rect(-0.507 + k / 28, 0.0, 0.014, 0.03)))  # fmt: skip
    pen.shape(rect(-0.52, 0.05, 1.04, 0.05), BLACK, 1.2)
    for side in (-1, 1):
        pen.shape(poly(((side * 0.5, 0.1), (side * 0.42, 0.1), (side * 0.44, 0.47), (side * 0.49, 0.47))), BLACK, 1.0)
        pen.shape(ellipse(side * 0.05, 0.41, 0.03, 0.014), WHITE, 0.9)
    pen.canvas.fill(rect(-0.52, 0.44, 1.04, 0.04))


def played(name: str, body: DressedBody, frame: Frame) -> Callable[[Pen], None] | None:
    """Somebody with an instrument of his own plays it; its hands lie over it."""
    make = {"violin": _fiddled, "flute": _blown, "guitar": _plucked}.get(name)
    if make is None:
        return None
    draw = make(body, frame)

    def ink(pen: Pen) -> None:
        draw(pen)
        ink_hands(pen, body)

    return ink


def _fiddled(body: DressedBody, frame: Frame) -> Callable[[Pen], None]:
    """The violin from under the chin to the left hand, the bow from the right one over its strings."""
    (lx, ly), (rx, ry) = (h.centre for h in body.hands)
    x, y = frame.flat(frame.bones.head)
    side = 1 if lx > x else -1
    chin = (x + side * 0.3, y + 0.56)
    turn = atan2(ly - chin[1], lx - chin[0])
    long = max(_SHORTENED, min(_VIOLIN, hypot(lx - chin[0], ly - chin[1]) / 0.84))
    middle, bridge = _ahead(chin, turn, long * 0.46), _ahead(chin, turn, long * 0.34)
    draw = atan2(bridge[1] - ry, bridge[0] - rx)

    def ink(pen: Pen) -> None:
        _lay(pen, violin_along, middle, turn, long)
        _lay(pen, bow_along, _ahead((rx, ry), draw, _BOW * 0.44), draw, _BOW)

    return ink


def _blown(body: DressedBody, frame: Frame) -> Callable[[Pen], None]:
    """From the mouth past both hands."""
    x, y = frame.flat(frame.bones.head)
    far = max((h.centre for h in body.hands), key=lambda c: abs(c[0] - x))
    lip = (x + (0.1 if frame.view.yaw > 0 else -0.1), y + 0.36)
    turn = atan2(far[1] - lip[1], far[0] - lip[0])
    return lambda pen: _lay(pen, flute_along, _ahead(lip, turn, _FLUTE * 0.36), turn, _FLUTE)


def _plucked(body: DressedBody, frame: Frame) -> Callable[[Pen], None]:
    """Across the body, its neck in the left hand."""
    (lx, ly), (rx, ry) = (h.centre for h in body.hands)
    turn = atan2(ly - ry, lx - rx)
    size = max(_GUITAR, hypot(lx - rx, ly - ry) * 1.7)
    return lambda pen: _lay(pen, guitar, _ahead((rx, ry), turn, size * 0.16), turn + _SLANT, size)


def _ahead(at: Point, turn: float, way: float) -> Point:
    return (at[0] + cos(turn) * way, at[1] + sin(turn) * way)


def _lay(pen: Pen, draw: Callable[[Pen], None], at: Point, turn: float, size: float) -> None:
    with pen.canvas.moved(at[0], at[1], size, turn):
        draw(Pen(pen.canvas, pen.weight / size))
