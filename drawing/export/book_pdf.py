"""Joins single-page PDFs to the book's PDF, with its reading direction, boxes, title and words that can be searched.

What is seen stays outlines; these words are set in a blank font, invisibly, column by column as the page is read.
"""

import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from math import ceil

import pikepdf

from drawing.ink.pdf import PT_PER_MM, saved
from drawing.pages.scene_graph import BookFacts
from manga.book import PageGraph
from manga.geometry import Point, Rect, bounds
from manga.lettering import Glyph, TextRun
from manga.paper import Direction, Side

UNITS = 1000
FOOT = 120
_HEAD_CHECKSUM_AT = 8
SPACE_EM = 0.16
"""Letters of a line that stand so far apart have a space between them."""
_BASELINE = 0.38
"""How far the baseline lies below the middle of a letter, in em."""
LEVEL, UPRIGHT = "W", "V"
"""Names of the font for lines and for columns."""
_MOST_MAPPED = 100
"""Entries of one block of a character map."""


@cache
def blank_font() -> bytes:
    """The font's file: two glyphs that show nothing, an em wide."""
    tables = {
        b"glyf": _glyph(),
        b"head": _head(0),
        b"hhea": struct.pack(
            ">ihhhHhhhhhhhhhhhH", 0x10000, UNITS - FOOT, -FOOT, 0, UNITS, 0, 0, UNITS, 1, *(0,) * 7, 2
        ),
        b"hmtx": struct.pack(">HhHh", UNITS, 0, UNITS, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(_glyph()) // 2),
        b"maxp": struct.pack(">iH13H", 0x10000, 2, 3, 1, 0, 0, 1, *(0,) * 8),
    }
    data = _file(tables)
    adjusted = (0xB1B0AFBA - _sum(data)) & 0xFFFFFFFF
    return _file(tables | {b"head": _head(adjusted)})


def _glyph() -> bytes:
    """A line to a corner and back: nothing to be seen, but a box, without which some readers take a letter for none."""
    ends, instructions, flags = (2,), 0, bytes((1, 1, 1))
    points = struct.pack(">hhhhhh", 0, UNITS, -UNITS, -FOOT, UNITS, -UNITS)
    data = struct.pack(">hhhhhHH", 1, 0, -FOOT, UNITS, UNITS - FOOT, *ends, instructions) + flags + points
    return data + b"\0" * (len(data) % 2)


def _head(adjustment: int) -> bytes:
    revision, magic, flags, dates, box, style = (
        0x10000,
        0x5F0F3CF5,
        3,
        (0, 0),
        (0, -FOOT, UNITS, UNITS - FOOT),
        (0, 8, 2, 0, 0),
    )
    return struct.pack(">iIIIHHqqhhhhHHhhh", 0x10000, revision, adjustment, magic, flags, UNITS, *dates, *box, *style)


def _file(tables: dict[bytes, bytes]) -> bytes:
    """A directory of tables, and the tables, each from a whole word on."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        plain = data[:_HEAD_CHECKSUM_AT] + b"\0" * 4 + data[_HEAD_CHECKSUM_AT + 4 :] if tag == b"head" else data
        directory += struct.pack(">4sIII", tag, _sum(plain), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + directory + body


def _sum(data: bytes) -> int:
    whole = data + b"\0" * (-len(data) % 4)
    return int(sum(struct.unpack(f">{len(whole) // 4}I", whole))) & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Line:
    """Characters in a row: each with its place along the line and its length, in em. `at` is where it begins, in
    millimetres: at the left end of the baseline, or at the middle of the first cell's top edge."""

    characters: tuple[tuple[str, float, float], ...]
    at: Point
    size_mm: float
    vertical: bool


@dataclass(slots=True)
class Codes:
    """Numbers of the characters that a book's words use, from 1 in the order in which they come, and the greatest
    length of each: a character is never followed by a gap that a reader would take for a space."""

    known: dict[str, int] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Codes":
        codes = cls()
        for character, _, length in (found for line in lines for found in line.characters):
            codes.known.setdefault(character, len(codes.known) + 1)
            codes.widths[character] = max(codes.widths.get(character, 0), ceil(length * UNITS))
        return codes


def hide_words(pdf: pikepdf.Pdf, pages: Sequence[PageGraph], around_mm: float = 0.0) -> None:
    """Adds them to a book whose pages show the graphs' bleed and `around_mm` more on each side."""
    lines = [tuple(lines_of(page)) for page in pages]
    codes = Codes.of(chain.from_iterable(lines))
    fonts = pikepdf.Dictionary(_fonts(pdf, codes)) if codes.known else None
    for leaf, page, own in zip(pdf.pages, pages, lines, strict=True):
        if own:
            leaf.obj.Resources.Font = fonts
            origin = (page.bleed.x - around_mm, page.bleed.bottom + around_mm)
            shown = "\n".join(_shown(line, codes, origin) for line in own)
            leaf.contents_add(pdf.make_stream(f"q BT 3 Tr\n{shown}\nET Q".encode("ascii")))


def _shown(line: Line, codes: Codes, origin: Point) -> str:
    x, y = (line.at[0] - origin[0]) * PT_PER_MM, (origin[1] - line.at[1]) * PT_PER_MM
    size = line.size_mm * PT_PER_MM
    font = UPRIGHT if line.vertical else LEVEL
    return f"/{font} {size:.3f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm [{' '.join(_shifted(line, codes))}] TJ"


def _shifted(line: Line, codes: Codes) -> Iterator[str]:
    """Codes, and how far the next one is moved back from where it would stand, in thousandths of an em."""
    for (character, place, _), (_, following, _) in pairwise((*line.characters, line.characters[-1])):
        yield f"<{codes.known[character]:04X}>"
        back = (UNITS if line.vertical else codes.widths[character]) - round((following - place) * UNITS)
        if following > place and back:
            yield str(back)


def lines_of(page: PageGraph) -> Iterator[Line]:
    """All columns and lines of a page in reading order, the drawn sounds behind. Ruby is left out: it would tear the
    words apart that it stands beside."""
    for title in page.titles:
        yield from _lines(title.text)
    for balloon in sorted(page.balloons, key=lambda b: b.order):
        yield from _lines(balloon.text)
    for sfx in page.sfx:
        if sfx.text.strip():
            yield _drawn(sfx.text, bounds(sfx.polygon))


def _lines(run: TextRun) -> Iterator[Line]:
    rows: dict[float, list[Glyph]] = {}
    for glyph in run.glyphs:
        rows.setdefault(round(glyph.at[0] if run.vertical else glyph.at[1], 2), []).append(glyph)
    for row in rows.values():
        yield _line(row, vertical=run.vertical)


def _line(row: Sequence[Glyph], *, vertical: bool) -> Line:
    axis = 1 if vertical else 0
    size, (x, y) = row[0].size_mm, row[0].at
    found: list[tuple[str, float, float]] = []
    end = 0.0
    for glyph in row:
        place = (glyph.at[axis] - row[0].at[axis]) / size
        if found and not vertical and place - end > SPACE_EM:
            found.append((" ", end, place - end))
        length = (glyph.box.height if vertical else glyph.box.width) / size
        each = length / len(glyph.text)
        found += [(c, place + each * i, each) for i, c in enumerate(glyph.text)]
        end = place + length
    return Line(tuple(found), (x, y), size, vertical)


def _drawn(text: str, box: Rect) -> Line:
    """A drawn sound: its letters side by side over all its width, or its height where that is more."""
    vertical = box.height > box.width
    size = max(1.0, max(box.width, box.height) / len(text))
    cx, cy = box.centre
    at = (cx, box.y) if vertical else (box.x, cy + _BASELINE * size)
    return Line(tuple((c, float(i), 1.0) for i, c in enumerate(text)), at, size, vertical)


def _fonts(pdf: pikepdf.Pdf, codes: Codes) -> dict[str, pikepdf.Object]:
    """The blank font for lines and for columns."""
    name = pikepdf.Name("/Blank")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=pikepdf.Array([0, -120, UNITS, 880]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=80,
        FontFile2=pdf.make_stream(blank_font(), Length1=len(blank_font())),
    )
    system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=UNITS,
        W=pikepdf.Array([1, pikepdf.Array([codes.widths[character] for character in codes.known])]),
        CIDToGIDMap=pdf.make_stream(b"\0\0" + b"\0\1" * len(codes.known)),
    )
    shared, meanings = pdf.make_indirect(descendant), pdf.make_stream(_meanings(codes).encode("ascii"))

    def font(encoding: str) -> pikepdf.Object:
        composite = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name(encoding),
            DescendantFonts=pikepdf.Array([shared]),
            ToUnicode=meanings,
        )
        return pdf.make_indirect(composite)

    return {f"/{LEVEL}": font("/Identity-H"), f"/{UPRIGHT}": font("/Identity-V")}


def _meanings(codes: Codes) -> str:
    """The character map from codes to Unicode."""
    rows = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in codes.known.items()]
    blocks = [rows[i : i + _MOST_MAPPED] for i in range(0, len(rows), _MOST_MAPPED)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Words def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{mapped}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def book_pdf(
    pages: Sequence[bytes],
    facts: BookFacts,
    first: Side,
    *,
    words: Sequence[PageGraph] = (),
    around_mm: float = 0.0,
    printing: bool = False,
) -> bytes:
    """`first` is the side of the first page. The same pages and facts always give the same bytes.

    `words` are the pages' scene graphs, whose words can be searched then; the pages show `around_mm` more than their
    bleed. A book for `printing` asks its viewer to scale nothing.
    """
    book = pikepdf.new()
    for data in pages:
        with pikepdf.open(io.BytesIO(data)) as page:
            book.pages.extend(page.pages)
    if words:
        hide_words(book, words, around_mm)
    rtl = facts.direction is Direction.RTL
    # odd pages, the first among them, lie on the side that this names
    book.Root.PageLayout = pikepdf.Name("/TwoPageRight" if first is Side.RIGHT else "/TwoPageLeft")
    book.Root.ViewerPreferences = pikepdf.Dictionary(
        Direction=pikepdf.Name("/R2L" if rtl else "/L2R"), DisplayDocTitle=True
    )
    if printing:
        book.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
    book.Root.Lang = pikepdf.String(facts.language)
    book.docinfo["/Title"] = pikepdf.String(facts.title)
    if facts.author:
        book.docinfo["/Author"] = pikepdf.String(facts.author)
    book.docinfo["/Producer"] = pikepdf.String("Mangaka")
    return saved(book)
