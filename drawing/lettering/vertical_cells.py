"""Cells of vertical text: one character, a word with ruby, tate-chu-yoko, a dash bar, a turned word.

The texts of the cells, joined, are the text without its breaks: nothing can be lost here.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from drawing.lettering.punctuation import BREAK, Words
from manga.values import Ruby

CellKind = Literal["char", "ruby", "tcy", "bar", "turned", "break"]
_TCY = re.compile(r"[!?！？]{2,3}|[0-9０-９]{2,3}|[0-9]|[A-Za-z]{1,2}")
_BAR = re.compile(r"[—―─－-]{2,}|[—―─]")
_TURNED = re.compile(r"[A-Za-z][A-Za-z'’.\-]{2,11}")
_PATTERNS: tuple[tuple[CellKind, re.Pattern[str]], ...] = (("turned", _TURNED), ("tcy", _TCY), ("bar", _BAR))
_RUN = re.compile(r"[0-9０-９A-Za-z]")
_PAIRS = ("……", "‥‥")


OVERHANG = 0.5
"""How far a long reading may reach over its neighbours, both sides together, in em of the base."""


def rides(character: str) -> bool:
    """Whether a character has no place of its own: accents, joiners, variation selectors."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def height(character: str) -> float:
    """How much of a column a character takes, in em."""
    if rides(character):
        return 0.0
    return 0.5 if character == " " else 1.0


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What stays together on a column. `start` is its place in the text; `length` how many em it takes."""

    kind: CellKind
    text: str
    start: int
    ruby: str = ""

    @property
    def length(self) -> float:
        if self.kind == "turned":
            return 0.56 * len(self.text) + 0.1
        if self.kind == "tcy":
            return 1.0
        if self.kind == "break":
            return 0.0
        if self.kind == "ruby":
            return max(float(len(self.text)), 0.5 * len(self.ruby) - OVERHANG)
        return sum(height(c) for c in self.text)


def cells(words: Words) -> tuple[TypeCell, ...]:
    """Cut a text into cells. Overlapping or empty ruby is left out."""
    text = words.text
    groups = _groups(words)
    out: list[TypeCell] = []
    i = 0
    while i < len(text):
        if i in groups:
            cell = TypeCell("ruby", text[i : groups[i].end], i, groups[i].reading)
        else:
            cell = _plain(text, i, min((start for start in groups if start > i), default=len(text)))
        out.append(cell)
        i += max(1, len(cell.text))
    return tuple(out)


def _groups(words: Words) -> dict[int, Ruby]:
    found: dict[int, Ruby] = {}
    reached = 0
    for ruby in sorted(words.ruby, key=lambda r: (r.start, r.end)):
        inside = reached <= ruby.start < ruby.end <= len(words.text)
        if inside and BREAK not in words.text[ruby.start : ruby.end]:
            found[ruby.start] = ruby
            reached = ruby.end
    return found


def _plain(text: str, i: int, end: int) -> TypeCell:
    c = text[i]
    if c == BREAK:
        return TypeCell("break", c, i)
    for kind, pattern in _PATTERNS:
        match = pattern.match(text, i, end)
        if match and (kind == "bar" or not _inside_word(text, match)):
            return TypeCell(kind, match.group(), i)
    if text.startswith(_PAIRS, i) and i + 2 <= end:
        return TypeCell("char", text[i : i + 2], i)
    stop = i + 1
    while stop < end and rides(text[stop]):
        stop += 1
    return TypeCell("char", text[i:stop], i)


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether the match is only a part of a longer Latin word or number."""
    before, first = text[match.start() - 1 : match.start()], match.group()[0]
    after, last = text[match.end() : match.end() + 1], match.group()[-1]
    joins_before = bool(before and _RUN.match(before) and _RUN.match(first))
    return joins_before or bool(after and _RUN.match(after) and _RUN.match(last))
