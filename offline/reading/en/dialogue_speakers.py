"""Weighs the speakers of English quotes against one another along a dialogue, from a first guess each.

The confidence of the result is the probability that remains, as in `dialogue_ja`.
"""

from collections.abc import Callable
from dataclasses import replace

from offline.lexicon import numbers
from offline.reading.en.people import Crowd
from offline.reading.en.speaker_signs import ANSWER, QUESTION, EnglishQuote, EnglishSigns
from offline.reading.speaker_chain import NOBODY, Scores, State, probabilities
from offline.reading.story_reading import Quote

NEAR, AHEAD, MOST = 1200, 120, 6
CLOSE = 140
"""Letters of narration between two paragraphs that do not part a talk."""
CROWD_NEAR = 160
"""Letters after which a crowd that is not told of any more says nothing."""
SUREST = 0.97


class EnglishDialogue:
    """All quotes of a story that somebody speaks."""

    def __init__(self, text: str, blotted: str, crowd: Crowd, pronouns: dict[int, str]) -> None:
        self.text = text
        self.blotted = blotted
        self.crowd = crowd
        self.weights = numbers("speakers_en", "weights")
        self.pronouns = pronouns
        self.crowds = {p.name for p in crowd.persons if p.unseen}
        self.first = {p.name: p.first for p in crowd.persons}
        for mention in crowd.mentions:
            self.first[mention.name] = min(self.first.get(mention.name, mention.start), mention.start)

    def weighed(self, guesses: list[Quote]) -> list[Quote]:
        """Quotes that nobody speaks stay as they are."""
        rows = self.rows([guess for guess in guesses if guess.kind.spoken])
        if not rows:
            return guesses
        self.seek(rows)
        found = self.settle(rows)
        decided = iter(decide(row, chances) for row, chances in zip(rows, found, strict=True))
        return [next(decided) if guess.kind.spoken else guess for guess in guesses]

    def rows(self, guesses: list[Quote]) -> list[EnglishQuote]:
        found: list[EnglishQuote] = []
        for guess in guesses:
            paragraph = self.text.rfind("\n", 0, guess.outer_start) + 1
            last = found[-1].quote.outer_end if found else 0
            told = self.text.find("\n", last) if found else 0
            told = paragraph if found and (last > paragraph or told < 0) else told
            row = EnglishQuote(guess, not guess.speakers, paragraph, told, self.pronouns.get(guess.start, ""))
            found.append(row)
        return found

    def seek(self, rows: list[EnglishQuote]) -> None:
        """Candidates with their own signs: rules' guesses around the line, and those who are told of."""
        signs = EnglishSigns(self.text, self.blotted, self.crowd, rows)
        for at, row in enumerate(rows):
            if row.fixed:
                row.signs = {NOBODY: {}}
                continue
            start, end = row.quote.outer_start, row.quote.outer_end
            around = [r.quote.speakers for r in rows[max(0, at - 4) : at + 5] if r.quote.speakers]
            met = [state for state in around if min(self.first.get(n, 0) for n in state) <= end + AHEAD]
            told = self.crowd.near(max(0, start - NEAR), end + AHEAD)
            latest = list(dict.fromkeys((m.name,) for m in reversed(told) if m.role != "owner"))
            line_end = self.text.find("\n", end)
            here = line_end if line_end >= 0 else len(self.text)
            gone = self.crowds - {m.name for m in told if m.start >= start - CROWD_NEAR}
            present = {
                state
                for state in (*met, *latest[:4])
                if min(self.first.get(n, 0) for n in state) <= here and gone.isdisjoint(state)
            }
            before = rows[at - 1] if at else None
            everyone = dict.fromkeys([row.quote.speakers, *met[::-1], *latest])
            row.signs = {state: signs.of(row, before, state, present=state in present) for state in everyone}

    def settle(self, rows: list[EnglishQuote]) -> list[Scores]:
        for row in rows:
            scores = {
                state: sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
                for state, signs in row.signs.items()
            }
            row.scores = {state: scores[state] for state in sorted(scores, key=lambda s: -scores[s])[:MOST]}
        return probabilities([row.scores for row in rows], self.fits(rows))

    def fits(self, rows: list[EnglishQuote]) -> Callable[[int, State, State, State], float]:
        turns = [self.turn(rows, at) for at in range(len(rows))]
        near = [at > 0 and self.gap(rows, at) <= CLOSE for at in range(len(rows))]

        def score(at: int, older: State, before: State, state: State) -> float:
            if NOBODY in (before, state):
                return 0.0
            if before == state:
                return -turns[at] if state[0] not in self.crowd.plural or len(state) > 1 else min(0.0, -turns[at])
            return self.weights["again"] if older == state and at > 1 and near[at] and near[at - 1] else 0.0

        return score

    def turn(self, rows: list[EnglishQuote], at: int) -> float:
        """How much speaks for another voice than the one before."""
        if at == 0:
            return 0.0
        if rows[at].paragraph <= rows[at - 1].quote.outer_start:
            return -self.weights["same_paragraph"]
        close = self.gap(rows, at) <= CLOSE
        asked = bool(QUESTION.search(self.words(rows[at - 1])))
        answered = bool(ANSWER.match(self.words(rows[at])))
        return (
            self.weights["next" if close else "apart"]
            + self.weights["question"] * asked
            + self.weights["answer"] * (asked and answered)
        )

    def gap(self, rows: list[EnglishQuote], at: int) -> int:
        """Letters of whole paragraphs between two quotes."""
        return max(0, rows[at].paragraph - rows[at].told - 2)

    def words(self, row: EnglishQuote) -> str:
        return self.text[row.quote.start : row.quote.end]


def decide(row: EnglishQuote, chances: Scores) -> Quote:
    if row.fixed:
        return row.quote
    best = max(chances, key=lambda state: chances[state])
    rule = row.quote.rule if best == row.quote.speakers else "dialogue"
    return replace(row.quote, speakers=best, confidence=round(min(chances[best], SUREST), 3), rule=rule)
