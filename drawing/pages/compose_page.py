"""Composes a page: its scene graph and pictures in, drawing calls out; the one way to any export.

The surface is the bleed box; every mark is clipped to it by the page itself. Panel borders are thicker than balloon
borders; a balloon that stays in its panel lies under the border, one that leans out lies over it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot, sqrt

from drawing.ink.canvas import ART_JSON, Canvas, Drawing
from drawing.ink.paths import Path, difference, flattened, from_data, poly, rect, stroked
from drawing.ink.pdf_pictures import is_grey
from drawing.lettering.balloons import FORMS, row_boxes
from drawing.lettering.fonts import Faces
from drawing.lettering.glyph_outlines import run_outline
from drawing.pages.breakouts import draw_breakouts
from manga.book import PageGraph, PanelNode
from manga.geometry import Rect, area, bounds, inside
from manga.lettering import Balloon, BalloonKind, Sfx, TextRun
from manga.paper import PAPERS

BORDER_B4_MM = 0.85
BALLOON_B4_MM = 0.5
ROW_GUTTER_B4_MM = 9.0
"""Gutters of what is remembered are black, so that it cannot be taken for what happens now."""
HALO_MM = 0.5
FOLIO_B4_MM = 2.9
DISPLAY_EDGE_EM = 0.2
DISPLAY_LINE_EM = 0.045
_WHITE = 255.0


@dataclass(frozen=True, slots=True)
class Composed:
    """A page's drawing calls and the encoded images that they name."""

    drawing: Drawing
    images: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def color(self) -> bool:
        """Whether an image may have colour; drawing calls never do."""
        return not all(map(is_grey, self.images.values()))


def compose(page: PageGraph, pictures: Mapping[str, bytes], faces: Faces) -> Composed:
    """`pictures` by object name; a panel whose picture is missing stays white."""
    canvas = Canvas(page.bleed.width, page.bleed.height)
    images = {p.picture: pictures[p.picture] for p in page.panels if p.media_type != ART_JSON and p.picture in pictures}
    scale = PAPERS[page.paper].scale
    with canvas.saved(), canvas.moved(-page.bleed.x, -page.bleed.y):
        canvas.clip(_rect(page.bleed))
        for panel in page.panels:
            if panel.flashback:
                canvas.stroke(poly(panel.polygon), ROW_GUTTER_B4_MM * scale, join="miter")
        for panel in page.panels:
            _draw_panel(canvas, page, panel, pictures, faces, scale)
        draw_breakouts(canvas, page, pictures)
        for sfx in page.sfx:
            if sfx.layer == "before":
                _draw_sfx(canvas, sfx)
        _draw_over_borders(canvas, page, faces, scale)
        _draw_page_type(canvas, page, faces, scale)
    return Composed(canvas.finish(), images)


def _rect(box: Rect) -> Path:
    return rect(box.x, box.y, box.width, box.height)


def _draw_panel(
    canvas: Canvas, page: PageGraph, panel: PanelNode, pictures: Mapping[str, bytes], faces: Faces, scale: float
) -> None:
    border = poly(panel.polygon)
    with canvas.saved():
        canvas.clip(border)
        _draw_picture(canvas, panel, pictures, [s for s in page.sfx if s.panel == panel.key and s.layer == "behind"])
        for balloon in page.balloons:
            if balloon.panel == panel.key and not balloon.joins and stays_inside(balloon, page):
                _draw_balloons(canvas, group_of(balloon, page), faces, scale)
    if not panel.borderless:
        canvas.stroke(border, BORDER_B4_MM * scale, join="miter")


def _draw_picture(canvas: Canvas, panel: PanelNode, pictures: Mapping[str, bytes], behind: Sequence[Sfx] = ()) -> None:
    """`behind` are sounds that people stand in front of, where the picture tells people from the rest."""
    data = pictures.get(panel.picture)
    box = panel.picture_box
    seen = data is not None and box.width > 0
    if seen and data is not None and panel.media_type == ART_JSON:
        art = Drawing.of(json.loads(data))
        layers = art.parted() if behind and art.backdrop else (art,)
        for i, layer in enumerate(layers):
            canvas.place(layer, box.x, box.y, box.width / art.width, within=bounds(panel.polygon))
            if i == 0:
                _draw_sounds(canvas, behind)
        return
    if seen:
        canvas.image(panel.picture, box.x, box.y, box.width, box.height)
    _draw_sounds(canvas, behind)


def _draw_sounds(canvas: Canvas, sounds: Sequence[Sfx]) -> None:
    for sfx in sounds:
        _draw_sfx(canvas, sfx)


def group_of(balloon: Balloon, page: PageGraph) -> tuple[Balloon, ...]:
    """All balloons that are one shape with this one, in reading order."""
    keys = {balloon.key}
    for other in (*reversed(page.balloons), *page.balloons):
        if other.joins and (other.key in keys or other.joins in keys):
            keys |= {other.key, other.joins}
    return tuple(other for other in page.balloons if other.key in keys)


def stays_inside(balloon: Balloon, page: PageGraph) -> bool:
    """Whether a balloon, and what is one shape with it, lies under its panel's border."""
    panel = next((p for p in page.panels if p.key == balloon.panel), None)
    return page.kind != "title" and panel is not None and all(_lies_in(one, panel) for one in group_of(balloon, page))


def _lies_in(balloon: Balloon, panel: PanelNode) -> bool:
    slack = 0.05
    cx, cy = balloon.text.box.centre
    points = ((x + (cx - x) * slack / 10, y + (cy - y) * slack / 10) for x, y in balloon.polygon)
    return all(inside(point, panel.polygon) for point in points)


def _draw_over_borders(canvas: Canvas, page: PageGraph, faces: Faces, scale: float) -> None:
    """Balloons that lean out of their panels; on a title page its words."""
    if page.kind == "title":
        for words in page.balloons:
            _draw_display(canvas, words, faces)
        return
    leaning = [balloon for balloon in page.balloons if not balloon.joins and not stays_inside(balloon, page)]
    for balloon in leaning:
        group = group_of(balloon, page)
        _draw_balloons(canvas, group, faces, scale, _off_borders(page, group, scale))


def _off_borders(page: PageGraph, group: Sequence[Balloon], scale: float) -> Path:
    """The page without the borders of the panels that balloons belong to."""
    own = {balloon.panel for balloon in group}
    borders = (stroked(poly(panel.polygon), BORDER_B4_MM * scale) for panel in page.panels if panel.key in own)
    return difference(_rect(page.bleed), *borders)


def _draw_balloons(canvas: Canvas, group: Sequence[Balloon], faces: Faces, scale: float, ground: Path = ()) -> None:
    """A balloon, or several as one: first all borders, then all insides, so that no line parts them."""
    if len(group) == 1:
        _draw_balloon(canvas, group[0], faces, scale, ground)
        return
    outlines = [from_data(balloon.outline) for balloon in group]
    width = BALLOON_B4_MM * scale
    _draw_halo(canvas, outlines, 2 * width + 2 * HALO_MM * scale, ground)
    for outline in outlines:
        canvas.stroke(outline, 2 * width)
    for outline in outlines:
        canvas.fill(outline, _WHITE)
    for balloon in group:
        canvas.fill(run_outline(balloon.text, faces))


def _draw_halo(canvas: Canvas, outlines: Sequence[Path], width: float, ground: Path) -> None:
    """White around balloons, on `ground` alone where one is given: a halo that cuts a panel's border leaves the panel
    open, to the eye and to readers that look for panels."""
    with canvas.saved():
        if ground:
            canvas.clip(ground)
        for outline in outlines:
            canvas.stroke(outline, width, _WHITE)


def _draw_balloon(canvas: Canvas, balloon: Balloon, faces: Faces, scale: float, ground: Path) -> None:
    letters = run_outline(balloon.text, faces)
    if balloon.kind is BalloonKind.MONOLOGUE or not balloon.outline:
        _clear_ground(canvas, balloon.text)
        canvas.fill(letters)
        return
    outline = from_data(balloon.outline)
    width = BALLOON_B4_MM * scale
    sharp = balloon.kind in {BalloonKind.CAPTION, BalloonKind.SHOUT, BalloonKind.TELEPHONE}
    _draw_halo(canvas, (outline,), width + 2 * HALO_MM * scale, ground)
    canvas.fill(outline, _WHITE)
    border = _dashed(outline, 1.9 * scale, 1.1 * scale) if balloon.kind is BalloonKind.WHISPER else outline
    canvas.stroke(border, width, join="miter" if sharp else "round")
    canvas.fill(letters)


def _clear_ground(canvas: Canvas, text: TextRun) -> None:
    """The picture is cut out around words that have no balloon, line by line, as tone is scraped off."""
    wide = 2 * FORMS[BalloonKind.MONOLOGUE].air_em[0] * text.size_q * 0.25
    for row in row_boxes(text):
        ground = _rect(row)
        canvas.stroke(ground, wide, _WHITE)
        canvas.fill(ground, _WHITE)


def _draw_display(canvas: Canvas, text: Balloon, faces: Faces) -> None:
    """Letters of a title page: black, in a white edge, in a thin black one, so that they stand on any picture."""
    letters = run_outline(text.text, faces)
    em = text.text.size_q * 0.25
    canvas.stroke(letters, DISPLAY_EDGE_EM * em, 0)
    canvas.stroke(letters, (DISPLAY_EDGE_EM - DISPLAY_LINE_EM) * em, _WHITE)
    canvas.fill(letters)


def _dashed(outline: Path, dash: float, gap: float) -> Path:
    """The outline in dashes."""
    ops: list[tuple[str | float, ...]] = []
    for line in flattened(outline, 8):
        along = 0.0
        drawing = False
        for (x0, y0), (x1, y1) in pairwise(line):
            length = hypot(x1 - x0, y1 - y0)
            pieces = max(1, int(length / 0.3))
            for i in range(pieces):
                on = (along + length * i / pieces) % (dash + gap) < dash
                t = (i + 1) / pieces
                if on and not drawing:
                    s = i / pieces
                    ops.append(("M", x0 + (x1 - x0) * s, y0 + (y1 - y0) * s))
                if on:
                    ops.append(("L", x0 + (x1 - x0) * t, y0 + (y1 - y0) * t))
                drawing = on
            along += length
    return tuple(ops)


def _draw_sfx(canvas: Canvas, sfx: Sfx) -> None:
    """Black letters with a white edge, or white ones with a black edge and a white one around it."""
    outline = from_data(sfx.outline)
    letter = sqrt(area(sfx.polygon) / max(1, len(sfx.text)))
    if sfx.style == "white":
        canvas.stroke(outline, letter * 0.26, _WHITE)
        canvas.stroke(outline, letter * 0.15, 0)
        canvas.fill(outline, _WHITE)
    else:
        canvas.stroke(outline, letter * 0.15, _WHITE)
        canvas.fill(outline, 0)


def _draw_page_type(canvas: Canvas, page: PageGraph, faces: Faces, scale: float) -> None:
    """What is set outside all panels: titles of strips, and the folio."""
    for title in page.titles:
        canvas.fill(run_outline(title.text, faces))
    if page.folio is not None and page.kind == "body":
        _draw_folio(canvas, page, faces, scale)


def _draw_folio(canvas: Canvas, page: PageGraph, faces: Faces, scale: float) -> None:
    """The page's number, small, at the outer foot."""
    text = str(page.folio)
    face = faces.setting("gothic", text)
    size = FOLIO_B4_MM * scale
    width = face.width(text) * size
    margin = 8 * scale
    left = page.trim.x + margin if page.side.value == "left" else page.trim.right - margin - width
    outline = face.outline(text, vertical=False)
    with canvas.moved(left, page.trim.bottom - margin, size):
        canvas.stroke(outline, 0.35, _WHITE)
        canvas.fill(outline)
