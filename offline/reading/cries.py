"""Voices without a body that betray themselves: who mews behind a door is a cat, whatever it said before.

In: a reading. Out: which beast a voice is, and in which quotes it shows itself.
"""

import re

from manga.characters import Kind
from offline.lexicon import table
from offline.reading.reading import Quote, Reading

LONGEST = 24
"""A cry is nothing but a cry."""
_CRIES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CAT, re.compile(r"(?:にゃ|ニャ|みゃ|ミャ)[あーァぁお]|\b(?:mi?aow|meow|mew)\b", re.IGNORECASE)),
    (Kind.DOG, re.compile(r"わん[、。！ わ]|ワン[、。！ ワ]|きゃん|\b(?:bow-?wow|woof)\b", re.IGNORECASE)),
    (Kind.FOX, re.compile(r"こん、?こん|コン、?コン")),
    (Kind.BIRD, re.compile(r"こけこっこ|コケコッコ|かあ、?かあ|カア、?カア|\b(?:cock-a-doodle|caw)\b", re.IGNORECASE)),
    (Kind.HORSE, re.compile(r"ひひい?ん|ヒヒイ?ン|\bneigh\b", re.IGNORECASE)),
    (Kind.MOUSE, re.compile(r"ちゅう、?ちゅう|チュウ、?チュウ|\bsqueak\b", re.IGNORECASE)),
    (Kind.WOLF, re.compile(r"うおおー?ん|ウオオー?ン|\ba-?woo+\b", re.IGNORECASE)),
)


def cry_of(words: str) -> Kind | None:
    """Which beast cries so; None for anything that is more than a cry."""
    if len(words) > LONGEST:
        return None
    return next((kind for kind, row in _CRIES if row.match(words)), None)


def beasts_behind(reading: Reading) -> dict[str, Kind]:
    """The voice that nobody was found for, with its kind, where a cry is heard that no beast of the story makes."""
    hidden = [person.name for person in reading.people if person.unseen]
    if not hidden:
        return {}
    kinds = table(f"looks_{reading.language.value}", "name_kinds")
    seen = {kinds.first(name.lower()) for person in reading.people for name in person.names}
    heard = [kind for quote in reading.quotes if (kind := cry_of(words_of(reading, quote))) and kind.value not in seen]
    return {hidden[0]: heard[0]} if heard else {}


def words_of(reading: Reading, quote: Quote) -> str:
    return reading.source.text[quote.start : quote.end]
