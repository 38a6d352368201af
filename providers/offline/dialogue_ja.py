"""Japanese quotes with a first guess each in, the same weighed against one another out.

A rule's guess is one sign. Others are who is told of beside the quote, who is called by name, how each person talks,
and that two who talk take turns. The confidence of the result is the probability that remains.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from providers.offline.chain import NOBODY, Scores, State, probabilities
from providers.offline.clauses_ja import Clauses
from providers.offline.habits_ja import KIN, Habits
from providers.offline.people_ja import People
from providers.offline.place_ja import Place
from providers.offline.reading import Person, Quote
from providers.offline.signs_ja import AHEAD, ANSWER, QUESTION, Row, Signs
from providers.offline.weights_ja import WEIGHTS

CALLS_KIN = re.compile(rf"(?:なあ、|ねえ、)?({KIN.pattern})[、。！？…]")
NEAR, MOST, ROUNDS = 700, 6, 3
SUREST = 0.97
"""Measured on stories that the weights were not found on."""


class Dialogue:
    """All quotes of a story that somebody speaks."""

    def __init__(self, text: str, people: People, clauses: Clauses) -> None:
        self.text = text
        self.clauses = clauses
        self.cast = people
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        self.bare = not people.mentions and bool(people.persons)

    def weighed(self, places: list[Place], guesses: list[Quote]) -> list[Quote]:
        """Quotes that nobody speaks stay as they are."""
        rows = [
            Row(place, guess, not guess.speakers and not self.bare)
            for place, guess in zip(places, guesses, strict=True)
            if guess.kind.spoken
        ]
        if not rows:
            return guesses
        self.seek(rows)
        found = self.settle(rows)
        decided = iter(self.decided(row, chances) for row, chances in zip(rows, found, strict=True))
        return [next(decided) if guess.kind.spoken else guess for guess in guesses]

    def decided(self, row: Row, chances: Scores) -> Quote:
        if row.fixed:
            return row.first
        best = max(chances, key=lambda state: chances[state])
        rule = row.first.rule if best == row.first.speakers else "called" if self.bare else "dialogue"
        return replace(row.first, speakers=best, confidence=round(min(chances[best], SUREST), 3), rule=rule)

    def seek(self, rows: list[Row]) -> None:
        """Candidates with their own signs: rules' guesses around the line, and those who are told of."""
        signs = Signs(self.text, self.cast, self.clauses, rows)
        called = self.first_called(rows) if self.bare else {}
        for at, row in enumerate(rows):
            if row.fixed:
                row.signs = {NOBODY: {}}
                continue
            around = (r.first.speakers for r in rows[max(0, at - 4) : at + 5] if r.first.speakers)
            near = [state for state in around if self.is_met(row, state)]
            told = self.clauses.subjects(row.first.outer_start - NEAR, row.first.outer_end + AHEAD)
            latest = list(dict.fromkeys((m.name,) for m in reversed(told)))
            goes_on = rows[at - 1].signs if at and row.first.rule == "same_paragraph" else ()
            everyone = dict.fromkeys([row.first.speakers, *(s for s in goes_on if s != NOBODY), *near[::-1], *latest])
            if self.bare:
                everyone = dict.fromkeys((name,) for name in self.people)
            present = {*near, *latest[:4], *(everyone if self.bare else ())}
            before = rows[at - 1] if at else None
            row.signs = {state: signs.of(row, before, state, present=state in present) for state in everyone}
            for state in everyone:
                if called.get(state[0], 0) > row.first.start:
                    row.signs[state]["unheard"] = 1.0

    def first_called(self, rows: list[Row]) -> dict[str, int]:
        """In a talk without narration nobody is there before being called, but for those who begin it."""
        begin = {
            name
            for row in rows[:2]
            for name in self.people
            if any(n in self.words(row) for n in self.people[name].names)
        }
        return {name: person.first for name, person in self.people.items() if name not in begin}

    def is_met(self, row: Row, state: State) -> bool:
        """Nobody speaks before being told of, or right after."""
        firsts = [self.people[name].first for name in state if name in self.people]
        return min(firsts, default=0) <= row.first.outer_end + AHEAD

    def settle(self, rows: list[Row]) -> list[Scores]:
        """Habits are learned from the chances and change them in turn."""
        for row in rows:
            scores = {
                state: sum(WEIGHTS.get(n, 0.0) * v for n, v in signs.items()) for state, signs in row.signs.items()
            }
            kept = sorted(scores, key=lambda s: -scores[s])[:MOST]
            row.scores = {state: scores[state] for state in kept}
        fits = self.fits(rows)
        found = probabilities([row.scores for row in rows], fits)
        for _ in range(ROUNDS - 1):
            found = probabilities(self.with_habits(rows, self.learn(rows, found)), fits)
        return found

    def learn(self, rows: list[Row], found: list[Scores]) -> Habits:
        habits = Habits()
        for row, chances in zip(rows, found, strict=True):
            for state, share in chances.items():
                for name in state if share > 0.05 and len(state) == 1 else ():
                    habits.heard(name, self.words(row), share)
        return habits

    def with_habits(self, rows: list[Row], habits: Habits) -> list[Scores]:
        return [
            {state: score + self.manner_of(habits, state, self.words(row)) for state, score in row.scores.items()}
            for row in rows
        ]

    def manner_of(self, habits: Habits, state: State, words: str) -> float:
        person = self.people.get(state[0])
        if person is None or len(state) > 1 or person.group:
            return 0.0
        manner, first, kin = habits.fits(state[0], person.gender, words)
        ending = WEIGHTS["ending"] * habits.in_endings(state[0], words)
        return ending + WEIGHTS["manner"] * manner + WEIGHTS["first"] * first + WEIGHTS["kin"] * kin

    def words(self, row: Row) -> str:
        return self.text[row.first.start : row.first.end]

    def fits(self, rows: list[Row]) -> Callable[[int, State, State, State], float]:
        again = WEIGHTS["again"]
        turns = [self.turn(rows, at) for at in range(len(rows))]
        sizes = [gap_size(row) for row in rows]
        beats = [self.beat(rows, at) for at in range(len(rows))]
        for_kin = [bool(at) and self.calls_kin(rows[at - 1]) for at in range(len(rows))]
        alone = {name for name, person in self.people.items() if not (person.group or person.unseen)}

        def score(at: int, older: State, before: State, state: State) -> float:
            if before == state:
                shared = WEIGHTS["shared_beat"] if state == beats[at] else 0.0
                return shared - turns[at] if before != NOBODY and (len(state) > 1 or state[0] in alone) else 0.0
            if older == state and at > 1 and NOBODY not in (before, state):
                kin = WEIGHTS["answers_kin"] * for_kin[at]
                return kin + (again if sizes[at] == sizes[at - 1] == "adjacent" else 0.0)
            return 0.0

        return score

    def calls_kin(self, row: Row) -> bool:
        """「ばあちゃん、休めば」 where nobody is told of by that name: the one who has been talking is meant."""
        match = CALLS_KIN.match(self.words(row))
        return match is not None and match.group(1) not in self.cast.by_name

    def beat(self, rows: list[Row], at: int) -> State:
        """The only one of whom a line or two between two quotes tell: who spoke either of them, hardly both."""
        place = rows[at].place
        if not at or rows[at - 1].place.tag or not place.gap or place.inline or place.gap.count("。") > 2:
            return NOBODY
        told = {m.name for m in self.clauses.subjects(place.previous_end, place.quote.outer_start)}
        return (told.pop(),) if len(told) == 1 else NOBODY

    def turn(self, rows: list[Row], at: int) -> float:
        """How much speaks for another voice than the one before."""
        if at == 0:
            return 0.0
        size, w = gap_size(rows[at]), WEIGHTS
        if rows[at].first.rule == "same_paragraph":
            return -w["same_paragraph"]
        if size == "inline":
            return -w["inline"]
        asked = bool(QUESTION.search(self.words(rows[at - 1])))
        answered = bool(ANSWER.match(self.words(rows[at])))
        if size == "long":
            apart = "\n\n" in rows[at].place.before
            return w["question"] + w["answer"] if asked and answered and not apart else 0.0
        return w[size] + w["question"] * asked + w["answer"] * answered


def gap_size(row: Row) -> str:
    gap = row.place.gap
    if not gap:
        return "adjacent"
    if row.place.inline:
        return "inline"
    return "short" if len(gap) <= 45 and "\n\n" not in row.place.before else "long"
