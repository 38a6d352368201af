"""The gold of our own stories fits them, and gold that does not fit is refused."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any

import jsonschema_rs
import pytest
import yaml
from pydantic import ValidationError

from evals.read_gold import STORIES, Gold, GoldWrong, Story, gold_path, load, names, schema, schema_text
from evals.write_gold_offsets import main, place, placed, written
from manga.concept import Genre
from manga.read_yaml import read_yaml
from manga.story_source import read_source

STORY = "en_mole"
Change = Callable[[dict[str, Any]], None]

loaded = cache(load)


def told(name: str) -> Any:
    """A gold file's content as plain values."""
    return read_yaml(gold_path(name).read_text(encoding="utf-8"))


@pytest.fixture(params=names())
def story(request: pytest.FixtureRequest) -> Story:
    return loaded(request.param)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one story and its gold, to be spoiled."""
    (tmp_path / "gold").mkdir()
    copyfile(STORIES / f"{STORY}.txt", tmp_path / f"{STORY}.txt")
    copyfile(gold_path(STORY), gold_path(STORY, tmp_path))
    return tmp_path


def spoil(root: Path, change: Change) -> None:
    content = told(STORY)
    change(content)
    gold_path(STORY, root).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_there_are_six_stories_in_each_language() -> None:
    assert len({path.stem for path in STORIES.glob("*.txt")}) == 12
    assert {path.stem for path in STORIES.glob("*.txt")} == set(names())
    assert [name[:2] for name in names()].count("ja") == 6
    assert all(loaded(name).gold.language == name[:2] for name in names())


def test_together_they_cover_kinds_and_ways_of_telling() -> None:
    golds = [loaded(name).gold for name in names()]
    genres = {genre for gold in golds for genre in gold.genres}
    wanted = {
        Genre.SCHOOL, Genre.FOLK_TALE, Genre.MYSTERY, Genre.SCIENCE_FICTION, Genre.COMEDY, Genre.SLICE_OF_LIFE,
    }  # fmt: skip
    assert wanted <= genres
    ways = {way for gold in golds for way in gold.ways}
    everything = {"first_person", "many_speakers", "no_dialogue", "dialogue_only", "letters", "flashback", "animals"}
    assert ways == everything


def test_every_story_is_of_a_length_that_is_measured(story: Story) -> None:
    assert 600 <= len(story.body) <= 6_000


def test_what_a_reader_gets_is_what_the_gold_counts_in(story: Story) -> None:
    source = read_source(story.raw)
    assert source.text == story.body
    assert source.title == story.gold.title
    assert source.language is story.gold.language


def test_a_story_told_in_some_way_shows_it(story: Story) -> None:
    gold, spoken = story.gold, sum(quote.at[1] - quote.at[0] for quote in story.gold.spoken())
    shows = {
        "first_person": any(scene.teller for scene in gold.scenes),
        "letters": len({scene.teller for scene in gold.scenes}) > 1,
        "many_speakers": len({key for quote in gold.spoken() for key in quote.by}) >= 7,
        "no_dialogue": not spoken,
        "dialogue_only": spoken > 0.9 * len(story.body.replace("\n", "")) - 2 * len(gold.quotes),
        "flashback": any(scene.flashback for scene in gold.scenes),
        "animals": sum(person.kind not in {"human", None} for person in gold.cast) >= 2,
    }
    assert {way for way in shows if shows[way]} >= set(gold.ways)


def test_everybody_who_is_there_is_seen_in_a_scene_and_who_is_only_mentioned_is_not(story: Story) -> None:
    there = {key for scene in story.gold.scenes for key in scene.who}
    assert there == {person.key for person in story.gold.cast if person.role != "mentioned"}


def test_who_speaks_is_there(story: Story) -> None:
    """But for words that were written."""
    absent = [
        (quote.text, quote.by)
        for quote in story.gold.quotes
        if quote.kind != "letter" and not set(quote.by) <= set(story.scene_at(quote.at[0]).who)
    ]
    assert absent == []


def test_an_event_has_somebody_of_its_scene(story: Story) -> None:
    """All of them, unless somebody is remembered."""
    strange = [event.what for event in story.gold.events if not set(event.who) & set(story.scene_at(event.at[0]).who)]
    assert strange == []


def test_every_story_has_an_event_in_each_third(story: Story) -> None:
    thirds = {3 * event.at[0] // len(story.body) for event in story.gold.events}
    assert thirds == {0, 1, 2}
    assert any(event.weight == 3 and 3 * event.at[0] // len(story.body) == 2 for event in story.gold.events)


def test_a_gold_file_obeys_the_schema_beside_it(story: Story) -> None:
    jsonschema_rs.Draft202012Validator(json.loads((STORIES / "gold" / "schema.json").read_text())).validate(
        told(story.name)
    )


def test_the_schema_is_that_of_the_models() -> None:
    assert (STORIES / "gold" / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert not jsonschema_rs.Draft202012Validator(dict(schema())).is_valid({**told(STORY), "mood": "glad"})


def test_offsets_are_found_again_from_words_alone(story: Story) -> None:
    content = told(story.name)
    for label in ("scenes", "events", "quotes", "unmarked"):
        for one in content.get(label, ()):
            del one["at"]
    assert placed(story.body, content) == story.gold


def test_a_gold_file_is_written_as_it_would_be_placed(story: Story) -> None:
    assert gold_path(story.name).read_text(encoding="utf-8") == written(story.gold)


def test_placing_moves_gold_with_a_story_that_was_changed(root: Path) -> None:
    text = root / f"{STORY}.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("In the year", "Once, in the year"), encoding="utf-8")
    spoil(root, lambda gold: gold["scenes"][0].update(anchor="Once, in the year"))
    with pytest.raises(GoldWrong, match="is not at"):
        load(STORY, root)
    place(STORY, root)
    assert load(STORY, root).gold.events[0].at[0] == loaded(STORY).gold.events[0].at[0] + len("Once, ")


def test_placing_says_which_words_are_gone(root: Path) -> None:
    spoil(root, lambda gold: gold["events"][0].update(anchor="Fox met nobody"))
    with pytest.raises(GoldWrong, match="'Fox met nobody' is not in the story"):
        place(STORY, root)


def test_the_command_places_stories_by_name(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    spoil(root, lambda gold: gold["quotes"][3].update(text="What does a sun cost?"))
    assert main([STORY], root) == 1
    copyfile(gold_path(STORY), gold_path(STORY, root))
    assert main([STORY], root) == 0
    assert "11 events, 24 quotes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda gold: gold.update(title="How Mole Sold the Moon"), "the title is"),
        (lambda gold: gold["events"][2].update(at=[5, 9]), "is not at 5..9"),
        (lambda gold: gold["events"].reverse(), "not in the order of the text"),
        (lambda gold: gold["events"][4].update(key="e15"), "not numbered"),
        (lambda gold: gold["scenes"].pop(0), "does not begin with the story"),
        (lambda gold: gold["quotes"].pop(7), "no quote has the mark"),
        (lambda gold: gold["quotes"].insert(7, gold["quotes"][6]), "begins before the last one ends"),
        (lambda gold: gold["quotes"][0].update(by=["badger"]), "'badger' is not in the cast"),
        (lambda gold: gold["quotes"][0].update(by=[]), "is speech by"),
        (lambda gold: gold["quotes"][0].update(kind="sign"), "is sign by"),
        (lambda gold: gold["quotes"][0].update(match="any"), "leaves nothing open"),
        (lambda gold: gold["cast"][0].update(aliases=["Moldwarp"]), "'Moldwarp' of mole is not in the text"),
        (lambda gold: gold["cast"][0].update(looks=["spectacles"]), "'spectacles' of mole is not in the text"),
        (lambda gold: gold["cast"][3].update(name="Badger"), "nothing in the text names owl"),
        (lambda gold: gold["cast"].append(gold["cast"][0]), "two of the cast have one key"),
        (lambda gold: [one.update(role="minor") for one in gold["cast"]], "nobody is main"),
    ],
)
def test_gold_that_does_not_fit_its_story_is_refused(root: Path, change: Change, wrong: str) -> None:
    spoil(root, change)
    with pytest.raises(GoldWrong, match=wrong):
        load(STORY, root)


def test_gold_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValidationError, match="weather"):
        Gold.of({**told(STORY), "scenes": [{**told(STORY)["scenes"][0], "weather": "hail"}]})


def marked(root: Path, **parts: Any) -> None:
    """The story's gold with these parts of what pictures are compared with, and no others."""

    def change(content: dict[str, Any]) -> None:
        content.update(things=[], held=[], never=[])
        for event in content["events"]:
            event.pop("things", None)
        content.update(parts)

    spoil(root, change)


def test_things_that_are_used_must_be_listed(root: Path) -> None:
    held = {"who": "mole", "thing": "worms", "anchor": "Mole carried them up", "at": [728, 748]}
    marked(root, held=[held])
    with pytest.raises(GoldWrong, match="'worms' is not among the things"):
        load(STORY, root)


def test_offsets_of_what_pictures_show_are_found(root: Path) -> None:
    thing = {"key": "worms", "name": "worms", "nouns": ["worm"], "anchor": "How many worms"}
    held = {"who": "mole", "thing": "worms", "anchor": "Mole carried them up", "until": "every one,"}
    never = {"kind": "simile", "anchor": "You goose!", "nouns": ["goose"]}
    marked(root, things=[thing], held=[held], never=[never])
    place(STORY, root)
    gold = load(STORY, root).gold
    assert gold.held[0].until_at is not None
    assert gold.held[0].at[0] < gold.held[0].until_at[0]
    assert gold.never[0].nouns == ("goose",)


def test_an_anchor_of_a_thing_that_stands_twice_is_refused(root: Path) -> None:
    marked(root, things=[{"key": "moon", "name": "moon", "nouns": ["moon"], "anchor": "Mole"}])
    with pytest.raises(GoldWrong, match="it must be once"):
        place(STORY, root)


def test_a_doer_is_somebody_who_is_seen_in_the_event(root: Path) -> None:
    spoil(root, lambda content: content["events"][4].update(doer=["owl"], deed="dig"))
    with pytest.raises(GoldWrong, match="'owl' is not seen in e5"):
        load(STORY, root)
