"""Pieces of a strip in, slices of one height at most out: a zip of pictures that are read one below the other.

A cut falls into a gap where there is one in the lower half of the slice; where a picture is higher than a slice,
through the picture, and the reader sees no seam.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageChops

from drawing.export.archive import zipped
from drawing.export.edition import Leaf
from drawing.export.strip import strip_page
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import faces
from drawing.pages.compose import compose
from drawing.pages.files import page_files
from drawing.pages.render import Bitmap, pixels, png

LOWER_HALF = 0.5


def strip_piece(leaf: Leaf) -> bytes:
    """A page's piece as a PNG; title page and colophon keep their form."""
    width = leaf.options["width"]
    if leaf.graph.spread == "second":  # the first half shows the whole panel
        return b""
    if leaf.graph.kind != "body":
        return page_files(leaf.graph, leaf.pictures, leaf.folders, width).png
    composed = compose(strip_page(leaf.graph, leaf.before), leaf.pictures, faces(leaf.folders))
    drawn = to_pdf(composed.drawing, composed.images, kept=False)
    return png(pixels(drawn, width_px=width, color=composed.color), kept=False)


def webtoon(pieces: Sequence[bytes], slice_px: int) -> bytes:
    """`pieces` are PNGs of one width, in order; empty ones are no pages of a strip."""
    strip = joined([piece for piece in pieces if piece])
    edges = cuts(strip, slice_px)
    slices = (strip.crop((0, top, strip.width, bottom)) for top, bottom in pairwise(edges))
    return zipped((f"{number:03}.png", png(image)) for number, image in enumerate(slices, start=1))


def joined(pieces: Sequence[bytes]) -> Bitmap:
    images = [Image.open(io.BytesIO(data)) for data in pieces]
    mode = "L" if all(image.mode in {"1", "L"} for image in images) else "RGB"
    strip = Image.new(mode, (images[0].width, sum(image.height for image in images)), "white")
    y = 0
    for image in images:
        strip.paste(image.convert(mode), (0, y))
        y += image.height
    return strip


def cuts(strip: Bitmap, most: int) -> list[int]:
    """Rows at which the strip is cut, its two ends among them; no slice is higher than `most`."""
    edges = [0]
    blank = _blank_rows(strip)
    while strip.height - edges[-1] > most:
        top = edges[-1]
        lowest = range(top + most, top + int(most * LOWER_HALF), -1)
        edges.append(next(_middles(lowest, blank), top + most))
    return [*edges, strip.height]


def _middles(rows: range, blank: Sequence[bool]) -> Iterator[int]:
    """Rows with nothing above and below them, the lowest first."""
    return (row for row in rows if blank[row] and blank[row - 1])


def _blank_rows(strip: Bitmap) -> list[bool]:
    dark = ImageChops.invert(strip.convert("L"))
    _, rows = dark.getprojection()
    return [not row for row in rows]
