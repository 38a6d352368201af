"""The vocabularies of clothes and hair: outfits, headgear, hair styles, and what is usual where nothing is told.

In: the package's data. Out: vocabularies by key.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, TypeAlias

from pydantic import Field

from manga.values import Value
from manga.vocabulary.find_in_text import ToldEntry, Words
from manga.vocabulary.package_data import load_yaml
from manga.vocabulary.vocabulary_entries import Vocabulary, read_entries

UNKNOWN_CLOTHES: Final = "clothes: "
"""Begins the mark of a look for what somebody wears by words that mean no entry."""
Has: TypeAlias = Literal["lapels", "pockets", "belt", "wide sleeves"]
BySex: TypeAlias = Mapping[Literal["female", "other"], str | bool]
Then: TypeAlias = Mapping[str, tuple[str, str]]
"""What a word means in a period, on women and on others."""


class Garments(Value):
    """What an outfit covers a body with: words of the artist's garments and shades."""

    top: str
    bottom: str
    sleeve: str
    lower: str | BySex
    collar: str | BySex
    shoes: str = "shoe"
    waist: bool | BySex = False


class OutfitEntry(ToldEntry):
    """Clothes. `covers` is what is drawn; without it they are drawn as the outfit that they are `like`."""

    trades: Words = Field(default_factory=dict, description="trades that alone tell what is worn")
    newer: bool = Field(default=False, description="a trade does not give it in an old country")
    worn_then: Then = Field(default_factory=dict)
    origin: Literal["east", "west", ""] = Field(default="", alias="from")
    has: frozenset[Has] = Field(default=frozenset(), description="what hands find at it")
    school: bool = False
    without: str = Field(default="", description="the outfit beneath it")
    covers: Garments | None = None


class HeadgearEntry(ToldEntry):
    """A hat, or hats of no kind: the `like` of these is what one is, and `worn_then` what it is in a period."""

    no_kind: bool = Field(default=False, alias="class")
    worn_then: Then = Field(default_factory=dict)


class HairEntry(ToldEntry):
    """A hair style."""

    shorter: str = Field(default="", description="what it is when it is cut; empty: it cannot be any shorter")
    long: bool = Field(default=False, description="it can be let down and done up")


@cache
def outfits() -> Vocabulary[OutfitEntry, OutfitEntry]:
    return Vocabulary(read_entries("outfits.yaml", OutfitEntry))


@cache
def headgear() -> Vocabulary[HeadgearEntry, HeadgearEntry]:
    rows = read_entries("headgear.yaml", HeadgearEntry)
    kinds = {key: entry for key, entry in rows.items() if entry.no_kind}
    return Vocabulary({key: entry for key, entry in rows.items() if key not in kinds}, kinds)


@cache
def hair_styles() -> Vocabulary[HairEntry, HairEntry]:
    return Vocabulary(read_entries("hair.yaml", HairEntry))


def from_east(outfit: str) -> bool:
    """Whether clothes are of the old East."""
    return outfits().entries[outfit].origin == "east"


def usual_hat(outfit: str) -> str:
    """What a hat of no kind is with some clothes."""
    plain = headgear().classes["plain"]
    return plain.worn_then["old_japan"][1] if from_east(outfit) else plain.like


def usual_clothes(period: str) -> Mapping[str, tuple[str, ...]]:
    """Outfits by who wears them, in the order in which they are tried."""
    return {who: tuple(keys) for who, keys in load_yaml("usual_looks.yaml")["clothes"][period].items()}


def usual_hair(who: str) -> tuple[str, ...]:
    """Hair styles of `female`, `old_japan_girl` and so on; none where nothing is told of these."""
    found = load_yaml("usual_looks.yaml")["hair"].get(who)
    return tuple(found or ())
