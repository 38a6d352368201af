"""Clothes of European fairy tales: laced necks and bodices, belts with hanging ends, soft boots."""

from collections.abc import Sequence

from drawing.art.outfits.buttons_and_bands import band, patch, points
from drawing.art.outfits.neck_collars import hoop, nearer, neckline
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, WHITE, Pen, Shade
from manga.geometry import Point

BELT = (0.67, 0.74)
"""Heights of the belt's edges on the trunk."""
_BODICE = ((-29, 0.1), (29, 0.1), (19, 0.42), (9, 0.8), (0, 0.86), (-9, 0.8), (-19, 0.42))
"""The white front of a gown, from the breast to its point below the waist."""


def leather(shade: Shade) -> Shade:
    return WHITE if shade.black else BLACK


def slit(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A round neck, slit and laced on the breast, and a belt whose end hangs down."""
    neckline(pen, frame, outfit.top, wide=1.52)
    patch(pen, frame, ((-6, 0.1), (6, 0.1), (1, 0.31), (-1, 0.31)), WHITE, 0.9)
    laces(pen, frame, [(5.5 - 1.3 * i, 0.14 + 0.05 * i) for i in range(4)], 0.035)
    trim(pen, frame, outfit.top)
    belt = leather(outfit.top)
    band(pen, frame, *BELT, belt)
    end = ((11, BELT[0] + 0.01), (19, BELT[0] + 0.01), (20, 0.93), (15, 0.97), (10, 0.92))
    patch(pen, frame, end, belt, 0.9)
    if not belt.black:
        return
    x, y = frame.surface(6, (BELT[0] + BELT[1]) / 2, 1.06)
    pen.contour(
        poly(((x - 0.06, y - 0.05), (x + 0.06, y - 0.05), (x + 0.06, y + 0.05), (x - 0.06, y + 0.05))), 0.9, 255
    )


def trim(pen: Pen, frame: Frame, shade: Shade) -> None:
    """A seam that follows the neck."""
    angles = nearer(frame)
    pen.canvas.stroke(smooth(hoop(frame, angles, -0.07, 1.72, 0.5)), pen.weight * 0.8, shade.line)


def laced(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A low round neck with the shift's edge in it, and a bodice that is laced over its white front."""
    neckline(pen, frame, outfit.top, wide=1.95, rib=False)
    _frill(pen, frame)
    patch(pen, frame, _BODICE, WHITE, 1.0)
    laces(pen, frame, [(24 - 3.4 * i, 0.19 + 0.105 * i) for i in range(6)], 0.09)
    for side in (-1, 1):
        pen.line(
            points(frame, ((side * 52, 0.3), (side * 44, 0.5), (side * 30, 0.74))), 0.8, (0.2, 0.4), outfit.top.line
        )
    waist(pen, frame, outfit.top, (-90, -45, 0, 45, 90))


def waist(pen: Pen, frame: Frame, shade: Shade, angles: Sequence[float]) -> None:
    """The seam between bodice and skirt dips to a point."""
    seam = [frame.surface(a, 0.7 + (0.08 if abs(a) < 20 else 0.0), 1.03) for a in angles]
    pen.canvas.stroke(smooth(seam, tension=0.5), pen.weight * 1.1, shade.line)


def laces(pen: Pen, frame: Frame, eyes: Sequence[tuple[float, float]], step: float) -> None:
    """A cord from side to side through pairs of eyes: each the half angle of its pair and its height."""
    for angle, t in eyes:
        for side in (-1, 1):
            pen.straight(points(frame, ((side * angle, t), (-side * angle * 0.9, t + step)), 1.04), 0.9)
            pen.canvas.fill(ellipse(*frame.surface(side * angle, t, 1.04), 0.014, 0.014))


def _frill(pen: Pen, frame: Frame) -> None:
    angles = nearer(frame)
    edge = hoop(frame, angles, -0.01, 1.95, 0.5)
    drop = hoop(frame, angles, -0.05, 2.1, 0.5)
    pen.shape((*smooth(edge), *(("L", *p) for p in reversed(drop)), ("Z",)), WHITE, 0.8)


def ink_soft_boot(pen: Pen, left: Sequence[Point], right: Sequence[Point]) -> None:
    """The leg of a boot of soft leather, in creases, with its top turned down. The sides run from top to ankle."""
    pen.shape(poly((*left, *reversed(right))), DARK_TONE, 1.1)
    for i, pair in enumerate(list(zip(left, right, strict=False))[1:-1]):
        a, b = pair if i % 2 else reversed(pair)
        sag = (left[-1][1] - left[0][1]) * 0.1
        pen.line((a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + sag), (a[0] * 0.3 + b[0] * 0.7, b[1])), 0.8, (0, 1))
    (ax, ay), (bx, by) = left[0], right[0]
    dx, dy = (bx - ax) * 0.1, (by - ay) * 0.1
    down = ((left[-1][0] - ax) * 0.24, (left[-1][1] - ay) * 0.24)
    low = [(ax - dx + down[0], ay - dy + down[1]), ((ax + bx) / 2 + down[0] * 1.5, (ay + by) / 2 + down[1] * 1.5),
           (bx + dx + down[0], by + dy + down[1])]  # fmt: skip
    pen.shape(poly(((ax - dx, ay - dy), *low, (bx + dx, by + dy))), WHITE, 1.0)
