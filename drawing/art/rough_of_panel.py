"""Draws the rough of a panel (ネーム) for an image model to compose after: who is where, how large, facing which way.

In: `PanelBrief`. Out: drawing calls in flat greys: ground and sky, a block for each body, an oval with a cross for each
head, and white where balloons will lie. Nothing of it has a style, a face or clothes.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from drawing.art.draw_panel import expected_standings
from drawing.art.figure_anchors import anchors_of
from drawing.art.frame_shot import Standing
from drawing.art.limbs import hull
from drawing.art.stage import Stage
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Drawing
from drawing.ink.paths import Path, ellipse, flattened, poly, rect
from manga.geometry import Point, Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection

SKY, GROUND, BODY, LINE, HAIR = 226.0, 196.0, 150.0, 60.0, 105.0
_ASIDE: Final = {"left": -0.38, "right": 0.38}
_EYES: Final = 0.56
"""How far down a head its eyes lie."""
_WIDE, _HIGH = 0.3, 0.32
"""Of the panel, a place that is kept white for a balloon."""
_GROWTH: Final = 0.15
"""By how much, for each text that has no place of its own."""
_WIDEST, _HIGHEST, _MARGIN = 0.46, 0.5, 0.03
"""Of the panel: two such places lie side by side, in its upper half, a little off its border."""
_LOWEST: Final = 0.4
"""How much of its height such a place keeps above a head, or it is none."""


def draw_rough(brief: PanelBrief) -> Drawing:
    """Of the panel as the storyboard directs it."""
    canvas = Canvas(brief.width_mm, brief.height_mm)
    standing, stage = expected_standings(brief)
    _draw_ground(canvas, stage)
    panel = Rect(x=0, y=0, width=brief.width_mm, height=brief.height_mm)
    found = (anchors_of(one, panel.width, panel.height).head for one in standing)
    heads = [head.placed_in(panel) if head else None for head in found]
    for box in _balloons(brief, panel, [head for head in heads if head]):
        canvas.fill(ellipse(box.centre[0], box.centre[1], box.width / 2, box.height / 2), 255)
    for one, head in zip(standing, heads, strict=True):
        _draw_body(canvas, one)
        if head is not None:
            _draw_head(canvas, one.direction, _skull(one, head), panel.width)
    return canvas.finish()


def _draw_ground(canvas: Canvas, stage: Stage) -> None:
    width, height = canvas.width, canvas.height
    canvas.fill(rect(0, 0, width, height), SKY)
    low = min(max(stage.horizon, 0.0), height)
    canvas.fill(rect(0, low, width, height - low), GROUND)
    canvas.stroke(poly(((0, low), (width, low)), close=False), 0.4, LINE)


def _draw_body(canvas: Canvas, one: Standing) -> None:
    """The hull of all that is below the chin."""
    chin = one.figure.marks.head.bottom
    points = [
        (one.x + x * one.size, one.y + y * one.size)
        for path in one.figure.silhouette
        for x, y in _points(path)
        if y > chin - 0.1 or not one.figure.human
    ]
    if len(points) > 2:
        block = poly(hull(points))
        canvas.fill(block, BODY)
        canvas.stroke(block, 0.3, LINE)


def _points(path: Path) -> Iterable[Point]:
    return (point for line in flattened(path) for point in line)


def _skull(one: Standing, head: Rect) -> Rect:
    """The head alone, without hat and hair on end."""
    head_long = Rect(x=one.x, y=one.y, width=one.size, height=one.size)
    return one.figure.marks.head.placed_in(head_long) if one.figure.human else head


def _draw_head(canvas: Canvas, figure: FigureDirection, box: Rect, panel_width: float) -> None:
    """A cross on the side that is looked at; the back of a head is dark."""
    (x, y), across, down = box.centre, box.width / 2, box.height / 2
    oval, pen = ellipse(x, y, across, down), max(0.3, panel_width / 160)
    back = figure.facing == "back"
    canvas.fill(oval, HAIR if back else 255)
    canvas.stroke(oval, pen, LINE)
    if back:
        return
    aside = _ASIDE.get(figure.facing, 0.0) * 2 * across
    eyes = box.y + _EYES * box.height
    with canvas.saved():
        canvas.clip(oval)
        upright = ((x + aside * 0.7, box.y), (x + aside, eyes), (x + aside * 0.7, box.bottom))
        canvas.stroke(poly(upright, close=False), pen * 0.8, LINE)
        canvas.stroke(poly(((box.x, eyes), (box.right, eyes)), close=False), pen * 0.8, LINE)


def _balloons(brief: PanelBrief, panel: Rect, heads: Sequence[Rect]) -> Iterable[Rect]:
    """A place in each quiet corner, as many as there are texts; the more there are, the larger."""
    corners = brief.quiet_corners[: brief.texts]
    grown = 1.0 + _GROWTH * max(0, brief.texts - len(corners))
    wide, high = min(_WIDEST, _WIDE * grown), min(_HIGHEST, _HIGH * grown)
    for corner in corners:
        left = _MARGIN if corner.endswith("left") else 1 - _MARGIN - wide
        box = Rect(x=left, y=_MARGIN, width=wide, height=high).placed_in(panel)
        under = min((head.y for head in heads if head.overlap(box) > 0), default=box.bottom)
        if under - box.y > _LOWEST * box.height:
            yield Rect(x=box.x, y=box.y, width=box.width, height=under - box.y)
