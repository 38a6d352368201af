"""Things used at the head: a telephone at the ear, a telescope at the eye, instruments that are played.

In: the body's hands and the frame. Out: ink, in the figure's heads.
"""

from collections.abc import Callable
from functools import partial
from math import atan2, cos, hypot, pi, radians, sin

from drawing.art.body import DressedBody
from drawing.art.hands import ink_fingers
from drawing.art.points_in_space import add
from drawing.art.props.stove_table_basin import ink_hands
from drawing.art.things.draw_shape_file import draw_shape
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, ellipse, poly
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, Pen
from manga.geometry import Point

Ink = Callable[[Pen], None]

AT_EAR = {"phone": "parts/handset", "receiver": "receiver", "telephone": "receiver"}
"""What is seen of a telephone at an ear."""
_EAR, _MOUTH = (0.46, -0.14, -0.06), (0.42, 0.46, 0.1)
"""From the middle of the head: outwards, down, forwards."""
_HANDSET = 1.08
"""Its length, by the way from the ear to beside the mouth."""
_RISE, _TUBE = radians(24), 2.7
_EYE = (0.29, 0.04)
"""Where the farther eye is from the middle of a head that is turned aside."""
_VIOLIN, _BOW, _FLUTE, _GUITAR = 2.2, 2.3, 2.1, 3.1
"""Lengths in heads."""
_SHORTENED = 1.5
"""Of a violin that points at us."""
_SLANT = 0.83
"""Radians by which the neck of the guitar points up as it is drawn."""


def at_the_ear(name: str, body: DressedBody, frame: Frame) -> Ink:
    """A telephone seen from its edge, on the side of the higher hand, which closes around it."""
    side = 0 if body.hands[0].centre[1] < body.hands[1].centre[1] else 1
    out = 1 if side == 0 else -1
    ear, mouth = (frame.flat(add(frame.bones.head, (out * x, y, z))) for x, y, z in (_EAR, _MOUTH))
    dx, dy = mouth[0] - ear[0], mouth[1] - ear[1]
    size = hypot(dx, dy) * _HANDSET
    middle: Point = ((ear[0] + mouth[0]) / 2, (ear[1] + mouth[1]) / 2)
    outward = middle[0] >= frame.flat(frame.bones.head)[0]

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(*middle, size, atan2(dy, dx) - pi / 2, mirror=not outward):
            draw_shape(Pen(pen.canvas, pen.weight / size), AT_EAR[name])
        ink_fingers(pen, body.hands[side], body.skin)

    return ink


def at_the_eye(frame: Frame) -> Ink:
    """A telescope with its tripod on the floor; it points where the figure looks, and upwards."""
    side = -1 if frame.view.yaw <= 0 else 1
    x, y = frame.flat(frame.bones.head)
    eye = (x + side * _EYE[0], y + _EYE[1])

    def along(way: float, off: float = 0.0) -> Point:
        """`way` along the tube from the eye, `off` above it."""
        return (
            eye[0] + side * (way * cos(_RISE) - off * sin(_RISE)),
            eye[1] - way * sin(_RISE) - off * cos(_RISE),
        )

    def tube(start: float, end: float, half: float) -> Path:
        return poly([along(start, half), along(end, half), along(end, -half), along(start, -half)])

    mount = along(_TUBE * 0.46, -0.16)
    feet = [(mount[0] + dx, -0.02) for dx in (-0.85, 0.12, 0.8)]
    legs = [poly([(mount[0] - 0.05, mount[1]), (mount[0] + 0.05, mount[1]), (fx + 0.035, fy), (fx - 0.035, fy)])
            for fx, fy in feet]  # fmt: skip
    whole = (tube(0.0, 0.2, 0.075), tube(0.2, _TUBE * 0.72, 0.15), tube(_TUBE * 0.72, _TUBE, 0.2))

    def ink(pen: Pen) -> None:
        for path in whole:
            pen.canvas.stroke(path, pen.weight * 3.4, 255)
        for leg in legs:
            pen.shape(leg, MID_TONE, 1.0)
        pen.shape(ellipse(*mount, 0.11, 0.13), DARK_TONE, 1.0)
        for path, shade in zip(whole, (BLACK, LIGHT_TONE, DARK_TONE), strict=True):
            pen.shape(path, shade, 1.2)
        pen.shape(tube(0.7, 0.86, 0.17), BLACK, 1.0)
        pen.line((along(0.95, 0.07), along(_TUBE * 0.68, 0.07)), 1.2, (0.5, 0.5), 255)

    return ink


def played(name: str, body: DressedBody, frame: Frame) -> Ink | None:
    """Somebody with an instrument of his own plays it; its hands lie over it."""
    make = {"violin": _fiddled, "flute": _blown, "guitar": _plucked}.get(name)
    if make is None:
        return None
    draw = make(body, frame)

    def ink(pen: Pen) -> None:
        draw(pen)
        ink_hands(pen, body)

    return ink


def _fiddled(body: DressedBody, frame: Frame) -> Ink:
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
        _lay(pen, "parts/violin_along", middle, turn, long)
        _lay(pen, "parts/bow_along", _ahead((rx, ry), draw, _BOW * 0.44), draw, _BOW)

    return ink


def _blown(body: DressedBody, frame: Frame) -> Ink:
    """From the mouth past both hands."""
    x, y = frame.flat(frame.bones.head)
    far = max((h.centre for h in body.hands), key=lambda c: abs(c[0] - x))
    lip = (x + (0.1 if frame.view.yaw > 0 else -0.1), y + 0.36)
    turn = atan2(far[1] - lip[1], far[0] - lip[0])
    return partial(_lay, name="parts/flute_along", at=_ahead(lip, turn, _FLUTE * 0.36), turn=turn, size=_FLUTE)


def _plucked(body: DressedBody, frame: Frame) -> Ink:
    """Across the body, its neck in the left hand."""
    (lx, ly), (rx, ry) = (h.centre for h in body.hands)
    turn = atan2(ly - ry, lx - rx)
    size = max(_GUITAR, hypot(lx - rx, ly - ry) * 1.7)
    return partial(_lay, name="guitar", at=_ahead((rx, ry), turn, size * 0.16), turn=turn + _SLANT, size=size)


def _ahead(at: Point, turn: float, way: float) -> Point:
    return (at[0] + cos(turn) * way, at[1] + sin(turn) * way)


def _lay(pen: Pen, name: str, at: Point, turn: float, size: float) -> None:
    with pen.canvas.moved(at[0], at[1], size, turn):
        draw_shape(Pen(pen.canvas, pen.weight / size), name)
