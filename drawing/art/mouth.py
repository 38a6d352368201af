"""Nose, mouth, and the marks that feelings and years leave on a face."""

from collections.abc import Callable

from drawing.art.expressions import Face
from drawing.art.eyes import sockets
from drawing.art.face import MIDDLE, FaceShape, HeadView
from drawing.ink.paths import Path, ellipse, mapped, poly, smooth, stroke
from drawing.ink.pen import MID, Pen
from manga.characters import Age, Look
from manga.geometry import Point

Place = Callable[[float, float], Point]


def mouth_point(shape: FaceShape, view: HeadView) -> Point:
    y = shape.eye_y + (shape.chin_y - shape.eye_y) * 0.61
    return {"front": (0.0, y), "three_quarter": (MIDDLE - 0.006, y), "profile": (-0.318, y - 0.003), "back": (0.0, y)}[
        view
    ]


def ink_nose(pen: Pen, shape: FaceShape, look: Look, view: HeadView) -> None:
    grown = look.age in {Age.ADULT, Age.ELDER}
    big = 0.8 + (0.3 if grown else 0.0) + 0.4 * shape.manly
    y = shape.eye_y + (mouth_point(shape, view)[1] - shape.eye_y) * (0.58 if grown else 0.54)
    if view == "profile":
        _ink_wing(pen, y, big)
        return
    for points, width in _NOSES[shape.nose](y, big) if view == "front" else _TURNED[shape.nose](y, big):
        pen.canvas.fill(stroke(points, width, (1, 0.5), steps=5))
    if shape.manly > 0.6:
        _ink_bridge(pen, shape, y, view)
    elif grown and shape.nose in {0, 2} and view == "front":
        shade = poly(((0.02, y - 0.006), (0.04, y + 0.004), (0.006, y + 0.03), (0.0, y + 0.014)))
        pen.canvas.tone(shade, MID)


def _ink_wing(pen: Pen, y: float, big: float) -> None:
    """The side of a nose seen from the side."""
    x = -0.365
    wing = ((x + 0.006, y - 0.02 * big), (x + 0.026, y - 0.004), (x + 0.016, y + 0.02), (x - 0.006, y + 0.016))
    pen.canvas.fill(stroke(wing, 0.011, (1, 0.6), steps=5))


def _ink_bridge(pen: Pen, shape: FaceShape, y: float, view: HeadView) -> None:
    """A man's nose begins at the brow, and its lower side lies in shadow."""
    if view == "front":
        side, top, shift = 1.0, (0.036, shape.eye_y - 0.035), 0.0
    else:
        side, top, shift = -1.0, (MIDDLE + 0.012, shape.eye_y - 0.04), MIDDLE - 0.03
    root = (
        top,
        (top[0] - side * 0.008, (top[1] + shape.eye_y) / 2 + 0.01),
        (top[0] - side * 0.006, shape.eye_y + 0.04),
    )
    pen.canvas.fill(stroke(root, 0.012, (0.5, 1), steps=5))
    nostril = ((shift + side * 0.034 - 0.012, y + 0.026), (shift + side * 0.034 + 0.02, y + 0.02))
    pen.canvas.fill(stroke(nostril, 0.012, (0.6, 0.8)))


_Strokes = tuple[tuple[tuple[Point, ...], float], ...]

_NOSES: tuple[Callable[[float, float], _Strokes], ...] = (
    lambda y, k: ((((0.012, y - 0.045 * k), (0.02, y - 0.008), (0.006, y + 0.014), (-0.016, y + 0.008)), 0.0125),),
    lambda y, k: ((((-0.022, y + 0.004), (0.0, y + 0.02), (0.024, y + 0.002)), 0.0125),),
    lambda y, k: (
        (((0.02, y - 0.1 * k), (0.014, y - 0.05), (0.026, y + 0.002), (0.002, y + 0.018)), 0.012),
        (((-0.03, y + 0.008), (-0.018, y + 0.014)), 0.011),
    ),
    lambda y, k: (
        (((-0.044 * k, y - 0.012), (-0.05 * k, y + 0.008), (-0.026 * k, y + 0.014)), 0.0115),
        (((0.044 * k, y - 0.012), (0.05 * k, y + 0.008), (0.026 * k, y + 0.014)), 0.0115),
        (((-0.012, y + 0.022), (0.012, y + 0.022)), 0.011),
    ),
    lambda y, k: ((((-0.006, y - 0.03 * k), (-0.018, y - 0.004), (-0.004, y + 0.014), (0.014, y + 0.006)), 0.0125),),
)
"""Hooked, turned up, long, broad, small. Given the height of the tip and the size."""

_TURNED: tuple[Callable[[float, float], _Strokes], ...] = (
    lambda y, k: ((((-0.140, y - 0.075 * k), (-0.167, y - 0.03), (-0.188, y + 0.006), (-0.158, y + 0.022)), 0.0125),),
    lambda y, k: ((((-0.162, y - 0.035 * k), (-0.188, y - 0.008), (-0.170, y + 0.016), (-0.148, y + 0.014)), 0.0125),),
    lambda y, k: ((((-0.134, y - 0.12 * k), (-0.154, y - 0.06), (-0.196, y + 0.01), (-0.162, y + 0.026)), 0.0125),),
    lambda y, k: (
        (((-0.146, y - 0.06 * k), (-0.170, y - 0.03), (-0.190, y + 0.004), (-0.162, y + 0.022)), 0.0125),
        (((-0.124, y - 0.012), (-0.1, y + 0.008), (-0.130, y + 0.018)), 0.011),
    ),
    lambda y, k: ((((-0.162, y - 0.02 * k), (-0.182, y + 0.004), (-0.160, y + 0.018)), 0.0125),),
)


def ink_mouth(pen: Pen, shape: FaceShape, face: Face, view: HeadView) -> None:
    x, y = mouth_point(shape, view)
    wide = {"front": 1.0, "three_quarter": 0.86, "profile": 0.62, "back": 0.0}[view] * (1 + 0.26 * shape.manly)
    if view == "profile":
        parts = [points for points, _, _ in _LINES.get(face.mouth, ())] or [_OPEN[face.mouth]]
        x = _LIP - wide * min(px for points in parts for px, _ in points)

    def put(px: float, py: float) -> Point:
        return (x + px * wide, y + py)

    if face.mouth in _LINES:
        for points, width, taper in _LINES[face.mouth]:
            pen.canvas.fill(mapped(stroke(points, width, taper, steps=5), put))
    else:
        _ink_open_mouth(pen, face, put)


_LIP = -0.356
"""Where lips meet seen from the side; every mouth begins there."""
_LINES: dict[str, tuple[tuple[tuple[Point, ...], float, tuple[float, float]], ...]] = {
    "flat": ((((-0.07, -0.003), (0, 0.005), (0.07, -0.005)), 0.014, (0.8, 0.8)), (((-0.02, 0.036), (0.02, 0.036)),
    0.008, (1, 1))),
    "smile": ((((-0.085, -0.018), (-0.04, 0.012), (0.02, 0.018), (0.085, -0.022)), 0.015, (0.8, 0.8)), (((-0.02,
    0.05), (0.025, 0.05)), 0.008, (1, 1))),
    "smirk": ((((-0.06, 0.012), (0, 0.012), (0.06, -0.01), (0.1, -0.036)), 0.016, (0.8, 0.4)),),
    "frown": ((((-0.062, 0.022), (0, -0.008), (0.062, 0.022)), 0.014, (0.8, 0.8)), (((-0.02, 0.05), (0.02, 0.05)),
    0.008, (1, 1))),
    "wavy": ((((-0.08, 0.008), (-0.045, -0.012), (-0.01, 0.012), (0.03, -0.01), (0.075, 0.01)), 0.013, (0.6, 0.6)),),
}  # fmt: skip

_OPEN: dict[str, tuple[Point, ...]] = {
    "open": (
        (-0.105, -0.035),
        (-0.05, -0.028),
        (0.05, -0.028),
        (0.105, -0.035),
        (0.085, 0.04),
        (0, 0.088),
        (-0.085, 0.04),
    ),
    "o": ((-0.042, -0.012), (0, -0.034), (0.042, -0.012), (0.046, 0.035), (0, 0.068), (-0.046, 0.035)),
    "shout": (
        (-0.085, -0.045),
        (0, -0.066),
        (0.085, -0.045),
        (0.108, 0.045),
        (0.055, 0.105),
        (-0.055, 0.105),
        (-0.108, 0.045),
    ),
    "teeth": ((-0.1, -0.02), (0, -0.032), (0.1, -0.024), (0.108, 0.036), (0, 0.05), (-0.106, 0.04)),
}


def _ink_open_mouth(pen: Pen, face: Face, put: Place) -> None:
    grow = 1.0 if face.mouth == "teeth" else min(1.2, face.opening)
    raw = smooth(_OPEN[face.mouth], closed=True, tension=0.55)
    path = mapped(raw, lambda x, y: put(x, y * grow))
    pen.canvas.fill(path, 255 if face.mouth == "teeth" else 0)
    with pen.canvas.saved():
        pen.canvas.clip(path)
        _ink_teeth(pen, face, put)
    pen.canvas.stroke(path, 0.013)


def _ink_teeth(pen: Pen, face: Face, put: Place) -> None:
    if face.mouth == "teeth":
        pen.canvas.fill(mapped(stroke(((-0.11, 0.01), (0, 0.014), (0.11, 0.008)), 0.01, (0, 0), steps=3), put))
        for x in (-0.055, 0.0, 0.055):
            pen.canvas.fill(mapped(stroke(((x, -0.04), (x, 0.06)), 0.006, (0, 0)), put))
    elif face.mouth != "o":
        low = -0.014 if face.mouth == "shout" else -0.008
        pen.canvas.fill(
            mapped(poly(((-0.12, -0.08), (0.12, -0.08), (0.11, low), (0, low + 0.012), (-0.11, low))), put), 255
        )
        tongue = mapped(ellipse(0, 0.1 * face.opening, 0.07, 0.046), put)
        pen.canvas.fill(tongue, 255)
        pen.canvas.tone(tongue, MID)


def ink_feeling(pen: Pen, shape: FaceShape, face: Face, view: HeadView, skin: Path) -> None:
    """Blush, tears, gloom: what lies on the skin."""
    if "blush" in face.marks:
        _ink_blush(pen, shape, view)
    if "gloom" in face.marks:
        with pen.canvas.saved():
            pen.canvas.clip(skin)
            for i in range(13):
                x = -0.36 + 0.06 * i
                pen.canvas.fill(stroke(((x, -0.4), (x, -0.02 - 0.1 * ((i * 7) % 5) / 4)), 0.01, (0, 1)))
    if "tear" in face.marks:
        for socket in sockets(shape, view):
            _ink_tear(pen, socket.x, socket.y, socket.side * socket.squeeze)


def _ink_blush(pen: Pen, shape: FaceShape, view: HeadView) -> None:
    for socket in sockets(shape, view):
        for i in range(4):
            x = socket.x + socket.side * 0.03 + (i - 1.5) * 0.03 * socket.squeeze
            pen.canvas.fill(
                stroke(((x + 0.008, shape.eye_y + 0.105), (x - 0.008, shape.eye_y + 0.145)), 0.009, (0.8, 0.8))
            )


def _ink_tear(pen: Pen, x: float, y: float, side: float) -> None:
    path: Path = (
        ("M", x + side * 0.03, y + 0.07),
        ("C", x + side * 0.055, y + 0.16, x + side * 0.055, y + 0.22, x + side * 0.04, y + 0.29),
        ("Q", x + side * 0.015, y + 0.325, x - side * 0.005, y + 0.28),
        ("C", x - side * 0.012, y + 0.22, x - side * 0.01, y + 0.15, x - side * 0.01, y + 0.075),
        ("Z",),
    )
    pen.shape(path, weight=0.8)


def ink_signs(pen: Pen, face: Face, view: HeadView) -> None:
    """Sweat and the vein of anger: signs that float over the hair at the temple."""
    at = {"front": (0.4, -0.2), "three_quarter": (0.36, -0.22), "profile": (0.1, -0.3), "back": (0.4, -0.2)}[view]
    if "sweat" in face.marks:
        x, y = at[0] - 0.02, at[1] + 0.08
        drop: Path = (
            ("M", x, y - 0.12), ("C", x + 0.07, y, x + 0.06, y + 0.07, x, y + 0.07), ("C", x - 0.06, y + 0.07,
            x - 0.07, y, x, y - 0.12), ("Z",),
        )  # fmt: skip
        pen.canvas.stroke(drop, pen.weight * 3, 255)
        pen.shape(drop, weight=1.0)
    if "vein" in face.marks:
        x, y = at
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            points = (
                (x + dx * 0.012, y + dy * 0.085),
                (x + dx * 0.028, y + dy * 0.028),
                (x + dx * 0.085, y + dy * 0.012),
            )
            pen.canvas.fill(stroke(points, 0.03, (0.5, 0.5), steps=4), 255)
            pen.canvas.fill(stroke(points, 0.018, (0.5, 0.5), steps=4))


def ink_years(pen: Pen, look: Look, shape: FaceShape, view: HeadView) -> None:
    """Lines of an old face."""
    if look.age is not Age.ELDER or view == "back":
        return
    if view == "profile":
        _ink_years_aside(pen, shape)
        return
    shift = -0.1 if view == "three_quarter" else 0.0
    mouth, bag = mouth_point(shape, view)[1], shape.eye_y + 0.092
    for side in (-1, 1):
        if side < 0 and view == "three_quarter":
            continue
        fold = ((side * 0.07, mouth - 0.1), (side * 0.125, mouth - 0.03), (side * 0.12, mouth + 0.035))
        pen.line([(shift + x, y) for x, y in fold], 0.7, (0.6, 1))
        x = side * 0.165 + shift * (0.8 if side > 0 else 0.5)
        pen.line(((x - side * 0.07, bag), (x, bag + 0.02), (x + side * 0.06, bag)), 0.6, (1, 1))
        crow = x + side * 0.145
        for dy in (-0.03, 0.015):
            pen.line(((crow, shape.eye_y + dy * 0.5), (crow + side * 0.05, shape.eye_y + dy)), 0.5, (0.4, 1))
    for y in (-0.16, -0.22):
        pen.line(((shift - 0.14, y), (shift, y - 0.012), (shift + 0.14, y)), 0.55, (1, 1))


def _ink_years_aside(pen: Pen, shape: FaceShape) -> None:
    """The same lines seen from the side."""
    mouth, eye = mouth_point(shape, "profile")[1], shape.eye_y
    pen.line(((-0.325, mouth - 0.11), (-0.276, mouth - 0.05), (-0.27, mouth + 0.03)), 0.7, (0.6, 1))
    pen.line(((-0.275, eye + 0.075), (-0.235, eye + 0.09), (-0.19, eye + 0.07)), 0.6, (1, 1))
    for dy in (-0.025, 0.02):
        pen.line(((-0.155, eye + dy * 0.5), (-0.1, eye + dy)), 0.5, (0.4, 1))
    pen.line(((-0.08, eye + 0.14), (-0.12, mouth - 0.05), (-0.11, mouth + 0.02)), 0.6, (1, 1))
    for y in (-0.17, -0.23):
        pen.line(((-0.335, y), (-0.25, y - 0.012), (-0.17, y + 0.004)), 0.55, (0.6, 1))
