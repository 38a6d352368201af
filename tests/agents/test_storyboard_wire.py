"""Phase 4 through Google's own libraries over HTTP: planned calls, faults on the way, answers that nobody can use."""

import math
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from pydantic import SecretStr

from agents.retry import Backoff, retried
from agents.storyboard.agent import make_storyboard
from agents.storyboard.draft_in_batches import BATCH
from manga.errors import AnswerInvalid, ContentBlocked, ProviderBusy
from manga.revision import Revision
from manga.storyboard import Storyboard
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.agents.unasked import Cupboard
from tests.gemini import storyboards
from tests.gemini.kept import gemini, running
from tests.gemini.server import Gemini
from tests.gemini.wire import Json
from tests.graph.crew import StillClock
from tests.offline.storyboard_plots import Inputs, story

__all__ = ["gemini", "running"]
pytestmark = pytest.mark.anyio
POLICY = Backoff(base_s=1.0, max_s=30.0)


@pytest.fixture
async def text(gemini: Gemini) -> AsyncIterator[GoogleText]:
    model = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=20.0, base_url=gemini.url)
    yield model
    await model.aclose()


async def _made(given: Inputs, text: GoogleText, shelf: Cupboard, **more: Any) -> Storyboard:
    async def once() -> Storyboard:
        return await make_storyboard(
            plot=given.plot,
            cast=given.cast,
            concept=given.concept,
            settings=given.settings,
            text=text,
            shelf=shelf,
            **more,
        )

    return await retried(once, POLICY, StillClock())


async def test_a_book_takes_one_call_for_the_plan_and_one_for_every_few_pages(gemini: Gemini, text: GoogleText) -> None:
    board = await _made(story("ja_tokei"), text, Cupboard())
    assert len(board.pages) > 3 * BATCH
    assert gemini.count(prompt_id="storyboard_plan") == 1
    assert gemini.count(prompt_id="storyboard_pages") == math.ceil(len(board.pages) / BATCH)
    assert all(call.unknown_keywords == frozenset() for call in gemini.calls)
    runs = [[panel.importance for panel in page.panels] for page in board.pages]
    assert all(a != b for a, b in pairwise(runs))


async def test_what_fails_on_the_way_is_the_only_thing_that_is_called_again(gemini: Gemini, text: GoogleText) -> None:
    good = await _made(story("ja_housou"), text, Cupboard())
    planned = len(gemini.calls)
    gemini.reset()
    gemini.fail("503", first=2, prompt="storyboard_pages")
    gemini.fail("429", first=1, prompt="storyboard_plan")
    assert await _made(story("ja_housou"), text, Cupboard()) == good
    assert len(gemini.calls) == planned + 2


async def test_an_overload_that_does_not_end_is_told_as_one(gemini: Gemini, text: GoogleText) -> None:
    gemini.fail("503", times=99, prompt="storyboard_pages")
    with pytest.raises(ProviderBusy):
        await _made(story("en_mole"), text, Cupboard())


async def test_a_page_of_five_hundred_panels_is_no_answer(gemini: Gemini, text: GoogleText) -> None:
    def flooded(inputs: Json) -> Json:
        answer = storyboards.pages(inputs)
        answer["pages"][0]["panels"] *= 500 // len(answer["pages"][0]["panels"]) + 1
        return answer

    gemini.answer("storyboard_pages", flooded)
    with pytest.raises(AnswerInvalid, match=r"pages\.0\.panels"):
        await _made(story("en_mole"), text, Cupboard())
    assert gemini.count(prompt_id="storyboard_plan") == 1


async def test_a_refused_passage_is_told_and_not_tried_again(gemini: Gemini, text: GoogleText) -> None:
    gemini.fail("safety", times=99, prompt="storyboard_pages")
    with pytest.raises(ContentBlocked):
        await _made(story("en_mole"), text, Cupboard())
    calls = gemini.count(prompt_id="storyboard_pages")
    assert calls == len({call.digest for call in gemini.calls if call.prompt_id == "storyboard_pages"})


async def test_a_plan_that_is_cut_off_costs_no_book(gemini: Gemini, text: GoogleText) -> None:
    gemini.fail("max_tokens", times=99, prompt="storyboard_plan")
    assert (await _made(story("en_mole"), text, Cupboard())).pages


async def test_a_wish_asks_for_what_is_otherwise_on_the_pages_it_is_about(gemini: Gemini, text: GoogleText) -> None:
    given, shelf = story("ja_housou"), Cupboard()
    before = await _made(given, text, shelf)
    gemini.reset()
    key = before.pages[2].panels[0].key
    after = await _made(given, text, shelf, revision=Revision((("このコマを大きく", (key,)),), before))
    assert [call.prompt_id for call in gemini.calls] == ["storyboard_revision"]
    changed = {a.key: b for a, b in zip(before.panels(), after.panels(), strict=True) if a != b}
    assert set(changed) == {key}
    assert changed[key].importance > before.pages[2].panels[0].importance
