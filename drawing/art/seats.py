"""The chair of a seated figure. Coordinates: the figure's heads, origin on the floor."""

from drawing.ink.paths import poly, rect
from drawing.ink.pen import LIGHT_TONE, Pen


def draw_seat(pen: Pen, top: float = 1.42) -> None:
    """`top` is how high one sits on it."""
    back = top + 1.75
    pen.shape(rect(-0.72, -back, 0.14, back), LIGHT_TONE, 1.0)
    pen.shape(rect(0.58, -back, 0.14, back), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.7, 0.05 - back, 1.4, 0.42), LIGHT_TONE, 1.1)
    pen.shape(poly(((-0.8, -top), (0.8, -top), (0.88, 0.22 - top), (-0.88, 0.22 - top))), LIGHT_TONE, 1.1)
    for x in (-0.82, 0.7):
        pen.shape(rect(x, 0.22 - top, 0.12, top - 0.18), LIGHT_TONE, 1.0)
