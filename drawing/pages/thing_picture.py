"""A picture of one thing alone, on white: what an image model draws the thing after, and what people look at."""

from drawing.art.things.draw_own_shape import draw_marks
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from drawing.pages.pdf_to_pixels import preview_png
from manga.geometry import Point
from manga.thing_shapes import ThingShape

_SIDE_MM, _PIXELS = 40.0, 512
_FILLED = 0.85
"""Of the square, the side of the box that the thing fills."""


def thing_png(thing: ThingShape) -> bytes:
    """With flat greys, as image models are told to draw."""
    canvas = Canvas(_SIDE_MM, _SIDE_MM)
    draw_thing(canvas, thing, (0.0, 0.0), _SIDE_MM, flat=True)
    return preview_png(canvas.finish(), _PIXELS)


def draw_thing(canvas: Canvas, thing: ThingShape, at: Point, side: float, *, flat: bool = False) -> None:
    """In a square of the canvas, millimetres."""
    x, y = at
    with canvas.moved(x + side / 2, y + side / 2, side * _FILLED):
        draw_marks(Pen.on(canvas), thing.marks, flat=flat)
