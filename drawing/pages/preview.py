"""Pictures of previews: pages as they stand, made small, and sheets drawn for judging. Pure; for the process pool.

In: values, encoded pictures, a width in pixels. Out: a PNG and its size. The same input gives the same bytes.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import Image

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import faces
from drawing.pages.compose import ART_JSON, compose
from drawing.pages.preview_text import Hand
from drawing.pages.render import Bitmap, pixels, png
from manga.book import PageGraph

SHEET_MM = 240.0
"""How wide a sheet is drawn that is no page: a cast, a plot, a concept."""

_FINE_PX = 1280
"""Small pages are drawn this wide and then made smaller: tones drawn at so small a width show seams."""
_SMALL_PX = 640
_GREYS = 16
"""How many shades a grey preview has: half the bytes, for no difference that is seen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview's picture."""

    png: bytes
    width: int
    height: int


def shown_page(page: PageGraph, pictures: Mapping[str, bytes], folders: tuple[str, ...], width_px: int) -> Shown:
    """The trimmed page with what it has: pictures, letters or neither."""
    composed = compose(page, pictures, faces(folders))
    dx, dy = -page.bleed.x, -page.bleed.y
    pdf = to_pdf(composed.drawing, composed.images, trim=page.trim.moved(dx, dy), bleed=page.bleed.moved(dx, dy))
    color = any(panel.media_type not in {"", ART_JSON} for panel in page.panels)
    drawn = pixels(pdf, width_px=_FINE_PX if width_px <= _SMALL_PX else width_px, color=color)
    return shown(_smaller(drawn, width_px))


def shown_file(pictures: Mapping[str, bytes], folders: tuple[str, ...], width_px: int) -> Shown:
    """A finished page (the one picture given) at another size, never larger. Raises OSError for what is no PNG."""
    (data,) = pictures.values()
    with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
        image = opened.convert("L" if opened.mode in {"1", "L", "LA"} else "RGB")
    return shown(_smaller(image, width_px))


def _smaller(image: Bitmap, width_px: int) -> Bitmap:
    if image.width <= width_px:
        return image
    return image.resize((width_px, round(image.height * width_px / image.width)), Image.Resampling.LANCZOS)


def sheet(height_mm: float, folders: tuple[str, ...], width_px: int, draw: Callable[[Hand], None]) -> Shown:
    """A sheet of its own height, `SHEET_MM` wide."""
    canvas = Canvas(SHEET_MM, height_mm)
    draw(Hand(canvas, faces(folders)))
    return shown_drawing(canvas.finish(), width_px)


def shown_drawing(drawing: Drawing, width_px: int) -> Shown:
    return shown(pixels(to_pdf(drawing), width_px=width_px))


def shown(image: Bitmap) -> Shown:
    if image.mode == "L":
        step = 255 / (_GREYS - 1)
        image = image.point([round(round(value / step) * step) for value in range(256)])
    return Shown(png(image), image.width, image.height)
