"""The vocabulary of beings: species by the plan of their bodies, people and spirits who look the same in every story.

In: the package's data. Out: entries by key, and the entry that the marks of a sheet name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import Field

from manga.values import Value
from manga.vocabulary.find_in_text import ToldEntry, pattern_of
from manga.vocabulary.vocabulary_entries import LanguageCode, Vocabulary, read_entries


class Kind(StrEnum):
    """What a figure is; the offline artist has a rig for each (an unknown one becomes the nearest)."""

    HUMAN = "human"
    FOX = "fox"
    DOG = "dog"
    WOLF = "wolf"
    CAT = "cat"
    RABBIT = "rabbit"
    TORTOISE = "tortoise"
    MOUSE = "mouse"
    BEAR = "bear"
    HORSE = "horse"
    BIRD = "bird"
    BEAST = "beast"
    SPIRIT = "spirit"
    THING = "thing"
    """An object, which its first mark names: it is drawn as that, and has no body."""


class Adornment(Value):
    """What is drawn of a spirit beside a person's body: on the head behind and before it, on the back, before the body.

    One of `stone` stands as it stands, with its eyes shut.
    """

    behind: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    back: str = ""
    body: str = ""
    stone: bool = False


class BeingEntry(ToldEntry):
    """A kind of beings. It is drawn by the numbers of its `body`, as a person who is `adorned`, or `like` another."""

    kind: Kind
    introduced: bool = Field(default=False, description="a story may say of somebody that he is one")
    cry: str = Field(default="", description="the pattern of what it says")
    usual: str = Field(default="grey", description="the colour of its hair where none is told")
    machine: bool = False
    look: Mapping[str, Any] = Field(default_factory=dict)
    mark: Mapping[LanguageCode, str] = Field(default_factory=dict, description="what a sheet says of it")
    body: Mapping[str, Any] = Field(default_factory=dict)
    adorned: Adornment | None = None
    sure: bool = Field(default=False, description="its mark makes a spirit of a person or a beast")


@cache
def beings() -> Vocabulary[BeingEntry, BeingEntry]:
    """All beings: an entry takes from the one that it is `like` what it does not tell itself."""
    rows = read_entries("beings.yaml", BeingEntry)
    return Vocabulary({key: _completed(entry, rows.get(entry.like)) for key, entry in rows.items()})


def _completed(entry: BeingEntry, other: BeingEntry | None) -> BeingEntry:
    if other is None:
        return entry
    told = {"look": {**other.look, **entry.look}, "body": {**other.body, **entry.body}}
    return entry.model_copy(update={**told, "adorned": entry.adorned or other.adorned})


def marked_as(marks: Iterable[str], wanted: Callable[[BeingEntry], object]) -> BeingEntry | None:
    """The first wanted being that the first mark names which names one."""
    rows = [(entry, row) for entry, row in _marks() if wanted(entry)]
    told = (mark.replace("_", " ") for mark in marks)
    return next((entry for mark in told for entry, row in rows if row.search(mark)), None)


@cache
def _marks() -> tuple[tuple[BeingEntry, re.Pattern[str]], ...]:
    rows = ((entry, pattern_of([entry.key.replace("_", " ")])) for entry in beings().entries.values())
    return tuple((entry, re.compile(f"{entry.finds(('en', 'ja'))}|{key}", re.IGNORECASE)) for entry, key in rows)


def look_of(entry: BeingEntry, language: LanguageCode) -> Mapping[str, Any]:
    """How one looks who looks the same in every story, with the mark that says so."""
    mark = entry.mark.get(language)
    return {**entry.look, "marks": (mark,)} if mark else entry.look


def is_machine(marks: Iterable[str]) -> bool:
    """Whether a mark says that somebody is a robot."""
    rows = [row for entry, row in _marks() if entry.machine]
    return any(row.search(mark) for mark in marks for row in rows)
