"""When a call is made again."""

import pytest

from agents.retry import PICTURE, POLICIES, SLOW_TEXT, TEXT, pause_after, retried
from manga.errors import AnswerInvalid, ContentBlocked, LeftAlone, MangaError, ProviderBusy, QuotaExhausted, RateLimited
from manga.phases import Phase
from tests.graph.crew import StillClock

pytestmark = pytest.mark.anyio


def test_waits_double_up_to_the_maximum_and_jitter_adds_a_tenth() -> None:
    assert [TEXT.wait_s(n, 0.0) for n in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert [PICTURE.wait_s(n, 0.0) for n in range(5)] == [5, 10, 20, 40, 60]
    assert SLOW_TEXT.wait_s(0, 1.0) == pytest.approx(2.2)


def test_characters_and_finishing_are_slower_and_artwork_slowest() -> None:
    slow = {phase for phase, policy in POLICIES.items() if policy == SLOW_TEXT}
    assert slow == {Phase.CHARACTERS, Phase.FINISHING}
    assert POLICIES[Phase.ARTWORK] == PICTURE


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (ProviderBusy(), 1.0),
        (AnswerInvalid(), 1.0),
        (RateLimited(retry_after_s=9), 9),
        (RateLimited(), 1.0),
        (QuotaExhausted(), None),
        (ContentBlocked(), None),
    ],
)
def test_the_error_says_whether_to_try_again(error: MangaError, pause: float | None) -> None:
    assert pause_after(error, 0, TEXT, StillClock()) == pause


async def test_after_three_retries_the_error_is_raised() -> None:
    calls = []

    async def call() -> None:
        calls.append(1)
        raise ProviderBusy

    clock = StillClock()
    with pytest.raises(ProviderBusy):
        await retried(call, TEXT, clock)
    assert len(calls) == 4
    assert clock.slept == [1, 2, 4]


async def test_a_call_that_was_not_made_uses_up_no_try() -> None:
    ends = [LeftAlone(retry_after_s=30.0)] * 6 + [ProviderBusy()] * 3 + [LeftAlone(retry_after_s=5.0)] * 2

    async def call() -> str:
        if ends:
            raise ends.pop(0)
        return "drawn"

    clock = StillClock()
    assert await retried(call, TEXT, clock) == "drawn"
    assert clock.slept == [30] * 6 + [1, 2, 4] + [5, 5]


async def test_a_model_that_is_left_alone_for_long_is_not_waited_for() -> None:
    async def call() -> None:
        raise LeftAlone(retry_after_s=240.0)

    clock = StillClock()
    with pytest.raises(LeftAlone):
        await retried(call, TEXT, clock)
    assert clock.slept == []
