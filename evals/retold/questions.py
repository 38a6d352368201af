"""The questions to readers and judges of retold books. People and models get the same words.

A judge sees one retelling beside events of two stories, the one that was drawn and another of the same language, in one
mixed list: nothing but the retelling tells which story it is of. So what is found of the other story is the rate of
false alarms of that judge with that retelling.
"""

from collections.abc import Iterable
from random import Random
from typing import Final, Literal

from pydantic import Field

from evals.read_gold import Event, Gold, Person
from manga.characters import Kind
from manga.paper import Direction
from manga.values import Value

_RETELL: Final = """# Retell the story

The pictures `sheet_01.png`, `sheet_02.png` and so on show the pages of a comic; all words in them are covered by grey
patches. {way} Look at all of them, at every panel.

Then tell what happens, as you would tell it to somebody who has not seen the pages: who does what, with what, to whom,
where, and what comes of it. Follow the order in which the pages lie before you. Tell only what you see or what the
pictures leave no doubt of; do not guess at words, names or at a story that you know. Say "a woman with a hat", not a
name. Where you cannot tell what is shown, say so.

Write it as plain text into `retelling.txt` in this folder, in English or in Japanese.
"""
_RIGHTWARDS: Final = "Pages lie from left to right, and panels are read from left to right and from top to bottom."
_LEFTWARDS: Final = "Pages lie from right to left, and panels are read from right to left and from top to bottom."
RETELL: Final = {
    Direction.LTR: _RETELL.format(way=_RIGHTWARDS),
    Direction.RTL: _RETELL.format(way=_LEFTWARDS),
}
JUDGE: Final = (
    "`retelling` was written by somebody who saw the pictures of a comic without its words. `questions` are events of "
    "two stories, mixed; one of the stories may be the one retold. For each event say whether the retelling tells it: "
    '`answer` "yes" or "no". Say yes where the retelling tells that this deed or change happens, in whatever words or '
    "language; persons need only fit what `people` says of them, for the reader knew no names. Say no where only a "
    "person, a place or a mood of the event is told, where the deed is another, or where you would have to guess. With "
    "each yes put into `quote` the words of the retelling in which the event is told, letter for letter. A yes without "
    "a quote that stands in the retelling does not count."
)
"""How a judge is asked."""
Answer = Literal["", "yes", "no"]


class EventQuestion(Value):
    """An event, and what a judge says of it."""

    number: int = Field(ge=1)
    event: str
    answer: Answer = ""
    quote: str = ""


class JudgeSheet(Value):
    """What a judge gets, and gives back with answers."""

    name: str
    how: str = JUDGE
    retelling: str
    people: tuple[str, ...]
    questions: tuple[EventQuestion, ...]


def judge_sheet(name: str, retelling: str, own: Gold, other: Gold) -> JudgeSheet:
    """All events of the story and as many of the other one, mixed by the sheet's name."""
    rolled = Random(name)
    events = [event.what for event in (*own.events, *decoys(own, other))]
    people = sorted({_told(person) for gold in (own, other) for person in gold.cast})
    rolled.shuffle(events)
    questions = tuple(EventQuestion(number=number, event=what) for number, what in enumerate(events, 1))
    return JudgeSheet(name=name, retelling=retelling, people=tuple(people), questions=questions)


def decoys(own: Gold, other: Gold) -> tuple[Event, ...]:
    """Events of the other story, over its whole length, as many as the story's own where it has so many."""
    count = min(len(own.events), len(other.events))
    return tuple(other.events[i * len(other.events) // count] for i in range(count))


def other_story(story: str, golds: Iterable[tuple[str, Gold]], seed: int) -> str:
    """A story of the same language, by the study's seed. Raises ValueError where there is none."""
    known = dict(golds)
    alike = sorted(name for name, gold in known.items() if name != story and gold.language == known[story].language)
    if not alike:
        raise ValueError(f"no other story of the language of {story} has gold")
    return Random(f"{story} {seed}").choice(alike)


def _told(person: Person) -> str:
    kind = person.kind.value if person.kind is not None and person.kind is not Kind.HUMAN else ""
    plain = [word for word in (person.age.value if person.age else "", person.gender or "", kind) if word]
    if person.group:
        plain.append("several")
    return f"{person.name}: {' '.join(plain) or 'somebody'}"
