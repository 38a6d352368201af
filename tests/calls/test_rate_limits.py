"""When a call that costs something may be made: breaker, allowance, clock, and the work's own places."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from calls.ledger import PlainLedger
from calls.money import Tariff
from calls.rate_limits import Models, Place, Turns
from calls.running_works import Desks
from calls.services import Services
from graph.context import RunOptions
from manga.errors import AnswerInvalid, CostLimitReached, ProviderBusy, ProviderTimeout, QuotaExhausted, TimeUsedUp
from manga.panel_brief import PanelBrief
from prompts.library import PromptLibrary
from providers.base import Picture, Sheet, SheetBrief
from providers.process_pool import InlineOffload
from storage.base import Api
from storage.database import Pool
from storage.tenant_limits import PicturesADay
from tests.graph.crew import MemoryBlobs, ScriptedText, StillClock
from tests.graph.gates import Gate

pytestmark = pytest.mark.anyio

PANEL, SHEET = cast("PanelBrief", None), cast("SheetBrief", None)
"""The image model here does not look at them."""


@dataclass
class PaidImages:
    """Costs four cents a picture."""

    name: str = "paid-images/1"
    paid: bool = True
    most_sheets: int = 0

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        return Picture(b"x", "image/png", 10, 10, model=self.name, cost_usd=0.04)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return Picture(b"x", "image/png", 10, 10, model=self.name, cost_usd=0.04)


def services(clock: StillClock, allowance: Gate, **more: object) -> Services:
    made = Services(
        ScriptedText({}), PaidImages(), MemoryBlobs(), PlainLedger(), InlineOffload(), PromptLibrary({}), clock,
        Desks(clock), allowance, tariff=Tariff(paid_pictures=True, picture_usd=0.04),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type] # fields by name


async def test_a_call_waits_for_as_long_as_the_allowance_says() -> None:
    clock, gate = StillClock(), Gate(waits=[0.0, 2.5])
    turns = Turns(gate, clock, Models())
    for _ in range(2):
        await turns.turn(Api.TEXT, "w")
    assert (clock.slept, gate.taken) == ([2.5], [(Api.TEXT, "w")] * 2)


async def test_whose_turn_comes_too_late_does_not_wait_for_it() -> None:
    clock = StillClock(now=100)
    with pytest.raises(TimeUsedUp):
        await Turns(Gate(waits=[30]), clock, Models()).turn(Api.IMAGES, "w", until=120)
    assert clock.slept == []


async def test_a_model_that_is_left_alone_costs_no_turn() -> None:
    clock, gate = StillClock(), Gate()
    turns = Turns(gate, clock, Models())
    for _ in range(5):
        with pytest.raises(ProviderTimeout):
            async with turns.call(Api.IMAGES, "model", "w"):
                raise ProviderTimeout
    with pytest.raises(ProviderBusy) as refused:
        async with turns.call(Api.IMAGES, "model", "w"):
            raise AssertionError("not made")
    assert refused.value.retry_after_s == 30
    assert len(gate.taken) == 5
    async with turns.call(Api.IMAGES, "another model", "w"):
        assert len(gate.taken) == 6


async def test_all_works_together_make_so_many_calls_of_a_model_at_once() -> None:
    clock, running, peak = StillClock(), 0, 0
    turns = Turns(Gate(), clock, Models(calls_at_once=3))

    async def call(work: str) -> None:
        nonlocal running, peak
        async with turns.call(Api.IMAGES, "model", work):
            running += 1
            peak = max(peak, running)
            for _ in range(5):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(call(f"w{n}") for n in range(12)))
    assert peak == 3


async def test_a_work_books_no_more_turns_than_it_has_places() -> None:
    """Else a long book would hold up every other work for minutes."""
    clock, gate, go = StillClock(), Gate(), asyncio.Event()
    made = services(clock, gate)
    with made.desks.opened("w", RunOptions(images_at_once=2)) as desk:

        async def draw() -> None:
            async with made.place(desk, "w"):
                await go.wait()

        drawing = [asyncio.create_task(draw()) for _ in range(10)]
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(gate.taken) == 2
        go.set()
        await asyncio.gather(*drawing)
    assert len(gate.taken) == 10


@pytest.mark.parametrize("wait", [0.0, 700.0])
async def test_the_place_is_free_again_when_there_is_no_turn(wait: float) -> None:
    clock = StillClock()
    gate = Gate(waits=[wait], left=1 if wait else 0)
    made = services(clock, gate)
    with made.desks.opened("w", RunOptions(images_at_once=1, working_seconds=600)) as desk:
        with pytest.raises(TimeUsedUp if wait else QuotaExhausted):
            async with made.place(desk, "w"):
                raise AssertionError("not made")
        assert not desk.gate.locked()


async def fail_at(place: Place) -> None:
    async with place:
        assert place.desk.gate.locked()
        raise ProviderBusy


async def test_one_place_serves_one_call_after_another() -> None:
    made = services(StillClock(), Gate())
    with made.desks.opened("w", RunOptions(images_at_once=1)) as desk:
        place = made.place(desk, "w")
        for _ in range(2):
            with pytest.raises(ProviderBusy):
                await fail_at(place)
            assert not desk.gate.locked()


async def test_nobody_tries_once_every_further_call_is_useless() -> None:
    gate = Gate()
    made = services(StillClock(), gate)
    with made.desks.opened("w", RunOptions()) as desk:
        desk.exhausted = QuotaExhausted("no more today")
        with pytest.raises(QuotaExhausted, match="no more today"):
            async with made.place(desk, "w"):
                raise AssertionError("not made")
    assert gate.taken == []


async def test_an_image_model_that_costs_nothing_takes_no_turn() -> None:
    gate = Gate()
    made = services(StillClock(), gate, images=PaidImages(paid=False))
    with made.desks.opened("w", RunOptions(max_cost_usd=0)) as desk:
        async with made.place(desk, "w"):
            assert gate.taken == []
        assert made.images_of(desk, "w") is made.images


async def test_a_picture_is_counted_with_its_cost_before_it_is_stored() -> None:
    made = services(StillClock(), Gate())
    with made.desks.opened("w", RunOptions()) as desk:
        images = made.images_of(desk, "w")
        await images.draw(PANEL)
        await images.draw_sheet(SHEET)
    assert await made.ledger.counted("w") == {"images": 2, "image_microusd": 80_000}


async def test_a_picture_that_cannot_be_read_is_paid_for_all_the_same() -> None:
    class Blots(PaidImages):
        async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
            error = AnswerInvalid("not a picture")
            error.cost_usd = 0.04
            raise error

    made = services(StillClock(), Gate(), images=Blots())
    with made.desks.opened("w", RunOptions()) as desk:
        images = made.images_of(desk, "w")
        with pytest.raises(AnswerInvalid):
            await images.draw(PANEL)
        assert desk.purse.spent_usd == 0.04
    assert await made.ledger.counted("w") == {"images": 1, "image_microusd": 40_000}


async def test_pictures_at_the_same_time_do_not_pass_the_cost_limit_together() -> None:
    made = services(StillClock(), Gate())
    await made.ledger.count("w", {"text_microusd": 10_000, "image_microusd": 30_000})
    with made.desks.opened("w", RunOptions(max_cost_usd=0.17, images_at_once=5)) as desk:
        images = made.images_of(desk, "w")

        async def draw() -> None:
            async with made.place(desk, "w"):
                await asyncio.sleep(0)
                await images.draw(PANEL)

        ends = await asyncio.gather(*(draw() for _ in range(8)), return_exceptions=True)
        refusals = [end for end in ends if isinstance(end, CostLimitReached)]
    assert ends.count(None) == 3
    assert [error.message for error in refusals] == ["0.16 of 0.17 USD are spent, and another picture costs 0.04."] * 5
    counted = await made.ledger.counted("w")
    assert counted["text_microusd"] + counted["image_microusd"] == 160_000


async def test_what_a_tenant_may_have_a_day_is_held_by_its_works_together(pool: Pool) -> None:
    made, drawn = services(StillClock(), Gate(), tenant_pictures=PicturesADay(pool, 3)), 0
    desks = [made.desks.at(work, RunOptions("a")) for work in ("one", "two")]
    places = [made.place(desk, "w") for desk in desks for _ in range(2)]
    for place in places[:3]:
        async with place:
            drawn += 1
    with pytest.raises(QuotaExhausted, match="Your tenant may have 3"):
        async with places[3]:
            drawn += 1
    assert drawn == 3
    async with made.place(made.desks.at("three", RunOptions("b")), "three"):
        drawn += 1


async def test_without_a_known_price_no_cost_limit_is_promised() -> None:
    made = services(StillClock(), Gate(), tariff=Tariff(paid_pictures=True, picture_usd=None))
    with made.desks.opened("w", RunOptions(max_cost_usd=100)) as desk:
        place = made.place(desk, "w")
        with pytest.raises(CostLimitReached, match="not known"):
            await fail_at(place)
    with made.desks.opened("v", RunOptions()) as desk:
        async with made.place(desk, "v"):
            pass
