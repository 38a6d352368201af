"""Who speaks next in a Japanese dialogue: turn by turn, by the name called, by who is near."""

import re

from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import People
from offline.reading.story_reading import Quote

NEAR = 500
GUESSES = (
    "called",
    "turns",
    "pair",
    "same_group",
    "nearest_other",
    "still_turns",
    "subject_after",
    "newcomer",
    "subject_before",
    "subject_of_next",
    "last_speaker",
)
KIN = re.compile(r"(?:お?(母|父|爺|婆|兄|姉)(?:さん|ちゃん|さま|様)?|お(じい|ばあ|とう|かあ)(?:さん|ちゃん))[、。 ]")
KIN_SIGNS = {"じい": "じい", "ばあ": "ばあ", "とう": "父", "かあ": "母"}
Found = tuple[tuple[str, ...], str] | None


class Turns:
    """The history of speakers and the guesses it allows."""

    def __init__(self, text: str, people: People, clauses: Clauses) -> None:
        self.text = text
        self.people = people
        self.clauses = clauses
        self.history: list[tuple[str, ...]] = []
        names = sorted((n for n in people.by_name if len(n) > 1), key=len, reverse=True)
        joined = "|".join(map(re.escape, names)) or r"(?!x)x"
        self.calls = re.compile(rf"(?:^|[、。])(?:なあ|ねえ|おい)?({joined})(?:さん|さま|様|君)?(?:[、。！]|」|$)")
        self.begins_with_name = re.compile(rf"(?:[^、。]{{0,6}}、)?({joined})(?:さん|さま)?[、。]")

    @property
    def recent(self) -> list[tuple[str, ...]]:
        return [who for who in self.history[-40:] if who]

    @property
    def last(self) -> tuple[str, ...]:
        return self.recent[-1] if self.recent else ()

    @property
    def before_last(self) -> tuple[str, ...]:
        return self.recent[-2]

    @property
    def last_two(self) -> set[str]:
        return set(self.recent[-1]) | set(self.recent[-2])

    @property
    def in_dialogue(self) -> bool:
        return len(self.recent) >= 2 and self.recent[-1] != self.recent[-2]

    def spoke(self, who: tuple[str, ...]) -> None:
        self.history.append(who)

    def next_speaker(self, quote: Quote, previous: Quote | None) -> Found:
        if not self.recent:
            return None
        called = self.called_in(previous)
        if called and (called,) != self.last:
            return (called,), "called"
        if self.last[0].endswith("の声"):
            return self.last, "same_group"
        if self.in_dialogue:
            return self.before_last, "turns"
        return self.someone_near(quote.outer_start)

    def called_in(self, previous: Quote | None) -> str | None:
        match = self.calls.search(self.text[previous.start : previous.end]) if previous else None
        return self.people.by_name[match.group(1)] if match else None

    def someone_near(self, place: int) -> Found:
        near = [m.name for m in self.clauses.named(place - NEAR, place) if m.name not in self.last]
        tagged = [n for n in near if self.people.tagged.get(n, 0) >= 1]
        if tagged or near:
            return ((tagged or near)[-1],), "nearest_other"
        far = [m.name for m in self.clauses.subjects(0, place)[-60:] if m.name not in self.last]
        return ((far[-1],), "nearest_other") if far else None

    def without_addressee(self, quote: Quote, who: tuple[str, ...], rule: str) -> tuple[tuple[str, ...], str]:
        """Nobody calls himself: a guess that names the one who is spoken to goes to the one before."""
        if not who:
            return who, rule
        words = self.text[quote.start : quote.end]
        match = self.begins_with_name.match(words) if rule in GUESSES else None
        if match and (self.people.by_name[match.group(1)],) == who:
            other = [h for h in self.history if h and h != who]
            return (other[-1], f"{rule}+addressed") if other else (who, rule)
        return self.without_kin(quote, who, rule, words)

    def without_kin(self, quote: Quote, who: tuple[str, ...], rule: str, words: str) -> tuple[tuple[str, ...], str]:
        match = KIN.match(words) if rule in (*GUESSES, "named_before", "began_to_speak", "topic_said") else None
        if not match:
            return who, rule
        sign = match.group(1) or KIN_SIGNS[match.group(2)]
        if not any(sign in name for name in who):
            return who, rule
        others = [h for h in reversed(self.history[-20:]) if h and not any(sign in name for name in h)]
        near = [
            (m.name,)
            for m in reversed(self.clauses.subjects(quote.outer_start - 2000, quote.outer_start))
            if sign not in m.name
        ]
        return ((others + near)[0], f"{rule}+addressed") if others + near else (who, rule)
