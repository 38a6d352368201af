"""The book's PDF: pages in order, boxes in points, direction, outlines instead of fonts, the same bytes every time."""

import io
from functools import cache

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.export.book_pdf import book_pdf
from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from drawing.ink.pdf import to_pdf
from drawing.lettering.fonts import standard_folders
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import ink_ratio, pixels
from drawing.pages.scene_graph import BookFacts
from manga.paper import PAPERS, Direction, PaperName, Side
from tests.drawing.pages.made import page

POINTS = 72 / 25.4
HOSTILE = "</Title><x>&\"'()\\ )/OpenAction<</S/JavaScript>>"


def facts(
    title: str = "星の鍵", direction: Direction = Direction.RTL, author: str | None = None, paper: str = "B5"
) -> BookFacts:
    return BookFacts(title, author, "ja", direction, PAPERS[PaperName(paper)])


@cache
def sheet(number: int) -> bytes:
    return page_files(page(number), {}, standard_folders(), 60).pdf


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@cache
def book() -> bytes:
    return book_pdf([sheet(1), sheet(2), sheet(3)], facts(), Side.RIGHT)


def numbers(array: pikepdf.Object) -> list[float]:
    return [float(v) for v in array]


def operators(leaf: pikepdf.Page) -> list[str]:
    return [str(instruction.operator) for instruction in pikepdf.parse_content_stream(leaf)]


def test_every_page_is_there_in_order() -> None:
    blots = []
    for number in (1, 2, 3):
        canvas = Canvas(30, 10)
        canvas.fill(rect(0, 0, 10 * number, 10))
        blots.append(to_pdf(canvas.finish()))
    data = book_pdf(blots, facts(), Side.RIGHT)
    assert len(opened(data).pages) == 3
    inks = [ink_ratio(pixels(data, width_px=60, page=i)) for i in range(3)]
    assert inks == pytest.approx([1 / 3, 2 / 3, 1], abs=0.03)


@pytest.mark.parametrize("paper", list(PaperName))
def test_boxes_are_those_of_the_paper_in_points(paper: PaperName) -> None:
    size = PAPERS[paper]
    graph = page(1).model_copy(
        update={"paper": paper, "trim": size.trim, "bleed": size.bleed, "panels": (), "balloons": ()}
    )
    single = page_files(graph, {}, standard_folders(), 40).pdf
    pdf = opened(book_pdf([single], facts(paper=paper.value), Side.RIGHT))
    leaf = pdf.pages[0]
    bleed, width, height = size.bleed_mm * POINTS, size.trim_width_mm * POINTS, size.trim_height_mm * POINTS
    trim = [bleed, bleed, bleed + width, bleed + height]
    whole = [0, 0, width + 2 * bleed, height + 2 * bleed]
    assert numbers(leaf.obj.TrimBox) == pytest.approx(trim, abs=0.01)
    assert numbers(leaf.obj.CropBox) == pytest.approx(trim, abs=0.01)
    assert numbers(leaf.obj.BleedBox) == pytest.approx(whole, abs=0.01)
    assert numbers(leaf.obj.MediaBox) == pytest.approx(whole, abs=0.01)


@pytest.mark.parametrize(("direction", "name"), [(Direction.RTL, "/R2L"), (Direction.LTR, "/L2R")])
def test_the_reader_is_told_the_direction(direction: Direction, name: str) -> None:
    pdf = opened(book_pdf([sheet(1)], facts(direction=direction), Side.RIGHT))
    assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name(name)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize(("side", "layout"), [(Side.RIGHT, "/TwoPageRight"), (Side.LEFT, "/TwoPageLeft")])
def test_the_first_page_lies_on_its_own_side(side: Side, layout: str) -> None:
    assert opened(book_pdf([sheet(1)], facts(), side)).Root.PageLayout == pikepdf.Name(layout)


def test_words_are_outlines_and_pictures_of_drawing_calls_no_raster() -> None:
    pdf = opened(book())
    for leaf in pdf.pages:
        assert set(operators(leaf)).isdisjoint({"Tj", "TJ", "Tf", "BT", "Do", "BI", "'", '"'})
        assert "/Font" not in leaf.obj.Resources
        assert not leaf.get_images()


def test_content_is_packed_and_saves_are_closed() -> None:
    pdf = opened(book())
    for leaf in pdf.pages:
        assert leaf.obj.Contents.Filter == pikepdf.Name.FlateDecode
        depth = 0
        for operator in operators(leaf):
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            assert depth >= 0
        assert depth == 0


@pytest.mark.parametrize("title", [HOSTILE, "ごん狐", "a" * 120, "🦊\u202e", "line\nline"])
def test_any_title_stands_in_the_metadata_as_it_is(title: str) -> None:
    pdf = opened(book_pdf([sheet(1)], facts(title, author=title), Side.RIGHT))
    assert str(pdf.docinfo["/Title"]) == title
    assert str(pdf.docinfo["/Author"]) == title
    assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/PageLayout", "/ViewerPreferences", "/Lang"}


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_a_title_never_changes_the_structure(title: str) -> None:
    pdf = opened(book_pdf([sheet(1)], facts(title), Side.RIGHT))
    assert len(pdf.pages) == 1
    assert str(pdf.docinfo["/Title"]) == title


def test_no_author_is_no_entry() -> None:
    assert "/Author" not in opened(book()).docinfo


def test_no_date_and_no_chance_are_in_the_file() -> None:
    assert book() == book_pdf([sheet(1), sheet(2), sheet(3)], facts(), Side.RIGHT)
    assert b"CreationDate" not in book()
    assert b"ModDate" not in book()
    assert book() != book_pdf([sheet(1), sheet(2), sheet(3)], facts("別"), Side.RIGHT)


def test_the_file_is_sound() -> None:
    assert opened(book()).check_pdf_syntax() == []
