"""Crop marks (トンボ): a page's boxes in, drawing calls on the sheet out, all of them outside the bleed.

Each corner has two lines a side, one at the cut and one at the bleed, as Japanese printers set them; the middle of each
side has a cross. The note at the foot tells title, page, size and binding; a wedge shows the spine.
"""

from collections.abc import Iterator

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import Path, poly
from drawing.lettering.fonts import Faces
from manga.book import PageGraph
from manga.geometry import Point, Rect
from manga.paper import Direction, Side

AROUND_MM = 12.0
"""What the sheet is larger than the bleed, on each side."""
LINE_MM = 0.1
AWAY_MM = 1.0
"""Marks keep this far from the bleed."""
CROSS_MM = 4.0
NOTE_MM = 2.2
WEDGE_MM = 3.0
MOST_LETTERS = 40


def marks(page: PageGraph, faces: Faces) -> Drawing:
    """On a sheet that shows `AROUND_MM` more than the page's bleed."""
    canvas = Canvas(page.bleed.width + 2 * AROUND_MM, page.bleed.height + 2 * AROUND_MM)
    trim, bleed = (box.moved(AROUND_MM - page.bleed.x, AROUND_MM - page.bleed.y) for box in (page.trim, page.bleed))
    for line in (*_corners(trim, bleed), *_crosses(bleed)):
        canvas.stroke(poly(line, close=False), LINE_MM, join="miter")
    _note(canvas, page, bleed, faces)
    return canvas.finish()


def _corners(trim: Rect, bleed: Rect) -> Iterator[tuple[Point, Point]]:
    near, far = AWAY_MM, AROUND_MM - 1.5
    for x in (bleed.x, trim.x, trim.right, bleed.right):
        yield (x, bleed.y - near), (x, bleed.y - far)
        yield (x, bleed.bottom + near), (x, bleed.bottom + far)
    for y in (bleed.y, trim.y, trim.bottom, bleed.bottom):
        yield (bleed.x - near, y), (bleed.x - far, y)
        yield (bleed.right + near, y), (bleed.right + far, y)


def _crosses(bleed: Rect) -> Iterator[tuple[Point, Point]]:
    cx, cy = bleed.centre
    half, away = CROSS_MM / 2, AROUND_MM / 2
    for x, y in ((cx, bleed.y - away), (cx, bleed.bottom + away), (bleed.x - away, cy), (bleed.right + away, cy)):
        yield (x - half, y), (x + half, y)
        yield (x, y - half), (x, y + half)


def _note(canvas: Canvas, page: PageGraph, bleed: Rect, faces: Faces) -> None:
    y = bleed.bottom + AROUND_MM / 2
    _write(canvas, noted(page), (bleed.x + 8, y), faces)
    spine = bleed.right + AWAY_MM if page.side is Side.LEFT else bleed.x - AWAY_MM
    out = 1 if page.side is Side.LEFT else -1
    top = bleed.y + bleed.height / 4
    wedge = ((spine, top), (spine + out * WEDGE_MM, top - 1.5), (spine + out * WEDGE_MM, top + 1.5))
    canvas.fill(poly(wedge))
    word = "ノド" if page.language == "ja" else "SPINE"
    width = _outline(word, faces)[1] * NOTE_MM
    left = bleed.right + AWAY_MM if out > 0 else bleed.x - AWAY_MM - width
    _write(canvas, word, (left, top + 2.5 + NOTE_MM), faces)


def noted(page: PageGraph) -> str:
    """The line at the foot of a sheet."""
    japanese, rtl = page.language == "ja", page.direction is Direction.RTL
    bound = ("右綴じ" if rtl else "左綴じ") if japanese else ("bound on the right" if rtl else "bound on the left")
    title = " ".join(page.title.split())
    shown = title if len(title) <= MOST_LETTERS else f"{title[: MOST_LETTERS - 1]}…"
    size = f"{page.paper.value} {page.trim.width:g}×{page.trim.height:g} mm"
    return f"{shown}  {page.number:03}  {size}  {bound}"


def _write(canvas: Canvas, text: str, at: Point, faces: Faces) -> None:
    outline, _ = _outline(text, faces)
    with canvas.moved(*at, NOTE_MM):
        canvas.fill(outline)


def _outline(text: str, faces: Faces) -> tuple[Path, float]:
    face = faces.setting("gothic", text)
    return face.outline(text, vertical=False), face.width(text)
