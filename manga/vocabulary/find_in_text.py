"""Finds entries of a vocabulary in running text of stories and wishes: their words as patterns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pydantic import Field

from manga.vocabulary.vocabulary_entries import LanguageCode, WordEntry

Words: TypeAlias = Mapping[LanguageCode, tuple[str, ...]]

NEVER = "(?!)"
_NAME_ENDS = r"(?=$|\s|たち|ども|さん|さま|の)"


class ToldEntry(WordEntry):
    """An entry with what else tells it. A word may begin with ^ or end with $, the ends of a name; `~` stands for one
    word, in Japanese for up to four letters, in between."""

    tells: Words = Field(default_factory=dict, description="what tells it in a story besides its words")
    asked: Words = Field(default_factory=dict, description="what a wish calls it besides its words")
    unlike: Words = Field(default_factory=dict, alias="not", description="longer words that mean something else")

    def called(self, language: LanguageCode) -> str:
        return super().called(language).strip("^$")

    def name_in(self, language: LanguageCode) -> str:
        """What it is called in a description; its key where the language has no word for it."""
        if language == "en":
            return self.say
        return next(iter(self.words.get(language, ())), self.key).strip("^$")

    def finds(self, languages: Sequence[LanguageCode], *, asked: bool = False, told: bool = True) -> str:
        """What finds it in a text of these languages: its words, with what a story tells or a wish asks."""
        lists = (self.words, *([self.tells] if told else []), *([self.asked] if asked else []))
        words = (word for rows in lists for language in languages for word in rows.get(language, ()))
        unlike = [word for language in languages for word in self.unlike.get(language, ())]
        return pattern_of(words, unlike)


def pattern_of(words: Iterable[str], unlike: Sequence[str] = ()) -> str:
    """One pattern, a group of its own, that finds the longest of some words where none of `unlike` stands. It finds
    nothing where there is no word."""
    rows = sorted(dict.fromkeys(words), key=len, reverse=True)
    return f"(?:{'|'.join(_guarded(word, unlike) for word in rows)})" if rows else NEVER


def _guarded(word: str, unlike: Sequence[str]) -> str:
    guards = (_elsewhere(word, other, at) for other in unlike for at in _places(word, other))
    return "".join(guards) + _found(word)


def _places(word: str, other: str) -> list[int]:
    return [match.start() for match in re.finditer(rf"(?={re.escape(word)})", other)] if word != other else []


def _elsewhere(word: str, other: str, at: int) -> str:
    """That a word is not met within another."""
    before, after = other[:at], other[at + len(word) :]
    behind = f"(?<={re.escape(before)})" if before else ""
    return f"(?!{behind}{re.escape(word)}{re.escape(after)})"


def _found(word: str) -> str:
    begins, ends = word.startswith("^"), word.endswith("$")
    bare = word.strip("^$")
    spelt = "".join(_spelt(letter, english=bare.isascii()) for letter in bare)
    spelt = rf"\b{spelt}\b" if bare.isascii() else spelt
    return ("^" if begins else "") + spelt + (_NAME_ENDS if ends else "")


def _spelt(letter: str, *, english: bool) -> str:
    if letter == "~":
        return r"(?:\w+ )?" if english else "[^、。]{0,4}"
    if english and letter in " -":
        return "[ -]?"
    return "['’]" if letter == "'" else re.escape(letter)
