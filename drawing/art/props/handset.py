"""A telephone at somebody's ear, the hand around it. In the figure's heads."""

from collections.abc import Callable
from math import atan2, hypot, pi

from drawing.art.body import DressedBody
from drawing.art.frame import Frame
from drawing.art.hands import ink_fingers
from drawing.art.props.tools import receiver
from drawing.art.rig import add
from drawing.ink.paths import ellipse, smooth
from drawing.ink.pen import BLACK, Pen
from manga.geometry import Point

_EAR, _MOUTH = (0.46, -0.14, -0.06), (0.42, 0.46, 0.1)
"""From the middle of the head: outwards, down, forwards."""
_LONG = 1.08
"""A handset, by the way from the ear to beside the mouth."""


def at_the_ear(name: str, body: DressedBody, frame: Frame) -> Callable[[Pen], None]:
    """Seen from its edge, on the side of the higher hand."""
    side = 0 if body.hands[0].centre[1] < body.hands[1].centre[1] else 1
    out = 1 if side == 0 else -1
    ear, mouth = (frame.flat(add(frame.bones.head, (out * x, y, z))) for x, y, z in (_EAR, _MOUTH))
    dx, dy = mouth[0] - ear[0], mouth[1] - ear[1]
    size = hypot(dx, dy) * _LONG
    middle: Point = ((ear[0] + mouth[0]) / 2, (ear[1] + mouth[1]) / 2)
    outward = middle[0] >= frame.flat(frame.bones.head)[0]

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(*middle, size, atan2(dy, dx) - pi / 2, mirror=not outward):
            _DRAWN[name](Pen(pen.canvas, pen.weight / size))
        ink_fingers(pen, body.hands[side], body.skin)

    return ink


def _slab(pen: Pen) -> None:
    """Its face lies on the cheek, at the left."""
    edge = smooth(((-0.13, -0.44), (-0.06, -0.5), (0.1, -0.5), (0.17, -0.44), (0.17, 0.44), (0.1, 0.5), (-0.06, 0.5),
                   (-0.13, 0.44)), closed=True, tension=0.4)  # fmt: skip
    pen.canvas.stroke(edge, pen.weight * 3.0, 255)
    pen.shape(edge, BLACK, 1.4)
    pen.line(((-0.08, -0.42), (-0.08, 0.42)), 1.2, (0.2, 0.2), 255)
    pen.canvas.fill(ellipse(0.09, -0.38, 0.035, 0.04), 255)


_DRAWN = {"phone": _slab, "receiver": receiver, "telephone": receiver}
AT_EAR = frozenset(_DRAWN)
