"""English names that are one person's, and who answers to a name that only quotes have."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from offline.lexicon import load
from offline.reading.en.names import NameCandidate
from offline.reading.story_reading import Quote

ASKED = re.compile(r"\b(?:your name|are you called|do they call you|[Ww]ho are you|[Aa]nd you are)(?:,? [a-z]+)?\?$")
ANSWERED = re.compile(
    r"(?:I(?:['’]m| am) |(?:It|My name)(?:['’]s| is) |They call me )?([A-Z][a-z]+)(?:[.!,](?: .*)?)?$", re.DOTALL
)
NEXT = 60
"""Characters between a question and its answer."""
BACK = 700
"""Characters before a question for a name in which whoever is asked has been told of."""


def same_first_name(one: str, other: str) -> bool:
    """Jim is James Dillingham Young: a short form beside a full name; two full names are two people."""
    a, b = one.split(), other.split()
    if not a or not b or min(len(a), len(b)) > 1 or a[0] == b[0]:
        return False
    rows: dict[str, str] = load("reader_en")["short_names"]
    shorts = {full: forms.split() for full, forms in rows.items()}
    return any(x in shorts.get(y, ()) for x, y in ((a[0], b[0]), (b[0], a[0])))


def names_told(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[Quote, str]]:
    """“What’s your name?” “Sam.”: each question with the name that is the answer, or its first word."""
    for question, answer in pairwise(quotes):
        name = answer_to(text[question.start : question.end], text[answer.start : answer.end])
        if name and answer.outer_start - question.outer_end < NEXT:
            yield question, name


def answer_to(asked: str, answered: str) -> str:
    name = ANSWERED.match(answered) if ASKED.search(asked) else None
    return name.group(1) if name else ""


def by_answer(people: list[NameCandidate], text: str, blotted: str, quotes: Sequence[Quote]) -> list[NameCandidate]:
    """The small boy who was told of last is Sam when that is what he says, if anybody is called so."""
    kept = list(people)
    for question, name in names_told(text, quotes):
        told = blotted[max(0, question.outer_start - BACK) : question.outer_start]
        told_of = [c for c in kept if not c.proper and not c.plural and last_of(c, told) >= 0]
        bare = max(told_of, key=lambda c: last_of(c, told), default=None)
        named = next((c for c in kept if c.proper and name in {part for n in c.names for part in n.split()}), None)
        if bare is not None and named is not None:
            named.take_in(bare)
            named.aliases += [] if name in named.names else [name]
            kept.remove(bare)
    return kept


def last_of(person: NameCandidate, told: str) -> int:
    """Where somebody is named last; -1 where nowhere."""
    return max((m.start() for name in person.names for m in re.finditer(rf"\b{re.escape(name)}\b", told)), default=-1)
