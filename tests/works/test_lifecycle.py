"""A work is cancelled or deleted while a worker is at it: within a second, and nothing is paid for any more."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from manga.brief import Brief
from manga.errors import Conflict, NotFound
from manga.phases import Phase
from storage.base import EventType, Servers, WorkStatus
from storage.database import Pool, connection, transaction
from storage.event_outbox import read_events
from storage.settings import StorageSettings
from storage.works import change_work, read_work
from tests.gemini.plan import ALWAYS
from tests.gemini.server import Gemini
from tests.gemini.server import gemini as gemini  # noqa: PLC0414  fixture
from tests.servers import redis_client as redis_client  # noqa: PLC0414  fixture
from tests.servers import redis_url as redis_url  # noqa: PLC0414  fixture
from tests.works.scripted import brief, scripted
from works.accept_work import Request, accept
from works.base import Ticket
from works.composition import House, open_house
from works.lifecycle import cancel, delete
from works.queue.job_queue import open_queue
from works.queue.worker import keep_working

pytestmark = pytest.mark.anyio

STORY = """The Fox and the Badger

One evening a fox met a badger at the edge of the forest.
"Where are you going so late?" asked the fox.
"Home," said the badger. "My children are waiting."
"""
ARTIST = "gemini-nano-banana-2.1"


@pytest.fixture
async def house(
    database_url: str, redis_url: str, tmp_path: Path, gemini: Gemini, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """With a worker, and models that cost money."""
    monkeypatch.setenv("GOOGLE_API_KEY", "nobodys-key")
    monkeypatch.setenv("MANGA_GOOGLE_BASE_URL", gemini.url)
    stop = asyncio.Event()
    async with open_house(StorageSettings(home=tmp_path), Servers(database_url, redis_url), stop=stop) as opened:
        working = asyncio.create_task(keep_working(opened, stop))
        yield opened
        stop.set()
        await working


async def begun(house: House, text: str = STORY) -> UUID:
    return (await accept(house.pool, house.queue, Request(Brief(text=text)))).work.id


def kept(folder: Path, work_id: UUID) -> int:
    """How many objects of a work there are."""
    return len(list(folder.rglob(f"{work_id}/*")))


async def nobody_at_it(pool: Pool, work_id: UUID) -> float:
    """Waits until no job of it runs; answers how long that took."""
    since = time.monotonic()
    async with asyncio.timeout(20):
        while True:
            async with connection(pool) as conn:
                query = "SELECT 1 FROM procrastinate_jobs WHERE lock = %s AND status IN ('todo', 'doing')"
                if await (await conn.execute(query, (str(work_id),))).fetchone() is None:
                    return time.monotonic() - since
            await asyncio.sleep(0.01)


async def arrived(gemini: Gemini, count: int) -> None:
    assert await asyncio.to_thread(gemini.arrived, count)


@pytest.mark.parametrize("paid", ["text", "picture"])
async def test_a_cancelled_work_stops_within_a_second_and_calls_nobody_any_more(
    house: House, gemini: Gemini, paid: str
) -> None:
    gemini.fail("slow", times=ALWAYS, model=ARTIST if paid == "picture" else None)
    work_id = await begun(house)
    while not any(call.model == ARTIST or paid == "text" for call in gemini.calls):
        await arrived(gemini, len(gemini.calls) + 1)
    since = time.monotonic()
    work = await cancel(house, work_id)
    await nobody_at_it(house.pool, work_id)
    took = time.monotonic() - since
    calls = len(gemini.calls)
    gemini.recover()
    gemini.release()
    other = STORY.replace("badger", "crow").replace("Badger", "Crow")
    await begun(house, other)  # while that is worked on, the first would have gone on too
    await arrived(gemini, calls + 3)
    assert (work.status, took < 1.0) == (WorkStatus.CANCELLED, True), took
    async with connection(house.pool) as conn:
        assert (await read_work(conn, work_id)).status is WorkStatus.CANCELLED
        events = [event.type for event in await read_events(conn, work_id)]
    assert events[-1] is EventType.CANCELLED
    assert [call.words for call in gemini.calls[calls:] if "badger" in call.words.lower()] == []


async def test_a_work_that_is_deleted_while_it_is_drawn_leaves_nothing(
    house: House, gemini: Gemini, tmp_path: Path
) -> None:
    gemini.fail("slow", times=ALWAYS, model=ARTIST)
    work_id = await begun(house)
    while not any(call.model == ARTIST for call in gemini.calls):
        await arrived(gemini, len(gemini.calls) + 1)
    assert kept(tmp_path, work_id)
    await delete(house, work_id)
    gemini.recover()
    gemini.release()
    await nobody_at_it(house.pool, work_id)
    assert not kept(tmp_path, work_id)
    async with connection(house.pool) as conn:
        for table, key in (("checkpoints", "thread_id"), ("events", "work_id"), ("works", "id")):
            row = await (
                await conn.execute(f"SELECT 1 FROM {table} WHERE {key}::text = %s", (str(work_id),))
            ).fetchone()
            assert row is None, table
        with pytest.raises(NotFound):
            await read_work(conn, work_id)


async def test_what_waits_in_the_queue_is_cancelled_there(house: House) -> None:
    house.runner.stop.set()
    work_id = await begun(house)
    assert (await cancel(house, work_id)).status is WorkStatus.CANCELLED
    assert (await cancel(house, work_id)).status is WorkStatus.CANCELLED
    async with transaction(house.pool) as conn:
        await change_work(conn, work_id, status=WorkStatus.COMPLETED)
    with pytest.raises(Conflict, match="nothing to cancel"):
        await cancel(house, work_id)


async def test_another_tenants_work_is_not_there_to_be_cancelled_and_runs_on(house: House) -> None:
    house.runner.stop.set()
    work_id = await begun(house)
    epoch = await house.runner.journal.begin((await house.runner.journal.read(work_id)).work)
    for stop in (cancel, delete):
        with pytest.raises(NotFound):
            await stop(house, work_id, tenant="somebody else")
    ticket = Ticket(work_id, "local", epoch, brief(), 1.0)
    await house.runner.journal.change(ticket, EventType.PHASE_STARTED, {"phase": "plot"})


async def test_whoever_cancels_a_work_that_writes_all_the_time_waits_for_no_lock(
    house: House, pool: Pool, tmp_path: Path
) -> None:
    writing = asyncio.Event()

    async def act(ticket: Ticket, phase: Phase) -> None:
        for number in range(10_000):
            await runner.journal.progress(ticket, phase, [number], 10_000)
            writing.set()

    runner, _ = scripted(house.pool, tmp_path, act)
    for _ in range(5):
        writing.clear()
        work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
        running = [asyncio.create_task(runner.run(work_id))]
        await writing.wait()
        since = time.monotonic()
        await cancel(house, work_id)
        assert time.monotonic() - since < 0.9, "a deadlock is noticed after a second"
        assert [type(error).__name__ for error in await asyncio.gather(*running, return_exceptions=True)] == ["Fenced"]
