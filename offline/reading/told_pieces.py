"""The smallest told pieces of a reading in order: one utterance or one sentence each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manga.brief import Language
from manga.plot import LineKind
from manga.story_source import Piece, Source, paragraphs, sentences
from offline.reading.story_reading import Quote, Reading, masked

TAG_JA = re.compile(r"(?:と|とて)(?:[、。]|(?=[^。]{0,40}。?$))")


@dataclass(frozen=True, slots=True)
class Unit:
    """`whole` says that the piece can be read by itself; `と、ごんは思いました。` and `ごんは、` cannot."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    kind: LineKind
    quote: Quote | None = None
    whole: bool = True

    @property
    def spoken(self) -> bool:
        return self.quote is not None

    @property
    def length(self) -> int:
        return self.end - self.start


def cut_units(reading: Reading) -> tuple[Unit, ...]:
    """Every quote that is not part of a sentence, and every sentence around them."""
    source = reading.source
    inline = masked(source.text, [q for q in reading.quotes if q.kind.inline])
    outer = [q for q in reading.quotes if not q.kind.inline and q.end > q.start]
    found: list[Unit] = []
    waiting = place = 0
    for number, paragraph in enumerate(paragraphs(source)):
        place = max(place, paragraph.start)
        while waiting < len(outer) and outer[waiting].outer_start < paragraph.end:
            quote = outer[waiting]
            found += narration(source, inline, Piece(place, quote.outer_start), number)
            found.append(spoken(quote, number))
            place = max(place, quote.outer_end)
            waiting += 1
        found += narration(source, inline, Piece(place, paragraph.end), number)
    return tuple(with_fragments(source, found))


def spoken(quote: Quote, paragraph: int) -> Unit:
    kind = LineKind(quote.kind.value)
    return Unit(quote.start, quote.end, quote.outer_start, quote.outer_end, paragraph, kind, quote)


def narration(source: Source, inline: str, gap: Piece, paragraph: int) -> Iterator[Unit]:
    for piece in sentences(inline, gap.start, gap.end, source.language):
        if re.search(r"\w", source.text[piece.start : piece.end]):
            yield Unit(piece.start, piece.end, piece.start, piece.end, paragraph, LineKind.NARRATION)


def with_fragments(source: Source, units: list[Unit]) -> Iterator[Unit]:
    """Mark the narration that only leads into a quote or closes one."""
    for i, unit in enumerate(units):
        before = units[i - 1] if i else None
        after = units[i + 1] if i + 1 < len(units) else None
        if unit.spoken or not (leads_in(source, unit, after) or closes(source, unit, before)):
            yield unit
        else:
            yield Unit(unit.start, unit.end, unit.outer_start, unit.outer_end, unit.paragraph, unit.kind, whole=False)


def leads_in(source: Source, unit: Unit, after: Unit | None) -> bool:
    if after is None or not after.spoken:
        return False
    if source.language is Language.JA:
        return source.text[unit.end - 1] not in "。！？!?…」』）)"
    same = after.paragraph == unit.paragraph
    return (same and source.text[unit.end - 1] in ",:;—-") or (same and source.text[unit.end - 1].isalpha())


def closes(source: Source, unit: Unit, before: Unit | None) -> bool:
    if before is None or not before.spoken:
        return False
    words = source.text[unit.start : unit.end]
    if source.language is Language.JA:
        return bool(TAG_JA.match(words))
    if before.paragraph != unit.paragraph:
        return False
    return words[0].islower() or source.text[before.end - 1] == "," or words[0] in ",;."
