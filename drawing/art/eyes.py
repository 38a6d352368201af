"""Eyes and brows. In: look, face shape, expression, view. Out: marks."""

from collections.abc import Callable
from dataclasses import dataclass

from drawing.art.expressions import Face
from drawing.art.face import FaceShape, HeadView
from drawing.ink.paths import Path, ellipse, mapped, poly, smooth, stroke
from drawing.ink.pen import Pen
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
        return (Socket(-0.165 - shape.apart, y, 1.0, -1), Socket(0.165 + shape.apart, y, 1.0, 1))
    if view == "three_quarter":
        return (Socket(-0.238 - shape.apart * 0.4, y, 0.68, -1), Socket(0.034 + shape.apart, y, 0.95, 1))
    return (Socket(-0.238, y, 0.58, 1),) if view == "profile" else ()


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
    kx = socket.squeeze * socket.side * 1.12 * shape.eye_size
    ky = 1.16 * shape.eye_size * shape.eye_tall
    return lambda x, y: (socket.x + x * kx, socket.y + y * ky)


def _ink_eye(pen: Pen, look: Look, shape: FaceShape, face: Face, socket: Socket) -> None:
    put = _placer(socket, shape)
    lash = (0.023 if look.age is Age.ELDER else 0.03) if look.gender == "female" else 0.024 + 0.008 * shape.manly
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
    _ink_open(pen, look, shape, face, socket, put, lash)


def _lash(
    pen: Pen, put: Place, points: tuple[Point, ...], width: float, taper: tuple[float, float], grey: float = 0
) -> None:
    pen.canvas.fill(mapped(stroke(points, width, taper, steps=5), put), grey)


def _ink_narrow(pen: Pen, put: Place, lash: float) -> None:
    _lash(pen, put, ((-_W, 0.012), (-_W * 0.3, -0.03), (_W * 0.4, -0.026), (_W * 1.1, 0.016)), lash * 1.2, (0.8, 0.4))
    pen.canvas.fill(mapped(ellipse(0, -0.004, 0.026, 0.026), put))
    _lash(pen, put, ((-_W * 0.5, 0.03), (0.1 * _W, 0.036), (_W * 0.7, 0.026)), 0.009, (1, 1))


_ARCS: dict[str, tuple[float, float, float, float, float]] = {
    # the inner and outer corner's height, and how the upper lid rises over its inner, middle and outer part
    "round": (0.03, 0.004, 0.8, 1.0, 0.82), "sharp": (0.04, -0.034, 0.46, 0.8, 0.86),
    "gentle": (0.022, 0.026, 0.84, 0.98, 0.66), "narrow": (0.02, 0.0, 0.7, 0.9, 0.8),
    "angry": (0.044, -0.036, 0.22, 0.6, 0.82), "sad": (-0.008, 0.036, 0.98, 0.86, 0.42),
}  # fmt: skip


def _lids(look: Look, face: Face, manly: float) -> _Lids:
    opening = face.opening * {"sharp": 0.9, "gentle": 0.94}.get(look.eyes, 1.0)
    up, low = 0.094 * opening, 0.072 * min(1.0, opening)
    low *= 0.8 if look.eyes == "sharp" else 1.0
    inner_y, outer_y, first, middle, last = _ARCS[face.eyes if face.eyes in _ARCS else look.eyes]
    if face.eyes == "half":
        first, middle, last = first * 0.8, middle * 0.7, last * 0.74
    middle, last = middle * (1 - 0.1 * manly), last * (1 - 0.04 * manly)
    inner, outer = (-_W, inner_y), (_W * 1.04, outer_y)
    upper = (inner, (-_W * 0.68, -up * first), (-_W * 0.08, -up * middle), (_W * 0.56, -up * last), outer)
    lower = (outer, (_W * 0.7, low * 0.72), (_W * 0.06, low), (-_W * 0.56, low * 0.82), inner)
    return _Lids(upper, lower)


def _ink_open(pen: Pen, look: Look, shape: FaceShape, face: Face, socket: Socket, put: Place, lash: float) -> None:
    lids = _lids(look, face, shape.manly)
    opening: Path = (*smooth(lids.upper, tension=0.55), *smooth(lids.lower, tension=0.55)[1:], ("Z",))
    white = mapped(opening, put)
    pen.canvas.fill(white, 255)
    with pen.canvas.saved():
        pen.canvas.clip(white)
        _ink_iris(pen, look, shape, face, socket, put)
        deep = 0.02 - 0.01 * shape.manly
        shadow = (*((x, y - 0.03) for x, y in lids.upper), *((x, y + deep) for x, y in reversed(lids.upper)))
        pen.canvas.fill(mapped(poly(tuple(shadow)), put))
    _ink_lashes(pen, look, shape, face, put, lids, lash)


def _ink_iris(pen: Pen, look: Look, shape: FaceShape, face: Face, socket: Socket, put: Place) -> None:
    x = face.gaze[0] * 0.04 * socket.side - (0.01 if socket.squeeze < 1 else 0.0) * socket.side
    y = face.gaze[1] * 0.028 - 0.004
    tall = 1 + 0.22 * shape.manly
    if face.eyes == "wide":
        wide = 1 - 0.14 * shape.manly
        pen.canvas.fill(mapped(ellipse(x, y, 0.043 * wide, 0.056), put))
        pen.canvas.fill(mapped(ellipse(x, y + 0.012, 0.026 * wide, 0.03), put), 255)
        pen.canvas.fill(mapped(ellipse(x, y, 0.017 * wide, 0.024), put))
        pen.canvas.fill(mapped(ellipse(x - 0.016 * socket.side, y - 0.024, 0.015, 0.018), put), 255)
        return
    rx, ry = (0.05, 0.074) if look.age is Age.ELDER else (0.064 - 0.018 * shape.manly, 0.096 - 0.016 * shape.manly)
    if look.eyes == "sharp":
        rx, ry = rx * 0.9, ry * 0.94
    pen.canvas.fill(mapped(ellipse(x, y, rx, ry), put))
    pale = look.hair_color in {"white", "tone"} and look.age is not Age.ELDER
    _ink_glow(pen, put, (x, y), (rx, ry), pale=pale, rays=shape.manly < 1)
    light = -0.026 * socket.side * (1 if socket.x > 0 or socket.squeeze < 1 else -1)
    pen.canvas.fill(mapped(ellipse(x + light * 0.9, y - ry * 0.42, rx * 0.44, ry * 0.34 * tall), put), 255)
    if shape.manly < 1:
        pen.canvas.fill(mapped(ellipse(x - light * 1.1, y + ry * 0.4, rx * 0.2, ry * 0.16), put), 255)


def _ink_glow(pen: Pen, put: Place, at: Point, size: Point, *, pale: bool, rays: bool) -> None:
    """Below the dark of an iris, light comes in: a bowl with short rays at its brim; a pale iris is lit all round."""
    (x, y), (rx, ry) = at, size
    top, sag = (y - ry * 0.18, 0.1) if pale else (y + ry * 0.2, 0.42)
    lit = (
        ("M", x - rx * 0.8, top), ("Q", x, top + ry * sag, x + rx * 0.8, top),
        ("C", x + rx * 0.78, y + ry * 0.6, x + rx * 0.4, y + ry * 0.86, x, y + ry * 0.86),
        ("C", x - rx * 0.4, y + ry * 0.86, x - rx * 0.78, y + ry * 0.6, x - rx * 0.8, top), ("Z",),
    )  # fmt: skip
    pen.canvas.fill(mapped(lit, put), 255)
    teeth: list[tuple[str | float, ...]] = []
    for i, k in enumerate((-0.66, -0.44, -0.22, 0.0, 0.22, 0.44, 0.66) if rays else ()):
        brim = top + ry * sag * 0.5 * (1 - (k / 0.8) ** 2) - ry * 0.06
        teeth += mapped(stroke(((x + k * rx, brim), (x + k * rx * 0.9, brim + ry * (0.34 if i % 2 else 0.2))), 0.016,
                               (0, 1)), put)  # fmt: skip
    pen.canvas.fill(tuple(teeth))
    pen.canvas.fill(mapped(ellipse(x, y + ry * 0.02, rx * 0.46, ry * 0.46), put))


def _ink_lashes(pen: Pen, look: Look, shape: FaceShape, face: Face, put: Place, lids: _Lids, lash: float) -> None:
    inner, outer, man = lids.upper[0], lids.upper[-1], shape.manly
    open_ = 0.55 * man
    """A man's lid leaves the inner corner open."""
    root = (inner[0] - 0.004 + 0.032 * open_, inner[1] + 0.006 + (lids.upper[1][1] - inner[1]) * open_)
    line = (root, *lids.upper[1:-1], (outer[0] + 0.014, outer[1] + 0.012 - 0.008 * man))
    _lash(pen, put, line, lash * 1.35, (0.85, 0.45 * man))
    if look.gender == "female" and look.age is not Age.ELDER:
        for y, dx, dy in ((-0.034, 0.3, -0.03), (-0.008, 0.42, -0.014)):
            root, tip = (outer[0] - 0.012, outer[1] + y * 0.6), (outer[0] + _W * dx, outer[1] + y + dy)
            bow = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 + 0.008)
            _lash(pen, put, (root, bow, tip), 0.017, (0, 1))
    elif shape.manly < 1:
        _lash(pen, put, ((outer[0] - 0.01, outer[1]), (outer[0] + 0.026, outer[1] - 0.016)), 0.022, (0, 1))
    low = lids.lower
    _lash(pen, put, (low[0], low[1], ((low[1][0] + low[2][0]) / 2, low[2][1])), 0.011, (0.2, 1))
    if face.eyes != "wide":
        _ink_fold(pen, look, put, lids)


def _ink_fold(pen: Pen, look: Look, put: Place, lids: _Lids) -> None:
    """Over the upper lid; the lid of the old hangs over its outer corner."""
    if look.age is Age.ELDER:
        outer = lids.upper[-1]
        hood = (*((x * 0.95, y - 0.042) for x, y in lids.upper[1:-1]), (outer[0] + 0.012, outer[1] + 0.012))
        _lash(pen, put, hood, 0.014, (1, 0.7))
        return
    fold = tuple((x * 0.9, y - 0.03) for x, y in lids.upper[1:-1])
    _lash(pen, put, fold, 0.009, (1, 1))


_THICK = {"thin": 0.016, "medium": 0.026, "thick": 0.04}


def ink_brows(pen: Pen, look: Look, shape: FaceShape, face: Face, view: HeadView, *, rim: bool = False) -> None:
    """`rim` sets them off from black hair."""
    man = shape.manly
    thick = _THICK[look.brows] * (0.85 if look.gender == "female" else 1.0) + 0.012 * man
    wide = 0.02 if face.eyes == "wide" else 0.0
    for socket in sockets(shape, view):
        y = socket.y - 0.105 + 0.022 * man - 0.062 * shape.eye_size * shape.eye_tall
        y -= face.lift + wide + shape.brow_lift
        slant = 0.085 * (face.brow + shape.brow + 0.05 * man)
        points = (
            (-0.088, y + slant + 0.012), (-0.02, y - 0.008 + 0.006 * man),
            (0.055 + 0.012 * man, y - 0.014 - slant * 0.5), (0.108 + 0.012 * man, y + 0.012 - slant * 0.8),
        )  # fmt: skip
        placed = [(socket.x + a * socket.squeeze * socket.side, b) for a, b in points]
        path = stroke(placed, thick, (0.3 - 0.15 * man, 1), steps=5)
        if rim:
            pen.contour(path, 1.1, 255)
        if look.hair_color in {"white", "grey"}:
            pen.shape(path, weight=0.7)
        else:
            pen.canvas.fill(path)
