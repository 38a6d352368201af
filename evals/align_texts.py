"""Aligns two readings of one story: where the words of one stand in the other, and who of the one is who there.

An author's file, its gold and the `Source` that models read differ by title, ruby and line breaks, never by letters.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from evals.read_gold import Person
from manga.characters import Cast, Character
from manga.values import Span

_BEFORE = re.compile(
    r"^(?:(?:the|a|an|poor|old|little|young|dear|my|mr\.?|mrs\.?|miss|ms\.?|mme\.?|madame?|dr\.?|captain) )+(?=\w)"
)
_AFTER = re.compile(r"(?:さん|さま|様|ちゃん|くん|君|どの|殿|先生)$")


def normal(name: str) -> str:
    """Without article, title and suffix of respect."""
    plain = _BEFORE.sub("", name.strip().lower())
    return _AFTER.sub("", plain) if len(plain) > 2 else plain


def likeness(names: tuple[str, ...], others: tuple[str, ...]) -> int:
    """3 the same name, 2 the same without titles, 1 one within the other, 0 strangers."""
    if set(names) & set(others):
        return 3
    mine, theirs = {normal(name) for name in names}, {normal(name) for name in others}
    if mine & theirs:
        return 2
    return int(any(len(a) > 1 and len(b) > 1 and _within(a, b) for a in mine for b in theirs))


def _within(first: str, second: str) -> bool:
    """One name within the other; in English whole words only."""
    short, long = sorted((first, second), key=len)
    if short.isascii():
        return re.search(rf"\b{re.escape(short)}\b", long) is not None
    return short in long


def linked(cast: Cast, people: tuple[Person, ...]) -> Mapping[str, frozenset[str]]:
    """For every told key the keys of those it may be: the likest, all of equal likeness (a pair told as one)."""
    return {told.key: _likest(told, people) for told in cast.characters}


def _likest(told: Character, people: tuple[Person, ...]) -> frozenset[str]:
    names = (told.name, *told.aliases)
    grades = {person.key: likeness(names, (person.name, *person.aliases)) for person in people}
    best = max(grades.values(), default=0)
    return frozenset(key for key, grade in grades.items() if best and grade == best)


@dataclass(frozen=True, slots=True)
class Alignment:
    """From stretches of `there` to stretches of `here`. `shift` is added to a letter's number, spaces not counted."""

    there: tuple[int, ...]
    here: tuple[int, ...]
    shift: int

    def span(self, start: int, end: int) -> Span | None:
        """The same letters here; None when they are not all here, or there are none."""
        first = bisect_left(self.there, start) + self.shift
        last = bisect_left(self.there, end) + self.shift - 1
        if first > last or first < 0 or last >= len(self.here):
            return None
        return Span(start=self.here[first], end=self.here[last] + 1)


def align(there: str, here: str) -> Alignment | None:
    """None when neither text holds the letters of the other."""
    old, new = _letters(there), _letters(here)
    old_text, new_text = "".join(there[i] for i in old), "".join(here[i] for i in new)
    at = old_text.find(new_text)
    if at >= 0:
        return Alignment(old, new, -at)
    at = new_text.find(old_text)
    return Alignment(old, new, at) if at >= 0 else None


def _letters(text: str) -> tuple[int, ...]:
    return tuple(i for i, char in enumerate(text) if not char.isspace())
