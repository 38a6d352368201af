"""Collars and what else is seen on the chest. Points lie on the trunk's surface, so that they turn with it."""

from collections.abc import Callable

from drawing.art.outfits.buttons_and_bands import band, bow, buttons, contrast, lapels, patch, points, shirt_front
from drawing.art.outfits.clothes_from_behind import FOLDED, STANDING, ink_back
from drawing.art.outfits.fairy_tale import laced, slit
from drawing.art.outfits.kimono_and_armour import crossed, haori, monk, plates, ragged
from drawing.art.outfits.neck_collars import behind_neck, neckline, stand_up
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def ink_collar(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    if not frame.shows_front:
        ink_back(pen, frame, outfit)
        return
    _COLLARS.get(outfit.collar, _round)(pen, frame, outfit)


def ink_behind_neck(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The inside of the collar, before the neck is drawn."""
    if not frame.shows_front:
        return
    if outfit.collar in STANDING:
        behind_neck(pen, frame, STANDING[outfit.collar], 1.2, DARK_TONE if not outfit.top.black else WHITE)
    elif outfit.collar in FOLDED:
        behind_neck(pen, frame, 0.1, 1.14, WHITE)


def _blazer(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    shirt_front(pen, frame, 0.5, BLACK if not outfit.top.black else MID_TONE)
    lapels(pen, frame, outfit, 0.52)
    pen.line(points(frame, ((0, 0.52), (1, 0.8), (3, 1.04))), 1.0, (0, 0), outfit.top.line)
    buttons(pen, frame, 4, (0.6, 0.76))


def _waistcoat(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    patch(pen, frame, ((-26, -0.02), (26, -0.02), (34, 0.4), (26, 0.98), (-26, 0.98), (-34, 0.4)), LIGHT_TONE, 0.9)
    buttons(pen, frame, 0, (0.42, 0.56, 0.7, 0.84), BLACK)
    shirt_front(pen, frame, 0.36, None)
    patch(pen, frame, ((0, 0.07), (20, 0.02), (18, 0.13)), BLACK, 0.8)
    patch(pen, frame, ((0, 0.07), (-20, 0.02), (-18, 0.13)), BLACK, 0.8)
    for side in (-1, 1):
        pairs = (
            (side * 32, 0.0),
            (side * 50, 0.16),
            (side * 40, 0.2),
            (side * 30, 0.6),
            (side * 24, 0.5),
            (side * 22, 0.12),
        )
        path = poly(points(frame, pairs))
        pen.shape(path, outfit.top, 1.0)
        if outfit.top.black:
            pen.contour(path, 0.8, 255)


def _gakuran(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    pen.line(points(frame, ((0, 0.03), (0, 0.6), (0, 1.04))), 0.9, (0, 0), 255)
    buttons(pen, frame, 1, (0.2, 0.38, 0.56, 0.74, 0.92))
    stand_up(pen, frame, outfit.top)


def _sailor(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    patch(pen, frame, ((-26, -0.02), (26, -0.02), (0, 0.36)), WHITE, 0.9)
    pen.line(points(frame, ((-12, 0.17), (0, 0.19), (12, 0.17))), 0.9, (0, 0))
    collar = outfit.bottom
    for side in (-1, 1):
        patch(
            pen,
            frame,
            ((side * 26, -0.03), (side * 64, 0.05), (side * 47, 0.25), (side * 2, 0.4), (side * 14, 0.2)),
            collar,
            1.1,
        )
        pen.straight(points(frame, ((side * 62, 0.07), (side * 46, 0.225), (side * 6, 0.36))), 0.9, collar.line)
    bow(pen, frame, 0.4)


def _hood(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    ring = points(
        frame,
        (
            (-62, -0.08),
            (-60, 0.08),
            (-22, 0.2),
            (0, 0.23),
            (22, 0.2),
            (60, 0.08),
            (62, -0.08),
            (24, 0.07),
            (0, 0.1),
            (-24, 0.07),
        ),
        1.08,
    )
    pen.shape(smooth(ring, closed=True, tension=0.55), DARK_TONE if outfit.top.tone < 0.4 else LIGHT_TONE, 1.1)
    for side in (-1, 1):
        pen.line(points(frame, ((side * 12, 0.19), (side * 14, 0.34), (side * 11, 0.44))), 2.2, (0, 0), 255)
        pen.line(points(frame, ((side * 12, 0.19), (side * 14, 0.34), (side * 11, 0.44))), 1.0, (0, 0))
    pen.straight(points(frame, ((-36, 1.0), (-26, 0.74), (26, 0.74), (36, 1.0))), 1.0, outfit.top.line)


def _vest(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """Shirt, knitted vest and tie of a school."""
    patch(
        pen,
        frame,
        ((-42, 0.02), (-72, 0.18), (-84, 0.34), (-84, 1.03), (84, 1.03), (84, 0.34), (72, 0.18), (42, 0.02), (0, 0.42)),
        LIGHT_TONE,
        1.0,
    )
    shirt_front(pen, frame, 0.42, BLACK)
    band(pen, frame, 0.98, 1.06, LIGHT_TONE)


def _round(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    if outfit.sleeve == "bare":
        return
    neckline(pen, frame, outfit.top, wide=1.75 if outfit.waist else 1.5, rib=not outfit.waist)
    if outfit.waist:
        band(pen, frame, 0.66, 0.73, contrast(outfit.top))


def _high(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A high collar, a row of small buttons, a tight waist."""
    for side in (-1, 1):
        pen.line(
            points(frame, ((side * 14, 0.08), (side * 20, 0.35), (side * 8, 0.68))), 0.9, (0.2, 0.6), outfit.top.line
        )
    buttons(pen, frame, 0, (0.14, 0.26, 0.38, 0.5, 0.62))
    stand_up(pen, frame, WHITE, STANDING["high"])
    patch(pen, frame, ((-7, 0.03), (7, 0.03), (6, 0.1), (-6, 0.1)), BLACK, 0.8)
    band(pen, frame, 0.64, 0.72, contrast(outfit.top))


def _apron(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    shirt_front(pen, frame, 0.2, None)
    patch(pen, frame, ((-32, 0.2), (32, 0.2), (44, 0.7), (-44, 0.7)), WHITE, 1.1)
    for side in (-1, 1):
        pen.line(points(frame, ((side * 30, 0.2), (side * 46, 0.02))), 2.0, (0, 0), outfit.top.line)
    band(pen, frame, 0.66, 0.73, WHITE)
    x, y = frame.surface(0, 0.74)
    w = frame.p.hip * 0.8 * (0.6 + 0.4 * abs(1 - abs(frame.turn) / 90))
    pen.shape(
        smooth(((x - w * 0.8, y), (x - w, y + 0.9), (x, y + 1.2), (x + w, y + 0.9), (x + w * 0.8, y)), tension=0.55),
        WHITE,
        1.1,
    )


def _coat(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A long overcoat with two rows of buttons."""
    shirt_front(pen, frame, 0.3, None)
    lapels(pen, frame, outfit, 0.42)
    pen.line(points(frame, ((4, 0.42), (6, 0.7), (6, 1.06))), 1.0, (0, 0), outfit.top.line)
    for angle in (14, -12):
        buttons(pen, frame, angle, (0.52, 0.68, 0.84))
    for side in (-1, 1):
        pen.straight(points(frame, ((side * 34, 0.86), (side * 56, 0.82))), 1.4, outfit.top.line)


def _cardigan(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """Knitwear open in a deep V over a shirt: what grandparents wear."""
    shirt_front(pen, frame, 0.46, None)
    for t in (0.16, 0.27, 0.38):
        pen.canvas.fill(ellipse(*frame.surface(0, t, 1.03), 0.018, 0.018))
    knit = WHITE if outfit.top.tone or outfit.top.black else LIGHT_TONE
    for side in (-1, 1):
        patch(
            pen,
            frame,
            (
                (side * 34, -0.03),
                (side * 24, 0.2),
                (side * 1, 0.5),
                (side * 7, 0.5),
                (side * 31, 0.2),
                (side * 42, 0.0),
            ),
            knit,
            0.9,
        )
    patch(pen, frame, ((-6, 0.48), (6, 0.48), (6, 1.06), (-6, 1.06)), knit, 0.9)
    buttons(pen, frame, 0, (0.56, 0.72, 0.88), BLACK)
    for side in (-1, 1):
        patch(pen, frame, ((side * 24, 0.78), (side * 50, 0.78), (side * 48, 0.98), (side * 24, 0.98)), outfit.top, 0.9)


def _belted(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A hunter's jacket: collar, pockets, bandolier, belt."""
    shirt_front(pen, frame, 0.26, None)
    lapels(pen, frame, outfit, 0.3)
    pen.line(points(frame, ((0, 0.3), (0, 1.04))), 1.0, (0, 0), outfit.top.line)
    for side in (-1, 1):
        patch(pen, frame, ((side * 22, 0.36), (side * 50, 0.36), (side * 50, 0.52), (side * 22, 0.52)), outfit.top, 0.9)
    patch(pen, frame, ((48, 0.03), (60, 0.08), (-50, 0.68), (-62, 0.6)), BLACK, 0.9)
    band(pen, frame, 0.68, 0.77, BLACK)


def _shirt(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A turned-down collar, and a line of buttons below it."""
    pen.line(points(frame, ((0, 0.2), (0, 1.04))), 0.9, (0, 0), outfit.top.line)
    down = (0.34, 0.5, 0.66) if outfit.waist else (0.34, 0.5, 0.66, 0.82)
    buttons(pen, frame, 0, down, BLACK if not outfit.top.black else WHITE)
    for side in (-1, 1):
        patch(pen, frame, ((side * 36, -0.03), (side * 42, 0.07), (side * 26, 0.25), (side * 2, 0.1)), WHITE, 1.0)


def _military(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    pen.line(points(frame, ((0, 0.04), (0, 1.04))), 1.0, (0, 0), outfit.top.line)
    buttons(pen, frame, 3, (0.2, 0.34, 0.48, 0.6, 0.86))
    for side in (-1, 1):
        patch(
            pen,
            frame,
            ((side * 24, 0.3), (side * 52, 0.3), (side * 50, 0.44), (side * 38, 0.47), (side * 24, 0.44)),
            outfit.top,
            0.9,
        )
        patch(pen, frame, ((side * 44, 0.02), (side * 82, 0.06), (side * 82, 0.1), (side * 46, 0.07)), BLACK, 0.8)
    band(pen, frame, 0.67, 0.76, BLACK)
    stand_up(pen, frame, outfit.top)


def _fur(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The pale front of an animal."""
    if outfit.top.black:
        return
    front = points(
        frame, ((-20, 0.0), (-46, 0.3), (-48, 0.7), (-30, 1.02), (30, 1.02), (48, 0.7), (46, 0.3), (20, 0.0)), 1.0
    )
    pen.canvas.fill(smooth(front, closed=True, tension=0.5), 255)
    for a in (-30, -8, 14, 34):
        pen.line(points(frame, ((a, 0.24), (a + 3, 0.34))), 0.8, (1, 1))


_COLLARS: dict[str, Callable[[Pen, Frame, Outfit], None]] = {
    "crossed": crossed, "blazer": _blazer, "gakuran": _gakuran, "sailor": _sailor, "hood": _hood, "round": _round,
    "high": _high, "waistcoat": _waistcoat, "monk": monk, "wings": crossed, "plates": plates, "belted": _belted,
    "military": _military, "apron": _apron, "coat": _coat, "ragged": ragged, "vest": _vest, "shirt": _shirt,
    "fur": _fur, "cardigan": _cardigan, "haori": haori, "slit": slit, "laced": laced,
}  # fmt: skip
