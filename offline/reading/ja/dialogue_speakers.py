"""Weighs the speakers of Japanese quotes against one another along a dialogue, from a first guess each.

A rule's guess is one sign. Others are who is told of beside the quote, who is called by name, how each person talks,
and that two who talk take turns. The confidence is the share of lines of that probability that was measured right.
"""

from dataclasses import replace

from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.sign_weights import measured, weighed
from offline.reading.ja.speaker_signs import AHEAD, JapaneseQuote, JapaneseSigns
from offline.reading.ja.speech_habits import Habits
from offline.reading.ja.turn_signs import Exchange
from offline.reading.speaker_chain import NOBODY, Scores, State, probabilities
from offline.reading.story_reading import Person, Quote

NEAR, MOST, ROUNDS = 700, 8, 3
HEARD = 0.05
AROUND, FEW = 6, 3
TELLING = 1.0
"""A sign that says less is no reason by itself."""


class JapaneseDialogue:
    """All quotes of a story that somebody speaks."""

    def __init__(self, text: str, people: People, clauses: Clauses) -> None:
        self.text = text
        self.clauses = clauses
        self.cast = people
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        self.bare = not people.mentions and bool(people.persons)

    def weighed(self, places: list[QuotePlace], guesses: list[Quote]) -> list[Quote]:
        """Quotes that nobody speaks stay as they are."""
        rows = self.rows_of(places, guesses)
        if not rows:
            return guesses
        self.seek(rows)
        found = self.settle(rows)
        decided = iter(self.decided(row, chances) for row, chances in zip(rows, found, strict=True))
        return [next(decided) if guess.kind.spoken else guess for guess in guesses]

    def rows_of(self, places: list[QuotePlace], guesses: list[Quote]) -> list[JapaneseQuote]:
        """One for each quote that somebody speaks."""
        return [
            JapaneseQuote(place, guess, not guess.speakers and not self.bare)
            for place, guess in zip(places, guesses, strict=True)
            if guess.kind.spoken
        ]

    def decided(self, row: JapaneseQuote, chances: Scores) -> Quote:
        if row.fixed:
            return row.first
        best = max(chances, key=lambda state: chances[state])
        rule = row.first.rule if best == row.first.speakers else self.reason(row, best)
        return replace(row.first, speakers=best, confidence=round(measured(chances[best]), 3), rule=rule)

    def reason(self, row: JapaneseQuote, best: State) -> str:
        """The sign that says most for somebody whom no rule named, or else the lines before and after."""
        signs = {name: weighed({name: value}) for name, value in row.signs[best].items()}
        told = max(signs, key=lambda name: signs[name], default="")
        return told if told and signs[told] >= TELLING else "dialogue"

    def seek(self, rows: list[JapaneseQuote]) -> None:
        """Candidates with their own signs: rules' guesses around the line, and those who are told of."""
        signs = self.signs = JapaneseSigns(self.text, self.cast, self.clauses, rows)
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

    def first_called(self, rows: list[JapaneseQuote]) -> dict[str, int]:
        """In a talk without narration nobody is there before being called, but for those who begin it."""
        begin = {
            name
            for row in rows[:2]
            for name in self.people
            if any(n in self.words(row) for n in self.people[name].names)
        }
        return {name: person.first for name, person in self.people.items() if name not in begin}

    def is_met(self, row: JapaneseQuote, state: State) -> bool:
        """Nobody speaks before being told of, or right after."""
        firsts = [self.people[name].first for name in state if name in self.people]
        return min(firsts, default=0) <= row.first.outer_end + AHEAD

    def settle(self, rows: list[JapaneseQuote]) -> list[Scores]:
        """Habits are learned from the chances and change them in turn."""
        for row in rows:
            scores = {state: weighed(signs) for state, signs in row.signs.items()}
            kept = sorted(scores, key=lambda s: -scores[s])[:MOST]
            row.scores = {state: scores[state] for state in kept}
        exchange = Exchange(self.cast, self.clauses, self.signs, rows)
        found = probabilities([row.scores for row in rows], exchange.score)
        for _ in range(ROUNDS - 1):
            found = probabilities(self.with_habits(rows, found), exchange.score)
        return found

    def learn(self, rows: list[JapaneseQuote], found: list[Scores]) -> Habits:
        habits = Habits()
        for row, chances in zip(rows, found, strict=True):
            for state, share in chances.items():
                for name in state if share > HEARD and len(state) == 1 else ():
                    habits.heard(name, self.words(row), share, self.signs.calls(row))
        return habits

    def with_habits(self, rows: list[JapaneseQuote], found: list[Scores]) -> list[Scores]:
        learned = self.learned(rows, found)
        return [
            {state: score + weighed(signs[state]) for state, score in row.scores.items()}
            for row, signs in zip(rows, learned, strict=True)
        ]

    def learned(self, rows: list[JapaneseQuote], found: list[Scores]) -> list[dict[State, dict[str, float]]]:
        """Signs that take the chances of all other lines: how somebody talks, and who takes part in this talk."""
        habits = self.learn(rows, found)
        return [
            {
                state: self.manner_of(habits, state, row, chances.get(state, 0.0))
                | {"company": self.company(found, at, state)}
                for state in row.scores
            }
            for at, (row, chances) in enumerate(zip(rows, found, strict=True))
        ]

    def company(self, found: list[Scores], at: int, state: State) -> float:
        """How much they say around this line, up to a few lines."""
        near = found[max(0, at - AROUND) : at] + found[at + 1 : at + 1 + AROUND]
        return min(1.0, sum(chances.get(state, 0.0) for chances in near) / FEW)

    def manner_of(self, habits: Habits, state: State, row: JapaneseQuote, share: float) -> dict[str, float]:
        """How well the words fit somebody's other words; `share` is how far these count as theirs already."""
        person = self.people.get(state[0])
        if person is None or len(state) > 1 or person.group:
            return {}
        return habits.fits(person, self.words(row), share if share > HEARD else 0.0, self.signs.calls(row))

    def words(self, row: JapaneseQuote) -> str:
        return self.text[row.first.start : row.first.end]
