"""Signs that a Japanese quote is spoken by a person, from the quote and the text around it.

Each sign has a name that `speaker_scorer` weighs. Signs are of what is told before the quote (`lead`), of what is told
right after it (`after`), of names within it, and of the rule that made the first guess.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from offline.lexicon import pattern
from offline.reading.ja.after_quotes import APPEARS, HEARS
from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.evidence_for_people import BODY
from offline.reading.ja.fitting_words import Suits, talk
from offline.reading.ja.forms_of_address import Address, told_of
from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.speaker_chain import State
from offline.reading.speaker_scorer import SpokenLine
from offline.reading.story_reading import Person

SURE_RULES = frozenset(
    [
        "said_after",
        "crying_out",
        "acts_after",
        "named_before",
        "this_said",
        "began_to_speak",
        "voice_of",
        "comes_into_view",
        "topic_said",
        "thinker",
    ]
)

TOLD_SOON = 90
"""Somebody may be told of right after the first words."""


class PausedStretches:
    """The stretches between the pauses of one story, asked by place."""

    def __init__(self, text: str, clauses: Clauses) -> None:
        pauses = [match.end() for match in re.finditer(r"\n[\u3000 ]*\n\s*", text)]
        apart = len(pauses) * 3 > text.count("\n") - len(pauses)
        """Every paragraph of some texts has an empty line before it."""
        self.edges = [0, *([] if apart else pauses)]
        self.clauses = clauses

    def opening(self, place: int) -> int:
        return self.edges[max(0, bisect.bisect_right(self.edges, place) - 1)]

    def closing(self, place: int) -> int:
        at = bisect.bisect_right(self.edges, place)
        return self.edges[at] if at < len(self.edges) else len(self.clauses.blotted)

    def present(self, start: int, end: int) -> set[str]:
        """Those who are told of in this stretch before `start`, or right after `end`."""
        close = min(end + TOLD_SOON, self.closing(start))
        return {mention.name for mention in self.clauses.named(self.opening(start), close)}


TELLS_AFTER = frozenset(["comes_into_view", "reacts_after", "this_said", "subject_after", "said_after"])
"""Rules by which the narration after a quote tells of its speaker."""
ANSWER = re.compile(
    r"(?:うん|ううん|はい|ええ|いいえ|いえ|いや|ちが[うい]|違[うい]|そう(?:だ|です|さ|よ|ね|じゃ)|まあ|もちろん|だって|よくな|さよう)"
)
QUESTION = re.compile(r"(?:[？?]|か[ねいなよ]?。?|の[？?])…*$")
DOING = re.compile(r"何(?:を)?(?:して|やって)|なに(?:を)?して|どうした")
VOICED = re.compile(r"の(?:声|叫び|笑い声|返事)[がはも]")
"""How the line before sounded."""
LASTING = re.compile(r"(?:て|で)(?:いる|いた|います|いました|おる|おりました)。?$|いる。?$")
"""A scene is set, nobody does anything."""
AHEAD, NEARBY, FAR, CLOSE = 60, 120, 700, 40


@dataclass(slots=True)
class JapaneseLine(SpokenLine):
    """One quote with what stands around it."""

    place: QuotePlace = field(kw_only=True)


class JapaneseSigns:
    """Looks at one story."""

    def __init__(self, text: str, people: People, clauses: Clauses, rows: list[JapaneseLine]) -> None:
        self.text = text
        self.clauses = clauses
        self.acts = pattern("reader_ja", "acts")
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        told = told_of(people, clauses.blotted)
        self.address = Address(people, told)
        sure = [row for row in rows if row.first.rule in SURE_RULES]
        self.heard = {name for row in sure for name in row.first.speakers}
        self.suits = Suits(self.people, told, self.heard)
        self.tagged = len(sure) / max(1, len(rows))
        self.stage = PausedStretches(text, clauses)
        self.staged: tuple[int, set[str]] = (-1, set())
        self.told: tuple[int, list[str]] = (-1, [])
        self.runs = runs_of([row.place for row in rows])

    def calls(self, words: str) -> list[tuple[str, str]]:
        return self.address.called_in(words)

    def of(self, row: JapaneseLine, before: JapaneseLine | None, state: State, *, present: bool) -> dict[str, float]:
        found = [*self.guessed(row, before, state)]
        found += [] if present else [("absent", 1.0)]
        found += [] if self.on_stage(row, state) else [("offstage", 1.0)]
        found += [] if self.heard & set(state) else [("silent", self.tagged)]
        if row.first.rule not in ("said_after", "same_paragraph"):
            found += [*self.lead(row.place, state), *self.after(row.place, state)]
        found += self.suits.fits(row.words, state[0]) if len(state) == 1 else []
        named = self.named_in(row, state)
        found += [(named, 1.0)] if named else []
        found += self.replies(before, state) if before is not None and len(row.place.gap) < CLOSE else []
        return dict(found)

    def replies(self, before: JapaneseLine, state: State) -> Iterator[tuple[str, float]]:
        """To the line before, which names somebody."""
        named = self.named_in(before, state)
        if named:
            yield ("answers_call" if named == "called_in" else "answers_mention"), 1.0

    def on_stage(self, row: JapaneseLine, state: State) -> bool:
        """Whether they have been told of since the last pause; whoever tells the story is always there."""
        if row.first.start != self.staged[0]:
            self.staged = row.first.start, self.stage.present(row.first.outer_start, row.first.outer_end)
        told = (self.people[name].narrator for name in state if name in self.people)
        return not self.people or any(told) or bool(self.staged[1] & set(state))

    def guessed(self, row: JapaneseLine, before: JapaneseLine | None, state: State) -> Iterator[tuple[str, float]]:
        """What the rules say. 「落としたの？」　少年が立っていた。「ちがうよ」: who was asking is not who answers."""
        if state != row.first.speakers:
            return
        answers = before is not None and self.answers(row, before) and before.first.rule in TELLS_AFTER
        if before and answers and row.first.rule == "subject_before" and state == before.first.speakers:
            yield "asker", 1.0
        else:
            yield row.first.rule.removesuffix("+addressed"), 1.0

    def answers(self, row: JapaneseLine, before: JapaneseLine) -> bool:
        return "\n\n" not in row.place.before and bool(QUESTION.search(before.words) and ANSWER.match(row.words))

    def lead(self, place: QuotePlace, state: State) -> Iterator[tuple[str, float]]:
        """Of the narration before the quote, without the sentence that closes the quote before."""
        end = place.quote.outer_start
        if self.is_named(end - NEARBY, end, state):
            yield "near", 1.0
        latest = self.latest(place.quote.outer_start)
        if len(state) == 1 and state[0] in latest[:3]:
            yield f"latest_{latest.index(state[0])}", 1.0
        if not place.gap:
            yield from [("listens", 1.0)] if state == self.listener(place) else []
            return
        told = self.clauses.blotted[place.opening : end].rstrip("\n \u3000")
        subject = self.clauses.subject(place.opening, end, topic=True)
        if subject == state:
            yield from self.as_subject(place, told)
        if VOICED.search(told) and told.count("。") <= 1 and self.is_named(place.opening, end, state):
            yield "before_voice", 1.0
        if self.body_of(place) in state:
            yield "body", 1.0
        if subject and subject != state and self.is_object(place.opening, end, state):
            yield "before_object", 1.0

    def listener(self, place: QuotePlace) -> State:
        """Who was told to listen or watch before this talk began: ごんは、ふたりのあとをつけていきました。"""
        start = self.runs[place.index]
        if not start.gap:
            return ()
        subject = self.clauses.subject(start.opening, start.quote.outer_start, topic=True)
        clause = self.clauses.blotted[start.opening : start.quote.outer_start].rstrip("。\n \u3000")
        return subject if HEARS.search(clause[clause.rfind("。") + 1 :]) else ()

    def latest(self, end: int) -> list[str]:
        """Those who are told of before, the last first."""
        if end != self.told[0]:
            self.told = end, list(dict.fromkeys(m.name for m in reversed(self.clauses.named(end - FAR, end))))
        return self.told[1]

    def as_subject(self, place: QuotePlace, told: str) -> Iterator[tuple[str, float]]:
        """Of the one whom the last sentence with a subject tells of."""
        end = place.quote.outer_start
        start = self.clauses.subjects(place.opening, end)[-1].end
        clause = self.clauses.blotted[start:end].rstrip("\n \u3000")
        yield ("asked_doer" if DOING.search(self.text, place.quote.start, place.quote.end) else "before"), 1.0
        if talk("mute").search(clause):
            yield "before_mute", 1.0
        if HEARS.search(clause):
            yield "before_hears", 1.0
        elif self.acts.search(clause):
            yield "before_acts", 1.0
        if told.count("。") <= 1:
            yield "before_alone", 1.0
            if talk("reacts").search(clause):
                yield "before_reacts", 1.0
        if talk("enters").search(clause):
            yield "before_enters", 1.0
        if LASTING.search(clause):
            yield "before_lasting", 1.0
        if clause.rstrip("。").count("。") >= 1:
            yield "before_far", 1.0
        if self.appears(place, told):
            yield "appears", 1.0

    def after(self, place: QuotePlace, state: State) -> Iterator[tuple[str, float]]:
        """Of the sentence right after it, when that is no part of the quote's own."""
        if place.tag or not place.first_after:
            return
        end = place.quote.outer_end
        first = self.clauses.subjects(end, min(end + 16, place.after_end))
        alone = len({m.name for m in first if first and m.start == first[0].start}) == 1
        late = () if first else self.clauses.subjects(end, min(end + 40, place.after_end))
        if alone and (first[0].name,) == state:
            topic = self.clauses.is_topic(first[0])
            yield ("after_hears" if HEARS.search(place.first_after) else "after" if topic else "after_ga"), 1.0
            if talk("enters").search(place.first_after):
                yield "after_enters", 1.0
            if talk("ordered").search(self.text[place.quote.start : place.quote.end]):
                yield "after_ordered", 1.0
            if self.acts.search(place.first_after):
                yield "after_acts", 1.0
            if talk("reacts").search(place.first_after):
                yield ("after_reacts" if topic else "after_ga_reacts"), 1.0
            if QUESTION.search(self.text[place.quote.start : place.quote.end]):
                yield "after_asked", 1.0
        elif len(late) == 1 and (late[0].name,) == state:
            yield "after_late", 1.0
        elif first and self.is_object(end, place.after_end, state):
            yield "after_object", 1.0

    def is_named(self, start: int, end: int, state: State) -> bool:
        return any((m.name,) == state for m in self.clauses.named(start, end))

    def is_object(self, start: int, end: int, state: State) -> bool:
        return any(m.role == "object" and (m.name,) == state for m in self.clauses.named(start, end))

    def appears(self, place: QuotePlace, told: str) -> bool:
        """戸を開けると、お花が立っていました。「"""
        told = told.rstrip("。")
        found = self.clauses.subjects(place.opening + told.rfind("。") + 1, place.quote.outer_start)
        return bool(found) and self.clauses.particle(found[-1]) == "が" and bool(APPEARS.search(told))

    def body_of(self, place: QuotePlace) -> str:
        """ミオの目から、涙がこぼれた。「"""
        told = self.clauses.blotted[place.opening : place.quote.outer_start].rstrip("。\n \u3000")
        start = place.opening + told.rfind("。") + 1
        owners = [m for m in self.clauses.named(start, place.quote.outer_start) if m.role == "owner"]
        if any(self.clauses.is_topic(m) for m in self.clauses.subjects(start, place.quote.outer_start)):
            return ""
        return owners[-1].name if owners and BODY.match(self.clauses.blotted, owners[-1].end) else ""

    def named_in(self, row: JapaneseLine, state: State) -> str:
        if len(state) > 1 or row.first.rule == "said_after":
            return ""
        return self.address.named_in(row.words, state[0])


def runs_of(places: list[QuotePlace]) -> dict[int, QuotePlace]:
    """For every line the first of those that it follows without a word between."""
    found: dict[int, QuotePlace] = {}
    for place in places:
        found[place.index] = place if place.gap else found.get(place.index - 1, place)
    return found
