"""What stands in a room by itself: a cupboard, a glass as tall as a person, a coffin. In a box of one unit."""

from drawing.art.props.lights import oil_lantern
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def cupboard(pen: Pen) -> None:
    """Both doors stand open; jars, boxes, rope and a lantern fill the shelves."""
    pen.shape(rect(-0.28, -0.5, 0.56, 1.0), MID_TONE, 1.5)
    pen.canvas.fill(rect(-0.24, -0.46, 0.48, 0.9))
    for y in (-0.17, 0.12):
        pen.shape(rect(-0.24, y, 0.48, 0.025), LIGHT_TONE, 1.0)
    for side in (-1, 1):
        door = poly(((side * 0.28, -0.5), (side * 0.46, -0.44), (side * 0.46, 0.5), (side * 0.28, 0.44)))
        pen.shape(door, LIGHT_TONE, 1.4)
        for top, low in ((-0.4, -0.04), (0.04, 0.4)):
            panel = poly(((side * 0.31, top), (side * 0.43, top + 0.03), (side * 0.43, low + 0.03), (side * 0.31, low)))
            pen.shape(panel, WHITE, 0.9)
        pen.canvas.fill(ellipse(side * 0.435, 0.01, 0.014, 0.02))
    _top_shelf(pen)
    _middle_shelf(pen)
    pen.shape(rect(-0.2, 0.26, 0.2, 0.18), MID_TONE, 1.1)
    pen.line(((-0.2, 0.32), (0.0, 0.32)), 1.0, (0, 0))
    pen.shape(rect(0.04, 0.32, 0.17, 0.12), WHITE, 1.1)
    pen.shape(poly(((0.06, 0.32), (0.18, 0.32), (0.2, 0.22), (0.08, 0.22))), LIGHT_TONE, 1.0)


def _top_shelf(pen: Pen) -> None:
    """Jars and a bottle."""
    row = ((-0.18, 0.09, 0.17, WHITE), (-0.07, 0.08, 0.13, LIGHT_TONE), (0.04, 0.05, 0.2, DARK_TONE),
           (0.15, 0.1, 0.15, WHITE))  # fmt: skip
    for x, wide, tall, shade in row:
        pen.shape(rect(x - wide / 2, -0.17 - tall, wide, tall), shade, 1.0)
        pen.shape(rect(x - wide * 0.32, -0.2 - tall, wide * 0.64, 0.03), MID_TONE, 0.9)


def _middle_shelf(pen: Pen) -> None:
    """A lantern, and a coil of rope on its nail."""
    with pen.canvas.moved(-0.12, -0.01, 0.25):
        oil_lantern(Pen(pen.canvas, pen.weight / 0.25))
    coil: Path = (*ellipse(0.1, 0.02, 0.075, 0.09), *ellipse(0.1, 0.03, 0.05, 0.065))
    pen.canvas.stroke(coil, pen.weight * 3.0, 255)
    pen.canvas.stroke(coil, pen.weight * 0.9)
    pen.line(((0.1, -0.1), (0.1, -0.14)), 2.0, (0, 0), 255)


def pier_glass(pen: Pen) -> None:
    """A mirror as tall as a person, in a carved frame on feet, with the room's light in it."""
    for side in (-1, 1):
        foot = poly(((side * 0.14, 0.42), (side * 0.28, 0.5), (side * 0.16, 0.5), (side * 0.1, 0.45)))
        pen.shape(foot, DARK_TONE, 1.1)
    crest = smooth(((-0.22, -0.42), (-0.12, -0.47), (0.0, -0.5), (0.12, -0.47), (0.22, -0.42)), tension=0.6)
    pen.shape((*crest, ("Z",)), DARK_TONE, 1.2)
    pen.shape(rect(-0.23, -0.43, 0.46, 0.88), MID_TONE, 1.5)
    glass = rect(-0.18, -0.38, 0.36, 0.78)
    pen.shape(glass, WHITE, 1.1)
    with pen.canvas.saved():
        pen.canvas.clip(glass)
        pen.cover(poly(((-0.2, 0.1), (0.2, -0.3), (0.2, -0.1), (-0.2, 0.3))), LIGHT_TONE)
        shine: Path = (("M", -0.14, -0.1), ("L", 0.04, -0.32), ("M", -0.12, 0.0), ("L", 0.12, -0.3), ("M", -0.02, 0.34),
                       ("L", 0.15, 0.12))  # fmt: skip
        pen.canvas.stroke(shine, pen.weight)
    pen.canvas.fill(ellipse(0.0, -0.44, 0.025, 0.02), 255)
    for y in (-0.2, 0.0, 0.2):
        for side in (-1, 1):
            pen.canvas.fill(ellipse(side * 0.205, y, 0.011, 0.02))
    pen.canvas.fill(rect(-0.23, 0.43, 0.46, 0.02))


_BOARDS = ((-0.5, -0.08), (-0.27, -0.19), (0.4, -0.16), (0.5, -0.08), (0.4, 0.01), (-0.27, 0.05))
"""The outline of a coffin from above, its head to the left."""


def coffin(pen: Pen) -> None:
    """On trestles; its lid is pushed aside and not yet screwed down."""
    for x in (-0.24, 0.3):
        for lean in (-0.09, 0.09):
            pen.straight(((x, 0.14), (x + lean, 0.46)), 3.4)
            pen.straight(((x, 0.14), (x + lean, 0.46)), 1.2, 255)
        pen.straight(((x - 0.05, 0.34), (x + 0.05, 0.34)), 1.6)
    head, _, _, foot, low_foot, low_head = _BOARDS
    deep = 0.2
    for (x0, y0), (x1, y1), shade in ((head, low_head, MID_TONE), (low_head, low_foot, DARK_TONE),
                                      (low_foot, foot, MID_TONE)):  # fmt: skip
        board = poly(((x0, y0), (x1, y1), (x1 * 0.96, y1 + deep), (x0 * 0.96, y0 + deep)))
        pen.shape(board, shade, 1.3)
    pen.straight(((-0.25, 0.19), (0.38, 0.15)), 0.8, 255)
    for x in (-0.14, 0.24):
        handle = smooth(((x - 0.07, 0.1), (x - 0.05, 0.16), (x + 0.05, 0.16), (x + 0.07, 0.095)), tension=0.5)
        pen.canvas.stroke(handle, pen.weight * 2.4, 255)
        pen.canvas.stroke(handle, pen.weight * 1.1)
    pen.shape(poly(_BOARDS), BLACK, 1.3)
    pen.straight(((-0.24, 0.022), (0.36, -0.012)), 1.6, 255)
    with pen.canvas.moved(0.05, -0.1, 0.98, 0.03):
        under = [(x, y + 0.035) for x, y in _BOARDS]
        pen.shape(poly(under), DARK_TONE, 1.2)
        pen.shape(poly(_BOARDS), WHITE, 1.4)
        inner = [(x * 0.86 + 0.005, (y + 0.07) * 0.76 - 0.07) for x, y in _BOARDS]
        pen.shape(poly(inner), LIGHT_TONE, 0.9)
        pen.straight(((-0.28, -0.07), (0.3, -0.075)), 2.6)
        pen.straight(((-0.13, -0.13), (-0.1, -0.01)), 2.6)
        for x, y in _BOARDS:
            pen.canvas.fill(ellipse(x * 0.93, (y + 0.07) * 0.9 - 0.07, 0.011, 0.008))
