"""The vocabulary of places: what each is called, how a story tells of it, and what it is like."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, TypeAlias

from manga.vocabulary.vocabulary_entries import Vocabulary, WordEntry, read_entries

SeenFrom = Literal["", "inside", "outside"]
Trait = Literal["bed", "boat", "counter", "home", "open_ground", "paving", "table", "way"]
"""A home is where somebody may live, a way where people are on their way; whoever is in a `boat` is afloat."""


class PlaceEntry(WordEntry):
    """A place; without `inside` it is out of doors."""

    inside: bool = False
    floor: bool = False
    """People sit on the floor or the ground here, not on chairs."""
    ground: bool = True
    """Outdoors: whether snow, leaves and puddles lie there."""
    unlit: bool = False
    """Nobody lights a lamp here."""
    has: frozenset[Trait] = frozenset()
    within: frozenset[str] = frozenset()
    """Places that it may be a part of: whoever goes to the stairs has not left the house."""
    beside: frozenset[str] = frozenset()
    """Places that it lies in, or that lie in it."""
    inner: str = ""
    """The same place seen from inside."""
    from_outside: str = ""
    """What a panel draws of it from outside; where nothing is said, what lies before its front, or a street."""
    from_inside: str = ""
    """What a panel draws of it from inside; where nothing is said, the same from inside, or a room."""
    front: str | None = None
    """Where people are who are before or behind the building; empty: that is not told."""


class PlaceClass(WordEntry):
    """A kind of places. `like` is the place that stands for one of it."""


Places: TypeAlias = Vocabulary[PlaceEntry, PlaceClass]


@cache
def places() -> Places:
    """All places, in order of precedence."""
    return Vocabulary(read_entries("places.yaml", PlaceEntry), read_entries("place_classes.yaml", PlaceClass))


def place_named(word: str) -> PlaceEntry | None:
    """The place that a setting names; None where nothing is known of it."""
    key = places().nearest(word).key
    return places().entries[key] if key else None


def known_setting(told: str) -> str:
    """The key of the place that is told; the words themselves where no entry has them, which the artist reports."""
    found = places().nearest(told).entry
    return found.key if found is not None else told


def place_to_draw(setting: str, times: Sequence[str], seen_from: SeenFrom = "") -> tuple[str, bool]:
    """The key of the place that is drawn for a setting in the first of these times and cultures that has one of its
    own, and whether the setting was known. Nothing named is a field; so is what nobody knows. `seen_from` is the side
    of its walls from which it is seen, where that is not the setting's own."""
    near = places().nearest(setting)
    from_there = _from(near.key, seen_from) if near.key and seen_from else near.key
    key = places().drawn_as(places().then(from_there, times)) if from_there else "field"
    return key, near.entry is not None or not setting.strip()


def _from(key: str, seen_from: SeenFrom) -> str:
    """The place that is seen from that side of the walls: itself where it lies there."""
    entry = places().entries[key]
    if entry.inside is (seen_from == "inside"):
        return key
    if entry.inside:
        within = (other.key for other in places().entries.values() if other.inner == key)
        return entry.from_outside or next(within, "") or entry.front or "street"
    return entry.from_inside or entry.inner or "room"


def outside_of(key: str) -> str:
    """What lies before a place that has walls."""
    return _from(key, "outside")


def has(setting: str, trait: Trait) -> bool:
    """Whether a place of this very key has something."""
    entry = places().find(setting)
    return entry is not None and trait in entry.has


def same_place(one: str, other: str) -> bool:
    """Whether nobody has to travel from one to the other."""
    if one == other:
        return True
    a, b = places().find(one), places().find(other)
    if a is None or b is None:
        return False
    return one in b.within or other in a.within or one in b.beside or other in a.beside
