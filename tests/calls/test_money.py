"""Before pictures are paid for, a person who is asked hears what they cost; with a cost limit nothing goes on alone."""

from dataclasses import dataclass, replace

import pytest

from calls.money import Purse, Tariff
from graph.build import build_graph
from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode
from manga.errors import CostLimitReached
from manga.phases import Phase
from tests.graph.crew import CREW, ScriptedImages, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio


@dataclass
class PaidImages(ScriptedImages):
    @property
    def paid(self) -> bool:
        return True


def paid_studio(price: float | None = 0.05) -> Studio:
    made = studio(6, images=PaidImages())
    tariff = Tariff(image_model="model", paid_pictures=True, picture_usd=price)
    services = replace(made.services, tariff=tariff)
    return replace(made, services=services, graph=build_graph(services, made.saver, steps=CREW))


def asked(limit: float | None = None) -> Brief:
    order = brief(feedback=True)
    settings = order.settings.model_copy(update={"max_cost_usd": limit})
    mode = FeedbackMode(enabled=True, on_timeout="approve")
    return order.model_copy(update={"settings": settings, "feedback_mode": mode})


def review_in(events: list[RunEvent]) -> ReviewRequested:
    found = events[-1]
    assert isinstance(found, ReviewRequested)
    return found


async def at_storyboard(made: Studio, order: Brief) -> ReviewRequested:
    review = review_in(await made.run(brief=order))
    while review.phase is not Phase.STORYBOARD:
        assert "bill" not in review.data
        assert review.data["on_timeout"] == "approve"
        review = review_in(await made.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id))
    return review


async def test_the_review_of_the_storyboard_tells_what_its_pictures_cost() -> None:
    made = paid_studio()
    await made.ledger.count(made.work, {"text_microusd": 120_000})
    review = await at_storyboard(made, asked())
    assert review.data["bill"] == {"images": 6, "usd": 0.3, "spent_usd": 0.12, "limit_usd": None}
    assert review.data["on_timeout"] == "approve"


async def test_with_a_cost_limit_the_storyboard_waits_for_a_word() -> None:
    review = await at_storyboard(paid_studio(), asked(limit=2.5))
    assert review.data["bill"]["limit_usd"] == 2.5
    assert review.data["on_timeout"] == "hold"


async def test_a_price_that_is_not_known_is_told_as_such() -> None:
    review = await at_storyboard(paid_studio(price=None), asked())
    assert review.data["bill"]["usd"] is None


async def test_offline_there_is_no_bill_and_no_holding() -> None:
    review = await at_storyboard(studio(6), asked(limit=2.5))
    assert "bill" not in review.data
    assert review.data["on_timeout"] == "approve"


async def test_a_plan_tells_what_its_pictures_cost() -> None:
    for made, redo in ((paid_studio(), {"images": 6, "usd": 0.3}), (studio(6), {"images": 6})):
        review = await at_storyboard(made, asked())
        said = {"action": "feedback", "text": "make the storyboard calmer", "confirm": True}
        shown = review_in(await made.run(answer=said, interrupt_id=review.interrupt_id))
        assert {name: shown.data["plan"]["redo"].get(name) for name in ("images", "usd")} == {"usd": None} | redo


def test_what_finishes_the_book_and_what_is_under_way_are_kept_from_pictures() -> None:
    purse = Purse(limit_usd=0.5, kept_usd=0.2, spent_usd=0.1)
    assert purse.leaves(0.1, 2)
    assert not purse.leaves(0.1, 3)
    under_way = purse.holding(0.2)
    with under_way, pytest.raises(CostLimitReached, match=r"0\.30 of 0\.50 USD are spent"), purse.holding(0.1):
        pass
    assert purse.leaves(0.1, 2)
    with pytest.raises(CostLimitReached, match="not known here"), purse.holding(None):
        pass
    assert Purse().leaves(None, 9)
