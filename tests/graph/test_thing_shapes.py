"""Shapes of things through the whole graph: a plot's unknown thing is asked for once, over Google's wire, and drawn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from editing.phase_results import result_of
from editing.state_as_json import Json
from graph.build import STEPS, build_graph
from graph.events import Completed, ReviewRequested, RunEvent
from graph.nodes.thing_shapes import draw_things
from graph.state import State
from manga.brief import Brief, FeedbackMode, Settings
from manga.losses import Reason
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.plot import Plot
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini import plots, storyboards
from tests.gemini.answering import block_in
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import CREW, ScriptedImages, Studio, studio
from tests.offline.wishes.revising.books import KITE

__all__ = ["gemini"]
pytestmark = pytest.mark.anyio
WORD = "seltzogene"
TALL, WIDE = ("M 40 0 L 60 0 L 60 100 L 40 100 Z", "M 0 40 L 100 40 L 100 60 L 0 60 Z")


def plot_with_a_thing(inputs: Json) -> Json:
    """What the stub answers, with a thing in the first moment that no register has."""
    answer = plots.draft(inputs)
    beat = answer["scenes"][0]["beats"][0]
    beat["props"] = [WORD, *beat.get("props", ())]
    return answer


def pages_with_it(inputs: Json) -> Json:
    """The first panel of the book is directed to show it."""
    answer: Json = storyboards.ANSWERS["storyboard_pages"](inputs)
    page = answer["pages"][0]
    if page["number"] == 1:
        direction = page["panels"][0]["direction"]
        direction["props"] = [f"an old {WORD}"]
    return answer


def drawn_as(path: str) -> Any:
    def answer(inputs: Json) -> Json:
        marks = [{"surface": "light", "path": path}]
        return {"things": [{"key": thing["key"], "cm": 40, "marks": marks} for thing in inputs["things"]]}

    return answer


@dataclass
class Work:
    """A work at the stub, and the briefs that its artist has got."""

    it: Studio
    briefs: list[PanelBrief] = field(default_factory=list)

    async def plot(self) -> Plot:
        return result_of(await self.it.values(), Phase.PLOT, Plot)

    async def answered(self, events: list[RunEvent], **answer: Any) -> list[RunEvent]:
        review = events[-1]
        assert isinstance(review, ReviewRequested)
        return await self.it.run(answer=answer, interrupt_id=review.interrupt_id)

    async def to(self, phase: Phase | None, events: list[RunEvent]) -> list[RunEvent]:
        """Everything is approved up to a phase's review, or to the end."""
        while isinstance(events[-1], ReviewRequested) and events[-1].phase is not phase:
            events = await self.answered(events, action="approve")
        return events


@asynccontextmanager
async def work_at(gemini: Gemini) -> AsyncIterator[Work]:
    gemini.answer("plot", plot_with_a_thing)
    gemini.answer("storyboard_pages", pages_with_it)
    gemini.answer("thing_shapes", drawn_as(TALL))
    text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=60.0, base_url=gemini.url)
    briefs: list[PanelBrief] = []
    it = studio(images=ScriptedImages(on_draw=briefs.append))
    services = replace(it.services, text=text)
    steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
    yield Work(replace(it, services=services, graph=build_graph(services, it.saver, steps=steps)), briefs)
    await text.aclose()


def brief(*, feedback: bool = False) -> Brief:
    return Brief(text=KITE, settings=Settings(seed=5), feedback_mode=FeedbackMode(enabled=feedback))


async def test_an_unknown_thing_is_asked_for_once_and_drawn_where_it_is_shown(gemini: Gemini) -> None:
    async with work_at(gemini) as work:
        assert isinstance((await work.it.run(brief=brief()))[-1], Completed)
        (thing,) = (await work.plot()).things
        showing = {panel.panel for panel in work.briefs if panel.things == (thing,)}
        directed = {panel.panel for panel in work.briefs if any(WORD in prop for prop in panel.direction.props)}
    assert (thing.word, thing.marks[0].path) == (WORD, "M40 0L60 0L60 100L40 100Z")
    assert showing == directed != set()
    (call,) = [call for call in gemini.calls if call.prompt_id == "thing_shapes"]
    assert [one["word"] for one in block_in(call.words).inputs["things"]] == [WORD]


async def test_a_person_sees_it_in_the_plots_review_and_a_wish_draws_it_alone_anew(gemini: Gemini) -> None:
    async with work_at(gemini) as work:
        seen = await work.to(Phase.PLOT, await work.it.run(brief=brief(feedback=True)))
        assert [thing.word for thing in (await work.plot()).things] == [WORD]
        ended = await work.to(Phase.LETTERING, seen)
        drawn, showing = len(work.briefs), {panel.panel for panel in work.briefs if panel.things}
        gemini.answer("thing_shapes", drawn_as(WIDE))
        wish = "the seltzogene is lower and wider"
        gemini.answer("feedback", {"items": [{"phase": "plot", "instruction": wish, "scope": ["t01"]}]})
        review = (await work.to(Phase.PLOT, await work.answered(ended, action="feedback", text=wish)))[-1]
        assert isinstance(review, ReviewRequested)
        assert [(one["instruction"], one["changed"]) for one in review.data["answered"]] == [(wish, [WORD])]
        await work.to(Phase.LETTERING, [review])
        (thing,) = (await work.plot()).things
    assert thing.marks[0].path == "M0 40L100 40L100 60L0 60Z"
    assert {panel.panel: panel.things for panel in work.briefs[drawn:]} == dict.fromkeys(showing, (thing,))
    asked = [call.prompt_id for call in gemini.calls]
    assert (asked.count("thing_shapes"), asked.count("plot"), asked.count("plot_revision")) == (2, 1, 0)


async def test_a_shape_that_a_person_throws_away_is_in_no_picture_and_needs_no_word(gemini: Gemini) -> None:
    async with work_at(gemini) as work:
        seen = await work.to(Phase.PLOT, await work.it.run(brief=brief(feedback=True)))
        edit = {"change_type": "drag_drop", "element_id": "t01", "change_data": {"delete": True}}
        again = await work.answered(seen, action="edit", edits=[edit])
        assert isinstance(again[-1], ReviewRequested)
        assert (again[-1].phase, "answered" in again[-1].data) == (Phase.PLOT, False)
        await work.to(Phase.LETTERING, again)
    assert work.briefs
    assert not any(panel.things for panel in work.briefs)
    assert gemini.count(prompt_id="thing_shapes") == 1


async def test_a_wish_for_the_whole_plot_leaves_what_a_person_has_set_of_a_thing(gemini: Gemini) -> None:
    async with work_at(gemini) as work:
        seen = await work.to(Phase.PLOT, await work.it.run(brief=brief(feedback=True)))
        edit = {"change_type": "selection", "element_id": "t01", "change_data": {"cm": 90.0}}
        seen = await work.answered(seen, action="edit", edits=[edit])
        wish = "全部で3ページにして"
        gemini.answer("feedback", {"items": [{"phase": "plot", "instruction": wish, "scope": []}]})
        review = (await work.answered(seen, action="feedback", text=wish))[-1]
        assert isinstance(review, ReviewRequested)
        plot = await work.plot()
    assert (review.phase, len(plot.pages)) == (Phase.PLOT, 3)
    assert [(thing.word, thing.cm) for thing in plot.things] == [(WORD, 90.0)]
    assert gemini.count(prompt_id="thing_shapes") == 1


async def test_a_provider_that_refuses_costs_the_shape_and_the_work_tells_it(gemini: Gemini) -> None:
    async with work_at(gemini) as work:
        gemini.fail("blocked", times=9, prompt="thing_shapes")
        assert isinstance((await work.it.run(brief=brief()))[-1], Completed)
        plot = await work.plot()
    assert plot.things == ()
    assert [(loss.said, loss.reason) for loss in plot.losses if loss.what == "shape"] == [(WORD, Reason.NO_ANSWER)]


async def test_a_work_of_before_there_were_shapes_is_asked_for_none(gemini: Gemini) -> None:
    """Its storyboard stands, and no word says that anything was asked."""
    async with work_at(gemini) as work:
        gemini.answer("plot", plots.draft)
        ended = await work.to(Phase.LETTERING, await work.it.run(brief=brief(feedback=True)))
        state = dict(await work.it.values())
        del state["things"]
        raw = state["plot"]
        raw["scenes"][0]["beats"][0]["props"] = [WORD]
        assert isinstance(ended[-1], ReviewRequested)
        runtime: Any = None
        assert await draw_things(cast("State", state), work.it.services, {}, runtime) == {}
    assert gemini.count(prompt_id="thing_shapes") == 0
