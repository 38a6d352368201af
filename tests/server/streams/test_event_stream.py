"""What every stream of a work tells: nothing lost, nothing doubled, in order, whatever goes away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from server.streams.redis_hub import BATCH
from storage.base import Servers
from storage.database import transaction
from storage.redis import stream_key
from storage.works import delete_work
from tests.server.replicas import Reader, Replica, finish, happen, new_work, own_valkey, relay, replica, until
from tests.servers import database_url, databases, redis_client, redis_url, template  # noqa: F401 - fixtures

# ruff: noqa: F811 - fixtures
pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url: str, redis_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Replica]:
    async with replica(database_url, redis_url, tmp_path) as found:
        yield found


async def test_who_comes_late_gets_everything_and_then_what_comes(api: Replica) -> None:
    work_id = await new_work(api.pool)
    before = await happen(api.pool, work_id, 3)
    reader = Reader(api.rooms, work_id).begin()
    await reader.has(3)
    after = [*await happen(api.pool, work_id, 3), await finish(api.pool, work_id)]
    assert await reader.ends() == [event.id for event in (*before, *after)]
    assert api.rooms.hub.followers == 0


async def test_a_hundred_streams_cost_the_database_no_query_for_each_event(api: Replica) -> None:
    works = [await new_work(api.pool) for _ in range(10)]
    readers = [Reader(api.rooms, work_id).begin() for work_id in works for _ in range(10)]
    await api.followed(100)
    for work_id in works:
        await happen(api.pool, work_id)
    await asyncio.gather(*(reader.has(1) for reader in readers))  # each has read what there was, and waits
    written: dict[UUID, list[int]] = {}
    asked = api.pool.get_stats()["requests_num"]
    for work_id in works:
        written[work_id] = [event.id for event in await happen(api.pool, work_id, 10)]
    await asyncio.gather(*(reader.has(11) for reader in readers))
    asked = api.pool.get_stats()["requests_num"] - asked
    assert all(reader.ids[-10:] == written[reader.work_id] for reader in readers)
    assert asked - 100 < 100  # a hundred writes; besides the relay and the watch, which follow the clock, nobody
    for reader in readers:
        await reader.leave()
    assert api.rooms.hub.followers == 0


async def test_streams_that_nothing_happens_to_ask_the_database_once_together(api: Replica) -> None:
    readers = [Reader(api.rooms, await new_work(api.pool)).begin() for _ in range(20)]
    await api.followed(20)
    looks, asked = api.rooms.watch.looks, api.pool.get_stats()["requests_num"]
    await api.rooms.watch.look()
    assert api.rooms.watch.looks == looks + 1
    asked = api.pool.get_stats()["requests_num"] - asked
    assert asked < len(readers) / 2  # the look itself, and the relay's rounds beside it
    for reader in readers:
        await reader.leave()


async def test_events_that_never_reached_redis_are_read_before_the_next_one(api: Replica) -> None:
    work_id = await new_work(api.pool)
    api.rooms.watch.every_s = 60
    reader = Reader(api.rooms, work_id).begin()
    await api.followed(1)
    first = await happen(api.pool, work_id, 1)
    await reader.has(1)
    lost = await happen(api.pool, work_id, 3, lost=True)
    next_one = await happen(api.pool, work_id, 1)
    assert await reader.has(5) == [event.id for event in (*first, *lost, *next_one)]
    await reader.leave()


async def test_events_that_never_reached_redis_are_found_by_the_watch(api: Replica) -> None:
    work_id = await new_work(api.pool)
    reader = Reader(api.rooms, work_id).begin()
    await api.followed(1)
    lost = await happen(api.pool, work_id, 3, lost=True)
    assert await reader.has(3) == [event.id for event in lost]
    await reader.leave()


async def test_a_stream_that_was_cut_short_in_redis_loses_nothing(api: Replica) -> None:
    work_id = await new_work(api.pool)
    events = await happen(api.pool, work_id, 30)
    await relay(api.rooms)
    await api.rooms.redis.xtrim(stream_key(work_id), maxlen=2, approximate=False)
    readers = [Reader(api.rooms, work_id, after).begin() for after in (0, events[4].id)]
    await readers[0].has(30)
    await readers[1].has(25)
    await api.rooms.redis.flushdb()
    more = await happen(api.pool, work_id, 3)
    assert (await readers[0].has(33)) == [event.id for event in (*events, *more)]
    assert (await readers[1].has(28)) == [event.id for event in (*events[5:], *more)]
    for reader in readers:
        await reader.leave()


async def test_a_follower_that_falls_behind_loses_nothing_and_holds_nobody_up(api: Replica) -> None:
    work_id = await new_work(api.pool)
    api.rooms.hub.most_waiting = 3
    slow = Reader(api.rooms, work_id, pause_s=0.01).begin()
    fast = Reader(api.rooms, work_id).begin()
    await api.followed(2)
    events = [event.id for event in await happen(api.pool, work_id, 60)]
    await relay(api.rooms)
    assert await fast.has(60) == events
    assert await slow.has(60) == events
    for reader in (fast, slow):
        await reader.leave()


async def test_more_events_than_one_page_are_told(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with transaction(api.pool) as conn:
        await conn.execute(
            "INSERT INTO events (work_id, type, data) SELECT %s, 'phase_started', '{}' FROM generate_series(1, %s)",
            (work_id, 2 * BATCH + 7),
        )
    reader = Reader(api.rooms, work_id).begin()
    ids = await reader.has(2 * BATCH + 7)
    assert ids == sorted(set(ids))
    await reader.leave()


async def test_a_stream_of_a_work_that_is_deleted_ends(api: Replica) -> None:
    work_id = await new_work(api.pool)
    reader = Reader(api.rooms, work_id).begin()
    await api.followed(1)
    async with transaction(api.pool) as conn:
        await delete_work(conn, work_id)
    assert await reader.ends() == []


async def test_a_book_that_is_changed_after_its_end_is_told_from_there(api: Replica) -> None:
    work_id = await new_work(api.pool)
    end = await finish(api.pool, work_id)
    assert await Reader(api.rooms, work_id).begin().ends() == [end.id]
    again = [*await happen(api.pool, work_id, 2), await finish(api.pool, work_id)]
    assert await Reader(api.rooms, work_id, end.id).begin().ends() == [event.id for event in again]


async def test_streams_go_on_while_redis_is_away_and_when_it_is_back_empty(
    database_url: str,
    tmp_path: Path,
) -> None:
    with own_valkey() as valkey:
        await valkey.start()
        async with replica(database_url, valkey.url, tmp_path) as api:
            work_id = await new_work(api.pool)
            readers = [Reader(api.rooms, work_id).begin() for _ in range(3)]
            await api.followed(3)
            events = await happen(api.pool, work_id, 2)
            await readers[0].has(2)
            valkey.stop()
            events += await happen(api.pool, work_id, 3)
            readers.append(Reader(api.rooms, work_id).begin())  # joins while it is away
            for reader in readers:
                await reader.has(5)
            await valkey.start()
            events += await happen(api.pool, work_id, 3)
            for reader in readers:
                await reader.has(8)
            await until(lambda: not api.rooms.hub.away)
            events += [*await happen(api.pool, work_id, 3), await finish(api.pool, work_id)]
            for reader in readers:
                assert await reader.ends() == [event.id for event in events]


async def test_streams_outlive_a_database_that_is_away_for_a_moment(api: Replica, servers: Servers) -> None:
    work_id = await new_work(api.pool)
    events = await happen(api.pool, work_id, 2)
    readers = [Reader(api.rooms, work_id).begin()]
    await readers[0].has(2)
    name = str(api.pool.conninfo).partition("///")[2].partition("?")[0]
    async with await AsyncConnection.connect(servers.database_url, autocommit=True) as admin:
        await admin.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(Identifier(name)))
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        readers.append(Reader(api.rooms, work_id).begin())  # begins while it is away
        with pytest.raises(TimeoutError):
            await readers[1].has(1, within_s=1.5)
        await admin.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(Identifier(name)))
    await readers[1].has(2)
    events += [*await happen(api.pool, work_id, 3), await finish(api.pool, work_id)]
    for reader in readers:
        assert await reader.ends() == [event.id for event in events]
