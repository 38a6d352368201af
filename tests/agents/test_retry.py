"""When a call is made again."""

import pytest

from agents.retry import PICTURE, POLICIES, SLOW_TEXT, TEXT, pause_after, retried
from manga.errors import AnswerInvalid, ContentBlocked, MangaError, ProviderBusy, QuotaExhausted, RateLimited
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
