"""A question as a chat model reads it."""

import json
import re

import pytest
from pydantic import ValidationError

from manga.brief import Settings
from manga.concept import Concept
from manga.revision import Revision
from manga.storyboard_plan import StoryboardPages
from prompts.library import load_prompts
from providers.base import Ask
from providers.question_text import faults, fenced, rendered, unfenced


def asked(**more: object) -> Ask[Concept]:
    given = {"prompt_id": "concept", "inputs": {"story": "話", "settings": Settings()}, "output_type": Concept}
    return Ask(**(given | more))  # type: ignore[arg-type] # a test's own keywords


def block_of(user: str) -> dict[str, object]:
    found: list[str] = re.findall(r"^```json\n(.*?)\n```$", user, re.DOTALL | re.MULTILINE)
    (only,) = found
    data: dict[str, object] = json.loads(only)
    return data


def test_the_inputs_stand_in_one_block_under_their_names() -> None:
    _, user = rendered(asked(), load_prompts())
    assert block_of(user) == {"prompt_id": "concept", "story": "話", "settings": {}}
    assert "(`story` in the data below)" in user


def test_a_wish_stands_in_the_block_with_its_own_keys() -> None:
    wishes = asked(revision=Revision((("a", ("k1",)), ("b", ()))))
    block = block_of(rendered(wishes, load_prompts())[1])
    assert (block["instructions"], block["scopes"]) == (["a", "b"], [["k1"], []])


def test_the_system_text_holds_nothing_that_somebody_wrote() -> None:
    system, _ = rendered(asked(inputs={"story": "$world ばら", "settings": Settings()}), load_prompts())
    assert "ばら" not in system


@pytest.mark.parametrize("text", ["```", "~~~\n```json\n{}\n```", "\n```\n", "`" * 9])
def test_no_text_can_end_the_fence(text: str) -> None:
    block = fenced({"story": text})
    assert block.count("```") == 2
    assert json.loads(block.splitlines()[1]) == {"story": text}


def test_inputs_that_a_prompt_does_not_declare_are_refused() -> None:
    with pytest.raises(ValueError, match="mood"):
        rendered(asked(inputs={"story": "", "settings": Settings(), "mood": ""}), load_prompts())


def test_an_answer_loses_its_fence_and_nothing_else() -> None:
    assert unfenced('```json\n{"a": 1}\n```\n') == '{"a": 1}'
    assert unfenced('{"a": "```"}') == '{"a": "```"}'


def test_faults_name_the_place_and_none_of_the_answer() -> None:
    with pytest.raises(ValidationError) as caught:
        Concept.model_validate_json('{"title": 3, "secret": "ひみつ"}')
    told = faults(caught.value)
    assert any(fault.startswith("title: ") for fault in told)
    assert "ひみつ" not in " ".join(told)


def test_an_answer_is_shown_again_by_the_schema_that_it_answers() -> None:
    """What code sets of pages is no part of it: a model that copies it would be refused."""
    part = {"key": "l0001.1", "line": "l0001", "kind": "speech", "text": "や", "confidence": 0.7}
    direction = {"shot": "bust", "setting": "room"}
    panel = {"beats": ["b0001"], "role": "talk", "importance": 2, "direction": direction, "dialogue": {"parts": [part]}}
    pages = StoryboardPages.of({"pages": [{"number": 1, "panels": [panel]}]})
    made = pages.pages[0].model_copy(update={"hook": "who?", "pace": "tense"})
    before = Revision((("a", ()),), StoryboardPages(pages=(made,)))
    inputs = dict.fromkeys(
        ("plot", "left_out", "cast", "concept", "pages", "around", "sides", "settings", "faults"), ""
    )
    again = Ask("storyboard_pages", inputs, StoryboardPages, before)
    told = json.dumps(block_of(rendered(again, load_prompts())[1])["previous"])
    assert "l0001.1" in told
    assert not [name for name in ("span", "confidence", "ruby", "hook", "pace", "losses") if f'"{name}"' in told]
