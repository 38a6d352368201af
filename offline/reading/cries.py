"""Voices without a body that betray themselves: who mews behind a door is a cat, whatever it said before.

In: a reading. Out: which beast a voice is, and in which quotes it shows itself.
"""

import re
from functools import cache

from manga.characters import Kind
from manga.vocabulary.beings import beings
from offline.reading.reading import Quote, Reading
from offline.told_words import kinds_named

LONGEST = 24
"""A cry is nothing but a cry."""


@cache
def _cries() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((being.kind, re.compile(being.cry, re.IGNORECASE)) for being in beings().entries.values() if being.cry)


def cry_of(words: str) -> Kind | None:
    """Which beast cries so; None for anything that is more than a cry."""
    if len(words) > LONGEST:
        return None
    return next((kind for kind, row in _cries() if row.match(words)), None)


def beasts_behind(reading: Reading) -> dict[str, Kind]:
    """The voice that nobody was found for, with its kind, where a cry is heard that no beast of the story makes."""
    hidden = [person.name for person in reading.people if person.unseen]
    if not hidden:
        return {}
    kinds = kinds_named(reading.language)
    seen = {kinds.first(name.lower()) for person in reading.people for name in person.names}
    heard = [kind for quote in reading.quotes if (kind := cry_of(words_of(reading, quote))) and kind.value not in seen]
    return {hidden[0]: heard[0]} if heard else {}


def words_of(reading: Reading, quote: Quote) -> str:
    return reading.source.text[quote.start : quote.end]
