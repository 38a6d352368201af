"""Takes Japanese text apart: its words, each sentence looked up once, and noun phrases with the particle after each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from offline.lexicon import pattern, words

SPELT_OUT = re.compile(r"[ァ-ヴ][ァ-ヴー]+")
"""A name like ゼット is a sign or a cry to the dictionary."""
COUNTS = re.compile(r"[一二三四五六七八九十数何]+人|ひとり|ふたり")
_SENTENCE = re.compile(r"[^。！？\n]{1,4000}[。！？]{0,4000}|[。！？]{1,4000}")
"""What is looked up at once. Sudachi refuses more than 49,149 bytes."""
_KEPT = 16_384
"""Sentences whose words are kept: those of a story of 200,000 letters, with and without what is said in them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with the particle that follows it; `proper` when the dictionary knows a name in it, `human` when
    that is the name of a person."""

    start: int
    end: int
    text: str
    particle: str
    proper: bool
    human: bool = False

    @property
    def subject(self) -> bool:
        return self.particle in ("は", "が", "も")


class Token(NamedTuple):
    """A word; `kind`, `detail` and `sort` are the dictionary's part of speech, from coarse to fine; `lemma` is how the
    dictionary spells it, whatever its form."""

    start: int
    end: int
    text: str
    kind: str
    detail: str
    sort: str
    lemma: str = ""


@cache
def tokenizer() -> Any:
    """One dictionary a process: loading costs 0.06 s and 100 MB."""
    import sudachipy

    return sudachipy.Dictionary(dict="small").tokenizer(mode=sudachipy.SplitMode.C)


def noun_phrases(text: str) -> list[Phrase]:
    """All of them in the order of the text."""
    return [phrase for sentence in sentences(text) for phrase in phrases(text, sentence)]


def sentences(text: str) -> Iterator[tuple[Token, ...]]:
    """The words of each sentence, with their places in the text. Whoever asks, a sentence is looked up once."""
    for match in _SENTENCE.finditer(text):
        at, found = match.start(), _looked_up(match.group())
        yield tuple(word._replace(start=word.start + at, end=word.end + at) for word in found) if at else found


@lru_cache(maxsize=_KEPT)
def _looked_up(sentence: str) -> tuple[Token, ...]:
    words = ((m, m.part_of_speech()) for m in tokenizer().tokenize(sentence))
    return tuple(
        Token(m.begin(), m.end(), m.surface(), kind[0], kind[1], kind[2], m.normalized_form()) for m, kind in words
    )


@cache
def reading_of(word: str) -> str:
    """In hiragana, as the dictionary reads it."""
    read = "".join(morpheme.reading_form() for morpheme in tokenizer().tokenize(word))
    return "".join(chr(ord(c) - 96) if "ァ" <= c <= "ヶ" else c for c in read)


def analysed(text: str) -> tuple[Token, ...]:
    """The words of all its sentences."""
    return tuple(chain.from_iterable(sentences(text)))


def phrases(text: str, line: Sequence[Token]) -> Iterator[Phrase]:
    k = 0
    while k < len(line):
        if not begins_phrase(line[k]) or tells_when(line, k):
            k += 1
            continue
        j, proper, human = k, False, False
        while j < len(line) and (goes_on(line[j]) or joins(line, j)):
            proper = proper or (line[j].detail == "固有名詞" and line[j].sort in ("人名", "一般"))
            human = human or (line[j].detail == "固有名詞" and line[j].sort == "人名")
            j += 1
        j = max(j, k + 1)
        particle = line[j].text if j < len(line) and line[j].kind in ("助詞", "補助記号") else ""
        yield Phrase(line[k].start, line[j - 1].end, text[line[k].start : line[j - 1].end], particle, proper, human)
        k = j


def begins_phrase(token: Token) -> bool:
    numeral = token.kind == "名詞" and token.detail == "数詞"
    noun = token.kind in ("名詞", "接頭辞", "代名詞") or bool(SPELT_OUT.fullmatch(token.text))
    return noun and not numeral and "＿" not in token.text


def tells_when(line: Sequence[Token], at: int) -> bool:
    """今お婆さん, ときの娘さん: a word of the clause, and then somebody."""
    rest = line[at + 1 : at + 4]
    rest = rest[1:] if rest and rest[0].text == "の" else rest
    alive = (
        bool(rest)
        and goes_on(rest[0])
        and animacy("".join(token.text for token in rest[:2])) + animacy(rest[0].text) > 0
    )
    return line[at].sort == "副詞可能" and alive and not COUNTS.fullmatch(line[at].text)


def goes_on(token: Token) -> bool:
    """鶴之丞 is taken apart by the dictionary."""
    return (token.kind in ("名詞", "接頭辞", "接尾辞") or token.text == "之") and "＿" not in token.text


def joins(line: Sequence[Token], at: int) -> bool:
    """弥助の家内: a の between a name and someone who belongs to it."""
    if line[at].text != "の" or at + 1 >= len(line) or line[at + 1].kind not in ("名詞", "接頭辞"):
        return False
    after = line[at + 1].text
    ahead = "".join(token.text for token in line[at + 1 : at + 4])
    companions = words("reader_ja", "companions")
    return animacy(after) > 0 or after in companions or any(len(c) > 2 and ahead.startswith(c) for c in companions)


@cache
def animacy(phrase: str) -> int:
    """2 for a known living being, 1 for a likely one, 0 otherwise."""
    core = pattern("reader_ja", "plural").sub("", phrase)
    animate = words("reader_ja", "animate")
    if core in animate or any(len(a) >= 2 and core.endswith(a) for a in animate):
        return 2
    if len(core) <= 6 and core[-1:] in animate and "一" <= core[-1:] <= "龥":
        return 1
    return 1 if pattern("reader_ja", "strong_suffix").search(core) else 0


@cache
def is_surname(word: str) -> bool:
    """A name of its own in the dictionary; many surnames are kept there as places."""
    found = tokenizer().tokenize(word)
    kinds: list[str] = list(found[0].part_of_speech()) if len(found) == 1 else []
    named = kinds[1:2] == ["固有名詞"] and kinds[2] in ("人名", "地名", "一般")
    return named and word not in words("reader_ja", "stop")


@cache
def is_name(word: str) -> bool:
    """Whether the dictionary takes the word for a name, or does not know it: 吾平, 波江, but not 病気."""
    found = tokenizer().tokenize(word)
    if word in words("reader_ja", "stop") or animacy(word) == 2:
        return False
    if any(m.part_of_speech()[1] == "固有名詞" or m.is_oov() for m in found):
        return True
    return len(found) > 1 and all(len(m.surface()) == 1 and "一" <= m.surface() <= "龥" for m in found)


@cache
def is_named_politely(word: str) -> bool:
    """Whether the dictionary takes the word for a person's name before さん: 小夜 and 源, but not 右手."""
    first = tokenizer().tokenize(f"{word}さん")[0]
    return bool(first.surface() == word and first.part_of_speech()[2] == "人名")


@cache
def is_listed_name(word: str) -> bool:
    """The dictionary has it as the name of a person."""
    found = tokenizer().tokenize(word)
    return len(found) == 1 and list(found[0].part_of_speech()[1:3]) == ["固有名詞", "人名"]
