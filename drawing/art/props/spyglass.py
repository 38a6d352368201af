"""A telescope that somebody looks through: its eyepiece at the eye, its tripod on the floor. In the figure's heads."""

from collections.abc import Callable
from math import cos, radians, sin

from drawing.art.frame import Frame
from drawing.ink.paths import Path, ellipse, poly
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, Pen
from manga.geometry import Point

_RISE = radians(24)
_LONG = 2.7
_EYE = (0.29, 0.04)
"""Where the farther eye is from the middle of a head that is turned aside."""


def at_the_eye(frame: Frame) -> Callable[[Pen], None]:
    """It points where the figure looks, and upwards."""
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

    mount = along(_LONG * 0.46, -0.16)
    feet = [(mount[0] + dx, -0.02) for dx in (-0.85, 0.12, 0.8)]
    legs = [poly([(mount[0] - 0.05, mount[1]), (mount[0] + 0.05, mount[1]), (fx + 0.035, fy), (fx - 0.035, fy)])
            for fx, fy in feet]  # fmt: skip
    whole = (tube(0.0, 0.2, 0.075), tube(0.2, _LONG * 0.72, 0.15), tube(_LONG * 0.72, _LONG, 0.2))

    def ink(pen: Pen) -> None:
        for path in whole:
            pen.canvas.stroke(path, pen.weight * 3.4, 255)
        for leg in legs:
            pen.shape(leg, MID_TONE, 1.0)
        pen.shape(ellipse(*mount, 0.11, 0.13), DARK_TONE, 1.0)
        for path, shade in zip(whole, (BLACK, LIGHT_TONE, DARK_TONE), strict=True):
            pen.shape(path, shade, 1.2)
        pen.shape(tube(0.7, 0.86, 0.17), BLACK, 1.0)
        pen.line((along(0.95, 0.07), along(_LONG * 0.68, 0.07)), 1.2, (0.5, 0.5), 255)

    return ink
