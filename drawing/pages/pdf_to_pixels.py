"""Renders PDF bytes to pixels (pypdfium2). pdfium is not thread-safe: in the process pool or one at a time."""

import io
import struct
from typing import TypeAlias
from zlib import crc32

import pypdfium2
from isal import isal_zlib
from PIL import Image

from drawing.ink.canvas import Drawing
from drawing.ink.pdf import to_pdf

Bitmap: TypeAlias = Image.Image

_SQUARE, _LARGE = 8, 1000
"""Pixels."""
_PACKED = 2
"""ISA-L's level; it has three."""


def pixels(pdf: bytes, *, width_px: int | None = None, dpi: float = 150, page: int = 0, color: bool = False) -> Bitmap:
    """One page as pixels, `width_px` wide when it is given."""
    # the picture holds on to the memory that the bitmap was drawn in
    image: Bitmap = bitmap(pdf, width_px=width_px, dpi=dpi, page=page, color=color).to_pil()
    return image


def bitmap(
    pdf: bytes,
    *,
    width_px: int | None = None,
    dpi: float = 150,
    page: int = 0,
    color: bool = False,
    ground: int = 255,
    around: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> pypdfium2.PdfBitmap:
    """One page as pdfium draws it, on a `ground` of one grey: colours in the order blue, green, red. Left out are so
    many pixels `around` the left, the bottom, the right and the top."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        # a hair less than asked, because pdfium rounds the size up
        scale = (width_px - 1e-3) / sheet.get_width() if width_px else dpi / 72
        crop = tuple((pixels - 0.5) / scale if pixels else 0 for pixels in around)  # pdfium's reader rounds it up
        return sheet.render(scale=scale, crop=crop, grayscale=not color, fill_color=(ground, ground, ground, 255))
    finally:
        document.close()


def png(image: Bitmap, *, kept: bool = True) -> bytes:
    """The picture encoded; a coloured one quickly and larger, where it is only passed on."""
    if image.mode == "L":
        return _grey_png(image)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4 if kept else 1)
    return out.getvalue()


def _grey_png(image: Bitmap) -> bytes:
    """Each row behind the number of its filter, which is 0: on line and tone none of the five gains anything. Packed by
    ISA-L, which takes a sixth of Pillow's time for one byte in twenty."""
    width, height = image.size
    rows = Image.new("L", (width + 1, height), 0)
    rows.paste(image, (1, 0))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = isal_zlib.compress(rows.tobytes(), _PACKED)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


def webp(data: bytes) -> bytes:
    """An encoded picture as a WebP without loss."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.save(out, "WEBP", lossless=True, quality=10, method=1)
    return out.getvalue()


def preview_png(drawing: Drawing, width_px: int, images: dict[str, bytes] | None = None) -> bytes:
    """A drawing as a PNG of a given width."""
    return png(pixels(to_pdf(drawing, images, kept=False), width_px=width_px))


def ink_ratio(image: Bitmap) -> float:
    """Share of black, 0..1: the mean darkness of all pixels, of those of a large picture in squares, which is six times
    as fast."""
    grey = image if image.mode == "L" else image.convert("L")
    histogram = (grey.reduce(_SQUARE) if min(grey.size) > _LARGE else grey).histogram()
    total = sum(histogram)
    return sum((255 - value) * count for value, count in enumerate(histogram)) / (255 * total) if total else 0.0
