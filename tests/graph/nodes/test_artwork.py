"""What becomes of a book's panels when some of them cannot be drawn: deferred, given up, or stopped for all."""

from dataclasses import replace

import pytest

from graph.context import RunOptions
from graph.events import Completed, ImageProgress, RunEvent
from graph.run import run_graph
from manga.errors import ContentBlocked, MangaError, ProviderBusy, ProviderRefused, QuotaExhausted, RateLimited
from manga.panel_brief import PanelBrief
from tests.graph.crew import ScriptedImages, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio
BUSY = "b0003"


def refusing(error: MangaError, *panels: str) -> ScriptedImages:
    """Raises the error at some panels (none named: at all), always."""

    def on_draw(panel: PanelBrief) -> None:
        if not panels or panel.panel in panels:
            raise error

    return ScriptedImages(on_draw=on_draw)


async def stopped(it: Studio, error: MangaError) -> None:
    with pytest.raises(type(error)):
        await it.run(brief=brief())


@pytest.mark.parametrize("error", [ProviderBusy(), RateLimited(), RateLimited(retry_after_s=3)], ids=repr)
async def test_a_panel_whose_provider_is_busy_is_deferred_and_the_others_are_drawn(error: MangaError) -> None:
    it = studio(panels=8, images=refusing(error, BUSY))
    await stopped(it, error)
    values = await it.values()
    assert sorted(values["deferred"]) == [BUSY]
    assert values["deferred"][BUSY]["code"] == error.code
    assert len(values["artwork"]) == 7
    assert it.images.drawn.count(BUSY) == 4


async def test_the_next_run_draws_the_deferred_panels_and_no_other() -> None:
    it = studio(panels=8, images=refusing(ProviderBusy(), BUSY, "b0005"))
    await stopped(it, ProviderBusy())
    again = it.reopened()
    events = await again.run()
    assert isinstance(events[-1], Completed)
    assert sorted(again.images.drawn) == [BUSY, "b0005"]
    values = await again.values()
    assert values["deferred"] == {}
    assert {art["status"] for art in values["artwork"].values()} == {"drawn"}


async def test_a_deferred_panel_is_not_told_as_done() -> None:
    it = studio(panels=4, images=refusing(ProviderBusy(), BUSY))
    heard: list[RunEvent] = []
    with pytest.raises(ProviderBusy):
        await followed(it, heard)
    told = {event.panel: event for event in heard if isinstance(event, ImageProgress)}
    assert told[BUSY].status == "deferred"
    assert max(event.completed for event in told.values()) == 3


async def followed(it: Studio, heard: list[RunEvent]) -> None:
    async for event in run_graph(it.graph, it.services, it.work, epoch=None, brief=brief(), options=it.options):
        heard.append(event)  # noqa: PERF401  what was heard before the error counts


async def test_in_the_last_try_what_waited_becomes_a_placeholder_that_says_why() -> None:
    it = studio(panels=6, images=refusing(ProviderBusy("All places are taken."), BUSY))
    await stopped(it, ProviderBusy())
    again = replace(it.reopened(it.images), options=RunOptions(last_try=True))
    events = await again.run()
    assert isinstance(events[-1], Completed)
    art = (await again.values())["artwork"]
    assert {key for key in art if art[key]["status"] == "placeholder"} == {BUSY}
    assert art[BUSY]["made"]["reason"] == "All places are taken."
    assert again.images.drawn.count(BUSY) == 8  # four and four: no simpler prompt helps a busy provider


async def test_a_key_that_is_refused_stops_the_work_before_every_panel_has_asked() -> None:
    error = ProviderRefused("The key is not accepted.", remedy="Check the key.")
    it = studio(panels=30, images=refusing(error))
    await stopped(it, error)
    assert len(it.images.drawn) <= 5
    values = await it.values()
    assert values.get("artwork") == {}
    again = it.reopened()
    assert isinstance((await again.run())[-1], Completed)
    assert it.count("images_drawn") == 30


async def test_what_lasts_longest_is_what_the_work_waits_for() -> None:
    def on_draw(panel: PanelBrief) -> None:
        if panel.panel == "b0001":
            raise ProviderBusy
        if panel.panel == "b0002":
            raise QuotaExhausted

    it = studio(panels=4, images=ScriptedImages(on_draw=on_draw))
    with pytest.raises(QuotaExhausted):
        await it.run(brief=brief())


async def test_a_refusal_of_a_panel_is_asked_simplified_once_and_never_defers() -> None:
    it = studio(panels=4, images=refusing(ContentBlocked("Blood."), BUSY))
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    assert it.images.drawn.count(BUSY) == 2
    assert (await it.values())["artwork"][BUSY]["made"]["reason"] == "Blood."
