"""Makes a page a sheet of a PDF: for screens, for printers who take vectors, for printers who want 1-bit pictures.

In: a leaf. Out: a PDF of one page. Screens show the trim; a printer gets the bleed, and with vectors the marks at which
the paper is cut, and a note which side the spine is on.
"""

import io
from typing import TYPE_CHECKING

import pikepdf

from drawing.export.book_edition import Leaf
from drawing.export.crop_marks import AROUND_MM, marks
from drawing.ink.canvas import Drawing
from drawing.ink.pdf import PT_PER_MM, Content, add_page, saved, to_pdf
from drawing.ink.pdf_pictures import stencil
from drawing.lettering.fonts import faces
from drawing.pages.compose_page import compose
from drawing.pages.pdf_to_pixels import bitmap
from drawing.raster.toned_panel import Layer
from manga.book import PageGraph
from manga.geometry import Rect

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BLACK_BELOW = 128
_WHOLE = "ML0"
"""The page's one picture among its resources."""


def screen_sheet(leaf: Leaf) -> bytes:
    """Vectors; the page shows its trim. Drawn only where the book has none."""
    if leaf.pdf is not None:
        return leaf.pdf
    graph, composed = leaf.graph, compose(leaf.graph, leaf.pictures, faces(leaf.folders))
    trim, bleed = _on_surface(graph.trim, graph), _on_surface(graph.bleed, graph)
    return to_pdf(composed.drawing, composed.images, trim=trim, bleed=bleed)


def uncut_sheet(leaf: Leaf) -> bytes:
    """The same, shown to its bleed. Not packed: it is only turned into pixels."""
    with pikepdf.open(io.BytesIO(screen_sheet(leaf))) as pdf:
        pdf.pages[0].CropBox = pdf.pages[0].MediaBox
        return saved(pdf, kept=False)


def print_sheet(leaf: Leaf) -> bytes:
    """Vectors on paper that is larger than the bleed, with crop marks around it."""
    graph, around = leaf.graph, AROUND_MM * PT_PER_MM
    with pikepdf.open(io.BytesIO(screen_sheet(leaf))) as pdf:
        page = pdf.pages[0]
        width, height = (float(v) for v in page.MediaBox.as_list()[2:])
        moved = f"q 1 0 0 1 {around:.4f} {around:.4f} cm"
        page.contents_add(pdf.make_stream(moved.encode()), prepend=True)
        drawn = f"Q\n{_marked(marks(graph, faces(leaf.folders)))}"
        page.contents_add(pdf.make_stream(drawn.encode("ascii")))
        media = pikepdf.Array([0, 0, round(width + 2 * around, 3), round(height + 2 * around, 3)])
        page.MediaBox, page.CropBox = media, media
        for name in ("/BleedBox", "/TrimBox"):
            page.obj[name] = pikepdf.Array([round(float(v) + around, 3) for v in page.obj[name].as_list()])
        return saved(pdf)


def mono_sheet(leaf: Leaf) -> bytes:
    """Black or white at the resolution of `options["dpi"]`, to the bleed."""
    graph, grey = leaf.graph, bitmap(uncut_sheet(leaf), dpi=leaf.options["dpi"]).to_numpy()
    pdf = pikepdf.new()
    empty = Drawing(graph.bleed.width, graph.bleed.height, ())
    add_page(pdf, empty, {}, trim=_on_surface(graph.trim, graph), bleed=_on_surface(graph.bleed, graph))
    page = pdf.pages[0]
    page.obj.Resources.XObject = pikepdf.Dictionary({f"/{_WHOLE}": stencil(pdf, printed(grey))})
    width, height = (float(v) for v in page.MediaBox.as_list()[2:])
    page.contents_add(pdf.make_stream(f"q 0 g {width} 0 0 {height} 0 0 cm /{_WHOLE} Do Q".encode()))
    page.CropBox = page.MediaBox
    return saved(pdf)


def printed(grey: "npt.NDArray[np.uint8]") -> Layer:
    """Where a picture in greys is black."""
    import numpy as np  # here: whoever only lists formats does without

    height, width = grey.shape
    return Layer(1.0, np.packbits(grey < BLACK_BELOW, axis=1).tobytes(), width, height)


def _on_surface(box: Rect, graph: PageGraph) -> Rect:
    return box.moved(-graph.bleed.x, -graph.bleed.y)


def _marked(drawing: Drawing) -> str:
    """Drawing calls without tones and pictures as a page's content."""
    content = Content()
    for call in drawing.calls:
        content.add(call)
    k = PT_PER_MM
    return f"q {k:.5f} 0 0 {-k:.5f} 0 {drawing.height * k:.5f} cm\n{content.text()}\nQ"
