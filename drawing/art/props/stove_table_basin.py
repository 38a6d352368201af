"""A stove with its pot, a table with its board, a basin: what somebody stands at who cooks, cuts or washes up.

In: the body's hands and the frame. Out: a `Chore`, in the figure's heads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

from drawing.art.body import DressedBody
from drawing.art.hands import ink_hand
from drawing.art.limbs import hull
from drawing.art.points_in_space import Vec
from drawing.art.things.draw_shape_file import draw_shape
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade, showing
from manga.geometry import Point, between

Ink = Callable[[Pen], None]
_BELOW = 0.22
"""Heads from the hands down to what they work on."""
_POT_HIGH = 0.5
"""How much farther below the one hand that stirs while the other one is raised."""
_KNEELS = -1.4
"""How high the hips of somebody are at most who kneels, heads."""
_HALF, _DEEP = 1.5, 1.1
"""Half the width of a stove or a table, and its depth, heads."""
_POT, _TALL = 0.46, 0.5
_SUDS = ((-0.5, 0.08, 0.09), (-0.36, 0.02, 0.12), (0.3, 0.06, 0.11), (0.46, 0.1, 0.08), (0.1, 0.16, 0.1))
"""Where each bubble lies from the middle of the rim, and its size."""


@dataclass(frozen=True, slots=True)
class Chore:
    """`behind`: the body stands before it."""

    outline: Path
    under: Ink
    over: Ink | None = None
    behind: bool = False


def _is_low(frame: Frame) -> bool:
    """Whether somebody kneels at it."""
    return frame.bones.pelvis[1] > _KNEELS


def _block(frame: Frame, top: float, near: float, front: Shade, *, fire: bool = False) -> tuple[Path, Ink]:
    """A stove or a table down to the floor, from its edge at the body on: its top, and those of its sides that face
    us."""
    marks = _side if not _is_low(frame) else _mouth if fire else _plain
    far = near + _DEEP
    corners = ((-_HALF, near), (_HALF, near), (_HALF, far), (-_HALF, far))

    def at(x: float, y: float, z: float) -> Point:
        return frame.flat((x, y, z))

    board = [at(x, top, z) for x, z in corners]
    outline = poly(hull([*board, *(at(x, 0.0, z) for x, z in corners)]))
    sides = [(corners[1], corners[2]), (corners[2], corners[3]), (corners[3], corners[0])]
    normals: tuple[Vec, ...] = ((1, 0, 0), (0, 0, 1), (-1, 0, 0))

    def ink(pen: Pen) -> None:
        for (a, b), normal in zip(sides, normals, strict=True):
            if frame.depth(normal) > 0.05:
                face = [at(a[0], top, a[1]), at(b[0], top, b[1]), at(b[0], 0, b[1]), at(a[0], 0, a[1])]
                pen.shape(poly(face), front, 1.2)
                marks(pen, face)
        pen.shape(poly(board), WHITE, 1.2)

    return outline, ink


def _within(face: list[Point], u: float, v: float) -> Point:
    a, b, c, d = face
    return between(between(a, b, u), between(d, c, u), v)


def _plain(pen: Pen, face: list[Point]) -> None:
    """Of a low table: a board and its feet."""
    gap = [_within(face, u, v) for u, v in ((0.14, 0.4), (0.86, 0.4), (0.86, 1.0), (0.14, 1.0))]
    pen.shape(poly(gap), BLACK, 1.0)


def _mouth(pen: Pen, face: list[Point]) -> None:
    """Of a clay stove: fire in an arch."""
    arch = [_within(face, u, v) for u, v in ((0.3, 1.0), (0.32, 0.5), (0.5, 0.3), (0.68, 0.5), (0.7, 1.0))]
    pen.shape((*smooth(arch), ("Z",)), BLACK, 1.2)
    flame = [_within(face, u, v) for u, v in ((0.4, 1.0), (0.42, 0.7), (0.48, 0.8), (0.54, 0.55), (0.58, 0.75),
                                              (0.62, 1.0))]  # fmt: skip
    pen.canvas.fill((*smooth(flame, tension=0.6), ("Z",)), 255)


def _side(pen: Pen, face: list[Point]) -> None:
    """With the door of an oven or a cupboard in it."""
    pen.contour(poly([_within(face, u, v) for u, v in ((0.1, 0.18), (0.9, 0.18), (0.9, 0.82), (0.1, 0.82))]), 1.0)
    pen.straight((_within(face, 0.3, 0.26), _within(face, 0.7, 0.26)), 1.8)


def _at_hands(frame: Frame) -> tuple[float, float]:
    """How high what the hands work on is, and where it begins."""
    arms, neck = (frame.bones.left, frame.bones.right), frame.bones.neck
    wrists = [arm.wrist for arm in arms if arm.wrist[1] > neck[1]] or [arm.wrist for arm in arms]
    below = _BELOW if len(wrists) > 1 else _BELOW + _POT_HIGH
    return max(v[1] for v in wrists) + below, min(v[2] for v in wrists) - 0.36


def ink_hands(pen: Pen, body: DressedBody) -> None:
    for one in body.hands:
        ink_hand(pen, one, body.skin)


def cooks(body: DressedBody, frame: Frame) -> Chore:
    top, near = _at_hands(frame)
    outline, stove = _block(frame, top, near, MID_TONE, fire=True)
    right = frame.bones.right.wrist
    x, y = frame.flat((right[0] * 0.3, top, right[2] + 0.12))
    rim = y - _TALL
    stirs = body.hands[1].centre

    def under(pen: Pen) -> None:
        stove(pen)
        pen.shape(ellipse(x, y, _POT * 1.1, 0.14), BLACK, 1.0)
        pen.shape(poly(((x - _POT, rim), (x + _POT, rim), (x + _POT * 0.94, y), (x - _POT * 0.94, y))), DARK_TONE, 1.3)
        for side in (-1, 1):
            pen.straight(((x + side * _POT, rim + 0.14), (x + side * (_POT + 0.2), rim + 0.12)), 3.4)
        pen.shape(ellipse(x, rim, _POT, 0.15), WHITE, 1.3)
        pen.shape(ellipse(x, rim + 0.01, _POT * 0.86, 0.11), LIGHT_TONE, 0.9)
        for aside, up in ((-0.224, -0.1), (0.192, -0.164)):
            with pen.canvas.moved(x + aside, rim + up, 1.6):
                draw_shape(Pen(pen.canvas, pen.weight / 1.6), "parts/steam")

    def over(pen: Pen) -> None:
        foot = (x, rim + 0.04)
        with pen.canvas.showing("holds", "spoon"):
            _rod(pen, (stirs[0] + (stirs[0] - foot[0]) * 0.3, stirs[1] + (stirs[1] - foot[1]) * 0.3), foot)
        ink_hands(pen, body)

    return Chore(outline, showing("thing", "stove", showing("thing", "pot", under)), over)


def _rod(pen: Pen, a: Point, b: Point) -> None:
    """A spoon's handle."""
    pen.straight((a, b), 4.6)
    pen.straight((a, b), 2.2, 255)


def cuts(body: DressedBody, frame: Frame) -> Chore:
    top, near = _at_hands(frame)
    outline, table = _block(frame, top, near, LIGHT_TONE)
    mid = near + 0.62
    corners = ((-0.8, mid - 0.34), (0.8, mid - 0.34), (0.8, mid + 0.34), (-0.8, mid + 0.34))
    board = poly([frame.flat((x, top, z)) for x, z in corners])
    (lx, ly), (rx, ry) = (h.centre for h in body.hands)
    way = 1 if rx < lx else -1

    def under(pen: Pen) -> None:
        table(pen)
        pen.shape(board, MID_TONE, 1.1)
        pen.shape(ellipse(lx - way * 0.16, ly + 0.12, 0.36, 0.17), WHITE, 1.1)
        for k in range(3):
            pen.shape(ellipse(rx - way * (0.12 + 0.14 * k), ry + 0.22, 0.05, 0.11), WHITE, 0.9)

    def over(pen: Pen) -> None:
        with pen.canvas.showing("holds", "knife"):
            _kitchen_knife(pen, (rx, ry), way)
        ink_hands(pen, body)

    return Chore(outline, showing("thing", "table", under), over)


def _kitchen_knife(pen: Pen, at: Point, way: int) -> None:
    """Its broad blade points over the board to the other hand."""
    x, y = at
    blade = ((0.08, -0.04), (0.74, 0.06), (0.78, 0.14), (0.62, 0.22), (0.1, 0.18))
    pen.shape(poly([(x + way * u, y + v) for u, v in blade]), WHITE, 1.2)
    pen.straight(((x - way * 0.26, y - 0.02), (x + way * 0.1, y + 0.05)), 4.2)


def washes(body: DressedBody, frame: Frame) -> Chore:
    top, near = _at_hands(frame)
    outline, table = _block(frame, top, near, LIGHT_TONE)
    x = sum(h.centre[0] for h in body.hands) / 2
    y = frame.flat((0.0, top, near + 0.6))[1]
    rim, wide = y - 0.42, 0.74
    y = frame.flat((0.0, 0.0, near + 0.6))[1] if _is_low(frame) else y

    def under(pen: Pen) -> None:
        if not _is_low(frame):
            table(pen)
        pen.shape(ellipse(x, rim, wide, 0.2), MID_TONE, 1.3)
        pen.shape(ellipse(x, rim + 0.03, wide * 0.9, 0.15), WHITE, 0.9)

    def over(pen: Pen) -> None:
        plate = ellipse(body.hands[0].centre[0], body.hands[0].centre[1] - 0.1, 0.3, 0.34)
        with pen.canvas.showing("holds", "plate"):
            pen.shape(plate, WHITE, 1.2)
        ink_hands(pen, body)
        front = smooth([(x + wide * cos(a * pi / 8), rim + 0.2 * sin(a * pi / 8)) for a in range(9)])
        wall = (*front, ("L", x - wide * 0.76, y), ("L", x + wide * 0.76, y), ("Z",))
        pen.shape(wall, MID_TONE, 1.3)
        for u, v, r in _SUDS:
            pen.shape(ellipse(x + u, rim + v, r, r * 0.9), WHITE, 0.9)

    return Chore(outline, showing("thing", "basin", under), over)
