"""What a proof-reader found and nobody mended goes on: to whoever plans again, through the whole graph."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from editing.phase_results import result_of
from graph.build import build_graph
from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode, Settings
from manga.phases import Phase
from manga.storyboard import Storyboard
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini.answering import block_in
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import Studio, studio
from tests.offline.wishes.revising.books import KITE

__all__ = ["gemini"]
pytestmark = pytest.mark.anyio
FAULT = "Nobody is told whose kite it is."


async def _to(it: Studio, phase: Phase, events: list[RunEvent]) -> ReviewRequested:
    while isinstance(review := events[-1], ReviewRequested) and review.phase is not phase:
        events = await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id)
    assert isinstance(review, ReviewRequested)
    return review


async def test_a_wish_for_the_plot_is_told_what_the_storyboards_reader_missed_in_it(gemini: Gemini) -> None:
    gemini.answer("finishing", {"notes": [{"page": 1, "panel": None, "fault": FAULT, "phase": "plot"}]})
    gemini.answer("storyboard_revision", {"changes": [], "anew": [], "refused": []})
    text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=60.0, base_url=gemini.url)
    it = studio()
    services = replace(it.services, text=text)
    it = replace(it, services=services, graph=build_graph(services, it.saver))
    waits = Brief(text=KITE, settings=Settings(seed=5), feedback_mode=FeedbackMode(enabled=True))
    review = await _to(it, Phase.STORYBOARD, await it.run(brief=waits))
    board = result_of(await it.values(), Phase.STORYBOARD, Storyboard)
    assert [note.fault for note in board.notes] == [FAULT], "asked for once, and the page is as it was"
    wish = "the first scene is at night"
    gemini.answer("feedback", {"items": [{"phase": "plot", "instruction": wish, "scope": ["s01"]}]})
    await it.run(answer={"action": "feedback", "text": wish}, interrupt_id=review.interrupt_id)
    await text.aclose()
    asked = {call.prompt_id: block_in(call.words).inputs for call in gemini.calls}
    beat = board.pages[0].panels[0].beats[0]
    assert asked["plot_revision"]["remarks"] == [{"scene": "s01", "beat": beat, "fault": FAULT}]
    assert asked["storyboard_revision"]["faults"] == [f"{board.pages[0].key}: {FAULT}"]
