"""The story's plain text in, its paragraphs and sentences with their places out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manga.brief import Language
from manga.source import Source

SENTENCE_JA = re.compile(r"[^。！？!?\n]*(?:[。！？!?…]+[」』）)]*)?")
SENTENCE_EN = re.compile(
    r"(?:[^.!?\n]|[.!?](?=\w)|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|St))\.|(?<=\bM(?:rs|me))\.)*(?:[.!?]+[\"'”’)]*)?"
)
"""A point within a number ($1.87) or after a title ends nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open stretch of the body."""

    start: int
    end: int


def paragraphs(source: Source) -> tuple[Piece, ...]:
    """Lines with words in them; headings are none."""
    headings = {span.start for span in source.headings}
    lines = (Piece(m.start(), m.end()) for m in re.finditer(r"[^\n]+", source.text))
    return tuple(p for p in lines if p.start not in headings and source.text[p.start : p.end].strip())


def sentences(text: str, start: int, end: int, language: Language) -> Iterator[Piece]:
    """The sentences between two places, without the blanks around them."""
    pattern = SENTENCE_JA if language is Language.JA else SENTENCE_EN
    for match in pattern.finditer(text, start, end):
        words = match.group().strip(" \u3000\n")
        if words:
            first = match.start() + match.group().index(words[0])
            yield Piece(first, first + len(words))


def sentence_ends(text: str, language: Language) -> list[int]:
    """Where each sentence of a text ends, the last at its very end."""
    found = [piece.end for piece in sentences(text, 0, len(text), language)]
    return [*found[:-1], len(text)]
