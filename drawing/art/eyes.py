"""Eyes and brows. In: look, face shape, expression, view. Out: marks."""

from collections.abc import Callable
from dataclasses import dataclass

from drawing.art.expressions import Face
from drawing.art.face import FaceShape, HeadView
from drawing.ink.paths import Path, ellipse, mapped, poly, smooth, stroke
from drawing.ink.pen import MID, Pen
from manga.characters import Age, Look
from manga.geometry import Point

Place = Callable[[float, float], Point]
_W = 0.098
"""Half the width of an eye."""


@dataclass(frozen=True, slots=True)
class Socket:
    """Where one eye is: its centre, how it is squeezed, and on which side its outer corner lies."""

    x: float
    y: float
    squeeze: float
    side: int


def sockets(shape: FaceShape, view: HeadView) -> tuple[Socket, ...]:
    y = shape.eye_y
    if view == "front":
        return (Socket(-0.178, y, 1.0, -1), Socket(0.178, y, 1.0, 1))
    if view == "three_quarter":
        return (Socket(-0.232, y, 0.74, -1), Socket(0.075, y, 1.0, 1))
    return (Socket(-0.228, y, 0.62, 1),) if view == "profile" else ()


@dataclass(frozen=True, slots=True)
class _Lids:
    upper: tuple[Point, ...]
    lower: tuple[Point, ...]


def ink_eyes(pen: Pen, look: Look, shape: FaceShape, face: Face, view: HeadView) -> None:
    for socket in sockets(shape, view):
        _ink_eye(pen, look, shape, face, socket)


def ink_eye_in(pen: Pen, look: Look, shape: FaceShape, face: Face, socket: Socket) -> None:
    """One eye of a head that has sockets of its own."""
    _ink_eye(pen, look, shape, face, socket)


def _placer(socket: Socket, shape: FaceShape) -> Place:
    kx = socket.squeeze * socket.side * 1.14 * shape.eye_size
    ky = 1.16 * shape.eye_size * shape.eye_tall
    return lambda x, y: (socket.x + x * kx, socket.y + y * ky)


def _ink_eye(pen: Pen, look: Look, shape: FaceShape, face: Face, socket: Socket) -> None:
    put = _placer(socket, shape)
    lash = 0.03 if look.gender == "female" else 0.024
    if face.eyes == "happy":
        _lash(
            pen,
            put,
            ((-_W, 0.03), (-_W * 0.5, -0.035), (0, -0.05), (_W * 0.55, -0.03), (_W * 1.08, 0.035)),
            lash * 1.15,
            (0.8, 0.8),
        )
        return
    if face.eyes == "closed":
        _lash(pen, put, ((-_W, 0.0), (-_W * 0.4, 0.038), (_W * 0.25, 0.042), (_W * 1.05, 0)), lash, (0.8, 0.6))
        _lash(pen, put, ((_W * 0.7, 0.03), (_W * 1.05, 0.055)), 0.012, (0, 1))
        return
    if look.eyes == "narrow" and face.eyes in {"open", "half"}:
        _ink_narrow(pen, put, lash)
        return
    _ink_open(pen, look, face, socket, put, lash)


def _lash(
    pen: Pen, put: Place, points: tuple[Point, ...], width: float, taper: tuple[float, float], grey: float = 0
) -> None:
    pen.canvas.fill(mapped(stroke(points, width, taper, steps=5), put), grey)


def _ink_narrow(pen: Pen, put: Place, lash: float) -> None:
    _lash(pen, put, ((-_W, 0.012), (-_W * 0.3, -0.03), (_W * 0.4, -0.026), (_W * 1.1, 0.016)), lash * 1.2, (0.8, 0.4))
    pen.canvas.fill(mapped(ellipse(0, -0.004, 0.026, 0.026), put))
    _lash(pen, put, ((-_W * 0.5, 0.03), (0.1 * _W, 0.036), (_W * 0.7, 0.026)), 0.009, (1, 1))


def _lids(look: Look, face: Face) -> _Lids:
    sharp, gentle = look.eyes == "sharp", look.eyes == "gentle"
    opening = face.opening * (0.82 if sharp else 0.92 if gentle else 1.0)
    up, low = 0.088 * opening, 0.07 * min(1.0, opening)
    inner, outer = (-_W, 0.022), (_W * 1.04, 0.014 if gentle else 0.0)
    shape = (0.72, 1.0, 0.86)
    if face.eyes == "angry":
        inner, outer, shape = (-_W, 0.03), (_W * 1.08, -0.022), (0.3, 0.66, 0.86)
    elif face.eyes == "sad":
        inner, outer, shape = (-_W, 0.0), (_W * 1.05, 0.03), (0.98, 0.85, 0.45)
    elif sharp:
        inner, outer, shape = (-_W, 0.03), (_W * 1.08, -0.022), (0.55, 0.92, 0.9)
    elif gentle:
        shape = (0.85, 1.0, 0.72)
    if face.eyes == "half":
        shape = (shape[0] * 0.85, shape[1] * 0.76, shape[2] * 0.8)
    upper = (inner, (-_W * 0.6, -up * shape[0]), (-_W * 0.05, -up * shape[1]), (_W * 0.55, -up * shape[2]), outer)
    lower = (outer, (_W * 0.62, low * 0.86), (0, low), (-_W * 0.6, low * 0.78), inner)
    return _Lids(upper, lower)


def _ink_open(pen: Pen, look: Look, face: Face, socket: Socket, put: Place, lash: float) -> None:
    lids = _lids(look, face)
    opening: Path = (*smooth(lids.upper, tension=1), *smooth(lids.lower, tension=1)[1:], ("Z",))
    shape = mapped(opening, put)
    pen.canvas.fill(shape, 255)
    with pen.canvas.saved():
        pen.canvas.clip(shape)
        _ink_iris(pen, look, face, socket, put)
        shadow = (*((x, y - 0.03) for x, y in lids.upper), *((x, y + 0.014) for x, y in reversed(lids.upper)))
        pen.canvas.fill(mapped(poly(tuple(shadow)), put))
    _ink_lashes(pen, look, face, put, lids, lash)


def _ink_iris(pen: Pen, look: Look, face: Face, socket: Socket, put: Place) -> None:
    x = face.gaze[0] * 0.04 * socket.side - (0.01 if socket.squeeze < 1 else 0.0) * socket.side
    y = face.gaze[1] * 0.028 - 0.004
    if face.eyes == "wide":
        for radius, grey in ((0.05, 0), (0.038, 255), (0.02, 0)):
            pen.canvas.fill(mapped(ellipse(x, y, radius, radius * 1.24), put), grey)
        return
    rx, ry = (0.052, 0.074) if look.age is Age.ELDER else (0.063, 0.085)
    pen.canvas.fill(mapped(ellipse(x, y, rx, ry), put))
    if look.hair_color in {"white", "tone"} and look.age is not Age.ELDER:
        pen.canvas.fill(mapped(ellipse(x, y + 0.03, rx * 0.84, ry * 0.66), put), 255)
        pen.canvas.tone(mapped(ellipse(x, y + 0.02, rx * 0.86, ry * 0.74), put), MID)
        pen.canvas.fill(mapped(ellipse(x, y - 0.004, rx * 0.4, ry * 0.4), put))
    else:
        pen.canvas.fill(mapped(ellipse(x, y + 0.058, rx * 0.7, ry * 0.36), put), 255)
        pen.canvas.tone(mapped(ellipse(x, y + 0.05, rx * 0.85, ry * 0.46), put), MID)
    light = -0.022 * socket.side
    pen.canvas.fill(mapped(ellipse(x + light, y - 0.036, 0.025, 0.03), put), 255)
    pen.canvas.fill(mapped(ellipse(x - light, y + 0.04, 0.011, 0.013), put), 255)


def _ink_lashes(pen: Pen, look: Look, face: Face, put: Place, lids: _Lids, lash: float) -> None:
    inner, outer = lids.upper[0], lids.upper[-1]
    line = ((inner[0] - 0.004, inner[1] + 0.006), *lids.upper[1:-1], (outer[0] + 0.014, outer[1] + 0.012))
    _lash(pen, put, line, lash * 1.3, (0.85, 0.1))
    if look.gender == "female":
        for y, dx, dy in ((-0.03, 0.45, -0.012), (0.0, 0.36, 0.004)):
            _lash(
                pen,
                put,
                ((outer[0] - 0.008, outer[1] + y * 0.6), (outer[0] + _W * dx, outer[1] + y + dy)),
                0.02,
                (0, 1),
            )
    else:
        _lash(pen, put, ((outer[0] - 0.01, outer[1]), (outer[0] + 0.026, outer[1] - 0.016)), 0.022, (0, 1))
    low = lids.lower
    _lash(pen, put, (low[0], low[1], ((low[1][0] + low[2][0]) / 2, low[2][1])), 0.011, (0.2, 1))
    if face.eyes != "wide":
        fold = tuple((x * 0.9, y - 0.03) for x, y in lids.upper[1:-1])
        _lash(pen, put, fold, 0.009, (1, 1))


def ink_brows(pen: Pen, look: Look, shape: FaceShape, face: Face, view: HeadView) -> None:
    thick = {"thin": 0.016, "medium": 0.026, "thick": 0.04}[look.brows] * (0.85 if look.gender == "female" else 1.0)
    wide = 0.02 if face.eyes == "wide" else 0.0
    for socket in sockets(shape, view):
        y = socket.y - 0.105 - 0.062 * shape.eye_size * shape.eye_tall - face.lift - wide
        slant = 0.085 * face.brow
        points = (
            (-0.088, y + slant + 0.012),
            (-0.02, y - 0.008),
            (0.055, y - 0.014 - slant * 0.35),
            (0.108, y + 0.012 - slant),
        )
        placed = [(socket.x + a * socket.squeeze * socket.side, b) for a, b in points]
        path = stroke(placed, thick, (0.3, 1), steps=5)
        if look.hair_color in {"white", "grey"}:
            pen.shape(path, weight=0.7)
        else:
            pen.canvas.fill(path)
