"""Character sheets through Google's real library over HTTP: what goes out, and what becomes of refusals and faults."""

from dataclasses import replace

import pytest

from editing.sheet_status import kept_sheets
from editing.state_as_json import Json
from graph.build import build_graph
from graph.events import Completed, ReviewRequested
from manga.errors import ProviderRefused, QuotaExhausted
from manga.phases import Phase
from providers.google.images import GoogleImages
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import brief
from tests.providers.google.image_models import OpenImages, cards, open_images, painter

__all__ = ["cards", "gemini", "open_images", "painter"]
pytestmark = pytest.mark.anyio


def _with(images: GoogleImages) -> Studio:
    it = studio(panels=2)
    services = replace(it.services, images=images)
    return replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))


def _references(state: Json) -> dict[str, tuple[str, ...]]:
    return {person["key"]: tuple(person["reference_images"]) for person in state["characters"]["characters"]}


async def _characters(it: Studio) -> ReviewRequested:
    *_, review = await it.run(brief=brief(feedback=True))
    while isinstance(review, ReviewRequested) and review.phase is not Phase.CHARACTERS:
        *_, review = await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id)
    assert isinstance(review, ReviewRequested)
    return review


async def test_each_panel_is_asked_for_with_the_sheets_of_those_who_are_seen(
    cards: Gemini, open_images: OpenImages
) -> None:
    it = _with(open_images())
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    sheets = [call for call in cards.calls if call.prompt_id == "sheet"]
    panels = [call for call in cards.calls if call.prompt_id == "artwork"]
    assert [call.pictures for call in sheets] == [(), ()]
    state = await it.values()
    # Objects are named by their digest, and so are the pictures of a call.
    assert {call.pictures for call in panels} == set(_references(state).values())
    assert len({name for names in _references(state).values() for name in names}) == 2
    assert kept_sheets(state)["c01"].made.cost_usd > 0  # type: ignore[arg-type]
    assert (it.count("images"), it.count("images_drawn")) == (4, 4)
    assert it.count("image_microusd") > 4 * 30_000


@pytest.mark.parametrize("fault", ["image_safety", "image_prohibited", "blocked"])
async def test_a_refused_sheet_comes_with_the_second_seed(cards: Gemini, open_images: OpenImages, fault: str) -> None:
    cards.fail(fault, prompt="sheet")
    it = _with(open_images())
    review = await _characters(it)
    assert "missing_sheets" not in review.data
    calls = [call for call in cards.calls if call.prompt_id == "sheet"]
    assert len(calls) == 3
    assert len({call.config["seed"] for call in calls}) == 3
    assert sorted(sheet.take for sheet in kept_sheets(await it.values()).values()) == [0, 1]  # type: ignore[arg-type]


async def test_a_sheet_that_stays_refused_holds_the_review(cards: Gemini, open_images: OpenImages) -> None:
    cards.fail("image_safety", times=99, prompt="sheet")
    review = await _characters(_with(open_images()))
    assert review.data["on_timeout"] == "hold"
    assert [one["name"] for one in review.data["missing_sheets"]] == ["ごん", "兵十"]
    assert all(one["reason"] for one in review.data["missing_sheets"])
    assert len(cards.calls) == 4


@pytest.mark.parametrize("fault", ["no_image", "image_bytes", "image_truncated", "500", "502html"])
async def test_a_fault_is_waited_for_and_the_sheet_comes(cards: Gemini, open_images: OpenImages, fault: str) -> None:
    cards.fail(fault, prompt="sheet")
    it = _with(open_images())
    assert "missing_sheets" not in (await _characters(it)).data
    assert it.clock.slept == [2]
    assert all(_references(await it.values()).values())


@pytest.mark.parametrize(("fault", "error"), [("429day", QuotaExhausted), ("403", ProviderRefused)])
async def test_what_no_other_call_would_escape_ends_the_run_and_keeps_the_sheets(
    cards: Gemini, open_images: OpenImages, fault: str, error: type[Exception]
) -> None:
    cards.fail(fault, first=2, times=99, prompt="sheet")
    it = _with(open_images())
    it.options = replace(it.options, images_at_once=1)
    with pytest.raises(error):
        await it.run(brief=brief())
    assert it.count("images_drawn") == 1
    cards.recover()
    assert isinstance((await it.run())[-1], Completed)
    assert len([call for call in cards.calls if call.prompt_id == "sheet" and not call.fault]) == 2
