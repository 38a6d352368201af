"""Rough people of a ネーム: where the camera will have their heads, with cross lines for where they look."""

from collections.abc import Mapping

from drawing.art.shots import DISTANT, FRAMINGS
from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse, poly
from drawing.pages.preview_text import TextWriter
from manga.geometry import Rect
from manga.storyboard import FigureDirection, SceneDirection

GREY, PALE = 110.0, 190.0
_DEPTHS = {"background": 0.7, "middle": 1.0, "foreground": 1.2}
"""How large somebody is drawn; who is nearer is drawn later."""


def draw_people(hand: TextWriter, direction: SceneDirection, box: Rect, names: Mapping[str, str], unit: float) -> None:
    """Everybody of a panel in its `box`; lengths of pens and letters are in `unit`s of a millimetre."""
    for figure in sorted(direction.figures, key=lambda figure: _DEPTHS[figure.depth]):
        _draw_figure(hand, figure, direction, box, names.get(figure.character, figure.character)[:8], unit)


def _draw_figure(
    hand: TextWriter, figure: FigureDirection, direction: SceneDirection, box: Rect, name: str, unit: float
) -> None:
    canvas, framing = hand.canvas, FRAMINGS[direction.shot]
    r = framing.head * box.height / 2 * _DEPTHS[figure.depth]
    r = min(r, box.width * 0.42)
    x = box.x + box.width * (0.12 + 0.76 * figure.x)
    standing = direction.shot in DISTANT
    y = box.y + framing.eyes * box.height - (11.5 * r if standing else 0)
    canvas.stroke(_body(x, y, r, None if standing else box.bottom), 0.35 * unit, GREY)
    head = ellipse(x, y, r * 0.82, r)
    canvas.fill(head, PALE if figure.facing == "back" else 255)
    canvas.stroke(head, 0.4 * unit, GREY)
    _draw_face(canvas, figure, x, y, r, unit)
    size = 3.4 * unit
    left = x - hand.faces.setting("gothic", name).width(name) * size / 2
    hand.line(name, left, y - r - 1.3 * size if standing else y + r + 0.5, size, grey=GREY)


def _draw_face(canvas: Canvas, figure: FigureDirection, x: float, y: float, r: float, unit: float) -> None:
    if figure.facing == "back" or r < 1.2:
        return
    aside = {"left": -0.42, "right": 0.42}.get(figure.facing, 0.0) * r
    down = poly(((x + aside * 0.6, y - 0.9 * r), (x + aside, y), (x + aside * 0.6, y + 0.9 * r)), close=False)
    across = poly(((x - 0.8 * r, y + 0.1 * r), (x + 0.8 * r, y + 0.1 * r)), close=False)
    for line in (down, across):
        canvas.stroke(line, 0.22 * unit, PALE)


def _body(x: float, y: float, r: float, bottom: float | None) -> tuple[tuple[str | float, ...], ...]:
    """Standing on its feet; where there is a `bottom`, a bust that runs out of the panel there."""
    chest = y + 1.3 * r
    if bottom is None:
        foot, hip = y + 12.5 * r, y + 6 * r
        right = ((x + 1.2 * r, chest), (x + 0.7 * r, hip), (x + r, foot))
        left = ((x - r, foot), (x - 0.7 * r, hip), (x - 1.2 * r, chest))
        return poly((*left, *right))
    foot = max(bottom + r, y + 3 * r)
    left = ((x - 2 * r, foot), (x - 1.8 * r, chest + r), (x - 0.6 * r, chest))
    right = ((x + 0.6 * r, chest), (x + 1.8 * r, chest + r), (x + 2 * r, foot))
    return poly((*left, *right))
