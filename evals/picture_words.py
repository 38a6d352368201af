"""Words for what is in a picture: which of the artist's words show which deed, and when two nouns are one thing.

The table stands in `picture_words.yaml`.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from evals.gold_values import Deed
from manga.brief import Language
from manga.read_yaml import read_yaml
from manga.values import Value
from manga.vocabulary.things import things

TABLE: Final = Path(__file__).with_suffix(".yaml")
Words: TypeAlias = tuple[str, ...]


class PictureWords(Value):
    """The file's content."""

    deeds: dict[Deed, Words]
    faces: dict[Deed, Words]
    hands_on: tuple[Deed, ...]
    by_line: tuple[Deed, ...]
    tools: dict[str, Words]
    still: tuple[str, ...]
    scenery: dict[str, Words]
    places: dict[str, Words]
    things: dict[str, Words]


@cache
def picture_words() -> PictureWords:
    return PictureWords.of(read_yaml(TABLE.read_text(encoding="utf-8")))


def shows(deed: str, body: str, face: str) -> bool:
    """Whether a body or a face that the artist names so can be seen to do a deed of the gold."""
    table = picture_words()
    by_body, by_face = table.deeds.get(deed, ()), table.faces.get(deed, ())  # type: ignore[call-overload]
    return body == deed or body in by_body or face in by_face


def place_nouns(place: str) -> Words:
    """By what a reader may call the drawing of a place; empty where it tells none."""
    return picture_words().places.get(place, (place.replace("_", " "),)) if place else ()


def same_noun(first: str, second: str) -> bool:
    """One word, or one of them is the head of the other: a lantern and a paper lantern, not a desk lamp and a street
    lamp. No likeness of spelling counts."""
    a, b = singular(first).split(), singular(second).split()
    short, long = sorted((a, b), key=len)
    return bool(short) and long[-len(short) :] == short


def any_noun(drawn: Iterable[str], wanted: Iterable[str]) -> bool:
    names = tuple(wanted)
    return any(same_noun(one, name) for word in drawn for one in called(word) for name in names)


def called(word: str) -> Words:
    """By what somebody who sees it may call the drawing of a thing."""
    return (word, *picture_words().things.get(word, ()))


def is_tool_of(word: str, deed: str) -> bool:
    """Whether nobody does a deed without such a thing: pen and writing, oar and rowing."""
    return word in picture_words().tools.get(deed, ())


def is_named(word: str, text: str, language: Language) -> bool:
    """Whether a text in the story's language has a word for a thing of the artist's, or for one drawn as it."""
    key = word.replace(" ", "_")
    names = (name for one in things().values() if key in {one.key, one.like} for name in one.words[language.value])
    if language is Language.JA:
        return any(name in text for name in names)
    return any(re.search(rf"\b{re.escape(name)}(?:e?s)?\b", text, re.IGNORECASE) for name in names)


def singular(noun: str) -> str:
    """Its last word without a plural's ending: mushrooms, cherries, boxes."""
    low = noun.lower().replace("_", " ").replace("-", " ").strip()
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low
