"""The chair of a seated figure, and the boat of one who rows. In the figure's heads, origin on the floor."""

from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import DARK_TONE, LIGHT_TONE, MID_TONE, Pen


def draw_seat(pen: Pen, top: float = 1.42) -> None:
    """`top` is how high one sits on it."""
    back = top + 1.75
    pen.shape(rect(-0.72, -back, 0.14, back), LIGHT_TONE, 1.0)
    pen.shape(rect(0.58, -back, 0.14, back), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.7, 0.05 - back, 1.4, 0.42), LIGHT_TONE, 1.1)
    pen.shape(poly(((-0.8, -top), (0.8, -top), (0.88, 0.22 - top), (-0.88, 0.22 - top))), LIGHT_TONE, 1.1)
    for x in (-0.82, 0.7):
        pen.shape(rect(x, 0.22 - top, 0.12, top - 0.18), LIGHT_TONE, 1.0)


_RIM = ((-2.9, -1.2), (-1.4, -0.92), (0.4, -0.84), (2.0, -0.98), (3.5, -1.36))
"""A boat's side from its stern to its bow."""


def draw_boat(pen: Pen, ahead: int) -> None:
    """What lies behind whoever sits in it: the water around it, the far side, a thwart. `ahead` is the bow's side on
    the page."""
    pen.canvas.fill(ellipse(ahead * 0.3, 0.12, 4.2, 0.5), 255)
    far = smooth([(ahead * x, y - 0.3 * (1 - ((x - 0.3) / 3.2) ** 2)) for x, y in _RIM])
    inside = (*far, *_back_along_the_rim(ahead), ("Z",))
    pen.shape(inside, DARK_TONE, 1.2)
    pen.shape(poly(((-0.7, -0.9), (0.7, -0.9), (0.78, -0.66), (-0.78, -0.66))), LIGHT_TONE, 1.0)


def draw_boat_side(pen: Pen, ahead: int) -> None:
    """What lies before his legs: the near side down to the water, and its ripples."""
    rim = smooth([(ahead * x, y) for x, y in _RIM])
    keel = ((ahead * 2.7, 0.2), (ahead * 0.4, 0.3), (ahead * -2.4, 0.2))
    side = (*rim, ("L", *keel[0]), ("Q", ahead * 1.6, 0.32, *keel[1]), ("L", *keel[2]), ("Z",))
    pen.shape(side, MID_TONE, 1.4)
    low = smooth([(ahead * x * 0.97, y + 0.22) for x, y in _RIM])
    pen.canvas.stroke(low, pen.weight * 1.1)
    pen.canvas.stroke(rim, pen.weight * 4.4)
    pen.canvas.stroke(rim, pen.weight * 2.0, 255)
    for x, y, long in ((-3.4, 0.28, 1.5), (-0.6, 0.44, 2.2), (2.4, 0.32, 1.7)):
        wave = [(ahead * (x + long * k / 4), y + 0.05 * (k % 2)) for k in range(5)]
        pen.canvas.stroke(smooth(wave), pen.weight * 2.6, 255)
        pen.canvas.stroke(smooth(wave), pen.weight * 1.2)


def _back_along_the_rim(ahead: int) -> list[tuple[str | float, ...]]:
    points = [(ahead * x, y + 0.1) for x, y in reversed(_RIM)]
    return [("L", *points[0]), *smooth(points)[1:]]
