"""When and in whose culture a story plays: the names under which words of the register have variants.

Both belong to the story: who stands in a place, or what he wears, changes neither.
"""

from collections.abc import Mapping
from typing import Final

from manga.concept import Culture, Period

OF_A_PERIOD: Final[Mapping[str, Culture]] = {
    Period.OLD_JAPAN: Culture.JAPAN,
    Period.OLD_CHINA: Culture.CHINA,
    Period.MEDIEVAL: Culture.WEST,
}
"""Periods that one culture alone has."""
_BEFORE: Final[Mapping[Culture, Period]] = {Culture.JAPAN: Period.OLD_JAPAN, Culture.CHINA: Period.OLD_CHINA}
"""The East of around 1900 has the houses of before, where nothing else is told."""


def culture_of(period: str, words: str, told: str = "") -> Culture:
    """What is told, else what the period says, else what the language of some of the story's words says."""
    if told:
        return Culture(told)
    japanese = any("\u3040" <= letter <= "\u9fff" for letter in words)
    return OF_A_PERIOD.get(period, Culture.JAPAN if japanese else Culture.WEST)


def times_of(period: str, culture: str) -> tuple[str, ...]:
    """Names of variants, the most particular first: ("early_modern_west", "early_modern", "west")."""
    before = _BEFORE.get(Culture(culture)) if period == Period.EARLY_MODERN else None
    return (f"{period}_{culture}", str(period), *([before.value] if before else []), str(culture))
