"""Rows of cells in, a set text out: Japanese from left to right with its readings above, top left of its box at (0, 0).

Millimetres. A person asks for it, balloon by balloon; a book's own Japanese stands upright (`vertical`).
"""

from collections.abc import Iterator, Sequence

from drawing.lettering.breaking import Column
from drawing.lettering.cells import TypeCell, height, rides
from drawing.lettering.fonts import Faces
from drawing.lettering.vertical import LEADING, LEADING_WITH_RUBY, Q_MM, RUBY_SIZE, TypeFaces, narrowed
from manga.geometry import Rect
from manga.lettering import Glyph, TextRun
from manga.values import Span

BASELINE = 0.88
"""Of an em, from the top of a row to its baseline."""
_AIR = 0.1
"""Em at each side of a Latin word."""


def set_across(rows: Sequence[Column], source: str, span: Span, hand: TypeFaces, faces: Faces) -> TextRun:
    """Set rows one below the other, all beginning at the left."""
    em = hand.size_mm
    with_ruby = any(cell.ruby for row in rows for cell in row)
    leading = em * (LEADING_WITH_RUBY if with_ruby else LEADING)
    margin = em * RUBY_SIZE if any(cell.ruby for cell in rows[0]) else 0.0
    glyphs: list[Glyph] = []
    ruby: list[Glyph] = []
    width = 0.0
    for i, row in enumerate(rows):
        x, top = 0.0, margin + leading * i
        for cell in row:
            length = _length(cell, hand, faces) * em
            glyphs.extend(_set(cell, x, top, length, hand, faces))
            ruby.extend(_reading(cell, x, top, length, em))
            x += length
        width = max(width, x)
    return TextRun(
        source=source,
        span=span,
        vertical=False,
        size_q=round(em / Q_MM, 2),
        glyphs=tuple(glyphs),
        ruby=tuple(ruby),
        box=Rect(x=0, y=0, width=width, height=margin + leading * (len(rows) - 1) + em),
    )


def _pieces(cell: TypeCell, hand: TypeFaces, faces: Faces) -> Iterator[tuple[str, float]]:
    """What is drawn as one of a cell, and its advance in em. Words and figures keep their own widths."""
    if cell.kind == "break":
        return
    start = 0
    for i in range(1, len(cell.text) + 1):
        if i == len(cell.text) or not rides(cell.text[i]):
            text = cell.text[start:i]
            plain = narrowed(text)
            space = text.isspace()
            yield text, height(text[0]) if space else faces.setting(hand.face(text[0]), plain).width(plain)
            start = i


def _length(cell: TypeCell, hand: TypeFaces, faces: Faces) -> float:
    own = sum(advance for _, advance in _pieces(cell, hand, faces))
    return max(own, len(cell.ruby) * RUBY_SIZE) + (2 * _AIR if cell.kind == "turned" else 0.0)


def _set(cell: TypeCell, x: float, top: float, length: float, hand: TypeFaces, faces: Faces) -> Iterator[Glyph]:
    """A cell's characters side by side, spread where its reading is longer."""
    em = hand.size_mm
    pieces = list(_pieces(cell, hand, faces))
    if not pieces:
        return
    free = length - sum(advance for _, advance in pieces) * em
    gap = 0.0 if cell.kind == "turned" else free / len(pieces)
    x += free / 2 if cell.kind == "turned" else gap / 2
    for text, advance in pieces:
        if not text.isspace():
            box = Rect(x=x, y=top, width=max(advance, 0.1) * em, height=em)
            at = (x, top + BASELINE * em)
            yield Glyph(text=text, face=hand.face(text[0]), at=at, size_mm=em, vertical=False, box=box)
        x += advance * em + gap


def _reading(cell: TypeCell, x: float, top: float, length: float, em: float) -> Iterator[Glyph]:
    """Ruby above its base, spread over it."""
    if not cell.ruby:
        return
    size = em * RUBY_SIZE
    gap = (length - len(cell.ruby) * size) / len(cell.ruby)
    x += gap / 2
    for character in cell.ruby:
        if not character.isspace():
            box = Rect(x=x, y=top - size, width=size, height=size)
            at = (x, top - size + BASELINE * size)
            yield Glyph(text=character, face="ruby", at=at, size_mm=size, vertical=False, box=box)
        x += size + gap
