"""What whole bodies work at: what is climbed, and the table at which somebody writes."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sin

from drawing.art.limbs import hull
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, rect, smooth
from drawing.ink.pen import DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, showing
from manga.geometry import Point

CLIMBED: dict[str, tuple[str, ...]] = {
    "thread": ("thread", "糸"),
    "ladder": ("ladder", "梯子", "はしご"),
    "tree": ("tree", "branch", "trunk", "木", "枝", "幹"),
    "wall": ("wall", "cliff", "rock", "fence", "壁", "塀", "崖", "岩"),
    "rope": ("rope", "cord", "vine", "chain", "縄", "綱", "蔓", "鎖", "ロープ"),
}
FIRM = frozenset({"ladder", "tree", "wall"})
"""What stands by itself, behind whoever climbs it."""
_HIGH, _LOW = -16.0, 6.0
"""Heads: where it comes from and goes to, beyond every picture."""

_FEET = 0.14
"""Heads below the feet of whoever sits at it: how low a table's legs come."""


def climbed_thing(word: str) -> str | None:
    """The name of what a word means, if hands can climb it."""
    low = word.lower()
    return next((name for name, words in CLIMBED.items() if any(w in low for w in words)), None)


def climbs(name: str, grips: Sequence[Point], side: int) -> Callable[[Pen], None]:
    """What runs through both hands, or stands behind them; `side` is where it lies of the body, on the page."""
    hands = sorted(grips, key=lambda p: p[1])
    x = sum(p[0] for p in hands) / len(hands)
    line = ((hands[0][0], _HIGH), *hands, (hands[-1][0], _LOW))
    hard = {"ladder": _ladder, "tree": _tree, "wall": _wall}.get(name)

    def ink(pen: Pen) -> None:
        if hard is not None:
            hard(pen, x, side)
        else:
            _rope(pen, line, thread=name == "thread")

    return ink


def _rope(pen: Pen, line: Sequence[Point], *, thread: bool) -> None:
    """Light around it, to be seen on any ground; a rope is twisted."""
    path, wide = poly(line, close=False), 1.1 * pen.weight if thread else 0.13
    for weight, grey in ((wide + 3.6 * pen.weight, 255.0), (wide, 0.0)):
        pen.canvas.stroke(path, weight, grey)
    if thread:
        return
    pen.canvas.stroke(path, wide - 2 * pen.weight, 255)
    turns: list[tuple[str | float, ...]] = []
    for (ax, ay), (bx, by) in pairwise(line):
        count = round((by - ay) / 0.16)
        for k in range(count):
            x, y = ax + (bx - ax) * k / count, ay + (by - ay) * k / count
            turns += [("M", x - 0.05, y + 0.08), ("L", x + 0.05, y)]
    pen.canvas.stroke(tuple(turns), pen.weight * 0.8)


def _ladder(pen: Pen, x: float, side: int) -> None:
    x += side * 0.12
    for k in range(round((_LOW - _HIGH) / 0.62)):
        y = _HIGH + 0.62 * k
        pen.shape(poly(((x - 0.34, y), (x + 0.34, y), (x + 0.34, y + 0.1), (x - 0.34, y + 0.1))), WHITE, 1.0)
    for at in (x - 0.4, x + 0.3):
        pen.shape(poly(((at, _HIGH), (at + 0.1, _HIGH), (at + 0.1, _LOW), (at, _LOW))), LIGHT_TONE, 1.1)


def _tree(pen: Pen, x: float, side: int) -> None:
    near, far = x - side * 0.1, x + side * 1.25
    steps = [_HIGH + 0.5 * k for k in range(round((_LOW - _HIGH) / 0.5) + 1)]
    left = smooth([(near + 0.05 * sin(3.1 * y), y) for y in steps])
    right = smooth([(far + 0.06 * sin(2.3 * y + 1), y) for y in reversed(steps)])
    pen.shape((*left, ("L", *right[0][1:]), *right[1:], ("Z",)), MID_TONE, 1.3)
    for k, y in enumerate(steps):
        at = near + (far - near) * (0.25, 0.6, 0.42, 0.8)[k % 4]
        pen.line(((at, y), (at + 0.05 * side, y + 0.22), (at, y + 0.46)), 1.0, (0.6, 0.6))


def _wall(pen: Pen, x: float, side: int) -> None:
    near, far = x - side * 0.05, x + side * 9
    pen.shape(poly(((near, _HIGH), (far, _HIGH), (far, _LOW), (near, _LOW))), LIGHT_TONE, 1.3)
    for k in range(round((_LOW - _HIGH) / 0.55)):
        y = _HIGH + 0.55 * k
        pen.straight(((near, y), (far, y)), 0.7)
        for n in range(8):
            at = near + side * (0.5 * (k % 2) + 1.1 * n + 0.1)
            pen.straight(((at, y), (at, y + 0.55)), 0.7)


def table(frame: Frame, top: float, near: float, written: str) -> tuple[Path, Callable[[Pen], None]]:
    """A low or a high table, `top` its height and `near` its edge towards the body, in the body's space, and what is
    `written` on it: a sheet of paper, or an open book of that name."""
    book = written != "paper"
    far, half, thick = near + 0.75, 1.15, 0.12

    def at(x: float, y: float, z: float) -> Point:
        return frame.flat((x, y, z))

    board = [at(x, top, z) for x, z in ((-half, near), (half, near), (half, far), (-half, far))]
    under = [(x, y + thick) for x, y in board]
    outline = poly(hull([*board, *under]))
    left, right = (-0.66, 0.6) if book else (-0.54, 0.4)
    sheet = [at(x, top, near + z) for x, z in ((left, 0.1), (right, 0.1), (right - 0.04, 0.66), (left - 0.04, 0.66))]
    middle = (left + right) / 2
    edges = ((left - 0.06, 0.04), (right + 0.06, 0.04), (right, 0.72), (left - 0.1, 0.72))
    cover = [at(x, top, near + z) for x, z in edges]
    fold = [at(middle, top, near + 0.1), at(middle - 0.04, top, near + 0.66)]
    legs = [(x, z) for z in (near + 0.08, far - 0.08) for x in (-half + 0.1, half - 0.1)]

    def ink(pen: Pen) -> None:
        for x, z in legs:
            a, (_, low) = at(x, top + thick, z), at(x, 0.0, z)
            b = min(low, _FEET)
            pen.shape(rect(a[0] - 0.06, a[1], 0.12, b - a[1]), MID_TONE)
        pen.shape(outline, MID_TONE, 1.2)
        pen.shape(poly(board), LIGHT_TONE, 1.1)
        showing("thing", written, lies)(pen)

    def lies(pen: Pen) -> None:
        if book:
            pen.shape(poly(cover), DARK_TONE, 0.9)
        pen.shape(poly(sheet), WHITE, 0.9)
        if book:
            pen.line(fold)

    return outline, ink
