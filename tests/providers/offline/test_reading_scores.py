"""The offline readers measured against the annotations of our own stories, all of one language together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from drawing.lettering.balloons import DOUBT
from evals.gold import Person, Story, load, names
from manga.characters import Cast
from manga.plot import LineKind
from tests.providers.offline.stories import lines_of, read_all

RIGHT = {"ja": 0.8, "en": 0.92}
"""Least share of utterances with a right speaker."""
SURE_RIGHT = {"ja": 0.9, "en": 0.95}
"""Least share of right ones among those whose speaker is sure enough for a tail."""
LEAST_SURE = 0.7
"""Share of utterances whose speaker is sure enough for a tail."""
LANGUAGES = tuple(RIGHT)


class Heard(NamedTuple):
    """What became of one utterance of the gold."""

    right: bool
    sure: bool


def stories(language: str) -> list[Story]:
    return [load(name) for name in names() if name.startswith(language)]


def normal(name: str) -> str:
    plain = re.sub(r"^(?:the|a|an|poor|old|little|dear|mr\.?|mrs\.?|mme\.?|madame) (?=\w)", "", name.strip().lower())
    return re.sub(r"(?:さん|さま|様|ちゃん|くん|君|殿)$", "", plain) if len(plain) > 3 else plain


def same(called: list[str], gold: Person) -> bool:
    wanted = [normal(n) for n in (gold.name, *gold.aliases)]
    found = [normal(n) for n in called]
    return any(f == w or (len(f) > 1 and len(w) > 1 and (f in w or w in f)) for f in found for w in wanted)


def keys(cast: Cast, key: str | None, gold: tuple[Person, ...]) -> set[str]:
    character = cast.get(key) if key else None
    return {g.key for g in gold if character and same([character.name, *character.aliases], g)}


def heard(story: Story) -> Iterator[Heard]:
    """Utterances of the gold that are lines of the plot; a line begins at its mark or behind it."""
    _, cast, plot = read_all(story.raw)
    said = {line.span.start: line for line in lines_of(plot) if line.kind is not LineKind.NARRATION}
    for quote in story.gold.spoken():
        line = next((said[quote.at[0] + i] for i in (0, -1, 1) if quote.at[0] + i in said), None)
        if line:
            right = bool(keys(cast, line.speaker, story.gold.cast) & set(quote.by))
            yield Heard(right, bool(line.speaker) and line.confidence >= DOUBT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_utterances_are_all_there_and_have_the_right_speakers(language: str) -> None:
    utterances = sum(len(story.gold.spoken()) for story in stories(language))
    found = [one for story in stories(language) for one in heard(story)]
    assert len(found) >= 0.98 * utterances
    assert sum(one.right for one in found) >= RIGHT[language] * utterances
    sure = [one.right for one in found if one.sure]
    assert sum(sure) >= SURE_RIGHT[language] * len(sure)
    assert len(sure) >= LEAST_SURE * utterances


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_matter_are_in_the_cast_and_the_title_is_the_storys(language: str) -> None:
    needed = there = 0
    for story in stories(language):
        concept, cast, _ = read_all(story.raw)
        wanted = [person for person in story.gold.cast if person.role in ("main", "supporting")]
        needed += len(wanted)
        there += sum(any(same([c.name, *c.aliases], person) for c in cast.characters) for person in wanted)
        assert concept.title == story.gold.title
    assert there >= 0.9 * needed


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenes_are_about_as_many_as_a_careful_reader_finds(language: str) -> None:
    told = stories(language)
    found = {story.name: len(read_all(story.raw)[2].scenes) for story in told}
    assert min(found.values()) >= 2
    assert 0.6 <= sum(found.values()) / sum(len(story.gold.scenes) for story in told) <= 1.5
