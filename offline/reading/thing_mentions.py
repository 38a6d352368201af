"""Finds where a text names things: words of the register, where they are nouns.

English: after a word that a noun follows ("a rusty old key"), or in the plural. Japanese: by the dictionary's nouns.
What a word alone does not tell (a match that is struck, hats that are not worn) is told by the patterns of `props`, and
by them alone. Linear in the length of the text; a text is read once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from manga.brief import Language
from manga.vocabulary.things import ThingEntry, nearest_thing, things
from offline.lexicon import table, words
from offline.reading.ja.noun_phrases import Token, pieces, tokens


class NamedThing(NamedTuple):
    """A thing's key, and where its word stands."""

    name: str
    start: int
    end: int


_KINDS = frozenset(
    (
        "tool",
        "light",
        "instrument",
        "document",
        "device",
        "vessel",
        "food",
        "jewel",
        "weapon",
        "toy",
        "creature",
        "plant",
    )
)
"""What stories turn on and hands hold; clothes are worn, buildings are places, beasts act."""
_FURNITURE = frozenset({"cupboard", "pier_glass", "coffin"})
"""Furniture that is more than a part of its room."""
_LARGEST_CM = 200.0
_BEFORE = re.compile(
    r"\b(?:[Aa]|[Aa]n|[Tt]he|[Hh]is|[Hh]er|[Mm]y|his|her|my|your|our|their|its|this|that|these|those|one|two|three|four|five|six|some|any|no|every|each"
    r"|another|other|of|with|and|\w+['’]s?)\s+(?:(?!\w+['’s]s?\b)[a-z][\w-]*[\s,]+){0,2}$"
)
"""What a noun follows: an article, an owner or a number, then up to two words that are no plural."""
_LOOK_BACK = 44
_HEADS = r"holes?|posts?|box(?:es)?|bench|stools?|cases?|stands?|shops?|house|room|trees?|garden|field|rings?|makers?"
"""What a thing before it only describes: a lamp post, a piano stool."""
_COMPOUND = frozenset({"名詞", "接尾辞"})


def names_of_things(text: str, language: Language) -> tuple[str, ...]:
    """Each once, in the order of the text."""
    return tuple(dict.fromkeys(one.name for one in things_named(text, language)))


@lru_cache(maxsize=4096)
def things_named(text: str, language: Language) -> tuple[NamedThing, ...]:
    """In the order of the text."""
    rows = table(f"story_{language.value}", "props").rows
    found = [NamedThing(name, *m.span()) for name, row in rows for m in row.finditer(text)]
    told, taken = {name for name, _ in rows}, {at for one in found for at in range(one.start, one.end)}
    words_of = _english(text) if language is Language.EN else _japanese(text)
    found += [one for one in words_of if one.name not in told and one.start not in taken]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _english(text: str) -> Iterator[NamedThing]:
    known = _words(Language.EN)
    for m in _pattern().finditer(text):
        word, plural = m["word"], bool(m["plural"])
        if not plural and not _BEFORE.search(text, max(0, m.start() - _LOOK_BACK), m.start()):
            continue
        yield NamedThing(known.get(word) or known[word.replace("-", " ")], *m.span())


@cache
def _pattern() -> re.Pattern[str]:
    """Words in lower case: names begin otherwise. Not before another noun of the list, as in a key ring."""
    either = "|".join(sorted((re.escape(word).replace(r"\ ", "[ -]") for word in _words(Language.EN)), key=len)[::-1])
    return re.compile(rf"\b(?P<word>{either})(?P<plural>e?s)?\b(?![ -](?:{either}|{_HEADS})\b)(?!['’-]\w)")


def _japanese(text: str) -> Iterator[NamedThing]:
    for start, end in pieces(text):
        for run in _noun_runs(tokens(text, start, end)):
            at = next((token.start for token in run if _named(text[token.start : run[-1].end])), -1)
            last = run[-1].end
            if at < 0 and (name := _named(_head(text[run[-1].start : last]))):
                yield NamedThing(name, last - len(_head(text[run[-1].start : last])), last)
            elif at >= 0:
                yield NamedThing(_named(text[at:last]), at, last)


def _noun_runs(line: Sequence[Token]) -> Iterator[list[Token]]:
    """Nouns side by side, whose last is the head; not what a number counts."""
    for noun, run in groupby(line, key=lambda token: token.kind in _COMPOUND):
        nouns = list(run)
        whole = "".join(token.text for token in nouns)
        if noun and (_named(whole) or all(token.detail != "数詞" for token in nouns)):
            yield nouns


def _named(word: str) -> str:
    return _words(Language.JA).get(word, "")


def _head(word: str) -> str:
    """The end of a longer word that is a word of two letters or more: 腕時計, but not 泥棒."""
    ends = (word[at:] for at in range(1, len(word) - 1)) if len(word) > 2 else ()
    return next((end for end in ends if _named(end)), "")


@cache
def _words(language: Language) -> Mapping[str, str]:
    """Keys of things by the words that tell them in a sentence."""
    barred = words(f"story_{language.value}", "no_things")
    found: dict[str, str] = {}
    for entry in things().values():
        key = entry.like or entry.key
        if _is_told(entry) and _is_told(things()[key]):
            for word in entry.words["en" if language is Language.EN else "ja"]:
                if word.replace(" ", "_") not in barred and nearest_thing(word).entry is entry:
                    found.setdefault(word, key)
    return found


def _is_told(entry: ThingEntry) -> bool:
    fits = entry.kind in _KINDS and entry.cm <= _LARGEST_CM and entry.view != "afar"
    return fits or entry.key in _FURNITURE
