"""Tools and fittings, each in a box of one unit around the origin; long ones lie along +x, their handle on the left."""

from math import cos, pi, sin

from drawing.art.props.lights import flame
from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE, Pen


def gun(pen: Pen) -> None:
    """A matchlock or hunting gun."""
    pen.shape(rect(-0.2, -0.042, 0.7, 0.026), BLACK, 0.8)
    stock = (
        (-0.5, 0.1),
        (-0.48, 0.0),
        (-0.3, -0.035),
        (0.24, -0.018),
        (0.26, 0.006),
        (-0.16, 0.02),
        (-0.27, 0.05),
        (-0.42, 0.13),
    )
    pen.shape(smooth(stock, closed=True, tension=0.45), MID_TONE, 1.0)
    pen.contour(ellipse(-0.185, 0.036, 0.03, 0.026), 1.2)
    pen.line(((-0.19, -0.04), (-0.21, -0.085), (-0.16, -0.09)), 1.4, (0, 0.4))
    pen.shape(rect(0.46, -0.06, 0.012, 0.02), BLACK, 0.6)
    for x in (0.0, 0.14):
        pen.straight(((x, -0.046), (x, 0.0)), 1.0)


def sword(pen: Pen) -> None:
    blade = ((-0.26, -0.018), (0.2, -0.03), (0.44, -0.06), (0.5, -0.07), (0.45, -0.035), (0.2, 0.004), (-0.26, 0.016))
    pen.shape(smooth(blade, closed=True, tension=0.5), WHITE, 1.0)
    pen.line(((-0.24, -0.002), (0.2, -0.012), (0.46, -0.05)), 0.6, (0, 1))
    pen.shape(rect(-0.5, -0.022, 0.23, 0.044), BLACK, 1.0)
    for k in range(5):
        x = -0.48 + 0.045 * k
        pen.straight(((x, -0.02), (x + 0.03, 0.02)), 0.8, 255)
    pen.shape(ellipse(-0.265, 0, 0.018, 0.06), MID_TONE, 1.0)


def stick(pen: Pen) -> None:
    pen.shape(stroke(((-0.5, 0.02), (-0.2, -0.01), (0.2, 0.012), (0.5, -0.01)), 0.045, (0.2, 0.3)), LIGHT_TONE, 1.0)


def knife(pen: Pen) -> None:
    pen.shape(poly(((-0.05, -0.06), (0.44, -0.04), (0.5, 0.0), (0.1, 0.07), (-0.05, 0.06))), WHITE, 1.0)
    pen.shape(rect(-0.5, -0.05, 0.45, 0.1), BLACK, 1.0)


def umbrella(pen: Pen) -> None:
    pen.shape(rect(-0.012, -0.4, 0.024, 0.86), WHITE, 0.8)
    dome: Path = (
        ("M", -0.5, -0.14),
        ("C", -0.42, -0.4, -0.16, -0.48, 0, -0.5),
        ("C", 0.16, -0.48, 0.42, -0.4, 0.5, -0.14),
    )
    scallops: Path = tuple(("Q", 0.5 - 0.25 * i - 0.125, -0.22, 0.5 - 0.25 * (i + 1), -0.14) for i in range(4))
    pen.shape((*dome, *scallops, ("Z",)), MID_TONE, 1.2)
    for x in (-0.25, 0.0, 0.25):
        pen.line(((0, -0.49), (x * 0.8, -0.34), (x, -0.15)), 0.8, (0.2, 0.2))


def lantern(pen: Pen) -> None:
    pen.line(((0, -0.5), (0, -0.36)), 1.4, (0, 0))
    body = smooth(
        (
            (-0.14, -0.3),
            (-0.27, -0.1),
            (-0.27, 0.14),
            (-0.14, 0.34),
            (0.14, 0.34),
            (0.27, 0.14),
            (0.27, -0.1),
            (0.14, -0.3),
        ),
        closed=True,
        tension=0.55,
    )
    pen.shape(body, WHITE, 1.2)
    for i in range(6):
        y = -0.2 + i * 0.09
        half = 0.26 - 0.1 * abs(y - 0.02) ** 1.2 * 2
        pen.curve(((-half, y), (0, y + 0.025), (half, y)), 0.7)
    for y in (-0.36, 0.31):
        pen.shape(rect(-0.15, y, 0.3, 0.07), BLACK, 1.0)


def candle(pen: Pen) -> None:
    pen.shape(rect(-0.1, -0.14, 0.2, 0.52), WHITE, 1.1)
    pen.shape(ellipse(0, 0.4, 0.26, 0.08), MID_TONE, 1.1)
    pen.line(((0, -0.14), (0, -0.2)), 1.0, (0, 0))
    flame(pen, 0.0, -0.2, 0.24)


def bell(pen: Pen) -> None:
    pen.shape(ellipse(0, 0.34, 0.07, 0.08), BLACK, 1.0)
    pen.shape(
        smooth(
            ((-0.38, 0.32), (-0.28, 0.1), (-0.22, -0.26), (0, -0.38), (0.22, -0.26), (0.28, 0.1), (0.38, 0.32)),
            closed=True,
            tension=0.5,
        ),
        LIGHT_TONE,
        1.2,
    )
    pen.line(((-0.3, 0.22), (0, 0.26), (0.3, 0.22)), 1.0, (0, 0))
    pen.contour(ellipse(0, -0.43, 0.06, 0.06), 1.4)


def scissors(pen: Pen) -> None:
    for side in (-1, 1):
        pen.shape(poly(((0, 0.04), (side * 0.14, -0.48), (side * 0.03, -0.44), (-side * 0.05, 0.02))), WHITE, 1.0)
        pen.contour(ellipse(-side * 0.16, 0.3, 0.12, 0.15, side * 0.3), 2.0)
    pen.canvas.fill(ellipse(0, 0.02, 0.025, 0.025))


def key(pen: Pen) -> None:
    pen.contour(ellipse(-0.3, 0, 0.15, 0.15), 2.4)
    pen.shape(rect(-0.15, -0.03, 0.6, 0.06), LIGHT_TONE, 1.0)
    for x in (0.28, 0.38):
        pen.shape(rect(x, 0.03, 0.05, 0.12), LIGHT_TONE, 1.0)


def door(pen: Pen) -> None:
    pen.shape(rect(-0.32, -0.5, 0.64, 1.0), LIGHT_TONE, 1.4)
    pen.shape(rect(-0.27, -0.46, 0.54, 0.96), WHITE, 1.0)
    for x in (-0.22, 0.03):
        for y, tall in ((-0.4, 0.36), (0.04, 0.36)):
            pen.shape(rect(x, y, 0.19, tall), LIGHT_TONE, 0.9)
    pen.shape(ellipse(0.21, 0.0, 0.02, 0.02), BLACK, 1.0)


def sign(pen: Pen) -> None:
    pen.shape(rect(-0.03, -0.1, 0.06, 0.6), MID_TONE, 1.0)
    pen.shape(rect(-0.46, -0.42, 0.92, 0.46), WHITE, 1.4)
    for i in range(3):
        pen.line(((-0.36, -0.32 + 0.13 * i), (0.3 - 0.1 * i, -0.32 + 0.13 * i)), 1.2, (0.3, 0.6))


def phone(pen: Pen) -> None:
    pen.shape(poly(((-0.24, -0.48), (0.24, -0.48), (0.24, 0.48), (-0.24, 0.48))), BLACK, 1.2)
    pen.shape(rect(-0.2, -0.4, 0.4, 0.74), WHITE, 0.8)
    pen.line(((-0.12, -0.2), (0.1, -0.2)), 1.0, (0.2, 0.2))
    pen.line(((-0.12, -0.05), (0.04, -0.05)), 1.0, (0.2, 0.2))


def receiver(pen: Pen) -> None:
    """Of a telephone on a wire; what one speaks into and hears with is turned to the left."""
    handle = smooth(((-0.1, -0.46), (0.14, -0.34), (0.2, 0.0), (0.14, 0.34), (-0.1, 0.46), (0.0, 0.24), (0.06, 0.0),
                     (0.0, -0.24)), closed=True, tension=0.6)  # fmt: skip
    pen.canvas.stroke(handle, pen.weight * 3.0, 255)
    pen.shape(handle, BLACK, 1.2)
    for end in (-1, 1):
        pen.shape(ellipse(-0.06, end * 0.42, 0.16, 0.13), BLACK, 1.2)
    pen.line(((0.12, -0.24), (0.16, 0.0), (0.12, 0.24)), 1.2, (0.4, 0.4), 255)
    pen.curve([(-0.02 + 0.06 * (k % 2), 0.5 + 0.045 * k) for k in range(7)], 1.2)


def telephone(pen: Pen) -> None:
    """On a table, its receiver on the fork."""
    body = smooth(((-0.3, -0.12), (-0.34, 0.06), (-0.46, 0.26), (-0.46, 0.36), (0.46, 0.36), (0.46, 0.26), (0.34, 0.06),
                   (0.3, -0.12)), closed=True, tension=0.4)  # fmt: skip
    pen.shape(body, BLACK, 1.3)
    pen.line(((-0.3, 0.0), (-0.38, 0.22)), 1.6, (0.4, 0.4), 255)
    pen.shape(ellipse(0, 0.13, 0.19, 0.17), WHITE, 1.1)
    pen.contour(ellipse(0, 0.13, 0.08, 0.07), 0.9)
    for k in range(10):
        angle = pi * (0.25 + 0.165 * k)
        pen.canvas.fill(ellipse(0.135 * cos(angle), 0.13 - 0.12 * sin(angle), 0.022, 0.02))
    for side in (-1, 1):
        pen.shape(rect(side * 0.2 - 0.04, -0.2, 0.08, 0.1), MID_TONE, 1.0)
    half = ((0.3, -0.34), (0.52, -0.26), (0.5, -0.12), (0.32, -0.14), (0.26, -0.22))
    handle = smooth((*half, *((-x, y) for x, y in reversed(half))), closed=True, tension=0.4)
    pen.shape(handle, BLACK, 1.3)
    pen.line(((-0.26, -0.29), (0.2, -0.29)), 1.4, (0.4, 0.4), 255)
