"""Finds whom a wish names: the cast and a sentence in, keys out in the order in which they are named."""

import re

from manga.characters import Age, Cast, Character
from manga.vocabulary.beings import beings, marked_as
from offline.wishes.revising.revision_patterns import beings_asked, table


def named_in(cast: Cast, said: str) -> tuple[str, ...]:
    """By name or another word for the same one; the longest names first, so that nobody is found inside another."""
    spots: list[tuple[int, str]] = []
    left = said
    names = [(name, person.key) for person in cast.characters for name in _names(person)]
    for name, key in sorted(names, key=lambda pair: -len(pair[0])):
        if found := re.search(_whole(name), left, re.IGNORECASE):
            spots.append((found.start(), key))
            left = left[: found.start()] + "□" * len(found[0]) + left[found.end() :]
    return tuple(dict.fromkeys(key for _, key in sorted(spots))) or _roles_in(cast, said)


def _roles_in(cast: Cast, said: str) -> tuple[str, ...]:
    """Those who are called by their part in the story, or by he and she where that can only be one."""
    found: list[str] = []
    for role, row in table("shared", "roles").items():
        if row.search(said):
            found += [person.key for person in cast.characters if _plays(person, role)][:1]
    for being, row in beings_asked().items():
        if row.search(said):
            found += [person.key for person in cast.characters if _is_a(person, being)][:1]
    return tuple(dict.fromkeys(found))


def _is_a(person: Character, being: str) -> bool:
    """Whether somebody is of that kind; a beast, bird or spirit that its sheet names is only what it is named."""
    entry, named = beings().entries[being], marked_as(person.look.marks, lambda one: one.kind is person.look.kind)
    return person.look.kind is entry.kind and being in {entry.kind.value, named.key if named else ""}


def _plays(person: Character, role: str) -> bool:
    look = person.look
    return {
        "protagonist": person.role == "protagonist",
        "heroine": look.gender == "female",
        "old_man": look.gender == "male" and look.age is Age.ELDER,
        "old_woman": look.gender == "female" and look.age is Age.ELDER,
        "boy": look.gender == "male" and look.age in (Age.CHILD, Age.TEEN),
        "girl": look.gender == "female" and look.age in (Age.CHILD, Age.TEEN),
    }[role]


def _names(person: Character) -> tuple[str, ...]:
    names = [name for name in (person.name, *person.aliases) if len(name) > 1 or not name.isascii()]
    surnames = [word for name in names for word in name.split()[1:] if name.isascii() and word[0].isupper()]
    return tuple(dict.fromkeys((*names, *surnames)))


def _whole(name: str) -> str:
    """An English name as a word of its own."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
