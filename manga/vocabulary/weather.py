"""The vocabularies of weather and of what lies on the ground: a story's words for both."""

from collections.abc import Mapping
from functools import cache

from manga.vocabulary.vocabulary_entries import LanguageCode, Vocabulary, WordEntry, read_entries


class WeatherEntry(WordEntry):
    """What falls or blows."""

    begins: Mapping[LanguageCode, str] = {}
    """Patterns of sentences in which it comes on."""
    leaves: str = "dry"
    """The key of what lies on the ground when it is over."""


@cache
def weathers() -> Vocabulary[WeatherEntry, WordEntry]:
    """All weathers, in order of precedence."""
    return Vocabulary(read_entries("weather.yaml", WeatherEntry))


@cache
def grounds() -> Vocabulary[WordEntry, WordEntry]:
    """All that may lie on the ground, in order of precedence."""
    return Vocabulary(read_entries("ground.yaml", WordEntry))
