"""Signs that an English quote is spoken by a person, from the quote and the text around it.

Signs are named in `weights_en`. An English paragraph belongs to one speaker as a rule, so what somebody does in the
paragraph of a quote tells more than what is told in the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from manga.brief import Language
from offline.reading.en.people import Crowd
from offline.reading.en.pronouns import GENDERS
from offline.reading.speaker_chain import Scores, State
from offline.reading.story_reading import Mention, Quote
from offline.vocabulary_words import kinds_named

QUESTION = re.compile(r"\?[”\"’' ]*$")
ANSWER = re.compile(r"(?:yes|no|oh|well|of course|certainly|because|never|not|nothing|perhaps|i )\b", re.IGNORECASE)
TALK = 3
"""Words of a line from which it is more than a noise."""
NEARBY = 160
FABLE = 2
"""Beasts that talk, from which on others of the story may."""
SURE = frozenset(["said_someone", "someone_said", "split_quote", "named_before", "named_outright"])


@dataclass(slots=True)
class EnglishQuote:
    """One quote with what can be said of it before anybody else is heard. `paragraph` is where its paragraph begins;
    `last_end` and `next_start` are where the neighbouring paragraphs with quotes end and begin."""

    quote: Quote
    fixed: bool
    paragraph: int
    told: int
    pronoun: str = ""
    scores: Scores = field(default_factory=dict)
    signs: dict[State, dict[str, float]] = field(default_factory=dict)


class EnglishSigns:
    """Looks at one story."""

    def __init__(self, text: str, blotted: str, crowd: Crowd, rows: list[EnglishQuote]) -> None:
        self.text = text
        self.blotted = blotted
        self.crowd = crowd
        self.kinds = kinds_named(Language.EN)
        sure = [row for row in rows if row.quote.rule in SURE]
        self.heard = {name for row in sure for name in row.quote.speakers}
        self.tagged = len(sure) / max(1, len(rows))
        self.talked = {n for r in sure for n in r.quote.speakers if len(self.words(r).split()) >= TALK}
        self.fable = sum(self.is_beast(name) for name in self.talked) >= FABLE
        self.called = {
            p.name: re.compile("|".join(rf"\b{re.escape(n.removeprefix('the '))}\b" for n in p.names))
            for p in crowd.persons
            if not p.narrator or len(p.names) > 2
        }

    def words(self, row: EnglishQuote) -> str:
        return self.text[row.quote.start : row.quote.end]

    def of(self, row: EnglishQuote, before: EnglishQuote | None, state: State, *, present: bool) -> dict[str, float]:
        found = [(row.quote.rule, 1.0)] if state == row.quote.speakers else []
        found += [] if present else [("absent", 1.0)]
        found += [] if self.heard & set(state) else [("silent", self.tagged)]
        found += [*self.pronoun(row, state)]
        if row.quote.rule not in SURE:
            found += [*self.lead(row, state), *self.beast(row, state)]
        named = self.named_in(row, state)
        found += [(named, 1.0)] if named else []
        if before is not None and self.named_in(before, state) == "called_in":
            found.append(("answers_call", 1.0))
        return dict(found)

    def pronoun(self, row: EnglishQuote, state: State) -> Iterator[tuple[str, float]]:
        """“…” he said: no woman, nor they; and not I, who would say so."""
        wanted = GENDERS.get(row.pronoun.lower())
        if row.pronoun == "they":
            yield "they", 1.0 if len(state) > 1 or state[0] in self.crowd.plural else -1.0
        elif wanted and len(state) == 1:
            gender = self.crowd.genders.get(state[0])
            plural = state[0] in self.crowd.plural or state[0] == "I"
            yield "pronoun", -1.0 if plural or (gender and gender != wanted) else 0.5 if gender == wanted else 0.0

    def lead(self, row: EnglishQuote, state: State) -> Iterator[tuple[str, float]]:
        """What the paragraph before tells, when it holds no quote."""
        if row.told >= row.paragraph:
            return
        subjects = [m for m in self.crowd.near(row.told, row.paragraph) if m.role == "subject"]
        if subjects and (subjects[-1].name,) == state:
            yield "told_before", 1.0
        elif any((m.name,) == state for m in subjects):
            yield "told_earlier", 1.0
        if any((m.name,) == state for m in self.crowd.near(row.quote.outer_start - NEARBY, row.quote.outer_start)):
            yield "near", 1.0

    def beast(self, row: EnglishQuote, state: State) -> Iterator[tuple[str, float]]:
        """A beast that has made noises at most asks no questions, unless it is a story in which beasts talk."""
        mute = not self.fable and self.is_beast(state[0]) and state[0] not in self.talked
        if mute and len(self.words(row).split()) >= TALK:
            yield "beast", 1.0

    def is_beast(self, name: str) -> bool:
        return self.kinds.first(name.lower()) not in (None, "spirit")

    def named_in(self, row: EnglishQuote, state: State) -> str:
        own = self.called.get(state[0]) if len(state) == 1 else None
        if own is None:
            return ""
        words = self.words(row)
        found = list(own.finditer(words))
        return "" if not found else "called_in" if any(is_call(words, m) for m in found) else "mentioned_in"


def is_call(words: str, name: re.Match[str]) -> bool:
    return bool(
        re.match(r"[,!?.—…]|$", words[name.end() :])
        and re.search(r"(?:^|[,!?.—] |\b(?:dear|old|my|little|poor|Oh|oh) )$", words[: name.start()])
    )


def subjects(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [m for m in mentions if m.role == "subject"]
