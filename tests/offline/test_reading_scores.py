"""Whole plots beside the annotations of our own stories, all of one language together.

Who speaks is measured by `test_own_stories`.
"""

import re

import pytest

from evals.read_gold import Person, Story, load, names
from manga.plot import LineKind
from tests.offline.stories import lines_of, read_all

LANGUAGES = ("ja", "en")


def stories(language: str) -> list[Story]:
    return [load(name) for name in names() if name.startswith(language)]


def normal(name: str) -> str:
    plain = re.sub(r"^(?:the|a|an|poor|old|little|dear|mr\.?|mrs\.?|mme\.?|madame) (?=\w)", "", name.strip().lower())
    return re.sub(r"(?:さん|さま|様|ちゃん|くん|君|殿)$", "", plain) if len(plain) > 3 else plain


def same(called: list[str], gold: Person) -> bool:
    wanted = [normal(n) for n in (gold.name, *gold.aliases)]
    found = [normal(n) for n in called]
    return any(f == w or (len(f) > 1 and len(w) > 1 and (f in w or w in f)) for f in found for w in wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_utterance_is_a_line(language: str) -> None:
    """A line begins at its mark or behind it."""
    utterances = found = 0
    for story in stories(language):
        _, _, plot = read_all(story.raw)
        said = {line.span.start for line in lines_of(plot) if line.kind is not LineKind.NARRATION}
        quotes = story.gold.spoken()
        utterances += len(quotes)
        found += sum(bool({quote.at[0] + i for i in (-1, 0, 1)} & said) for quote in quotes)
    assert found >= 0.98 * utterances


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
