"""The title picture of two worlds: who never meets the hero stands above a border, in a place of his own.

Plan in, ink out. Pure. The border is slanted like that of a panel; only a rope or a thread that somebody climbs crosses
it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from drawing.art.draw_panel import draw_panel
from drawing.ink.canvas import Canvas
from drawing.ink.paths import poly
from drawing.pages.title_picture_people import Lead, above, anchors, draw_placed
from manga.artwork import FigureAnchors
from manga.geometry import Point, Polygon, Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import SceneDirection, Storyboard

_BESIDE, _BELOW = (0.47, 0.4), (0.63, 0.56)
"""Where the border meets the left and the right edge, as shares of the height; lower where a title lies on top."""
_GUTTER_MM, _EDGE_MM = 3.2, 0.6
_VEIL = 0.45
"""The share of the other world's place that white dots cover: it is far away."""


@dataclass(frozen=True, slots=True)
class OtherWorld:
    """Who is there, and its place."""

    lead: Lead
    scene: SceneDirection


def apart(storyboard: Storyboard, leads: Sequence[Lead]) -> Lead | None:
    """The first of the leads who is in no place that the hero is ever in."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    for panel in storyboard.panels():
        for figure in panel.direction.figures:
            places[figure.character].add(panel.direction.setting)
    hero = places[leads[0].character]
    return next((lead for lead in leads[1:] if hero.isdisjoint(places[lead.character])), None)


def without(leads: Sequence[Lead], away: Lead, storyboard: Storyboard) -> tuple[Lead, ...]:
    """Those who stand below: the hero, and who has been seen with him."""
    shown = [{figure.character for figure in panel.direction.figures} for panel in storyboard.panels()]
    together = set[str]().union(*(people for people in shown if leads[0].character in people))
    return tuple(lead for lead in leads if lead != away and lead.character in together)


def draw_above(canvas: Canvas, other: OtherWorld, below: PanelBrief, title: Rect, *, on_top: bool) -> FigureAnchors:
    """The other world down to the border, and who is in it; `below` asks for the world under it."""
    width, height = canvas.width, canvas.height
    left, right = _BELOW if on_top else _BESIDE
    area = _area(width, height * left, height * right)
    high = height * max(left, right)
    place = draw_panel(below.model_copy(update={"width_mm": width, "height_mm": high, "direction": other.scene}))
    placed = above(other.lead, width, height, title, on_top=on_top)
    with canvas.saved():
        canvas.clip(poly(area))
        canvas.fill(poly(area), 255)
        canvas.draw(place.drawing, within=Rect(x=0, y=0, width=width, height=high))
        canvas.tone(poly(area), _VEIL, grey=255)
        draw_placed(canvas, placed)
    _border(canvas, area[3], area[2])
    return anchors(placed, width, height)


def top_of(height: float, *, on_top: bool) -> float:
    """Where the lower world's picture begins."""
    return height * min(_BELOW if on_top else _BESIDE)


def _area(width: float, left: float, right: float) -> Polygon:
    return ((0.0, 0.0), (width, 0.0), (width, right), (0.0, left))


def _border(canvas: Canvas, left: Point, right: Point) -> None:
    """A gutter between two edges."""
    line = poly((left, right), close=False)
    for weight, grey in ((_GUTTER_MM + 2 * _EDGE_MM, 0), (_GUTTER_MM, 255)):
        canvas.stroke(line, weight, grey, "miter")
