"""The chair of a seated figure. Coordinates: the figure's heads, origin on the floor."""

from drawing.ink.paths import poly, rect
from drawing.ink.pen import LIGHT_TONE, Pen


def draw_seat(pen: Pen) -> None:
    pen.shape(rect(-0.72, -3.2, 0.14, 3.2), LIGHT_TONE, 1.0)
    pen.shape(rect(0.58, -3.2, 0.14, 3.2), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.7, -3.15, 1.4, 0.42), LIGHT_TONE, 1.1)
    pen.shape(poly(((-0.8, -1.42), (0.8, -1.42), (0.88, -1.2), (-0.88, -1.2))), LIGHT_TONE, 1.1)
    for x in (-0.82, 0.7):
        pen.shape(rect(x, -1.2, 0.12, 1.24), LIGHT_TONE, 1.0)
