"""What stands on a stove and lies on a board, each in a box of one unit around the origin."""

from math import cos, sin

from drawing.art.props.catch import steam
from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.geometry import Point

_TILT = (cos(0.5), sin(0.5))


def _flames(pen: Pen, at: Point, apart: float, tall: float) -> None:
    """In a row on a ring of fire."""
    foot = at[1]
    for k in range(-3, 4):
        x = k * apart + at[0]
        pen.shape(smooth(((x - 0.04, foot), (x, foot - tall), (x + 0.04, foot)), closed=True), WHITE, 0.8)


def pot(pen: Pen) -> None:
    """On its ring of fire, with potatoes that look out of the water."""
    pen.shape(rect(-0.5, 0.4, 1.0, 0.08), DARK_TONE, 1.2)
    _flames(pen, (0.0, 0.4), 0.1, 0.12)
    for side in (-1, 1):
        pen.contour(ellipse(side * 0.43, -0.02, 0.07, 0.055), 2.6)
    body = smooth(((-0.4, -0.1), (-0.39, 0.2), (-0.33, 0.31), (0.33, 0.31), (0.39, 0.2), (0.4, -0.1)), tension=0.4)
    pen.shape(body, MID_TONE, 1.5)
    pen.line(((-0.31, 0.0), (-0.3, 0.16), (-0.26, 0.25)), 2.2, (0.4, 0.4), 255)
    pen.shape(ellipse(0, -0.1, 0.4, 0.13), WHITE, 1.5)
    pen.shape(ellipse(0, -0.08, 0.35, 0.1), LIGHT_TONE, 0.9)
    for x, y, r in (
        (-0.17, -0.11, 0.085),
        (0.02, -0.13, 0.09),
        (0.19, -0.1, 0.08),
        (-0.06, -0.05, 0.08),
        (0.11, -0.045, 0.07),
    ):
        pen.shape(ellipse(x, y, r, r * 0.72), WHITE, 1.0)
        pen.line(((x - r * 0.4, y + r * 0.1), (x, y + r * 0.3)), 0.7, (0.3, 0.5))
    steam(pen, -0.14, -0.26)
    steam(pen, 0.14, -0.24)


def frying_pan(pen: Pen) -> None:
    """On its ring of fire, with two chops in it."""
    pen.shape(rect(-0.5, 0.32, 0.8, 0.07), DARK_TONE, 1.2)
    _flames(pen, (-0.1, 0.32), 0.09, 0.11)
    handle = poly(((0.24, 0.04), (0.5, -0.06), (0.5, 0.0), (0.25, 0.12)))
    pen.shape(handle, BLACK, 1.3)
    pen.canvas.fill(ellipse(0.47, -0.025, 0.014, 0.012), 255)
    wall = smooth(((-0.48, 0.04), (-0.4, 0.2), (-0.1, 0.25), (0.2, 0.2), (0.28, 0.04)), tension=0.5)
    pen.shape(wall, BLACK, 1.5)
    pen.line(((-0.4, 0.12), (-0.32, 0.18), (-0.2, 0.21)), 1.4, (0.4, 0.4), 255)
    pen.shape(ellipse(-0.1, 0.04, 0.38, 0.13), MID_TONE, 1.5)
    pen.shape(ellipse(-0.1, 0.05, 0.33, 0.1), DARK_TONE, 0.8)
    for x, y in ((-0.25, 0.02), (0.04, 0.06)):
        chop = smooth(((x - 0.13, y + 0.01), (x - 0.08, y - 0.045), (x + 0.05, y - 0.045), (x + 0.12, y - 0.01),
                       (x + 0.06, y + 0.035), (x - 0.05, y + 0.04)), closed=True, tension=0.6)  # fmt: skip
        pen.shape(chop, LIGHT_TONE, 1.1)
        pen.line(((x - 0.12, y + 0.005), (x - 0.07, y - 0.03), (x + 0.03, y - 0.035)), 1.6, (0.3, 0.3), 255)
        pen.straight(((x + 0.05, y - 0.01), (x + 0.12, y - 0.005)), 2.4, 255)
        pen.straight(((x + 0.05, y - 0.01), (x + 0.12, y - 0.005)), 0.9)
    steam(pen, -0.24, -0.12)
    steam(pen, 0.02, -0.1)


def potatoes(pen: Pen) -> None:
    """Four of them, with their eyes."""
    for x, y, rx, ry, turn in ((-0.16, -0.1, 0.22, 0.17, -0.3), (0.2, -0.06, 0.21, 0.17, 0.4),
                               (-0.22, 0.2, 0.23, 0.17, 0.2), (0.18, 0.24, 0.24, 0.16, -0.15)):  # fmt: skip
        pen.shape(ellipse(x, y, rx, ry, turn), LIGHT_TONE, 1.4)
        pen.canvas.fill(ellipse(x - rx * 0.35, y - ry * 0.4, rx * 0.22, ry * 0.16, turn), 255)
        for u, v in ((0.3, -0.35), (0.05, 0.25), (-0.45, 0.2), (0.5, 0.3)):
            pen.line(((x + rx * u, y + ry * v), (x + rx * u + 0.025, y + ry * v + 0.015)), 1.3, (0.4, 0.5))


def onion(pen: Pen) -> None:
    """A whole one, and a half with its rings, on the board."""
    pen.shape(poly(((-0.5, 0.2), (0.42, 0.2), (0.5, 0.42), (-0.42, 0.42))), WHITE, 1.2)
    bulb = smooth(((-0.16, -0.32), (-0.1, -0.2), (0.1, -0.04), (0.08, 0.2), (-0.16, 0.29), (-0.4, 0.2), (-0.42, -0.04),
                   (-0.22, -0.2)), closed=True, tension=0.6)  # fmt: skip
    pen.shape(bulb, MID_TONE, 1.4)
    for x in (-0.34, -0.25, -0.07, 0.02):
        pen.line(((-0.16, -0.22), (x, 0.0), (-0.16 + (x + 0.16) * 0.7, 0.24)), 0.8, (0.3, 0.3))
    pen.line(((-0.16, -0.3), (-0.19, -0.42)), 1.6, (0.2, 0.6))
    pen.line(((-0.15, -0.3), (-0.1, -0.4)), 1.4, (0.2, 0.6))
    pen.shape(ellipse(0.23, 0.16, 0.2, 0.21), WHITE, 1.4)
    for r in (0.15, 0.1, 0.05):
        pen.contour(ellipse(0.23, 0.17, r, r * 1.06), 0.9)


def spoon(pen: Pen) -> None:
    """A large one, its handle to the upper right."""

    def at(along: float, off: float) -> Point:
        return (along * _TILT[0] + off * _TILT[1], along * -_TILT[1] + off * _TILT[0])

    pen.shape(
        poly([at(-0.06, -0.03), at(0.5, -0.045), at(0.52, 0.0), at(0.5, 0.045), at(-0.06, 0.03)]), LIGHT_TONE, 1.3
    )
    x, y = at(-0.24, 0)
    pen.shape(ellipse(x, y, 0.23, 0.16, -0.5), WHITE, 1.4)
    pen.shape(ellipse(x, y, 0.18, 0.115, -0.5), LIGHT_TONE, 0.9)
    pen.canvas.fill(ellipse(x - 0.05, y - 0.02, 0.05, 0.03, -0.5), 255)


def lap_cat(pen: Pen) -> None:
    """Curled up asleep on somebody's knees."""
    for side in (-1, 1):
        leg = smooth(((side * 0.04, 0.4), (side * 0.02, 0.16), (side * 0.3, 0.08), (side * 0.62, 0.16),
                      (side * 0.68, 0.3), (side * 0.64, 0.42)), closed=True, tension=0.5)  # fmt: skip
        pen.shape(leg, MID_TONE, 1.3)
        pen.line(((side * 0.5, 0.18), (side * 0.6, 0.26), (side * 0.58, 0.34)), 1.0, (0.3, 0.6))
    body = smooth(((-0.38, 0.12), (-0.36, -0.12), (-0.14, -0.28), (0.16, -0.26), (0.36, -0.08), (0.38, 0.12),
                   (0.2, 0.2), (-0.2, 0.2)), closed=True, tension=0.6)  # fmt: skip
    pen.shape(body, WHITE, 1.5)
    for x, y in ((0.02, -0.26), (0.14, -0.25), (0.25, -0.18)):
        pen.line(((x, y), (x + 0.02, y + 0.12)), 2.4, (0.2, 0.7))
    for side in (-1, 1):
        pen.shape(
            poly(((-0.2 + side * 0.13, -0.08), (-0.2 + side * 0.12, -0.2), (-0.2 + side * 0.03, -0.12))), WHITE, 1.2
        )
    pen.shape(ellipse(-0.2, 0.02, 0.16, 0.13), WHITE, 1.4)
    for side in (-1, 1):
        x = -0.2 + side * 0.07
        pen.curve(((x - 0.035, 0.0), (x, 0.025), (x + 0.035, 0.0)), 1.3)
        for k in (0, 1):
            pen.line(((-0.2 + side * 0.09, 0.06 + 0.02 * k), (-0.2 + side * 0.2, 0.05 + 0.04 * k)), 0.7, (0.2, 0.5))
    pen.shape(poly(((-0.215, 0.045), (-0.185, 0.045), (-0.2, 0.065))), BLACK, 0.6)
    tail = smooth(
        ((0.36, 0.1), (0.3, 0.22), (0.02, 0.25), (-0.1, 0.2), (-0.02, 0.15), (0.2, 0.15)), closed=True, tension=0.6
    )
    pen.shape(tail, WHITE, 1.3)
