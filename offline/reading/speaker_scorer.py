"""Scores who speaks each quote of a story, in any language, by weights that were found on annotated stories.

A language's reader says which people a quote may be spoken by and names the signs for each of them; signs have the same
names and weights in all languages (`lexicons/speakers.yaml`). Lines that follow each other are scored together, as a
chain. The confidence is the share of lines of that chance that was right in stories the weights had not seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np

from offline.lexicon import load, numbers
from offline.reading.speaker_chain import NOBODY, Array, Scores, State, States, probabilities
from offline.reading.story_reading import Quote

Signs = dict[str, float]
Gap = Literal["same_paragraph", "split", "inline", "adjacent", "apart", "short", "long"]
"""What lies between a line and the one before."""
MOST, ROUNDS = 8, 3
AROUND, FEW = 6, 3
TO_LAST = {"called_in": "to_last", "mentioned_in": "names_last", "politely_to": "politely_to_last"}
"""By what a line says of somebody, and what that says of the line before when he spoke it."""
TELLING = 1.0
"""A sign that says less is no reason by itself."""


@dataclass(slots=True)
class SpokenLine:
    """One quote. `first` is what its own tag says; `fixed`: nobody is there to say it. `beat` is the only one of whom
    the words between this line and the one before tell, and the sign that it gives."""

    first: Quote
    words: str
    fixed: bool = False
    gap: Gap = "long"
    beat: tuple[State, str] = (NOBODY, "")
    signs: dict[State, Signs] = field(default_factory=dict)
    scores: Scores = field(default_factory=dict)


class Listener(Protocol):
    """What the scorer asks of a language."""

    def is_one(self, state: State) -> bool: ...
    def asks(self, words: str) -> bool: ...
    def answers(self, words: str) -> bool: ...
    def calls_anybody(self, words: str) -> bool: ...
    def contents(self, words: str) -> set[str]: ...
    def manner(self, lines: Sequence[SpokenLine], found: Sequence[Scores]) -> Sequence[Mapping[State, Signs]]: ...


def weights() -> dict[str, float]:
    """By sign."""
    return numbers("speakers", "weights")


def weighed(signs: Mapping[str, float]) -> float:
    """The sum of what the signs say."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in signs.items())


def measured(chance: float, table: Sequence[Sequence[float]] | None = None) -> float:
    """What share of lines of this chance is right; between the rows of the table it is drawn straight."""
    rows = table or load("speakers")["measured"]
    for (low, least), (high, most) in pairwise(rows):
        if chance <= high:
            return float(least + (most - least) * (chance - low) / max(high - low, 1e-9))
    return float(rows[-1][1])


class Exchange:
    """All lines of a story, looked at two and two: does one person say both, does the second answer the first?"""

    def __init__(self, listener: Listener, lines: Sequence[SpokenLine]) -> None:
        self.listener = listener
        self.lines = lines
        self.told = {name: [having(line, sign) for line in lines] for sign, name in TO_LAST.items()}
        self.asking = [listener.asks(line.words) for line in lines]
        self.answering = [listener.answers(line.words) for line in lines]
        self.contents = [listener.contents(line.words) for line in lines]
        self.staying = [self.stays(at) for at in range(len(lines))]
        self.returning = [self.back(at) for at in range(len(lines))]
        self.stay_scores = [weighed(signs) for signs in self.staying]
        self.back_scores = [weighed(signs) for signs in self.returning]
        self.single = {name: weighed({name: 1.0}) for name in (*TO_LAST.values(), "shared_beat", "shared_topic")}

    def scores(self, at: int, older: States, before: States, now: States) -> Array:
        """Of the line at this place, after what was said by whom in the two before."""
        found = np.zeros((len(older), len(before), len(now)))
        returning = self.back_scores[at]
        for k, state in enumerate(now):
            again = [i for i, one in enumerate(older) if one == state and at > 1]
            for j, one in enumerate(before):
                if NOBODY not in (one, state):
                    found[:, j, k] = self.pair(at, one, state)
                    if one != state:
                        found[again, j, k] += returning
        return found

    def pair(self, at: int, before: State, state: State) -> float:
        if before == state:
            who, topic = self.lines[at].beat
            shared = self.single[topic] if state == who else 0.0
            return shared + self.stay_scores[at] if self.listener.is_one(state) else 0.0
        return self.single[sign] if (sign := self.to_last(at, before)) else 0.0

    def to_last(self, at: int, before: State) -> str:
        """Whether the line calls or names the one who spoke before it."""
        return next((name for name, lines in self.told.items() if before in lines[at]), "")

    def signs_of(self, at: int, older: State, before: State, state: State) -> Signs:
        """The signs behind a score."""
        if NOBODY in (before, state):
            return {}
        who, topic = self.lines[at].beat
        if before == state:
            shared = {topic: 1.0} if state == who else {}
            return self.staying[at] | shared if self.listener.is_one(state) else {}
        found = {sign: 1.0} if (sign := self.to_last(at, before)) else {}
        return found | self.returning[at] if older == state and at > 1 else found

    def stays(self, at: int) -> Signs:
        """For one voice in both lines."""
        if not at:
            return {}
        gap = self.lines[at].gap
        found = {f"stays_{gap}": 1.0}
        if gap in ("adjacent", "short"):
            said = {
                "stays_asked": self.asking[at - 1],
                "stays_answers": self.answering[at],
                "stays_echo": bool(self.contents[at - 1] & self.contents[at]),
                "stays_calls": self.listener.calls_anybody(self.lines[at - 1].words),
            }
            found |= {name: 1.0 for name, holds in said.items() if holds}
            found |= {f"{name}_short": 1.0 for name, holds in said.items() if holds and gap == "short"}
        return found

    def back(self, at: int) -> Signs:
        """For the one who spoke two lines ago."""
        if at < 2:
            return {}
        gaps = {self.lines[at].gap, self.lines[at - 1].gap}
        near = "adjacent" if gaps == {"adjacent"} else "near" if gaps <= {"adjacent", "short"} else "far"
        if near == "far":
            return {"back_far": 1.0}
        said = {
            "back_asked": self.asking[at - 1],
            "back_answered": self.answering[at - 1],
            "back_answers": self.answering[at],
            "back_echo": bool(self.contents[at - 2] & self.contents[at]),
        }
        return {f"back_{near}": 1.0} | {name: 1.0 for name, holds in said.items() if holds}


def having(line: SpokenLine, sign: str) -> set[State]:
    return {state for state, signs in line.signs.items() if sign in signs}


class Conversation:
    """All quotes of a story that somebody speaks, with their candidates and signs."""

    def __init__(self, lines: Sequence[SpokenLine], listener: Listener) -> None:
        self.lines = lines
        self.listener = listener

    def chances(self) -> list[Scores]:
        """Of every candidate of every line. How people talk is learned from the chances and changes them in turn."""
        if not self.lines:
            return []
        for line in self.lines:
            scores = {state: weighed(signs) for state, signs in line.signs.items()}
            line.scores = {state: scores[state] for state in sorted(scores, key=lambda s: -scores[s])[:MOST]}
        exchange = Exchange(self.listener, self.lines)
        found = probabilities([line.scores for line in self.lines], exchange.scores)
        for _ in range(ROUNDS - 1):
            learned = self.learned(found)
            rows = (
                {state: score + weighed(signs[state]) for state, score in line.scores.items()}
                for line, signs in zip(self.lines, learned, strict=True)
            )
            found = probabilities(list(rows), exchange.scores)
        return found

    def learned(self, found: Sequence[Scores]) -> list[dict[State, Signs]]:
        """Signs that take the chances of all other lines: how somebody talks, and who takes part in this talk."""
        manners = self.listener.manner(self.lines, found)
        return [
            {state: {**manner.get(state, {}), "company": company(found, at, state)} for state in line.scores}
            for at, (line, manner) in enumerate(zip(self.lines, manners, strict=True))
        ]

    def decided(self, guesses: Iterable[Quote]) -> list[Quote]:
        """Quotes that nobody speaks stay as they are."""
        rows = iter(zip(self.lines, self.chances(), strict=True))
        return [decide(*next(rows)) if guess.kind.spoken else guess for guess in guesses]


def company(found: Sequence[Scores], at: int, state: State) -> float:
    """How much they say around this line, up to a few lines."""
    near = [*found[max(0, at - AROUND) : at], *found[at + 1 : at + 1 + AROUND]]
    return min(1.0, sum(chances.get(state, 0.0) for chances in near) / FEW)


def decide(line: SpokenLine, chances: Scores) -> Quote:
    if line.fixed:
        return line.first
    best = max(chances, key=lambda state: chances[state])
    rule = line.first.rule if best == line.first.speakers else reason(line, best)
    return replace(line.first, speakers=best, confidence=round(measured(chances[best]), 3), rule=rule)


def reason(line: SpokenLine, best: State) -> str:
    """The sign that says most for somebody whom no tag names, or else the lines before and after."""
    signs = {name: weighed({name: value}) for name, value in line.signs[best].items()}
    told = max(signs, key=lambda name: signs[name], default="")
    return told if told and signs[told] >= TELLING else "dialogue"
