"""PDFs for print: boxes around the trim, marks outside the bleed, 1-bit pictures, words that other readers find."""

import io
from dataclasses import replace
from functools import cache

import pypdf
import pypdfium2
import pytest

from drawing.export.crop_marks import AROUND_MM, noted
from drawing.export.export_book import bound, part, ready_made
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import pixels
from manga.paper import PAPERS, PaperName
from tests.drawing.export.editions import edition, leaves

POINT = 72 / 25.4
B5 = PAPERS[PaperName.B5]


@cache
def book(name: str) -> bytes:
    found, options = edition(), {"dpi": 100} if name == "pdf-mono" else {}
    return bound(name, found, [part(name, leaf) for leaf in leaves(found, options)], options)


def reader(name: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(book(name)))


def box(found: pypdf.generic.RectangleObject) -> list[float]:
    return [float(v) for v in found]


def test_the_sheet_is_larger_than_the_bleed_and_the_trim_lies_in_its_middle() -> None:
    page, around, bleed = reader("pdf-print").pages[1], AROUND_MM * POINT, B5.bleed_mm * POINT
    width, height = B5.trim_width_mm * POINT, B5.trim_height_mm * POINT
    side = around + bleed
    assert box(page.trimbox) == pytest.approx([side, side, side + width, side + height], abs=0.01)
    out = [around, around, around + width + 2 * bleed, around + height + 2 * bleed]
    assert box(page.bleedbox) == pytest.approx(out, abs=0.01)
    assert box(page.mediabox) == pytest.approx([0, 0, 2 * side + width, 2 * side + height], abs=0.01)
    assert box(page.cropbox) == box(page.mediabox)


def test_marks_keep_out_of_the_bleed_and_there_are_marks_on_all_sides() -> None:
    blank = edition().pages[1].model_copy(update={"panels": (), "balloons": (), "folio": None})
    (leaf,) = leaves(type(edition())(edition().facts, (blank,), "", edition().modified))
    image = pixels(part("pdf-print", leaf), dpi=72)
    around = round(AROUND_MM * POINT)
    inner = image.crop((around, around, image.width - around, image.height - around))
    assert inner.getextrema() == (255, 255)
    for strip in (
        image.crop((0, 0, image.width, around)),
        image.crop((0, image.height - around, image.width, image.height)),
        image.crop((0, 0, around, image.height)),
        image.crop((image.width - around, 0, image.width, image.height)),
    ):
        assert strip.getextrema()[0] < 128


def test_the_spine_is_told_by_the_binding() -> None:
    assert noted(edition().pages[0]).endswith("右綴じ")
    assert noted(edition(rtl=False).pages[0]).endswith("左綴じ")


@pytest.mark.parametrize("name", ["pdf", "pdf-print", "pdf-mono"])
def test_viewers_are_told_direction_and_printers_no_scaling(name: str) -> None:
    wishes = reader(name).trailer["/Root"]["/ViewerPreferences"]
    assert wishes["/Direction"] == "/R2L"
    assert ("/PrintScaling" in wishes) == (name != "pdf")


def test_the_mono_page_is_one_picture_of_one_bit() -> None:
    page = reader("pdf-mono").pages[1]
    (picture,) = page["/Resources"]["/XObject"].values()
    stencil = picture.get_object()
    assert stencil["/BitsPerComponent"] == 1
    assert stencil["/Filter"] == "/CCITTFaxDecode"
    bleed = B5.trim_width_mm + 2 * B5.bleed_mm
    assert stencil["/Width"] == pytest.approx(bleed / 25.4 * 100, abs=1.1)


@pytest.mark.parametrize("name", ["pdf", "pdf-print", "pdf-mono"])
def test_every_word_can_be_found_by_other_readers(name: str) -> None:
    told = "".join(reader(name).pages[1].extract_text().split())
    document = pypdfium2.PdfDocument(book(name))
    page = document[1].get_textpage()
    for balloon in edition().pages[1].balloons:
        assert balloon.text.source in told
        column = balloon.text.source[:8]
        assert page.search(column).get_next() is not None
    document.close()


def test_hidden_words_change_no_pixel() -> None:
    found = edition()
    sheet = part("pdf", leaves(found)[1])
    assert pixels(sheet, dpi=72).tobytes() == pixels(book("pdf"), dpi=72, page=1).tobytes()


@pytest.mark.parametrize("name", ["pdf", "pdf-print", "pdf-mono"])
def test_a_page_that_was_drawn_with_the_book_is_not_drawn_again(name: str) -> None:
    drawn = leaves(edition(), {"dpi": 100})[1]
    assert ready_made(name, drawn.options) == "pdf"
    files = page_files(drawn.graph, drawn.pictures, drawn.folders)
    assert part(name, replace(drawn, pictures={}, pdf=files.pdf)) == part(name, drawn)


@pytest.mark.parametrize("name", ["pdf-print", "pdf-mono"])
def test_the_same_book_gives_the_same_bytes(name: str) -> None:
    again = book.__wrapped__(name)
    assert again == book(name)
