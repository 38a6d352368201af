"""Weather, and what lies on the ground: what a story says of both, and what one leaves behind."""

from collections.abc import Mapping
from functools import cache

from manga.vocabulary.entries import LanguageCode, Vocabulary, WordEntry, read_entries


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
