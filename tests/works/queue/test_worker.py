"""A process that works on the shared queue: whatever happens to a run, its work goes on or says why it does not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from graph.checkpointer import open_checkpointer
from manga.errors import DatabaseUnreachable, DiskFull, Fenced
from manga.phases import Phase
from storage.base import EventType, Servers, Work, WorkStatus
from storage.database import Pool, connection, open_database, transaction
from storage.event_outbox import read_events
from storage.settings import StorageSettings
from storage.works import change_work, read_work, take_epoch
from tests.servers import redis_client as redis_client  # noqa: PLC0414  fixture
from tests.servers import redis_url as redis_url  # noqa: PLC0414  fixture
from tests.works.scripted import Act, brief, nothing, scripted
from works.accept_work import Request, accept
from works.base import Ticket
from works.composition import House, open_house, open_pool
from works.lifecycle import pause
from works.queue.job_queue import SHARED, Queue, Taken, open_queue, open_working_queue, serve
from works.queue.worker import MAX_ATTEMPTS, _find_lost_always, _Shift, keep_working, rescue
from works.run_journal import Journal, Record

pytestmark = pytest.mark.anyio
FIRST: Taken = (1, 0)


@asynccontextmanager
async def house_of(
    servers: Servers, folder: Path, act: Act = nothing, journal: Callable[[Pool], Journal] = Journal
) -> AsyncIterator[House]:
    """A real house with a scripted story."""
    async with open_house(StorageSettings(home=folder), servers, stop=asyncio.Event()) as house:
        runner, _ = scripted(house.pool, folder, act)
        own = replace(runner, stop=house.runner.stop, timers=house.runner.timers, journal=journal(house.pool))
        yield replace(house, runner=own)


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    stop = house.runner.stop
    task = asyncio.create_task(keep_working(house, stop))
    try:
        yield
    finally:
        stop.set()
        await task


@pytest.fixture
def own(database_url: str, redis_url: str) -> Servers:
    return Servers(database_url, redis_url)


async def accepted(pool: Pool) -> UUID:
    return (await accept(pool, await open_queue(pool), Request(brief()))).work.id


async def once(pool: Pool, work_id: UUID, *statuses: WorkStatus) -> Work:
    async with asyncio.timeout(20):
        while True:
            async with connection(pool) as conn:
                work = await read_work(conn, work_id)
            if work.status in statuses:
                return work
            await asyncio.sleep(0.02)


async def told(pool: Pool, work_id: UUID) -> list[EventType]:
    async with connection(pool) as conn:
        return [event.type for event in await read_events(conn, work_id)]


async def test_a_run_that_loses_its_database_goes_on_when_that_answers(own: Servers, tmp_path: Path) -> None:
    lost: list[Phase] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is Phase.PLOT and not lost:
            lost.append(phase)
            raise DatabaseUnreachable("It restarts.")

    async with house_of(own, tmp_path, act) as house, working(house):
        work_id = await accepted(house.pool)
        await once(house.pool, work_id, WorkStatus.COMPLETED)
        assert (await told(house.pool, work_id)).count(EventType.COMPLETED) == 1
    assert lost == [Phase.PLOT]


async def test_a_run_that_loses_its_database_and_meanwhile_its_job_leaves_the_work_to_the_other(
    own: Servers, tmp_path: Path
) -> None:
    entered: list[Phase] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        entered.append(phase)
        if len(entered) == 1:
            async with transaction(house.pool) as conn:
                await conn.execute("UPDATE procrastinate_jobs SET attempts = attempts + 1, worker_id = NULL")
            raise DatabaseUnreachable("It was frozen.")

    async with house_of(own, tmp_path, act) as house:
        work_id = await accepted(house.pool)
        manager = (await open_queue(house.pool)).app.job_manager
        job = await manager.fetch_job(queues=[SHARED], worker_id=await manager.register_worker())
        assert job is not None
        assert job.id is not None
        await _Shift(house, house.runner.stop).run(work_id, (job.id, job.attempts))
        async with transaction(house.pool) as conn:
            assert await take_epoch(conn, work_id) == 2, "it has not taken it back"
    assert entered == [Phase.CONCEPT]


@dataclass(frozen=True, slots=True)
class Full(Journal):
    """Its disk is full whenever a failure is to be written down."""

    async def change(self, ticket: Ticket, type: EventType | None = None, *rest: Any, **change: Any) -> Work:
        if type is EventType.FAILED:
            raise DiskFull("No room.")
        return await Journal.change(self, ticket, type, *rest, **change)


async def test_a_failure_that_a_run_cannot_write_down_is_written_down_after_it(own: Servers, tmp_path: Path) -> None:
    runs: list[Phase] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        runs.append(phase)
        raise RuntimeError("unexpected")

    async with house_of(own, tmp_path, act, Full) as house, working(house):
        work_id = await accepted(house.pool)
        work = await once(house.pool, work_id, WorkStatus.FAILED)
        assert (work.error or {})["code"] == "disk_full"
    assert len(runs) == 1, "and it is not tried again and again"


async def test_an_unexpected_error_fails_the_work_without_its_words(
    own: Servers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = "Once there was a fox"

    async def act(ticket: Ticket, phase: Phase) -> None:
        raise RuntimeError(words)

    async with house_of(own, tmp_path, act) as house, working(house):
        work_id = await accepted(house.pool)
        work = await once(house.pool, work_id, WorkStatus.FAILED)
    assert "RuntimeError" in str(work.error)
    assert words not in str(work.error) + caplog.text


async def test_the_job_of_a_work_that_has_failed_does_not_begin_it_again(own: Servers, tmp_path: Path) -> None:
    async with house_of(own, tmp_path) as house:
        work_id = await accepted(house.pool)
        async with transaction(house.pool) as conn:
            await change_work(conn, work_id, status=WorkStatus.FAILED)
        await _Shift(house, house.runner.stop).run(work_id, FIRST)
        async with connection(house.pool) as conn:
            assert (await read_work(conn, work_id)).status is WorkStatus.FAILED


async def dead(pool: Pool, work_id: UUID, attempts: int) -> Queue:
    """Its worker was killed, and others before it."""
    queue = await open_queue(pool)
    manager = queue.app.job_manager
    job = await manager.fetch_job(queues=[SHARED], worker_id=await manager.register_worker())
    assert job is not None
    async with connection(pool) as conn:
        await conn.execute("UPDATE procrastinate_jobs SET attempts = %s WHERE status = 'doing'", (attempts,))
        await conn.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '60 s'")
    return queue


@dataclass(frozen=True, slots=True)
class _Stopped(Journal):
    """Just after it was read, the work is stopped by somebody."""

    status: WorkStatus = WorkStatus.PARKED

    async def read(self, work_id: UUID) -> Record:
        record = await Journal.read(self, work_id)
        async with connection(self.pool) as conn:
            await change_work(conn, work_id, status=self.status)
        return record


@pytest.mark.parametrize("status", [WorkStatus.PARKED, WorkStatus.CANCELLED])
async def test_a_work_that_is_stopped_as_its_run_begins_stays_stopped(
    own: Servers, tmp_path: Path, status: WorkStatus
) -> None:
    async with house_of(own, tmp_path, journal=partial(_Stopped, status=status)) as house:
        work_id = await accepted(house.pool)
        await _Shift(house, house.runner.stop).run(work_id, FIRST)
        async with connection(house.pool) as conn:
            assert (await read_work(conn, work_id)).status is status
        assert EventType.PHASE_STARTED not in await told(house.pool, work_id)


async def test_a_job_that_outlives_the_pause_of_its_work_does_not_end_the_pause(own: Servers, tmp_path: Path) -> None:
    async with house_of(own, tmp_path) as house:
        work_id = await accepted(house.pool)
        assert (await pause(house, work_id)).status is WorkStatus.PARKED
        await _Shift(house, house.runner.stop).run(work_id, FIRST)
        async with connection(house.pool) as conn:
            assert (await read_work(conn, work_id)).status is WorkStatus.PARKED


async def jobs(pool: Pool) -> list[dict[str, Any]]:
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT status::text, attempts FROM procrastinate_jobs ORDER BY id")
        return await rows.fetchall()


async def test_a_work_that_stops_its_workers_is_given_up_and_fenced(own: Servers, tmp_path: Path) -> None:
    async with house_of(own, tmp_path) as house:
        work_id = await accepted(house.pool)
        epoch = await house.runner.journal.begin((await house.runner.journal.read(work_id)).work)
        queue = await dead(house.pool, work_id, MAX_ATTEMPTS - 1)
        shift = _Shift(house, house.runner.stop)
        await rescue(queue, [SHARED], shift.give_up, shift.got_on)
        async with connection(house.pool) as conn:
            work = await read_work(conn, work_id)
        assert (work.status, (await jobs(house.pool))[0]["status"]) == (WorkStatus.FAILED, "failed")
        with pytest.raises(Fenced):
            await house.runner.journal.change(Ticket(work_id, "local", epoch, brief(), 1.0), EventType.COMPLETED)


async def test_a_work_that_gets_on_between_losses_is_not_what_stops_the_workers(own: Servers, tmp_path: Path) -> None:
    async with house_of(own, tmp_path) as house:
        work_id = await accepted(house.pool)
        shift = _Shift(house, house.runner.stop)
        for number, attempts in enumerate((0, MAX_ATTEMPTS - 1, MAX_ATTEMPTS - 1)):
            queue = await dead(house.pool, work_id, attempts)
            await rescue(queue, [SHARED], shift.give_up, shift.got_on)
            assert [job["status"] for job in await jobs(house.pool)] == ["todo"]
            async with transaction(house.pool) as conn:
                await conn.execute(
                    "INSERT INTO checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)"
                    " VALUES (%s, 'c', 't', %s, 'artwork', '')",
                    (str(work_id), number),
                )


async def test_of_several_that_rescue_a_work_that_got_on_none_gives_it_up(own: Servers, tmp_path: Path) -> None:
    async with house_of(own, tmp_path) as house:
        work_id = await accepted(house.pool)
        shift = _Shift(house, house.runner.stop)
        await rescue(await dead(house.pool, work_id, 0), [SHARED], shift.give_up, shift.got_on)
        async with transaction(house.pool) as conn:
            await conn.execute(
                "INSERT INTO checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)"
                " VALUES (%s, 'c', 't', 0, 'artwork', '')",
                (str(work_id),),
            )
        queue = await dead(house.pool, work_id, MAX_ATTEMPTS - 1)
        await asyncio.gather(*(rescue(queue, [SHARED], shift.give_up, shift.got_on) for _ in range(4)))
        assert await jobs(house.pool) == [{"status": "todo", "attempts": 1}]
        async with connection(house.pool) as conn:
            assert (await read_work(conn, work_id)).status is WorkStatus.QUEUED


async def test_two_that_rescue_at_once_put_a_job_back_once(pool: Pool) -> None:
    async def nobody(work_id: UUID) -> None:
        raise AssertionError("given up")

    await (await open_queue(pool)).defer_run(work_id := uuid4())
    queue = await dead(pool, work_id, 0)
    await asyncio.gather(*(rescue(queue, [SHARED], nobody) for _ in range(4)))
    assert await jobs(pool) == [{"status": "todo", "attempts": 1}]


async def test_a_job_whose_taking_nobody_heard_of_is_put_back_and_run(pool: Pool) -> None:
    ran = asyncio.Event()

    async def run(work_id: UUID, _: Taken) -> None:
        ran.set()

    numbers: asyncio.Queue[int] = asyncio.Queue()
    async with open_working_queue(str(pool.conninfo), run) as queue:

        async def look(number: Any) -> None:
            while number() is None:  # noqa: ASYNC110 - a worker tells nobody
                await asyncio.sleep(0)
            numbers.put_nowait(number())
            await _find_lost_always(queue, number)

        stop = asyncio.Event()
        serving = asyncio.create_task(serve(queue, [SHARED], stop, beside=look))
        number = await numbers.get()
        async with transaction(pool) as conn:  # as if it had taken the job, and the answer had not come
            await queue.defer_run(uuid4(), conn)
            await conn.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", (number,))
        await asyncio.wait_for(ran.wait(), 10)
        stop.set()
        await serving
    assert await jobs(pool) == []


async def test_processes_that_start_at_once_make_the_tables_together(database_url: str, pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("DROP SCHEMA public CASCADE")
        await conn.execute("CREATE SCHEMA public")

    async def begin() -> None:
        async with open_pool(database_url) as opened:
            await open_checkpointer(opened)

    await asyncio.gather(*(begin() for _ in range(4)))
    async with open_database(database_url, max_size=1) as opened:
        work_id = await accepted(opened)
        assert (await once(opened, work_id, WorkStatus.QUEUED)).id == work_id
