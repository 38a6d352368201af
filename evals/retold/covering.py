"""A page's picture without its words: type, drawn sounds, titles of strips and page numbers under grey patches."""

from collections.abc import Iterator
from math import sqrt
from typing import Final

from PIL import Image, ImageDraw

from drawing.lettering.balloons import FORMS, row_boxes
from drawing.pages.breakouts import FOLIO_B4_MM
from manga.book import PageGraph
from manga.geometry import Point, Polygon, Rect, area, bounds
from manga.lettering import BalloonKind, Sfx, TextRun
from manga.paper import PAPERS

GREY: Final = 215
AIR_MM: Final = 0.8
"""Around type. White that is cut out of a picture around words is covered too, for it shows how long lines are."""
_CUT_EM: Final = FORMS[BalloonKind.MONOLOGUE].air_em[0] + 0.05
MM_A_Q: Final = 0.25
EDGE: Final = 0.16
"""Of a drawn letter: how far its edge reaches beyond the shape, and a little."""


def covered(graph: PageGraph, picture: Image.Image) -> Image.Image:
    """A new grey picture without any metadata. `picture` shows the page's trim."""
    page = Image.new("L", picture.size, 255)
    page.paste(picture.convert("L"))
    pen = ImageDraw.Draw(page)
    scale = page.width / graph.trim.width

    def pixels(points: Polygon) -> list[Point]:
        return [((x - graph.trim.x) * scale, (y - graph.trim.y) * scale) for x, y in points]

    for box in _type(graph):
        pen.polygon(pixels(box.polygon()), fill=GREY)
    for sfx in graph.sfx:
        ring = pixels(sfx.polygon)
        pen.polygon(ring, fill=GREY)
        pen.line([*ring, ring[0], ring[1]], fill=GREY, width=round(2 * _edge(sfx) * scale) + 1, joint="curve")
    return page


def _edge(sfx: Sfx) -> float:
    return EDGE * sqrt(area(sfx.polygon) / max(1, len(sfx.text))) + AIR_MM


def _type(graph: PageGraph) -> Iterator[Rect]:
    """Where set type stands, with some air. Both feet of the page: a number's side tells odd pages from even ones."""
    for run in (*(balloon.text for balloon in graph.balloons), *(title.text for title in graph.titles)):
        yield _ground(run).inset(-max(AIR_MM, _CUT_EM * run.size_q * MM_A_Q))
    width, height = (mm * PAPERS[graph.paper].scale for mm in FOLIO_B4_MM)
    for x in (graph.trim.x, graph.trim.right - width):
        yield Rect(x=x, y=graph.trim.bottom - height, width=width, height=height)


def _ground(run: TextRun) -> Rect:
    """All that a text covers, its readings too."""
    boxes = [run.box, *row_boxes(run), *(glyph.box for glyph in (*run.glyphs, *run.ruby))]
    return bounds([point for box in boxes for point in box.polygon()])
