"""The stories of the open pool have every part of gold that pictures are compared with."""

import re

import pytest

from evals.read_gold import STORIES, Story, gold_path, load, names
from evals.write_gold_offsets import written
from manga.story_source import read_source

OPEN = STORIES / "open"


@pytest.fixture(params=names(OPEN))
def story(request: pytest.FixtureRequest) -> Story:
    return load(request.param, OPEN)


def test_there_are_six_of_names_that_no_known_story_has() -> None:
    assert {path.stem for path in OPEN.glob("*.txt")} == set(names(OPEN))
    assert [name[:2] for name in names(OPEN)] == ["en"] * 3 + ["ja"] * 3
    assert not set(names(OPEN)) & set(names())


def test_every_part_is_filled(story: Story) -> None:
    gold = story.gold
    assert all(scene.settings for scene in gold.scenes)
    assert all(event.deed for event in gold.events)
    assert 3 <= sum(event.great for event in gold.events) <= 5
    assert 5 <= len(gold.things) <= 13
    assert len(gold.never) >= 5
    assert gold.held


def test_what_a_reader_gets_is_what_the_gold_counts_in(story: Story) -> None:
    source = read_source(story.raw)
    assert (source.text, source.title) == (story.body, story.gold.title)
    assert source.language is story.gold.language
    assert gold_path(story.name, OPEN).read_text(encoding="utf-8") == written(story.gold)


def test_everybody_acts_where_they_are(story: Story) -> None:
    gold = story.gold
    there = {key for scene in gold.scenes for key in scene.who}
    assert there == {person.key for person in gold.cast if person.role != "mentioned"}
    assert all(set(event.who) <= set(story.scene_at(event.at[0]).who) for event in gold.events)
    assert all(set(quote.by) <= set(story.scene_at(quote.at[0]).who) for quote in gold.quotes)
    assert all(one.who in story.scene_at(one.at[0]).who for one in gold.held)


def test_each_is_as_long_as_the_table_says() -> None:
    readme = (STORIES / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", readme, re.MULTILINE))
    told = {name: int(table[name].replace(",", "")) for name in names(OPEN)}
    assert told == {name: len(load(name, OPEN).body) for name in names(OPEN)}
    assert max(told.values()) in range(15_000, 20_001)
