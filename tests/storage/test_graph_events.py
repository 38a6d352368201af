"""Raw events of the graph in Redis: kept when somebody asks, for a day, and never in a run's way."""

import json
from typing import Any
from uuid import UUID

import pytest
from redis.asyncio import Redis

from storage.graph_events import LENGTH, START, GraphEvents
from storage.redis import forget_work, new_redis

pytestmark = pytest.mark.anyio
WORK, RUN = UUID(int=7), UUID(int=8)


async def test_entries_stand_in_order_for_a_day_and_the_oldest_give_way(redis_client: Redis) -> None:
    kept = GraphEvents(redis_client)
    assert await kept.newest(WORK) == START
    for n in range(LENGTH // 50 + 4):
        assert await kept.add(WORK, [{"n": 50 * n + m} for m in range(50)])
    rows: Any = await redis_client.xrange(f"graph:{WORK}")
    numbers = [json.loads(fields["event"])["n"] for _, fields in rows]
    assert numbers == list(range(numbers[0], LENGTH + 200))
    assert LENGTH <= len(numbers) < LENGTH + 200
    assert await kept.newest(WORK) == rows[-1][0]
    assert 86_000 < await redis_client.ttl(f"graph:{WORK}") <= 86_400


async def test_what_is_wanted_is_wanted_for_a_day(redis_client: Redis) -> None:
    kept = GraphEvents(redis_client)
    assert not await kept.wanted(WORK)
    await kept.want(WORK)
    assert await kept.wanted(WORK)
    assert 86_000 < await redis_client.ttl(f"graph:{WORK}:wanted") <= 86_400


async def test_an_end_is_told_once_and_only_where_somebody_asked(redis_client: Redis) -> None:
    kept = GraphEvents(redis_client)
    await kept.end_once(WORK, RUN, {"end": 1})
    assert await redis_client.exists(f"graph:{WORK}") == 0
    await kept.want(WORK)
    for _ in range(2):
        await kept.end_once(WORK, RUN, {"end": 1})
    assert await redis_client.xlen(f"graph:{WORK}") == 1
    assert 86_000 < await redis_client.ttl(f"graph:{WORK}:ends") <= 86_400


async def test_a_deleted_work_leaves_nothing(redis_client: Redis) -> None:
    kept = GraphEvents(redis_client)
    await kept.want(WORK)
    await kept.add(WORK, [{"begin": 1}])
    await kept.end_once(WORK, RUN, {"end": 1})
    await forget_work(redis_client, WORK)
    assert [key async for key in redis_client.scan_iter(f"graph:{WORK}*")] == []


async def test_a_redis_that_is_away_costs_one_time_out_and_no_error() -> None:
    now = 0.0
    async with new_redis("redis://127.0.0.1:1/0") as client:
        kept = GraphEvents(client, clock=lambda: now)
        assert not await kept.add(WORK, [{"n": 1}])
        assert not await kept.wanted(WORK)
        assert await kept.newest(WORK) == START
        await kept.end_once(WORK, RUN, {"end": 1})
