"""Japanese quotes with a first guess each in, the same weighed against one another out.

A rule's guess is one piece of evidence. Others are who is told of beside the quote, who is called by name, how each
person talks, and that two who talk take turns. The confidence of the result is the probability that remains.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from providers.offline.afterwards_ja import APPEARS, HEARS
from providers.offline.aliases_ja import TITLES
from providers.offline.chain import NOBODY, Scores, State, probabilities
from providers.offline.clauses_ja import Clauses
from providers.offline.habits_ja import Habits
from providers.offline.people_ja import People
from providers.offline.place_ja import Place
from providers.offline.reading import Person, Quote
from providers.offline.weights_ja import RULES, SURE_RULES, WEIGHTS

TELLS_AFTER = frozenset(["comes_into_view", "reacts_after", "this_said", "subject_after", "said_after"])
"""Rules by which the narration after a quote tells of its speaker."""
BODY = re.compile(r"の(?:顔|目|眼|手|頬|口|声|くちびる|唇|指|肩|胸|額)")
ANSWER = re.compile(
    r"(?:うん|ううん|はい|ええ|いいえ|いえ|いや|ちが[うい]|違[うい]|そう(?:だ|です|さ|よ|ね|じゃ)|まあ|もちろん|だって|よくな|さよう)"
)
QUESTION = re.compile(r"(?:[？?]|か[ねいなよ]?。?|の[？?])…*$")
DOING = re.compile(r"何(?:を)?(?:して|やって)|なに(?:を)?して|どうした")
NEAR, AHEAD, MOST, ROUNDS = 700, 60, 5, 3
SUREST = 0.97
"""Measured on stories that the weights were not found on."""


@dataclass(slots=True)
class Row:
    """One quote with what can be said of it before anybody else is heard."""

    place: Place
    first: Quote
    fixed: bool
    scores: Scores = field(default_factory=dict)


class Dialogue:
    """All quotes of a story that somebody speaks."""

    def __init__(self, text: str, people: People, clauses: Clauses) -> None:
        self.text = text
        self.clauses = clauses
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        names: dict[str, set[str]] = {}
        for alias, name in people.by_name.items():
            if len(alias) > 1:
                names.setdefault(name, set()).add(alias)
        self.spoken_names = {
            name: re.compile("|".join(alone(n) for n in sorted(own, key=len, reverse=True)))
            for name, own in names.items()
        }

    def weighed(self, places: list[Place], guesses: list[Quote]) -> list[Quote]:
        """Quotes that nobody speaks stay as they are."""
        rows = [
            Row(place, guess, not guess.speakers)
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
        rule = row.first.rule if best == row.first.speakers else "dialogue"
        return replace(row.first, speakers=best, confidence=round(min(chances[best], SUREST), 3), rule=rule)

    def settle(self, rows: list[Row]) -> list[Scores]:
        """Habits are learned from the chances and change them in turn."""
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
        return WEIGHTS["manner"] * manner + WEIGHTS["first"] * first + WEIGHTS["kin"] * kin

    def words(self, row: Row) -> str:
        return self.text[row.first.start : row.first.end]

    def seek(self, rows: list[Row]) -> None:
        """Candidates with their own evidence: rules' guesses around the line, and those who are told of."""
        self.heard = {name for row in rows if row.first.rule in SURE_RULES for name in row.first.speakers}
        for at, row in enumerate(rows):
            if row.fixed:
                row.scores = {NOBODY: 0.0}
                continue
            around = (r.first.speakers for r in rows[max(0, at - 4) : at + 5] if r.first.speakers)
            near = [state for state in around if self.is_met(row, state)]
            told = self.clauses.subjects(row.first.outer_start - NEAR, row.first.outer_end + AHEAD)
            latest = list(dict.fromkeys((m.name,) for m in reversed(told)))
            goes_on = rows[at - 1].scores if at and row.first.rule == "same_paragraph" else ()
            everyone = dict.fromkeys([row.first.speakers, *(s for s in goes_on if s != NOBODY), *near[::-1], *latest])
            present = {*near, *latest[:4]}
            scores = {state: self.own(row, rows[at - 1] if at else None, state, state in present) for state in everyone}
            kept = sorted(scores, key=lambda s: -scores[s])[:MOST]
            row.scores = {state: scores[state] for state in kept}

    def is_met(self, row: Row, state: State) -> bool:
        """Nobody speaks before being told of, or right after."""
        firsts = [self.people[name].first for name in state if name in self.people]
        return min(firsts, default=0) <= row.first.outer_end + AHEAD

    def own(self, row: Row, before: Row | None, state: State, present: bool) -> float:
        w = WEIGHTS
        score = self.guessed(row, before, state)
        score -= 0.0 if present else w["absent"]
        score -= 0.0 if self.heard & set(state) else w["silent"]
        score += self.beside(row.place, state) if row.first.rule not in ("said_after", "same_paragraph") else 0.0
        named = self.named_in(row, state)
        score -= w[named] if named else 0.0
        if before is not None and self.named_in(before, state) == "called" and len(row.place.gap) < 40:
            score += w["answers_call"]
        return score

    def guessed(self, row: Row, before: Row | None, state: State) -> float:
        """What the rules say. 「落としたの？」　少年が立っていた。「ちがうよ」: who was asking is not who answers."""
        if state != row.first.speakers:
            return 0.0
        answers = before is not None and self.answers(row, before) and before.first.rule in TELLS_AFTER
        if before and answers and row.first.rule == "subject_before" and state == before.first.speakers:
            return -WEIGHTS["before"]
        return RULES.get(row.first.rule.removesuffix("+addressed"), 0.0)

    def answers(self, row: Row, before: Row) -> bool:
        apart = "\n\n" in row.place.before
        return not apart and bool(QUESTION.search(self.words(before)) and ANSWER.match(self.words(row)))

    def beside(self, place: Place, state: State) -> float:
        w, score = WEIGHTS, 0.0
        if place.gap:
            subject = self.clauses.subject(place.opening, place.quote.outer_start, topic=True)
            doing = DOING.search(self.text, place.quote.start, place.quote.end)
            if subject == state:
                score += -w["asked_doer"] if doing else w["before"]
            score += w["appears"] if subject == state and self.appears(place) else 0.0
            score += w["body"] if self.body_of(place) in state else 0.0
        end = place.quote.outer_end
        first = self.clauses.subjects(end, end + 16)
        alone = len({m.name for m in first if m.start == first[0].start}) == 1
        if alone and not place.tag and self.clauses.is_topic(first[0]) and (first[0].name,) == state:
            score += -w["heard"] if HEARS.search(place.first_after) else w["after"]
        return score

    def appears(self, place: Place) -> bool:
        """戸を開けると、お花が立っていました。「"""
        told = self.clauses.blotted[place.opening : place.quote.outer_start].rstrip("。\n \u3000")
        start = place.opening + told.rfind("。") + 1
        found = self.clauses.subjects(start, place.quote.outer_start)
        return bool(found) and self.clauses.particle(found[-1]) == "が" and bool(APPEARS.search(told))

    def body_of(self, place: Place) -> str:
        """ミオの目から、涙がこぼれた。「"""
        owners = [m for m in self.clauses.named(place.sentence, place.quote.outer_start) if m.role == "owner"]
        return owners[-1].name if owners and BODY.match(self.clauses.blotted, owners[-1].end) else ""

    def named_in(self, row: Row, state: State) -> str:
        pattern = self.spoken_names.get(state[0]) if len(state) == 1 else None
        if pattern is None or row.first.rule == "said_after":
            return ""
        words = self.words(row)
        found = list(pattern.finditer(words))
        if not found:
            return ""
        called = any(
            re.match(r"(?:さん|さま|様|君|くん|ちゃん)?(?:[、。！？…]|$)", words[m.end() :])
            and re.search(r"(?:^|[、。！？…\u3000])(?:なあ|ねえ|おい|やい)?、?$", words[: m.start()])
            for m in found
        )
        return "called" if called else "mentioned"

    def fits(self, rows: list[Row]) -> Callable[[int, State, State, State], float]:
        w = WEIGHTS
        turns = [self.turn(rows, at) for at in range(len(rows))]
        chained = [self.gap_size(row) for row in rows]

        def score(at: int, older: State, before: State, state: State) -> float:
            if NOBODY in (before, state):
                return 0.0
            if before == state:
                person = self.people.get(state[0])
                return 0.0 if person and (person.group or person.unseen) else -turns[at]
            if older == state and at > 1 and chained[at] in ("adjacent", "short") and chained[at - 1] != "long":
                return w["again"] if chained[at] == chained[at - 1] == "adjacent" else 0.0
            return 0.0

        return score

    def gap_size(self, row: Row) -> str:
        gap = row.place.gap
        if not gap:
            return "adjacent"
        if "\n" not in row.place.before:
            return "inline"
        return "short" if len(gap) <= 45 and "\n\n" not in row.place.before else "long"

    def turn(self, rows: list[Row], at: int) -> float:
        """How much speaks for another voice than the one before."""
        size = self.gap_size(rows[at])
        w = WEIGHTS
        if at == 0 or size == "long":
            return w["question"] + w["answer"] if at and self.answers(rows[at], rows[at - 1]) else 0.0
        if rows[at].first.rule == "same_paragraph":
            return -w["same_paragraph"]
        if size == "inline":
            return -w["inline"]
        asked = bool(QUESTION.search(self.words(rows[at - 1])))
        answered = bool(ANSWER.match(self.words(rows[at])))
        nearby = w["adjacent"] if size == "adjacent" else 0.0
        return nearby + w["question"] * asked + w["answer"] * answered


def alone(name: str) -> str:
    """天城 is not named in 天城先生, nor 先生 in it."""
    before = r"(?<![一-龥ァ-ヴー])" if name in TITLES else ""
    return before + re.escape(name) + (f"(?!{'|'.join(sorted(TITLES))})" if name not in TITLES else "")
