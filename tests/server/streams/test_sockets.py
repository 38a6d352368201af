"""The same events over a WebSocket, and what its close codes say."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from server.routes import events
from tests.server.replicas import TENANT, Reader, Replica, finish, happen, new_work, read_some, replica, until
from tests.servers import database_url, databases, redis_client, redis_url, template  # noqa: F401 - fixtures
from tests.service import WHO

# ruff: noqa: F811 - fixtures
pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url: str, redis_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Replica]:
    async with replica(database_url, redis_url, tmp_path, streams_a_tenant=2, stream_patience_seconds=0.3) as found:
        yield found


def opened(api: Replica, work: object, query: str = "", tenant: str | None = TENANT, **more: Any) -> connect:
    headers = {} if tenant is None else {WHO: tenant}
    url = f"{api.url.replace('http', 'ws', 1)}/v1/works/{work}/ws{query}"
    return connect(url, additional_headers=headers, proxy=None, **more)


async def heard(socket: ClientConnection) -> tuple[list[Any], int | None]:
    """What it says until it is closed, and the close code."""
    found = []
    try:
        async with asyncio.timeout(20):
            while True:
                found.append(json.loads(await socket.recv()))
    except ConnectionClosed:
        return found, socket.close_code


async def test_a_socket_tells_the_same_envelopes_as_the_stream(api: Replica) -> None:
    work_id = await new_work(api.pool)
    before = await happen(api.pool, work_id, 3)
    async with opened(api, work_id, "?after=0") as all_of_it, opened(api, work_id) as rest:
        await rest.send(json.dumps({"after": str(before[0].id)}))
        await api.followed(2)
        await happen(api.pool, work_id, 2)
        await finish(api.pool, work_id)
        told, code = await heard(all_of_it)
        told_after, code_after = await heard(rest)
    async with api.client() as client:
        assert told == await read_some(client, work_id, 0)
    assert told_after == told[1:]
    assert (code, code_after) == (1000, 1000)
    await until(lambda: api.rooms.seats.taken == 0)


async def test_a_socket_that_was_cut_goes_on_where_it_was(api: Replica) -> None:
    work_id = await new_work(api.pool)
    events = [event.id for event in await happen(api.pool, work_id, 12)]
    found: list[int] = []
    for _ in range(6):
        async with opened(api, work_id, f"?after={found[-1] if found else 0}") as socket:
            found += [int(json.loads(await socket.recv())["id"]) for _ in range(2)]
    assert found == events


@pytest.mark.parametrize(
    ("work", "query", "first", "code"),
    [
        (uuid4(), "?after=0", None, 4404),
        ("no-work", "?after=0", None, 4404),
        (None, "?after=-1", None, 4400),
        (None, "?after=1e3", None, 4400),
        (None, "", "after 3", 4400),
        (None, "", "[" * 3000, 4400),
        (None, "", json.dumps({"after": "x"}), 4400),
        (None, "", json.dumps(["after"]), 4400),
        (None, "", b"\x00\xff", 4400),
        (None, "?after=0", "hello", 4400),
        (None, "", "x" * 20_000, 1009),
    ],
)
async def test_a_close_code_says_what_was_wrong(
    api: Replica, work: UUID | str | None, query: str, first: str | bytes | None, code: int
) -> None:
    wanted = work or await new_work(api.pool)
    async with opened(api, wanted, query) as socket:
        if first is not None:
            await socket.send(first)
        assert await heard(socket) == ([], code)
    await until(lambda: api.rooms.seats.taken == 0)


async def test_who_is_not_known_or_another_tenant_hears_nothing(api: Replica) -> None:
    work_id = await new_work(api.pool)
    await happen(api.pool, work_id)
    async with opened(api, work_id, "?after=0", tenant="another") as socket:
        assert await heard(socket) == ([], 4404)
    async with opened(api, work_id, "?after=0", tenant=None) as socket:
        assert await heard(socket) == ([], 4401)


async def test_a_page_of_another_site_opens_no_socket(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with opened(api, work_id, "?after=0", origin=Origin("https://elsewhere.example")) as socket:
        assert await heard(socket) == ([], 4403)


async def test_a_tenant_has_no_more_sockets_than_streams(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with opened(api, work_id, "?after=0"), opened(api, work_id, "?after=0"):
        await api.followed(2)
        async with opened(api, work_id, "?after=0") as third:
            assert await heard(third) == ([], 4429)


async def test_a_socket_that_says_nothing_is_told_everything(api: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "FIRST_MESSAGE_S", 0.05)
    work_id = await new_work(api.pool)
    happened = await happen(api.pool, work_id, 3)
    await finish(api.pool, work_id)
    async with opened(api, work_id) as socket:
        told, code = await heard(socket)
    assert [one["id"] for one in told][:3] == [str(event.id) for event in happened]
    assert code == 1000


async def test_sockets_end_when_the_service_stops(api: Replica) -> None:
    async with opened(api, await new_work(api.pool), "?after=0") as socket:
        await api.followed(1)
        api.drain()
        assert await heard(socket) == ([], 1012)


async def test_a_socket_that_leaves_frees_its_place(api: Replica) -> None:
    async with opened(api, await new_work(api.pool), "?after=0"):
        await api.followed(1)
    await until(lambda: api.rooms.hub.followers == 0 and api.rooms.seats.taken == 0, 2)


async def test_a_socket_that_does_not_read_is_cut_off_and_others_are_not_held_up(api: Replica) -> None:
    work_id = await new_work(api.pool)
    async with opened(api, work_id, "?after=0", max_queue=1, compression=None) as frozen:
        reading = Reader(api.rooms, work_id).begin()
        await api.followed(2)
        events = await happen(api.pool, work_id, 120, filling="x" * 100_000)
        assert await reading.has(120) == [event.id for event in events]
        await until(lambda: api.rooms.seats.taken == 0)
        await reading.leave()
        frozen.transport.abort()
