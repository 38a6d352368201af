"""Tapes that answer questions which are worded anew: a story's book is told again, another story's is not."""

import json
from pathlib import Path

import pytest

from evals.measured_stories import OPEN, pool_subjects
from evals.model_recorder import NotRecorded, RecordedQuestion, Tape
from evals.nearest_tape import AS_TAPED, NearestTape
from manga.concept import Concept
from offline.writer import write_concept
from prompts.library import load_prompts
from providers.base import Ask

pytestmark = pytest.mark.anyio


def ask(story: str) -> Ask[Concept]:
    text = pool_subjects(OPEN, story)[0].text
    return Ask("concept", {"story": text, "settings": AS_TAPED}, Concept)


def taped(folder: Path, story: str) -> Concept:
    """As it was asked when the prompt had other words."""
    text = pool_subjects(OPEN, story)[0].text
    answer = write_concept({"story": text, "settings": AS_TAPED})
    data = json.dumps({"prompt_id": "concept", "story": text, "settings": {}}, ensure_ascii=False)
    question = RecordedQuestion("concept", "desk", "old", ("Once upon a time.", f"```json\n{data}\n```"))
    Tape(folder).put(question, answer.to_json())
    return answer


async def test_the_same_story_is_answered_whatever_the_words_of_the_prompt(tmp_path: Path) -> None:
    answer = taped(tmp_path, "en_rope")
    taped(tmp_path, "en_seal")
    assert await NearestTape(tmp_path, load_prompts()).answer(ask("en_rope")) == answer


async def test_no_other_story_is(tmp_path: Path) -> None:
    taped(tmp_path, "en_rope")
    with pytest.raises(NotRecorded):
        await NearestTape(tmp_path, load_prompts()).answer(ask("ja_kasa"))
