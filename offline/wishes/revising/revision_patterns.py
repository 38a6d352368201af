"""The patterns by which wishes are carried out, Japanese and English in one; compiled when first asked for.

Words of the register are read there, all others in `words/*.yaml`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from manga.characters import Kind
from manga.read_yaml import read_yaml
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from manga.vocabulary.find_in_text import NEVER, ToldEntry
from manga.vocabulary.poses_and_effects import effects, poses
from manga.vocabulary.vocabulary_entries import Vocabulary

Table = Mapping[str, re.Pattern[str]]
"""Labels with a pattern each, in order of precedence."""


_REGISTER: Mapping[str, Callable[[], Vocabulary[Any, Any]]] = {
    "hair_styles": hair_styles,
    "hats": headgear,
    "outfits": outfits,
    "poses": poses,
    "effects": effects,
}


@cache
def table(phase: str, name: str) -> Table:
    """One table of a phase's words. Of hats the last is `plain`, one of no kind."""
    if found := _REGISTER.get(name):
        return _asked((*found().entries.values(), *found().classes.values()))
    return {str(label): re.compile(str(row), re.IGNORECASE) for label, row in _load(phase)[name].items()}


@cache
def beings_asked() -> Table:
    """Beasts, birds and spirits by their own words."""
    return _asked(being for being in beings().entries.values() if being.kind is not Kind.HUMAN)


def _asked(entries: Iterable[ToldEntry]) -> Table:
    rows = ((entry.key, entry.finds(("ja", "en"), asked=True, told=False)) for entry in entries)
    return {key: re.compile(row, re.IGNORECASE) for key, row in rows if row != NEVER}


@cache
def pattern(phase: str, name: str) -> re.Pattern[str]:
    return re.compile(str(_load(phase)[name]), re.IGNORECASE)


@cache
def _load(phase: str) -> dict[str, Any]:
    text = files("offline.wishes.revising").joinpath("words", f"{phase}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data


@cache
def numbers(phase: str) -> Mapping[str, int]:
    """Numbers written as words."""
    return {str(word): int(number) for word, number in _load(phase)["numbers"].items()}
