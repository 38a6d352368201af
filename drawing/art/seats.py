"""What a seated figure sits on. Coordinates: the figure's heads, origin on the floor."""

from drawing.ink.paths import ellipse, poly, rect
from drawing.ink.pen import LIGHT_TONE, MID_TONE, WHITE, Pen


def draw_seat(pen: Pen, place: str, *, outdoors: bool) -> None:
    if outdoors:
        pen.shape(poly(((-0.95, -1.35), (0.95, -1.35), (1.05, 0.0), (-1.05, 0.0))), LIGHT_TONE, 1.1)
        pen.shape(ellipse(0, -1.35, 0.95, 0.24), WHITE, 1.1)
        pen.contour(ellipse(0, -1.35, 0.5, 0.12), 0.8)
        return
    if place in {"japanese_room", "farmhouse", "temple_hall"}:
        pen.shape(rect(-0.9, -1.3, 1.8, 1.3), WHITE, 1.2)
        pen.shape(rect(-0.9, -1.3, 1.8, 0.22), MID_TONE, 1.0)
        return
    pen.shape(rect(-0.72, -3.2, 0.14, 3.2), LIGHT_TONE, 1.0)
    pen.shape(rect(0.58, -3.2, 0.14, 3.2), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.7, -3.15, 1.4, 0.42), LIGHT_TONE, 1.1)
    pen.shape(poly(((-0.8, -1.42), (0.8, -1.42), (0.88, -1.2), (-0.88, -1.2))), LIGHT_TONE, 1.1)
    for x in (-0.82, 0.7):
        pen.shape(rect(x, -1.2, 0.12, 1.24), LIGHT_TONE, 1.0)
