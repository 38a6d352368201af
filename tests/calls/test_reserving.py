"""Pictures are kept for a work when its artwork begins, and what it does not use is given back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.build import build_graph
from graph.context import RunOptions
from graph.events import Completed
from manga.errors import QuotaExhausted
from manga.panel_brief import PanelBrief
from providers.base import Picture, Sheet
from storage.base import Api
from storage.provider_allowance import Limit, LocalAllowance
from tests.graph.crew import CREW, ScriptedImages, Studio, studio
from tests.graph.told import brief as story

pytestmark = pytest.mark.anyio


class Today:
    """Moved by hand."""

    now = datetime(2026, 11, 26, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class PaidImages(ScriptedImages):
    """Looks at what is kept while it draws; some pictures fail at first."""

    allowance: LocalAllowance | None = None
    kept: list[int] = field(default_factory=list)

    @property
    def paid(self) -> bool:
        return True

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        assert self.allowance is not None
        self.kept.append((await self.allowance.standing(Api.IMAGES)).reserved)
        picture = await super().draw(brief, sheets, simplified=simplified)
        return replace(picture, cost_usd=0.04)


def paid_studio(panels: int, a_day: int, today: Today) -> tuple[Studio, PaidImages, LocalAllowance]:
    allowance = LocalAllowance({api: Limit(a_day, 60_000) for api in Api}, today)
    images = PaidImages(allowance=allowance)
    made = studio(panels, images=images)
    services = replace(made.services, allowance=allowance)
    return replace(made, services=services, graph=build_graph(services, made.saver, steps=CREW)), images, allowance


async def test_all_pictures_are_kept_before_the_first_is_drawn() -> None:
    made, images, allowance = paid_studio(8, 10, Today())
    events = await made.run(brief=story())
    assert isinstance(events[-1], Completed)
    assert max(images.kept) == 7, "eight, and one is being drawn"
    standing = await allowance.standing(Api.IMAGES)
    assert (standing.used, standing.reserved) == (8, 0)
    assert (made.count("images"), made.count("image_microusd")) == (8, 320_000)


async def test_another_work_does_not_get_what_is_kept_for_this_one() -> None:
    today = Today()
    made, images, allowance = paid_studio(8, 10, today)
    taken: list[int] = []

    async def another(brief: PanelBrief) -> None:
        if not taken:
            taken.append(0)
            turns = (allowance.take(Api.IMAGES, "another work") for _ in range(5))
            ends = await asyncio.gather(*turns, return_exceptions=True)
            taken.append(sum(isinstance(end, float) for end in ends))

    images.on_draw = another
    assert isinstance((await made.run(brief=story()))[-1], Completed)
    assert taken == [0, 2]


async def test_with_fewer_left_the_rest_waits_for_the_next_day_and_nothing_is_drawn_twice() -> None:
    today = Today()
    made, images, allowance = paid_studio(8, 5, today)
    with pytest.raises(QuotaExhausted) as parked:
        await made.run(brief=story())
    assert parked.value.retry_after_s == 12 * 3600
    assert (len(images.drawn), len((await made.values())["deferred"])) == (5, 3)
    assert (await allowance.standing(Api.IMAGES)).reserved == 0
    today.now += timedelta(seconds=parked.value.retry_after_s)
    assert isinstance((await made.run())[-1], Completed)
    assert sorted(images.drawn) == sorted({*images.drawn})
    assert (len(images.drawn), made.count("images")) == (8, 8)


async def test_a_run_that_is_stopped_gives_back_what_it_kept() -> None:
    made, images, allowance = paid_studio(8, 10, Today())
    drawing = asyncio.Event()

    async def for_ever(brief: PanelBrief) -> None:
        drawing.set()
        await asyncio.Event().wait()

    images.on_draw = for_ever
    running = asyncio.create_task(made.run(brief=story()))
    await drawing.wait()
    assert (await allowance.standing(Api.IMAGES)).reserved > 0
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await allowance.standing(Api.IMAGES)).reserved == 0


async def test_panels_that_a_cost_limit_leaves_out_become_placeholders_with_the_reason() -> None:
    made, images, _ = paid_studio(8, 100, Today())
    services = replace(made.services, tariff=replace(made.services.tariff, paid_pictures=True, picture_usd=0.04))
    made = replace(made, services=services, graph=build_graph(services, made.saver, steps=CREW))
    made = replace(made, options=RunOptions(max_cost_usd=0.21))
    assert isinstance((await made.run(brief=story()))[-1], Completed)
    assert len(images.drawn) == 5
    lost = [art["made"] for art in (await made.values())["artwork"].values() if art["status"] == "placeholder"]
    assert len(lost) == 3
    assert all("of 0.21 USD are spent" in made["reason"] and made["attempts"] == 0 for made in lost)
