"""The PSD opens in psd-tools with its layers and names, and together they are the page; the SVG looks like the page."""

import io
import json
from dataclasses import replace
from functools import cache

import resvg_py
from lxml import etree
from PIL import Image, ImageChops, ImageFilter, ImageStat
from psd_tools import PSDImage
from psd_tools.api.layers import Layer

from drawing.export.page_layers import NAMES, psd_page
from drawing.export.pdf_sheets import uncut_sheet
from drawing.export.svg import svg_page
from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import pixels
from manga.artwork import Breakout
from manga.book import PageGraph
from manga.geometry import Rect
from tests.drawing.export.editions import HOSTILE, edition, leaf
from tests.drawing.pages.made import page, with_panel

DPI = 100


@cache
def opened() -> PSDImage:
    return PSDImage.open(io.BytesIO(psd_page(leaf(page(2), {"dpi": DPI}))))


def shown(layer: PSDImage | Layer) -> Image.Image:
    """What a layer, or the whole file, shows."""
    image = layer.topil()
    assert isinstance(image, Image.Image)
    return image


def darkest_and_lightest(image: Image.Image) -> tuple[float, float]:
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    return low, high


def test_layers_come_back_with_their_names_from_the_bottom_up() -> None:
    assert tuple(layer.name for layer in opened()) == NAMES
    assert opened().size == (741, 1036)  # pdfium rounds up


def test_layers_together_are_the_page() -> None:
    whole = Image.new("RGBA", opened().size, "white")
    for layer in opened():
        sheet = Image.new("RGBA", whole.size, (0, 0, 0, 0))
        sheet.paste(shown(layer).convert("RGBA"), (layer.left, layer.top))
        whole = Image.alpha_composite(whole, sheet)
    merged = shown(opened()).convert("L")
    difference = ImageChops.difference(whole.convert("L"), merged)
    assert ImageStat.Stat(difference).mean[0] < 1.0
    assert darkest_and_lightest(difference)[1] < 100


def test_what_shows_before_the_layers_are_read_is_the_page() -> None:
    merged, own = shown(opened()).convert("L"), leaf(page(2))
    difference = ImageChops.difference(pixels(uncut_sheet(own), dpi=DPI), merged)
    assert ImageStat.Stat(difference).mean[0] < 0.1
    assert darkest_and_lightest(difference)[1] < 100


def test_a_page_with_a_colour_picture_has_layers_in_colour() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 60)).save(out, "PNG")
    graph, kind = page(2), {"media_type": "image/png"}
    graph = graph.model_copy(update={"panels": tuple(p.model_copy(update=kind) for p in graph.panels)})
    own = leaf(graph, {"dpi": 72})
    own = replace(own, pictures=dict.fromkeys(own.pictures, out.getvalue()))
    found = PSDImage.open(io.BytesIO(psd_page(own)))
    for image in (shown(next(layer for layer in found if layer.name == "art")), shown(found)):
        assert (200, 30, 60) in {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or ()}


def test_each_layer_holds_what_it_is_called() -> None:
    found = {layer.name: shown(layer) for layer in opened()}
    art, tones = found["art"].convert("L"), found["tones"]
    assert darkest_and_lightest(art) == (0, 255)
    assert darkest_and_lightest(tones.getchannel("A"))[1] > 0
    assert found["text"].getchannel("A").getbbox() is not None
    assert found["frames"].getchannel("A").getbbox() is not None
    words = sum(found["text"].getchannel("A").histogram()[128:])
    balloons = found["balloons"].getchannel("A"), found["balloons over frames"].getchannel("A")
    assert sum(sum(alpha.histogram()[128:]) for alpha in balloons) > 3 * words


def test_a_figure_before_its_panels_border_has_a_layer_of_its_own() -> None:
    own = leaf(with_breakout(page(2)), {"dpi": DPI})
    canvas = Canvas(95, 70)
    with canvas.broken_out():
        canvas.fill(rect(40, -5, 20, 40), 0)
    drawn = json.dumps(canvas.finish().to_json()).encode()
    found = PSDImage.open(io.BytesIO(psd_page(replace(own, pictures=dict.fromkeys(own.pictures, drawn)))))
    layers = {layer.name: shown(layer) for layer in found}
    figure = layers["figures over frames"].getchannel("A").getbbox()
    assert figure is not None
    assert figure[3] - figure[1] < 20
    empty = {layer.name: shown(layer) for layer in opened()}["figures over frames"]
    assert empty.getchannel("A").getbbox() is None


def with_breakout(graph: PageGraph) -> PageGraph:
    """The page, somebody of its wide panel before the upper border."""
    box = graph.panels[2].picture_box
    over = Rect(x=box.x + 40 * box.width / 95, y=box.y - 3, width=20 * box.width / 95, height=3.5)
    return with_panel(graph, 2, breakout=Breakout(character="c01", outlines=(over.polygon(),)))


def test_the_same_page_gives_the_same_layers() -> None:
    own = leaf(page(2), {"dpi": 72})
    assert psd_page(own) == psd_page(own)


def test_the_svg_looks_like_the_page_in_another_renderer() -> None:
    own = leaf(page(2))
    drawn = resvg_py.svg_to_bytes(svg_string=svg_page(own).decode(), width=1000, dpi=96)
    theirs = Image.open(io.BytesIO(bytes(drawn))).convert("L")
    ours = Image.open(io.BytesIO(page_files(own.graph, own.pictures, own.folders, 1000).png)).convert("L")
    soft = [image.resize(theirs.size).filter(ImageFilter.BoxBlur(4)) for image in (theirs, ours)]
    assert ImageStat.Stat(ImageChops.difference(*soft)).mean[0] < 6


def test_words_in_an_svg_are_text_and_nothing_else() -> None:
    graph = page(2).model_copy(update={"title": HOSTILE})
    root = etree.fromstring(svg_page(leaf(graph)))
    assert {etree.QName(element).localname for element in root.iter()}.isdisjoint({"script", "foreignObject", "a"})
    assert all(not name.startswith("on") for element in root.iter() for name in element.attrib)
    assert edition().pages[1].balloons[0].text.source in (root.findtext("{http://www.w3.org/2000/svg}desc") or "")
