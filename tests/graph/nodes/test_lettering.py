"""What a model proposes for the letters is asked for while the panels are drawn, once."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pytest

from agents.lettering import PROPOSAL
from graph.build import build_graph
from graph.events import Completed
from manga.errors import ProviderBusy
from manga.panel_brief import PanelBrief
from manga.proposed_changes import LetteringProposal
from manga.values import Value
from providers.base import Ask
from tests.graph.crew import CREW, ScriptedImages, ScriptedText, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio
Answer = TypeVar("Answer", bound=Value)


@dataclass
class Proposing(ScriptedText):
    """A model that is asked what it would have otherwise, and fails at first so many times."""

    fails: int = 0
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, prompt_id: str) -> bool:
        return prompt_id == PROPOSAL

    async def answer(self, ask: Ask[Answer]) -> Answer:
        if ask.prompt_id != PROPOSAL:
            return await super().answer(ask)
        self.asked.append(PROPOSAL)
        self.was_asked.set()
        if self.fails:
            self.fails -= 1
            raise ProviderBusy
        return ask.output_type.of(LetteringProposal().to_json())


def proposing(text: Proposing, images: ScriptedImages) -> Studio:
    it = studio(panels=4, images=images)
    services = replace(it.services, text=text)
    return replace(it, services=services, text=text, graph=build_graph(services, it.saver, steps=CREW))


async def test_the_proposal_is_asked_for_before_any_panel_is_done() -> None:
    text = Proposing(studio(panels=4).text.given)

    async def on_draw(panel: PanelBrief) -> None:
        await asyncio.wait_for(text.was_asked.wait(), 5)

    it = proposing(text, ScriptedImages(on_draw=on_draw))
    events = await it.run(brief=brief())
    assert isinstance(events[-1], Completed)
    assert text.asked.count(PROPOSAL) == 1
    assert it.count(f"text_calls:{'lettering'}") >= 1


async def test_a_proposal_that_cannot_be_had_stops_no_panel() -> None:
    text = Proposing(studio(panels=4).text.given, fails=99)
    it = proposing(text, ScriptedImages())
    await it.run(brief=brief())
    assert {art["status"] for art in (await it.values())["artwork"].values()} == {"drawn"}
