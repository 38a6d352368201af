"""Who of a told cast is who of the annotated one: by names and aliases, as a reader would say so."""

import re
from collections.abc import Mapping

from evals.gold import Person
from manga.characters import Cast, Character

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
