"""Pieces that many clothes share: patches, bands, shirt fronts, lapels, buttons, bows. On the trunk's surface."""

from collections.abc import Sequence

from drawing.art.outfits.neck_collars import folded, hoop, nearer
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point


def points(frame: Frame, pairs: Sequence[tuple[float, float]], lift: float = 1.02) -> list[Point]:
    return [frame.surface(a, t, lift) for a, t in pairs]


def patch(pen: Pen, frame: Frame, pairs: Sequence[tuple[float, float]], shade: Shade, weight: float = 1.0) -> None:
    pen.shape(poly(points(frame, pairs)), shade, weight)


def band(pen: Pen, frame: Frame, top: float, bottom: float, shade: Shade) -> None:
    """A belt around the trunk."""
    upper = [frame.surface(a, top, 1.04) for a in (-90, -45, 0, 45, 90)]
    lower = [frame.surface(a, bottom, 1.04) for a in (90, 45, 0, -45, -90)]
    pen.shape((*smooth(upper, tension=0.55), *(("L", *p) for p in lower), ("Z",)), shade, 1.1)


def contrast(shade: Shade) -> Shade:
    if shade.black:
        return WHITE
    return BLACK if shade.tone < 0.2 else WHITE


def shirt_front(pen: Pen, frame: Frame, low: float, tie: Shade | None) -> None:
    patch(pen, frame, ((-26, -0.02), (26, -0.02), (20, 0.2), (0, low), (-20, 0.2)), WHITE, 0.9)
    if tie is not None:
        patch(pen, frame, ((-5, 0.06), (5, 0.06), (8, low - 0.08), (0, low), (-8, low - 0.08)), tie, 0.8)
        patch(pen, frame, ((-8, 0.03), (8, 0.03), (5, 0.09), (-5, 0.09)), tie, 0.8)
    folded(pen, frame)


def lapels(pen: Pen, frame: Frame, outfit: Outfit, low: float) -> None:
    """A jacket's collar goes round the neck, outside the shirt's, and runs on into its lapels."""
    shade = outfit.top if outfit.top.black else DARK_TONE if outfit.top.tone > 0.2 else MID_TONE
    for side in sorted((-1, 1), key=lambda s: -s * frame.turn):
        angles = nearer(frame, side * 62, side * 180)
        if abs(angles[0]) > abs(angles[-1]) if angles else False:
            angles.reverse()
        inner, outer = hoop(frame, angles, 0.07, 1.36), hoop(frame, angles, -0.02, 1.78)
        edge = points(frame, ((side * 40, 0.17), (side * 32, 0.19), (side * 35, 0.245), (side * 2, low)))
        path = poly((*reversed(inner), frame.surface(side * 19, 0.13), edge[3], edge[2], edge[1], edge[0], *outer))
        pen.shape(path, shade, 1.0)
        pen.straight((edge[1], frame.surface(side * 23, 0.15)), 0.8, shade.line)
        if shade.black:
            pen.contour(path, 0.8, 255)


def buttons(pen: Pen, frame: Frame, angle: float, heights: Sequence[float], shade: Shade = WHITE) -> None:
    for t in heights:
        path = ellipse(*frame.surface(angle, t, 1.03), 0.035, 0.035)
        pen.canvas.fill(path, 0 if shade.black else 255)
        pen.contour(path, 0.8)


def bow(pen: Pen, frame: Frame, t: float) -> None:
    x, y = frame.surface(0, t, 1.05)
    for side in (-1, 1):
        tail = smooth(
            (
                (x, y),
                (x + side * 0.17, y + 0.1),
                (x + side * 0.2, y + 0.42),
                (x + side * 0.08, y + 0.36),
                (x, y + 0.06),
            ),
            closed=True,
            tension=0.5,
        )
        pen.shape(tail, MID_TONE, 1.0)
    pen.shape(
        poly(((x - 0.07, y - 0.06), (x + 0.07, y - 0.06), (x + 0.06, y + 0.08), (x - 0.06, y + 0.08))), MID_TONE, 1.0
    )
