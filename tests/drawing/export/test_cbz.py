"""The comic archive: readers find the direction and the pages; no title does harm; the same bytes every time."""

import io
import xml.etree.ElementTree as ET
import zipfile
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drawing.export.cbz import EPOCH, ComicPage, cbz, png_size
from drawing.pages.pdf_to_pixels import png
from drawing.pages.scene_graph import BookFacts
from manga.paper import PAPERS, Direction, PaperName

HOSTILE = ['</Title><x>&"', "../../etc/passwd", "..\\..\\win.ini", "a\x00b\x08", "]]>", "<!ENTITY x SYSTEM 'f'>", "🦊"]
ORDER = [
    "Title", "Series", "Number", "Writer", "PageCount", "LanguageISO", "BlackAndWhite", "Manga", "Pages",
]  # fmt: skip
"""The elements that are used, in the order in which the schema's sequence has them."""


def facts(title: str = "星の鍵", direction: Direction = Direction.RTL, author: str | None = "山田") -> BookFacts:
    return BookFacts(title, author, "ja", direction, PAPERS[PaperName.B5])


@cache
def picture(number: int) -> bytes:
    return png(Image.new("L", (20 + number, 30), number))


def pages(count: int = 12) -> list[ComicPage]:
    return [ComicPage(number, picture(number), front=number == 0) for number in range(count)]


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def info(data: bytes) -> ET.Element:
    return ET.fromstring(opened(data).read("ComicInfo.xml"))


def test_names_sort_in_reading_order_with_the_title_page_first() -> None:
    names = opened(cbz(pages(), facts())).namelist()
    assert names[0] == "ComicInfo.xml"
    assert names[1:] == sorted(names[1:])
    assert names[1:3] == ["000.png", "001.png"]
    assert len(names) == 13


def test_pictures_are_stored_as_they_are() -> None:
    archive = opened(cbz(pages(3), facts()))
    assert archive.read("002.png") == picture(2)
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert archive.testzip() is None


def test_times_and_rights_are_fixed() -> None:
    entries = opened(cbz(pages(2), facts())).infolist()
    assert {entry.date_time for entry in entries} == {EPOCH}
    assert {entry.external_attr for entry in entries} == {0o644 << 16}
    assert {entry.create_system for entry in entries} == {3}


def test_the_same_book_gives_the_same_bytes() -> None:
    assert cbz(pages(), facts()) == cbz(pages(), facts())


def test_fields_follow_the_schema() -> None:
    root = info(cbz(pages(3), facts()))
    assert root.tag == "ComicInfo"
    assert [child.tag for child in root] == ORDER
    assert root.findtext("PageCount") == "3"
    assert root.findtext("LanguageISO") == "ja"
    assert root.findtext("BlackAndWhite") == "Yes"
    assert root.findtext("Writer") == "山田"


@pytest.mark.parametrize(("direction", "word"), [(Direction.RTL, "YesAndRightToLeft"), (Direction.LTR, "Yes")])
def test_the_reader_is_told_the_direction(direction: Direction, word: str) -> None:
    assert info(cbz(pages(1), facts(direction=direction))).findtext("Manga") == word


def test_a_coloured_book_says_so() -> None:
    assert info(cbz(pages(1), facts(), mono=False)).findtext("BlackAndWhite") == "No"


def test_pages_are_listed_with_their_sizes_and_the_cover_marked() -> None:
    listed = info(cbz(pages(3), facts())).findall("Pages/Page")
    assert [page.get("Image") for page in listed] == ["0", "1", "2"]
    assert [page.get("Type") for page in listed] == ["FrontCover", None, None]
    assert [page.get("ImageWidth") for page in listed] == ["20", "21", "22"]
    assert listed[1].get("ImageSize") == str(len(picture(1)))


def test_a_book_without_an_author_names_no_writer() -> None:
    assert info(cbz(pages(1), facts(author=None))).find("Writer") is None


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_title(title: str) -> None:
    data = cbz(pages(2), facts(title, author=title))
    root = info(data)
    printable = "".join(c for c in title if c >= " ")
    assert root.findtext("Title") == printable
    assert root.findtext("Writer") == printable
    assert [child.tag for child in root] == ORDER
    assert opened(data).namelist() == ["ComicInfo.xml", "000.png", "001.png"]


@given(st.text(max_size=80))
def test_any_title_gives_xml_that_can_be_read(title: str) -> None:
    root = info(cbz(pages(1), facts(title)))
    assert [child.tag for child in root] == ORDER


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_the_size_is_read_from_the_header(width: int, height: int) -> None:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    assert png_size(header) == (width, height)
