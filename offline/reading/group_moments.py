"""Groups told pieces into moments: one group is one moment that a panel can show."""

import re
from dataclasses import dataclass
from functools import lru_cache

from manga.brief import Language
from manga.plot import LineKind
from manga.story_source import Source
from offline.reading.lexicon_tables import lore
from offline.reading.scenes import jumps, pauses
from offline.reading.told_pieces import Unit

ALONE = {Language.JA: 18, Language.EN: 48}
"""Characters of a sentence that is set apart."""
RARE = 0.15
"""Share of a story's paragraphs: whoever seldom writes one of a single short sentence means something by it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """In characters of the language."""

    told: int
    spoken: int
    short_quote: int
    sudden: int


LIMITS = {Language.JA: Limits(70, 60, 12, 36), Language.EN: Limits(190, 170, 30, 100)}
_QUOTE = re.compile('[「『“"‘—]')
SUDDEN = 1.6
"""A short sentence of at least this weight is a moment of its own."""


def group_units(source: Source, units: tuple[Unit, ...]) -> list[tuple[Unit, ...]]:
    """Moments in order. A lead-in stays with its quote and a tag with the quote before it."""
    moments: list[list[Unit]] = []
    for unit in units:
        if moments and belongs(source, moments[-1], unit):
            moments[-1].append(unit)
        else:
            moments.append([unit])
    return [tuple(moment) for moment in moments]


def belongs(source: Source, moment: list[Unit], unit: Unit) -> bool:
    last = moment[-1]
    if not unit.spoken and not unit.whole and last.spoken:
        return True
    if not last.spoken and not last.whole and unit.spoken and last.end >= moment[0].start:
        return leads(source, moment, unit)
    if any(u.kind is LineKind.SIGN for u in (*moment, unit)) or heading_between(source, last, unit):
        return False
    return quote_fits(source, moment, unit) if unit.spoken else sentence_fits(source, moment, unit)


def leads(source: Source, moment: list[Unit], unit: Unit) -> bool:
    """「…」と言いながら、「…」 goes on; a sentence that leads in always keeps its quote."""
    quotes = [u for u in moment if u.spoken]
    return not quotes or quote_fits(source, moment, unit)


def heading_between(source: Source, last: Unit, unit: Unit) -> bool:
    return any(last.end <= span.start < unit.start for span in source.headings) if source.headings else False


def quote_fits(source: Source, moment: list[Unit], unit: Unit) -> bool:
    limits = LIMITS[source.language]
    quotes = [u for u in moment if u.spoken]
    if not quotes:
        return sum(u.length for u in moment) <= limits.told * 1.3
    if len(quotes) >= 3 or (len(quotes) >= 2 and any(q.length > limits.short_quote for q in (*quotes, unit))):
        return False
    if any(u.kind is LineKind.THOUGHT for u in (*quotes, unit)):
        return False
    return sum(q.length for q in quotes) + unit.length <= limits.spoken


def sentence_fits(source: Source, moment: list[Unit], unit: Unit) -> bool:
    limits = LIMITS[source.language]
    if any(u.spoken for u in moment) or len([u for u in moment if u.whole]) >= 2:
        return False
    if jumps(source, unit) or pauses(source, moment[-1], unit):
        return False
    told = sum(u.length for u in moment)
    if told + unit.length > limits.told or (unit.paragraph != moment[-1].paragraph and told > limits.told // 3):
        return False
    return not any(is_sudden(source, u, limits) or stands_alone(source, u) for u in (*moment, unit))


def stands_alone(source: Source, unit: Unit) -> bool:
    """A short told sentence that its author gave a paragraph of its own, which is seldom done."""
    text = source.text
    if unit.spoken or unit.length > ALONE[source.language]:
        return False
    before = text[max(0, unit.start - 2) : unit.start].strip(" \u3000")
    after = text[unit.end : unit.end + 2].strip(" \u3000")
    return before.endswith("\n") and after.startswith("\n") and seldom_alone(text, ALONE[source.language])


@lru_cache(maxsize=8)
def seldom_alone(text: str, most: int) -> bool:
    paragraphs = [line.strip(" \u3000") for line in text.split("\n") if line.strip(" \u3000")]
    alone = sum(len(line) <= most and not _QUOTE.search(line) for line in paragraphs)
    return alone <= RARE * len(paragraphs)


def is_sudden(source: Source, unit: Unit, limits: Limits) -> bool:
    words = source.text[unit.start : unit.end]
    return unit.length <= limits.sudden and lore(source.language).weight(words) >= SUDDEN
