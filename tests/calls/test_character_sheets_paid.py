"""Character sheets that cost money: their turns, their count, their share of a cost limit."""

from dataclasses import replace
from typing import Any

import pytest

from calls.money import Tariff
from graph.build import build_graph
from manga.brief import Settings
from manga.errors import ContentBlocked
from providers.base import SheetBrief
from storage.base import Api, Unlimited
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import brief
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio


async def test_a_sheet_takes_its_turn_and_is_counted_as_a_paid_picture_is() -> None:
    taken: list[Api] = []

    class Counted(Unlimited):
        async def take(self, api: Api, work: str) -> float:
            taken.append(api)
            return 0.0

    def refuse(sheet: SheetBrief) -> None:
        if (sheet.character.key, sheet.take) == ("c02", 0):
            raise ContentBlocked

    it = _paid(SheetImages(on_sheet=refuse), allowance=Counted())
    await it.run(brief=brief())
    assert taken.count(Api.IMAGES) == 5
    assert (it.count("images"), it.count("image_microusd")) == (4, 60_000)


async def test_where_a_cost_limit_leaves_no_room_for_sheets_there_are_none() -> None:
    it = _paid(images := SheetImages(), tariff=Tariff(paid_pictures=True, picture_usd=0.03, draws_sheets=True))
    settings = Settings(seed=7, max_cost_usd=0.14)
    await it.run(brief=brief().model_copy(update={"settings": settings}))
    assert images.sketched == []
    assert sorted(images.drawn) == ["b0000", "b0001"]


def _paid(images: SheetImages, **ports: Any) -> Studio:
    """A work whose pictures cost money."""
    images.paid_for = True
    it = studio(panels=2, images=images)
    services = replace(it.services, **ports)
    return replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))
