"""Eyes that look at us out of holes or out of the dark, and nobody to whom they belong.

In: the words for it among the things of a panel. Out: marks over the whole panel.
"""

from math import cos, pi, sin

from drawing.art.settings.texture import joined, wavy
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, difference, ellipse, poly, rect, smooth, union
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

KEYHOLE, DARK, CAT = "eyes at the keyhole", "eyes in the dark", "cat in the dark"
MIDDLE, LOW = 0.46, 0.68
"""Of the height, where eyes in the dark are."""
TALL = 1.25
"""From how much higher than wide a panel is tall."""
PEERING = frozenset({KEYHOLE, DARK, CAT})


def peering(s: Scenery, word: str, texts: int = 0) -> None:
    """Two eyes, with slits for pupils, each in a keyhole of its own or both in the dark, below the texts."""
    if word == KEYHOLE:
        _door(s)
    else:
        _night(s, cat=word == CAT, spoken=texts > 0)


def _door(s: Scenery) -> None:
    """Wood that fills the panel, a plate around each hole, what is behind it black but for the eye; in a tall panel the
    holes are one above the other, too."""
    w, h = s.stage.width, s.stage.height
    tall = h > TALL * w
    size = min(w * (0.26 if tall else 0.2), h * 0.28)
    s.wipe()
    s.pen.cover(rect(-1, -1, w + 2, h + 2), MID_TONE)
    s.canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, h * 0.2), 0.0), ((0, h), 0.35))
    _wood(s)
    apart, up = min(w * (0.2 if tall else 0.25), size * 1.5), size * 1.5 * tall
    for side in (-1, 1):
        x, y = w * 0.5 + side * apart, h * MIDDLE + side * up
        plate = smooth(_around(x, y + size * 0.2, size * 0.92, size * 1.42), closed=True, tension=0.5)
        s.pen.shape(plate, LIGHT_TONE, 2.0)
        s.canvas.stroke(smooth(_around(x, y + size * 0.2, size * 0.84, size * 1.32), closed=True), s.pen.weight * 0.8)
        for dx, dy in ((0.0, -1.04), (0.0, 1.44)):
            s.pen.shape(ellipse(x + dx * size, y + dy * size, size * 0.08, size * 0.08), WHITE, 1.0)
        s.pen.shape(_hole(x, y, size), BLACK, 2.4)
        _eye(s, x, y, size * 0.5, -side)


def _around(x: float, y: float, half: float, tall: float) -> list[Point]:
    return [(x + half * cos(k * pi / 4), y + tall * sin(k * pi / 4)) for k in range(8)]


def _hole(x: float, y: float, size: float) -> Path:
    foot = poly(((x - size * 0.2, y), (x + size * 0.2, y), (x + size * 0.42, y + size * 1.2),
                 (x - size * 0.42, y + size * 1.2)))  # fmt: skip
    return union(ellipse(x, y, size * 0.62, size * 0.62), foot)


def _wood(s: Scenery) -> None:
    w, h, r = s.stage.width, s.stage.height, s.stage.random("grain of a door")
    count = max(8, round(w / h * 14))
    strokes = []
    for k in range(count):
        x = w * (k + r.uniform(0.2, 0.8)) / count
        top, long = r.uniform(-0.1, 0.6), r.uniform(0.25, 0.6)
        strokes.append(wavy((x, h * top), (x + r.uniform(-1, 1), h * (top + long)), w * 0.004, r))
    s.canvas.stroke(joined(strokes), s.pen.weight * 0.7)


def _night(s: Scenery, *, cat: bool, spoken: bool) -> None:
    w, h = s.stage.width, s.stage.height
    x, y = w * 0.5, h * (LOW if spoken else MIDDLE)
    s.wipe()
    s.pen.cover(rect(-1, -1, w + 2, h + 2), BLACK)
    size = min(w * 0.14, h * 0.17) if cat else min(w * 0.15, h * 0.28)
    size *= 0.7 if spoken else 1.0
    if cat:
        _head(s, x, y, size)
    for side in (-1, 1):
        _eye(s, x + side * size * 1.35, y, size, -side)


_CHEEK = ((0.7, -1.75), (1.7, -2.75), (2.35, -1.1), (2.75, 0.35), (1.75, 1.7), (0.0, 2.2))
"""From between the ears down to the chin, in sizes of an eye; the second is the tip of an ear."""


def _head(s: Scenery, x: float, y: float, size: float) -> None:
    """What light there is lies on the edge of the fur: ears, cheeks, a nose, whiskers."""
    for side in (-1, 1):
        brow, tip, root, *cheek = [(x + dx * size * side, y + dy * size) for dx, dy in _CHEEK]
        s.pen.straight([(x, y - 1.6 * size), brow, tip, root], 1.4, grey=255)
        s.pen.line([root, *cheek], 1.4, grey=255)
        lip = [(x + dx * size * side, y + dy * size) for dx, dy in ((0.0, 1.15), (0.4, 1.5), (0.9, 1.3))]
        s.pen.line(lip, 1.2, grey=255)
        for up, out in ((0.7, 0.45), (1.0, 0.75), (1.3, 1.05)):
            s.pen.line([(x + side * 1.1 * size, y + up * size), (x + side * 3.4 * size, y + out * size)], 0.8, grey=255)
    s.canvas.fill(
        poly([(x - 0.24 * size, y + 0.86 * size), (x + 0.24 * size, y + 0.86 * size), (x, y + 1.15 * size)]), 255
    )


_LID = ((-1.0, -0.08), (-0.5, -0.6), (0.3, -0.56), (1.0, 0.2), (0.5, 0.6), (-0.3, 0.6))


def _eye(s: Scenery, x: float, y: float, size: float, side: int) -> None:
    """It shines: a ring of light, an iris in two greys, a slit, two sparks. `side` is where its inner corner is."""
    lid = smooth([(x + dx * size * side, y + dy * size) for dx, dy in _LID], closed=True, tension=0.5)
    s.canvas.fill(lid, 255)
    iris = ellipse(x, y, size * 0.56, size * 0.58)
    s.pen.shape(iris, LIGHT_TONE, 1.6)
    s.pen.cover(difference(iris, ellipse(x, y + size * 0.1, size * 0.46, size * 0.5)), DARK_TONE)
    slit = smooth(((x, y - size * 0.54), (x + size * 0.14, y), (x, y + size * 0.54), (x - size * 0.14, y)), closed=True)
    s.canvas.fill(slit)
    for dx, dy, dot in ((-0.22, -0.26, 0.13), (0.22, 0.24, 0.07)):
        s.canvas.fill(ellipse(x + dx * size, y + dy * size, dot * size, dot * size), 255)
