"""A story goes through the seven phases, and nothing is made twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.events import Completed, ImageProgress, PageReady, PhaseComplete, PhaseStarted
from manga.artwork import Drawn
from manga.panel_brief import PanelBrief
from manga.phases import PHASES
from providers.base import Picture, Sheet
from tests.graph.crew import ScriptedImages, studio
from tests.graph.told import PANELS, brief

pytestmark = pytest.mark.anyio


async def test_a_story_goes_through_the_seven_phases_in_order() -> None:
    it = studio()
    events = await it.run(brief=brief())
    assert [e.phase for e in events if isinstance(e, PhaseStarted)] == list(PHASES)
    assert [e.phase for e in events if isinstance(e, PhaseComplete)] == list(PHASES)
    assert isinstance(events[-1], Completed)
    assert events[-1].book["title"] == "狐の話"
    assert it.text.asked == ["concept", "characters", "plot", "storyboard", "lettering"]


async def test_every_panel_tells_of_its_progress() -> None:
    events = await studio().run(brief=brief())
    progress = [e for e in events if isinstance(e, ImageProgress)]
    assert [e.completed for e in progress] == list(range(1, PANELS + 1))
    assert {e.total for e in progress} == {PANELS}


class TellingImages(ScriptedImages):
    """Says what it has drawn."""

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        drawn = await super().draw(brief, sheets, simplified=simplified)
        return replace(drawn, drawn=Drawn(place="forest", things=("lantern",)))


async def test_what_an_artist_says_that_it_drew_is_kept_with_the_picture() -> None:
    it = studio(images=TellingImages())
    await it.run(brief=brief())
    art = (await it.values())["artwork"]
    assert art
    assert all(one["drawn"]["things"] == ["lantern"] for one in art.values())


async def test_a_page_is_told_of_as_soon_as_it_is_ready() -> None:
    it = studio()
    events = await it.run(brief=brief())
    pages = [e for e in events if isinstance(e, PageReady)]
    assert [page.number for page in pages] == [1]
    assert await it.blobs.get(f"local/{it.work}/{pages[0].image}")


async def test_each_phase_becomes_a_version_whose_parent_is_the_one_before() -> None:
    it = studio()
    await it.run(brief=brief())
    versions = it.ledger.versions
    assert [v.phase for v in versions.values()] == list(PHASES)
    assert [v.parent for v in versions.values()] == [None, *list(versions)[:-1]]
    assert list(versions.values())[-1].quality_score == 0.5


async def test_a_preview_of_every_phase_is_stored_under_its_content() -> None:
    it = studio()
    await it.run(brief=brief())
    previews = (await it.values())["previews"]
    assert list(previews) == [phase.value for phase in PHASES]
    assert all([await it.blobs.exists(f"local/{it.work}/{name}") for name in previews.values()])


async def test_a_recipe_stands_beside_every_result() -> None:
    it = studio()
    await it.run(brief=brief())
    recipes = (await it.values())["recipes"]
    assert recipes["plot"]["model"] == "scripted/1"
    assert recipes["artwork"]["model"] == "scripted-images/1"


async def test_never_more_than_five_pictures_at_once() -> None:
    it = studio(panels=30)
    await it.run(brief=brief())
    assert it.images.peak == 5
    assert len(it.images.drawn) == 30


async def test_two_runs_give_the_same_book_whatever_the_order_of_the_pictures() -> None:
    later = asyncio.Event()

    async def backwards(panel: PanelBrief) -> None:
        if panel.panel == "b0004":
            later.set()
        elif panel.panel < "b0003":
            await later.wait()

    one, other = studio(), studio(images=ScriptedImages(on_draw=backwards))
    first, second = await one.run(brief=brief()), await other.run(brief=brief())
    values, values_other = await one.values(), await other.values()
    for phase in PHASES:
        assert values[phase.value] == values_other[phase.value]
    assert isinstance(first[-1], Completed)
    assert isinstance(second[-1], Completed)
    assert first[-1].book == second[-1].book
    done = [e.panel for e in second if isinstance(e, ImageProgress)]
    assert done != sorted(done)


async def test_starting_a_finished_work_again_calls_nobody() -> None:
    it = studio()
    await it.run(brief=brief())
    asked, drawn = list(it.text.asked), list(it.images.drawn)
    events = await it.run(brief=brief())
    assert [type(e) for e in events] == [Completed]
    assert (it.text.asked, it.images.drawn) == (asked, drawn)


async def test_calls_and_pictures_are_counted_on_the_work() -> None:
    it = studio()
    await it.run(brief=brief())
    assert it.count("text_calls") == 5
    assert it.count("text_calls:plot") == 1
    assert it.count("images_drawn") == PANELS
    assert it.count("recalled") == 0
