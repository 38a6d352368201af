"""One reader of Redis for all streams: order, slow followers, a Redis that goes away."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from server.streams.redis_hub import Follower, Hub
from server.streams.redis_hub import number as order_of
from storage.redis import new_blocking_redis, new_redis
from tests.server.replicas import own_valkey, until
from tests.servers import redis_client, redis_url  # noqa: F401 - fixtures

# ruff: noqa: F811 - fixtures
pytestmark = pytest.mark.anyio


@asynccontextmanager
async def running_hub(url: str, most_waiting: int = 1000) -> AsyncIterator[Hub]:
    commands, blocking = new_redis(url), new_blocking_redis(url)
    hub = Hub(commands, blocking, most_waiting)
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for client in (commands, blocking):
            await client.aclose(close_connection_pool=True)


async def add(client: Redis, key: str, *numbers: int) -> None:
    for number in numbers:
        await client.xadd(key, {"event": str(number)}, id=f"{number}-0")


async def follow(hub: Hub, key: str, after: str) -> AsyncGenerator[str]:
    """The field `event` of every entry with a greater id than `after`, as a stream of the service reads a hub."""
    last = after
    async with hub.joined(key, after) as follower:
        while True:
            for found, fields in await hub.commands.xrange(key, min=f"({last}"):
                last = found
                yield fields["event"]
            while (entry := await follower.next()) is not None:
                if order_of(entry[0]) > order_of(last):
                    last = entry[0]
                    yield entry[1]["event"]


async def read(hub: Hub, key: str, count: int, after: str = "0-0", pause_s: float = 0) -> list[int]:
    found: list[int] = []
    async with aclosing(follow(hub, key, after)) as items:
        async for text in items:
            found.append(int(text))
            await asyncio.sleep(pause_s)
            if len(found) == count:
                break
    return found


async def joined_by(hub: Hub, followers: int) -> None:
    await until(lambda: hub.followers == followers)


async def test_a_hundred_followers_get_everything_once_and_in_order(redis_client: Redis, redis_url: str) -> None:
    keys = [f"events:{uuid4()}" for _ in range(10)]
    async with running_hub(redis_url) as hub:
        readers = [asyncio.create_task(read(hub, key, 10)) for key in keys for _ in range(10)]
        await joined_by(hub, 100)
        for number in range(1, 11):
            await asyncio.gather(*(add(redis_client, key, number) for key in keys))
        found = await asyncio.wait_for(asyncio.gather(*readers), 15)
        assert hub.followers == 0
    assert found == [list(range(1, 11))] * 100


async def test_a_slow_follower_loses_its_queue_but_no_item_and_no_other_waits_for_it(
    redis_client: Redis,
    redis_url: str,
) -> None:
    key = f"events:{uuid4()}"
    async with running_hub(redis_url, most_waiting=3) as hub:
        slow = asyncio.create_task(read(hub, key, 60, pause_s=0.01))
        fast = asyncio.create_task(read(hub, key, 60))
        await joined_by(hub, 2)
        await add(redis_client, key, *range(1, 61))
        assert await asyncio.wait_for(fast, 10) == list(range(1, 61))
        assert not slow.done()
        assert await asyncio.wait_for(slow, 10) == list(range(1, 61))


async def test_followers_that_join_together_while_items_come_miss_none(redis_client: Redis, redis_url: str) -> None:
    key = f"events:{uuid4()}"
    async with running_hub(redis_url) as hub:
        adding = asyncio.create_task(add(redis_client, key, *range(1, 201)))
        readers = []
        for _ in range(20):
            readers.append(asyncio.create_task(read(hub, key, 200)))
            await asyncio.sleep(0)
        await adding
        found = await asyncio.wait_for(asyncio.gather(*readers), 15)
    assert found == [list(range(1, 201))] * 20


async def test_while_redis_is_away_followers_are_told_to_look_elsewhere_and_go_on_when_it_is_back() -> None:
    key = f"events:{uuid4()}"
    with own_valkey() as valkey:
        await valkey.start()
        async with running_hub(valkey.url) as hub, hub.joined(key, "0-0") as follower:
            async with asyncio.timeout(20):
                valkey.stop()
                assert await follower.next() is None
                assert hub.away
                async with hub.joined(f"events:{uuid4()}", "0-0"):  # nobody waits for a Redis that is away
                    pass
                await valkey.start()
                assert await follower.next() is None  # what came meanwhile is elsewhere
                await add(hub.commands, key, 7)
                entry = await follower.next()
                while entry is None:
                    entry = await follower.next()
    assert entry == ("7-0", {"event": "7"})


async def test_the_key_that_wakes_the_reader_ends_by_itself(redis_client: Redis, redis_url: str) -> None:
    async with running_hub(redis_url) as hub:
        for _ in range(30):
            async with hub.joined(f"events:{uuid4()}", "0-0"):
                pass
        keys = [key async for key in redis_client.scan_iter("events:wake:*")]
        assert len(keys) == 1
        assert 0 < await redis_client.ttl(keys[0]) <= 60
        assert await redis_client.xlen(keys[0]) <= 110


async def test_a_follower_that_waits_is_woken_and_reads_what_it_has_first() -> None:
    follower = Follower(2)
    follower.put([("1-0", {}), ("2-0", {}), ("3-0", {})])  # the third has no room
    follower.look_again()
    assert [await follower.next() for _ in range(3)] == [("1-0", {}), ("2-0", {}), None]
    waiting = asyncio.create_task(follower.next())
    await asyncio.sleep(0)
    follower.look_again()
    follower.look_again()
    assert await asyncio.wait_for(waiting, 1) is None
    with suppress(TimeoutError):
        assert await asyncio.wait_for(follower.next(), 0.01) is not None
    follower.put([("4-0", {})])
    assert await asyncio.wait_for(follower.next(), 1) == ("4-0", {})
