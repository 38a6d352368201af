"""What one tenant may ask for: requests a minute, works and pictures a day."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from agents.retry import LONGEST_WAIT_S
from manga.errors import QuotaExhausted, Then
from storage.database import Pool, transaction
from storage.tenant_limits import DayLimits, LimitReached, PicturesADay, RequestLimit, count_work, limit_key
from storage.works import accept, add_counters

pytestmark = pytest.mark.anyio


@dataclass
class Clock:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


async def test_a_minutes_requests_may_come_at_once_and_the_next_when_one_is_worked_off(redis_client: Redis) -> None:
    limit = RequestLimit(redis_client, 60)
    rates = [await limit.take("a") for _ in range(62)]
    assert [rate.allowed for rate in rates[:60]] == [True] * 60
    assert rates[0].remaining == 59
    assert (rates[-1].allowed, rates[-1].remaining, rates[-1].limit) == (False, 0, 60)
    assert 0 < rates[-1].wait_s <= 1
    assert 55 <= rates[-1].reset_s <= 60


async def test_tenants_do_not_use_up_each_others(redis_client: Redis) -> None:
    limit = RequestLimit(redis_client, 2)
    assert [(await limit.take("a")).allowed for _ in range(3)] == [True, True, False]
    assert (await limit.take("b")).allowed


async def test_replicas_count_together_and_many_at_once(redis_client: Redis) -> None:
    replicas = [RequestLimit(redis_client, 20) for _ in range(3)]
    rates = await asyncio.gather(*(replicas[n % 3].take("a") for n in range(60)))
    assert sum(rate.allowed for rate in rates) == 20


async def test_its_key_ends_by_itself(redis_client: Redis) -> None:
    await RequestLimit(redis_client, 60).take("a")
    assert 0 < await redis_client.pttl(limit_key("a")) <= 2001


async def test_without_redis_each_process_counts_for_itself(redis_client: Redis) -> None:
    away = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
    clock = Clock()
    limit = RequestLimit(away, 3, clock)
    assert [(await limit.take("a")).allowed for _ in range(4)] == [True, True, True, False]
    clock.at += 20
    assert (await limit.take("a")).allowed
    await away.aclose()


async def work(pool: Pool, limits: DayLimits, tenant: str = "a") -> None:
    async with transaction(pool) as conn:
        work_id = uuid4()
        await accept(conn, work_id=work_id, tenant=tenant, request_id=str(work_id), request_digest="d", brief={})
        await count_work(conn, tenant, limits)


async def test_works_a_day_are_counted_with_what_was_deleted_and_without_what_was_refused(pool: Pool) -> None:
    limits = DayLimits(works=2)
    await work(pool, limits)
    async with transaction(pool) as conn:
        await conn.execute("DELETE FROM works")
    await work(pool, limits)
    for _ in range(2):
        with pytest.raises(LimitReached) as refused:
            await work(pool, limits)
        assert 0 < (refused.value.retry_after_s or 0) <= 86_400
    await work(pool, limits, "b")
    await work(pool, DayLimits(works=3))


async def test_of_many_works_at_once_as_many_are_taken_as_may_be(pool: Pool) -> None:
    found = await asyncio.gather(*(work(pool, DayLimits(works=5)) for _ in range(12)), return_exceptions=True)
    assert sum(error is None for error in found) == 5
    assert all(error is None or isinstance(error, LimitReached) for error in found)


async def test_with_the_days_pictures_drawn_no_further_work_begins(pool: Pool) -> None:
    limits = DayLimits(works=100, images=10)
    async with transaction(pool) as conn:
        first = uuid4()
        await accept(conn, work_id=first, tenant="a", request_id="r", request_digest="d", brief={})
        await add_counters(conn, first, {"images_drawn": 9})
    await work(pool, limits)
    async with transaction(pool) as conn:
        await add_counters(conn, first, {"images_drawn": 1})
    with pytest.raises(LimitReached):
        await work(pool, limits)


@pytest.mark.parametrize("most", [0, 3])
async def test_works_that_have_begun_wait_for_the_next_day_when_its_pictures_are_paid_for(
    pool: Pool, most: int
) -> None:
    pictures = PicturesADay(pool, most)
    found = await asyncio.gather(*(pictures.take("a") for _ in range(8)), return_exceptions=True)
    assert sum(error is None for error in found) == most
    refused = [error for error in found if isinstance(error, QuotaExhausted)]
    assert len(refused) == 8 - most
    assert all(error.then is Then.PARK and (error.retry_after_s or 0) > LONGEST_WAIT_S for error in refused)
    with pytest.raises(LimitReached):
        await work(pool, DayLimits(works=100, images=most))
    await PicturesADay(pool, 1).take("b")
