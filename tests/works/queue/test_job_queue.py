"""The queue: a work runs once at a time, dead workers' jobs come back, timers hold nobody up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from manga.errors import Conflict, ProviderFault
from manga.phases import Phase
from storage.base import WorkStatus
from storage.database import Pool, connection
from tests.works.scripted import brief, scripted
from works.accept_work import Request, accept
from works.base import Ticket
from works.local_run import Bench, hold_work, run_alone
from works.queue.job_queue import SHARED, Queue, RunJob, Taken, open_queue, open_working_queue, serve
from works.queue.worker import MAX_ATTEMPTS, rescue

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def worker(pool: Pool, run: RunJob) -> AsyncIterator[Queue]:
    async with open_working_queue(str(pool.conninfo), run) as queue:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(queue, [SHARED], stop))
        try:
            yield queue
        finally:
            stop.set()
            await serving


async def test_a_job_that_is_put_in_is_run(pool: Pool) -> None:
    ran: asyncio.Future[UUID] = asyncio.get_running_loop().create_future()

    async def run(work_id: UUID, _: Taken) -> None:
        ran.set_result(work_id)

    work_id = uuid4()
    async with worker(pool, run) as queue:
        await queue.defer_run(work_id)
        assert await ran == work_id


async def test_one_work_is_run_once_at_a_time(pool: Pool) -> None:
    at_once: list[int] = []
    running = 0
    done = asyncio.Semaphore(0)

    async def run(work_id: UUID, _: Taken) -> None:
        nonlocal running
        running += 1
        at_once.append(running)
        for _ in range(20):
            await asyncio.sleep(0)
        running -= 1
        done.release()

    work_id = uuid4()
    async with worker(pool, run) as queue:
        for _ in range(3):
            await queue.defer_run(work_id)
        for _ in range(3):
            await done.acquire()
    assert at_once == [1, 1, 1]


async def test_nothing_of_a_worker_is_left_when_its_queue_is_closed(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("works.queue.job_queue.LEAVE_S", 0.3)
    begun, stop, before = asyncio.Semaphore(0), asyncio.Event(), asyncio.all_tasks()

    async def run(work_id: UUID, _: Taken) -> None:
        begun.release()
        await stop.wait()

    async with (
        connection(pool) as conn,
        conn.transaction(force_rollback=True),
        open_working_queue(str(pool.conninfo), run) as queue,
    ):
        serving = asyncio.create_task(serve(queue, [SHARED], stop, grace_s=0.2))
        for _ in range(8):
            await queue.defer_run(uuid4())
        for _ in range(8):
            await begun.acquire()
        await conn.execute("LOCK TABLE procrastinate_jobs")  # nobody's end can be written down
        stop.set()
        await asyncio.wait_for(serving, 5)
        left = {str(task.get_coro()) for task in asyncio.all_tasks() - before if "job" in str(task.get_coro())}
    assert left == set()
    assert "AppNotOpen" not in caplog.text


async def test_a_job_that_ends_after_its_queue_was_closed_is_left_to_others(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("works.queue.job_queue.LEAVE_S", 0.1)
    begun, stop, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def run(work_id: UUID, _: Taken) -> None:
        begun.set()
        while not closed.is_set():  # it is parked, and its disk is slow
            with suppress(asyncio.CancelledError):
                await closed.wait()

    async with open_working_queue(str(pool.conninfo), run) as queue:
        serving = asyncio.create_task(serve(queue, [SHARED], stop, grace_s=0.1))
        await queue.defer_run(uuid4())
        await begun.wait()
        stop.set()
        await serving
        late = [*queue.tasks]
    closed.set()
    await asyncio.wait(late, timeout=5)
    assert late
    assert [task.exception() for task in late if task.done() and not task.cancelled()] == [None] * len(late)
    assert "before this worker left" in caplog.text


async def test_a_waiting_timer_holds_nobody_up(pool: Pool) -> None:
    ran = asyncio.Event()

    async def run(work_id: UUID, _: Taken) -> None:
        ran.set()

    work_id = uuid4()
    async with worker(pool, run) as queue:
        await queue.defer_timer(work_id, datetime.now(UTC) + timedelta(hours=1))
        await queue.defer_run(work_id)
        await asyncio.wait_for(ran.wait(), 4)


async def test_a_due_timer_puts_the_work_into_the_queue_once(pool: Pool) -> None:
    ran = asyncio.Event()

    async def run(work_id: UUID, _: Taken) -> None:
        ran.set()

    work_id = uuid4()
    queue = await open_queue(pool)
    await queue.ring(work_id)
    await queue.ring(work_id)
    async with connection(pool) as conn:
        row = await (await conn.execute("SELECT count(*) AS n FROM procrastinate_jobs")).fetchone()
    assert row == {"n": 1}
    async with worker(pool, run) as serving:
        await serving.defer_timer(uuid4(), datetime.now(UTC))
        await asyncio.wait_for(ran.wait(), 4)


async def taken_by_the_dead(pool: Pool, work_id: UUID, *, attempts: int = 0) -> Queue:
    """A queue with a job that a worker took before it was killed."""
    queue = await open_queue(pool)
    await queue.defer_run(work_id)
    manager = queue.app.job_manager
    worker_id = await manager.register_worker()
    job = await manager.fetch_job(queues=[SHARED], worker_id=worker_id)
    assert job is not None
    async with connection(pool) as conn:
        await conn.execute("UPDATE procrastinate_jobs SET attempts = %s", (attempts,))
        await conn.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '60 s'")
    return queue


async def test_the_job_of_a_dead_worker_comes_back(pool: Pool) -> None:
    work_id = uuid4()
    given_up: list[UUID] = []

    async def give_up(found: UUID) -> None:
        given_up.append(found)

    queue = await taken_by_the_dead(pool, work_id)
    assert await rescue(queue, [SHARED], give_up) == 1
    assert await rescue(queue, [SHARED], give_up) == 0

    ran = asyncio.Event()

    async def run(found: UUID, _: Taken) -> None:
        assert found == work_id
        ran.set()

    async with worker(pool, run):
        await asyncio.wait_for(ran.wait(), 4)
    assert given_up == []


async def test_a_job_that_kills_its_worker_again_and_again_is_given_up(pool: Pool) -> None:
    work_id = uuid4()
    given_up: list[UUID] = []

    async def give_up(found: UUID) -> None:
        given_up.append(found)

    queue = await taken_by_the_dead(pool, work_id, attempts=MAX_ATTEMPTS - 1)
    await rescue(queue, [SHARED], give_up)
    assert given_up == [work_id]


async def test_a_command_runs_its_own_work(pool: Pool, database_url: str, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path)
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
    work = await run_alone(Bench(pool, database_url, runner), work_id)
    assert work.status is WorkStatus.COMPLETED


async def test_a_command_raises_what_ended_its_work(pool: Pool, database_url: str, tmp_path: Path) -> None:
    async def act(ticket: Ticket, phase: Phase) -> None:
        raise ProviderFault("No answer.")

    runner, _ = scripted(pool, tmp_path, act)
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
    with pytest.raises(ProviderFault, match="No answer"):
        await run_alone(Bench(pool, database_url, runner), work_id)


async def test_a_second_command_leaves_a_held_work_alone(pool: Pool, database_url: str, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path)
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
    async with hold_work(database_url, work_id):
        with pytest.raises(Conflict, match="Another command"):
            await run_alone(Bench(pool, database_url, runner), work_id)
    assert story.entered == []
    assert (await run_alone(Bench(pool, database_url, runner), work_id)).status is WorkStatus.COMPLETED


async def test_a_command_takes_over_the_job_of_a_killed_one_at_once(
    pool: Pool, database_url: str, tmp_path: Path
) -> None:
    """No heartbeat has to run out: the lock of a killed process is free."""
    runner, _ = scripted(pool, tmp_path)
    queue = await open_queue(pool)
    work_id = (await accept(pool, queue, Request(brief(), alone=True))).work.id
    manager = queue.app.job_manager
    assert await manager.fetch_job(queues=None, worker_id=await manager.register_worker())
    work = await asyncio.wait_for(run_alone(Bench(pool, database_url, runner), work_id), 4)
    assert work.status is WorkStatus.COMPLETED


async def test_a_finished_work_can_be_delivered_again(pool: Pool, database_url: str, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path)
    bench = Bench(pool, database_url, runner)
    request = Request(brief(), out=str(tmp_path / "out"), alone=True)
    work_id = (await accept(pool, await open_queue(pool), request)).work.id
    await run_alone(bench, work_id)
    entered = list(story.entered)
    assert (await run_alone(bench, work_id)).out_dir == str(tmp_path / "out/the-fox")
    assert story.entered == entered
