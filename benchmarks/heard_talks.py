"""Annotated stories and talks in, what the offline reader makes of their lines under any weights out.

The reader looks for signs once in each story; only the weighing of them is done again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from evals import annotated_talks
from evals.align_texts import align, likeness
from evals.gold_in_text import Reference
from evals.scorer_input import Sample
from evals.told_story import TELLER, one_to_one, said
from manga.brief import Language, Settings
from manga.story_source import Source, read_source
from offline import writer
from offline.lexicon import load
from offline.reading import speaker_scorer
from offline.reading.cast import make_cast
from offline.reading.concept import make_concept
from offline.reading.en import speakers as english
from offline.reading.en.people import find_crowd
from offline.reading.ja import speakers as japanese
from offline.reading.ja.people import find_people
from offline.reading.ja.reader import with_indents
from offline.reading.plot import make_plot
from offline.reading.speaker_chain import Scores, State
from offline.reading.speaker_scorer import Conversation
from offline.reading.story_reading import Person, find_quotes

Outcome = list[tuple[bool, float]]
"""Whether a line is right, and how surely it is told."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a line begins in the text that is read, and all names of who may speak it."""

    start: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A story with its reference, or a talk."""

    name: str
    source: Source
    gold: tuple[Gold, ...]
    reference: Reference | None = None


def of_talk(name: str) -> Annotated:
    """Raises ValueError for a talk whose text is not read as it stands."""
    talk = annotated_talks.load(name)
    source = read_source(talk.text)
    alignment = align(talk.text, source.text)
    spans = [alignment.span(said.start, said.end) if alignment else None for said in talk.said]
    if not all(spans):
        raise ValueError(f"the talk {name} is not the text that is read")
    gold = (Gold(span.start, said.by) for span, said in zip(spans, talk.said, strict=True) if span)
    return Annotated(name, source, tuple(gold))


def of_story(name: str, source: Source, reference: Reference) -> Annotated:
    tellers = {scene.teller for scene in reference.scenes}
    called = {
        person.key: (person.name, *person.aliases, *((TELLER,) if person.key in tellers else ()))
        for person in reference.cast
    }
    lines = [line for line in reference.spoken() if line.by]
    gold = (Gold(q.at[0], tuple(name for key in q.by for name in called[key])) for q in lines)
    return Annotated(name, source, tuple(gold), reference)


@contextmanager
def weighing_by(weights: Mapping[str, float]) -> Iterator[None]:
    """The reader weighs by these in between, and is as sure as its chances say."""
    lexicon = load("speakers")
    own, rows = speaker_scorer.weights(), lexicon["measured"]
    kept = dict(own)
    try:
        own.clear()
        own.update(weights)
        lexicon["measured"] = [[0.0, 0.0], [1.0, 1.0]]
        yield
    finally:
        own.clear()
        own.update(kept)
        lexicon["measured"] = rows


def listen(source: Source) -> tuple[Conversation, tuple[Person, ...]]:
    quotes = find_quotes(source)
    if source.language is Language.JA:
        text = with_indents(source.text)
        people = find_people(text, quotes)
        return japanese.listen(text, quotes, people)[0], tuple(people.persons)
    crowd = find_crowd(source.text, quotes)
    return english.listen(source.text, quotes, crowd)[0], crowd.persons


class Heard:
    """One story or talk, read up to the weighing. `gold` is by the number of the line."""

    def __init__(self, story: Annotated) -> None:
        self.name = story.name
        self.story = story
        self.conversation, persons = listen(story.source)
        at = {line.first.start: number for number, line in enumerate(self.conversation.lines)}
        self.gold = {at[one.start]: one.by for one in story.gold if one.start in at}
        self.called = {person.name: person.names for person in persons}

    def fits(self, number: int, state: State) -> bool:
        """Whether the gold names one of these speakers for the line."""
        wanted = self.gold.get(number, ())
        return any(likeness(self.called.get(name, (name,)), wanted) for name in state if name)

    def settled(self) -> list[Scores]:
        """Chances of every candidate for every line, by the weights of the moment."""
        return self.conversation.chances()

    def outcome(self) -> Outcome:
        """Of every line of the gold: whether its speaker is right, and how surely he is told. People of a story count
        one to one, those of a talk by their names."""
        if self.story.reference is not None:
            return one_to_one_outcome(self.story.source, self.story.reference)
        found = self.settled()
        best = [max(chances, key=lambda state: chances[state]) for chances in found]
        heard = [(self.fits(number, best[number]), found[number][best[number]]) for number in self.gold]
        return [*heard, *[(False, 0.0)] * (len(self.story.gold) - len(heard))]


def one_to_one_outcome(source: Source, reference: Reference) -> Outcome:
    """What comes of it in the plot of a book."""
    reading = writer.read.__wrapped__(source)
    concept = make_concept(reading, Settings())
    cast = make_cast(reading, concept.world.period, Settings().seed)
    sample = Sample(source, reference=reference, cast=cast, plot=make_plot(reading, concept, cast))
    people = one_to_one(sample, reference)
    return [
        (people.get(line.speaker or "") in quote.by, line.confidence) if line is not None else (False, 0.0)
        for quote, line in said(sample, reference)
    ]
