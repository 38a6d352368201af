"""Goods and keepsakes: each in a box of one unit around the origin."""

from math import cos, pi, sin

from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def bag(pen: Pen) -> None:
    pen.curve(((-0.16, -0.12), (-0.14, -0.42), (0.14, -0.42), (0.16, -0.12)), 2.0)
    pen.shape(
        smooth(((-0.38, -0.12), (-0.44, 0.4), (0.44, 0.4), (0.38, -0.12)), closed=True, tension=0.4), MID_TONE, 1.2
    )
    pen.shape(poly(((-0.38, -0.13), (0.38, -0.13), (0.34, 0.12), (-0.34, 0.12))), LIGHT_TONE, 1.0)
    pen.shape(rect(-0.05, 0.06, 0.1, 0.1), WHITE, 0.9)


def box(pen: Pen) -> None:
    pen.shape(poly(((-0.42, -0.1), (0.1, -0.02), (0.1, 0.42), (-0.42, 0.32))), WHITE, 1.1)
    pen.shape(poly(((0.1, -0.02), (0.42, -0.16), (0.42, 0.24), (0.1, 0.42))), MID_TONE, 1.1)
    pen.shape(poly(((-0.42, -0.1), (-0.08, -0.24), (0.42, -0.16), (0.1, -0.02))), LIGHT_TONE, 1.1)
    pen.shape(poly(((-0.2, -0.065), (-0.12, -0.055), (-0.12, 0.375), (-0.2, 0.36))), BLACK, 0.7)
    for side in (-1, 1):
        pen.shape(
            smooth(((-0.02, -0.14), (side * 0.16 - 0.02, -0.3), (side * 0.2, -0.16)), closed=True, tension=0.55),
            WHITE,
            0.9,
        )


def letter(pen: Pen) -> None:
    pen.shape(poly(((-0.46, -0.26), (0.42, -0.32), (0.46, 0.26), (-0.42, 0.32))), WHITE, 1.2)
    pen.line(((-0.45, -0.25), (0.0, 0.06), (0.42, -0.31)), 1.0, (0, 0))
    pen.line(((-0.42, 0.31), (-0.12, 0.0)), 0.8, (0, 0.4))
    pen.line(((0.46, 0.26), (0.12, -0.02)), 0.8, (0, 0.4))
    pen.shape(ellipse(0, 0.05, 0.06, 0.06), BLACK, 0.8)


def book(pen: Pen) -> None:
    for side in (-1, 1):
        cover: Path = (
            ("M", 0, -0.26),
            ("Q", side * 0.24, -0.36, side * 0.48, -0.26),
            ("L", side * 0.48, 0.26),
            ("Q", side * 0.24, 0.16, 0, 0.28),
            ("Z",),
        )
        pen.shape(cover, WHITE, 1.2)
        for i in range(5):
            y = -0.19 + 0.085 * i
            pen.line(((side * 0.06, y), (side * 0.24, y - 0.05), (side * 0.42, y)), 0.7, (0.1, 0.2))
    pen.shape(
        stroke(((-0.5, 0.3), (-0.24, 0.22), (0, 0.32), (0.24, 0.22), (0.5, 0.3)), 0.05, (0, 0), steps=5), BLACK, 0.5
    )


def comb(pen: Pen) -> None:
    """A jewelled tortoise-shell comb."""
    back: Path = (
        ("M", -0.46, 0.0),
        ("C", -0.4, -0.34, 0.4, -0.34, 0.46, 0.0),
        ("L", 0.46, 0.08),
        ("L", -0.46, 0.08),
        ("Z",),
    )
    for i in range(12):
        x = -0.43 + 0.078 * i
        pen.shape(poly(((x - 0.022, 0.06), (x + 0.022, 0.06), (x + 0.008, 0.4), (x - 0.008, 0.4))), MID_TONE, 0.8)
    pen.shape(back, MID_TONE, 1.2)
    for x, y in ((-0.28, -0.06), (-0.14, -0.13), (0.0, -0.155), (0.14, -0.13), (0.28, -0.06)):
        pen.shape(ellipse(x, y, 0.035, 0.035), WHITE, 0.9)


def watch(pen: Pen) -> None:
    """A pocket watch."""
    pen.contour(ellipse(0, -0.44, 0.06, 0.06), 1.8)
    pen.shape(rect(-0.05, -0.4, 0.1, 0.08), LIGHT_TONE, 1.0)
    pen.shape(ellipse(0, 0.05, 0.37, 0.37), LIGHT_TONE, 1.3)
    pen.shape(ellipse(0, 0.05, 0.29, 0.29), WHITE, 1.0)
    for i in range(12):
        a = pi * i / 6
        r = 0.2 if i % 3 == 0 else 0.23
        pen.straight(
            ((r * cos(a), 0.05 + r * sin(a)), (0.265 * cos(a), 0.05 + 0.265 * sin(a))), 1.4 if i % 3 == 0 else 0.8
        )
    pen.line(((0, 0.05), (0.03, -0.13)), 1.4, (0, 0.4))
    pen.line(((0, 0.05), (0.13, 0.12)), 1.7, (0, 0.4))
    pen.canvas.fill(ellipse(0, 0.05, 0.02, 0.02))


def chain(pen: Pen) -> None:
    points = [(-0.4 + 0.8 * i / 16, -0.3 + 0.6 * sin(pi * i / 16)) for i in range(17)]
    for i, (x, y) in enumerate(points):
        turn = 0.9 * (1 - i / 8)
        pen.contour(ellipse(x, y, 0.042, 0.024 if i % 2 else 0.034, turn), 1.4)
    pen.shape(rect(-0.03, 0.3, 0.06, 0.12), MID_TONE, 1.0)


def coins(pen: Pen) -> None:
    for x, y in ((-0.18, 0.22), (0.2, 0.24), (0.02, 0.08), (-0.02, -0.1)):
        pen.shape(ellipse(x, y + 0.045, 0.21, 0.11), DARK_TONE, 1.0)
        pen.shape(ellipse(x, y, 0.21, 0.11), WHITE, 1.0)
        pen.contour(ellipse(x, y, 0.15, 0.075), 0.8)


def hat(pen: Pen) -> None:
    pen.shape(ellipse(0, 0.2, 0.5, 0.15), DARK_TONE, 1.2)
    crown: Path = (
        ("M", -0.3, 0.18),
        ("C", -0.32, -0.26, -0.2, -0.34, 0, -0.26),
        ("C", 0.2, -0.34, 0.32, -0.26, 0.3, 0.18),
        ("Q", 0, 0.26, -0.3, 0.18),
        ("Z",),
    )
    pen.shape(crown, DARK_TONE, 1.2)
    pen.shape(poly(((-0.305, 0.02), (0.305, 0.02), (0.3, 0.16), (0, 0.22), (-0.3, 0.16))), BLACK, 0.9)


def bonnet(pen: Pen) -> None:
    """A woman's hat of straw: a wide brim that dips, a ribbon tied at the side, cherries."""
    brim = ((-0.5, 0.16), (-0.36, 0.3), (0.0, 0.34), (0.36, 0.28), (0.5, 0.1), (0.3, 0.04), (0.0, 0.06), (-0.3, 0.06))
    pen.shape(smooth(brim, closed=True, tension=0.55), WHITE, 1.3)
    crown = smooth(((-0.27, 0.15), (-0.26, -0.1), (-0.14, -0.24), (0.1, -0.24), (0.25, -0.1), (0.28, 0.13),
                    (0.0, 0.2)), closed=True, tension=0.5)  # fmt: skip
    pen.shape(crown, WHITE, 1.3)
    for y in (-0.14, -0.06):
        pen.curve(((-0.25, y + 0.02), (0.0, y + 0.06), (0.25, y)), 0.6)
    for k in (0.55, 0.8):
        pen.curve(((-0.5 * k, 0.16 + 0.05 * k), (0.0, 0.2 + 0.13 * k), (0.5 * k, 0.13 + 0.03 * k)), 0.6)
    band = ((-0.275, 0.02), (0.0, 0.08), (0.272, 0.0), (0.28, 0.12), (0.0, 0.2), (-0.275, 0.14))
    pen.shape(poly(band), DARK_TONE, 1.0)
    for x, y in ((0.4, 0.3), (0.52, 0.24)):
        pen.shape(poly(((0.27, 0.08), (x, y), (x - 0.09, y + 0.04))), DARK_TONE, 1.0)
    for end in ((-0.23, -0.02), (-0.12, 0.02), (-0.32, 0.05)):
        pen.curve(((-0.16, -0.2), (end[0] + 0.03, -0.14), end), 1.0)
        pen.shape(ellipse(end[0], end[1] + 0.05, 0.06, 0.06), BLACK, 1.0)
        pen.canvas.fill(ellipse(end[0] - 0.02, end[1] + 0.03, 0.014, 0.014), 255)
    pen.shape(smooth(((-0.16, -0.2), (-0.3, -0.32), (-0.36, -0.2)), closed=True, tension=0.55), MID_TONE, 1.0)


def ball(pen: Pen) -> None:
    pen.shape(ellipse(0, 0, 0.42, 0.42), WHITE, 1.3)
    for side in (-1, 1):
        pen.curve(((side * 0.2, -0.36), (side * 0.05, 0), (side * 0.2, 0.36)), 1.0)
    pen.curve(((-0.42, 0), (0, 0.1), (0.42, 0)), 1.0)


def rope(pen: Pen) -> None:
    for i in range(4):
        pen.contour(ellipse(0, 0.18 - i * 0.11, 0.38 - 0.03 * i, 0.13), 2.2)
    pen.line(((0.3, 0.2), (0.44, 0.36), (0.4, 0.46)), 2.2, (0, 0.3))


def mirror(pen: Pen) -> None:
    pen.shape(rect(-0.05, 0.2, 0.1, 0.3), MID_TONE, 1.0)
    pen.shape(ellipse(0, -0.12, 0.34, 0.37), MID_TONE, 1.2)
    pen.shape(ellipse(0, -0.12, 0.26, 0.29), WHITE, 1.0)
    for dx in (-0.05, 0.04):
        pen.line(((dx - 0.1, 0.04), (dx + 0.08, -0.28)), 1.0, (0.7, 0.7))


def brush(pen: Pen) -> None:
    pen.shape(
        smooth(
            ((-0.1, 0.1), (0.0, 0.1), (0.48, 0.06), (0.5, 0.0), (0.0, -0.08), (-0.1, -0.08)), closed=True, tension=0.5
        ),
        MID_TONE,
        1.1,
    )
    pen.shape(
        smooth(((-0.48, 0.06), (-0.44, -0.1), (-0.1, -0.1), (-0.06, 0.1)), closed=True, tension=0.4), MID_TONE, 1.1
    )
    for i in range(9):
        x = -0.44 + 0.042 * i
        pen.line(((x, 0.08), (x - 0.015, 0.26)), 1.2, (0, 0.6))


def flag(pen: Pen) -> None:
    pen.shape(rect(-0.32, -0.5, 0.03, 1.0), LIGHT_TONE, 1.0)
    cloth: Path = (
        ("M", -0.29, -0.48),
        ("C", -0.1, -0.58, 0.1, -0.36, 0.4, -0.46),
        ("L", 0.38, -0.1),
        ("C", 0.1, 0.0, -0.1, -0.2, -0.29, -0.1),
        ("Z",),
    )
    pen.shape(cloth, WHITE, 1.1)
    pen.shape(ellipse(0.04, -0.28, 0.1, 0.1), BLACK, 0.8)


def guitar(pen: Pen) -> None:
    pen.shape(poly(((0.04, -0.14), (0.36, -0.46), (0.41, -0.41), (0.1, -0.08))), MID_TONE, 1.0)
    pen.shape(poly(((0.34, -0.5), (0.44, -0.52), (0.5, -0.44), (0.42, -0.36))), BLACK, 1.0)
    body = ((-0.44, 0.2), (-0.38, 0.44), (-0.14, 0.46), (-0.02, 0.28), (0.14, 0.16), (0.16, -0.06), (0.0, -0.16),
            (-0.16, -0.04), (-0.3, 0.04))  # fmt: skip
    pen.shape(smooth(body, closed=True, tension=0.6), LIGHT_TONE, 1.2)
    pen.canvas.fill(ellipse(-0.06, 0.1, 0.08, 0.08))
    for k in (-0.025, 0.0, 0.025):
        pen.straight(((-0.27 + k, 0.3 + k), (0.4 + k, -0.42 + k)), 0.5)
