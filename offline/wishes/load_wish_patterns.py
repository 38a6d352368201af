"""The patterns of wishes in one language, compiled when they are first asked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from manga.brief import Language
from manga.phases import Phase
from manga.read_yaml import read_yaml

_KANJI = "一二三四五六七八九十"
_QUOTATION = "⟦·*⟧"


@dataclass(frozen=True, slots=True)
class Words:
    """What a language says: by phase, by verb, by object. `numbers` has -1 for the last."""

    language: Language
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    references: Mapping[str, tuple[re.Pattern[str], ...]]
    people: Mapping[str, re.Pattern[str]]
    names: Mapping[Phase, re.Pattern[str]]
    phases: Mapping[Phase, re.Pattern[str]]
    objects: Mapping[str, re.Pattern[str]]
    verbs: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, re.Pattern[str]]
    runs: Mapping[str, re.Pattern[str]]
    inks: Mapping[str, re.Pattern[str]]
    sides: Mapping[str, re.Pattern[str]]
    ways: Mapping[str, re.Pattern[str]]
    new_words: tuple[re.Pattern[str], re.Pattern[str]]
    quoted_panel: tuple[re.Pattern[str], re.Pattern[str]]
    single: Mapping[str, re.Pattern[str]]

    def number(self, text: str) -> int | None:
        """0 and what is no number are None."""
        text = text.strip().lower()
        if text in self.numbers or text in self.ordinals:
            return {**self.numbers, **self.ordinals}[text]
        if digits := re.match(r"[0-9]+", text):
            return int(digits[0]) or None
        return _kanji_number(text)


def _kanji_number(text: str) -> int | None:
    if not text or any(letter not in _KANJI for letter in text):
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _KANJI.index(text) + 1 if len(text) == 1 else None
    return (_KANJI.index(tens) + 1 if tens else 1) * 10 + (_KANJI.index(ones) + 1 if ones else 0)


@cache
def words_of(language: Language) -> Words:
    raw = files("offline.wishes").joinpath(f"words_{language.value}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(raw)
    numbers = {str(word): int(number) for word, number in data.pop("numbers").items()}
    ordinals = {str(word): int(number) for word, number in data.pop("ordinals").items()}
    filled = _Filler(language, _either(numbers), _either(ordinals))
    return Words(
        language=language,
        numbers=numbers,
        ordinals=ordinals,
        references={kind: tuple(map(filled.pattern, rows)) for kind, rows in data.pop("references").items()},
        people=filled.table(data.pop("people")),
        names={Phase(name): pattern for name, pattern in filled.table(data.pop("names")).items()},
        phases={Phase(name): pattern for name, pattern in filled.table(data.pop("phases")).items()},
        objects=filled.table(data.pop("objects")),
        verbs=filled.table(data.pop("verbs")),
        kinds=filled.table(data.pop("kinds")),
        runs=filled.table(data.pop("runs")),
        inks=filled.table(data.pop("inks")),
        sides=filled.table(data.pop("sides")),
        ways=filled.table(data.pop("ways")),
        new_words=filled.pair(data.pop("new_words")),
        quoted_panel=filled.pair(data.pop("quoted_panel")),
        single=filled.table(data),
    )


def _either(words: Iterable[str]) -> str:
    """The longer before the shorter."""
    return "|".join(sorted(words, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class _Filler:
    language: Language
    counted: str
    ordered: str

    def pattern(self, row: str) -> re.Pattern[str]:
        english = self.language is Language.EN
        ordinal = rf"{self.ordered}|[0-9]+(?:st|nd|rd|th)"
        number = rf"[0-9]+|{self.counted}" if english else rf"[0-9]+|[{_KANJI}]+"
        text = row.replace("{N}", f"(?:{number})").replace("{O}", f"(?:{ordinal})").replace("{Q}", _QUOTATION)
        return re.compile(text, re.IGNORECASE if english else 0)

    def table(self, rows: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
        return {str(name): self.pattern(row) for name, row in rows.items()}

    def pair(self, rows: Mapping[str, str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """What stands after, and what stands before."""
        return self.pattern(rows["after"]), self.pattern(rows["before"])
