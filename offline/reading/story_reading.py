"""What a reader finds in a story, as values: quotes with speakers, and the people who are named where.

Readers return names; keys are given when the cast is made.
"""

import bisect
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from manga.brief import Language
from manga.quotations import find_quotations
from manga.story_source import Source


class QuoteKind(StrEnum):
    """What stands between quotation marks. Terms and noises are part of the sentence around them."""

    SPEECH = "speech"
    SHOUT = "shout"
    WHISPER = "whisper"
    THOUGHT = "thought"
    SONG = "song"
    LETTER = "letter"
    TELEPHONE = "telephone"
    SIGN = "sign"
    TERM = "term"
    NOISE = "noise"

    @property
    def inline(self) -> bool:
        return self in (QuoteKind.TERM, QuoteKind.NOISE)

    @property
    def spoken(self) -> bool:
        return not self.inline and self is not QuoteKind.SIGN


@dataclass(frozen=True, slots=True)
class Quote:
    """`start`..`end` are the words, `outer_start`..`outer_end` the marks with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: QuoteKind = QuoteKind.SPEECH
    speakers: tuple[str, ...] = ()
    confidence: float = 0.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the story under the name used most; `group` is several people under one name, and
    someone `unseen` is a voice that no body was found for."""

    name: str
    aliases: tuple[str, ...] = ()
    gender: Literal["female", "male", "neutral"] = "neutral"
    group: bool = False
    first: int = 0
    narrator: bool = False
    unseen: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where someone is named; `role` says what the person does in that clause."""

    start: int
    end: int
    name: str
    role: Literal["subject", "object", "owner", "other"] = "other"


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole of it. Mentions are in the order of the text and lie outside spoken quotes."""

    source: Source
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]

    @property
    def language(self) -> Language:
        return self.source.language

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        return self.mentions[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]


def make_reading(source: Source, people: list[Person], quotes: list[Quote], mentions: list[Mention]) -> Reading:
    """Order the mentions once, so that a stretch is found by bisection."""
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
    return Reading(source, tuple(people), tuple(quotes), ordered, tuple(m.start for m in ordered))


def find_quotes(source: Source) -> list[Quote]:
    """All outermost quotations in the order of the text, kinds and speakers still open."""
    return [Quote(q.start, q.end, q.outer_start, q.outer_end) for q in find_quotations(source)]


def masked(text: str, quotes: list[Quote]) -> str:
    """The text with the words of all quotes blotted out, so that no name in them counts."""
    letters = list(text)
    for quote in quotes:
        for i in range(quote.start, quote.end):
            if letters[i] != "\n":
                letters[i] = "＿"
    return "".join(letters)


def with_voice(quote: Quote, kind: QuoteKind, speakers: tuple[str, ...], confidence: float, rule: str) -> Quote:
    return replace(quote, kind=kind, speakers=speakers, confidence=confidence, rule=rule)
