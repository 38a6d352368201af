"""The words of wishes, Japanese and English in one pattern each; compiled when they are first asked for."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from manga.reading_yaml import read_yaml

Table = Mapping[str, re.Pattern[str]]
"""Labels with a pattern each, in order of precedence."""


@cache
def table(phase: str, name: str) -> Table:
    """One table of a phase's words."""
    return {str(label): re.compile(str(row), re.IGNORECASE) for label, row in _load(phase)[name].items()}


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
