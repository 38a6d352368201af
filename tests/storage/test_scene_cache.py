"""The scene cache on a real server."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from storage.base import KeptScene
from storage.redis import new_redis
from storage.scene_cache import MOST_ON_A_SHELF, TTL_S, RedisScenes

pytestmark = pytest.mark.anyio

RIVER = KeptScene("a" * 64, {"setting": "river"}, {"blob": "b"}, "t/w1/b", "w1", "b0001", 4)


async def test_what_is_kept_stands_on_its_shelf_and_on_no_other(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    assert await scenes.shelf("here", "s") == (RIVER,)
    assert await scenes.shelf("here", "other") == ()
    assert await scenes.shelf("another tenant", "s") == ()


async def test_a_shelf_lives_a_day_and_each_picture_its_own(redis_client: Redis) -> None:
    now = [1000.0]
    scenes = RedisScenes(redis_client, clock=lambda: now[0])
    await scenes.keep("here", "s", RIVER)
    assert 0 < await redis_client.ttl("scenes:here:s") <= TTL_S
    assert 0 < await redis_client.ttl(f"scenes:here:shown:{RIVER.id}") <= TTL_S
    now[0] += TTL_S - 1
    await scenes.keep("here", "s", replace(RIVER, id="c" * 64))
    now[0] += 2
    assert [scene.id for scene in await scenes.shelf("here", "s")] == ["c" * 64]


async def test_a_shelf_holds_the_newest_only(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    for number in range(MOST_ON_A_SHELF + 5):
        await scenes.keep("here", "s", replace(RIVER, id=f"{number:064}"))
    found = await scenes.shelf("here", "s")
    assert len(found) == MOST_ON_A_SHELF
    assert found[0].id == f"{MOST_ON_A_SHELF + 4:064}"


@pytest.mark.parametrize(("page", "may"), [(3, False), (4, False), (5, False), (2, True), (6, True)])
async def test_no_picture_is_shown_twice_on_a_page_or_beside_it(redis_client: Redis, page: int, may: bool) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    assert await scenes.claim("here", RIVER, "w1", "b0009", page) is may


async def test_a_use_counts_for_the_pages_beside_it_too(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    assert await scenes.claim("here", RIVER, "w1", "b0009", 8)
    assert not await scenes.claim("here", RIVER, "w1", "b0010", 9)


async def test_a_picture_is_used_again_at_most_twice_a_work(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    own = [await scenes.claim("here", RIVER, "w1", f"b{page:04}", page) for page in (10, 20, 30)]
    others = [await scenes.claim("here", RIVER, "w2", f"b{page:04}", page) for page in (4, 14, 24)]
    assert own == [True, True, False]
    assert others == [True, True, False]


async def test_the_same_panel_may_ask_again(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    assert [await scenes.claim("here", RIVER, "w1", "b0009", 8) for _ in range(3)] == [True, True, True]


async def test_of_many_who_ask_at_once_two_get_it(redis_client: Redis) -> None:
    scenes = RedisScenes(redis_client)
    await scenes.keep("here", "s", RIVER)
    asked = (scenes.claim("here", RIVER, "w1", f"b{n:04}", n * 10) for n in range(2, 20))
    assert sum(await asyncio.gather(*asked)) == 2


async def test_without_redis_nothing_is_kept_and_nothing_breaks(caplog: pytest.LogCaptureFixture) -> None:
    client = new_redis("redis://127.0.0.1:1/0")
    scenes = RedisScenes(client)
    await scenes.keep("here", "s", RIVER)
    assert await scenes.shelf("here", "s") == ()
    assert not await scenes.claim("here", RIVER, "w1", "b0009", 8)
    assert len([record for record in caplog.records if "Redis" in record.message]) == 1
    await client.aclose()
