"""Japanese clothes and armour as they are seen on the chest."""

from collections.abc import Sequence
from math import hypot

from drawing.art.outfits.buttons_and_bands import band, contrast, patch, points
from drawing.art.outfits.neck_collars import hoop, nearer
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import poly, smooth
from drawing.ink.pen import BLACK, LIGHT_TONE, WHITE, Pen, Shade
from manga.geometry import Point


def obi_back(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    shade = contrast(outfit.top)
    upper = [frame.surface(a, 0.56, 1.04) for a in (90, 135, 180, -135, -90)]
    lower = [frame.surface(a, 0.76, 1.04) for a in (-90, -135, 180, 135, 90)]
    pen.shape(poly((*upper, *lower)), shade, 1.1)
    patch(pen, frame, ((165, 0.5), (165, 0.8), (-165, 0.8), (-165, 0.5)), shade, 1.1)


def collar_bands(pen: Pen, frame: Frame, edge: Shade) -> None:
    """The collar of a kimono comes from the nape over the shoulders; the wearer's left lies over the right."""
    patch(pen, frame, ((-44, -0.05), (44, -0.05), (22, 0.1), (4, 0.27), (-18, 0.1)), WHITE, 0.9)
    pen.line(points(frame, ((40, -0.03), (20, 0.09), (2, 0.22))), 0.8, (0, 0.3))
    under, over = _half_round(frame, -1), _half_round(frame, 1)
    chest = points(frame, ((-22, 0.09), (4, 0.29), (-6, 0.36), (-34, 0.11)))
    pen.shape(poly((*under[0], *chest, *under[1])), edge)
    chest = points(frame, ((24, 0.08), (0, 0.26), (-34, 0.62), (-21, 0.62), (6, 0.4), (38, 0.11)))
    pen.shape(poly((*over[0], *chest, *over[1])), edge)


def _half_round(frame: Frame, side: int) -> tuple[list[Point], list[Point]]:
    """From the nape along the neck to the side of it, and back outside that."""
    angles = nearer(frame, side * 62, side * 180)
    if not angles:
        return [], []
    if abs(angles[0]) < abs(angles[-1]):
        angles.reverse()
    return hoop(frame, angles, 0.07, 1.36), list(reversed(hoop(frame, angles, -0.02, 1.8)))


def nape(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The collar from behind: it stands off the neck."""
    angles = nearer(frame)
    inner, outer = hoop(frame, angles, 0.03, 1.5, 0.1), hoop(frame, angles, -0.05, 1.9, 0.1)
    inside = outfit.bottom if outfit.collar == "haori" else outfit.top
    shade = outfit.top if outfit.collar == "haori" else WHITE if inside.black or inside.tone else LIGHT_TONE
    pen.shape(poly((*inner, *reversed(outer))), shade, 1.0)


def crossed(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A wrapped garment with its sash."""
    edge = WHITE if outfit.top.black or outfit.top.tone else LIGHT_TONE
    collar_bands(pen, frame, edge)
    low = 0.76 if outfit.lower != "hakama" else 0.72
    band(pen, frame, 0.6 if outfit.lower != "short_kimono" else 0.66, low, contrast(outfit.top))
    if outfit.lower == "hakama":
        patch(pen, frame, ((-8, 0.66), (8, 0.66), (10, 0.9), (0, 0.8), (-10, 0.9)), WHITE, 0.9)


def haori(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A coat worn open over a kimono, tied with a cord."""
    inner = outfit.bottom
    patch(pen, frame, ((-40, -0.04), (40, -0.04), (24, 0.5), (26, 1.07), (-26, 1.07), (-24, 0.5)), inner, 0.9)
    collar_bands(pen, frame, WHITE if inner.tone or inner.black else LIGHT_TONE)
    patch(pen, frame, ((-26, 0.6), (26, 0.6), (26, 0.76), (-26, 0.76)), contrast(inner), 0.9)
    for side in (-1, 1):
        front = ((side * 60, -0.07), (side * 46, -0.05), (side * 26, 0.2), (side * 22, 0.6), (side * 24, 1.08),
                 (side * 36, 1.08), (side * 34, 0.6), (side * 40, 0.2))  # fmt: skip
        patch(pen, frame, front, outfit.top, 1.0)
        pen.line(points(frame, ((side * 60, 0.2), (side * 54, 0.4), (side * 50, 0.7))), 0.8, (0.7, 1), outfit.top.line)
    cord = points(frame, ((-24, 0.46), (-8, 0.5), (8, 0.5), (24, 0.46)), 1.06)
    pen.line(cord, 2.4, (0, 0), 255)
    pen.line(cord, 1.5, (0, 0))
    x, y = frame.surface(0, 0.51, 1.08)
    for dx in (-0.05, 0.04):
        pen.line(((x, y), (x + dx, y + 0.14), (x + dx * 1.4, y + 0.26)), 1.5, (0, 0.2))


def ink_wings(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The stiff shoulders of a samurai, over his sleeves."""
    shade = outfit.bottom
    for side in (-1, 1):
        (x, y), inner, low = (
            frame.surface(side * 88, 0.07, 1.0),
            frame.surface(side * 30, 0.02),
            frame.surface(side * 22, 0.62),
        )
        reach = 0.34 if x > frame.flat(frame.bones.neck)[0] else -0.34
        wing = poly(
            (inner, (x * 0.6 + inner[0] * 0.4, y - 0.1), (x + reach, y - 0.03), (x + reach * 0.5, y + 0.26), low)
        )
        pen.shape(wing, shade, 1.2)
        for k in (0.35, 0.65):
            a = (inner[0] + (x + reach - inner[0]) * k, inner[1] + (y - inner[1]) * k)
            pen.line((a, (a[0] * 0.5 + low[0] * 0.5, (a[1] + low[1]) / 2), low), 0.8, (0.2, 1), shade.line)


def monk(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    crossed(pen, frame, outfit)
    patch(pen, frame, ((62, 0.06), (40, 0.04), (-60, 0.6), (-84, 0.72), (-84, 0.62)), LIGHT_TONE, 1.1)


def ragged(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    crossed(pen, frame, outfit)
    patch(pen, frame, ((30, 0.3), (52, 0.32), (50, 0.44), (32, 0.46)), WHITE, 0.9)
    for a, t in ((-40, 0.5), (-30, 0.22)):
        pen.line(points(frame, ((a, t), (a + 10, t + 0.05))), 1.0, (0.4, 1), outfit.top.line)


def plates(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    for i in range(6):
        t = 0.2 + i * 0.13
        pen.line(
            points(frame, ((-84, t), (-40, t + 0.03), (0, t + 0.04), (40, t + 0.03), (84, t))),
            1.2,
            (0, 0),
            outfit.top.line,
        )
    band(pen, frame, 0.7, 0.78, BLACK if not outfit.top.black else WHITE)


def ink_guards(pen: Pen, arms: Sequence[tuple[Point, Point]], outfit: Outfit, wide: float) -> None:
    """Three plates over each upper arm, from shoulder to elbow; each lies over the one below."""
    for root, elbow in arms:
        long = hypot(elbow[0] - root[0], elbow[1] - root[1]) or 1.0
        ux, uy = (elbow[0] - root[0]) / long, (elbow[1] - root[1]) / long
        for k in (2, 1, 0):
            top, low = -0.2 + 0.2 * k, 0.06 + 0.2 * k
            half = wide * (1.0 + 0.07 * k)
            corners = [
                (root[0] + ux * d - uy * h, root[1] + uy * d + ux * h)
                for d, h in ((top, -half * 0.9), (top - 0.04, 0.0), (top, half * 0.9), (low, half), (low + 0.05, 0.0),
                             (low, -half))
            ]  # fmt: skip
            pen.shape(smooth(corners, closed=True, tension=0.25), outfit.top, 1.1)
