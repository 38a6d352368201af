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
from offline.reading.ja.noun_phrases import Token, sentences
from offline.reading.literal_words import SENTENCE, is_literal


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
        "vehicle",
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
def things_there(text: str, language: Language) -> tuple[NamedThing, ...]:
    """Those that are really there, in the order of the text: not likened, denied, supposed or remembered."""
    found: list[NamedThing] = []
    for match in SENTENCE.finditer(text):
        told = match.group()
        found += [
            NamedThing(one.name, match.start() + one.start, match.start() + one.end)
            for one in things_named(told, language)
            if is_literal(told, one.start, one.end, language)
        ]
    return tuple(found)


@lru_cache(maxsize=4096)
def things_named(text: str, language: Language, *, handled: bool = False) -> tuple[NamedThing, ...]:
    """In the order of the text. What is surely `handled` may also be a garment, and a word that mostly means something
    else."""
    rows = table(f"story_{language.value}", "props").rows
    found = [NamedThing(name, *m.span()) for name, row in rows for m in row.finditer(text)]
    told, taken = {name for name, _ in rows}, {at for one in found for at in range(one.start, one.end)}
    words_of = _english(text, handled) if language is Language.EN else _japanese(text, handled)
    found += [one for one in words_of if (handled or one.name not in told) and one.start not in taken]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _english(text: str, handled: bool) -> Iterator[NamedThing]:
    known = _words(Language.EN, handled)
    for m in _pattern(handled).finditer(text):
        word, plural = m["word"], bool(m["plural"])
        if not plural and not _BEFORE.search(text, max(0, m.start() - _LOOK_BACK), m.start()):
            continue
        yield NamedThing(known.get(word) or known[word.replace("-", " ")], *m.span())


@cache
def _pattern(handled: bool) -> re.Pattern[str]:
    """Words in lower case: names begin otherwise. Not before another noun of the list, as in a key ring."""
    known = (re.escape(word).replace(r"\ ", "[ -]") for word in _words(Language.EN, handled))
    either = "|".join(sorted(known, key=len)[::-1])
    return re.compile(rf"\b(?P<word>{either})(?P<plural>e?s)?\b(?![ -](?:{either}|{_HEADS})\b)(?!['’-]\w)")


def _japanese(text: str, handled: bool) -> Iterator[NamedThing]:
    known = _words(Language.JA, handled)
    for sentence in sentences(text):
        for run in _noun_runs(sentence, known):
            last = run[-1].end
            at = next((token.start for token in run if text[token.start : last] in known), -1)
            at = at if at >= 0 else last - len(_head(text[run[-1].start : last], known))
            if at < last:
                yield NamedThing(known[text[at:last]], at, last)


def _noun_runs(line: Sequence[Token], known: Mapping[str, str]) -> Iterator[list[Token]]:
    """Nouns side by side, whose last is the head; not what a number counts."""
    for noun, run in groupby(line, key=lambda token: token.kind in _COMPOUND):
        nouns = list(run)
        whole = "".join(token.text for token in nouns)
        if noun and (whole in known or all(token.detail != "数詞" for token in nouns)):
            yield nouns


def _head(word: str, known: Mapping[str, str]) -> str:
    """The end of a longer word that is a word of two letters or more: 腕時計, but not 泥棒."""
    ends = (word[at:] for at in range(1, len(word) - 1)) if len(word) > 2 else ()
    return next((end for end in ends if end in known), "")


@cache
def _words(language: Language, handled: bool) -> Mapping[str, str]:
    """Keys of things by the words that tell them in a sentence."""
    barred = frozenset[str]() if handled else words(f"story_{language.value}", "no_things")
    found: dict[str, str] = {}
    for entry in things().values():
        key = entry.like or entry.key
        if _is_told(entry, handled) and _is_told(things()[key], handled):
            for word in entry.words["en" if language is Language.EN else "ja"]:
                if word.replace(" ", "_") not in barred and nearest_thing(word).entry is entry:
                    found.setdefault(word, key)
    return found


def _is_told(entry: ThingEntry, handled: bool) -> bool:
    fits = (
        (entry.kind in _KINDS or (handled and entry.kind == "garment"))
        and entry.cm <= _LARGEST_CM
        and entry.view != "afar"
    )
    return fits or entry.key in _FURNITURE
