"""Raw events of the graph: a stream ends with the last word of its run, and without it after a while."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from server.composition import Rooms
from server.streams import graph_events
from storage.graph_events import START
from tests.server.replicas import Replica, finish, new_work, replica
from tests.servers import database_url, databases, redis_client, redis_url, template  # noqa: F401 - fixtures

# ruff: noqa: F811 - fixtures
pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url: str, redis_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Replica]:
    async with replica(database_url, redis_url, tmp_path) as found:
        yield found


def told(mode: str) -> dict[str, object]:
    return {"run": "one", "mode": mode, "data": {}, "at": 0}


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> asyncio.Semaphore:
    """One more for each time that a stream has found its work closed."""
    found, closed = asyncio.Semaphore(0), graph_events._closed

    async def counted(rooms: Rooms, work_id: UUID) -> bool:
        answer = await closed(rooms, work_id)
        found.release()
        return answer

    monkeypatch.setattr(graph_events, "_closed", counted)
    return found


async def closed_work(api: Replica) -> UUID:
    """Its run has told of a task and not yet of its end."""
    work_id = await new_work(api.pool)
    await api.rooms.house.feed.events.want(work_id)
    await api.rooms.house.feed.events.add(work_id, [told("tasks")])
    await finish(api.pool, work_id)
    return work_id


def mode_of(block: bytes) -> str:
    return block.decode().partition("event: ")[2].partition("\n")[0]


async def test_the_end_of_a_run_is_told_though_its_work_was_closed_before(
    api: Replica, looks: asyncio.Semaphore
) -> None:
    work_id = await closed_work(api)
    stream = graph_events._encoded(api.rooms, work_id, START, quiet_s=0.05)
    assert mode_of(await anext(stream)) == "tasks"
    last = asyncio.ensure_future(anext(stream))
    await looks.acquire()
    await api.rooms.house.feed.events.add(work_id, [told("end")])
    assert mode_of(await last) == "end"
    assert [block async for block in stream] == []


async def test_a_stream_whose_run_died_without_a_word_ends(api: Replica) -> None:
    work_id = await closed_work(api)
    stream = graph_events._encoded(api.rooms, work_id, START, quiet_s=0.01)
    assert [mode_of(block) async for block in stream] == ["tasks"]
