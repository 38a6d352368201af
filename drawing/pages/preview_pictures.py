"""Pictures of previews: pages as they stand, made small, and sheets drawn for judging. Pure; for the process pool.

In: values, encoded pictures, a width in pixels. Out: a PNG and its size. The same input gives the same bytes.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import faces
from drawing.pages.compose_page import compose
from drawing.pages.pdf_to_pixels import Bitmap, pixels, png
from drawing.pages.preview_text import TextWriter
from manga.book import PageGraph
from manga.geometry import Rect

SHEET_MM = 240.0
"""How wide a sheet is drawn that is no page: a cast, a plot, a concept."""

_FINE_PX = 1280
"""Small pages are drawn this wide and then made smaller: tones drawn at so small a width show seams."""
_SMALL_PX = 640
_GREYS = 16
"""How many shades a grey preview has: half the bytes, for no difference that is seen."""


@dataclass(frozen=True, slots=True)
class PreviewPicture:
    """A preview's picture."""

    png: bytes
    width: int
    height: int


def shown_page(
    page: PageGraph, pictures: Mapping[str, bytes], folders: tuple[str, ...], width_px: int
) -> PreviewPicture:
    """The trimmed page with what it has: pictures, letters or neither."""
    composed = compose(page, pictures, faces(folders))
    dx, dy = -page.bleed.x, -page.bleed.y
    trim, bleed = page.trim.moved(dx, dy), page.bleed.moved(dx, dy)
    pdf = to_pdf(composed.drawing, composed.images, trim=trim, bleed=bleed, kept=False)
    drawn = pixels(pdf, width_px=_FINE_PX if width_px <= _SMALL_PX else width_px, color=composed.color)
    return shown(_smaller(drawn, width_px))


def shown_file(pictures: Mapping[str, bytes], folders: tuple[str, ...], width_px: int) -> PreviewPicture:
    """A finished page (the one picture given) at another size, never larger. Raises OSError for what is no PNG."""
    (data,) = pictures.values()
    with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
        image = opened.convert("L" if opened.mode in {"1", "L", "LA"} else "RGB")
    return shown(_smaller(image, width_px))


def _smaller(image: Bitmap, width_px: int) -> Bitmap:
    if image.width <= width_px:
        return image
    return image.resize((width_px, round(image.height * width_px / image.width)), Image.Resampling.LANCZOS)


def sheet(
    height_mm: float,
    folders: tuple[str, ...],
    width_px: int,
    draw: Callable[[TextWriter], None],
    pictures: Sequence[tuple[Rect, Bitmap]] = (),
) -> PreviewPicture:
    """A sheet of its own height, `SHEET_MM` wide. Pictures (grey or RGB) lie on it, whole, in the middle of their
    boxes."""
    canvas = Canvas(SHEET_MM, height_mm)
    draw(TextWriter(canvas, faces(folders)))
    drawn = pixels(to_pdf(canvas.finish(), kept=False), width_px=width_px)
    if any(picture.mode != drawn.mode for _, picture in pictures):
        drawn = drawn.convert("RGB")
    for box, picture in pictures:
        _lay(drawn, picture, box, width_px / SHEET_MM)
    return shown(drawn)


def _lay(drawn: Bitmap, picture: Bitmap, box: Rect, px_a_mm: float) -> None:
    small = ImageOps.contain(
        picture, (max(1, int(box.width * px_a_mm)), max(1, int(box.height * px_a_mm))), Image.Resampling.LANCZOS
    )
    x, y = (round(middle * px_a_mm - side / 2) for middle, side in zip(box.centre, small.size, strict=True))
    drawn.paste(small, (x, y))


def shown_drawing(drawing: Drawing, width_px: int) -> PreviewPicture:
    return shown(pixels(to_pdf(drawing, kept=False), width_px=width_px))


def shown(image: Bitmap) -> PreviewPicture:
    if image.mode == "L":
        step = 255 / (_GREYS - 1)
        image = image.point([round(round(value / step) * step) for value in range(256)])
    return PreviewPicture(png(image), image.width, image.height)
