"""Splits a sentence into clauses with one wish each. A piece that only names a place waits for its wish."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from manga.brief import Language
from manga.feedback import BookView
from offline.wishes.find_mentions import WishedElement
from offline.wishes.load_wish_patterns import Words
from offline.wishes.normalize_sentence import CLOSE, KNOWN, OPEN
from offline.wishes.phase_and_scope import wish_of
from offline.wishes.resolve_mentions import Target, resolve

_MOST_JOINTS = 40  # reading grows with their square
_LEAST = {Language.JA: 3, Language.EN: 8}
_SHORTEST = {Language.JA: 5, Language.EN: 12}


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the sentence; `placed` when it says what is to be done."""

    start: int
    end: int
    placed: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as far as it is understood: `bare` has every reference marked."""

    text: str
    bare: str
    mentions: tuple[WishedElement, ...]
    view: BookView
    words: Words

    def mentioned(self, start: int, end: int) -> tuple[WishedElement, ...]:
        return tuple(mention for mention in self.mentions if start <= mention.start < end)

    def has_wish(self, start: int, end: int) -> bool:
        target = resolve(self.mentioned(start, end), self.text, self.view, Target())
        return wish_of(self.bare[start:end], target, self.view, self.words) is not None

    def has_verb(self, start: int, end: int) -> bool:
        return any(pattern.search(self.bare, start, end) for pattern in self.words.verbs.values())

    def goes_on(self, start: int, end: int) -> bool:
        """Whether a piece only adds a place to the list before it. Japanese names the place before the wish."""
        kinds = {mention.kind for mention in self.mentioned(start, end)}
        listed = bool(kinds & {"place", "panel"}) and kinds <= {"place", "panel", "page"}
        return listed and self.words.language is Language.EN and not self.says(start, end)

    def says(self, start: int, end: int) -> bool:
        """Whether there is more than the reference."""
        return sum(letter.isalpha() for letter in self.bare[start:end]) >= _LEAST[self.words.language]

    def asks(self, start: int, end: int) -> bool:
        """Whether a piece without a wish still wants something."""
        said = self.bare[start:end].strip(" 、,。.")
        long = len(said) >= _SHORTEST[self.words.language]
        return long and bool(self.words.single["asks_something"].search(said))


def clauses_of(read: Read) -> list[Clause]:
    """In the order of the sentence, without gaps between what was said."""
    clauses: list[Clause] = []
    waiting: int | None = None
    for start, end in _pieces(read):
        begin = start if waiting is None else waiting
        waiting = None
        if read.has_wish(begin, end):
            clauses.append(Clause(begin, end, True))
        elif clauses and clauses[-1].placed and read.goes_on(begin, end):
            clauses[-1] = Clause(clauses[-1].start, end, True)
        elif any(mention.kind != "pronoun" for mention in read.mentioned(begin, end)):
            waiting = begin
        elif clauses and clauses[-1].placed and (read.has_verb(start, end) or not read.asks(start, end)):
            clauses[-1] = Clause(clauses[-1].start, end, True)
        elif read.asks(start, end):
            clauses.append(Clause(begin, end, False))
        else:
            waiting = begin
    return _finished(clauses, waiting, read)


def _finished(clauses: list[Clause], waiting: int | None, read: Read) -> list[Clause]:
    """What still waits belongs to the last wish when it asks for nothing itself."""
    if waiting is None:
        return clauses
    end = len(read.text)
    asks = read.asks(waiting, end) or any(mention.kind != "denied" for mention in read.mentioned(waiting, end))
    if clauses and not asks:
        return [*clauses[:-1], Clause(clauses[-1].start, end, clauses[-1].placed)]
    return [*clauses, Clause(waiting, end, False)]


def _pieces(read: Read) -> Iterator[tuple[int, int]]:
    """Between the joints of the sentence. Nothing is cut inside a reference; what comes after the last is one piece."""
    begin = 0
    for joint in islice(read.words.single["clause_ends"].finditer(read.bare), _MOST_JOINTS):
        if (
            joint.end() > begin
            and not _within_a_place(joint, read)
            and _says_something(read.bare[begin : joint.start()])
        ):
            yield begin, joint.end()
            begin = joint.end()
    if _says_something(read.bare[begin:]):
        yield begin, len(read.bare)


def _within_a_place(joint: re.Match[str], read: Read) -> bool:
    """A comma between a page and its panel."""
    if joint[0].strip() not in (",", "、"):
        return False
    ends = any(mention.kind == "page" and mention.end == joint.start() for mention in read.mentions)
    return ends and any(mention.kind == "panel" and mention.start == joint.end() for mention in read.mentions)


def _says_something(piece: str) -> bool:
    return any(letter.isalnum() or letter in (KNOWN, OPEN, CLOSE) for letter in piece)
