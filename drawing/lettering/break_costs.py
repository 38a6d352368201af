"""What a line break costs at each place of a Japanese text.

The dictionary decides: a break is cheap before a new phrase, dear within one, and in a word as good as forbidden.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from drawing.lettering.punctuation import BREAK, Words, is_control, without

PHRASE = 0.15
"""Before a new phrase."""
LOOSE = 0.35
"""Before a noun that leans on what stands before it: こと, もの, とき."""
WEAK = 0.9
"""Between two long nouns of one name (天文学/研究会), or after この and その."""
HELPED = 1.8
"""Between a verb and its helper (見て/いる), or a noun and what makes it a verb (勉強/する)."""
TIED = 7.0
"""Between words that are said in one breath: 一/人, 言われたく/ない."""
BOUND = 15.0
"""Before a particle or an ending."""
WORD = 40.0
"""Inside a word."""

_ENDINGS = frozenset({"助詞", "助動詞", "接尾辞", "補助記号", "空白"})
_LEANING = frozenset(
    {"こと", "もの", "とこ", "ところ", "とき", "時", "はず", "わけ", "ため", "まま", "うち", "ほう", "方"}
)
_ROOTS = frozenset({"名詞", "代名詞", "形状詞"})
_DOING = ("し", "す", "さ", "せ", "でき", "いた", "なさ", "くだ")
"""How verbs begin that make a noun a verb: 勉強/する."""
_DOTS = "…‥"
_MARKS = "。．、，！？!?…‥」』）"
_CHUNK = 4000
"""Sudachi refuses more than 49,149 bytes at once."""
LONG_NAME = 4
"""Letters of a compound noun that is not broken."""
LONG_REST = 6
"""Letters after leading dots from which the dots may stand by themselves."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its part of speech, from coarse to fine."""

    text: str
    kind: str
    detail: str
    usage: str


@cache
def _dictionary() -> Any:
    """One a process: loading costs 0.07 s."""
    import sudachipy

    return sudachipy.Dictionary(dict="small")


@cache
def _tokenizer() -> Any:
    import sudachipy

    return _dictionary().tokenizer(mode=sudachipy.SplitMode.C)


MOST_AT_ONCE = 4000


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place with how it is read, in katakana; `detail` and `usage` are its part of speech."""

    start: int
    text: str
    reading: str
    detail: str
    usage: str


def tokens_of(text: str) -> Iterator[Token]:
    """The words in order, those that the dictionary guesses without a reading. It takes 49,149 bytes at once: endless
    texts are cut."""
    for start in range(0, len(text), MOST_AT_ONCE):
        for found in _tokenizer().tokenize(text[start : start + MOST_AT_ONCE]):
            kind = found.part_of_speech()
            reading = "" if found.is_oov() else found.reading_form()
            yield Token(start + found.begin(), found.surface(), reading, kind[1], kind[2])


@lru_cache(maxsize=1024)
def ways_to_read(word: str) -> frozenset[str]:
    """Every reading that the dictionary has for a word written so, in katakana."""
    return frozenset(found.reading_form() for found in _dictionary().lookup(word))


@lru_cache(maxsize=512)
def prices(text: str) -> Mapping[int, float]:
    """What a break before each place costs; places that are not named lie inside words and cost `WORD`."""
    found: dict[int, float] = {}
    at = 0
    for line in text.split("\n"):
        found.update((at + place, price) for place, price in _line(line))
        at += len(line) + 1
    return MappingProxyType(found)


def unwrapped(words: Words) -> Words:
    """Without control characters and without line breaks inside a phrase: those were the source's, not the sense's."""
    words = without(words, {i for i, c in enumerate(words.text) if is_control(c)})
    text = words.text
    seams = [i for i, c in enumerate(text) if c == BREAK and 0 < i < len(text) - 1]
    flat = prices(text.replace(BREAK, "")) if seams else {}
    before = {i: text.count(BREAK, 0, i) for i in seams}
    return without(words, {i for i in seams if text[i - 1] not in _MARKS and flat.get(i - before[i], WORD) >= BOUND})


def _line(line: str) -> Iterator[tuple[int, float]]:
    words = [word for start in range(0, len(line), _CHUNK) for word in _words(line[start : start + _CHUNK])]
    at = 0
    for i, word in enumerate(words):
        if at:
            following = words[i + 1] if i + 1 < len(words) else None
            price = _after_dots(words[:i], len(line) - at) or _price(words[i - 1], word, following)
            yield at, max(price, TIED) if at == 1 else price
        at += len(word.text)


def _words(text: str) -> list[_Word]:
    return [_Word(m.surface(), *m.part_of_speech()[:3]) for m in _tokenizer().tokenize(text)]


def _after_dots(before: list[_Word], rest: int) -> float:
    """Dots that begin a line stand alone only before much text."""
    if len(before) > 2 or any(c not in _DOTS for word in before for c in word.text):
        return 0.0
    return LOOSE if rest > LONG_REST else 2 * WEAK


def _price(before: _Word, word: _Word, following: _Word | None) -> float:
    if before.kind in {"空白", "補助記号"} and word.kind not in _ENDINGS:
        return PHRASE
    if word.kind in _ENDINGS or word.detail == "助動詞語幹":
        return 3 * PHRASE if word.text == "よう" and before.kind in {"動詞", "助動詞"} else BOUND
    if before.kind == "接頭辞" or _is_scrap(before) or _is_lengthening(word):
        return BOUND
    return _before_root(before, word, following)


def _before_root(before: _Word, word: _Word, following: _Word | None) -> float:
    """The price before a word that has a meaning of its own, or once had."""
    if word.detail == "非自立可能" and word.kind in {"動詞", "形容詞"}:
        return _before_helper(before, word)
    if word.kind == "動詞" and before.kind == "動詞":
        return TIED
    if word.kind in {"名詞", "形状詞"}:
        return _before_noun(before, word, following)
    return PHRASE


def _is_scrap(word: _Word) -> bool:
    """A single kana that the dictionary takes for a word is mostly the beginning of one that it does not know."""
    lone = len(word.text) == 1 and "ぁ" <= word.text <= "ヺ"
    return lone and word.kind not in {"助詞", "助動詞", "感動詞"} and not _is_lengthening(word)


def _is_lengthening(word: _Word) -> bool:
    return len(word.text) == 1 and word.text in "アイウエオァィゥェォー"


def _before_helper(before: _Word, word: _Word) -> float:
    if before.detail == "接続助詞" and before.text[-1] in "てで":
        return HELPED
    if before.kind == "動詞" or (before.kind == "形容詞" and word.kind == "形容詞"):
        return TIED
    if before.kind == "助動詞":
        return TIED if before.text[-1] in "くたれせ" else WEAK
    if before.kind in _ROOTS or before.kind == "副詞":
        return HELPED if word.text.startswith(_DOING) else LOOSE
    return PHRASE


def _before_noun(before: _Word, word: _Word, following: _Word | None) -> float:
    if before.kind == "連体詞":
        return WEAK
    if before.kind in {"名詞", "代名詞"}:
        return _inside_name(before, word)
    if word.text in _LEANING and following is not None:
        return LOOSE
    return PHRASE


def _inside_name(before: _Word, word: _Word) -> float:
    if before.detail == "数詞":
        return BOUND
    if "副詞可能" in (before.usage, word.usage) and min(len(before.text), len(word.text)) > 1:
        return LOOSE
    long = len(before.text) + len(word.text) > LONG_NAME
    return WEAK if long and min(len(before.text), len(word.text)) > 1 else TIED
