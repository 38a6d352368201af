"""Questions fit the context of a small model: against a server that refuses what is longer, as llama.cpp does."""

from pathlib import Path
from typing import Any

import pytest

from agents.characters import make_cast
from agents.concept import make_concept
from agents.lettering import Wisher
from agents.lettering_proposals import Proposer
from agents.picture_wishes import redirected
from agents.plot.agent import make_plot
from agents.proofreading import Reader
from agents.storyboard.agent import make_storyboard
from calls.services import SystemClock
from manga.brief import Settings
from manga.errors import BriefRejected
from manga.revision import Revision, Wish
from prompts.library import load_prompts
from providers.base import AMPLE, CallLimits
from providers.context_room import ContextRoom, tokens_of
from tests.openai.server import OpenAi
from tests.providers.langchain.conftest import OpenText, ask_concept

pytestmark = pytest.mark.anyio
CONTEXT = 16_000
STORIES = Path(__file__).parents[3] / "evals" / "stories" / "open"
WISHES: tuple[Wish, ...] = (("make everybody bigger", ()),)


def test_a_japanese_sign_takes_as_much_room_as_three_letters_of_english() -> None:
    assert tokens_of("夜") == 1
    assert tokens_of("It is dark.") == 3


def test_room_is_left_for_an_answer_and_for_it_once_more_beside_its_faults() -> None:
    room = ContextRoom(load_prompts(), CONTEXT)
    assert room.holds(ask_concept())
    assert room.holds(ask_concept(answer_tokens=6_000))
    assert not room.holds(ask_concept(answer_tokens=8_000))


async def test_a_context_is_everybodys_unless_a_question_has_its_own(open_text: OpenText) -> None:
    assert open_text().room("plot") is AMPLE
    limits = {
        "all": CallLimits(context=CONTEXT),
        "plot": CallLimits(thinking="low"),
        "feedback": CallLimits(context=9_000),
    }
    text = open_text(limits=limits)
    found = [text.room(prompt) for prompt in ("concept", "plot", "plot_part", "feedback")]
    assert [room.tokens for room in found if isinstance(room, ContextRoom)] == [CONTEXT, CONTEXT, CONTEXT, 9_000]


async def test_a_question_that_is_too_long_is_told_with_what_helps(open_text: OpenText, openai_stub: OpenAi) -> None:
    openai_stub.desk.context = 500
    with pytest.raises(BriefRejected, match="longer than openai:gpt-5 can read") as caught:
        await open_text().answer(ask_concept())
    assert "MANGA_TEXT_LIMITS" in caught.value.remedy
    assert len(openai_stub.calls) == 1


@pytest.mark.slow
@pytest.mark.parametrize("names", [("en_seal",), ("ja_kasa", "ja_okujo", "ja_tasuki", "ja_kasa", "ja_okujo")])
async def test_a_story_of_eighteen_thousand_characters_is_asked_about_without_one_refusal(
    names: tuple[str, ...], open_text: OpenText, openai_stub: OpenAi
) -> None:
    story = "".join((STORIES / f"{name}.txt").read_text(encoding="utf-8") for name in names)
    assert len(story) > 18_000
    openai_stub.desk.context = CONTEXT
    text, settings, clock = open_text(limits={"all": CallLimits(context=CONTEXT)}), Settings(), SystemClock()
    concept = await make_concept(story=story, settings=settings, text=text)
    cast = await make_cast(story=story, concept=concept, settings=settings, text=text)
    plot = await make_plot(story=story, concept=concept, cast=cast, settings=settings, text=text)
    told: dict[str, Any] = {"plot": plot, "cast": cast, "concept": concept, "settings": settings, "text": text}
    board = await make_storyboard(**told)
    assert {panel.scene for panel in board.panels()} == {scene.key for scene in plot.scenes}
    await Reader(text, clock).of_storyboard(board, concept, None)
    await Proposer(text, clock, concept, settings).proposed(board, None)
    await make_storyboard(**told, revision=Revision(WISHES, board))
    await redirected(storyboard=board, cast=cast, text=text, revision=Revision(WISHES))
    await Wisher(text, Revision(WISHES), cast, None, ()).carried_out(board)
    asked = {call.prompt_id for call in openai_stub.calls}
    assert asked == {
        "concept", "characters", "plot_part", "storyboard_plan", "storyboard_pages", "finishing", "lettering_proposal",
        "storyboard_revision", "redrawing", "lettering",
    }  # fmt: skip
    assert [call.prompt_id for call in openai_stub.calls if call.status != 200] == []
    longest = max(len(call.words) for call in openai_stub.calls)
    assert longest > 12_000, "the room is used"
