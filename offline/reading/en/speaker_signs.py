"""English quotes as lines of a conversation: who may say each, what speaks for them, and how lines go together.

An English paragraph belongs to one speaker as a rule, so what somebody does in the paragraph of a quote tells more than
what is told in the one before.
"""

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from manga.brief import Language
from offline.lexicon import words
from offline.reading.en.name_links import ASKS_NAME
from offline.reading.en.names import Gender
from offline.reading.en.people import Crowd
from offline.reading.en.pronouns import GENDERS
from offline.reading.speaker_chain import NOBODY, Scores, State
from offline.reading.speaker_scorer import Conversation, Gap, Signs, SpokenLine
from offline.vocabulary_words import kinds_named

QUESTION = re.compile(r"\?[”\"’' ]*$")
ANSWER = re.compile(r"(?:yes|no|of course|certainly|because)\b", re.IGNORECASE)
TALK = 3
"""Words of a line from which it is more than a noise."""
BEFORE, AFTER = 6, 4
"""Lines before and after the one in which somebody gives his name that he may say too."""
NEARBY, NEAR, AHEAD = 160, 1200, 120
SHORT = 140
"""Letters of narration between two paragraphs that do not part a talk."""
CROWD_NEAR = 160
"""Letters after which a crowd that is not told of any more says nothing."""
FABLE = 2
"""Beasts that talk, from which on others of the story may."""
OWN_NAME = re.compile(r"\b(?:[Mm]y name is|I am|I[’']m|[Tt]his is) (?:[A-Z][a-z]+\.? ){0,2}$")
"""My name is Lusk."""
NAME = r"(?:[A-Z][a-z]+\.? ){0,2}"
GIVEN_NAME = re.compile(rf"{NAME}$")
POLITE = {
    "male": re.compile(r"\b(?:sir|my lord|mister|young man|old man)\b"),
    "female": re.compile(r"\b(?:ma[’']am|madam|my lady|miss|young lady)\b"),
}
CALL = re.compile(
    r"(?:^|[,.!?—] )(?:dear |old |my )?(?:[A-Z][a-z]+|sir|ma[’']am"
    r"|madam|miss|boss|captain|doctor|lad|boy)[,.!?]"
)
NO_CALL = re.compile(
    r"^(?:Yes|No|Well|Oh|Ah|Now|Then|So|But|And|Why|What|Look|Listen|Please|Come|Here|There|Good|Thank)\b"
)
CONTENT = re.compile(r"[a-z]{5,}")
TAGS = frozenset(["said_after", "named_before"])


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who is told of beside a quote, and the pronoun or the word for anybody that stands for them."""

    who: State
    sign: str
    word: str = ""


@dataclass(slots=True)
class EnglishLine(SpokenLine):
    """`paragraph` is where its paragraph begins, `told` where the one with the quote before ends; `split`: its sentence
    began in the quote before."""

    leads: tuple[Lead, ...] = field(kw_only=True)
    split: bool = field(kw_only=True)
    paragraph: int = field(kw_only=True)
    told: int = 0

    @property
    def tag(self) -> Lead | None:
        return self.leads[0] if self.leads and self.leads[0].sign in TAGS else None


def conversation(text: str, blotted: str, crowd: Crowd, lines: Sequence[EnglishLine]) -> Conversation:
    """Of the quotes that somebody speaks."""
    for at, line in enumerate(lines):
        last = lines[at - 1].first.outer_end if at else 0
        end = text.find("\n", last) if at else 0
        line.told = line.paragraph if at and (last > line.paragraph or end < 0) else end
        line.gap = gap_of(line, lines[at - 1]) if at else "long"
    listener = EnglishListener(text, crowd, lines)
    listener.look()
    return Conversation(lines, listener)


def gap_of(line: EnglishLine, before: EnglishLine) -> Gap:
    if line.paragraph <= before.first.outer_start:
        return "split" if line.split else "same_paragraph"
    between = line.paragraph - line.told - 2
    return "adjacent" if between <= 0 else "short" if between <= SHORT else "long"


class EnglishListener:
    """Asked by the scorer about the lines of one story."""

    def __init__(self, text: str, crowd: Crowd, lines: Sequence[EnglishLine]) -> None:
        self.text = text
        self.crowd = crowd
        self.lines = lines
        self.starts = [line.first.start for line in lines]
        self.kinds = kinds_named(Language.EN)
        self.crowds = {p.name for p in crowd.persons if p.unseen}
        self.tellers = {p.name for p in crowd.persons if p.narrator}
        self.first = {p.name: p.first for p in crowd.persons}
        for mention in crowd.mentions:
            self.first[mention.name] = min(self.first.get(mention.name, mention.start), mention.start)
        tagged = [*tagged_lines(lines)]
        self.heard = {name for _, who in tagged for name in who}
        self.tagged = len(tagged) / max(1, len(lines))
        self.talked = {name for words, who in tagged for name in who if len(words.split()) >= TALK}
        self.fable = sum(self.is_beast(name) for name in self.talked) >= FABLE
        self.called = {
            p.name: re.compile("|".join(rf"\b{re.escape(n.removeprefix('the '))}\b" for n in p.names))
            for p in crowd.persons
            if not p.narrator or len(p.names) > 2
        }

        told = ((at, (name,)) for at, line in enumerate(lines) for name in self.called)
        self.given = {at: state for at, state in told if self.named_in(lines[at], state) == "own_name"}

    def look(self) -> None:
        """Gives every line its candidates with their signs."""
        for at, line in enumerate(self.lines):
            before = self.lines[at - 1] if at else None
            for state, present in self.candidates(at).items():
                line.signs[state] = dict(self.of(line, before, state, present=present))
            line.fixed = not line.signs
            line.signs = line.signs or {NOBODY: {}}

    def candidates(self, at: int) -> dict[State, bool]:
        """Those of the tags around the line and those who are told of, each with whether they are there."""
        line = self.lines[at]
        start, end = line.first.outer_start, line.first.outer_end
        around = [r.first.speakers for r in self.lines[max(0, at - 4) : at + 5] if r.first.speakers]
        met = [state for state in around if min(self.first.get(n, 0) for n in state) <= end + AHEAD]
        told = self.crowd.near(max(0, start - NEAR), end + AHEAD)
        latest = list(dict.fromkeys((m.name,) for m in reversed(told) if m.role != "owner"))
        line_end = self.text.find("\n", end)
        here = line_end if line_end >= 0 else len(self.text)
        gone = self.crowds - {m.name for m in told if m.start >= start - CROWD_NEAR}
        goes_on = self.lines[at - 1].signs if at and line.gap in ("split", "same_paragraph") else ()
        own = [lead.who for lead in line.leads]
        own += [state for number, state in self.given.items() if at - AFTER <= number <= at + BEFORE]
        everyone = dict.fromkeys([*own, *(s for s in goes_on if s != NOBODY), *met[::-1], *latest])
        present = {
            state
            for state in (*met, *latest[:4])
            if min(self.first.get(n, 0) for n in state) <= here and gone.isdisjoint(state)
        }
        return {state: state in present for state in everyone}

    def of(
        self, line: EnglishLine, before: EnglishLine | None, state: State, *, present: bool
    ) -> Iterator[tuple[str, float]]:
        if not present:
            yield "absent", 1.0
        if not self.heard & set(state):
            yield "silent", self.tagged
        for lead in line.leads:
            if lead.who == state:
                yield f"{lead.sign}{way(lead.word)}", 1.0
        if line.tag:
            yield from self.tagged_by(line.tag, line, state)
        elif not line.split:
            yield from self.lead(line, state)
            yield from self.beast(line, state)
        yield from self.names(line, before, state)
        if state[0] in self.tellers:
            yield "narrator", 1.0
        if state[0] in self.crowd.plural:
            yield "group", 1.0

    def names(self, line: EnglishLine, before: EnglishLine | None, state: State) -> Iterator[tuple[str, float]]:
        """Of names in the line, and in the one that it answers."""
        named = self.named_in(line, state)
        if named:
            yield named, 1.0
        elif self.is_spoken_to(line, state):
            yield "politely_to", 1.0
        near = before is not None and line.gap in ("adjacent", "short")
        if before is not None and near and self.is_spoken_to(before, state):
            yield "answers_politely", 1.0
        answered = self.named_in(before, state) if before is not None and near else ""
        if answered:
            yield ("answers_call" if answered == "called_in" else "answers_mention"), 1.0

    def tagged_by(self, tag: Lead, line: EnglishLine, state: State) -> Iterator[tuple[str, float]]:
        """“…” he said: no woman, nor they; and not I, who would say so. The man may be one who has a name."""
        if tag.word == "they":
            yield "they", 1.0 if len(state) > 1 or state[0] in self.crowd.plural else -1.0
        wanted = GENDERS.get(tag.word) or self.crowd.genders.get(f"the {tag.word}")
        gender = self.crowd.genders.get(state[0])
        many = len(state) > 1 or state[0] in self.crowd.plural
        if wanted and (many or state[0] in self.tellers or (gender and gender != wanted)):
            yield "unfit", 1.0
        elif wanted and gender == wanted:
            yield "fit", 1.0
            if tag.word in GENDERS:
                yield from self.meant(line, state, wanted)
            if tag.who != state and way(tag.word) == "_anybody" and state[0][:4] != "the ":
                yield "may_be_called", 1.0

    def meant(self, line: EnglishLine, state: State, wanted: Gender) -> Iterator[tuple[str, float]]:
        """By a pronoun beside the quote: the last of that sex who was told of, or the last who did something."""
        near = self.crowd.near(max(0, line.first.outer_start - NEAR), line.first.outer_start)
        told = [m for m in near if self.crowd.genders.get(m.name) == wanted and m.name not in self.tellers]
        if told and (told[-1].name,) == state:
            yield "meant_last", 1.0
        if (acting := [m for m in told if m.role == "subject"]) and (acting[-1].name,) == state:
            yield "meant_subject", 1.0

    def lead(self, line: EnglishLine, state: State) -> Iterator[tuple[str, float]]:
        """What the paragraph before tells, when it holds no quote."""
        if line.told >= line.paragraph:
            return
        subjects = [m for m in self.crowd.near(line.told, line.paragraph) if m.role == "subject"]
        if subjects and (subjects[-1].name,) == state:
            yield "told_before", 1.0
        elif any((m.name,) == state for m in subjects):
            yield "told_earlier", 1.0
        start = line.first.outer_start
        if any((m.name,) == state for m in self.crowd.near(start - NEARBY, start)):
            yield "near", 1.0

    def beast(self, line: EnglishLine, state: State) -> Iterator[tuple[str, float]]:
        """A beast that has made noises at most asks no questions, unless it is a story in which beasts talk."""
        mute = not self.fable and self.is_beast(state[0]) and state[0] not in self.talked
        if mute and len(line.words.split()) >= TALK:
            yield "mute_beast", 1.0

    def is_beast(self, name: str) -> bool:
        return self.kinds.first(name.lower()) not in (None, "spirit")

    def named_in(self, line: EnglishLine, state: State) -> str:
        own = self.called.get(state[0]) if len(state) == 1 else None
        found = list(own.finditer(line.words)) if own is not None else []
        if any(OWN_NAME.search(line.words[: m.start()]) for m in found) or (found and self.gives_name(line, found[0])):
            return "own_name"
        return "" if not found else "called_in" if any(is_call(line.words, m) for m in found) else "mentioned_in"

    def gives_name(self, line: EnglishLine, name: re.Match[str]) -> bool:
        """Crewe. I act for the landlord; Lieutenant Kyle, of the guard."""
        at = bisect.bisect_left(self.starts, line.first.start)
        asked = bool(at and ASKS_NAME.search(self.lines[at - 1].words)) and line.gap in ("adjacent", "short")
        ends = re.match(r"[.!]|$" if asked else r", of\b", line.words[name.end() :])
        return bool(ends) and bool(GIVEN_NAME.fullmatch(line.words[: name.start()]))

    def is_spoken_to(self, line: SpokenLine, state: State) -> bool:
        """By `sir` a man, by `ma’am` a woman."""
        gender = self.crowd.genders.get(state[0])
        wanted = POLITE.get(gender or "")
        return len(state) == 1 and wanted is not None and bool(wanted.search(line.words))

    def is_one(self, state: State) -> bool:
        return len(state) > 1 or state[0] not in self.crowd.plural

    def asks(self, words: str) -> bool:
        return bool(QUESTION.search(words))

    def answers(self, words: str) -> bool:
        return bool(ANSWER.match(words))

    def calls_anybody(self, words: str) -> bool:
        return any(not NO_CALL.match(match.group().lstrip(",.!?— ")) for match in CALL.finditer(words))

    def contents(self, words: str) -> set[str]:
        return set(CONTENT.findall(words.lower()))

    def manner(self, lines: Sequence[SpokenLine], found: Sequence[Scores]) -> Sequence[Mapping[State, Signs]]:
        return [{} for _ in lines]


def tagged_lines(lines: Sequence[EnglishLine]) -> Iterator[tuple[str, State]]:
    """The words of the lines with a tag, and of those that go on from one, with their speakers."""
    who: State = ()
    for line in lines:
        who = line.first.speakers if line.tag else who if line.split else ()
        if who:
            yield line.words, who


def way(word: str) -> str:
    """By name, by a pronoun, or by a word for anybody."""
    return "" if not word else "_anybody" if word in words("reader_en", "anybody") else "_pronoun"


def is_call(words: str, name: re.Match[str]) -> bool:
    return bool(
        re.match(r"[,!?.—…]|$", words[name.end() :])
        and re.search(r"(?:^|[,!?.—] |\b(?:dear|old|my|little|poor|Oh|oh) )$", words[: name.start()])
    )
