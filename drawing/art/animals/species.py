"""Which breed a look is: of its kind, or of what the marks say that a beast or bird is.

What no being of the register names is drawn as a beast of fables, horned and black.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from drawing.art.animals.breeds import Breed, breed_from
from drawing.ink.pen import BLACK, WHITE
from manga.characters import Kind, Look
from manga.vocabulary.beings import BeingEntry, beings, marked_as

_BEFALLEN = re.compile("(?:wound|bandage|clothes|hands|size): |(?:wet|torn clothes|barefoot|gloves|mask)$")
"""Marks that tell what has befallen a beast, not what it is."""
_COLOR = re.compile(r"\b(black|white)\b|([黒白])")
_PART = re.compile(
    r"\b(?:tip|tail|ears?|paws?|foot|feet|feathers?|belly|bellies|breast|chest|throat|nose|muzzle|eyes?|stripes?|spots?"
    r"|patch(?:es)?|socks?|wings?|beak|bill|legs?|mane|collar|ribbon)\b|尾|しっぽ|耳|足|腹|胸|羽|先|斑|ぶち|鼻|目|首"
)
"""Parts of a body: their color is not the coat's."""
_CLAUSE = re.compile(r"[,;、。]|\bwith\b|\bbut\b|で、|だが")
_DYED = frozenset({"slender", "heavy", "tall", "bird", "owl", "snake"})
_NAMED = frozenset({Kind.BEAST, Kind.BIRD})
"""Kinds of which marks say more."""


@cache
def breed_called(key: str) -> Breed:
    """The breed of a being. Raises KeyError where there is none, TypeError where it has no body of a beast."""
    return breed_from(beings().entries[key].body)


def breed_of(look: Look) -> Breed:
    """The breed in the coat that the look names: black and white ones are their own, all others the kind's."""
    breed = (breed_by_marks(look) if look.kind in _NAMED else None) or breed_called(look.kind.value)
    if breed.body not in _DYED or (look.kind is Kind.BEAST and breed.body != "snake"):
        return breed
    color = "white" if look.hair_color == "white" else coat_told(look.marks)
    if not color and look.hair_color == "black" and look.kind is not Kind.BEAST:
        color = "black"
    if color == "black":
        socks = BLACK if breed.socks else None
        return replace(breed, coat=BLACK, mask=BLACK, socks=socks, stripes=False)
    if color == "white":
        return replace(breed, coat=WHITE, mask=WHITE, socks=None, stripes=False)
    return breed


def coat_told(marks: Sequence[str]) -> str:
    """`black` or `white` where the marks say so of all of it; of a white cat whose tail's tip is black, `white`."""
    for clause in (clause for mark in marks for clause in _CLAUSE.split(mark.lower())):
        found = _COLOR.search(clause)
        if found and not _PART.search(clause):
            return "black" if found[0] in ("black", "黒") else "white"
    return ""


def breed_by_marks(look: Look) -> Breed | None:
    """The breed of the first mark that names one."""
    being = marked_as(look.marks, _is_named)
    return breed_called(being.key) if being and being.body and being.key not in _NAMED else None


def _is_named(being: BeingEntry) -> bool:
    return being.kind in _NAMED


def unknown_beast(look: Look) -> str:
    """What a beast is said to be that nobody can draw; empty where its breed is known, or where it may be anything."""
    marks = [mark for mark in look.marks if not _BEFALLEN.match(mark)]
    if look.kind is not Kind.BEAST or not marks:
        return ""
    return "" if marked_as(marks, _is_named) else marks[0]
