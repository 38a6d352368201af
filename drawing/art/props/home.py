"""Food and what lies about a house, each in a box of one unit around the origin."""

from math import cos, pi, sin

from drawing.art.props.catch import steam
from drawing.ink.paths import ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def rice_ball(pen: Pen) -> None:
    body = smooth(((0, -0.4), (0.2, -0.2), (0.4, 0.2), (0.3, 0.36), (-0.3, 0.36), (-0.4, 0.2), (-0.2, -0.2)),
                  closed=True, tension=0.6)  # fmt: skip
    pen.shape(body, WHITE, 1.3)
    pen.shape(poly(((-0.17, 0.0), (0.17, 0.0), (0.2, 0.37), (-0.2, 0.37))), BLACK, 0.9)
    for x, y in ((-0.1, -0.2), (0.06, -0.24), (0.14, -0.08), (-0.2, -0.04), (0.28, 0.2), (-0.29, 0.2)):
        pen.line(((x, y), (x + 0.03, y + 0.03)), 0.7, (0.5, 0.5))


def bread(pen: Pen) -> None:
    loaf = smooth(((-0.46, 0.22), (-0.48, -0.06), (-0.3, -0.24), (0.0, -0.27), (0.3, -0.24), (0.48, -0.06),
                   (0.46, 0.22)),
                  closed=True, tension=0.6)  # fmt: skip
    pen.shape(loaf, MID_TONE, 1.3)
    for x in (-0.24, 0.0, 0.24):
        pen.shape(smooth(((x - 0.09, 0.06), (x, -0.2), (x + 0.1, -0.2), (x + 0.02, 0.06)), closed=True), WHITE, 0.9)


def apple(pen: Pen) -> None:
    body = smooth(((0, -0.2), (0.24, -0.28), (0.42, -0.06), (0.32, 0.28), (0.1, 0.4), (0, 0.36), (-0.1, 0.4),
                   (-0.32, 0.28), (-0.42, -0.06), (-0.24, -0.28)), closed=True, tension=0.6)  # fmt: skip
    pen.shape(body, DARK_TONE, 1.3)
    pen.canvas.fill(ellipse(-0.2, -0.06, 0.06, 0.12, 0.4), 255)
    pen.line(((0, -0.2), (0.02, -0.34), (0.08, -0.46)), 2.0, (0.2, 0.2))
    pen.shape(smooth(((0.04, -0.34), (0.18, -0.46), (0.32, -0.4), (0.18, -0.32)), closed=True), WHITE, 0.9)


def cake(pen: Pen) -> None:
    pen.shape(ellipse(0, 0.32, 0.48, 0.1), WHITE, 1.1)
    pen.shape(poly(((-0.36, -0.04), (0.36, -0.04), (0.36, 0.3), (-0.36, 0.3))), LIGHT_TONE, 1.2)
    pen.canvas.fill(rect(-0.36, 0.12, 0.72, 0.05), 255)
    cream = smooth(((-0.38, -0.06), (-0.28, 0.08), (-0.2, -0.02), (-0.08, 0.1), (0.02, 0.0), (0.14, 0.1), (0.24, -0.02),
                    (0.38, -0.06), (0.2, -0.16), (-0.2, -0.16)), closed=True, tension=0.6)  # fmt: skip
    pen.shape(cream, WHITE, 1.0)
    for x in (-0.2, 0.0, 0.2):
        pen.shape(ellipse(x, -0.2, 0.075, 0.085), BLACK, 0.8)


def teapot(pen: Pen) -> None:
    pen.contour(ellipse(0.0, -0.2, 0.24, 0.26), 2.6)
    pen.shape(
        smooth(((0.26, 0.04), (0.4, -0.02), (0.48, -0.2), (0.4, -0.2), (0.3, -0.12)), closed=True), LIGHT_TONE, 1.1
    )
    pen.shape(ellipse(0, 0.1, 0.36, 0.28), LIGHT_TONE, 1.3)
    pen.shape(ellipse(0, -0.14, 0.18, 0.06), WHITE, 1.0)
    pen.shape(ellipse(0, -0.2, 0.05, 0.045), BLACK, 0.8)
    pen.line(((-0.22, 0.0), (-0.26, 0.14), (-0.18, 0.26)), 1.4, (0.6, 0.6), 255)
    steam(pen, 0.5, -0.24)


def jar(pen: Pen) -> None:
    """Of glazed clay, with a lid and a band around its belly."""
    belly = ((-0.2, -0.22), (-0.38, -0.06), (-0.4, 0.16), (-0.24, 0.42), (0.24, 0.42), (0.4, 0.16), (0.38, -0.06),
             (0.2, -0.22))  # fmt: skip
    body = smooth(belly, closed=True, tension=0.5)
    pen.shape(body, WHITE, 1.3)
    with pen.canvas.saved():
        pen.canvas.clip(body)
        pen.cover(rect(-0.5, -0.24, 1.0, 0.2), DARK_TONE)
        pen.cover(poly(((0.16, -0.3), (0.5, -0.3), (0.5, 0.5), (0.1, 0.5), (0.26, 0.1))), LIGHT_TONE)
        for y in (0.08, 0.16):
            pen.line(((-0.44, y), (0.0, y + 0.05), (0.44, y)), 1.0, (0.0, 0.0))
    pen.contour(body, 1.3)
    pen.shape(rect(-0.22, -0.29, 0.44, 0.08), WHITE, 1.1)
    pen.shape(ellipse(0.0, -0.31, 0.26, 0.07), MID_TONE, 1.2)
    pen.shape(ellipse(0.0, -0.39, 0.055, 0.05), BLACK, 0.9)
    pen.line(((-0.27, 0.0), (-0.29, 0.14), (-0.2, 0.28)), 1.4, (0.6, 0.6))


def tray(pen: Pen) -> None:
    """With three cups and a pot on it."""
    for x, wide, tall in ((-0.3, 0.17, 0.16), (0.02, 0.26, 0.26), (0.32, 0.17, 0.16)):
        pen.shape(rect(x - wide / 2, 0.1 - tall, wide, tall), WHITE, 1.2)
        pen.shape(ellipse(x, 0.1 - tall, wide / 2, 0.035), LIGHT_TONE, 0.9)
    pen.shape(ellipse(0.02, -0.19, 0.05, 0.04), BLACK, 0.8)
    steam(pen, -0.3, -0.12)
    pen.shape(poly(((-0.54, 0.04), (0.54, 0.04), (0.48, 0.18), (-0.48, 0.18))), DARK_TONE, 1.3)
    pen.straight(((-0.52, 0.07), (0.52, 0.07)), 1.2, 255)


def egg(pen: Pen) -> None:
    shell = smooth(((0, -0.42), (0.26, -0.12), (0.32, 0.14), (0.18, 0.38), (-0.18, 0.38), (-0.32, 0.14),
                    (-0.26, -0.12)), closed=True, tension=0.6)  # fmt: skip
    pen.shape(shell, WHITE, 1.4)
    pen.canvas.tone(smooth(((0.3, 0.0), (0.3, 0.2), (0.16, 0.36), (-0.14, 0.36), (0.14, 0.24)), closed=True), 0.13)


def fan(pen: Pen) -> None:
    """A folding fan, open."""
    rim, inner = [], []
    for i in range(13):
        a = pi * (1.08 + 0.84 * i / 12)
        r = 0.5 if i % 2 else 0.47
        rim.append((r * cos(a), 0.3 + r * 1.3 * sin(a)))
        inner.append((0.2 * cos(a), 0.3 + 0.26 * sin(a)))
    pen.shape(poly((*rim, *reversed(inner))), LIGHT_TONE, 1.2)
    for a_, b_ in zip(rim, inner, strict=True):
        pen.straight((a_, b_), 0.7)
        pen.straight((b_, (0.0, 0.34)), 1.2)
    pen.shape(ellipse(0.14, -0.1, 0.1, 0.1), WHITE, 0.9)
    pen.canvas.fill(ellipse(0, 0.33, 0.035, 0.035))


def pipe(pen: Pen) -> None:
    """A smoker's pipe with its smoke."""
    pen.shape(smooth(((-0.4, 0.06), (0.12, 0.2), (0.1, 0.28), (-0.42, 0.12)), closed=True, tension=0.3), BLACK, 1.0)
    head = ((0.06, -0.06), (0.38, -0.06), (0.36, 0.26), (0.22, 0.34), (0.08, 0.26))
    pen.shape(smooth(head, closed=True, tension=0.5), DARK_TONE, 1.2)
    pen.shape(ellipse(0.22, -0.06, 0.16, 0.045), BLACK, 0.9)
    steam(pen, 0.22, -0.16)


def ring(pen: Pen) -> None:
    pen.contour(ellipse(0, 0.14, 0.27, 0.28), 4.4)
    pen.contour(ellipse(0, 0.14, 0.27, 0.28), 2.4, 255)
    pen.shape(poly(((-0.17, -0.28), (-0.08, -0.4), (0.08, -0.4), (0.17, -0.28), (0, -0.1))), WHITE, 1.2)
    pen.straight(((-0.17, -0.28), (0.17, -0.28)), 0.8)
    pen.straight(((-0.06, -0.28), (0, -0.1), (0.06, -0.28)), 0.7)
    for dx, dy in ((-0.32, -0.4), (0.32, -0.4), (0.0, -0.5)):
        pen.line(((dx * 0.8, dy * 0.92), (dx, dy)), 1.0, (0.6, 0.8))


def doll(pen: Pen) -> None:
    """A wooden doll with a painted face."""
    body = smooth(
        ((-0.12, 0.0), (-0.24, 0.2), (-0.2, 0.48), (0.2, 0.48), (0.24, 0.2), (0.12, 0.0)), closed=True, tension=0.5
    )
    pen.shape(body, LIGHT_TONE, 1.2)
    pen.straight(((-0.22, 0.22), (0.22, 0.22)), 2.0)
    pen.shape(ellipse(0, -0.2, 0.28, 0.26), WHITE, 1.2)
    pen.canvas.fill(
        smooth(((-0.28, -0.2), (-0.2, -0.42), (0, -0.48), (0.2, -0.42), (0.28, -0.2), (0, -0.32)), closed=True)
    )
    for x in (-0.1, 0.1):
        pen.line(((x - 0.05, -0.16), (x, -0.18), (x + 0.05, -0.16)), 1.1, (0.5, 0.5))
    pen.canvas.fill(ellipse(0, -0.04, 0.03, 0.018))


def mask(pen: Pen) -> None:
    """The mask of a fox."""
    for side in (-1, 1):
        pen.shape(poly(((side * 0.1, -0.2), (side * 0.36, -0.5), (side * 0.36, -0.08))), WHITE, 1.2)
        pen.canvas.fill(poly(((side * 0.2, -0.24), (side * 0.32, -0.4), (side * 0.32, -0.16))))
    face = smooth(((-0.36, -0.14), (0, -0.26), (0.36, -0.14), (0.26, 0.16), (0.08, 0.46), (-0.08, 0.46), (-0.26, 0.16)),
                  closed=True, tension=0.5)  # fmt: skip
    pen.shape(face, WHITE, 1.3)
    for side in (-1, 1):
        pen.line(((side * 0.07, 0.08), (side * 0.17, -0.02), (side * 0.28, -0.05)), 2.6, (0.6, 0.8))
        pen.line(((side * 0.2, 0.2), (side * 0.3, 0.16)), 0.9, (0.2, 0.9))
    pen.canvas.fill(ellipse(0, 0.36, 0.05, 0.035))
    pen.shape(ellipse(0, -0.14, 0.05, 0.05), MID_TONE, 0.8)
