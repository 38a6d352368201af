"""Somebody who lies, seen near: a little tilted on a pillow or on the ground, never a head turned on its side."""

from dataclasses import replace
from math import radians

from drawing.art.figure import Figure, tipped
from drawing.ink.paths import ellipse, rect, smooth, stroke
from drawing.ink.pen import LIGHT_TONE, WHITE, Pen

TILT = 20.0
"""Degrees."""


def tilted(figure: Figure, *, to_left: bool) -> Figure:
    """The figure turned a little about its head."""
    turned = tipped(figure, radians(-TILT if to_left else TILT), figure.marks.head.centre)
    return replace(turned, deed="lie")


def draw_rest(pen: Pen, figure: Figure, *, outdoors: bool) -> None:
    """What the head rests on, in the figure's heads."""
    x, y = figure.marks.head.centre
    if outdoors:
        _draw_grass(pen, x, y)
        return
    sheet = smooth(
        ((x - 3.2, y + 0.5), (x - 2.0, y + 0.36), (x, y + 0.5), (x + 2.2, y + 0.34), (x + 3.4, y + 0.6)), tension=0.5
    )
    pen.shape((*sheet, ("L", x + 3.4, y + 6), ("L", x - 3.2, y + 6), ("Z",)), WHITE, 1.0)
    pillow = (
        (x - 1.25, y - 0.42), (x - 0.6, y - 0.62), (x, y - 0.6), (x + 0.62, y - 0.63), (x + 1.25, y - 0.4),
        (x + 1.3, y + 0.3), (x + 1.2, y + 0.72), (x, y + 0.8), (x - 1.2, y + 0.72), (x - 1.3, y + 0.3),
    )  # fmt: skip
    pen.shape(smooth(pillow, closed=True, tension=0.5), WHITE, 1.3)
    pen.canvas.tone(ellipse(x + 0.12, y + 0.1, 0.78, 0.66), LIGHT_TONE.tone)
    for dx, dy, side in ((-0.62, -0.3, -1), (-0.7, 0.1, -1), (-0.6, 0.42, -1), (0.66, -0.2, 1), (0.7, 0.2, 1)):
        pen.line(
            ((x + dx, y + dy), (x + dx + side * 0.2, y + dy - 0.05), (x + dx + side * 0.4, y + dy + 0.02)),
            0.9,
            (0.2, 1),
        )


def _draw_grass(pen: Pen, x: float, y: float) -> None:
    """The ground as it is seen from above."""
    pen.cover(rect(x - 9, y - 7, 18, 20), LIGHT_TONE)
    pen.canvas.fill(ellipse(x, y + 0.5, 1.7, 1.5), 255)
    blades: list[tuple[str | float, ...]] = []
    for i in range(64):
        px, py = x - 4 + 8 * ((i * 37) % 64) / 63, y - 2 + 4.5 * ((i * 23) % 64) / 63
        for lean in (-0.12, 0.0, 0.13):
            blades += stroke(((px, py), (px + lean * 0.4, py - 0.12), (px + lean, py - 0.24)), 0.04, (0, 1), steps=3)
    pen.canvas.fill(tuple(blades))


def draw_blanket(pen: Pen, figure: Figure) -> None:
    """Turned down over the chest; lies over the figure."""
    x, y = figure.marks.head.centre
    top = y + 1.32
    edge = smooth(
        ((x - 2.6, top + 0.34), (x - 1.1, top + 0.08), (x, top), (x + 1.1, top + 0.1), (x + 2.6, top + 0.3)),
        tension=0.5,
    )
    low = smooth(
        ((x + 2.6, top + 0.72), (x + 1.1, top + 0.5), (x, top + 0.4), (x - 1.1, top + 0.48), (x - 2.6, top + 0.76)),
        tension=0.5,
    )
    pen.shape((*edge, ("L", x + 2.6, y + 8), ("L", x - 2.6, y + 8), ("Z",)), LIGHT_TONE, 1.2)
    pen.shape((*edge, ("L", *low[0][1:]), *low[1:], ("Z",)), WHITE, 1.2)
    for k in (-1.3, -0.4, 0.5, 1.4):
        pen.line(((x + k * 0.8, top + 0.6), (x + k, top + 1.2), (x + k * 1.05, top + 2.2)), 0.9, (0.3, 1))


BED = 1.7
"""How high a bed stands, in the figure's heads."""


def draw_bed(pen: Pen, figure: Figure) -> None:
    """A bed under somebody who lies along it, seen from its side."""
    body, head = figure.marks.body, figure.marks.head.centre
    left, right = body.x - 0.4, body.right + 0.4
    side = -1 if head[0] < body.centre[0] else 1
    for x in (left + 0.25, right - 0.25):
        pen.shape(rect(x - 0.09, 0.3, 0.18, BED - 0.3), WHITE, 1.0)
    board = left if side < 0 else right
    pen.shape(rect(board - 0.12, -1.5, 0.24, BED + 1.0), LIGHT_TONE, 1.2)
    pen.shape(rect(left, -0.12, right - left, 0.5), WHITE, 1.3)
    pen.straight(((left, 0.2), (right, 0.2)), 0.8)
    pen.shape(ellipse(head[0] + side * 0.2, head[1] + 0.36, 0.8, 0.34), WHITE, 1.2)


def draw_cover(pen: Pen, figure: Figure) -> None:
    """The quilt of that bed, from the chest to the feet."""
    body, head = figure.marks.body, figure.marks.head.centre
    side = -1 if head[0] < body.centre[0] else 1
    start, end = head[0] - side * 1.25, (body.right if side < 0 else body.x) - side * 0.35
    high = -min(body.height, 1.7)
    top = smooth(
        ((start, high * 0.98), (start + (end - start) * 0.25, high * 1.08), (start + (end - start) * 0.7, high * 0.86),
         (end, high * 0.8), (end, 0.1)), tension=0.5,
    )  # fmt: skip
    pen.shape((*top, ("L", start, 0.1), ("Z",)), LIGHT_TONE, 1.2)
    pen.shape(rect(min(start, start - side * 0.5), high, 0.5, 0.1 - high), WHITE, 1.1)
    for k in (0.35, 0.6, 0.85):
        x = start + (end - start) * k
        pen.line(((x, high * 0.8), (x - side * 0.15, high * 0.4), (x, -0.05)), 0.9, (0.5, 1))
