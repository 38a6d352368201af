"""Attributed Japanese quotes in, the same out with guesses corrected by how each person says I."""

import re
from collections import Counter
from dataclasses import replace

from providers.offline.reading import Quote

FIRST = re.compile(
    r"(?<![一-龥])(?:おれ|俺|僕|ぼく|わし|あたし|わたし|わたくし|私|拙者|己)(?=[はがのもをにだとへ、。っ])"
)
SURE, DOUBTFUL, GUESS, SWITCHED = 0.75, 0.7, 0.6, 0.65
NEIGHBOURS = 12
SAME = {"俺": "おれ", "ぼく": "僕", "私": "わたし"}


def by_first_person(text: str, quotes: list[Quote]) -> list[Quote]:
    """A doubtful おれ goes to the one nearby who is known to say おれ, not to one who says わたし."""
    known = habits(text, quotes)
    return [corrected(text, quotes, i, known) for i in range(len(quotes))]


def habits(text: str, quotes: list[Quote]) -> dict[str, str]:
    heard: dict[str, Counter[str]] = {}
    for quote in quotes:
        if len(quote.speakers) == 1 and quote.confidence >= SURE:
            heard.setdefault(quote.speakers[0], Counter()).update(firsts(text, quote))
    return {name: words.most_common(1)[0][0] for name, words in heard.items() if words}


def firsts(text: str, quote: Quote) -> list[str]:
    return [SAME.get(word, word) for word in FIRST.findall(text, quote.start, quote.end)]


def corrected(text: str, quotes: list[Quote], at: int, known: dict[str, str]) -> Quote:
    quote = quotes[at]
    words = firsts(text, quote)
    if not words or quote.confidence > DOUBTFUL or not quote.speakers:
        return quote
    habit = known.get(quote.speakers[0])
    if habit == words[0] or (habit is None and quote.confidence >= GUESS):
        return quote
    near = quotes[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
    able = list(dict.fromkeys(s for q in near for s in q.speakers if known.get(s) == words[0]))
    if len(able) != 1:
        return quote
    return replace(quote, speakers=(able[0],), confidence=SWITCHED, rule="first_person")
