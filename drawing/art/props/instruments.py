"""Instruments and vessels, each in a box of one unit around the origin."""

from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point


def telescope(pen: Pen) -> None:
    """On its tripod, pointing up to the right."""
    for x, y in ((-0.2, 0.49), (0.02, 0.5), (0.24, 0.48)):
        pen.shape(poly(((-0.03, 0.06), (0.03, 0.06), (x + 0.014, y), (x - 0.014, y))), MID_TONE, 0.9)
    pen.shape(poly(((-0.12, 0.3), (0.14, 0.28), (0.14, 0.305), (-0.12, 0.325))), LIGHT_TONE, 0.8)
    pen.shape(_tube(-0.27, 0.3, 0.075), LIGHT_TONE, 1.2)
    pen.shape(_tube(0.3, 0.47, 0.1), DARK_TONE, 1.2)
    pen.shape(_tube(-0.33, -0.27, 0.05), BLACK, 1.0)
    pen.shape(_tube(-0.42, -0.33, 0.03), MID_TONE, 1.0)
    pen.shape(_tube(-0.06, 0.02, 0.085), BLACK, 0.9)
    pen.shape(_tube(-0.16, 0.06, 0.026, lift=0.125), WHITE, 0.9)
    pen.shape(ellipse(0, 0.02, 0.055, 0.07), MID_TONE, 1.0)
    pen.line((_along(-0.2, 0.045), _along(0.24, 0.045)), 1.0, (0.5, 0.5), 255)


SLOPE = (0.86, -0.51)
"""Where a telescope's tube points."""


def _along(way: float, off: float) -> Point:
    """`way` along the tube from its pivot, `off` above it."""
    return (way * SLOPE[0] + off * SLOPE[1], way * SLOPE[1] - off * SLOPE[0] - 0.04)


def _tube(start: float, end: float, half: float, lift: float = 0.0) -> Path:
    corners = ((start, half), (end, half), (end, -half), (start, -half))
    return poly(tuple(_along(way, off + lift) for way, off in corners))


def camera(pen: Pen) -> None:
    pen.shape(poly(((-0.16, -0.22), (-0.1, -0.34), (0.12, -0.34), (0.18, -0.22))), MID_TONE, 1.0)
    pen.shape(rect(-0.46, -0.24, 0.92, 0.56), BLACK, 1.2)
    pen.shape(rect(-0.46, -0.24, 0.92, 0.12), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.4, -0.3, 0.12, 0.06), MID_TONE, 0.9)
    for size, shade in ((0.23, LIGHT_TONE), (0.17, BLACK), (0.1, DARK_TONE)):
        pen.shape(ellipse(0.02, 0.06, size, size), shade, 1.0)
    pen.shape(ellipse(-0.02, 0.02, 0.03, 0.03), WHITE, 0.5)
    pen.shape(rect(0.28, -0.2, 0.12, 0.06), WHITE, 0.7)


def megaphone(pen: Pen) -> None:
    pen.shape(poly(((-0.3, 0.06), (-0.14, 0.06), (-0.12, 0.34), (-0.24, 0.34))), MID_TONE, 1.0)
    pen.shape(poly(((-0.42, -0.1), (0.26, -0.38), (0.26, 0.3), (-0.42, 0.08))), LIGHT_TONE, 1.2)
    pen.shape(ellipse(0.27, -0.04, 0.11, 0.36), WHITE, 1.2)
    pen.shape(ellipse(0.28, -0.04, 0.07, 0.26), DARK_TONE, 0.9)
    pen.shape(rect(-0.5, -0.11, 0.1, 0.2), BLACK, 1.0)


def drum(pen: Pen) -> None:
    body = smooth(((-0.4, -0.24), (-0.45, 0.0), (-0.4, 0.3), (0.4, 0.3), (0.45, 0.0), (0.4, -0.24)), closed=True,
                  tension=0.4)  # fmt: skip
    pen.shape(body, MID_TONE, 1.2)
    pen.shape(ellipse(0, -0.25, 0.41, 0.15), WHITE, 1.2)
    for k in range(-3, 4):
        pen.canvas.fill(ellipse(k * 0.125, -0.07 + 0.04 * (1 - (k / 3) ** 2), 0.02, 0.02))
        pen.canvas.fill(ellipse(k * 0.125, 0.24 + 0.03 * (1 - (k / 3) ** 2), 0.02, 0.02))
    pen.line(((0.06, -0.3), (0.44, -0.48)), 2.6, (0.1, 0.2))


def watering_can(pen: Pen) -> None:
    pen.shape(poly(((0.16, 0.3), (0.16, 0.12), (0.4, -0.26), (0.46, -0.22))), LIGHT_TONE, 1.1)
    pen.shape(poly(((0.34, -0.24), (0.42, -0.38), (0.5, -0.3), (0.5, -0.18))), MID_TONE, 1.1)
    pen.contour(ellipse(-0.3, 0.08, 0.16, 0.22), 2.4)
    pen.shape(poly(((-0.26, -0.14), (0.18, -0.14), (0.24, 0.42), (-0.32, 0.42))), LIGHT_TONE, 1.2)
    pen.shape(ellipse(-0.04, -0.14, 0.22, 0.06), DARK_TONE, 1.1)
    for y in (0.04, 0.3):
        pen.curve(((-0.28, y), (-0.04, y + 0.03), (0.21, y)), 0.8)


def flowerpot(pen: Pen) -> None:
    """Earth, and nothing in it yet."""
    pen.shape(poly(((-0.28, 0.08), (0.28, 0.08), (0.2, 0.48), (-0.2, 0.48))), MID_TONE, 1.2)
    pen.shape(rect(-0.33, -0.04, 0.66, 0.14), MID_TONE, 1.2)
    pen.shape(ellipse(0, -0.04, 0.33, 0.06), BLACK, 1.0)


def sprout(pen: Pen) -> None:
    """Two first leaves, in a pot."""
    flowerpot(pen)
    pen.line(((0, -0.05), (0.01, -0.2), (0, -0.3)), 3.4, (0.2, 0.2), 255)
    pen.line(((0, -0.05), (0.01, -0.2), (0, -0.3)), 1.8, (0.2, 0.2))
    for side in (-1, 1):
        leaf = ((0, -0.28), (side * 0.1, -0.42), (side * 0.24, -0.4), (side * 0.14, -0.28))
        pen.shape(smooth(leaf, closed=True, tension=0.6), WHITE, 1.0)


def thread(pen: Pen) -> None:
    """One that hangs from far above, with drops of light on it."""
    pen.curve(((0.02, -0.5), (0.0, -0.2), (0.015, 0.15), (-0.01, 0.5)), 0.9)
    for y, size in ((-0.4, 0.016), (-0.22, 0.012), (-0.05, 0.022), (0.13, 0.013), (0.28, 0.018), (0.42, 0.012)):
        pen.shape(ellipse(0.006, y, size, size * 1.2), WHITE, 0.6)
    for y, long in ((-0.05, 0.11), (-0.4, 0.07), (0.28, 0.08)):
        pen.line(((-long, y), (long + 0.012, y)), 0.5, (1.0, 1.0))
        pen.line(((-long * 0.6, y - long * 0.6), (long * 0.6, y + long * 0.6)), 0.4, (1.0, 1.0))
        pen.line(((-long * 0.6, y + long * 0.6), (long * 0.6, y - long * 0.6)), 0.4, (1.0, 1.0))


def spider(pen: Pen) -> None:
    for side in (-1, 1):
        for k, (knee, foot) in enumerate((((0.2, -0.3), (0.36, -0.1)), ((0.3, -0.2), (0.48, 0.06)),
                                          ((0.3, -0.06), (0.46, 0.26)), ((0.22, 0.1), (0.32, 0.44)))):  # fmt: skip
            joint = (side * 0.06, -0.06 + 0.04 * k)
            pen.line((joint, (side * knee[0], knee[1]), (side * foot[0], foot[1])), 1.5, (0.1, 0.6))
    pen.shape(ellipse(0, 0.17, 0.17, 0.2), BLACK, 1.0)
    pen.shape(ellipse(0, -0.06, 0.1, 0.1), BLACK, 1.0)
    pen.line(((-0.06, 0.08), (-0.08, 0.2), (-0.05, 0.3)), 0.8, (0.7, 0.7), 255)
    pen.line(((0, -0.14), (0, -0.5)), 0.6, (0, 0))
