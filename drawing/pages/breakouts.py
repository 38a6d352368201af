"""Figures that stand before their panels' borders, on the finished page: what they may lie on, and how they are drawn.

A figure keeps off what was read before, and off every face, hand, balloon and text; else it stays in its panel. It is
drawn over all borders, in a white rim, and under balloons that lie over borders.
"""

import json
from collections.abc import Iterator, Mapping

from drawing.art.figure_before_border import ON_BORDER
from drawing.ink.canvas import ART_JSON, Canvas, Drawing
from drawing.ink.paths import common, difference, flattened, poly, rect, stroked, union
from drawing.lettering.free_space import lies_on
from manga.artwork import Breakout
from manga.book import PageGraph, PanelNode
from manga.geometry import Polygon, Rect, bounds
from manga.paper import PAPERS

RIM_B4_MM = 1.1
"""Width of the white around a figure where it stands before a border."""
LINE_MM = 0.45
"""So far beyond its silhouette a figure's own outline may lie."""
SEAM_MM = 0.2
"""So far over its rim a figure is drawn into its panel, where the same is drawn already: no hair of white between."""
FOLIO_B4_MM = (14.0, 12.0)
"""The outer foot of a page, where its number stands: width and height."""
_WHITE = 255.0


def with_clear_breakouts(page: PageGraph) -> PageGraph:
    """The page, figures that would lie on what must be seen back in their panels; at most one stands out."""
    out = [panel.key for panel in page.panels if panel.breakout is not None and stands_clear(panel, page)]
    if all(panel.breakout is None or panel.key in out[:1] for panel in page.panels):
        return page
    kept = (panel if panel.key in out[:1] else panel.model_copy(update={"breakout": None}) for panel in page.panels)
    return page.model_copy(update={"panels": tuple(kept)})


def stands_clear(panel: PanelNode, page: PageGraph) -> bool:
    """Whether what stands before this panel's border hides nothing of another panel, no words and no number."""
    shapes = panel.breakout.outlines if panel.breakout else ()
    return not any(lies_on(shape, taken) for taken in _taken(panel, page) for shape in shapes)


def _taken(panel: PanelNode, page: PageGraph) -> Iterator[Polygon]:
    """What must stay free of it: panels but the next one, what is alive in that one, words, the folio."""
    place = next(i for i, one in enumerate(page.panels) if one.key == panel.key)
    for i, other in enumerate(page.panels):
        if i == place:
            continue
        if i == place + 1:
            for figure in other.figures:
                marks = (figure.body, figure.head, figure.face, *figure.hands)
                yield from (mark.polygon() for mark in marks if mark is not None and mark.area > 0)
        else:
            yield from _convex(other.polygon)
    yield from (balloon.polygon for balloon in page.balloons)
    yield from (sfx.polygon for sfx in page.sfx)
    yield from (title.text.box.polygon() for title in page.titles)
    if page.folio is not None:
        yield _foot(page).polygon()


def _convex(polygon: Polygon) -> Iterator[Polygon]:
    """A panel with a corner left to another one in two parts."""
    if len(polygon) == 4:
        yield polygon
        return
    yield from (tuple(line[:-1]) for line in flattened(poly(polygon), 1))


def _foot(page: PageGraph) -> Rect:
    width, height = (mm * PAPERS[page.paper].scale for mm in FOLIO_B4_MM)
    x = page.trim.x if page.side.value == "left" else page.trim.right - width
    return Rect(x=x, y=page.trim.bottom - height, width=width, height=height)


def draw_breakouts(canvas: Canvas, page: PageGraph, pictures: Mapping[str, bytes]) -> None:
    """Every figure that stands out, once all panels and borders are drawn."""
    for panel in page.panels:
        data = pictures.get(panel.picture)
        if panel.breakout is None or data is None or panel.media_type != ART_JSON:
            continue
        art = Drawing.of(json.loads(data))
        if art.figure.calls:
            _draw(canvas, page, panel, panel.breakout, art)


def _draw(canvas: Canvas, page: PageGraph, panel: PanelNode, out: Breakout, art: Drawing) -> None:
    box, b = panel.picture_box, page.bleed
    shape = tuple(op for line in out.outlines for op in poly(line))
    border, ground = poly(panel.polygon), rect(b.x, b.y, b.width, b.height)
    rim, beyond = (
        difference(ground, difference(border, stroked(border, 2 * wide))) for wide in (ON_BORDER, ON_BORDER + SEAM_MM)
    )
    with canvas.saved():
        canvas.clip(rim)
        canvas.stroke(shape, 2 * RIM_B4_MM * PAPERS[page.paper].scale, _WHITE)
        canvas.fill(shape, _WHITE)
    with canvas.saved():
        canvas.clip(common(beyond, union(shape, stroked(shape, 2 * LINE_MM))))
        within = bounds([point for line in out.outlines for point in line]).inset(-LINE_MM)
        canvas.place(art.figure, box.x, box.y, box.width / art.width, within=within)
