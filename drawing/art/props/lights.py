"""Lights: an oil lantern, an oil lamp, candles in a row, the great lamp of a lighthouse. Each in a box of one unit."""

from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def flame(pen: Pen, x: float, y: float, tall: float) -> None:
    """Its foot at a point."""
    outer: Path = (
        ("M", x, y - tall), ("C", x + tall * 0.5, y - tall * 0.3, x + tall * 0.3, y, x, y), ("C", x - tall * 0.3, y,
        x - tall * 0.4, y - tall * 0.4, x, y - tall), ("Z",),
    )  # fmt: skip
    pen.shape(outer, WHITE, 1.0)


def oil_lantern(pen: Pen) -> None:
    """Of metal and glass: a bail to carry it by, a cap with its vent, a globe behind wires, the oil in its foot."""
    bail = smooth(((-0.25, -0.16), (-0.27, -0.36), (0.0, -0.5), (0.27, -0.36), (0.25, -0.16)), tension=0.6)
    pen.contour(bail, 1.8)
    pen.shape(poly(((-0.1, -0.36), (0.1, -0.36), (0.14, -0.26), (-0.14, -0.26))), DARK_TONE, 1.1)
    pen.shape(poly(((-0.21, -0.26), (0.21, -0.26), (0.17, -0.19), (-0.17, -0.19))), BLACK, 1.0)
    globe = smooth(((-0.13, -0.19), (-0.21, 0.0), (-0.14, 0.2), (0.14, 0.2), (0.21, 0.0), (0.13, -0.19)), closed=True,
                   tension=0.45)  # fmt: skip
    pen.shape(globe, WHITE, 1.2)
    flame(pen, 0.0, 0.16, 0.2)
    pen.line(((-0.13, 0.08), (-0.15, 0.0), (-0.1, -0.12)), 1.0, (0.6, 0.6))
    wires: Path = (("M", -0.24, -0.22), ("L", -0.24, 0.26), ("M", 0.24, -0.22), ("L", 0.24, 0.26), ("M", -0.22, 0.0),
                   ("Q", 0.0, 0.06, 0.22, 0.0))  # fmt: skip
    pen.canvas.stroke(wires, pen.weight * 1.4)
    pen.shape(rect(-0.17, 0.19, 0.34, 0.07), BLACK, 1.0)
    pen.shape(poly(((-0.24, 0.26), (0.24, 0.26), (0.3, 0.46), (-0.3, 0.46))), MID_TONE, 1.2)
    pen.canvas.fill(poly(((0.12, 0.27), (0.24, 0.27), (0.3, 0.45), (0.16, 0.45))))
    pen.line(((-0.18, 0.3), (-0.21, 0.42)), 1.2, (0.5, 0.5), 255)


def lamp(pen: Pen) -> None:
    """An oil lamp: a foot, a bowl with a ring for a finger, a chimney of glass around the flame."""
    pen.contour(ellipse(0.27, 0.24, 0.08, 0.09), 1.6)
    pen.shape(poly(((-0.2, 0.48), (0.2, 0.48), (0.09, 0.36), (-0.09, 0.36))), DARK_TONE, 1.1)
    bowl = ((-0.09, 0.37), (-0.22, 0.26), (-0.12, 0.15), (0.12, 0.15), (0.22, 0.26), (0.09, 0.37))
    pen.shape(smooth(bowl, closed=True, tension=0.5), MID_TONE, 1.2)
    pen.canvas.fill(poly(((0.1, 0.17), (0.2, 0.25), (0.08, 0.36), (0.13, 0.26))))
    pen.shape(rect(-0.1, 0.09, 0.2, 0.06), BLACK, 1.0)
    glass = smooth(((-0.09, 0.09), (-0.17, -0.04), (-0.08, -0.24), (-0.07, -0.44), (0.07, -0.44), (0.08, -0.24),
                    (0.17, -0.04), (0.09, 0.09)), closed=True, tension=0.45)  # fmt: skip
    pen.shape(glass, WHITE, 1.1)
    flame(pen, 0.0, 0.07, 0.19)
    pen.line(((-0.1, 0.0), (-0.11, -0.06), (-0.06, -0.2)), 0.9, (0.6, 0.6))


def candles(pen: Pen) -> None:
    """Five on a stand, unequally burnt, with runs of wax."""
    pen.shape(poly(((-0.48, 0.4), (0.48, 0.4), (0.44, 0.48), (-0.44, 0.48))), DARK_TONE, 1.2)
    runs: list[tuple[str | float, ...]] = []
    for x, top in ((-0.38, -0.04), (-0.19, 0.08), (0.0, -0.12), (0.19, 0.02), (0.38, 0.12)):
        pen.shape(ellipse(x, 0.4, 0.085, 0.03), MID_TONE, 1.0)
        pen.shape(rect(x - 0.05, top, 0.1, 0.4 - top), WHITE, 1.1)
        pen.cover(rect(x + 0.015, top + 0.03, 0.03, 0.36 - top), LIGHT_TONE)
        runs += [("M", x - 0.05, top), ("Q", x - 0.03, top + 0.05, x - 0.02, top + 0.14), ("L", x - 0.01, top + 0.03),
                 ("M", x, top), ("L", x, top - 0.04)]  # fmt: skip
        flame(pen, x, top - 0.035, 0.16)
    pen.canvas.stroke(tuple(runs), pen.weight)


def great_lamp(pen: Pen) -> None:
    """Rings of ground glass in a frame on an iron pedestal."""
    for half, top, low, shade in (
        (0.1, 0.2, 0.42, DARK_TONE),
        (0.22, 0.42, 0.49, MID_TONE),
        (0.2, 0.15, 0.21, MID_TONE),
    ):
        pen.shape(poly(((-half, top), (half, top), (half * 1.06, low), (-half * 1.06, low))), shade, 1.2)
        pen.canvas.fill(rect(half * 0.5, top, half * 0.5, low - top))
    glass = smooth(((-0.14, 0.15), (-0.23, 0.0), (-0.24, -0.14), (-0.2, -0.3), (-0.13, -0.4), (0.13, -0.4), (0.2, -0.3),
                    (0.24, -0.14), (0.23, 0.0), (0.14, 0.15)), closed=True, tension=0.4)  # fmt: skip
    pen.shape(glass, WHITE, 1.4)
    with pen.canvas.saved():
        pen.canvas.clip(glass)
        pen.cover(poly(((0.12, -0.42), (0.3, -0.42), (0.3, 0.2), (0.1, 0.2), (0.17, -0.1))), LIGHT_TONE)
        rings: list[tuple[str | float, ...]] = []
        for y in (-0.37, -0.33, -0.29, -0.25, 0.0, 0.04, 0.08, 0.12):
            bow = 0.02 if y > -0.12 else -0.02
            rings += [("M", -0.26, y), ("Q", 0.0, y + bow, 0.26, y)]
        for k in (0.06, 0.1, 0.135):
            rings += ellipse(0.0, -0.12, k, k * 0.9)
        for x in (-0.12, 0.12):
            rings += [("M", x * 0.7, -0.4), ("Q", x * 1.5, -0.12, x * 0.7, 0.15)]
        pen.canvas.stroke(tuple(rings), pen.weight)
    pen.canvas.fill(ellipse(0.0, -0.12, 0.03, 0.036))
    pen.shape(poly(((-0.15, -0.4), (0.15, -0.4), (0.07, -0.48), (-0.07, -0.48))), BLACK, 1.1)


def match(pen: Pen) -> None:
    """A thin stick that burns at its upper end."""
    stick = rect(-0.025, -0.14, 0.05, 0.62)
    pen.contour(stick, 2.4, 255)
    pen.shape(stick, WHITE, 1.0)
    flame(pen, 0.0, -0.08, 0.42)
    pen.canvas.fill(ellipse(0.0, -0.13, 0.045, 0.065))
