"""Counts in how many texts an entry is found, and whether a rare word comes from a kept source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from evals.memory.words_of_the_reader import Entry
from evals.read_gold import STORIES
from manga.story_source import read_source

FEW, MANY = 2, 3
"""Texts from which on an entry is no memory of one of them; so many are counted at most."""
ZIPF: Final = 2.5
"""How frequent a word is that anybody may use: once in three million words."""
RARE_RULE: Final = "rare rule"
NOUNS: Final = frozenset(f"lexicons/reader_ja.yaml:{key}" for key in ("animate", "titles", "companions", "relatives"))
"""Lists of nouns for people and beasts."""
_LITERAL: Final = re.compile(r"[^\\\\\[\](){}|?*+^$.…]+")
_BESIDE: Final = re.compile(r"^(?:[\s^]|\\b|\\s\+|\(\?<?[=!][^()]*\))+|(?:[\s$]|\\b|\\s\+|\(\?<?[=!][^()]*\))+$")
"""Blanks, edges and looks around a word."""
_BRACKETS: Final = re.compile(r"\((?:\?:)?([^()?]*)\)(?![?*+{])")
_ESCAPED: Final = re.compile(r"\\(\W)")
_CAPITAL: Final = re.compile(r"^\[[A-Z]([a-z])\](?=[a-z])")
_NOT: Final = re.compile(r"^(?:\\w\+)?n\['’\]t$")
"""As it is written behind another word."""
_ANCHOR: Final = re.compile(r"(?<![\\\[])[$^]|\\[AZ]")


class CorpusMissing(ValueError):
    """There are no texts in the folder."""


@dataclass(frozen=True, slots=True)
class Text:
    """`folded` is its body in small letters."""

    language: str
    body: str
    folded: str


def read_texts(corpus: Path) -> list[Text]:
    """Those of the folder and the stories of the repository. Raises CorpusMissing."""
    paths = sorted(corpus.rglob("*.txt"))
    if not paths:
        raise CorpusMissing(f"{corpus} has no text (*.txt), in it or below it")
    own = sorted((*STORIES.glob("*.txt"), *(STORIES / "open").glob("*.txt")))
    return [_text(path) for path in (*paths, *own)]


def _text(path: Path) -> Text:
    source = read_source(path.read_text(encoding="utf-8"))
    return Text(source.language.value, source.text, source.text.lower())


def texts_with(entry: Entry, texts: Sequence[Text]) -> int:
    """How many have it; MANY stands for more."""
    pattern, literal = _alone(entry), _literal(entry)
    found = (
        text
        for text in texts
        if entry.language in ("", text.language)
        and literal in (text.folded if entry.flags & re.IGNORECASE else text.body)
        and pattern.search(text.body)
    )
    return sum(1 for _ in islice(found, MANY))


def _literal(entry: Entry) -> str:
    """Letters that stand in every text that has it, which are sought faster than the pattern."""
    found = _LITERAL.match(entry.words)
    if found is None:
        return ""
    optional = entry.words[found.end() : found.end() + 1] in ("?", "*", "{")
    letters = found.group()[:-1] if optional else found.group()
    return letters.lower() if entry.flags & re.IGNORECASE else letters


def _alone(entry: Entry) -> re.Pattern[str]:
    """The whole pattern where a group that it refers to is gone. Anchors are left out: they hold on to names, quotes
    and the words before a place, and none of these ends where a text does."""
    try:
        return re.compile(_ANCHOR.sub("", entry.pattern), entry.flags)
    except re.error:
        return re.compile(_ANCHOR.sub("", entry.whole), entry.flags)


def source_of(entry: Entry, texts: Sequence[Text]) -> str:
    """Its kept source; RARE_RULE for frequent words of a rule that is itself found in one text or none."""
    alone = entry.words if entry.words == entry.rule else _ESCAPED.sub(r"\1", _BRACKETS.sub(r"\1", entry.pattern))
    source = kept_source(entry.words, entry.list)
    if not source or kept_source(alone, entry.list):
        return source
    rule = replace(entry, words=entry.rule, pattern=entry.rule)
    return source if texts_with(rule, texts) >= FEW else RARE_RULE


def kept_source(words: str, place: str) -> str:
    """`zipf` for a plain word that wordfreq has as frequent, `names` for one that Sudachi has as the name of a person,
    `nouns` for one of a list of nouns that Sudachi has as such; else nothing. Raises ModuleNotFoundError without
    wordfreq, which only counting needs."""
    alone = _NOT.sub("not", _CAPITAL.sub(r"\1", _BESIDE.sub("", words)))
    plain = list(_plain(alone))
    if (plain and all(_frequent(word) for word in plain)) or any(_frequent(word) for word in _verbs(alone)):
        return "zipf"
    if plain and all(_class_of(word) == ("固有名詞", "人名") for word in plain):
        return "names"
    return "nouns" if place in NOUNS and plain and all(_class_of(word)[:1] == ("普通名詞",) for word in plain) else ""


def _plain(words: str) -> Iterator[str]:
    """A word, with an ending that may be left out or may be anything: `woods?`, `trembl\\w*`."""
    word = re.fullmatch(r"([\w’'-]+?)(?:\\w[*+]|\(\?:([\w|]+)\)\??|(\w)\?)?", words)
    if word is not None and not words.isdigit():
        yield word.group(1) + (word.group(2) or "").split("|")[0] if not words.endswith("?") else word.group(1)


def _verbs(words: str) -> Iterator[str]:
    """The Japanese verb that is written by its stem or with the first letters of its endings (`頷`, `切[っり]`), as
    dictionaries have it, where Sudachi knows it as a verb."""
    written = re.fullmatch(r"([^\W\d_a-zA-Z]+)(?:\[(\w+)\])?", words)
    if written is None:
        return
    if len(written.group(1)) == 1 and "ぁ" <= written.group(1) <= "ん" and not written.group(2):
        return
    for ending in written.group(2) or "くぐすつぬぶむるう":
        found = list(_tokenizer().tokenize(written.group(1) + ending))
        if len(found) == 1 and not found[0].is_oov() and found[0].part_of_speech()[0] == "動詞":
            yield str(found[0].dictionary_form())


@cache
def _frequencies(language: str) -> dict[str, float]:
    import wordfreq

    found: dict[str, float] = wordfreq.get_frequency_dict(language, "best")
    return found


def _frequent(word: str) -> bool:
    least = 10 ** (ZIPF - 9)
    if word.isascii():
        return _frequencies("en").get(word.lower(), 0.0) >= least or _begins_frequent(word.lower(), least)
    return max(_joined(word), _joined(_usual(word))) >= least


def _usual(word: str) -> str:
    """As most people write it: 燕 for つばめ."""
    return "".join(m.normalized_form() for m in _tokenizer().tokenize(word))


def _joined(word: str) -> float:
    """The frequency of a Japanese word, that of one of several as wordfreq infers it: 看護師 of 看護 and 師."""
    import sudachipy

    if word in _frequencies("ja"):
        return _frequencies("ja")[word]
    parts = [m.surface() for m in _tokenizer().tokenize(word, sudachipy.SplitMode.A)]
    often = [_frequencies("ja").get(part, 0.0) for part in parts]
    return 10.0 ** (1 - len(parts)) / sum(1 / one for one in often) if parts and all(often) else 0.0


@cache
def _begins_frequent(stem: str, least: float) -> bool:
    return len(stem) > 3 and any(word.startswith(stem) for word, often in _frequencies("en").items() if often >= least)


def _class_of(word: str) -> tuple[str, ...]:
    """Sudachi's class of a Japanese word, from coarse to fine; nothing for what is not one noun of its dictionary."""
    found = [] if word.isascii() else list(_tokenizer().tokenize(word))
    known = len(found) == 1 and not found[0].is_oov() and found[0].part_of_speech()[0] == "名詞"
    return tuple(found[0].part_of_speech()[1:3]) if known else ()


@cache
def _tokenizer() -> Any:
    import sudachipy

    return sudachipy.Dictionary(dict="small").tokenizer(mode=sudachipy.SplitMode.C)


def counted(entries: Sequence[Entry], texts: Sequence[Text]) -> Iterator[tuple[Entry, int, str]]:
    """Each entry with the texts that have it and, where these are few, its kept source."""
    for entry in entries:
        many = texts_with(entry, texts)
        yield entry, many, "" if many >= FEW else source_of(entry, texts)
