"""Writes a comic archive (CBZ) of page PNGs: stored, with fixed times, and ComicInfo.xml for the direction."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drawing.export.xml_text import content, quoted
from drawing.export.zip_archive import EPOCH, zipped
from drawing.pages.scene_graph import BookFacts
from manga.paper import Direction

__all__ = ["EPOCH", "ComicPage", "cbz", "comic_info", "png_size"]


@dataclass(frozen=True, slots=True)
class ComicPage:
    """An image of the archive; `front` marks the cover, `back` what tells of the book and not of the story."""

    number: int
    png: bytes
    front: bool = False
    back: bool = False


def cbz(pages: Sequence[ComicPage], facts: BookFacts, *, mono: bool = True) -> bytes:
    """The archive's bytes; equal for equal pages and facts."""
    pictures = ((f"{page.number:03}.png", page.png) for page in pages)
    return zipped([("ComicInfo.xml", comic_info(pages, facts, mono=mono).encode()), *pictures])


def comic_info(pages: Sequence[ComicPage], facts: BookFacts, *, mono: bool) -> str:
    """ComicInfo 2.0. Title and author are a stranger's words and are escaped."""
    manga = "YesAndRightToLeft" if facts.direction is Direction.RTL else "Yes"
    fields = [("Title", facts.title), ("Series", facts.title), ("Number", "1")]
    if facts.author:
        fields.append(("Writer", facts.author))
    fields += [
        ("PageCount", str(len(pages))),
        ("LanguageISO", facts.language),
        ("BlackAndWhite", "Yes" if mono else "No"),
        ("Manga", manga),
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ComicInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{name}>{content(value)}</{name}>" for name, value in fields)
        + f"<Pages>{''.join(_page_elements(pages))}</Pages></ComicInfo>\n"
    )


def _page_elements(pages: Sequence[ComicPage]) -> Iterable[str]:
    for i, page in enumerate(pages):
        width, height = png_size(page.png)
        kind = ' Type="FrontCover"' if page.front else ' Type="Editorial"' if page.back else ""
        size = f'ImageWidth="{width}" ImageHeight="{height}" ImageSize={quoted(str(len(page.png)))}'
        yield f'<Page Image="{i}"{kind} {size}/>'


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height
