"""Annotated Japanese stories and talks in, what the offline reader makes of their lines under any weights out.

The reader's rules run once for each story; only the weighing of their signs is done again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from evals import annotated_talks
from evals.align_texts import align, likeness
from evals.gold_in_text import Reference
from manga.story_source import Source, read_source
from offline.reading.ja.dialogue_speakers import JapaneseDialogue
from offline.reading.ja.people import find_people
from offline.reading.ja.sign_weights import weights as weights_ja
from offline.reading.ja.speakers import JapaneseSpeakers
from offline.reading.speaker_chain import Scores, State
from offline.reading.story_reading import find_quotes


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a line begins in the text that is read, and all names of who may speak it."""

    start: int
    by: tuple[str, ...]


def of_talk(name: str) -> tuple[Source, list[Gold]]:
    """Raises ValueError for a talk whose text is not read as it stands."""
    talk = annotated_talks.load(name)
    source = read_source(talk.text)
    alignment = align(talk.text, source.text)
    spans = [alignment.span(said.start, said.end) if alignment else None for said in talk.said]
    if not all(spans):
        raise ValueError(f"the talk {name} is not the text that is read")
    return source, [Gold(span.start, said.by) for span, said in zip(spans, talk.said, strict=True) if span]


def of_story(source: Source, reference: Reference) -> tuple[Source, list[Gold]]:
    called = {person.key: (person.name, *person.aliases) for person in reference.cast}
    lines = reference.spoken()
    return source, [Gold(q.at[0], tuple(name for key in q.by for name in called[key])) for q in lines]


@contextmanager
def weighing_by(weights: Mapping[str, float]) -> Iterator[None]:
    """The reader weighs by these in between."""
    own = weights_ja()
    kept = dict(own)
    try:
        own.clear()
        own.update(weights)
        yield
    finally:
        own.clear()
        own.update(kept)


class Heard:
    """One story, read up to the weighing. `gold` is by the number of the row."""

    def __init__(self, name: str, source: Source, gold: list[Gold]) -> None:
        quotes = find_quotes(source)
        self.people = find_people(source.text, quotes)
        finder = JapaneseSpeakers(source.text, quotes, self.people)
        for index in range(len(quotes)):
            finder.decide(index)
        self.name = name
        self.text = source.text
        self.dialogue = JapaneseDialogue(source.text, self.people, finder.clauses)
        self.rows = self.dialogue.rows_of(finder.places, finder.done)
        self.dialogue.seek(self.rows)
        at = {row.first.start: number for number, row in enumerate(self.rows)}
        self.gold = {at[one.start]: one.by for one in gold if one.start in at}
        self.lines = len(gold)
        self.called = {person.name: person.names for person in self.people.persons}

    def fits(self, number: int, state: State) -> bool:
        """Whether the gold names one of these speakers for the line."""
        wanted = self.gold.get(number, ())
        return any(likeness(self.called.get(name, (name,)), wanted) for name in state if name)

    def settled(self) -> list[Scores]:
        """Chances of every candidate for every line, by the weights of the moment."""
        return self.dialogue.settle(self.rows)

    def outcome(self) -> list[tuple[bool, float]]:
        """Of every line of the gold that was found: whether its speaker is right, and its chance."""
        found = self.settled()
        best = [max(chances, key=lambda state: chances[state]) for chances in found]
        return [(self.fits(number, best[number]), found[number][best[number]]) for number in self.gold]
