"""Word lists and patterns from `lexicons/*.yaml`, compiled when they are first asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from manga.brief import Language
from manga.read_yaml import read_yaml


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon as plain data; callers must not change it."""
    text = files("offline").joinpath("lexicons", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data


def language_of(name: str) -> Language:
    """Of a lexicon that is in one language: `looks_en`."""
    return Language(name.rpartition("_")[2])


@cache
def words(name: str, key: str) -> frozenset[str]:
    return frozenset(str(load(name)[key]).split())


@cache
def numbers(name: str, key: str) -> dict[str, float]:
    return {str(label): float(value) for label, value in load(name)[key].items()}


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    return re.compile(str(load(name)[key]))


@dataclass(frozen=True, slots=True)
class Table:
    """Labels with a pattern each, in order of precedence."""

    rows: tuple[tuple[str, re.Pattern[str]], ...]

    def first(self, text: str) -> str | None:
        """The first label whose pattern is found."""
        return next((label for label, row in self.rows if row.search(text)), None)

    def votes(self, text: str) -> dict[str, int]:
        """How often each label's pattern is found; labels never found are left out."""
        counted = {label: sum(1 for _ in row.finditer(text)) for label, row in self.rows}
        return {label: n for label, n in counted.items() if n}

    def all(self, text: str) -> tuple[str, ...]:
        return tuple(label for label, row in self.rows if row.search(text))

    def best(self, text: str) -> str | None:
        """The label with most finds; the earlier row wins a tie."""
        counted = self.votes(text)
        return max(counted, key=lambda label: counted[label]) if counted else None

    def earliest(self, text: str) -> str | None:
        """The label whose pattern is found furthest to the front."""
        places = [(m.start(), i) for i, (_, row) in enumerate(self.rows) if (m := row.search(text))]
        return self.rows[min(places)[1]][0] if places else None


@cache
def table(name: str, key: str) -> Table:
    return table_of(((str(label), str(row)) for label, row in load(name)[key].items()), language_of(name))


def table_of(rows: Iterable[tuple[str, str]], language: str) -> Table:
    """Labels with a pattern each; without one a label is left out. Letters of English may be large or small."""
    flags = re.IGNORECASE if language == "en" else 0
    return Table(tuple((label, re.compile(row, flags)) for label, row in rows if row))
