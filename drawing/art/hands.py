"""Draws hands: wrist, direction, size and shape in; an outline for the silhouette and ways to ink the hand out.

Near hands are drawn piece by piece, so that fingers overlap; those of small figures as one outline with a few lines.
"""

from dataclasses import dataclass, replace
from math import cos, pi, sin

from drawing.art.hand_shapes import HandPiece, Shape, gaps, hand_shape
from drawing.art.pose_spec import HandShape
from drawing.ink.paths import Path, mapped, smooth
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point

_NEAR = 4.0
"""Millimetres from wrist to fingertips: from here on every finger has its own contour."""
_CREASED = 9.0
"""The same for knuckles and the lines of the palm."""


@dataclass(frozen=True, slots=True)
class HandOutline:
    """`outline`, `wrist` and `centre` in the figure's coordinates."""

    shape: Shape
    outline: Path
    centre: Point
    radius: float
    wrist: Point
    turn: float
    """Radians by which the shape is turned about the wrist."""
    size: float
    mirror: bool

    def at(self, x: float, y: float) -> Point:
        """A point of the shape's own coordinates on the figure."""
        c, s = cos(self.turn) * self.size, sin(self.turn) * self.size
        x = -x if self.mirror else x
        return (self.wrist[0] + c * x - s * y, self.wrist[1] + s * x + c * y)


def hand(wrist: Point, direction: float, size: float, shape: HandShape, *, thumb_left: bool) -> HandOutline:
    """`direction` is where the fingers point, radians on the page."""
    form = hand_shape(shape)
    placed = HandOutline(form, (), wrist, size * 0.45, wrist, direction - pi / 2, size, thumb_left)
    return replace(placed, outline=mapped(form.outline, placed.at), centre=placed.at(0, form.centre))


def ink_hand(pen: Pen, drawn: HandOutline, shade: Shade = WHITE) -> None:
    pieces = drawn.shape.pieces
    if not pieces or drawn.size * pen.canvas.magnification < _NEAR:
        _ink_far(pen, drawn, shade)
        return
    _ink_pieces(pen, drawn, pieces, shade)


def ink_fingers(pen: Pen, drawn: HandOutline, shade: Shade = WHITE) -> None:
    """Only what lies before a thing that is held."""
    pieces = tuple(p for p in drawn.shape.pieces if p.before)
    if drawn.size * pen.canvas.magnification >= _NEAR:
        _ink_pieces(pen, drawn, pieces, shade)
        return
    with pen.canvas.moved(*drawn.wrist, drawn.size, drawn.turn, mirror=drawn.mirror):
        Pen(pen.canvas, pen.weight / drawn.size).shape(drawn.shape.fingers, shade, 1.0)


def _ink_pieces(pen: Pen, drawn: HandOutline, pieces: tuple[HandPiece, ...], shade: Shade) -> None:
    near = drawn.size * pen.canvas.magnification >= _CREASED
    with pen.canvas.moved(*drawn.wrist, drawn.size, drawn.turn, mirror=drawn.mirror):
        fine = Pen(pen.canvas, pen.weight / drawn.size)
        for piece in pieces:
            fine.cover(piece.cover, shade)
            fine.canvas.stroke(piece.edge, fine.weight, shade.line)
        if near:
            for line in drawn.shape.lines:
                fine.canvas.stroke(_drawn(line), fine.weight * 0.6, shade.line)


def _drawn(line: tuple[Point, ...]) -> Path:
    if len(line) == 3:
        return (("M", *line[0]), ("Q", *line[1], *line[2]))
    return smooth(line)


def _ink_far(pen: Pen, drawn: HandOutline, shade: Shade) -> None:
    pen.shape(drawn.outline, shade, 1.05)
    if shade.black:
        pen.contour(drawn.outline, 0.9, 255)
    lines = gaps(drawn.shape) if drawn.shape.pieces else drawn.shape.lines
    with pen.canvas.moved(*drawn.wrist, drawn.size, drawn.turn, mirror=drawn.mirror):
        path = tuple(op for line in lines for op in _drawn(line))
        pen.canvas.stroke(path, pen.weight / drawn.size * 0.8, shade.line)
