"""Cases, gold, craft and baseline fit together: nothing is measured twice or left out, schemas are of today."""

import json
from pathlib import Path

import pytest

from evals.all_scorers import METRICS
from evals.baseline_files import read_offline, read_prompts, unmeasured
from evals.lint_prompts import demands, lint
from evals.measured_stories import (
    CASES,
    CasesWrong,
    read_cases,
    reference_beside,
    schema_text,
    stories_beside,
    subjects,
)
from evals.read_gold import names
from manga.characters import Age, Kind
from manga.story_source import read_source
from prompts.library import load_prompts


def test_every_story_with_gold_is_a_case() -> None:
    assert {case.story for case in read_cases().stories if case.story} == set(names())


def test_gold_of_every_story_has_its_place_in_what_models_read() -> None:
    lost = {one.id: one.reference.unplaced for one in subjects() if one.reference and one.reference.unplaced}
    assert lost == {}


def test_the_schema_beside_the_cases_is_of_today() -> None:
    assert (CASES / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_a_wrong_case_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("stories: [{id: a_story, stroy: x}]", encoding="utf-8")
    with pytest.raises(CasesWrong, match=r"wrong\.yaml"):
        read_cases(tmp_path)


def test_a_case_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "twice.yaml").write_text("stories: [{id: ab, text: x}, {id: ab, text: y}]", encoding="utf-8")
    with pytest.raises(CasesWrong, match="ab is there twice"):
        read_cases(tmp_path)


def test_a_case_may_be_a_text_without_gold(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("stories: [{id: ab, text: 'Ann ran home. It was late.'}]", encoding="utf-8")
    (found,) = subjects(cases=tmp_path)
    assert (found.id, found.reference) == ("ab", None)


def test_every_prompt_names_the_craft_that_is_demanded_of_it() -> None:
    assert [str(fault) for fault in lint(load_prompts(), demands())] == []


def test_the_baseline_knows_every_case_and_only_metrics_that_there_are() -> None:
    figures = read_offline().figures
    cases = read_cases()
    assert set(figures) == {*(case.id for case in cases.stories), *(case.id for case in cases.feedback)}
    assert {name for told in figures.values() for name in told} <= set(METRICS)


def test_every_prompt_is_measured_or_let_through_with_a_reason() -> None:
    states = read_prompts()
    hashes = {name: prompt.hash for name, prompt in load_prompts().prompts.items()}
    assert set(unmeasured(hashes, states)) == set()
    assert all(state.measured_by or state.unmeasured for state in states.values())


def annotated(folder: Path, text: str, quote: str, anchor: str) -> Path:
    """A folder as `--beside` reads it: one story, and what somebody found in it."""
    (folder / "gold").mkdir()
    (folder / "own.txt").write_text(text, encoding="utf-8")
    (folder / "untold.txt").write_text(text, encoding="utf-8")
    start = text.index(quote)
    people = [
        {"id": "ann", "name": "Ann", "aliases": ["the girl", ""], "importance": "main", "species": "human",
         "gender": "female", "age_class": "child", "group": False},
        {"id": "owl", "name": "the owl", "aliases": [], "importance": "unheard of", "species": "griffin",
         "gender": None, "age_class": None, "group": False},
    ]  # fmt: skip
    told = {
        "title": "The Owl",
        "language": "en",
        "characters": people,
        "events": [
            {"id": "e1", "pos": text.index(anchor), "anchor": anchor, "text": "Ann runs", "weight": 3},
            {"id": "e2", "pos": 0, "anchor": "words of another story", "text": "?", "weight": 1},
        ],
        "quotes": [
            {"start": start - 1, "end": start + len(quote) + 1, "text": quote, "kind": "speech", "speakers": ["ann"]},
            {"start": 0, "end": 3, "text": "The", "kind": "a kind without a name", "speakers": []},
        ],
    }
    (folder / "gold" / "own.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_annotations_beside_the_project_are_read_at_their_place(tmp_path: Path) -> None:
    """Offsets count the text as it was sent, with its title; ours count what is read."""
    told = 'Ann ran over the moor.\n\n"Who is there?" asked the girl. An owl said nothing.\n\n'
    text = f"The Owl\n\n{told}It flew before her all the way to the mill, and there it sat down on the sail.\n"
    folder = annotated(tmp_path, text, "Who is there?", "ran over")
    assert stories_beside(folder) == ("own",)
    source = read_source(text)
    found = reference_beside(folder, "own", source)
    assert found.unplaced == ()
    assert [source.text[slice(*quote.at)] for quote in found.quotes] == ["Who is there?"]
    assert [source.text[slice(*event.at)] for event in found.events] == ["ran over"]
    ann, owl = found.cast
    assert (ann.aliases, ann.role, ann.kind, ann.gender, ann.age) == (
        ("the girl",), "main", Kind.HUMAN, "female", Age.CHILD,
    )  # fmt: skip
    assert (owl.role, owl.kind, owl.gender, owl.age) == ("minor", Kind.BEAST, None, None)
    assert [one.id for one in subjects("own", folder)] == ["own"]
