"""Tapes that answer questions which are worded anew: a story's book is told again, another story's is not."""

import json
from pathlib import Path

import pytest

from evals.measured_stories import OPEN, pool_subjects
from evals.model_recorder import NotRecorded, RecordedQuestion, Tape
from evals.nearest_tape import AS_TAPED, NearestTape
from evals.taped_questions import Json
from manga.characters import Cast
from manga.concept import Concept
from manga.storyboard_plan import StoryboardPages
from offline.writer import write_concept
from prompts.library import load_prompts
from providers.base import Ask

pytestmark = pytest.mark.anyio


def text_of(story: str) -> str:
    return pool_subjects(OPEN, story)[0].text


def ask(story: str) -> Ask[Concept]:
    return Ask("concept", {"story": text_of(story), "settings": AS_TAPED}, Concept)


def tape(folder: Path, prompt_id: str, inputs: Json, answer: Json) -> None:
    """As it was asked when the prompt had other words."""
    data = json.dumps({"prompt_id": prompt_id, **inputs}, ensure_ascii=False)
    question = RecordedQuestion(prompt_id, "desk", "old", ("Once upon a time.", f"```json\n{data}\n```"))
    Tape(folder).put(question, answer)


def taped(folder: Path, story: str, text: str = "") -> Concept:
    answer = write_concept({"story": text_of(story), "settings": AS_TAPED})
    tape(folder, "concept", {"story": text or text_of(story), "settings": {}}, answer.to_json())
    return answer


async def test_the_same_story_is_answered_whatever_the_words_of_the_prompt(tmp_path: Path) -> None:
    answer = taped(tmp_path, "en_rope")
    taped(tmp_path, "en_seal")
    assert await NearestTape(tmp_path, load_prompts()).answer(ask("en_rope")) == answer


async def test_no_other_story_is(tmp_path: Path) -> None:
    taped(tmp_path, "en_rope")
    with pytest.raises(NotRecorded):
        await NearestTape(tmp_path, load_prompts()).answer(ask("ja_kasa"))


def test_a_story_that_was_taped_in_halves_is_asked_for_in_halves(tmp_path: Path) -> None:
    taped(tmp_path, "en_rope", text_of("en_rope")[:4000])
    assert not NearestTape(tmp_path, load_prompts()).holds(ask("en_rope"))
    assert NearestTape(tmp_path, load_prompts()).holds(ask("en_seal"))


def cast(*names: str) -> dict[str, list[Json]]:
    people = enumerate(names, 1)
    return {"characters": [{"key": f"c{n:02d}", "name": name, "description": "-", "look": {}} for n, name in people]}


async def test_people_are_those_of_the_book_that_lies_on_tape(tmp_path: Path) -> None:
    """Of another run, whose keys mean other people, only the cast was kept."""
    story = {"story": text_of("en_rope")}
    for run, people in enumerate((cast("Marit", "Luc"), cast("Marit", "Anselm"))):
        tape(tmp_path, "characters", {**story, "run": run}, people)
    tape(tmp_path, "storyboard_plan", {"cast": cast("Marit", "Anselm")["characters"]}, {})
    found = await NearestTape(tmp_path, load_prompts()).answer(Ask("characters", story, Cast))
    assert [person.name for person in found.characters] == ["Marit", "Anselm"]


async def test_a_page_of_moments_that_no_tape_has_drawn_is_not_told(tmp_path: Path) -> None:
    plot = [{"key": "s01", "beats": [{"key": "b0001", "told": "A lantern goes out on the stairs."}]}]
    panel = {"beats": ["b0001"], "role": "talk", "importance": 2, "direction": {"shot": "medium", "setting": ""}}
    tape(tmp_path, "storyboard_pages", {"plot": plot}, {"pages": [{"key": "g001", "number": 1, "panels": [panel]}]})

    async def pages(*beats: str) -> list[int]:
        wanted = [{"number": 1, "beats": list(beats), "lines": []}]
        asked = Ask("storyboard_pages", {"plot": plot, "pages": wanted}, StoryboardPages)
        return [page.number for page in (await NearestTape(tmp_path, load_prompts()).answer(asked)).pages]

    assert await pages("b0001", "b0002") == [1]
    with pytest.raises(NotRecorded):
        await pages("b0002")
