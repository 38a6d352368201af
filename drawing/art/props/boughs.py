"""A bough in blossom, in a box of one unit around the origin."""

from math import cos, pi, sin

from drawing.ink.paths import ellipse, smooth, stroke
from drawing.ink.pen import BLACK, MID_TONE, WHITE, Pen
from manga.geometry import Point

_BLOSSOMS: tuple[tuple[float, float, float], ...] = (
    (-0.28, 0.1, 0.1), (-0.12, 0.2, 0.09), (-0.02, -0.02, 0.11), (0.14, 0.08, 0.1), (0.2, -0.16, 0.12),
    (0.34, -0.02, 0.09), (0.36, -0.3, 0.11), (0.04, -0.26, 0.1), (-0.16, -0.14, 0.09), (0.2, -0.38, 0.085),
)  # fmt: skip
"""Where they sit, and how large."""
_TWIGS: tuple[tuple[Point, ...], ...] = (
    ((-0.2, 0.2), (-0.14, 0.06), (-0.16, -0.14)),
    ((0.0, 0.06), (0.02, -0.1), (0.06, -0.3)),
    ((0.0, 0.06), (0.14, 0.06), (0.34, 0.0)),
    ((0.2, -0.14), (0.2, -0.26), (0.2, -0.38)),
)


def blossoms(pen: Pen) -> None:
    """Five petals each, on dark wood that reaches in from the lower left."""
    pen.canvas.fill(stroke(((-0.5, 0.5), (-0.26, 0.24), (0.0, 0.06), (0.2, -0.14), (0.4, -0.34)), 0.07, (0.35, 0.75)))
    for twig in _TWIGS:
        pen.canvas.fill(stroke(twig, 0.03, (0.0, 0.6)))
    for x, y, turn in ((-0.36, 0.18, 2.4), (0.1, 0.2, 1.0), (0.44, -0.16, 0.3), (0.0, -0.4, -1.2)):
        leaf = [(x, y), (x + 0.07 * cos(turn - 0.5), y + 0.07 * sin(turn - 0.5)), (x + 0.13 * cos(turn), y + 0.13 *
                sin(turn)), (x + 0.07 * cos(turn + 0.5), y + 0.07 * sin(turn + 0.5))]  # fmt: skip
        pen.shape(smooth(leaf, closed=True, tension=0.5), MID_TONE, 0.9)
    for number, (x, y, size) in enumerate(_BLOSSOMS):
        _blossom(pen, x, y, size, number * 0.7)
    for x, y in ((0.46, -0.42), (-0.3, -0.06), (0.3, 0.16)):
        pen.shape(ellipse(x, y, 0.035, 0.04), WHITE, 0.9)
    for x, y, turn in ((-0.4, -0.3, 0.5), (0.42, 0.34, 1.4), (-0.04, 0.42, 0.1)):
        pen.shape(ellipse(x, y, 0.045, 0.026, turn), WHITE, 0.8)


def _blossom(pen: Pen, x: float, y: float, size: float, turn: float) -> None:
    for k in range(5):
        a = turn + 2 * pi * k / 5
        petal = ellipse(x + size * 0.58 * cos(a), y + size * 0.58 * sin(a), size * 0.52, size * 0.46, a)
        pen.shape(petal, WHITE, 1.0)
    pen.canvas.fill(ellipse(x, y, size * 0.62, size * 0.6), 255)
    for k in range(5):
        a = turn + 2 * pi * (k + 0.5) / 5
        tip = (x + size * 0.4 * cos(a), y + size * 0.4 * sin(a))
        pen.straight(((x, y), tip), 0.6)
        pen.shape(ellipse(*tip, size * 0.06, size * 0.06), BLACK, 0.4)
    pen.canvas.fill(ellipse(x, y, size * 0.1, size * 0.1))
