"""What each strip is called: strips of moments in, a short title for each out, no two alike.

A title is the thing that this strip speaks of and the others hardly do, in the story's own word. Linear in the length
of the book.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from manga.brief import Language
from offline.directing.moments import Moment
from offline.lexicon import words
from offline.reading.ja.phrases import pieces, tokens

LONGEST = {Language.JA: 8, Language.EN: 16}
SHORTEST = 3
LAST_WORDS = 1.5
"""What a word of the last panel counts for: it is what the strip was about."""
LONE = 0.4
_STOPS = "、。，．,;:—-"
_KINDS = frozenset({"一般", "サ変可能", "サ変形状詞可能"})
_KANJI = re.compile(r"[一-龥々ァ-ヴ]")
_THING = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Yy]our|[Oo]ur)\s([a-z]{4,16})"
    r"(?=[,.;:!?”\"’—-]|\s(?:of|was|were|is|are|and|or|in|on|at|to|from|with|had|has|that|who|which|as|for|by|into|upon|over"
    r"|under|would|could|will|the|a|he|she|they|it|but|when|while|where|before|after|again|too|now)\b)"
)


def titles_of(strips: Sequence[Sequence[Moment]], language: Language) -> list[str]:
    """One each; a strip in which nothing is named is called by the last few words said in it, or by its number."""
    found = [list(_weighed(strip, language)) for strip in strips]
    everywhere = Counter(chain.from_iterable({word for word, _ in named} for named in found))
    taken: set[str] = set()
    titles: list[str] = []
    for number, named in enumerate(found, start=1):
        worth: dict[str, float] = {}
        for word, weight in named:
            worth[word] = worth.get(word, 0.0) + weight
        free = [word for word in worth if _root(word) not in taken]
        best = max(
            free, key=lambda word: (_speaking(word) * worth[word] / everywhere[word], len(word), word), default=""
        )
        title = _shown(best, language) or _spoken(strips[number - 1], language, titles) or _numbered(number, language)
        taken.add(_root(best))
        titles.append(title)
    return titles


def _speaking(word: str) -> float:
    """A single letter says little."""
    return LONE if len(word) == 1 else 1.0


def _root(word: str) -> str:
    """A candle and candles are one title."""
    return word.removesuffix("s")


def _shown(word: str, language: Language) -> str:
    return f"The {word}" if word and language is Language.EN else word


def _spoken(strip: Sequence[Moment], language: Language, taken: Sequence[str]) -> str:
    """The last words said in a strip that are short enough and no title yet."""
    said = (part.text for moment in reversed(strip) if moment.purpose == "spoken" for part in reversed(moment.parts))
    short = (text.strip().rstrip(_STOPS) for text in said if len(text) <= 1.5 * LONGEST[language])
    return next((text for text in short if len(text) >= SHORTEST and text not in taken), "")


def _numbered(number: int, language: Language) -> str:
    return f"その{number}" if language is Language.JA else f"No. {number}"


def _weighed(strip: Sequence[Moment], language: Language) -> Iterator[tuple[str, float]]:
    lines = list(dict.fromkeys(moment.line.text for moment in strip if moment.line is not None))
    for place, text in enumerate(lines):
        weight = LAST_WORDS if place == len(lines) - 1 else 1.0
        for word in _japanese(text) if language is Language.JA else _english(text):
            if len(word) <= LONGEST[language]:
                yield word, weight


def _japanese(text: str) -> Iterator[str]:
    """Nouns and what they are made up of: 麦畑, くりの木 as 木."""
    for start, end in pieces(text):
        run = ""
        for token in (*tokens(text, start, end), None):
            noun = token is not None and (
                (token.kind == "名詞" and token.detail == "普通名詞" and token.sort in _KINDS)
                or (token.kind == "名詞" and token.detail == "固有名詞")
                or (bool(run) and token.kind == "接尾辞" and token.detail == "名詞的")
            )
            if noun and token is not None:
                run += token.text
                continue
            if _KANJI.search(run) or len(run) > 3:
                yield run
            run = ""


def _english(text: str) -> Iterable[str]:
    known = words("reader_en", "adjectives") | words("reader_en", "no_titles")
    return (word for word in _THING.findall(text) if word not in known)
