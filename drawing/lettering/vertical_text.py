"""Sets vertical Japanese with ruby: columns of cells in, a set text out, top left at (0, 0), millimetres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from drawing.lettering.break_into_columns import Column
from drawing.lettering.fonts import Faces
from drawing.lettering.vertical_cells import TypeCell, height, rides
from manga.geometry import Rect
from manga.lettering import FaceName, Glyph, TextRun
from manga.values import Span

LEADING = 1.28
LEADING_WITH_RUBY = 1.5
RUBY_SIZE = 0.5
Q_MM = 0.25


@dataclass(frozen=True, slots=True)
class TypeFaces:
    """Which face sets kana and which sets the rest, and the size of the body type."""

    kana: FaceName
    other: FaceName
    size_mm: float

    def face(self, character: str) -> FaceName:
        return self.kana if is_kana(character) else self.other


@dataclass(slots=True)
class _Sheet:
    """Glyphs being collected."""

    glyphs: list[Glyph] = field(default_factory=list)
    ruby: list[Glyph] = field(default_factory=list)


def is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff" and character != "・"


def set_vertically(columns: Sequence[Column], source: str, span: Span, hand: TypeFaces, faces: Faces) -> TextRun:
    """Set columns from right to left, all beginning at one height."""
    em = hand.size_mm
    with_ruby = any(cell.ruby for column in columns for cell in column)
    leading = em * (LEADING_WITH_RUBY if with_ruby else LEADING)
    margin = em * RUBY_SIZE if any(cell.ruby for cell in columns[0]) else 0.0
    width = em + leading * (len(columns) - 1) + margin
    sheet = _Sheet()
    height = 0.0
    for i, column in enumerate(columns):
        centre = width - margin - em / 2 - leading * i
        y = 0.0
        for cell in column:
            _set_cell(sheet, cell, centre, y, hand, faces)
            y += cell.length * em
        height = max(height, y)
    return TextRun(
        source=source,
        span=span,
        vertical=True,
        size_q=round(em / Q_MM, 2),
        glyphs=tuple(sheet.glyphs),
        ruby=tuple(sheet.ruby),
        box=Rect(x=0, y=0, width=width, height=height),
    )


def _set_cell(sheet: _Sheet, cell: TypeCell, centre: float, y: float, hand: TypeFaces, faces: Faces) -> None:
    em = hand.size_mm
    if cell.kind == "tcy":
        sheet.glyphs.append(_across(cell, centre, y, hand, faces))
    elif cell.kind == "turned":
        sheet.glyphs.append(_turned(cell, centre, y, hand, faces))
    elif cell.kind == "bar":
        box = Rect(x=centre - em / 2, y=y, width=em, height=cell.length * em)
        sheet.glyphs.append(Glyph(text=cell.text, face=hand.other, at=(centre, y), size_mm=em, vertical=True, box=box))
    else:
        sheet.glyphs.extend(_upright(cell, centre, y, hand))
    if cell.ruby:
        sheet.ruby.extend(_reading(cell, centre, y, em))


def _upright(cell: TypeCell, centre: float, y: float, hand: TypeFaces) -> Iterator[Glyph]:
    """The characters of a cell below one another, spread where the reading is longer."""
    em = hand.size_mm
    clusters = list(_clusters(cell.text))
    spread = (cell.length - sum(advance for _, advance in clusters)) / len(clusters) * em
    y += spread / 2
    for text, advance in clusters:
        if not text.isspace():
            box = Rect(x=centre - em / 2, y=y, width=em, height=advance * em)
            yield Glyph(text=text, face=hand.face(text[0]), at=(centre, y), size_mm=em, vertical=True, box=box)
        y += advance * em + spread


def _clusters(text: str) -> Iterator[tuple[str, float]]:
    """Characters with what rides on them, and their advance in em."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not rides(text[i]):
            yield text[start:i], height(text[start])
            start = i


def _across(cell: TypeCell, centre: float, y: float, hand: TypeFaces, faces: Faces) -> Glyph:
    """Tate-chu-yoko: set level within one em, squeezed where it must."""
    em = hand.size_mm
    text = narrowed(cell.text)
    width = faces.setting(hand.other, text).width(text)
    stretch = min(1.0, 1.0 / width)
    left = centre - width * stretch * em / 2
    box = Rect(x=centre - em / 2, y=y, width=em, height=em)
    return Glyph(
        text=cell.text,
        face=hand.other,
        at=(left, y + 0.88 * em),
        size_mm=em,
        vertical=False,
        box=box,
        stretch=round(stretch, 4),
    )


def _turned(cell: TypeCell, centre: float, y: float, hand: TypeFaces, faces: Faces) -> Glyph:
    """A Latin word lying on its side; it is squeezed or left as wide as its cell allows."""
    em = hand.size_mm
    width = faces.setting(hand.other, cell.text).width(cell.text)
    stretch = min(1.0, (cell.length - 0.1) / width)
    box = Rect(x=centre - em / 2, y=y, width=em, height=cell.length * em)
    middle = box.centre
    at = (middle[0] - width * stretch * em / 2, middle[1] + 0.36 * em)
    quarter = 1.5707963
    return Glyph(
        text=cell.text,
        face=hand.other,
        at=at,
        size_mm=em,
        vertical=False,
        box=box,
        turn=quarter,
        stretch=round(stretch, 4),
    )


def _reading(cell: TypeCell, centre: float, y: float, em: float) -> Iterator[Glyph]:
    """Ruby to the right of its base: spread over it, or centred on it when longer."""
    size = em * RUBY_SIZE
    span = cell.length * em
    free = span - len(cell.ruby) * size
    gap = max(0.0, free / len(cell.ruby))
    top = y + (gap / 2 if free > 0 else free / 2)
    x = centre + em / 2 + size / 2
    for character in cell.ruby:
        if not character.isspace():
            box = Rect(x=x - size / 2, y=top, width=size, height=size)
            yield Glyph(text=character, face="ruby", at=(x, top), size_mm=size, vertical=True, box=box)
        top += size + gap


def narrowed(text: str) -> str:
    """Full-width letters, figures and marks as their narrow twins."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def widened(text: str) -> str:
    """Narrow letters, figures and marks as their full-width twins."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
