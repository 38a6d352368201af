"""English names in, whether they are one person's out; and who answers to a name that only quotes have."""

import re
from collections import Counter
from dataclasses import replace

from providers.offline.lexicon import load
from providers.offline.reading import Mention, Person, Quote

INTRODUCED_AS = re.compile(
    r"((?:(?:Mrs|Mr|Miss|Lady|Lord|Sir)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)*),? (?:who is )?(?:already |better )?"
    r"(?:introduced|known|called|presented)(?: to \w+)? as ([A-Z][a-z]+)\b"
)
CALLED = re.compile(r"(?:^|[,!?.—] )([A-Z][a-z]{2,})(?=[,!?.—]|$)")


def same_first_name(one: str, other: str) -> bool:
    """Jim is James Dillingham Young: a short form beside a full name; two full names are two people."""
    a, b = one.split(), other.split()
    if not a or not b or min(len(a), len(b)) > 1 or a[0] == b[0]:
        return False
    rows: dict[str, str] = load("reader_en")["short_names"]
    shorts = {full: forms.split() for full, forms in rows.items()}
    return any(x in shorts.get(y, ()) for x, y in ((a[0], b[0]), (b[0], a[0])))


def introductions(text: str) -> dict[str, str]:
    """Mrs. James Young, already introduced to you as Della: the long name and the short one."""
    return {match.group(1): match.group(2) for match in INTRODUCED_AS.finditer(text)}


def called_in_quotes(
    text: str, blotted: str, people: list[Person], quotes: list[Quote], mentions: list[Mention]
) -> list[Person]:
    """“Captain!” she called. A large black cat looked down: a name that no sentence outside of quotes has."""
    votes: dict[str, Counter[str]] = {}
    known = {name for person in people for name in person.names}
    for at, quote in enumerate(quotes):
        if not quote.kind.spoken:
            continue
        for name in dict.fromkeys(CALLED.findall(text[quote.start : quote.end])):
            if name in known or re.search(rf"\b{name}\b", blotted) or not is_spoken_of(name, text):
                continue
            heard = addressee(quote, quotes[at - 1] if at else None, mentions)
            if heard:
                votes.setdefault(name, Counter())[heard] += 1
    named: dict[str, str] = {}
    for name, counted in votes.items():
        best, times = counted.most_common(1)[0]
        if times >= 2 and times * 2 > counted.total():
            named[name] = best
    more = {person.name: tuple(n for n, who in named.items() if who == person.name) for person in people}
    return [replace(p, aliases=(*p.aliases, *more[p.name])) if more[p.name] else p for p in people]


def is_spoken_of(name: str, text: str) -> bool:
    """Captain's idea: a cry or a command is never owner or subject."""
    return bool(re.search(rf"\b{name}(?:['’]s\b| (?:shall|will|is|was|has|had|can|must|would|and I)\b)", text))


def addressee(quote: Quote, before: Quote | None, mentions: list[Mention]) -> str | None:
    """Who spoke right before, else who is told of next."""
    if before and before.speakers and before.speakers != quote.speakers and quote.outer_start - before.outer_end < 60:
        return before.speakers[0]
    told = (m.name for m in mentions if m.start >= quote.outer_end and m.name not in quote.speakers)
    return next(told, None)
