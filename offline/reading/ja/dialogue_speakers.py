"""Japanese quotes as lines of a conversation: who may say each, what speaks for them, and how lines go together."""

import re
from collections.abc import Mapping, Sequence

from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.speaker_signs import AHEAD, ANSWER, QUESTION, JapaneseLine, JapaneseSigns
from offline.reading.ja.speech_habits import Habits
from offline.reading.speaker_chain import NOBODY, Scores, State
from offline.reading.speaker_scorer import Conversation, Gap, Signs, SpokenLine
from offline.reading.story_reading import Person, Quote

NEAR = 700
HEARD = 0.05
SHORT = 45
ANY_CALL = re.compile(r"(?:なあ|ねえ|おい)、|[^、。！？…]{1,8}(?:さん|ちゃん|くん|君|さま|様|先生|どの|殿)[、。！？…]")
CONTENT = re.compile(r"[一-龥]|[ァ-ヴー]{2,}|([ぁ-ん]{2})\1")


def conversation(
    text: str, people: People, clauses: Clauses, places: Sequence[QuotePlace], guesses: Sequence[Quote]
) -> Conversation:
    """Of the quotes that somebody speaks."""
    bare = not people.mentions and bool(people.persons)
    lines = [
        JapaneseLine(
            guess, text[guess.start : guess.end], guess.rule == "nobody" and not bare, gap_of(place, guess), place=place
        )
        for place, guess in zip(places, guesses, strict=True)
        if guess.kind.spoken
    ]
    listener = JapaneseListener(text, people, clauses, lines, bare=bare)
    listener.look()
    return Conversation(lines, listener)


class JapaneseListener:
    """Asked by the scorer about the lines of one story. `bare`: a talk of which nothing is told."""

    def __init__(
        self, text: str, people: People, clauses: Clauses, lines: Sequence[JapaneseLine], *, bare: bool
    ) -> None:
        self.clauses = clauses
        self.lines = lines
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        self.signs = JapaneseSigns(text, people, clauses, list(lines))
        self.bare = bare
        self.called = self.first_called() if bare else {}

    def look(self) -> None:
        """Gives every line its candidates with their signs, and whom the words before it tell of."""
        for at, line in enumerate(self.lines):
            line.beat = self.beat(at)
            if line.fixed:
                line.signs = {NOBODY: {}}
                continue
            before = self.lines[at - 1] if at else None
            for state, present in self.candidates(at).items():
                line.signs[state] = self.signs.of(line, before, state, present=present)
                if self.called.get(state[0], 0) > line.first.start:
                    line.signs[state]["unheard"] = 1.0
            line.fixed = not line.signs
            line.signs = line.signs or {NOBODY: {}}

    def candidates(self, at: int) -> dict[State, bool]:
        """Rules' guesses around the line and those who are told of, each with whether they are there."""
        line = self.lines[at]
        if self.bare:
            return dict.fromkeys([(name,) for name in self.people], True)
        around = (r.first.speakers for r in self.lines[max(0, at - 4) : at + 5] if r.first.speakers)
        near = [state for state in around if self.is_met(line, state)]
        told = self.clauses.subjects(line.first.outer_start - NEAR, line.first.outer_end + AHEAD)
        latest = list(dict.fromkeys((m.name,) for m in reversed(told)))
        goes_on = self.lines[at - 1].signs if at and line.gap == "same_paragraph" else ()
        own = [line.first.speakers] if line.first.speakers else []
        everyone = dict.fromkeys([*own, *(s for s in goes_on if s != NOBODY), *near[::-1], *latest])
        present = {*near, *latest[:4]}
        return {state: state in present for state in everyone}

    def first_called(self) -> dict[str, int]:
        """In a talk without narration nobody is there before being called, but for those who begin it."""
        opening = "".join(line.words for line in self.lines[:2])
        return {name: p.first for name, p in self.people.items() if not any(n in opening for n in p.names)}

    def is_met(self, line: JapaneseLine, state: State) -> bool:
        """Nobody speaks before being told of, or right after."""
        firsts = [self.people[name].first for name in state if name in self.people]
        return min(firsts, default=0) <= line.first.outer_end + AHEAD

    def beat(self, at: int) -> tuple[State, str]:
        """The only one of whom a line or two between two quotes tell: who spoke either of them, hardly both."""
        place = self.lines[at].place
        if not at or self.lines[at - 1].place.tag or not place.gap or place.inline or place.gap.count("。") > 2:
            return NOBODY, ""
        subjects = self.clauses.subjects(place.previous_end, place.quote.outer_start)
        topic = any(self.clauses.is_topic(m) for m in subjects)
        told = {m.name for m in subjects}
        return ((told.pop(),) if len(told) == 1 else NOBODY), "shared_topic" if topic else "shared_beat"

    def is_one(self, state: State) -> bool:
        person = self.people.get(state[0])
        return len(state) > 1 or (person is not None and not person.group and not person.unseen)

    def asks(self, words: str) -> bool:
        return bool(QUESTION.search(words))

    def answers(self, words: str) -> bool:
        return bool(ANSWER.match(words))

    def calls_anybody(self, words: str) -> bool:
        return bool(ANY_CALL.match(words))

    def contents(self, words: str) -> set[str]:
        return contents(words)

    def manner(self, lines: Sequence[SpokenLine], found: Sequence[Scores]) -> Sequence[Mapping[State, Signs]]:
        """How well the words fit somebody's other words."""
        calls = [self.signs.calls(line.words) for line in lines]
        habits = Habits()
        for line, called, chances in zip(lines, calls, found, strict=True):
            for state, share in chances.items():
                if share > HEARD and len(state) == 1:
                    habits.heard(state[0], line.words, share, called)
        return [
            {
                state: habits.fits(person, line.words, share if share > HEARD else 0.0, called)
                for state, share in chances.items()
                if len(state) == 1 and (person := self.people.get(state[0])) is not None and not person.group
            }
            for line, called, chances in zip(lines, calls, found, strict=True)
        ]


def gap_of(place: QuotePlace, guess: Quote) -> Gap:
    if guess.rule == "same_paragraph":
        return "same_paragraph"
    if not place.gap:
        return "apart" if "\n\n" in place.before else "adjacent"
    if place.inline:
        return "inline"
    return "short" if len(place.gap) <= SHORT and "\n\n" not in place.before else "long"


def contents(words: str) -> set[str]:
    """Letters and words that mean something."""
    return {match.group() for match in CONTENT.finditer(words)}
