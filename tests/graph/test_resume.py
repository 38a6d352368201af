"""What was finished before a crash, a cancel or the end of a quota is never made again."""

import asyncio
from contextlib import aclosing

import pytest

from graph.events import Completed, ImageProgress
from graph.run import run_graph
from manga.errors import NotFound, ProviderFault, QuotaExhausted
from manga.panel_brief import PanelBrief
from tests.graph.crew import ScriptedImages, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio


async def _cancelled_after(it: Studio, done: int) -> list[str]:
    """Runs until some panels are done, then cancels the run; answers the panels that were told as done."""
    finished: list[str] = []
    reached = asyncio.Event()

    async def follow() -> None:
        async for event in run_graph(it.graph, it.services, it.work, epoch=None, brief=brief(), options=it.options):
            if isinstance(event, ImageProgress):
                finished.append(event.panel)
                if len(finished) >= done:
                    reached.set()

    task = asyncio.create_task(follow())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return finished


async def test_a_run_that_is_cancelled_goes_on_and_draws_no_finished_panel_again() -> None:
    stuck = asyncio.Event()

    async def stick(panel: PanelBrief) -> None:
        if panel.panel >= "b0004":
            await stuck.wait()

    it = studio(panels=12, images=ScriptedImages(on_draw=stick))
    finished = await _cancelled_after(it, 4)
    again = it.reopened()
    events = await again.run()
    assert isinstance(events[-1], Completed)
    assert not set(again.images.drawn) & set(finished)
    assert it.count("images_drawn") == 12
    assert it.text.asked == ["concept", "characters", "plot", "storyboard", "lettering"]


async def test_progress_goes_on_where_it_was() -> None:
    stuck = asyncio.Event()

    async def stick(panel: PanelBrief) -> None:
        if panel.panel >= "b0004":
            await stuck.wait()

    it = studio(panels=12, images=ScriptedImages(on_draw=stick))
    await _cancelled_after(it, 4)
    events = await it.reopened().run()
    progress = [event for event in events if isinstance(event, ImageProgress)]
    assert [event.completed for event in progress] == list(range(5, 13))


async def test_a_picture_that_was_stored_before_the_crash_is_found_though_no_checkpoint_knows_it() -> None:
    it = studio(panels=3)
    await it.run(brief=brief())
    # The same story in a thread without checkpoints, over the same objects: as after a kill between store and write.
    again = studio(panels=3)
    again.blobs.objects.update(it.blobs.objects)
    again.ledger.pictures.update(it.ledger.pictures)
    again.work = it.work
    events = await again.run(brief=brief())
    assert again.images.drawn == []
    assert again.count("recalled") == 3
    assert all(event.cached for event in events if isinstance(event, ImageProgress))
    assert isinstance(events[-1], Completed)


async def test_a_crash_in_a_phase_leaves_the_earlier_ones_alone() -> None:
    it = studio()
    lettering = it.text.given.pop("lettering")
    with pytest.raises(KeyError):
        await it.run(brief=brief())
    it.text.given["lettering"] = lettering
    it.text.asked.clear()
    again = it.reopened()
    await again.run()
    assert it.text.asked == ["lettering"]
    assert again.images.drawn == []


async def test_the_end_of_the_daily_quota_parks_the_work_and_loses_no_picture() -> None:
    def quota(panel: PanelBrief) -> None:
        if panel.panel == "b0003":
            raise QuotaExhausted(retry_after_s=3600)

    it = studio(panels=8, images=ScriptedImages(on_draw=quota))
    with pytest.raises(QuotaExhausted):
        await it.run(brief=brief())
    before = set(it.images.drawn) - {"b0003"}
    values = await it.values()
    assert "b0003" in values["deferred"]
    assert set(values["artwork"]) == before
    again = it.reopened()
    events = await again.run()
    assert isinstance(events[-1], Completed)
    assert not set(again.images.drawn) & before
    assert (await it.values())["deferred"] == {}


async def test_after_the_end_of_the_quota_no_other_panel_tries() -> None:
    def quota(panel: PanelBrief) -> None:
        raise QuotaExhausted

    it = studio(panels=30, images=ScriptedImages(on_draw=quota))
    with pytest.raises(QuotaExhausted):
        await it.run(brief=brief())
    assert len(it.images.drawn) <= 5


async def test_a_panel_that_cannot_be_drawn_becomes_a_placeholder_and_the_book_is_finished() -> None:
    def fault(panel: PanelBrief) -> None:
        if panel.panel == "b0002":
            raise ProviderFault("no picture today")

    it = studio(images=ScriptedImages(on_draw=fault))
    events = await it.run(brief=brief())
    values = await it.values()
    assert isinstance(events[-1], Completed)
    assert values["artwork"]["b0002"]["status"] == "placeholder"
    assert values["artwork"]["b0002"]["made"]["reason"] == "no picture today"
    assert values["finishing"]["report"]["placeholders"] == ["b0002"]
    assert it.count("placeholders") == 1


async def test_a_bug_in_the_artist_costs_one_panel_and_not_the_book() -> None:
    def bug(panel: PanelBrief) -> None:
        if panel.panel == "b0001":
            raise ZeroDivisionError

    it = studio(images=ScriptedImages(on_draw=bug))
    events = await it.run(brief=brief())
    assert isinstance(events[-1], Completed)
    assert (await it.values())["artwork"]["b0001"]["status"] == "placeholder"


async def test_when_the_working_time_is_up_the_missing_panels_become_placeholders() -> None:
    it = studio(panels=10)

    def slow(panel: PanelBrief) -> None:
        it.clock.now += 50

    it.images.on_draw = slow
    it.options = type(it.options)(working_seconds=120, images_at_once=1)
    await it.run(brief=brief())
    values = await it.values()
    drawn = [key for key, art in values["artwork"].items() if art["status"] == "drawn"]
    assert len(drawn) == len(it.images.drawn) == 3
    assert "working time" in values["artwork"]["b0009"]["made"]["reason"]


async def test_whoever_stops_listening_stops_the_run_and_another_goes_on() -> None:
    it = studio(panels=12)
    async with aclosing(run_graph(it.graph, it.services, it.work, epoch=None, brief=brief())) as events:
        async for event in events:
            if isinstance(event, ImageProgress):
                break
    assert it.images.active == 0
    assert (await it.values()).get("finishing") is None
    again = it.reopened()
    assert isinstance((await again.run())[-1], Completed)
    assert it.count("images_drawn") == 12


async def test_a_work_that_was_never_begun_cannot_go_on() -> None:
    with pytest.raises(NotFound):
        await studio().run()
