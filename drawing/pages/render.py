"""PDF bytes in, pixels out (pypdfium2). pdfium is not thread-safe: call these in the process pool or one at a time."""

import io
from typing import TypeAlias

import pypdfium2
from PIL import Image

from drawing.ink.canvas import Drawing
from drawing.ink.pdf import to_pdf

Bitmap: TypeAlias = Image.Image


def pixels(pdf: bytes, *, width_px: int | None = None, dpi: float = 150, page: int = 0, color: bool = False) -> Bitmap:
    """One page as pixels, `width_px` wide when it is given."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        # a hair less than asked, because pdfium rounds the size up
        scale = (width_px - 1e-3) / sheet.get_width() if width_px else dpi / 72
        # the picture holds on to the memory that the bitmap was drawn in
        image: Bitmap = sheet.render(scale=scale, grayscale=not color).to_pil()
        return image
    finally:
        document.close()


def png(image: Bitmap, *, kept: bool = True) -> bytes:
    """The picture encoded; quickly and larger, where it is only passed on."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4 if kept else 1)
    return out.getvalue()


def webp(data: bytes) -> bytes:
    """An encoded picture as a WebP without loss."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.save(out, "WEBP", lossless=True, quality=20, method=1)
    return out.getvalue()


def preview_png(drawing: Drawing, width_px: int, images: dict[str, bytes] | None = None) -> bytes:
    """A drawing as a PNG of a given width."""
    return png(pixels(to_pdf(drawing, images, kept=False), width_px=width_px))


def ink_ratio(image: Bitmap) -> float:
    """Share of black, 0..1: the mean darkness of all pixels."""
    histogram = image.convert("L").histogram()
    total = sum(histogram)
    return sum((255 - value) * count for value, count in enumerate(histogram)) / (255 * total) if total else 0.0
