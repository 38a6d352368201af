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
from manga.artwork import FigureAnchors
from manga.geometry import Point, Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection

SKY, GROUND, BODY, LINE, HAIR = 226.0, 196.0, 150.0, 60.0, 105.0
_ASIDE: Final = {"left": -0.38, "right": 0.38}
_EYES: Final = 0.56
"""How far down a head its eyes lie."""
BALLOON_WIDE, BALLOON_HIGH = 0.3, 0.32
"""Of the panel, a place that is kept white for a balloon."""


def draw_rough(brief: PanelBrief) -> Drawing:
    """Of the panel as the storyboard directs it."""
    canvas = Canvas(brief.width_mm, brief.height_mm)
    standing, stage = expected_standings(brief)
    _draw_ground(canvas, stage)
    heads = [anchors_of(one, brief.width_mm, brief.height_mm) for one in standing]
    for box in _balloons(brief, heads):
        canvas.fill(ellipse(box.centre[0], box.centre[1], box.width / 2, box.height / 2), 255)
    for one, anchors in zip(standing, heads, strict=True):
        _draw_body(canvas, one)
        if anchors.head is not None:
            _draw_head(canvas, one.direction, _in_mm(_skull(one, anchors.head, brief), brief), brief.width_mm)
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


def _skull(one: Standing, head: Rect, brief: PanelBrief) -> Rect:
    """The head alone, without hat and hair on end."""
    marks = one.figure.marks.head
    x, y = (one.x + marks.x * one.size) / brief.width_mm, (one.y + marks.y * one.size) / brief.height_mm
    width, height = marks.width * one.size / brief.width_mm, marks.height * one.size / brief.height_mm
    return Rect(x=x, y=y, width=width, height=height) if one.figure.human else head


def _in_mm(share: Rect, brief: PanelBrief) -> Rect:
    width, height = brief.width_mm, brief.height_mm
    return Rect(x=share.x * width, y=share.y * height, width=share.width * width, height=share.height * height)


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


def _balloons(brief: PanelBrief, people: Sequence[FigureAnchors]) -> Iterable[Rect]:
    """A place in each quiet corner, as many as there are texts; the more there are, the larger."""
    width, height = brief.width_mm, brief.height_mm
    corners = brief.quiet_corners[: brief.texts]
    grown = 1.0 + 0.15 * max(0, brief.texts - len(corners))
    heads = [_in_mm(one.head, brief) for one in people if one.head]
    for corner in corners:
        wide, high = min(0.46, BALLOON_WIDE * grown) * width, min(0.5, BALLOON_HIGH * grown) * height
        left = 0.03 * width if corner.endswith("left") else 0.97 * width - wide
        box = Rect(x=left, y=0.03 * height, width=wide, height=high)
        under = min((head.y for head in heads if head.overlap(box) > 0), default=box.bottom)
        if under - box.y > 0.4 * high:
            yield Rect(x=box.x, y=box.y, width=box.width, height=under - box.y)
