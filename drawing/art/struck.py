"""A match that burns in the dark, between finger and thumb: light around the flame, and nothing else to be seen.

In: a panel's scenery. Out: marks over the whole panel.
"""

from math import cos, pi, sin

from drawing.art.hand_shapes import PINCH
from drawing.art.hands import hand, ink_fingers, ink_hand
from drawing.art.stage import Scenery
from drawing.art.things.draw_shape_file import draw_shape
from drawing.ink.paths import Path, ellipse, rect, stroke
from drawing.ink.pen import BLACK, DARK, DARK_TONE, LIGHT, MID, Pen
from manga.geometry import Point

_LEAN = 0.3
"""Radians by which the match leans, its flame to the left."""
_FINGERS = -pi / 2 - 0.5
"""Where the fingers point."""
_HALO = ((1.0, DARK), (0.8, MID), (0.6, LIGHT), (0.42, 0.0))
"""Rings of light around the flame: their reach, and the tone that is left in them."""
_FOOT = 0.4
"""How far below its middle a match is held, of its length."""


def struck(s: Scenery, texts: int = 0) -> None:
    """Below the words, where there are some."""
    w, h = s.stage.width, s.stage.height
    s.wipe()
    s.pen.cover(rect(-1, -1, w + 2, h + 2), BLACK)
    size = min(w * 0.6, h * 0.52)
    x, y = w * 0.46, h * (0.5 if texts else 0.42)
    for share, tone in _HALO:
        around = ellipse(x, y, size * share, size * share)
        s.canvas.fill(around, 255)
        if tone:
            s.canvas.tone(around, tone)
    _held(s, (x, y), size)


def _sleeve(wrist: Point, size: float) -> Path:
    """Away from the fingers, out of the picture."""
    far = (wrist[0] - 4 * size * cos(_FINGERS), wrist[1] - 4 * size * sin(_FINGERS))
    return stroke((wrist, far), 0.42 * size, (0.0, 0.0), steps=2)


def _held(s: Scenery, flame: Point, size: float) -> None:
    """The match, and the hand that comes with it from below."""
    long = size * 0.85
    middle = (flame[0] + 0.3 * long * sin(_LEAN), flame[1] + 0.3 * long * cos(_LEAN))
    foot = (middle[0] + _FOOT * long * sin(_LEAN), middle[1] + _FOOT * long * cos(_LEAN))
    dx, dy = hand((0.0, 0.0), _FINGERS, size, "pinch", thumb_left=False).at(*PINCH)
    held = hand((foot[0] - dx, foot[1] - dy), _FINGERS, size, "pinch", thumb_left=False)
    pen = Pen.on(s.canvas)
    pen.shape(_sleeve(held.wrist, size), DARK_TONE, 1.4)
    ink_hand(pen, held)
    with s.canvas.showing("thing", "match"), s.canvas.moved(*middle, long, -_LEAN):
        draw_shape(Pen.on(s.canvas), "match")
    ink_fingers(pen, held)
