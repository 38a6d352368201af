"""Page PNGs in, a comic archive out: stored, not packed, with fixed times, and ComicInfo.xml for readers' direction."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from drawing.pages.scene import BookFacts
from manga.paper import Direction

EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class ComicPage:
    """An image of the archive; `front` marks the cover."""

    number: int
    png: bytes
    front: bool = False


def cbz(pages: Sequence[ComicPage], facts: BookFacts, *, mono: bool = True) -> bytes:
    """The archive's bytes; equal for equal pages and facts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, "ComicInfo.xml", comic_info(pages, facts, mono=mono).encode())
        for page in pages:
            _add(archive, f"{page.number:03}.png", page.png)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, compress_type=zipfile.ZIP_STORED)


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
        + "".join(f"<{name}>{escape(_printable(value))}</{name}>" for name, value in fields)
        + f"<Pages>{''.join(_page_elements(pages))}</Pages></ComicInfo>\n"
    )


def _page_elements(pages: Sequence[ComicPage]) -> Iterable[str]:
    for i, page in enumerate(pages):
        width, height = png_size(page.png)
        kind = ' Type="FrontCover"' if page.front else ""
        size = f'ImageWidth="{width}" ImageHeight="{height}" ImageSize={quoteattr(str(len(page.png)))}'
        yield f'<Page Image="{i}"{kind} {size}/>'


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _printable(text: str) -> str:
    """Without characters that XML 1.0 forbids."""
    return "".join(
        c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
