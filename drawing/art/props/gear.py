"""Tools of work, luggage, machines of today, each in a box of one unit around the origin."""

from math import cos, pi, sin

from drawing.ink.paths import ellipse, poly, rect, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def broom(pen: Pen) -> None:
    """Lies along +x, its twigs at the far end."""
    pen.shape(rect(-0.5, -0.014, 0.74, 0.028), LIGHT_TONE, 0.8)
    pen.shape(poly(((0.2, -0.03), (0.5, -0.11), (0.48, 0.0), (0.5, 0.11), (0.2, 0.03))), WHITE, 0.9)
    for y in (-0.07, -0.03, 0.02, 0.06):
        pen.straight(((0.22, y * 0.3), (0.48, y)), 0.6)
    pen.straight(((0.24, -0.04), (0.24, 0.04)), 2.0)


def axe(pen: Pen) -> None:
    pen.shape(rect(-0.5, -0.018, 0.92, 0.036), MID_TONE, 0.8)
    pen.shape(
        smooth(((0.26, 0.02), (0.2, 0.16), (0.3, 0.2), (0.46, 0.15), (0.38, 0.02)), closed=True, tension=0.3),
        WHITE,
        1.0,
    )
    pen.line(((0.22, 0.15), (0.32, 0.17), (0.44, 0.13)), 0.9, (0.4, 0.4))


def hoe(pen: Pen) -> None:
    pen.shape(rect(-0.5, -0.016, 0.94, 0.032), LIGHT_TONE, 0.8)
    pen.shape(poly(((0.38, 0.0), (0.46, 0.0), (0.44, 0.2), (0.34, 0.22))), BLACK, 1.0)


def hammer(pen: Pen) -> None:
    pen.shape(poly(((-0.05, -0.2), (0.05, -0.2), (0.07, 0.48), (-0.07, 0.48))), MID_TONE, 1.1)
    pen.shape(poly(((-0.36, -0.42), (0.26, -0.42), (0.44, -0.24), (0.26, -0.16), (-0.36, -0.16))), BLACK, 1.2)
    pen.line(((-0.28, -0.34), (0.16, -0.34)), 1.4, (0.4, 0.8), 255)


def bucket(pen: Pen) -> None:
    pen.curve(((-0.38, -0.16), (-0.24, -0.46), (0.24, -0.46), (0.38, -0.16)), 1.6)
    pen.shape(poly(((-0.4, -0.16), (0.4, -0.16), (0.3, 0.44), (-0.3, 0.44))), WHITE, 1.3)
    for x in (-0.22, -0.08, 0.08, 0.22):
        pen.straight(((x, -0.1), (x * 0.78, 0.44)), 0.7)
    for y in (0.02, 0.3):
        pen.straight(((-0.4 + (y + 0.16) * 0.16, y), (0.4 - (y + 0.16) * 0.16, y)), 2.2)
    pen.shape(ellipse(0, -0.16, 0.4, 0.09), MID_TONE, 1.1)


def suitcase(pen: Pen) -> None:
    pen.curve(((-0.14, -0.22), (-0.12, -0.38), (0.12, -0.38), (0.14, -0.22)), 2.6)
    pen.shape(rect(-0.48, -0.22, 0.96, 0.6), MID_TONE, 1.4)
    for x in (-0.3, 0.22):
        pen.shape(rect(x, -0.22, 0.08, 0.6), BLACK, 0.8)
    for x, y in ((-0.48, -0.22), (0.38, -0.22), (-0.48, 0.28), (0.38, 0.28)):
        pen.shape(rect(x, y, 0.1, 0.1), WHITE, 0.9)


def backpack(pen: Pen) -> None:
    """A pupil's satchel, its flap closed."""
    pen.curve(((-0.3, -0.3), (-0.2, -0.48), (0.2, -0.48), (0.3, -0.3)), 2.4)
    pen.shape(rect(-0.4, -0.34, 0.8, 0.78), DARK_TONE, 1.3)
    flap = smooth(((-0.42, -0.36), (0.42, -0.36), (0.42, 0.16), (0.2, 0.26), (-0.2, 0.26), (-0.42, 0.16)), closed=True,
                  tension=0.3)  # fmt: skip
    pen.shape(flap, BLACK, 1.2)
    pen.line(((-0.3, -0.28), (-0.1, -0.3), (0.2, -0.28)), 2.0, (0.6, 0.9), 255)
    pen.shape(rect(-0.05, 0.18, 0.1, 0.14), WHITE, 0.9)


def microphone(pen: Pen) -> None:
    pen.shape(poly(((-0.09, -0.06), (0.09, -0.06), (0.05, 0.48), (-0.05, 0.48))), BLACK, 1.1)
    pen.shape(ellipse(0, -0.22, 0.2, 0.24), LIGHT_TONE, 1.3)
    for k in (-0.1, 0.0, 0.1):
        pen.straight(((-0.18 + abs(k) * 0.3, -0.22 + k), (0.18 - abs(k) * 0.3, -0.22 + k)), 0.6)
        pen.straight(((k, -0.44 + abs(k) * 0.3), (k, 0.0 - abs(k) * 0.3)), 0.6)
    pen.shape(rect(-0.13, -0.05, 0.26, 0.06), WHITE, 1.0)


def radio(pen: Pen) -> None:
    pen.straight(((0.3, -0.22), (0.46, -0.5)), 1.6)
    pen.shape(rect(-0.48, -0.24, 0.96, 0.62), MID_TONE, 1.4)
    pen.shape(ellipse(-0.2, 0.08, 0.2, 0.2), WHITE, 1.1)
    for size in (0.14, 0.08):
        pen.contour(ellipse(-0.2, 0.08, size, size), 0.9)
    pen.shape(rect(0.08, -0.14, 0.32, 0.14), WHITE, 1.0)
    pen.straight(((0.26, -0.14), (0.26, 0.0)), 1.4)
    for x in (0.15, 0.33):
        pen.shape(ellipse(x, 0.2, 0.07, 0.07), BLACK, 0.8)


def television(pen: Pen) -> None:
    pen.shape(rect(-0.5, -0.36, 1.0, 0.66), BLACK, 1.3)
    pen.shape(rect(-0.44, -0.3, 0.88, 0.53), LIGHT_TONE, 0.9)
    pen.canvas.fill(poly(((-0.3, -0.28), (-0.12, -0.28), (-0.34, 0.2), (-0.43, 0.2), (-0.43, 0.0))), 255)
    pen.shape(poly(((-0.07, 0.3), (0.07, 0.3), (0.22, 0.42), (-0.22, 0.42))), BLACK, 0.9)


def computer(pen: Pen) -> None:
    pen.shape(poly(((-0.38, -0.36), (0.38, -0.36), (0.38, 0.14), (-0.38, 0.14))), WHITE, 1.3)
    pen.shape(rect(-0.33, -0.31, 0.66, 0.4), MID_TONE, 0.9)
    for y, long in ((-0.22, 0.4), (-0.14, 0.28), (-0.06, 0.46)):
        pen.straight(((-0.27, y), (-0.27 + long, y)), 1.3, 255)
    pen.shape(poly(((-0.38, 0.16), (0.38, 0.16), (0.5, 0.38), (-0.5, 0.38))), LIGHT_TONE, 1.2)
    for y in (0.21, 0.26, 0.31):
        pen.straight(((-0.36 - (y - 0.2) * 0.4, y), (0.36 + (y - 0.2) * 0.4, y)), 0.8)


def bicycle(pen: Pen) -> None:
    for x in (-0.28, 0.28):
        pen.contour(ellipse(x, 0.18, 0.21, 0.21), 2.0)
        pen.contour(ellipse(x, 0.18, 0.18, 0.18), 0.6)
        for i in range(6):
            a = pi * i / 6
            pen.straight(((x - 0.18 * cos(a), 0.18 - 0.18 * sin(a)), (x + 0.18 * cos(a), 0.18 + 0.18 * sin(a))), 0.4)
    frame = ((-0.28, 0.18), (-0.12, -0.12), (0.16, -0.14), (0.0, 0.2), (-0.28, 0.18))
    for line in (frame, ((-0.12, -0.12), (0.0, 0.2)), ((0.28, 0.18), (0.14, -0.26))):
        pen.straight(line, 2.0)
    pen.curve(((0.06, -0.32), (0.14, -0.28), (0.26, -0.26)), 2.4)
    pen.canvas.fill(stroke(((-0.22, -0.18), (-0.12, -0.2), (-0.02, -0.17)), 0.07, (0.2, 0.6)))
    pen.shape(ellipse(0.0, 0.2, 0.055, 0.055), WHITE, 1.2)


def pencil(pen: Pen) -> None:
    pen.shape(poly(((-0.32, 0.24), (0.2, -0.36), (0.32, -0.26), (-0.2, 0.34))), MID_TONE, 1.1)
    pen.shape(poly(((-0.32, 0.24), (-0.2, 0.34), (-0.4, 0.44))), WHITE, 1.0)
    pen.canvas.fill(poly(((-0.36, 0.36), (-0.33, 0.4), (-0.41, 0.45))))
    pen.shape(poly(((0.2, -0.36), (0.32, -0.26), (0.38, -0.33), (0.26, -0.43))), BLACK, 1.0)


def chart(pen: Pen) -> None:
    """A map with its folds and a way to a cross."""
    edge = (
        (-0.48, -0.3),
        (-0.16, -0.38),
        (0.16, -0.3),
        (0.48, -0.38),
        (0.48, 0.3),
        (0.16, 0.38),
        (-0.16, 0.3),
        (-0.48, 0.38),
    )
    pen.shape(poly(edge), WHITE, 1.3)
    pen.canvas.tone(poly(((-0.16, -0.38), (0.16, -0.3), (0.16, 0.38), (-0.16, 0.3))), 0.13)
    for i in range(6):
        x, y = -0.36 + 0.1 * i, 0.2 - 0.06 * i + (0.05 if i % 2 else 0)
        pen.straight(((x, y), (x + 0.05, y - 0.03)), 1.6)
    for side in (-1, 1):
        pen.straight(((0.24, -0.16 - side * 0.07), (0.38, -0.16 + side * 0.07)), 2.2)


def feather(pen: Pen) -> None:
    vane = smooth(
        ((-0.3, 0.34), (-0.34, 0.0), (0.0, -0.34), (0.42, -0.46), (0.3, -0.1), (0.06, 0.22)), closed=True, tension=0.6
    )
    pen.shape(vane, WHITE, 1.2)
    pen.line(((-0.42, 0.48), (-0.1, 0.08), (0.4, -0.44)), 1.4, (0.1, 0.8))
    for t in (0.1, 0.3, 0.5, 0.7):
        x, y = -0.2 + 0.5 * t, 0.24 - 0.6 * t
        pen.line(((x, y), (x - 0.1, y - 0.12)), 0.7, (0.3, 1))
        pen.line(((x, y), (x + 0.14, y + 0.02)), 0.7, (0.3, 1))
