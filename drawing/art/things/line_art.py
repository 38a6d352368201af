"""Draws a thing from its outline: a surface that hides what is behind, a shade away from the light, and the lines."""

from drawing.art.things.font_outline import inked
from drawing.ink.pen import DARK, LIGHT, WHITE_INK, Pen

_WIDTH = 1.05
"""Of the pen's plain line: between an inner line and a contour of our own drawings."""


def draw_line_art(pen: Pen, glyph: str, *, lying: bool = False) -> None:
    """Fill a box of one unit around the origin; what lies on a table before us is lower than that."""
    art = inked(glyph, pen.weight * _WIDTH, lying=lying)
    pen.canvas.fill(art.silhouette, WHITE_INK)
    pen.canvas.tone(art.shade, LIGHT)
    pen.canvas.tone(art.dark, DARK)
    pen.canvas.fill(art.lines)
