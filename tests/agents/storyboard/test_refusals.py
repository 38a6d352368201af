"""A wish that no batch can carry out is refused; one that some can is carried out there."""

from typing import Any

import pytest

from agents.storyboard.draft_in_batches import Refusals
from manga.errors import WishRefused
from manga.revision import Revision
from providers.base import Ask
from tests.agents.storyboard_models import BatchModel, made, told

pytestmark = pytest.mark.anyio

SING = "全ページで歌って"
DARK = "もっと暗く"


async def test_a_wish_that_every_batch_refuses_is_refused_with_its_place_in_the_phase() -> None:
    refusals = Refusals()

    async def ask(left: Any) -> str:
        if SING in left:
            raise WishRefused("Pages do not sing.", wish=list(left).index(SING))
        return "drawn"

    for wishes in ({0: DARK, 1: SING}, {1: SING}):
        assert await refusals.without(wishes, ask) == "drawn"
    with pytest.raises(WishRefused) as caught:
        refusals.check()
    assert (caught.value.wish, caught.value.phase) == (1, "storyboard")


async def test_a_wish_that_one_batch_carries_out_is_not_refused() -> None:
    refusals = Refusals()

    async def refuse(left: Any) -> str:
        if left:
            raise WishRefused("Not here.", wish=0)
        return "drawn"

    async def carry_out(left: Any) -> str:
        return "sung"

    assert await refusals.without({0: SING}, refuse) == "drawn"
    assert await refusals.without({0: SING}, carry_out) == "sung"
    refusals.check()


async def test_a_refusal_of_nothing_is_no_refusal_of_a_wish() -> None:
    async def ask(left: Any) -> str:
        raise WishRefused("?", wish=3)

    with pytest.raises(WishRefused):
        await Refusals().without({0: SING}, ask)


async def test_a_refused_wish_is_told_with_its_place_among_all_that_was_asked() -> None:
    given = told()
    first = await made(given, BatchModel())

    def unsung(ask: Ask[Any], good: Any) -> Any:
        if SING in ask.revision.instructions:
            raise WishRefused("Pages do not sing.", wish=ask.revision.instructions.index(SING))
        return good

    model = BatchModel(always=unsung)
    with pytest.raises(WishRefused) as caught:
        await made(given, model, revision=Revision(((DARK, ()), (SING, ())), first, done=1))
    assert caught.value.wish == 1
    assert {ask.revision.instructions for ask in model.asks} == {(SING,)}
