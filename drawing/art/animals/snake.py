"""The body of a snake: coiled with a raised neck, on its way in waves, or stretched out. Same conventions as the
four-legged ones: origin on the floor, the head looks to the left.
"""

from math import cos, pi, sin

from drawing.art.animals.breeds import Breed
from drawing.art.animals.four_legged_bodies import BeastBody
from drawing.art.face import HeadView
from drawing.ink.paths import Path, stroke, union
from drawing.ink.pen import Pen
from manga.geometry import Point

_THICK = 0.44
_COILS: tuple[tuple[float, float, float], ...] = ((0.35, -0.2, 1.3), (0.42, -0.5, 1.02), (0.36, -0.78, 0.72))
"""Middle and half width of each turn, the lowest first."""
_NECK: tuple[Point, ...] = ((0.35, -0.66), (0.52, -1.08), (0.14, -1.4), (-0.1, -1.78), (0.18, -2.14), (0.05, -2.45))
_WAVES, _LONG = 2.5, 3.6


def snake_body(breed: Breed, *, going: bool, lying: bool, back: bool = False) -> BeastBody:
    if lying or going:
        return _stretched(breed, raised=not lying)
    turns = [_turn(*coil) for coil in _COILS]
    neck = stroke(_NECK, _THICK * 0.84, (0.0, 0.12), steps=8)
    tail = stroke(((1.5, -0.2), (1.95, -0.06), (2.35, -0.2)), _THICK * 0.7, (0.0, 1.0), steps=6)

    def ink(pen: Pen) -> None:
        _ink_scaled(pen, tail, breed)
        for n, ((x, y, half), path) in enumerate(zip(_COILS, turns, strict=True)):
            if n == len(turns) - 1:
                _ink_neck(pen, neck, breed, back=back)
            _ink_scaled(pen, path, breed)
            shares = (-0.86, -0.42, 0.06, 0.5, 0.9) if n % 2 else (-0.62, -0.18, 0.3, 0.72)
            _bands(pen, path, [(x + half * share, y + 0.16 * (1 - share * share) ** 0.5) for share in shares])

    return BeastBody((-0.04, -2.62), (tail, *turns, neck), ink, ())


def _turn(x: float, y: float, half: float) -> Path:
    """One turn seen from a little above: its near side."""
    points = [(x + half * cos(pi * t / 8), y + 0.16 * sin(pi * t / 8)) for t in range(17)]
    return union(stroke(points, _THICK, (0.0, 0.0), steps=4))


def _stretched(breed: Breed, *, raised: bool) -> BeastBody:
    steps = 26
    shares = [t / steps for t in range(steps + 1)]
    spine = [(-0.5 + _LONG * t, -0.26 - 0.2 * sin(2 * pi * _WAVES * t) * min(1.0, 5 * t)) for t in shares]
    if raised:
        spine = [(-0.72, -1.06), (-0.78, -0.72), (-0.66, -0.4), *spine]
    body = stroke(spine, _THICK * 0.9, (0.0, 0.92), steps=4)
    head = (-0.8, -1.24) if raised else (-0.72, -0.34)

    def ink(pen: Pen) -> None:
        _ink_scaled(pen, body, breed)
        _bands(pen, body, spine[4 : 4 + steps - 4 : 2])

    return BeastBody(head, (body,), ink, ())


def _ink_scaled(pen: Pen, path: Path, breed: Breed) -> None:
    pen.contour(path, 2.6, 255)
    pen.shape(path, breed.coat, 1.25)


def _bands(pen: Pen, path: Path, at: list[Point]) -> None:
    """Dark bands over the back."""
    with pen.canvas.saved():
        pen.canvas.clip(path)
        for x, y in at:
            pen.line(((x - 0.06, y - 0.22), (x + 0.05, y), (x - 0.02, y + 0.22)), 2.2, (0.3, 0.3))


def _ink_neck(pen: Pen, neck: Path, breed: Breed, *, back: bool) -> None:
    """It rises out of the coils, with light plates down its front."""
    _ink_scaled(pen, neck, breed)
    if back:
        _bands(pen, neck, [*_NECK[2:]])
        return
    with pen.canvas.saved():
        pen.canvas.clip(neck)
        pen.canvas.fill(stroke([(x - 0.14, y) for x, y in _NECK[1:]], _THICK * 0.42, (0.0, 0.0), steps=8), 255)
        for n in range(9):
            y = -1.42 - 0.13 * n
            pen.line(((-0.5, y), (0.35, y - 0.03)), 0.55, (0.2, 0.8))
    pen.contour(neck, 1.25)


def ink_tongue(pen: Pen, mouth: Point, view: HeadView) -> None:
    """A forked tongue out of a mouth that is nearly shut."""
    x, y = mouth
    dx, dy = (0.0, 0.2) if view == "front" else (-0.22, 0.06)
    tip = (x + dx, y + dy)
    pen.line(((x, y), tip), 1.1, (0.2, 0.2))
    for side in (-1, 1):
        apart = (0.05 * side, 0.0) if view == "front" else (0.0, 0.05 * side)
        fork = (tip[0] + dx * 0.35 + apart[0], tip[1] + dy * 0.35 + apart[1])
        pen.line((tip, fork), 0.8, (0.1, 0.8))
