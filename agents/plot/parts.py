"""A story in, the parts out in which models are asked for its plot: at once, each in one call.

Parts tile the story's text. They end where a scene is likely to: before a chapter line, at a wide blank, between two
paragraphs, never within an utterance where that can be helped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from manga.brief import Language
from manga.quotations import find_quotations
from manga.source import Source, sentences
from manga.values import Span

PART = {Language.JA: 6000, Language.EN: 12000}
"""Characters up to which one call tells all: an answer of a minute, far below the most that a model may answer."""
SLACK = 0.25
"""How far from an even cut, in parts, a better place is looked for."""
CONTEXT = {Language.JA: 240, Language.EN: 600}
"""Characters of the neighbours that a part is read with."""
_WORD = re.compile(r"\w")
_BREAK = re.compile(r"\n[ \u3000]*(?:\n[ \u3000]*)*")


@dataclass(frozen=True, slots=True)
class Border:
    """A place where a part may begin; the strongest is a chapter's."""

    at: int
    strength: float


def parts_of(source: Source) -> tuple[Span, ...]:
    """Stretches of the source's text, in order and without a gap; one for a story of ordinary length."""
    text, most = source.text, PART[source.language]
    count = ceil(len(text) / most)
    if count < 2:
        return (Span(start=0, end=len(text)),)
    borders = list(_borders(source))
    size = len(text) / count
    cuts = [0]
    for number in range(1, count):
        cuts.append(_best(borders, number * size, size, cuts[-1]))
    return tuple(_readable(text, [*cuts, len(text)]))


def before(source: Source, part: Span) -> str:
    """The end of what comes before a part, from the beginning of a sentence."""
    start = max(0, part.start - CONTEXT[source.language])
    pieces = list(sentences(source.text, start, part.start, source.language))
    kept = pieces[1:] if start and len(pieces) > 1 else pieces
    return source.text[kept[0].start : part.start].strip() if kept else ""


def after(source: Source, part: Span) -> str:
    """The beginning of what follows a part, to the end of a sentence."""
    end = min(len(source.text), part.end + CONTEXT[source.language])
    pieces = list(sentences(source.text, part.end, end, source.language))
    kept = pieces[:-1] if end < len(source.text) and len(pieces) > 1 else pieces
    return source.text[part.end : kept[-1].end].strip() if kept else ""


def _best(borders: list[Border], ideal: float, size: float, last: int) -> int:
    """The strongest border near the even cut; a hard cut where the text has none at all."""
    reach = SLACK * size
    near = [b for b in borders if abs(b.at - ideal) <= reach and b.at > last]
    if not near:
        return max(last + 1, round(ideal))
    return max(near, key=lambda b: (b.strength - 2.0 * (abs(b.at - ideal) / reach) ** 2, -b.at)).at


def _borders(source: Source) -> Iterator[Border]:
    """In order of the text: the places after blank lines, chapter lines, and sentences."""
    headings = {span.start for span in source.headings}
    quoted = {at for q in find_quotations(source) for at in range(q.outer_start + 1, q.outer_end)}
    usual = _usual_blank(source.text)
    for match in _BREAK.finditer(source.text):
        at = match.end() if match.end() not in quoted else -1
        start = source.text.rfind("\n", 0, match.end()) + 1
        if at < 0 or start >= len(source.text):
            continue
        wide = match.group().count("\n") > usual
        yield Border(start, 6.0 if start in headings else 4.0 if wide else 2.0)
    for piece in sentences(source.text, 0, len(source.text), source.language):
        if piece.end < len(source.text) and piece.end not in quoted:
            yield Border(piece.end, 0.0)


def _usual_blank(text: str) -> int:
    """How many line ends stand between two paragraphs of this text."""
    counts = [match.group().count("\n") for match in _BREAK.finditer(text)]
    return max(set(counts), key=lambda count: (counts.count(count), -count), default=1)


def _readable(text: str, cuts: list[int]) -> Iterator[Span]:
    """Parts with words in them; a stretch without any goes with the one before it."""
    bounds = [0]
    for start, end in pairwise(cuts):
        if _WORD.search(text, start, end) and _WORD.search(text, bounds[-1], start):
            bounds.append(start)
    for start, end in pairwise([*bounds, len(text)]):
        yield Span(start=start, end=end)
