"""Who is meant: names, aliases, parts in the story (the heroine), kinds (the fox), pronouns."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from manga.brief import Language
from manga.feedback import BookView, PersonView
from offline.wishes.sentence import known
from offline.wishes.words import Words

Span: TypeAlias = tuple[int, int]
Found: TypeAlias = tuple[Span, tuple[str, ...], bool]

_RANKS = ("protagonist", "main", "supporting", "minor")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "the", "sir", "lady", "lord", "old", "von", "de", "of"})
_ALSO_WORDS = frozenset(
    {"will", "may", "hope", "grace", "joy", "rose", "mark", "art", "bill", "faith", "june", "april", "august", "dawn"}
    | {"drew", "sky", "rain", "violet", "jack", "miles", "frank"}
)
_PARTS = {
    "he": ("male", None),
    "she": ("female", None),
    "old_man": ("male", ("elder",)),
    "old_woman": ("female", ("elder",)),
    "boy": ("male", ("child", "teen")),
    "girl": ("female", ("child", "teen")),
}


def people_in(text: str, view: BookView, words: Words) -> Iterator[Found]:
    """Where people are named, by which keys, and whether it is more than a pronoun. In the order of the text."""
    found: list[Found] = []
    for name, key in _names(view, words.language):
        for match in _pattern(name, words.language).finditer(text):
            found.append((match.span(), (key,), True))
            text = known(text, *match.span())
    for part, pattern in words.people.items():
        for match in pattern.finditer(text):
            if keys := _playing(part, view.people):
                found.append((match.span(), keys, part not in ("he", "she")))
                text = known(text, *match.span())
    yield from sorted(found)


def _names(view: BookView, language: Language) -> list[tuple[str, str]]:
    """Names with their keys, longest first; a part of a name that two people bear names neither."""
    owners: dict[str, set[str]] = {}
    for person in view.people:
        for name in _said(person, language):
            owners.setdefault(name, set()).add(person.key)
    sole = [(name, next(iter(keys))) for name, keys in owners.items() if len(keys) == 1]
    return sorted(sole, key=lambda pair: (-len(pair[0]), pair[0]))


def _said(person: PersonView, language: Language) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        yield name
        parts = re.split(r"[\s・.]+", name)
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > 1 and part.lower() not in _TITLES)


def _pattern(name: str, language: Language) -> re.Pattern[str]:
    quoted = re.escape(name)
    if name.isascii():
        flags = re.IGNORECASE if name.lower() not in _ALSO_WORDS else 0
        return re.compile(rf"(?<![A-Za-z]){quoted}(?![A-Za-z])", flags)
    if len(name) == 1:  # one letter alone is easily a part of another word
        return re.compile(rf"(?<![一-龥ァ-ヶ]){quoted}(?![一-龥ァ-ヶ])")
    return re.compile(rf"(?<![ァ-ヶー]){quoted}(?![ァ-ヶー])" if re.fullmatch(r"[ァ-ヶー]+", name) else quoted)


def _playing(part: str, people: Iterable[PersonView]) -> tuple[str, ...]:
    """Who plays this part. Where several could, the one with the larger role; nobody when nobody fits."""
    fit = [person for person in people if _fits(part, person)]
    return (min(fit, key=_rank).key,) if fit else ()


def _fits(part: str, person: PersonView) -> bool:
    if part == "protagonist":
        return person.role == "protagonist"
    if part == "heroine":
        return person.gender == "female"
    if part in _PARTS:
        gender, ages = _PARTS[part]
        return person.gender == gender and (ages is None or person.age in ages)
    return person.kind == part


def _rank(person: PersonView) -> int:
    return _RANKS.index(person.role) if person.role in _RANKS else len(_RANKS)
