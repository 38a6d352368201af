"""What every allowance does. A new one joins by one more parameter of `made`."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from manga.errors import QuotaExhausted
from storage.base import Allowance, Api
from storage.provider_allowance import Limit, LocalAllowance, RedisAllowance
from tests.servers import redis_client, servers, slot  # noqa: F401  fixtures

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
"""In Los Angeles, twelve hours before the day turns."""


@dataclass
class SetClock:
    """Moved by hand."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


Make = Callable[..., Allowance]
MAKERS: Mapping[str, Callable[[Redis, Mapping[Api, Limit], SetClock], Allowance]] = {
    "local": lambda _, limits, clock: LocalAllowance(limits, clock),
    "redis": RedisAllowance,
}


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(params=sorted(MAKERS))
def made(request: pytest.FixtureRequest, redis_client: Redis, clock: SetClock) -> Make:  # noqa: F811
    def make(a_day: int = 100, a_minute: int = 60_000) -> Allowance:
        limits = {Api.TEXT: Limit(a_day, a_minute), Api.IMAGES: Limit(a_day, a_minute)}
        return MAKERS[request.param](redis_client, limits, clock)

    return make


async def granted(allowance: Allowance, work: str, calls: int, api: Api = Api.IMAGES) -> int:
    """How many of so many calls at the same time got their turn."""
    turns = await asyncio.gather(*(allowance.take(api, work) for _ in range(calls)), return_exceptions=True)
    assert all(isinstance(turn, float | QuotaExhausted) for turn in turns)
    return sum(isinstance(turn, float) for turn in turns)


async def test_of_two_hundred_calls_at_once_exactly_the_limit_is_granted(made: Make) -> None:
    allowance = made(a_day=100)
    assert await granted(allowance, "a", 200) == 100
    standing = await allowance.standing(Api.IMAGES)
    assert (standing.day, standing.limit, standing.used, standing.left) == ("2026-11-26", 100, 100, 0)


async def test_text_and_images_are_counted_apart(made: Make) -> None:
    allowance = made(a_day=2)
    assert await granted(allowance, "a", 3, Api.IMAGES) == 2
    assert await granted(allowance, "a", 3, Api.TEXT) == 2


async def test_what_is_kept_for_one_work_is_not_given_to_another(made: Make) -> None:
    allowance = made(a_day=10)
    assert await allowance.reserve(Api.IMAGES, "a", 7) == 7
    assert await granted(allowance, "b", 10) == 3
    assert (await allowance.standing(Api.IMAGES)).reserved == 7
    assert await granted(allowance, "a", 10) == 7
    assert (await allowance.standing(Api.IMAGES)).reserved == 0


async def test_a_work_that_needs_more_than_was_kept_takes_from_what_is_left(made: Make) -> None:
    allowance = made(a_day=10)
    await allowance.reserve(Api.IMAGES, "a", 2)
    await allowance.reserve(Api.IMAGES, "b", 5)
    assert await granted(allowance, "a", 10) == 5
    assert await granted(allowance, "b", 10) == 5


async def test_of_more_than_there_is_what_there_is_is_kept(made: Make) -> None:
    allowance = made(a_day=10)
    assert await granted(allowance, "a", 4) == 4
    assert await allowance.reserve(Api.IMAGES, "b", 5) == 5
    assert await allowance.reserve(Api.IMAGES, "c", 5) == 1
    assert await allowance.reserve(Api.IMAGES, "d", 5) == 0


async def test_keeping_again_takes_the_place_of_what_was_kept(made: Make) -> None:
    allowance = made(a_day=10)
    for _ in range(3):
        assert await allowance.reserve(Api.IMAGES, "a", 8) == 8
    assert (await allowance.standing(Api.IMAGES)).reserved == 8
    assert await allowance.reserve(Api.IMAGES, "a", 0) == 0
    assert await allowance.reserve(Api.IMAGES, "b", 10) == 10


async def test_the_end_of_the_quota_says_how_long_until_the_providers_day_turns(made: Make, clock: SetClock) -> None:
    allowance = made(a_day=1)
    await allowance.take(Api.IMAGES, "a")
    with pytest.raises(QuotaExhausted, match="limit of 1 pictures") as refused:
        await allowance.take(Api.IMAGES, "a")
    assert refused.value.retry_after_s == 12 * 3600
    clock.pass_s(refused.value.retry_after_s - 1)
    with pytest.raises(QuotaExhausted):
        await allowance.take(Api.IMAGES, "a")
    clock.pass_s(1)
    assert await granted(allowance, "a", 2) == 1
    assert (await allowance.standing(Api.IMAGES)).day == "2026-11-27"


async def test_what_was_kept_yesterday_is_kept_no_more(made: Make, clock: SetClock) -> None:
    allowance = made(a_day=5)
    await allowance.reserve(Api.IMAGES, "a", 5)
    clock.pass_s(24 * 3600)
    assert await granted(allowance, "b", 10) == 5


async def test_callers_at_the_same_time_are_spaced(made: Make) -> None:
    """Nine a minute: 60/9 s apart, rounded up to a millisecond."""
    allowance = made(a_minute=9)
    waits = await asyncio.gather(*(allowance.take(Api.IMAGES, f"work {n}") for n in range(4)))
    assert sorted(waits) == pytest.approx([0, 6.667, 13.334, 20.001])


async def test_a_caller_after_a_rest_does_not_wait(made: Make, clock: SetClock) -> None:
    allowance = made(a_minute=9)
    assert await allowance.take(Api.IMAGES, "a") == 0
    clock.pass_s(5)
    assert await allowance.take(Api.IMAGES, "a") == pytest.approx(1.667)
    clock.pass_s(1.667 + 6.667)
    assert await allowance.take(Api.IMAGES, "a") == 0


@pytest.mark.parametrize("a_minute", [1, 7, 10, 60, 300])
async def test_no_minute_has_more_calls_than_its_limit(made: Make, clock: SetClock, a_minute: int) -> None:
    """Callers that never rest, each at its booked time."""
    allowance = made(a_day=10_000, a_minute=a_minute)
    begun = clock.now
    starts = [await allowance.take(Api.IMAGES, "a") for _ in range(2 * a_minute + 5)]
    seconds = [(clock.now - begun).total_seconds() + wait for wait in starts]
    for since in seconds:
        assert sum(since <= at < since + 60 for at in seconds) <= a_minute
    assert sum(at < 60 for at in seconds) == a_minute  # and not fewer, or the day would be too short


async def test_works_at_the_same_time_share_out_a_day(made: Make) -> None:
    allowance = made(a_day=50)
    kept = await asyncio.gather(*(allowance.reserve(Api.IMAGES, f"w{n}", 20) for n in range(4)))
    assert Counter(kept) == Counter({20: 2, 10: 1, 0: 1})
    taken = await asyncio.gather(*(granted(allowance, f"w{n}", 20) for n in range(4)))
    assert taken == kept
