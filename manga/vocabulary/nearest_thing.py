"""The thing, or the class of things, that any words mean.

Nearest is the key, a word, the head noun, the class, else unknown. Words that are merely spelt alike are never near.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from manga.values import Value
from manga.vocabulary.things import ThingClass, ThingEntry, thing_classes, things

FoundBy = Literal["key", "word", "head", "class", "unknown"]

_ARTICLES = re.compile(r"^(?:(?:a|an|the|some|my|your|his|her|its|our|their|this|that|these|those|one|two|three)\s+)+")
_AMOUNTS = re.compile(r"^(?:pair|piece|bunch|bit|slice|loaf|stick|heap|pile|set|kind|sort)s? of ")
_ASIDE = re.compile(r"\s+(?:of|with|in|on|at|from|for|and|or|by|that|which|to|under|over|beside)\s.*|[,;(（].*")
_OF = re.compile(r"[のな、，・]")
_HIRAGANA, _KATAKANA = re.compile(r"[ぁ-ん]"), re.compile(r"[ァ-ヶー]")


_ALONE = frozenset(
    "米器玉衣菜油水火竹虹壁車家星木月山石絵的薬肉針乳巣豆宝蜜駒島金紙本戸幕縄札鏡杯網銭根花草葉樹枝幹種苗実汁粉糖"
)
"""Words of one letter that are mostly something else at the end of a longer word: 火薬 is no medicine, 合金 no coin,
柏木 a name. Only a class for which nothing is drawn is told by them: 風車 is no car, 消防車 may be called a vehicle."""


class Nearest(Value):
    """What words mean: a thing, or a class of things where no thing is known, or neither."""

    by: FoundBy = "unknown"
    thing: ThingEntry | None = None
    kind: ThingClass | None = None


def nearest_thing(text: str) -> Nearest:
    """What a few words in English or Japanese name."""
    low = text.strip().lower()
    key = low.replace(" ", "_")
    if entry := things().get(_retired().get(key, key)):
        return Nearest(by="key", thing=entry)
    parts = tuple(_parts(low))
    for head, part in enumerate(parts):
        if not _is_another(part, parts) and (named := _first(part, _thing_words())):
            return Nearest(by="head" if head else "word", thing=things()[named])
    for part in parts:
        if found := _first(part, _class_words()):
            kind = thing_classes()[found]
            if not kind.like or not _is_another(part, parts):
                return Nearest(by="class", kind=kind)
    return Nearest()


def _is_another(part: str, parts: Sequence[str]) -> bool:
    """Whether the end of a longer word is mostly something else."""
    return part in _ALONE and part not in parts[:2]


def _first(words: str, known: Mapping[str, str]) -> str | None:
    return next((known[form] for form in _forms(words) if form in known), None)


@cache
def _retired() -> Mapping[str, str]:
    return {was: entry.key for entry in things().values() for was in entry.was}


@cache
def _thing_words() -> Mapping[str, str]:
    """Keys of things by their words; of two things with one word the earlier entry counts."""
    return _keys_by_word(things().values())


@cache
def _class_words() -> Mapping[str, str]:
    return _keys_by_word(thing_classes().values())


def _keys_by_word(entries: Iterable[ThingEntry | ThingClass]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for words in entry.words.values():
            for word in words:
                found.setdefault(_folded(word), entry.key)
    return found


def _parts(text: str) -> Iterator[str]:
    """The whole words, then the ends of their head, the longest first."""
    yield text
    yield from (_heads_en(text) if text.isascii() else _heads_ja(text))


def _heads_en(text: str) -> Iterator[str]:
    plain = _AMOUNTS.sub("", _ARTICLES.sub("", text))
    words = _ASIDE.sub("", _ARTICLES.sub("", plain)).replace("-", " ").split()
    yield from (" ".join(words[i:]) for i in range(len(words)))


def _heads_ja(text: str) -> Iterator[str]:
    head = _OF.split(re.split(r"[（(]", text)[0])[-1].strip()
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
