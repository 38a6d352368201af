"""Signs that one person says two Japanese lines in a row, or that the second answers the first."""

import re

from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import People
from offline.reading.ja.sign_weights import weighed
from offline.reading.ja.speaker_signs import JapaneseQuote, JapaneseSigns
from offline.reading.speaker_chain import NOBODY, State

ANY_CALL = re.compile(r"(?:なあ|ねえ|おい)、|[^、。！？…]{1,8}(?:さん|ちゃん|くん|君|さま|様|先生|どの|殿)[、。！？…]")
SHORT = 45


class Exchange:
    """All lines of a story, looked at two and two."""

    def __init__(self, people: People, clauses: Clauses, signs: JapaneseSigns, rows: list[JapaneseQuote]) -> None:
        self.clauses = clauses
        self.signs = signs
        self.rows = rows
        self.names = people.by_name
        self.alone = {person.name for person in people.persons if not (person.group or person.unseen)}
        self.sizes = [gap_size(row) for row in rows]
        self.topics = ["shared_beat"] * len(rows)
        self.beats = [self.beat(at) for at in range(len(rows))]
        self.stay_scores = [weighed(self.stays(at)) for at in range(len(rows))]
        self.back_scores = [weighed(self.back(at)) for at in range(len(rows))]
        self.called = [self.called_in(row) for row in rows]
        self.mentioned = [{s for s, signs in row.signs.items() if "mentioned_in" in signs} for row in rows]
        self.names_last = weighed({"names_last": 1.0})
        self.to_last = weighed({"to_last": 1.0})
        self.shared = {sign: weighed({sign: 1.0}) for sign in ("shared_beat", "shared_topic")}

    def score(self, at: int, older: State, before: State, state: State) -> float:
        """Of the line at this place, after what was said by whom in the two before."""
        if NOBODY in (before, state):
            return 0.0
        if before == state:
            shared = self.shared[self.topics[at]] if state == self.beats[at] else 0.0
            return shared + self.stay_scores[at] if self.is_one(state) else 0.0
        score = self.to_last if before in self.called[at] else self.names_last if before in self.mentioned[at] else 0.0
        return score + self.back_scores[at] if older == state and at > 1 else score

    def signs_of(self, at: int, older: State, before: State, state: State) -> dict[str, float]:
        """The signs behind `score`."""
        if NOBODY in (before, state):
            return {}
        if before == state:
            shared = {self.topics[at]: 1.0} if state == self.beats[at] else {}
            return self.stays(at) | shared if self.is_one(state) else {}
        found = {"to_last": 1.0} if before in self.called[at] else {}
        found |= {"names_last": 1.0} if before in self.mentioned[at] and not found else {}
        return found | self.back(at) if older == state and at > 1 else found

    def is_one(self, state: State) -> bool:
        return len(state) > 1 or state[0] in self.alone

    def stays(self, at: int) -> dict[str, float]:
        """For one voice in both lines."""
        if not at:
            return {}
        row, before = self.rows[at], self.rows[at - 1]
        size = "same_paragraph" if row.first.rule == "same_paragraph" else self.sizes[at]
        found = {f"stays_{size}": 1.0}
        if size in ("adjacent", "short"):
            found |= {"stays_asked": 1.0} if self.signs.asks(before) else {}
            found |= {"stays_answers": 1.0} if self.signs.is_answer(row) else {}
            found |= {"stays_echo": 1.0} if self.echoes(at) else {}
            found |= {"stays_calls": 1.0} if ANY_CALL.match(self.signs.words(before)) else {}
        elif size == "long" and self.signs.answers(row, before):
            found["stays_answered"] = 1.0
        return found

    def back(self, at: int) -> dict[str, float]:
        """For the one who spoke two lines ago."""
        if at < 2:
            return {}
        row = self.rows[at]
        size = {self.sizes[at], self.sizes[at - 1]}
        near = "adjacent" if size == {"adjacent"} else "near" if size <= {"adjacent", "short"} else "far"
        found = {f"back_{near}": 1.0}
        if self.signs.asks(self.rows[at - 1]) and near != "far":
            found["back_asked"] = 1.0
        if self.signs.is_answer(self.rows[at - 1]) and near != "far":
            found["back_answered"] = 1.0
        if self.signs.is_answer(row) and near != "far":
            found["back_answers"] = 1.0
        if near != "far" and contents(self.signs.words(self.rows[at - 2])) & contents(self.signs.words(row)):
            found["back_echo"] = 1.0
        return found

    def echoes(self, at: int) -> bool:
        """「休めばいい」「休んだことがない」: a word is taken up."""
        one, two = self.signs.words(self.rows[at - 1]), self.signs.words(self.rows[at])
        return bool(contents(one) & contents(two))

    def called_in(self, row: JapaneseQuote) -> set[State]:
        return {state for state, signs in row.signs.items() if "called_in" in signs}

    def beat(self, at: int) -> State:
        """The only one of whom a line or two between two quotes tell: who spoke either of them, hardly both."""
        place = self.rows[at].place
        if not at or self.rows[at - 1].place.tag or not place.gap or place.inline or place.gap.count("。") > 2:
            return NOBODY
        subjects = self.clauses.subjects(place.previous_end, place.quote.outer_start)
        told = {m.name for m in subjects}
        if any(self.clauses.is_topic(m) for m in subjects):
            self.topics[at] = "shared_topic"
        return (told.pop(),) if len(told) == 1 else NOBODY


def contents(words: str) -> set[str]:
    """Letters and words that mean something."""
    return set(re.findall(r"[一-龥]", words)) | set(re.findall(r"[ァ-ヴー]{2,}|([ぁ-ん]{2})\1", words))


def gap_size(row: JapaneseQuote) -> str:
    gap = row.place.gap
    if not gap:
        return "apart" if "\n\n" in row.place.before else "adjacent"
    if row.place.inline:
        return "inline"
    return "short" if len(gap) <= SHORT and "\n\n" not in row.place.before else "long"
