"""Pictures are looked at through Google's real libraries over HTTP: what goes out, what is paid, what is held back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from calls.money import Tariff
from graph.build import build_graph
from graph.events import Completed
from manga.brief import Settings
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import brief
from tests.providers.google.image_models import OpenImages, cards, open_images, painter

__all__ = ["cards", "gemini", "open_images", "painter"]
pytestmark = pytest.mark.anyio
FAULT = {"faults": [{"kind": "letters", "what": "a sign bears letters"}]}
PRICED = Tariff(paid_pictures=True, picture_usd=0.0336, draws_sheets=True)


@pytest.fixture
async def editor(cards: Gemini) -> AsyncIterator[GoogleText]:
    text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=20.0, base_url=cards.url)
    yield text
    await text.aclose()


def work(open_images: OpenImages, editor: GoogleText, *, looks: bool, tariff: Tariff = PRICED) -> Studio:
    """Two panels; the words of the scripted crew, pictures and looks over the wire."""
    it = studio(panels=2)

    class Seeing:
        """The crew's own answers, and Google's to what it is shown."""

        name = "scripted/1"

        def answers(self, prompt_id: str) -> bool:
            return prompt_id == "artwork_proof"

        def room(self, prompt_id: str) -> None:
            return None

        async def answer(self, ask: Any) -> Any:
            return await (editor if ask.prompt_id == "artwork_proof" else it.text).answer(ask)

    services = replace(it.services, text=Seeing(), images=open_images(), proves_pictures=looks, tariff=tariff)
    return replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))


def count(gemini: Gemini, prompt: str) -> int:
    return sum(call.prompt_id == prompt for call in gemini.calls)


async def test_every_picture_is_shown_once_with_its_scene_and_a_fault_is_drawn_again_once(
    cards: Gemini, open_images: OpenImages, editor: GoogleText
) -> None:
    cards.answer("artwork_proof", FAULT)
    it = work(open_images, editor, looks=True)
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    looks = [call for call in cards.calls if call.prompt_id == "artwork_proof"]
    assert (len(looks), count(cards, "artwork")) == (4, 4)
    assert all(len(call.pictures) == 1 for call in looks)
    assert len({call.pictures for call in looks}) == 4
    assert sum("Of the picture before" in call.words for call in cards.calls if call.prompt_id == "artwork") == 2
    art = (await it.values())["artwork"]
    assert {tuple(one["made"]["faults"]) for one in art.values()} == {("letters: a sign bears letters",)}
    assert all(one["made"]["cost_usd"] > 2 * 0.03 for one in art.values())


async def test_nobody_looks_unless_it_is_asked_for(cards: Gemini, open_images: OpenImages, editor: GoogleText) -> None:
    it = work(open_images, editor, looks=False)
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    assert (count(cards, "artwork_proof"), count(cards, "artwork")) == (0, 2)


async def test_a_fault_stays_where_the_works_money_is_for_panels_to_come(
    cards: Gemini, open_images: OpenImages, editor: GoogleText
) -> None:
    cards.answer("artwork_proof", FAULT)
    it = work(open_images, editor, looks=True)
    limit = 2 * 0.034 + 0.01
    it.options = replace(it.options, max_cost_usd=limit)
    request = brief().model_copy(update={"settings": Settings(seed=7, max_cost_usd=limit)})
    assert isinstance((await it.run(brief=request))[-1], Completed)
    assert (count(cards, "sheet"), count(cards, "artwork")) == (0, 2)
    assert {one["status"] for one in (await it.values())["artwork"].values()} == {"drawn"}
