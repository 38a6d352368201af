"""A page as named layers for people who go on by hand: paper, art, tones, balloons, frames, sounds, text.

Each layer is drawn from the page's scene graph by the page's own drawing code, from a graph that holds nothing else;
only tones are told from art by drawing a picture twice, because white lies over tones and tones over white.
"""

import io
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageChops

from drawing.export.edition import Leaf
from drawing.export.psd_file import PsdLayer, bands, psd
from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import Faces, faces
from drawing.lettering.outlines import run_outline
from drawing.pages.breakouts import draw_breakouts
from drawing.pages.compose import Composed, compose, stays_inside
from drawing.pages.render import Bitmap, pixels
from drawing.raster.toned import INK, PAPER, is_toned, numbers_of, toned_png
from manga.book import PageGraph
from manga.lettering import Balloon, BalloonKind, Sfx

NAMES = (
    "paper", "art", "tones", "balloons", "frames", "figures over frames", "sounds", "balloons over frames", "text",
)  # fmt: skip
_TONES = frozenset({"t", "g"})
_GREY_AT = {"f": 2, "s": 3}
"""Where the grey of a mark stands in its call."""


def psd_page(leaf: Leaf) -> bytes:
    """A page to its bleed, at the resolution of `options["dpi"]`."""
    dpi, found = leaf.options["dpi"], faces(leaf.folders)
    art = compose(_pictures(leaf.graph), leaf.pictures, found)
    mode = "RGB" if art.color else "L"
    both = (to_pdf(c.drawing, c.images, kept=False) for c in (art, _without_tones(art)))
    drawn, inked = (_in(mode, pixels(pdf, dpi=dpi, color=art.color)) for pdf in both)
    under = [
        PsdLayer("paper", bands(Image.new(mode, drawn.size, "white"))),
        PsdLayer("art", bands(inked)),
        _difference("tones", inked, drawn),
    ]
    over = [_seen(name, drawing, dpi, mode) for name, drawing in _over(leaf, found)]
    return psd([*under, *over], _laid_over(drawn, over), dpi)


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


def _in(mode: str, image: Bitmap) -> Bitmap:
    """The picture in a mode; itself where it is in it already: Pillow would copy it."""
    return image if image.mode == mode else image.convert(mode)


def _difference(name: str, before: Bitmap, after: Bitmap) -> PsdLayer:
    """What turns one picture into the other when laid over it: black where it gets darker, white where lighter."""
    old, new = _in("L", before), _in("L", after)
    darker, lighter = ImageChops.subtract(old, new), ImageChops.subtract(new, old)
    colour = lighter.point([255 if value else 0 for value in range(256)])
    return PsdLayer(name, (colour,) * len(before.getbands()), ImageChops.lighter(darker, lighter))


def _seen(name: str, drawing: Drawing, dpi: int, mode: str) -> PsdLayer:
    """A drawing on nothing."""
    many = 3 if mode == "RGB" else 1
    marks = [call for call in drawing.marks() if call[0] in _GREY_AT]
    if not marks:
        return PsdLayer(name, (Image.new("L", (1, 1)),) * many, Image.new("L", (1, 1)))
    if all(float(call[_GREY_AT[str(call[0])]]) == 0 for call in marks):
        drawn = pixels(to_pdf(drawing, kept=False), dpi=dpi)  # a quarter of the memory, and of the time
        return PsdLayer(name, (Image.new("L", drawn.size, 0),) * many, ImageChops.invert(drawn))
    document = pypdfium2.PdfDocument(to_pdf(drawing, kept=False))
    try:
        # A bitmap with an alpha channel keeps what no mark has touched clear; in this order Pillow need not copy it.
        bitmap = document[0].render(scale=dpi / 72, fill_color=(255, 255, 255, 0), maybe_alpha=True, rev_byteorder=True)
        image = _in("RGBA", bitmap.to_pil())
    finally:
        document.close()
    return PsdLayer(name, tuple(map(image.getchannel, "RGB"[:many])), image.getchannel("A"))


def _laid_over(picture: Bitmap, layers: Sequence[PsdLayer]) -> Bitmap:
    """What a picture and the layers over it show together."""
    whole = picture.copy()
    for layer in layers:
        colour = layer.colours[0] if picture.mode == "L" else Image.merge("RGB", layer.colours)
        whole.paste(colour, (0, 0), layer.alpha)
    return whole
