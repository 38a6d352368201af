"""Raster panels on pages: dots at the lines an inch of the house, in one lattice, cut by the border; black is black."""

import cmath
import io
import math

import pikepdf
import pytest
from PIL import Image

from drawing.ink.canvas import TONE_PERIOD_MM, Canvas
from drawing.ink.paths import rect
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.compose_page import compose
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import ink_ratio, pixels
from drawing.raster.panel_from_picture import make_panel
from drawing.raster.toned_panel import DENSITIES, INK, PAPER, is_toned, layers, number_of, toned_png
from manga.artwork import PictureMap
from manga.book import PageGraph
from manga.geometry import MM_PER_INCH, Rect
from tests.drawing.pages.made import page
from tests.drawing.raster.pictures import Picture, box, disc, encoded, outline, panel_of, paper, scene

FOLDERS = standard_folders()
DPI = 600
LINES_AN_INCH = MM_PER_INCH / TONE_PERIOD_MM


def toned(density: float, width: int = 600, height: int = 600) -> bytes:
    """A panel that is one tone."""
    return toned_png(Image.new("L", (width, height), number_of(density)))


def printed(data: bytes, wide: float = 30, high: float = 30, *, at: tuple[float, float] = (0, 0)) -> Picture:
    """A picture on white, at print resolution."""
    canvas = Canvas(wide + at[0], high + at[1])
    canvas.image("it", at[0], at[1], wide, high)
    return pixels(to_pdf(canvas.finish(), {"it": data}), dpi=DPI)


def strength(image: Picture, lines: float, angle: float) -> float:
    """How strongly a picture repeats itself with so many lines an inch in a direction: one term of its spectrum."""
    side = 150
    rows = [image.crop((200, 200 + y, 200 + side, 201 + y)).tobytes() for y in range(side)]
    mean = sum(map(sum, rows)) / side**2
    turn = 2j * math.pi * lines / DPI
    across = [cmath.exp(turn * math.cos(angle) * x) for x in range(side)]
    down = [cmath.exp(turn * math.sin(angle) * y) for y in range(side)]
    return abs(
        sum(
            d * sum(a * (grey - mean) for a, grey in zip(across, row, strict=True))
            for d, row in zip(down, rows, strict=True)
        )
    )


def test_a_page_that_is_only_turned_into_pixels_shows_what_one_that_is_kept_shows() -> None:
    numbers = Image.new("L", (301, 203), PAPER)
    numbers.paste(INK, (10, 10, 140, 90))
    numbers.paste(number_of(0.3), (120, 60, 290, 190))
    canvas = Canvas(30, 20)
    canvas.image("it", 0, 0, 30, 20)
    kept, passing = (to_pdf(canvas.finish(), {"it": toned_png(numbers)}, kept=kept) for kept in (True, False))
    assert b"CCITTFaxDecode" in kept
    assert b"CCITTFaxDecode" not in passing
    assert pixels(kept, dpi=DPI).tobytes() == pixels(passing, dpi=DPI).tobytes()


@pytest.mark.parametrize("density", [0.18, 0.48])
def test_tones_have_the_lines_an_inch_of_the_house_at_45_degrees(density: float) -> None:
    image = printed(toned(density))
    asked = [LINES_AN_INCH + off for off in range(-20, 25, 4)]
    spectrum = {lines: strength(image, lines, math.pi / 4) for lines in asked}
    assert max(spectrum, key=lambda lines: spectrum[lines]) == LINES_AN_INCH
    assert strength(image, LINES_AN_INCH, 0) < 0.2 * spectrum[LINES_AN_INCH]


@pytest.mark.parametrize("density", DENSITIES)
def test_a_tone_inks_what_it_says(density: float) -> None:
    assert ink_ratio(printed(toned(density))) == pytest.approx(density, abs=0.035)


def test_dots_keep_to_the_page_wherever_the_panel_lies() -> None:
    here, there = printed(toned(0.3)), printed(toned(0.3), at=(7.3, 4.1))
    part = (400, 400, 600, 600)
    assert here.crop(part).tobytes() == there.crop(part).tobytes()


def test_dots_are_those_of_drawn_panels() -> None:
    canvas = Canvas(30, 30)
    canvas.tone(rect(0, 0, 30, 30), 0.3)
    drawn = pixels(to_pdf(canvas.finish()), dpi=DPI)
    part = (100, 100, 600, 600)
    assert drawn.crop(part).tobytes() == printed(toned(0.3)).crop(part).tobytes()


def test_dots_do_not_grow_with_the_picture() -> None:
    small, large = printed(toned(0.3, 100, 100)), printed(toned(0.3, 1200, 1200))
    part = (100, 100, 600, 600)
    assert small.crop(part).tobytes() == large.crop(part).tobytes()


def test_no_seam_shows_where_two_tones_meet() -> None:
    numbers = Image.new("L", (600, 600), number_of(0.24))
    numbers.paste(number_of(0.3), (0, 300, 600, 600))
    image = printed(toned_png(numbers))
    middle = image.height // 2
    period = round(TONE_PERIOD_MM * math.sqrt(2) / MM_PER_INCH * DPI)
    seam = image.crop((100, middle - period // 2, 600, middle + period - period // 2))
    assert 0.22 < ink_ratio(seam) < 0.34


def test_black_is_printed_whole_and_paper_not_at_all() -> None:
    panel = panel_of(box(paper(), 160, 0, 639, 479), 40, 30)
    image = printed(panel.data, 40, 30)
    black = image.crop((round(image.width * 0.26), 2, image.width - 2, image.height - 2))
    white = image.crop((0, 0, round(image.width * 0.24), image.height))
    assert set(black.tobytes()) == {0}
    assert set(white.tobytes()) == {255}


def raster_page(picture: bytes) -> tuple[PageGraph, dict[str, bytes]]:
    """The page made by hand, its first frame slanted, all its pictures one raster panel."""
    graph = page(1)
    first = graph.panels[0]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = first.polygon
    slanted = first.model_copy(update={"polygon": ((x0 + 20, y0), (x1, y1), (x2 - 20, y2), (x3, y3)), "figures": ()})
    nodes = [
        node.model_copy(update={"media_type": "image/png", "picture": "it"}) for node in (slanted, *graph.panels[1:])
    ]
    return graph.model_copy(update={"panels": tuple(nodes), "balloons": (), "sfx": ()}), {"it": picture}


def test_a_panel_is_cut_by_its_border() -> None:
    graph, pictures = raster_page(panel_of(paper(grey=0), 95, 70).data)
    files = page_files(graph, pictures, FOLDERS, 1600)
    image = Image.open(io.BytesIO(files.png))
    assert image.mode == "L"

    def grey(x: float, y: float) -> object:
        return image.getpixel((round(x * 1600 / 182), round(y * 1600 / 182)))

    (x0, y0), (x1, _), (x2, y2), (x3, _) = graph.panels[0].polygon
    assert grey((x0 + x1) / 2, (y0 + y2) / 2) == 0
    assert grey(x3 + 4, y0 + 3) == 255, "left of the slanted edge, inside the picture's box"
    assert grey(x1 - 3, y2 - 3) == 255, "right of the other one"
    assert grey(x2 - 4, y2 - 4) == 0


def test_the_same_page_gives_the_same_bytes() -> None:
    picture = box(paper(grey=170), 100, 100, 300, 300)
    one, two = panel_of(picture), panel_of(picture)
    assert one == two
    graph, pictures = raster_page(one.data)
    first, second = (page_files(graph, pictures, FOLDERS, 400) for _ in range(2))
    assert (first.pdf, first.png) == (second.pdf, second.png)


def test_a_page_of_toned_pictures_has_one_bit_masks_and_no_grey_pixel_image() -> None:
    graph, pictures = raster_page(panel_of(box(paper(grey=170), 100, 100, 300, 300)).data)
    with pikepdf.open(io.BytesIO(page_files(graph, pictures, FOLDERS, 400).pdf)) as pdf:
        found = list(pdf.pages[0].Resources.XObject.values())
    assert len(found) == 2
    assert all(image.ImageMask and image.BitsPerComponent == 1 for image in found)


def test_a_colored_panel_is_an_rgb_jpeg_and_its_page_has_colour() -> None:
    red = Image.new("RGB", (640, 480), (200, 30, 30))
    panel = panel_of(red, color=True)
    assert panel.media_type == "image/jpeg"
    with Image.open(io.BytesIO(panel.data)) as image:
        assert (image.mode, image.size) == ("RGB", (panel.width, panel.height))
    graph, _ = raster_page(panel.data)
    files = page_files(graph, {"it": panel.data}, FOLDERS, 400)
    assert Image.open(io.BytesIO(files.png)).mode == "RGB"


def test_an_authors_grey_picture_is_no_tone() -> None:
    grey = encoded(paper(grey=150))
    with Image.open(io.BytesIO(grey)) as image:
        assert not is_toned(image)
    assert len(set(printed(grey).crop((100, 100, 300, 300)).tobytes())) == 1


def test_a_picture_without_tones_takes_one_bit_a_pixel() -> None:
    panel = panel_of(box(paper(), 100, 100, 300, 300))
    with Image.open(io.BytesIO(panel.data)) as image:
        assert image.mode == "1"
        (layer,) = layers(image)
    assert layer.density == 1.0


def test_every_number_comes_back_from_the_file() -> None:
    numbers = Image.new("L", (PAPER + 1, 2))
    numbers.putdata([*range(PAPER + 1)] * 2)
    with Image.open(io.BytesIO(toned_png(numbers))) as image:
        assert is_toned(image)
        assert image.tobytes() == numbers.tobytes()
        assert [layer.density for layer in layers(image)][-1] == 1.0
    assert INK == 0


def test_ink_counts_tones_by_their_density() -> None:
    half = box(paper(), 0, 0, 319, 479)
    assert panel_of(half).ink == pytest.approx(0.5, abs=0.01)
    toned_half = box(box(paper(), 0, 0, 319, 479, 153), 600, 0, 639, 40)
    assert panel_of(toned_half).ink == pytest.approx(0.2 + 0.005, abs=0.03)


def test_compose_knows_whether_there_is_colour() -> None:
    graph, _ = raster_page(b"")
    mono = compose(graph, {"it": panel_of(paper()).data}, faces(FOLDERS))
    color = compose(graph, {"it": panel_of(paper(), color=True).data}, faces(FOLDERS))
    assert not mono.color
    assert color.color


def test_hands_that_are_told_go_through_the_crop_and_those_cut_off_are_left_out() -> None:
    seen, cut_off = Rect(x=0.5, y=0.5, width=0.1, height=0.1), Rect(x=0.0, y=0.5, width=0.05, height=0.1)
    panel = make_panel(
        encoded(disc(paper(1600, 600), 800, 300, 120)),
        width_mm=80,
        height_mm=60,
        outline=outline(80, 60),
        direction=scene(),
        hands=(seen, cut_off),
    )
    (hand,) = panel.where.hands
    assert 0.4 < hand.x < 0.7
    assert hand.width == pytest.approx(0.2, abs=0.01)
    assert "hands" not in PictureMap().to_json()
