"""Collars as hoops around the neck, so that they wrap it in every view: stand-up ones, folded ones, plain edges.

Angles go round the body: 0 the front, 90 the figure's left, 180 the nape. Heights are heads above the neck's root.
"""

from collections.abc import Sequence
from math import cos, radians, sin

from drawing.art.points_in_space import add, minus, size, times
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point

_SLOPE = 0.42
"""How much lower the front of a collar lies than its back, as a share of the hoop's radius."""
_EDGE = 94


def hoop(frame: Frame, angles: Sequence[float], high: float, wide: float, slope: float = _SLOPE) -> list[Point]:
    """Points of a hoop around the neck; `wide` is its radius against the neck's."""
    up = minus(frame.bones.head, frame.bones.neck)
    middle = frame.flat(add(frame.bones.neck, times(up, high / (size(up) or 1.0))))
    r, found = frame.neck * wide, []
    for angle in angles:
        seen = radians(angle + frame.turn)
        dip = r * (cos(seen) * frame.view.tilt + cos(radians(angle)) * slope)
        found.append((middle[0] + r * sin(seen), middle[1] + dip))
    return found


def nearer(frame: Frame, first: float = -180, last: float = 180) -> list[float]:
    """The angles from `first` to `last` that can be seen, from the page's left to its right."""
    steps = [first + (last - first) * i / 14 for i in range(15)]
    kept = [a for a in steps if abs((a + frame.turn + 180) % 360 - 180) <= _EDGE]
    return sorted(kept, key=lambda a: (a + frame.turn + 180) % 360)


def behind_neck(pen: Pen, frame: Frame, high: float, wide: float, shade: Shade) -> None:
    """The inside of a collar, seen above its front edge; it is drawn before the neck."""
    pen.shape(smooth(hoop(frame, range(0, 360, 30), high, wide), closed=True), shade, 0.9)


def stand_up(pen: Pen, frame: Frame, shade: Shade, high: float = 0.15, *, closes: float = 0.0) -> None:
    """A band around the neck that stands up; its ends meet at an angle and gape a little."""
    angles = nearer(frame)
    top, low = hoop(frame, angles, high, 1.2), hoop(frame, angles, -0.03, 1.42)
    outline = (*smooth(top), *_onwards(smooth(list(reversed(low)))), ("Z",))
    pen.shape(outline, shade, 1.1)
    if shade.black:
        pen.canvas.stroke(smooth(low), pen.weight * 0.8, 255)
        pen.canvas.stroke(smooth(hoop(frame, angles, high - 0.012, 1.19)), pen.weight * 0.9, 255)
    else:
        pen.canvas.stroke(smooth(hoop(frame, angles, high - 0.035, 1.22)), pen.weight * 0.7, shade.line)
    if any(abs(a - closes) < 20 for a in angles):
        a, b, c = hoop(frame, (closes - 13, closes + 13), high + 0.02, 1.2) + hoop(frame, (closes,), high - 0.06, 1.24)
        pen.canvas.fill(poly((a, b, c)), 255)
        pen.straight((a, c, b), 0.8)
        pen.straight((c, *hoop(frame, (closes,), -0.03, 1.42)), 0.9, shade.line)


def folded(pen: Pen, frame: Frame, shade: Shade = WHITE, *, reach: float = 1.0, opens: float = 10.0) -> None:
    """A shirt's collar: a leaf on each side that goes round the neck to the nape and ends in a point."""
    if not frame.shows_front:
        _leaf(pen, frame, nearer(frame), shade, reach, None)
        return
    for side in sorted((-1, 1), key=lambda s: -s * frame.turn):
        angles = nearer(frame, side * opens, side * 180)
        if len(angles) < 2:
            continue
        if abs(angles[0]) > abs(angles[-1]):
            angles.reverse()
        seen = abs(angles[0]) < opens + 1
        _leaf(pen, frame, angles, shade, reach, side if seen else None)


def _leaf(pen: Pen, frame: Frame, angles: Sequence[float], shade: Shade, reach: float, tip: int | None) -> None:
    """From the front's end backwards; `tip` is the side on which it ends in a point."""
    top = hoop(frame, angles, 0.1, 1.14)
    if tip is not None:
        low = hoop(frame, [a for a in angles if abs(a) > 50], -0.015, 1.5)
        point = frame.surface(tip * 13 * reach, 0.085 * reach, 1.04)
        if not low:
            low = hoop(frame, angles[-1:], -0.015, 1.5)
        outline = (*smooth(top), *(("L", *p) for p in reversed(low)), ("L", *point), ("Z",))
    else:
        low = hoop(frame, angles, -0.015, 1.5)
        outline = (*smooth(top), *_onwards(smooth(list(reversed(low)))), ("Z",))
    pen.shape(outline, shade, 1.0)
    if shade.black:
        pen.contour(outline, 0.8, 255)


def neckline(pen: Pen, frame: Frame, shade: Shade, *, wide: float = 1.5, rib: bool = True) -> None:
    """The edge of a garment without a collar, with skin within it."""
    angles = nearer(frame)
    inner = hoop(frame, angles, 0.02, wide * 0.86, 0.5)
    outer = hoop(frame, angles, -0.01, wide, 0.5)
    if frame.shows_front:
        rim = hoop(frame, angles, 0.05, 0.9, 0.1)
        pen.canvas.fill((*smooth(outer), *(("L", *p) for p in reversed(rim)), ("Z",)), 255)
    if rib:
        pen.shape((*smooth(inner), *_onwards(smooth(list(reversed(outer)))), ("Z",)), shade, 0.9)
        return
    pen.canvas.stroke(smooth(outer), pen.weight * 1.1)


def _onwards(path: Path) -> Path:
    """A path that goes on from where another ended."""
    return (("L", *path[0][1:]), *path[1:])
