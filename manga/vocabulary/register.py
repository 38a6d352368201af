"""All vocabularies by name, and the closed lists that prompts and schemas are made from.

A closed list is written once: as entries of a vocabulary, or as an enum of a value. A prompt file names it in double
braces (`{{places}}`), a field of a value by `word_of`.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from manga.concept import Culture
from manga.continuity import Aspect
from manga.plot import LineKind
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from manga.vocabulary.places import places
from manga.vocabulary.poses_and_effects import closer_acts, effects, poses
from manga.vocabulary.things import thing_classes
from manga.vocabulary.vocabulary_entries import Vocabulary
from manga.vocabulary.weather import grounds, weathers

MOST_ENUMERATED: Final = 50
"""Words that a schema lists; a longer list is a text there, answered by its nearest entry."""

VOCABULARIES: Final[Mapping[str, Callable[[], Vocabulary[Any, Any]]]] = {
    "thing_classes": lambda: Vocabulary(thing_classes()),
    "places": places,
    "weather": weathers,
    "ground": grounds,
    "outfits": outfits,
    "headgear": headgear,
    "hair_styles": hair_styles,
    "beings": beings,
    "poses": poses,
    "effects": effects,
}
"""Every vocabulary by the name that prompts and fields call it. Reading one is put off until it is asked for."""

_ENUMS: Final[Mapping[str, tuple[StrEnum, ...]]] = {
    "cultures": tuple(Culture),
    "aspects": tuple(Aspect),
    "spoken_kinds": tuple(kind for kind in LineKind if kind is not LineKind.NARRATION),
}


def closed_list(name: str) -> str:
    """The list as prompts show it. Raises KeyError where there is none of that name."""
    if name == "closer_acts":
        return closer_acts()
    if name in VOCABULARIES:
        return VOCABULARIES[name]().listed()
    return ", ".join(word.value for word in _ENUMS[name])


def closed_words(name: str) -> tuple[str, ...]:
    """The words of a list. Raises KeyError where there is none of that name."""
    return tuple(VOCABULARIES[name]().entries) if name in VOCABULARIES else tuple(_ENUMS[name])
