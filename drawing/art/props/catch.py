"""What is caught, gathered, eaten: each in a box of one unit around the origin."""

from math import cos, pi, sin

from drawing.ink.paths import Path, ellipse, poly, rect, smooth, stroke, union
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def fish(pen: Pen) -> None:
    pen.shape(poly(((0.26, 0.0), (0.5, -0.18), (0.44, 0.0), (0.5, 0.18))), MID_TONE, 1.0)
    body = smooth(
        ((-0.5, 0.02), (-0.34, -0.14), (-0.05, -0.2), (0.3, -0.04), (0.3, 0.04), (-0.05, 0.18), (-0.34, 0.13)),
        closed=True,
        tension=0.55,
    )
    pen.shape(body, WHITE, 1.2)
    with pen.canvas.saved():
        pen.canvas.clip(body)
        pen.cover(
            smooth(
                ((-0.5, -0.3), (0.4, -0.3), (0.32, -0.02), (-0.05, -0.06), (-0.32, -0.02)), closed=True, tension=0.4
            ),
            MID_TONE,
        )
    pen.line(((-0.3, -0.12), (-0.24, 0.0), (-0.3, 0.12)), 1.0, (0.4, 0.4))
    pen.shape(ellipse(-0.38, -0.03, 0.035, 0.035), WHITE, 0.8)
    pen.canvas.fill(ellipse(-0.38, -0.03, 0.016, 0.016))
    pen.shape(poly(((-0.06, -0.19), (0.08, -0.29), (0.14, -0.13))), MID_TONE, 0.9)


def eel(pen: Pen) -> None:
    route = ((-0.44, -0.3), (-0.1, -0.42), (0.18, -0.2), (-0.1, 0.0), (-0.24, 0.2), (0.1, 0.34), (0.46, 0.22))
    pen.shape(stroke(route, 0.13, (0.25, 0.95), steps=8), BLACK, 1.0)
    pen.line(((-0.3, -0.35), (-0.08, -0.38), (0.12, -0.2)), 1.0, (1, 1), 255)
    pen.canvas.fill(ellipse(-0.39, -0.31, 0.018, 0.018), 255)


def snake(pen: Pen) -> None:
    """Its head raised over two bends of a banded body."""
    route = ((-0.3, -0.4), (-0.12, -0.3), (-0.16, -0.04), (-0.36, 0.14), (-0.2, 0.34), (0.14, 0.2), (0.46, 0.3))
    pen.shape(stroke(route, 0.14, (0.1, 0.95), steps=8), MID_TONE, 1.1)
    for x, y, dx, dy in ((-0.14, -0.16, 0.06, 0.01), (-0.28, 0.06, 0.05, 0.04), (-0.28, 0.27, 0.04, -0.05),
                         (-0.02, 0.27, 0.01, -0.06), (0.14, 0.21, 0.0, -0.05)):  # fmt: skip
        pen.line(((x - dx, y - dy), (x + dx, y + dy)), 2.4, (0.3, 0.3))
    pen.shape(ellipse(-0.33, -0.4, 0.13, 0.09, 0.2), MID_TONE, 1.1)
    pen.canvas.fill(ellipse(-0.36, -0.43, 0.02, 0.02))
    pen.line(((-0.45, -0.38), (-0.5, -0.36)), 1.2, (0, 0.6))


def bone(pen: Pen) -> None:
    knobs = [ellipse(side * 0.4, dy, 0.1, 0.085) for side in (-1, 1) for dy in (-0.07, 0.07)]
    pen.shape(union(rect(-0.4, -0.055, 0.8, 0.11), *knobs), WHITE, 1.2)
    for side in (-1, 1):
        pen.line(((side * 0.34, 0.02), (side * 0.37, 0.07), (side * 0.44, 0.08)), 0.8, (0.6, 0.6))


def _nut(pen: Pen, x: float, y: float, k: float) -> None:
    shape = smooth(
        (
            (x, y - 0.2 * k),
            (x - 0.18 * k, y - 0.04 * k),
            (x - 0.16 * k, y + 0.13 * k),
            (x, y + 0.17 * k),
            (x + 0.16 * k, y + 0.13 * k),
            (x + 0.18 * k, y - 0.04 * k),
        ),
        closed=True,
        tension=0.55,
    )
    pen.shape(shape, DARK_TONE, 1.0)
    with pen.canvas.saved():
        pen.canvas.clip(shape)
        pen.cover(ellipse(x, y + 0.17 * k, 0.2 * k, 0.1 * k), WHITE)
        pen.contour(ellipse(x, y + 0.17 * k, 0.2 * k, 0.1 * k), 0.8)
    pen.line(((x - 0.08 * k, y - 0.08 * k), (x - 0.11 * k, y + 0.02 * k)), 1.4, (0.6, 0.6), 255)


def chestnuts(pen: Pen) -> None:
    spikes: list[tuple[float, float]] = []
    for i in range(36):
        a = pi + pi * i / 35
        r = 0.3 if i % 2 else 0.2
        spikes.append((-0.16 + r * cos(a), 0.14 + r * sin(a) * 1.1))
    pen.shape(poly((*spikes, (0.1, 0.2), (-0.42, 0.2))), LIGHT_TONE, 1.0)
    _nut(pen, -0.14, 0.12, 0.8)
    _nut(pen, 0.24, 0.16, 1.0)
    _nut(pen, 0.02, 0.28, 0.9)


def mushrooms(pen: Pen) -> None:
    for x, y, k, lean in ((-0.2, 0.0, 0.9, -0.06), (0.18, 0.06, 1.0, 0.08), (0.0, 0.22, 0.75, 0.0)):
        stem = smooth(
            (
                (x - 0.08 * k, y),
                (x - 0.1 * k - lean * 0.4, y + 0.28 * k),
                (x + 0.1 * k - lean * 0.4, y + 0.28 * k),
                (x + 0.08 * k, y),
            ),
            closed=True,
            tension=0.4,
        )
        pen.shape(stem, WHITE, 1.0)
        cap: Path = (
            ("M", x - 0.24 * k, y + 0.02),
            ("C", x - 0.2 * k, y - 0.26 * k, x + 0.2 * k, y - 0.26 * k, x + 0.24 * k, y + 0.02),
            ("Q", x, y + 0.1 * k, x - 0.24 * k, y + 0.02),
            ("Z",),
        )
        pen.shape(cap, MID_TONE, 1.1)
        pen.line(((x - 0.1 * k, y - 0.08 * k), (x, y - 0.12 * k)), 1.0, (0.6, 0.6), 255)


def basket(pen: Pen) -> None:
    pen.curve(((-0.3, -0.16), (-0.16, -0.48), (0.16, -0.48), (0.3, -0.16)), 2.0)
    body = smooth(
        ((-0.34, -0.16), (-0.42, 0.14), (-0.3, 0.44), (0.3, 0.44), (0.42, 0.14), (0.34, -0.16)),
        closed=True,
        tension=0.45,
    )
    pen.shape(body, WHITE, 1.2)
    with pen.canvas.saved():
        pen.canvas.clip(body)
        for i in range(6):
            y = -0.08 + i * 0.1
            pen.curve(((-0.45, y - 0.02), (0, y + 0.05), (0.45, y - 0.02)), 0.9)
        for i in range(9):
            x = -0.4 + i * 0.1
            pen.straight(((x * 0.85, -0.2), (x, 0.46)), 0.9)
    pen.shape(ellipse(0, -0.16, 0.345, 0.075), DARK_TONE, 1.1)


def net(pen: Pen) -> None:
    body = smooth(((-0.4, -0.34), (-0.3, 0.1), (0.0, 0.46), (0.3, 0.1), (0.4, -0.34)), closed=True, tension=0.45)
    pen.shape(body, WHITE, 1.0)
    with pen.canvas.saved():
        pen.canvas.clip(body)
        for i in range(-2, 8):
            pen.straight(((-0.5 + i * 0.1, -0.4), (i * 0.1, 0.5)), 0.7)
            pen.straight(((0.5 - i * 0.1, -0.4), (-i * 0.1, 0.5)), 0.7)
    pen.contour(ellipse(0, -0.34, 0.42, 0.08), 1.8)


def flower(pen: Pen) -> None:
    pen.line(((0.0, 0.5), (0.03, 0.2), (0.0, -0.1)), 2.0, (0, 0.2))
    pen.shape(stroke(((0.02, 0.3), (0.16, 0.2), (0.26, 0.06)), 0.12, (0.9, 0.9)), MID_TONE, 0.9)
    for i in range(5):
        a = 2 * pi * i / 5 - pi / 2
        tip = (0.26 * cos(a), -0.2 + 0.26 * sin(a))
        petal = smooth(
            (
                (0, -0.2),
                (tip[0] * 0.7 - sin(a) * 0.11, tip[1] * 0.7 - 0.06 + cos(a) * 0.11),
                tip,
                (tip[0] * 0.7 + sin(a) * 0.11, tip[1] * 0.7 - 0.06 - cos(a) * 0.11),
            ),
            closed=True,
            tension=0.55,
        )
        pen.shape(petal, WHITE, 1.0)
    pen.shape(ellipse(0, -0.2, 0.07, 0.07), BLACK, 0.8)


def leaf(pen: Pen) -> None:
    pen.shape(
        smooth(((0, -0.45), (-0.26, -0.1), (-0.2, 0.2), (0, 0.4), (0.2, 0.2), (0.26, -0.1)), closed=True, tension=0.5),
        LIGHT_TONE,
        1.0,
    )
    pen.line(((0, -0.4), (0, 0.5)), 1.0, (0.8, 0))
    for y in (-0.2, 0.0, 0.2):
        for side in (-1, 1):
            pen.line(((0, y + 0.06), (side * 0.14, y - 0.04)), 0.7, (0, 1))


def bowl(pen: Pen) -> None:
    pen.shape(ellipse(0, -0.08, 0.34, 0.17), WHITE, 1.0)
    cup: Path = (
        ("M", -0.42, -0.04),
        ("C", -0.38, 0.28, -0.2, 0.36, 0, 0.36),
        ("C", 0.2, 0.36, 0.38, 0.28, 0.42, -0.04),
        ("Q", 0, 0.1, -0.42, -0.04),
        ("Z",),
    )
    pen.shape(cup, MID_TONE, 1.2)
    pen.shape(poly(((-0.14, 0.34), (0.14, 0.34), (0.12, 0.42), (-0.12, 0.42))), WHITE, 1.0)
    steam(pen, 0.0, -0.28)


def steam(pen: Pen, x: float, y: float) -> None:
    for dx in (-0.1, 0.08):
        pen.line(
            ((x + dx, y), (x + dx + 0.05, y - 0.08), (x + dx - 0.02, y - 0.16), (x + dx + 0.03, y - 0.22)),
            0.9,
            (0.7, 1),
        )


def cup(pen: Pen) -> None:
    pen.contour(ellipse(0.32, 0.08, 0.12, 0.15), 2.0)
    pen.shape(poly(((-0.3, -0.18), (0.3, -0.18), (0.24, 0.4), (-0.24, 0.4))), WHITE, 1.2)
    pen.shape(ellipse(0, -0.18, 0.3, 0.075), MID_TONE, 1.0)
    steam(pen, 0.0, -0.28)


def bottle(pen: Pen) -> None:
    body = smooth(
        (
            (-0.06, -0.48),
            (-0.06, -0.22),
            (-0.2, -0.04),
            (-0.22, 0.4),
            (0.22, 0.4),
            (0.2, -0.04),
            (0.06, -0.22),
            (0.06, -0.48),
        ),
        closed=True,
        tension=0.5,
    )
    pen.shape(body, DARK_TONE, 1.2)
    pen.shape(poly(((-0.19, 0.06), (0.19, 0.06), (0.2, 0.28), (-0.2, 0.28))), WHITE, 0.9)
    pen.line(((-0.12, 0.14), (0.12, 0.14)), 0.9, (0.2, 0.4))
