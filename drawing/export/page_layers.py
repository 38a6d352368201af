"""Splits a page into named layers for people who go on by hand: paper, art, tones, balloons, frames, sounds, text.

Each layer is drawn from the page's scene graph by the page's own drawing code, from a graph that holds nothing else;
only tones are told from art by drawing a picture twice, because white lies over tones and tones over white.
"""

import io
from collections.abc import Iterator, Sequence
from math import ceil, floor

import cv2
from PIL import Image

from drawing.export.book_edition import Leaf
from drawing.export.psd_file import PsdLayer, psd, within
from drawing.ink.canvas import MITER, Call, Canvas, Drawing, laid_flat
from drawing.ink.paths import reach
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import Faces, faces
from drawing.lettering.glyph_outlines import run_outline
from drawing.pages.breakouts import draw_breakouts
from drawing.pages.compose_page import Composed, compose, stays_inside
from drawing.pages.pdf_to_pixels import bitmap
from drawing.raster.grow_and_shrink import Grey, grey_of
from drawing.raster.toned_panel import INK, PAPER, is_toned, numbers_of, toned_png
from manga.book import PageGraph
from manga.geometry import mm_to_px
from manga.lettering import Balloon, BalloonKind, Sfx

NAMES = (
    "paper", "art", "tones", "balloons", "frames", "figures over frames", "sounds", "balloons over frames", "text",
)  # fmt: skip
_TONES = frozenset({"t", "g"})
_GREY_AT = {"f": 2, "s": 3}
"""Where the grey of a mark stands in its call."""


def psd_page(leaf: Leaf) -> bytes:
    """A page to its bleed, at the resolution of `options["dpi"]`."""
    cv2.setNumThreads(1)  # a process of the pool has one core
    dpi, found = leaf.options["dpi"], faces(leaf.folders)
    art = compose(_pictures(leaf.graph), leaf.pictures, found)
    drawn, inked = (_bands(one, dpi, color=art.color) for one in (art, _without_tones(art)))
    size = (drawn[0].shape[1], drawn[0].shape[0])
    under = [PsdLayer("paper", (255,), 255), PsdLayer("art", inked, 255), _difference("tones", inked, drawn)]
    over = [_seen(name, drawing, dpi, size) for name, drawing in _over(leaf, found)]
    for layer in over:
        _lay(layer, drawn)
    return psd([*under, *over], drawn, dpi)


def _bands(composed: Composed, dpi: int, *, color: bool) -> tuple[Grey, ...]:
    """A drawing's grey, or its red, green and blue."""
    pdf = to_pdf(composed.drawing, composed.images, kept=False)
    found = bitmap(pdf, dpi=dpi, color=color).to_numpy()
    return tuple(map(grey_of, reversed(cv2.split(found)))) if color else (found,)


def _over(leaf: Leaf, found: Faces) -> Iterator[tuple[str, Drawing]]:
    """All that lies over the pictures, from the bottom up."""
    graph = leaf.graph
    inside = tuple(b for b in graph.balloons if stays_inside(b, graph))
    over = tuple(b for b in graph.balloons if b not in inside)
    for name, shown in (
        ("balloons", _emptied(graph, inside)),
        ("frames", _cleared(graph, borders=True)),
        ("figures over frames", None),
        ("sounds", _cleared(graph).model_copy(update={"sfx": _in_front(graph)})),
        ("balloons over frames", _emptied(graph, over)),
    ):
        yield name, compose(shown, {}, found).drawing if shown else _figures(leaf)
    yield "text", _text(graph, found)


def _figures(leaf: Leaf) -> Drawing:
    """Those that stand before their panels' borders."""
    graph = leaf.graph
    canvas = Canvas(graph.bleed.width, graph.bleed.height)
    with canvas.saved(), canvas.moved(-graph.bleed.x, -graph.bleed.y):
        draw_breakouts(canvas, graph, leaf.pictures)
    return canvas.finish()


def _in_front(graph: PageGraph) -> tuple[Sfx, ...]:
    return tuple(sfx for sfx in graph.sfx if sfx.layer == "before")


def _pictures(graph: PageGraph) -> PageGraph:
    panels = tuple(panel.model_copy(update={"borderless": True, "breakout": None}) for panel in graph.panels)
    behind = tuple(sfx for sfx in graph.sfx if sfx.layer == "behind")
    return graph.model_copy(update={"panels": panels, "balloons": (), "sfx": behind, "folio": None, "titles": ()})


def _without_tones(art: Composed) -> Composed:
    """The same without its tones, and without those of its pictures."""
    return Composed(art.drawing.without(_TONES), {name: _solid(data) for name, data in art.images.items()})


def _solid(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        if not is_toned(image):
            return data
        numbers = numbers_of(image)
    return toned_png(numbers.point([INK if number == INK else PAPER for number in range(256)]))


def _cleared(graph: PageGraph, *, borders: bool = False) -> PageGraph:
    """Panels alone, without pictures; they still hold what lies in them."""
    panels = tuple(
        p.model_copy(update={"picture": "", "breakout": None, "borderless": p.borderless or not borders})
        for p in graph.panels
    )
    return graph.model_copy(update={"panels": panels, "balloons": (), "sfx": (), "folio": None, "titles": ()})


def _emptied(graph: PageGraph, balloons: Sequence[Balloon]) -> PageGraph:
    """Balloons without their words."""
    own = (b for b in balloons if not _is_bare(b)) if graph.kind != "title" else ()
    no_words = {"glyphs": (), "ruby": ()}
    emptied = tuple(b.model_copy(update={"text": b.text.model_copy(update=no_words)}) for b in own)
    return _cleared(graph).model_copy(update={"balloons": emptied})


def _is_bare(balloon: Balloon) -> bool:
    """Words that stand on the picture, in a white edge of their own."""
    return balloon.kind is BalloonKind.MONOLOGUE or not balloon.outline


def _text(graph: PageGraph, found: Faces) -> Drawing:
    own = graph.balloons if graph.kind == "title" else tuple(b for b in graph.balloons if _is_bare(b))
    edged = compose(_cleared(graph).model_copy(update={"balloons": own, "folio": graph.folio}), {}, found).drawing
    canvas = Canvas(edged.width, edged.height)
    canvas.draw(edged)
    with canvas.moved(-graph.bleed.x, -graph.bleed.y):
        for balloon in graph.balloons:
            if balloon not in own:
                canvas.fill(run_outline(balloon.text, found))
        for title in graph.titles:
            canvas.fill(run_outline(title.text, found))
    return canvas.finish()


def _difference(name: str, before: Sequence[Grey], after: Sequence[Grey]) -> PsdLayer:
    """What turns one picture into the other when laid over it: black where it gets darker, white where lighter."""
    old, new = (bands[0] if len(bands) == 1 else _grey(bands) for bands in (before, after))
    return PsdLayer(name, (grey_of(cv2.compare(new, old, cv2.CMP_GT)),), grey_of(cv2.absdiff(old, new)))


def _grey(bands: Sequence[Grey]) -> Grey:
    return grey_of(cv2.cvtColor(cv2.merge(bands), cv2.COLOR_RGB2GRAY))


def _seen(name: str, drawing: Drawing, dpi: int, size: tuple[int, int]) -> PsdLayer:
    """A drawing on nothing: on white and on black its own marks are alike, and elsewhere nothing is. `size` is the
    page's, in pixels; no more of it is drawn than has marks."""
    flat = laid_flat(drawing)
    marks = [call for call in flat.calls if call[0] in _GREY_AT]
    if not marks:
        return PsdLayer(name, (0,), 0)
    left, top, right, bottom = around = _around(marks, dpi, size)
    edges = (left, size[1] - bottom, size[0] - right, top)
    pdf = to_pdf(flat, kept=False)
    white = bitmap(pdf, dpi=dpi, around=edges).to_numpy()
    if all(float(call[_GREY_AT[str(call[0])]]) == 0 for call in marks):
        return PsdLayer(name, (0,), grey_of(cv2.bitwise_not(white)), around[:2])
    black = bitmap(pdf, dpi=dpi, around=edges, ground=0).to_numpy()
    alpha = grey_of(cv2.bitwise_not(cv2.subtract(white, black)))
    return PsdLayer(name, (grey_of(cv2.divide(black, alpha, scale=255)),), alpha, around[:2])


def _around(marks: Sequence[Call], dpi: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels that marks can reach: the first column and row, and those after the last."""
    extents = [(reach(str(call[1]))[1], MITER * float(call[2]) if call[0] == "s" else 0.0) for call in marks]
    low = [floor(mm_to_px(min(box[i] - wide for box, wide in extents), dpi)) - 1 for i in (0, 1)]
    high = [ceil(mm_to_px(max(box[i] + wide for box, wide in extents), dpi)) + 1 for i in (2, 3)]
    left, top = (min(max(0, at), most - 1) for at, most in zip(low, size, strict=True))
    right, bottom = (min(max(at + 1, end), most) for at, end, most in zip((left, top), high, size, strict=True))
    return left, top, right, bottom


def _lay(layer: PsdLayer, picture: Sequence[Grey]) -> None:
    """Over the picture, in its place."""
    if isinstance(layer.alpha, int):
        return
    height, width = picture[0].shape
    box = layer.box((0, 0, width, height))
    alpha = within(layer.alpha, box, layer.at)
    for colour, band in zip(layer.bands(len(picture)), picture, strict=True):
        part = within(band, box)
        under = cv2.multiply(part, cv2.bitwise_not(alpha), scale=1 / 255)
        if isinstance(colour, int):
            part[:] = under
        else:
            part[:] = cv2.add(under, cv2.multiply(within(colour, box, layer.at), alpha, scale=1 / 255))
