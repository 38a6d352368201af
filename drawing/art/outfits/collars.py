"""What is seen on the chest: collars, lapels, buttons, belts. Points lie on the trunk's surface, so they turn with it."""

from collections.abc import Callable, Sequence

from drawing.art.frame import Frame
from drawing.art.outfits.wardrobe import Outfit
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point


def ink_collar(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    if not frame.shows_front:
        _back(pen, frame, outfit)
        return
    _COLLARS.get(outfit.collar, _round)(pen, frame, outfit)


def _points(frame: Frame, pairs: Sequence[tuple[float, float]], lift: float = 1.02) -> list[Point]:
    return [frame.surface(a, t, lift) for a, t in pairs]


def _patch(pen: Pen, frame: Frame, pairs: Sequence[tuple[float, float]], shade: Shade, weight: float = 1.0) -> None:
    pen.shape(poly(_points(frame, pairs)), shade, weight)


def _band(pen: Pen, frame: Frame, top: float, bottom: float, shade: Shade) -> None:
    """A belt around the trunk."""
    upper = [frame.surface(a, top, 1.04) for a in (-90, -45, 0, 45, 90)]
    lower = [frame.surface(a, bottom, 1.04) for a in (90, 45, 0, -45, -90)]
    pen.shape((*smooth(upper, tension=1), *(("L", *p) for p in lower), ("Z",)), shade, 1.1)


def _back(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    line = outfit.top.line
    pen.line(_points(frame, ((150, 0.03), (180, 0.08), (-150, 0.03))), 1.3, (0, 0), line)
    pen.line(_points(frame, ((180, 0.12), (180, 0.7))), 0.8, (0.4, 1), line)
    if outfit.collar in {"crossed", "monk", "wings", "ragged"}:
        _obi_back(pen, frame, outfit)
    if outfit.collar == "sailor":
        _patch(pen, frame, ((130, 0.02), (120, 0.3), (-120, 0.3), (-130, 0.02)), outfit.bottom, 1.1)


def _obi_back(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    shade = _contrast(outfit.top)
    upper = [frame.surface(a, 0.56, 1.04) for a in (90, 135, 180, -135, -90)]
    lower = [frame.surface(a, 0.76, 1.04) for a in (-90, -135, 180, 135, 90)]
    pen.shape(poly((*upper, *lower)), shade, 1.1)
    _patch(pen, frame, ((165, 0.5), (165, 0.8), (-165, 0.8), (-165, 0.5)), shade, 1.1)


def _contrast(shade: Shade) -> Shade:
    if shade.black:
        return WHITE
    return BLACK if shade.tone < 0.2 else WHITE


def _crossed(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The collar of a kimono; the wearer's left lies over the right."""
    _patch(pen, frame, ((-26, 0.0), (26, 0.0), (14, 0.14), (0, 0.3), (-14, 0.14)), WHITE, 0.9)
    under = ((-34, -0.02), (-22, 0.0), (16, 0.36), (10, 0.44), (-40, 0.06))
    over = ((34, -0.02), (22, 0.0), (-26, 0.5), (-26, 0.62), (-14, 0.64), (40, 0.06))
    edge = WHITE if outfit.top.black or outfit.top.tone else LIGHT_TONE
    _patch(pen, frame, under, edge)
    _patch(pen, frame, over, edge)
    _fold_lines(pen, frame, outfit.top)
    low = 0.76 if outfit.lower != "hakama" else 0.72
    _band(pen, frame, 0.6 if outfit.lower != "short_kimono" else 0.66, low, _contrast(outfit.top))
    if outfit.lower == "hakama":
        _patch(pen, frame, ((-8, 0.66), (8, 0.66), (10, 0.9), (0, 0.8), (-10, 0.9)), WHITE, 0.9)


def _fold_lines(pen: Pen, frame: Frame, shade: Shade) -> None:
    pen.line(_points(frame, ((58, 0.16), (48, 0.3), (40, 0.5))), 0.9, (0.7, 1), shade.line)
    pen.line(_points(frame, ((-58, 0.16), (-52, 0.3), (-50, 0.45))), 0.9, (0.7, 1), shade.line)


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


def _monk(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _crossed(pen, frame, outfit)
    _patch(pen, frame, ((62, 0.06), (40, 0.04), (-60, 0.6), (-84, 0.72), (-84, 0.62)), LIGHT_TONE, 1.1)


def _ragged(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _crossed(pen, frame, outfit)
    _patch(pen, frame, ((30, 0.3), (52, 0.32), (50, 0.44), (32, 0.46)), WHITE, 0.9)
    for a, t in ((-40, 0.5), (-30, 0.22)):
        pen.line(_points(frame, ((a, t), (a + 10, t + 0.05))), 1.0, (0.4, 1), outfit.top.line)


def _shirt_front(pen: Pen, frame: Frame, low: float, tie: Shade | None) -> None:
    _patch(pen, frame, ((-26, -0.02), (26, -0.02), (20, 0.2), (0, low), (-20, 0.2)), WHITE, 0.9)
    if tie is not None:
        _patch(pen, frame, ((-5, 0.06), (5, 0.06), (8, low - 0.08), (0, low), (-8, low - 0.08)), tie, 0.8)
        _patch(pen, frame, ((-8, 0.03), (8, 0.03), (5, 0.09), (-5, 0.09)), tie, 0.8)
    for side in (-1, 1):
        _patch(pen, frame, ((side * 30, -0.04), (side * 3, 0.05), (side * 18, 0.13), (side * 34, 0.03)), WHITE, 0.9)


def _lapels(pen: Pen, frame: Frame, outfit: Outfit, low: float) -> None:
    shade = outfit.top if outfit.top.black else DARK_TONE if outfit.top.tone > 0.2 else MID_TONE
    for side in (-1, 1):
        pairs = (
            (side * 32, 0.0),
            (side * 42, 0.18),
            (side * 33, 0.21),
            (side * 36, 0.26),
            (side * 2, low),
            (side * 20, 0.12),
        )
        path = poly(_points(frame, pairs))
        pen.shape(path, shade, 1.0)
        if shade.black:
            pen.contour(path, 0.8, 255)


def _buttons(pen: Pen, frame: Frame, angle: float, heights: Sequence[float], shade: Shade = WHITE) -> None:
    for t in heights:
        path = ellipse(*frame.surface(angle, t, 1.03), 0.035, 0.035)
        pen.canvas.fill(path, 0 if shade.black else 255)
        pen.contour(path, 0.8)


def _blazer(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _shirt_front(pen, frame, 0.5, BLACK if not outfit.top.black else MID_TONE)
    _lapels(pen, frame, outfit, 0.52)
    pen.line(_points(frame, ((0, 0.52), (1, 0.8), (3, 1.04))), 1.0, (0, 0), outfit.top.line)
    _buttons(pen, frame, 4, (0.6, 0.76))
    _fold_lines(pen, frame, outfit.top)


def _waistcoat(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _patch(pen, frame, ((-26, -0.02), (26, -0.02), (34, 0.4), (26, 0.98), (-26, 0.98), (-34, 0.4)), LIGHT_TONE, 0.9)
    _buttons(pen, frame, 0, (0.42, 0.56, 0.7, 0.84), BLACK)
    _shirt_front(pen, frame, 0.36, None)
    _patch(pen, frame, ((0, 0.07), (20, 0.02), (18, 0.13)), BLACK, 0.8)
    _patch(pen, frame, ((0, 0.07), (-20, 0.02), (-18, 0.13)), BLACK, 0.8)
    for side in (-1, 1):
        pairs = (
            (side * 32, 0.0),
            (side * 50, 0.16),
            (side * 40, 0.2),
            (side * 30, 0.6),
            (side * 24, 0.5),
            (side * 22, 0.12),
        )
        path = poly(_points(frame, pairs))
        pen.shape(path, outfit.top, 1.0)
        if outfit.top.black:
            pen.contour(path, 0.8, 255)


def _gakuran(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    collar = _points(
        frame,
        (
            (-60, -0.06),
            (-25, 0.0),
            (0, 0.02),
            (25, 0.0),
            (60, -0.06),
            (60, 0.02),
            (20, 0.09),
            (0, 0.11),
            (-20, 0.09),
            (-60, 0.02),
        ),
    )
    pen.canvas.fill(poly(collar))
    pen.contour(poly(collar), 0.9, 255)
    pen.line(_points(frame, ((0, 0.1), (0, 0.6), (0, 1.04))), 0.9, (0, 0), 255)
    _buttons(pen, frame, 4, (0.2, 0.38, 0.56, 0.74, 0.92))
    pen.line(_points(frame, ((60, 0.18), (54, 0.34))), 0.8, (0.6, 1), 255)


def _sailor(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _patch(pen, frame, ((-26, -0.02), (26, -0.02), (0, 0.36)), WHITE, 0.9)
    pen.line(_points(frame, ((-12, 0.17), (0, 0.19), (12, 0.17))), 0.9, (0, 0))
    collar = outfit.bottom
    for side in (-1, 1):
        _patch(
            pen,
            frame,
            ((side * 26, -0.03), (side * 70, 0.045), (side * 52, 0.24), (side * 2, 0.4), (side * 14, 0.2)),
            collar,
            1.1,
        )
        pen.straight(_points(frame, ((side * 62, 0.07), (side * 46, 0.225), (side * 6, 0.36))), 0.9, collar.line)
    _bow(pen, frame, 0.4)
    _fold_lines(pen, frame, outfit.top)


def _bow(pen: Pen, frame: Frame, t: float) -> None:
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
            tension=0.8,
        )
        pen.shape(tail, MID_TONE, 1.0)
    pen.shape(
        poly(((x - 0.07, y - 0.06), (x + 0.07, y - 0.06), (x + 0.06, y + 0.08), (x - 0.06, y + 0.08))), MID_TONE, 1.0
    )


def _hood(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    ring = _points(
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
    pen.shape(smooth(ring, closed=True, tension=0.9), DARK_TONE if outfit.top.tone < 0.4 else LIGHT_TONE, 1.1)
    for side in (-1, 1):
        pen.line(_points(frame, ((side * 12, 0.19), (side * 14, 0.34), (side * 11, 0.44))), 2.2, (0, 0), 255)
        pen.line(_points(frame, ((side * 12, 0.19), (side * 14, 0.34), (side * 11, 0.44))), 1.0, (0, 0))
    pen.straight(_points(frame, ((-36, 1.0), (-26, 0.74), (26, 0.74), (36, 1.0))), 1.0, outfit.top.line)


def _vest(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """Shirt, knitted vest and tie of a school."""
    _patch(
        pen,
        frame,
        ((-42, 0.02), (-72, 0.18), (-84, 0.34), (-84, 1.03), (84, 1.03), (84, 0.34), (72, 0.18), (42, 0.02), (0, 0.42)),
        LIGHT_TONE,
        1.0,
    )
    _shirt_front(pen, frame, 0.42, BLACK)
    _band(pen, frame, 0.98, 1.06, LIGHT_TONE)


def _round(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _patch(pen, frame, ((-30, -0.03), (30, -0.03), (18, 0.07), (0, 0.1), (-18, 0.07)), WHITE, 0.9)
    pen.line(_points(frame, ((-32, 0.0), (-18, 0.1), (0, 0.13), (18, 0.1), (32, 0.0))), 0.9, (0, 0), outfit.top.line)
    _fold_lines(pen, frame, outfit.top)
    if outfit.waist:
        _band(pen, frame, 0.66, 0.73, _contrast(outfit.top))


def _high(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A high collar, a row of small buttons, a tight waist."""
    edge = _points(frame, ((-60, -0.1), (0, -0.05), (60, -0.1), (60, 0.0), (0, 0.06), (-60, 0.0)))
    pen.shape(poly(edge), WHITE, 1.0)
    for side in (-1, 1):
        pen.line(
            _points(frame, ((side * 14, 0.08), (side * 20, 0.35), (side * 8, 0.68))), 0.9, (0.2, 0.6), outfit.top.line
        )
    _buttons(pen, frame, 0, (0.14, 0.26, 0.38, 0.5, 0.62))
    _patch(pen, frame, ((-7, 0.02), (7, 0.02), (6, 0.09), (-6, 0.09)), BLACK, 0.8)
    _band(pen, frame, 0.64, 0.72, _contrast(outfit.top))


def _apron(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _shirt_front(pen, frame, 0.2, None)
    _patch(pen, frame, ((-32, 0.2), (32, 0.2), (44, 0.7), (-44, 0.7)), WHITE, 1.1)
    for side in (-1, 1):
        pen.line(_points(frame, ((side * 30, 0.2), (side * 46, 0.02))), 2.0, (0, 0), outfit.top.line)
    _band(pen, frame, 0.66, 0.73, WHITE)
    x, y = frame.surface(0, 0.74)
    w = frame.p.hip * 0.8 * (0.6 + 0.4 * abs(1 - abs(frame.turn) / 90))
    pen.shape(
        smooth(((x - w * 0.8, y), (x - w, y + 0.9), (x, y + 1.2), (x + w, y + 0.9), (x + w * 0.8, y)), tension=1),
        WHITE,
        1.1,
    )


def _coat(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    _shirt_front(pen, frame, 0.34, None)
    _lapels(pen, frame, outfit, 0.44)
    _buttons(pen, frame, 10, (0.52, 0.66))
    _buttons(pen, frame, -12, (0.52, 0.66))
    _band(pen, frame, 0.68, 0.76, BLACK if not outfit.top.black else WHITE)


def _belted(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A hunter's jacket: collar, pockets, bandolier, belt."""
    _shirt_front(pen, frame, 0.26, None)
    _lapels(pen, frame, outfit, 0.3)
    pen.line(_points(frame, ((0, 0.3), (0, 1.04))), 1.0, (0, 0), outfit.top.line)
    for side in (-1, 1):
        _patch(
            pen, frame, ((side * 22, 0.36), (side * 50, 0.36), (side * 50, 0.52), (side * 22, 0.52)), outfit.top, 0.9
        )
    _patch(pen, frame, ((48, 0.03), (60, 0.08), (-50, 0.68), (-62, 0.6)), BLACK, 0.9)
    _band(pen, frame, 0.68, 0.77, BLACK)


def _military(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    edge = _points(frame, ((-60, -0.07), (0, 0.0), (60, -0.07), (60, 0.02), (0, 0.09), (-60, 0.02)))
    pen.shape(poly(edge), outfit.top, 1.0)
    pen.line(_points(frame, ((0, 0.09), (0, 1.04))), 1.0, (0, 0), outfit.top.line)
    _buttons(pen, frame, 3, (0.2, 0.34, 0.48, 0.6, 0.86))
    for side in (-1, 1):
        _patch(
            pen,
            frame,
            ((side * 24, 0.3), (side * 52, 0.3), (side * 50, 0.44), (side * 38, 0.47), (side * 24, 0.44)),
            outfit.top,
            0.9,
        )
        _patch(pen, frame, ((side * 44, 0.02), (side * 82, 0.06), (side * 82, 0.1), (side * 46, 0.07)), BLACK, 0.8)
    _band(pen, frame, 0.67, 0.76, BLACK)


def _plates(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    for i in range(6):
        t = 0.2 + i * 0.13
        pen.line(
            _points(frame, ((-84, t), (-40, t + 0.03), (0, t + 0.04), (40, t + 0.03), (84, t))),
            1.2,
            (0, 0),
            outfit.top.line,
        )
    for side in (-1, 1):
        (x, y), n = frame.surface(side * 80, 0.08), frame.flat(frame.bones.neck)
        out = 0.2 if x > n[0] else -0.2
        for k in range(3):
            y0 = y - 0.06 + k * 0.2
            pen.shape(
                poly(((x - out, y0), (x + out, y0 + 0.05), (x + out * 1.15, y0 + 0.26), (x - out, y0 + 0.22))),
                outfit.top,
                1.1,
            )
    _band(pen, frame, 0.7, 0.78, BLACK if not outfit.top.black else WHITE)


def _fur(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """The pale front of an animal."""
    _ = outfit
    front = _points(
        frame, ((-20, 0.0), (-46, 0.3), (-48, 0.7), (-30, 1.02), (30, 1.02), (48, 0.7), (46, 0.3), (20, 0.0)), 1.0
    )
    pen.canvas.fill(smooth(front, closed=True, tension=0.8), 255)
    for a in (-30, -8, 14, 34):
        pen.line(_points(frame, ((a, 0.24), (a + 3, 0.34))), 0.8, (1, 1))


_COLLARS: dict[str, Callable[[Pen, Frame, Outfit], None]] = {
    "crossed": _crossed, "blazer": _blazer, "gakuran": _gakuran, "sailor": _sailor, "hood": _hood, "round": _round,
    "high": _high, "waistcoat": _waistcoat, "monk": _monk, "wings": _crossed, "plates": _plates, "belted": _belted,
    "military": _military, "apron": _apron, "coat": _coat, "ragged": _ragged, "vest": _vest, "shirt": _round, "fur": _fur,
}  # fmt: skip
