"""Words for sounds (`sound_words.yaml`): a meaning and a force in, a word out; a word in, how its letters run out.

A word that the table does not have is drawn by what it is made of: doubled words tremble, words cut short burst, long
ones run out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from manga.brief import Language
from manga.read_yaml import read_yaml

Run: TypeAlias = Literal["row", "arc", "wave", "rise", "fall", "burst"]
Fill: TypeAlias = Literal["black", "white"]
At: TypeAlias = Literal["feet", "hands", "mouth", "thing", "around"]
_DOUBLED = 4
"""Letters from which on a word may be one that is said twice."""


@dataclass(frozen=True, slots=True)
class SoundManner:
    """How a sound's letters run, how heavy they are, whether they lie behind people, and where the sound comes from."""

    run: Run = "row"
    fill: Fill = "black"
    behind: bool = False
    at: At = "around"


@dataclass(frozen=True, slots=True)
class _Sounds:
    words: Mapping[tuple[str, Language], tuple[str, ...]]
    manners: Mapping[str, SoundManner]


@cache
def _table() -> _Sounds:
    rows = read_yaml(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    words: dict[tuple[str, Language], tuple[str, ...]] = {}
    manners: dict[str, SoundManner] = {}
    for meaning, row in rows.items():
        manner = SoundManner(row["run"], row["fill"], row.get("behind", False), row.get("at", "around"))
        for language in Language:
            words[meaning, language] = tuple(row[language.value])
            for word in row[language.value]:
                manners.setdefault(bare(word), manner)
    return _Sounds(MappingProxyType(words), MappingProxyType(manners))


def meanings() -> tuple[str, ...]:
    """Everything that the table has words for."""
    return tuple(dict.fromkeys(meaning for meaning, _ in _table().words))


def sound_word(meaning: str, force: int, language: Language) -> str:
    """The word for what sounds, as loud as `force` 1..5; empty for a meaning that has none."""
    words = _table().words.get((meaning, language), ())
    return words[min(len(words) - 1, max(0, (force - 1) // 2))] if words else ""


def sound_manner(text: str) -> SoundManner:
    """How a word is drawn: as the table has it, or by what it is made of."""
    word = bare(text)
    known = _table().manners.get(word)
    if known is not None:
        return known
    half = len(word) // 2
    if len(word) >= _DOUBLED and word[:half] == word[half:]:
        return SoundManner("wave", "white", behind=True)
    if text.rstrip("！!").endswith(("ッ", "っ")) or text.endswith(("!", "！")):
        return SoundManner("burst")
    return SoundManner("rise" if "ー" in word else "arc")


def bare(text: str) -> str:
    """A word without marks, in capitals."""
    return text.strip("！!？?…、。 \u3000").upper()
