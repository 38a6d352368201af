"""One vocabulary: its entries, the entry that any words mean (the nearest), and the list that prompts show.

Nearest is the key, a word, the head noun, the class, else unknown. Words that are merely spelt alike are never near.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from manga.values import Value
from manga.vocabulary.package_data import load_yaml

LanguageCode: TypeAlias = Literal["en", "ja"]
LANGUAGES: tuple[LanguageCode, ...] = ("en", "ja")
FoundBy = Literal["key", "word", "head", "class", "unknown"]
_ANY_OF: Mapping[LanguageCode, str] = {"en": r"\b(?:{})(?:e?s)?\b", "ja": "{}"}
_ARTICLES = re.compile(r"^(?:(?:a|an|the|some|my|your|his|her|its|our|their|this|that|these|those|one|two|three)\s+)+")
_AMOUNTS = re.compile(
    r"^(?:pair|piece|bunch|bit|slice|loaf|stick|heap|pile|set|kind|sort|top|foot|edge|middle|bottom|inside|front|end)"
    r"s? of "
)
_ASIDE = re.compile(
    r"\s+(?:of|with|in|on|at|from|for|and|or|by|that|which|to|under|over|beside|around|round|about)\s.*|[,;(（].*"
)
_AT = re.compile(r"の(?:上|うえ|中|なか|下|した|前|まえ|奥|裏|うら|そば|近く|ちかく|横|隅|ふち|ほとり|たもと)$")
_OF = re.compile(r"[のな，、・]|(?<=[一-龥])に")
_HIRAGANA, _KATAKANA = re.compile(r"[ぁ-ん]"), re.compile(r"[ァ-ヶー]")


class WordEntry(Value):
    """One word of the field. What a vocabulary tells beside these fields is a class of its own."""

    key: str
    say: str = ""
    """What prompts say beside the key, where the key does not tell enough."""
    words: Mapping[LanguageCode, tuple[str, ...]] = {}
    """They mean the entry wherever they stand."""
    names: Mapping[LanguageCode, tuple[str, ...]] = {}
    """They mean it where something is named by a few words, not where a story tells; they go before words of others."""
    told: Mapping[LanguageCode, str] = {}
    """Patterns of words in a story that mean it in some company only."""
    like: str = ""
    """The key of the entry that it is drawn as; empty: it has a drawing of its own."""
    then: Mapping[str, str] = {}
    """The key of the entry in its stead in another time or culture."""
    was: tuple[str, ...] = ()
    """Retired keys that stay readable."""

    def called(self, language: LanguageCode) -> str:
        """What people read for the key."""
        if language == "en":
            return self.key.replace("_", " ")
        return next(iter((*self.names.get(language, ()), *self.words.get(language, ()))), self.key)

    def pattern(self, language: LanguageCode) -> str:
        """What a story says when it tells of it, as a regular expression; empty: nothing does."""
        words = sorted(self.words.get(language, ()), key=lambda word: -len(word))
        plain = _ANY_OF[language].format("|".join(map(_in_a_text, words))) if words else ""
        return "|".join(part for part in (plain, self.told.get(language, "")) if part)


E = TypeVar("E", bound=WordEntry)
K = TypeVar("K", bound=WordEntry)


@dataclass(frozen=True, slots=True)
class Nearest(Generic[E, K]):
    """What words mean: an entry, or a class of entries where no entry is known, or neither."""

    by: FoundBy = "unknown"
    entry: E | None = None
    kind: K | None = None

    @property
    def key(self) -> str:
        """Of the entry, else of the entry that stands for the class, else empty."""
        return self.entry.key if self.entry else self.kind.like if self.kind else ""


@dataclass(frozen=True)
class Vocabulary(Generic[E, K]):
    """Entries by their keys, in order of precedence, and classes of them. Of two entries with one word the earlier
    counts. `alone` are words of one letter that are mostly something else at the end of a longer word: they tell an
    entry by themselves, and within a longer word only a class for which nothing is drawn."""

    entries: Mapping[str, E]
    classes: Mapping[str, K] = field(default_factory=lambda: MappingProxyType({}))
    alone: frozenset[str] = frozenset()

    def find(self, key: str) -> E | None:
        """The entry of a key, be it retired."""
        key = key.strip().lower().replace(" ", "_")
        return self.entries.get(self._retired.get(key, key))

    def nearest(self, text: str) -> Nearest[E, K]:
        """What a few words in English or Japanese name."""
        low = text.strip().lower()
        if entry := self.find(low):
            return Nearest(by="key", entry=entry)
        parts = tuple(_parts(low))
        for head, part in enumerate(parts):
            if not self._is_another(part, parts) and (named := _first(part, self._entry_words)):
                return Nearest(by="head" if head else "word", entry=self.entries[named])
        for part in parts:
            if found := _first(part, self._class_words):
                kind = self.classes[found]
                if not kind.like or not self._is_another(part, parts):
                    return Nearest(by="class", kind=kind)
        return Nearest()

    def then(self, key: str, times: Iterable[str]) -> str:
        """The key in the first of these times and cultures that has another one, else the key itself."""
        instead = self.entries[key].then
        return next((instead[time] for time in times if time in instead), key)

    def drawn_as(self, key: str) -> str:
        """The key of the entry whose drawing shows this one. Raises KeyError where there is no such entry."""
        entry = self.entries[key]
        return self.drawn_as(entry.like) if entry.like else key

    def listed(self) -> str:
        """The closed list as prompts show it: every key, with what is said of it."""
        return ", ".join(f"{e.key} ({e.say})" if _adds(e) else e.key for e in self.entries.values())

    def shown(self) -> dict[str, dict[str, str]]:
        """What pickers say for every key, by language: its first name, else its first word, else the key."""
        return {entry.key: {lang: entry.called(lang) for lang in LANGUAGES} for entry in self.entries.values()}

    def _is_another(self, part: str, parts: Sequence[str]) -> bool:
        """Whether the end of a longer word is mostly something else."""
        return part in self.alone and part not in parts[:2]

    @cached_property
    def _retired(self) -> Mapping[str, str]:
        return {was: entry.key for entry in self.entries.values() for was in entry.was}

    @cached_property
    def _entry_words(self) -> Mapping[str, str]:
        return _keys_by_word(self.entries.values())

    @cached_property
    def _class_words(self) -> Mapping[str, str]:
        return _keys_by_word(self.classes.values())


def read_entries(file: str, kind: type[E]) -> dict[str, E]:
    """The entries of one YAML file, in its order. Raises pydantic.ValidationError that names the field at fault."""
    return {key: kind.model_validate({"key": key, **_row(row)}) for key, row in load_yaml(file).items()}


def word_of(name: str) -> dict[str, Any]:
    """What says in a field's JSON schema that its text is a word of a vocabulary: `Field(json_schema_extra=...)`."""
    return {"vocabulary": name}


def _row(row: Mapping[str, Any] | str | None) -> Mapping[str, Any]:
    """A row that is a text says only that."""
    return {"say": row} if isinstance(row, str) else row or {}


def _in_a_text(word: str) -> str:
    """Two English words may be written as one."""
    return r"[ -]?".join(map(re.escape, word.split(" ")))


def _adds(entry: WordEntry) -> bool:
    """Whether what is said of an entry tells more than its key."""
    return _ARTICLES.sub("", entry.say.lower()) not in {"", entry.key.replace("_", " ")}


def _first(words: str, known: Mapping[str, str]) -> str | None:
    return next((known[form] for form in _forms(words) if form in known), None)


def _keys_by_word(entries: Iterable[WordEntry]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    every = tuple(entries)
    for words, key in (*((e.names, e.key) for e in every), *((e.words, e.key) for e in every)):
        for word in chain.from_iterable(words.values()):
            found.setdefault(_folded(word.strip("^$").replace("-", " ")), key)
    return found


def _parts(text: str) -> Iterator[str]:
    """The whole words, then the ends of their head, the longest first."""
    yield text
    if text.isascii():
        yield from _heads_en(text)
    else:
        yield from (text[of.end() :] for of in _OF.finditer(text))
        yield from _heads_ja(text)


def _heads_en(text: str) -> Iterator[str]:
    plain = _AMOUNTS.sub("", _ARTICLES.sub("", text.replace("_", " ")))
    words = _ASIDE.sub("", _ARTICLES.sub("", plain)).replace("-", " ").split()
    yield from (" ".join(words[i:]) for i in range(len(words)))


def _heads_ja(text: str) -> Iterator[str]:
    head = _OF.split(_AT.sub("", re.split(r"[（(]", text)[0].strip()))[-1].strip()
    yield from (head[i:] for i in range(len(head)) if _begins_word(head, i))


def _begins_word(text: str, at: int) -> bool:
    """Whether a word may begin within another: not in a run of kana, of which a part is mostly another word; a compound
    of katakana has three letters before its head and three in it."""
    if at == 0:
        return True
    before, first = text[at - 1], text[at]
    if _HIRAGANA.match(first):
        return not _HIRAGANA.match(before) and len(text) - at > 1
    if _KATAKANA.match(first) and _KATAKANA.match(before):
        return first != "ー" and at >= 3 and len(text) - at >= 3
    return True


def _forms(words: str) -> Iterator[str]:
    """As it is, then in the singular."""
    yield _folded(words)
    if words.isascii():
        for end, one in (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", "")):
            if words.endswith(end) and len(words) > len(end) + 2:
                yield words[: -len(end)] + one
        if not words.endswith("s"):
            yield words + "s"


def _folded(word: str) -> str:
    """Lower case, and katakana for hiragana: クモ and くも are one word."""
    return "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in word.lower())
