"""Counts what of a clause is understood. A wish for the pictures of a whole book redraws all of them: one word in it
that is known (the moon) is no reason to, where the rest is nothing that can be drawn or changed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from manga.brief import Language
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import headgear, outfits
from manga.vocabulary.places import place_named
from manga.vocabulary.poses_and_effects import effects, poses
from manga.vocabulary.things import nearest_thing
from offline.wishes.load_wish_patterns import Words

_WORD: Final = {
    Language.EN: re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*"),
    Language.JA: re.compile(r"[一-龥々]+|[ァ-ヶー]+|[A-Za-z0-9]+"),
}
_OF_A_WORD: Final = 0.5


def barely_understood(text: str, words: Words) -> bool:
    """Whether as many words that mean something are unknown as are known. `text` is the clause with its references
    marked."""
    said = [match for match in _WORD[words.language].finditer(text) if not _is_small(match[0], words)]
    heard = tuple(_heard(text, words))
    known = sum(_covered(match.span(), heard) or _can_be_drawn(match[0].lower()) for match in said)
    return bool(said) and len(said) - known >= known


def _is_small(word: str, words: Words) -> bool:
    return bool(words.single["small_words"].fullmatch(word))


def _heard(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Where words of wishes stand."""
    tables = (words.phases, words.names, words.objects, words.verbs, words.kinds, words.runs, words.inks, words.sides)
    for table in tables:
        for pattern in table.values():
            yield from (match.span() for match in pattern.finditer(text))


def _covered(word: tuple[int, int], heard: Iterable[tuple[int, int]]) -> bool:
    """Half of it at least: Japanese words stand together without a gap."""
    there = max((min(word[1], end) - max(word[0], start) for start, end in heard), default=0)
    return there >= _OF_A_WORD * (word[1] - word[0])


@cache
def _can_be_drawn(word: str) -> bool:
    lists = (beings, outfits, headgear, poses, effects)
    found = (nearest_thing(word), *(each().nearest(word) for each in lists))
    return place_named(word) is not None or any(each.by in ("key", "word") for each in found)
