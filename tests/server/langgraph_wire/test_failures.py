"""Runs that fail, are paused and go on; a service that stops while somebody waits."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.errors import ConflictError

from manga.errors import MangaError, ProviderRefused
from server.settings import ServerSettings
from storage.base import WorkStatus
from storage.database import connection, transaction
from storage.works import change_work
from tests.server.langgraph_wire.clients import GRAPH, REVIEWED, STORY, headers_of
from tests.service import WHO, Service, running_service
from works.lifecycle import pause
from works.queue.failed_runs import utc_now
from works.queue.worker import fail


def test_a_failed_run_says_why_and_another_goes_on(idle: Service) -> None:
    with get_sync_client(url=idle.url, headers=headers_of()) as sdk:
        thread = sdk.threads.create()["thread_id"]
        run = sdk.runs.create(thread, GRAPH, input=STORY)["run_id"]
        idle.run(failed_by(idle, UUID(thread), ProviderRefused()))
        parts = list(sdk.runs.join_stream(thread, run, stream_mode="values"))
        values: Any = sdk.runs.join(thread, run)
        failed = sdk.threads.get(thread)
        second = sdk.runs.create(thread, GRAPH, input=None)
        statuses = [found["status"] for found in sdk.runs.list(thread)]
        with pytest.raises(ConflictError, match="busy"):
            sdk.runs.create(thread, GRAPH, input=None)
    assert [part.event for part in parts] == ["metadata", "error", "end"]
    assert parts[1].data == {"error": "provider_refused", "message": "The provider does not accept our calls."}
    assert values["__error__"] == parts[1].data
    assert failed["status"] == "error"
    assert second["status"] == "pending"
    assert statuses == ["pending", "error"]


def test_a_paused_work_is_not_woken_by_its_timer(idle: Service) -> None:
    house = idle.rooms.house

    async def park(work_id: UUID) -> None:
        at = utc_now() + timedelta(hours=1)
        async with transaction(house.pool) as conn:
            await change_work(conn, work_id, status=WorkStatus.PARKED, resume_at=at)
            await house.queue.defer_timer(work_id, at, conn)

    async def timers(work_id: UUID) -> list[str]:
        query = "SELECT status FROM procrastinate_jobs WHERE args->>'work_id' = %s"
        async with connection(house.pool) as conn:
            return [row["status"] async for row in await conn.execute(query, (str(work_id),))]

    headers = headers_of()
    with get_sync_client(url=idle.url, headers=headers) as sdk:
        thread = UUID(sdk.threads.create()["thread_id"])
        run = sdk.runs.create(str(thread), GRAPH, input=STORY)["run_id"]
        idle.run(park(thread))
        busy = sdk.threads.get(str(thread))["status"]
        idle.run(pause(house, thread, tenant=headers[WHO]))
        paused, stopped = sdk.threads.get(str(thread))["status"], sdk.runs.get(str(thread), run)["status"]
    assert (busy, paused, stopped) == ("busy", "interrupted", "interrupted")
    assert "todo" not in idle.run(timers(thread))


def test_a_service_that_stops_ends_streams_and_lies_to_nobody_who_waits(
    servers: Any, slot: int, tmp_path: Path
) -> None:
    found: list[object] = []

    def wait(url: str, path: str) -> None:
        try:
            found.append(httpx.get(url + path, headers=headers, timeout=20).text)
        except httpx.HTTPError as error:
            found.append(error)

    headers = headers_of()
    settings = ServerSettings(host="127.0.0.1", port=0, workers_inside=False)
    with running_service(servers, slot, tmp_path, settings) as service:
        with get_sync_client(url=service.url, headers=headers) as sdk:
            thread = sdk.threads.create()["thread_id"]
            run = sdk.runs.create(thread, GRAPH, input=REVIEWED)["run_id"]
        paths = [f"/threads/{thread}/runs/{run}/{how}" for how in ("join", "stream")]
        waiting = [threading.Thread(target=wait, args=(service.url, path)) for path in paths]
        for thread_of_one in waiting:
            thread_of_one.start()
        while service.rooms.hub.followers < len(paths):
            assert service.run(_turn()) is None
    for thread_of_one in waiting:
        thread_of_one.join(10)
    texts = [answer for answer in found if isinstance(answer, str)]
    assert len(found) == len(paths)
    assert len(texts) == 1
    assert "event: metadata" in texts[0]
    assert "event: end" not in texts[0]


def test_a_deleted_thread_ends_its_streams(idle: Service) -> None:
    with get_sync_client(url=idle.url, headers=headers_of()) as sdk:
        thread = sdk.threads.create()["thread_id"]
        stream = sdk.runs.stream(thread, GRAPH, input=STORY)
        first = next(iter(stream))
        sdk.threads.delete(thread)
        rest = list(stream)
    assert first.event == "metadata"
    assert rest == []


async def failed_by(service: Service, work_id: UUID, error: MangaError) -> None:
    """What a worker does with a work that no worker can run."""
    house = service.rooms.house
    async with house.feed.told(work_id):
        await fail(house.pool, work_id, error)


async def _turn() -> None:
    """One turn of the service's loop."""
