"""Exports a book in any format: an edition's leaves in, each page's part out; parts in, the file out.

Both steps are plain functions of frozen values, for the process pool: `part` once a page, then `bound` once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from drawing.export.book_edition import Edition, Leaf
from drawing.export.book_pdf import book_pdf
from drawing.export.cbz import ComicPage, cbz
from drawing.export.crop_marks import AROUND_MM
from drawing.export.epub import epub
from drawing.export.pdf_sheets import mono_sheet, print_sheet, screen_sheet
from drawing.export.svg import svg_page
from drawing.export.webtoon import strip_piece, webtoon
from drawing.export.zip_archive import zipped
from drawing.pages.page_files import PAGE_WIDTH_PX, page_files
from drawing.pages.pdf_to_pixels import webp


def picture(leaf: Leaf) -> bytes:
    """The page as a PNG; drawn only where the book has none of that width."""
    width = leaf.options.get("width", PAGE_WIDTH_PX)
    if leaf.png is not None and width == PAGE_WIDTH_PX:
        return leaf.png
    return page_files(leaf.graph, leaf.pictures, leaf.folders, width).png


def _webp(leaf: Leaf) -> bytes:
    return webp(picture(leaf))


def _psd(leaf: Leaf) -> bytes:
    """OpenCV is loaded here: whoever only lists formats does without."""
    from drawing.export.page_layers import psd_page

    return psd_page(leaf)


_PARTS: Mapping[str, Callable[[Leaf], bytes]] = {
    "pdf": screen_sheet,
    "pdf-print": print_sheet,
    "pdf-mono": mono_sheet,
    "cbz": picture,
    "epub": picture,
    "webtoon": strip_piece,
    "psd": _psd,
    "svg": svg_page,
    "png": picture,
    "webp": _webp,
}


def ready_made(name: str, options: Mapping[str, int]) -> Literal["png", "pdf"] | None:
    """As what a format takes a page that was drawn with the book; None: it draws every page anew."""
    if name in {"pdf", "pdf-print", "pdf-mono"}:
        return "pdf"
    if name in {"cbz", "epub", "png", "webp"} and options.get("width", PAGE_WIDTH_PX) == PAGE_WIDTH_PX:
        return "png"
    return None


def part(name: str, leaf: Leaf) -> bytes:
    """One page of a format."""
    return _PARTS[name](leaf)


def bound(name: str, edition: Edition, parts: Sequence[bytes], options: Mapping[str, int]) -> bytes:
    """The file. `parts` are in the pages' order."""
    if name in {"pdf", "pdf-print", "pdf-mono"}:
        return book_pdf(
            parts,
            edition.facts,
            edition.first,
            words=edition.pages,
            around_mm=AROUND_MM if name == "pdf-print" else 0.0,
            printing=name != "pdf",
        )
    if name == "cbz":
        return cbz(comic_pages(edition, parts), edition.facts, mono=edition.mono)
    if name == "epub":
        return epub(edition, parts)
    if name == "webtoon":
        return webtoon(parts, options["slice"])
    files = ((f"{page.number:03}.{name}", data) for page, data in zip(edition.pages, parts, strict=True))
    return zipped(files, packed=frozenset({"svg", "psd"}))


def comic_pages(edition: Edition, pictures: Sequence[bytes]) -> list[ComicPage]:
    """The pictures as a comic archive holds them."""
    return [
        ComicPage(page.number, data, front=page.kind == "title", back=page.kind == "colophon")
        for page, data in zip(edition.pages, pictures, strict=True)
    ]
