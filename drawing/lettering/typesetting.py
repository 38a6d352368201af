"""Typesets a part: its words and the book's manner in; its settings, best first, and pieces to be placed out.

Japanese from left to right, with its readings above, is set here too: a person asks for it, balloon by balloon.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drawing.lettering.balloons import BOXED, TAILED, body_for, faces_of, hull, kind_of
from drawing.lettering.break_costs import unwrapped
from drawing.lettering.break_into_columns import Column, ways
from drawing.lettering.figure_anchors import find_speaker
from drawing.lettering.fonts import Faces
from drawing.lettering.free_space import PageSpace, PanelSpace
from drawing.lettering.horizontal_text import line_ways, set_level
from drawing.lettering.moved_letters import Placing
from drawing.lettering.offstage_tails import voice_side
from drawing.lettering.placed_pieces import TextPiece, Variant
from drawing.lettering.punctuation import Style, Words, letters, punctuated, unpaused
from drawing.lettering.split_text import first_half
from drawing.lettering.vertical_cells import TypeCell, cells, height, rides
from drawing.lettering.vertical_text import (
    LEADING,
    LEADING_WITH_RUBY,
    Q_MM,
    RUBY_SIZE,
    TypeFaces,
    narrowed,
    set_vertically,
)
from manga.brief import Language
from manga.comic_strips import LayoutName
from manga.geometry import Rect
from manga.lettering import BalloonKind, FaceName, Glyph, TextRun
from manga.paper import Direction, Paper
from manga.plot import DOUBT, LineKind
from manga.storyboard import LinePart, StoryPage
from manga.values import Span

BASELINE = 0.88
"""Of an em, from the top of a row to its baseline."""
_AIR = 0.1
"""Em at each side of a Latin word."""
BASE_Q: Mapping[Language, float] = {Language.JA: 20.0, Language.EN: 17.2}
"""Size of the body type on a B4 manuscript; other papers in proportion."""
IN_STRIPS_Q: Mapping[Language, float] = {Language.JA: 18.0, Language.EN: 17.2}
"""The same on pages of strips, whose panels are small: the lesser of the trade's two sizes. Latin type has none."""
MOST_VARIANTS = 7


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


@dataclass(frozen=True, slots=True)
class Manner:
    """How a book is lettered. `folders` hold the faces; `own` says by key what a person wants of a text."""

    paper: Paper
    direction: Direction
    language: Language
    punctuation: Style
    with_ruby: bool
    seed: int
    folders: tuple[str, ...]
    own: Mapping[str, Placing] = field(default_factory=dict, hash=False)

    @property
    def size_mm(self) -> float:
        return self.size_on("free")

    def size_on(self, layout: LayoutName) -> float:
        """Of the body type, millimetres."""
        sizes = BASE_Q if layout == "free" else IN_STRIPS_Q
        return sizes[self.language] * Q_MM * self.paper.scale


def pieces_of(page: StoryPage, space: PageSpace, manner: Manner, size_mm: float, found: Faces) -> list[TextPiece]:
    pieces: list[TextPiece] = []
    for panel, room in zip(page.panels, space.panels, strict=True):
        parts = [part for part in panel.dialogue.parts if part.kind != "sfx" and letters(part.text)]
        own = (_piece(part, room, rank, len(parts), manner, size_mm, found) for rank, part in enumerate(parts))
        pieces += [_with_side(piece, part, space) for piece, part in zip(own, parts, strict=True)]
    return pieces


def _piece(
    part: LinePart, room: PanelSpace, rank: int, count: int, manner: Manner, size_mm: float, found: Faces
) -> TextPiece:
    seen = None if part.off_panel or part.confidence < DOUBT else find_speaker(room.figures, part.speaker, room.box)
    kind = kind_of(LineKind(part.kind), off_panel=seen is None)
    runs = runs_of(part, kind, manner, size_mm, found)
    return TextPiece(
        key=part.key,
        panel=room,
        kind=kind,
        variants=tuple(variants_of(runs, kind)),
        speaker=seen if kind in TAILED else None,
        rank=rank,
        count=count,
        talker=part.speaker,
        place=part.place,
        follows=first_half(part.key),
    )


def _with_side(piece: TextPiece, part: LinePart, space: PageSpace) -> TextPiece:
    """A voice from outside comes from where its speaker was seen last, if that is no guess."""
    heard = piece.kind is BalloonKind.OFF_PANEL and part.speaker is not None and part.confidence >= DOUBT
    side = voice_side(part.speaker, piece.panel, space) if heard and part.speaker else 0
    return replace(piece, side=side) if side else piece


def variants_of(runs: Sequence[tuple[TextRun, float]], kind: BalloonKind) -> Iterator[Variant]:
    """Every setting in its usual body, then in a compact one, for panels with little room."""
    for compact in (False,) if kind in BOXED else (False, True):
        for run, cost in runs:
            body = body_for(run, kind, compact=compact)
            yield Variant(run, body, cost + 1.2 * compact, tuple(body.rim()), hull(body, (0.0, 0.0), kind))


def runs_of(
    part: LinePart, kind: BalloonKind, manner: Manner, size_mm: float, found: Faces
) -> list[tuple[TextRun, float]]:
    """The part set in every sensible way, best first, each with its cost against the best."""
    own = manner.own.get(part.key, Placing())
    if manner.language is Language.EN and own.runs != "vertical":
        face: FaceName = "comic" if own.face == "auto" else own.face
        said = unpaused(part.text) if manner.punctuation == "magazine" else part.text
        lines = line_ways(said, face, found)[:MOST_VARIANTS]
        return [(set_level(way, part.text, part.span, face, size_mm, found), 0.25 * i) for i, way in enumerate(lines)]
    flat = unwrapped(Words(part.text, tuple(ruby for ruby in part.ruby if manner.with_ruby or ruby.is_dot)))
    words = punctuated(flat, manner.punctuation)
    hand = faces_of(kind, own.face, size_mm)
    broken = ways(cells(words), words.text)[:MOST_VARIANTS]
    setter = set_across if own.runs == "level" else set_vertically
    return [
        (setter(way.columns, part.text, part.span, hand, found), 0.5 * (way.cost - broken[0].cost)) for way in broken
    ]
