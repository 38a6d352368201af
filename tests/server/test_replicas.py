"""Streams as clients meet them over HTTP: cut, frozen, too many, on one replica and on two."""

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.server.replicas import TENANT, Reader, Replica, finish, happen, new_work, read_some, replica, until
from tests.servers import database_url, databases, redis_client, redis_url, template  # noqa: F401 - fixtures
from tests.service import WHO

# ruff: noqa: F811 - fixtures
pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url: str, redis_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Replica]:
    async with replica(database_url, redis_url, tmp_path) as found:
        yield found


async def test_streams_end_when_the_service_stops(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with api.client() as client, client.stream("GET", f"/v1/works/{work_id}/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 300"
        await api.followed(1)
        begun = time.monotonic()
        api.drain()
        left = [line async for line in lines]
    assert ": the service stops; come back" in left
    assert time.monotonic() - begun < 3


async def test_a_client_that_leaves_frees_its_place_at_once(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with api.client() as client:
        async with client.stream("GET", f"/v1/works/{work_id}/events"):
            await api.followed(1)
            assert api.rooms.seats.taken == 1
        begun = time.monotonic()
        await until(lambda: api.rooms.hub.followers == 0 and api.rooms.seats.taken == 0)
    assert time.monotonic() - begun < 1  # long before the next heartbeat; 0.1 s on a machine that has time


async def test_a_tenant_has_so_many_streams_and_others_have_their_own(
    database_url: str,
    redis_url: str,
    tmp_path: Path,
) -> None:
    async with replica(database_url, redis_url, tmp_path, streams_a_tenant=2) as api:
        mine, yours = await new_work(api.pool), await new_work(api.pool, "another")
        async with api.client() as me, api.client("another") as you:
            path = f"/v1/works/{mine}/events"
            async with me.stream("GET", path) as one, me.stream("GET", path) as two:
                full = await me.get(path)
                async with you.stream("GET", f"/v1/works/{yours}/events") as three:
                    codes = [one.status_code, two.status_code, full.status_code, three.status_code]
            await until(lambda: api.rooms.seats.taken == 0)
            async with me.stream("GET", path) as again:
                codes.append(again.status_code)
    assert codes == [200, 200, 429, 200, 200]
    assert full.json()["code"] == "too_many_streams"
    assert int(full.headers["retry-after"]) > 0


async def test_a_reader_that_does_not_read_is_cut_off_and_others_are_not_held_up(
    database_url: str,
    redis_url: str,
    tmp_path: Path,
) -> None:
    async with replica(database_url, redis_url, tmp_path, stream_patience_seconds=0.3) as api:
        work_id = await new_work(api.pool)
        frozen = _frozen(api, work_id)
        try:
            reading = Reader(api.rooms, work_id).begin()
            await api.followed(2)
            events = await happen(api.pool, work_id, 120, filling="x" * 100_000)  # more than any buffer between takes
            assert await reading.has(120) == [event.id for event in events]
            await until(lambda: api.rooms.seats.taken == 0)
            await until(lambda: not api.server.server_state.connections)
        finally:
            frozen.close()
            await reading.leave()


def _frozen(api: Replica, work_id: UUID) -> socket.socket:
    parts = urlsplit(api.url)
    found = socket.create_connection((parts.hostname or "", parts.port or 0))
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asked = f"GET /v1/works/{work_id}/events HTTP/1.1\r\nHost: {parts.netloc}\r\n{WHO}: {TENANT}\r\n\r\n"
    found.sendall(asked.encode())
    return found


async def test_a_stream_cut_at_thirty_points_goes_on_on_another_replica(
    database_url: str,
    redis_url: str,
    tmp_path: Path,
) -> None:
    chance = random.Random(5)
    async with replica(database_url, redis_url, tmp_path) as one, replica(database_url, redis_url, tmp_path) as two:
        work_id = await new_work(one.pool)
        events: list[int] = []

        async def write() -> None:
            for _ in range(40):
                events.extend(event.id for event in await happen(one.pool, work_id, chance.randint(1, 8)))
                await asyncio.sleep(chance.random() / 50)

        writing = asyncio.create_task(write())
        found: list[int] = []
        async with one.client() as first, two.client() as second:
            for cut in range(30):
                client = (first, second)[cut % 2]
                part = await read_some(client, work_id, found[-1] if found else 0, chance.randint(1, 4))
                found += [int(event["id"]) for event in part]
            await writing
            events.append((await finish(two.pool, work_id)).id)
            found += [int(event["id"]) for event in await read_some(first, work_id, found[-1])]
            assert await read_some(second, work_id, found[-1]) == []  # 204: do not come back
    assert found == events


async def test_all_streams_of_two_replicas_tell_the_same(database_url: str, redis_url: str, tmp_path: Path) -> None:
    async with replica(database_url, redis_url, tmp_path) as one, replica(database_url, redis_url, tmp_path) as two:
        work_id = await new_work(one.pool)
        async with one.client() as first, two.client() as second:
            reads = [asyncio.create_task(read_some(c, work_id, 0)) for c in (first, second) for _ in range(3)]
            await one.followed(3)
            await two.followed(3)
            written = [*await happen(one.pool, work_id, 5), *await happen(two.pool, work_id, 5)]
            written.append(await finish(two.pool, work_id))
            told = await asyncio.wait_for(asyncio.gather(*reads), 20)
    assert [event["id"] for event in told[0]] == [str(event.id) for event in written]
    assert all(one_of_them == told[0] for one_of_them in told)
