"""The figures of what a sentence costs: they hold, and they can fail."""

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.wish_cost import Cost, figures, two_wishes
from tests.agents.storyboard_models import BatchModel, made, told

pytestmark = pytest.mark.anyio
GOOD = Cost("one line", tokens=10, book=100, touched=1, outside=0, done=True)


def test_a_small_wish_is_in_bounds() -> None:
    assert all(figure.ok for figure in figures([GOOD]))


@pytest.mark.parametrize("bad", [{"tokens": 16}, {"outside": 1}, {"done": False}])
def test_a_dear_wish_one_that_reaches_too_far_and_one_that_is_dropped_are_out_of_bounds(bad: dict[str, Any]) -> None:
    assert [figure.ok for figure in figures([GOOD, replace(GOOD, **bad)])].count(False) == 1


async def test_both_parts_of_a_sentence_are_wished_for() -> None:
    given = told(3)
    wish = two_wishes(given.plot, await made(given, BatchModel()))
    assert len(wish.plan["items"]) == 2
