"""The offline readers measured on the project's own stories, all together: one story says little about a rule."""

import functools
from collections import Counter
from dataclasses import dataclass

import pytest

from evals import annotated_talks
from evals.read_gold import Person, Story, load, names
from manga.story_source import read_source
from offline.reading.cast import choose_members
from offline.reading.story_reading import Reading
from offline.writer import read
from tests.offline.test_reading_scores import normal

RIGHT = {"ja": 0.72, "en": 0.87}
"""Least share of lines with a right speaker, over all stories of a language, held-out ones too."""
RIGHT_IN_TALKS = 0.63
"""The same over the talks that the weights were found on, too."""
BANDS = ((0.0, 0.6), (0.6, 0.9), (0.9, 1.0))
OFF_BY = 0.2
"""How far a band's confidence may lie from the share that is right."""


@dataclass(frozen=True)
class Heard:
    """One line of the gold: whether it was found, whether the speaker is right, and how sure the reader was."""

    language: str
    found: bool
    right: bool = False
    confidence: float = 0.0


def is_same(called: tuple[str, ...], person: Person) -> bool:
    return is_called(called, (person.name, *person.aliases))


def is_called(called: tuple[str, ...], names: tuple[str, ...]) -> bool:
    wanted = {normal(name) for name in names}
    found = {normal(name) for name in called}
    longer = (f in w or w in f for f in found for w in wanted if len(f) > 1 and len(w) > 1)
    return bool(wanted & found) or any(longer)


@functools.cache
def read_own(name: str) -> tuple[Story, Reading]:
    story = load(name)
    return story, read(read_source(story.raw))


def heard_in(name: str) -> list[Heard]:
    story, reading = read_own(name)
    shift = shift_of(story, reading)
    said = {quote.start + shift: quote for quote in reading.quotes if quote.kind.spoken}
    called = {person.name: person.names for person in reading.people}
    lines = []
    for gold in story.gold.spoken():
        quote = next((said[gold.at[0] + i] for i in (0, -1, 1, 2) if gold.at[0] + i in said), None)
        speakers = [called.get(s, (s,)) for s in quote.speakers] if quote else []
        right = any(is_same(own, story.gold.person(key)) for own in speakers for key in gold.by)
        language = story.gold.language.value
        lines.append(Heard(language, quote is not None, right, quote.confidence if quote else 0.0))
    return lines


def shift_of(story: Story, reading: Reading) -> int:
    """Body and source may begin at different letters."""
    places = Counter(
        gold.at[0] - reading.source.text.find(gold.text)
        for gold in story.gold.quotes
        if reading.source.text.count(gold.text) == 1
    )
    return places.most_common(1)[0][0] if places else 0


def all_heard() -> list[Heard]:
    return [line for name in names() for line in heard_in(name)]


def test_every_utterance_is_found() -> None:
    lines = all_heard()
    assert sum(line.found for line in lines) >= 0.99 * len(lines)


@pytest.mark.parametrize("language", RIGHT)
def test_lines_have_the_right_speakers(language: str) -> None:
    lines = [line for line in all_heard() if line.language == language]
    assert sum(line.right for line in lines) >= RIGHT[language] * len(lines)


def test_talks_of_many_have_the_right_speakers() -> None:
    right = total = 0
    for talk in map(annotated_talks.load, annotated_talks.names()):
        reading = read(read_source(talk.text))
        shift = talk.text.find(reading.source.text[:40])
        called = {person.name: person.names for person in reading.people}
        found = {quote.start + shift: [called[s] for s in quote.speakers] for quote in reading.quotes}
        total += len(talk.said)
        right += sum(any(is_called(own, said.by) for own in found.get(said.start, ())) for said in talk.said)
    assert right >= RIGHT_IN_TALKS * total


@pytest.mark.parametrize(("low", "high"), BANDS)
def test_confidence_says_how_often_a_speaker_is_right(low: float, high: float) -> None:
    band = [line for line in all_heard() if line.found and low <= line.confidence < high]
    said = sum(line.confidence for line in band) / len(band)
    assert abs(said - sum(line.right for line in band) / len(band)) <= OFF_BY


def test_those_who_matter_are_in_the_cast_and_few_others() -> None:
    needed = there = cast = known = 0
    for name in names():
        story, reading = read_own(name)
        members = [member.person.names for member in choose_members(reading)]
        matter = [person for person in story.gold.cast if person.role in ("main", "supporting")]
        needed += len(matter)
        there += sum(any(is_same(called, person) for called in members) for person in matter)
        cast += len(members)
        known += sum(any(is_same(called, person) for person in story.gold.cast) for called in members)
    assert there >= 0.9 * needed
    assert known >= 0.85 * cast
