"""Adds readings (ruby) from the dictionary that a reader of some age needs, to a storyboard.

Readings that the text has, or a person has set, win, and hold for the same word elsewhere. `all` is for children:
every word with kanji. `rare` is for teenagers: words with kanji that no primary school teaches, once a page. Names are
read at their first appearance at any level, where there is one way to read them. Pure, linear in the length of the
book.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from drawing.lettering.break_costs import Token, tokens_of, ways_to_read
from manga.brief import RubyLevel
from manga.read_yaml import read_yaml
from manga.storyboard import LinePart, PanelDraft, Storyboard
from manga.values import Ruby

PRIMARY_SCHOOL = 6
COMMON: Mapping[str, str] = MappingProxyType({"私": "わたし"})
"""Words that a dictionary reads more stiffly than people do."""
_KANJI = "一-龥々〆ヶ"
_PIECES = re.compile(rf"[{_KANJI}]+|[^{_KANJI}]+")
_HAS_KANJI = re.compile(rf"[{_KANJI}]")
_NUMBERED = re.compile(r"[一二三四五六七八九十百千](?!郎|代)")
_KANA = re.compile(r"[ぁ-ゖー]+")
_AHEAD = ord("ア") - ord("あ")


@cache
def grades() -> Mapping[str, int]:
    """The year of primary school in which a kanji is taught; others are not there."""
    rows = read_yaml((Path(__file__).parent / "kyoiku.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({kanji: grade for grade, row in rows.items() for kanji in row})


@dataclass(frozen=True, slots=True)
class Word:
    """A word with kanji, its place and its reading in hiragana; `name`: of a person or a place."""

    start: int
    text: str
    reading: str
    name: bool

    @property
    def hard(self) -> bool:
        """Whether a kanji in it is not taught in primary school."""
        known = grades()
        return any(known.get(c, PRIMARY_SCHOOL + 1) > PRIMARY_SCHOOL for c in self.text if _HAS_KANJI.match(c))


def with_readings(storyboard: Storyboard, level: RubyLevel) -> Storyboard:
    """The storyboard for readers of a level."""
    if level == "none":
        return storyboard
    reader = _Reader(level, _own_readings(storyboard))
    pages = []
    for page in storyboard.pages:
        reader.turn()
        pages.append(page.model_copy(update={"panels": tuple(map(reader.panel, page.panels))}))
    return Storyboard(pages=tuple(pages))


def _own_readings(storyboard: Storyboard) -> dict[str, str]:
    """How the text itself reads words, anywhere."""
    found: dict[str, str] = {}
    for part in (part for panel in storyboard.panels() for part in panel.dialogue.parts):
        for ruby in part.ruby:
            if not ruby.is_dot:
                found.setdefault(part.text[ruby.start : ruby.end], ruby.reading)
    return found


@dataclass
class _Reader:
    """Goes through a book; knows which names and which words of the page have been read out."""

    level: RubyLevel
    own: Mapping[str, str]
    names: set[str] = field(default_factory=set)
    page: set[str] = field(default_factory=set)

    def turn(self) -> None:
        self.page = set()

    def panel(self, panel: PanelDraft) -> PanelDraft:
        parts = tuple(part if part.kind == "sfx" else self._part(part) for part in panel.dialogue.parts)
        if parts == panel.dialogue.parts:
            return panel
        return panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": parts})})

    def _part(self, part: LinePart) -> LinePart:
        found = list(part.ruby)
        for word in words_of(part.text, self.own):
            wanted = self._wants(word)
            self.page.add(word.text)
            self.names |= {word.text} if word.name else set()
            if wanted:
                found += [ruby for ruby in rubies_of(word) if _free(ruby, part.ruby)]
        if len(found) == len(part.ruby):
            return part
        return part.model_copy(update={"ruby": tuple(sorted(found, key=lambda ruby: ruby.start))})

    def _wants(self, word: Word) -> bool:
        if word.name and word.text not in self.names:
            return True
        return self.level == "all" or (self.level == "rare" and word.hard and word.text not in self.page)


def _free(ruby: Ruby, taken: tuple[Ruby, ...]) -> bool:
    return all(ruby.end <= other.start or other.end <= ruby.start for other in taken)


def words_of(text: str, own: Mapping[str, str]) -> Iterator[Word]:
    """Words with kanji whose reading is known. How figures are counted is not: 三本, 三匹, 三つ."""
    counted = False
    waiting: Word | None = None
    for token in _known(text, own):
        figure = token.detail == "数詞"
        read = own.get(token.text) or COMMON.get(token.text) or in_hiragana(token.reading)
        sure = bool(_HAS_KANJI.search(token.text)) and bool(_KANA.fullmatch(read))
        name = token.detail == "固有名詞"
        word = Word(token.start, token.text, read, name) if sure else None
        if waiting and word and waiting.name and name and waiting.start + len(waiting.text) == word.start:
            waiting = _joined(waiting, word, own)
            continue
        if waiting and _is_sure(waiting, own):
            yield waiting
        waiting = None if figure or (counted and token.usage == "助数詞") else word
        counted = figure
    if waiting and _is_sure(waiting, own):
        yield waiting


def _joined(first: Word, second: Word, own: Mapping[str, str]) -> Word:
    """A full name; without a reading where that of a part is not sure."""
    text = first.text + second.text
    known = _is_sure(first, own) and _is_sure(second, own)
    return Word(first.start, text, own.get(text, first.reading + second.reading if known else ""), True)


def _is_sure(word: Word, own: Mapping[str, str]) -> bool:
    """Whether a name can be read in one way only, or is read by the text."""
    return not word.name or word.text in own or (bool(word.reading) and is_one_way(word.text))


def is_one_way(name: str) -> bool:
    """Whether nobody can read a name otherwise: 三枝 is Saegusa and Mie, and how 兵十 reads his number only his author
    knows."""
    return len(ways_to_read(name)) <= 1 and not _NUMBERED.search(name)


def _known(text: str, own: Mapping[str, str]) -> Iterator[Token]:
    """Words without the scraps of unknown ones: of 犍陀多 the dictionary knows but 多."""
    found = list(tokens_of(text))
    strange = [not token.reading and token.text not in own and bool(_HAS_KANJI.search(token.text)) for token in found]
    for n, token in enumerate(found):
        beside = any(strange[max(0, n - 1) : n + 2])
        if not (len(token.text) == 1 and beside and token.detail != "数詞"):
            yield token


def in_hiragana(reading: str) -> str:
    return "".join(chr(ord(c) - _AHEAD) if "ァ" <= c <= "ヶ" else c for c in reading)


def rubies_of(word: Word) -> Iterator[Ruby]:
    """The reading beside the kanji alone: 取り出す is と beside 取 and だ beside 出. A word that does not come apart so
    has its reading beside all of it, where it is all kanji."""
    pieces = _PIECES.findall(word.text)
    pattern = "".join("(.+?)" if _HAS_KANJI.match(piece) else re.escape(in_hiragana(piece)) for piece in pieces)
    found = re.fullmatch(pattern, word.reading)
    at, groups = word.start, iter(found.groups() if found else ())
    for piece in pieces:
        if found and _HAS_KANJI.match(piece):
            yield Ruby(start=at, end=at + len(piece), reading=next(groups))
        at += len(piece)
