"""A worker that was taken for dead and lives: the job that others have by now is not its to end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from procrastinate.jobs import Job, Status

from storage.database import Pool, connection
from works.queue.job_queue import SHARED, Queue, open_working_queue
from works.queue.worker import rescue

pytestmark = pytest.mark.anyio

End = Callable[[Queue, Job], Awaitable[None]]


async def nothing(_work_id: UUID) -> None:
    return


async def finish(queue: Queue, job: Job) -> None:
    await queue.app.job_manager.finish_job(job, Status.SUCCEEDED, delete_job=True)


async def retry(queue: Queue, job: Job) -> None:
    await queue.app.job_manager.retry_job(job)


async def taken(queue: Queue) -> Job:
    manager = queue.app.job_manager
    job = await manager.fetch_job(queues=[SHARED], worker_id=await manager.register_worker())
    assert job is not None
    return job


@asynccontextmanager
async def taken_for_dead(pool: Pool) -> AsyncIterator[tuple[Queue, Job]]:
    """A worker whose job was put back, because its heart was not heard."""
    async with open_working_queue(str(pool.conninfo), nothing) as queue:
        await queue.defer_run(uuid4())
        job = await taken(queue)
        async with connection(pool) as conn:
            await conn.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '60 s'")
        assert await rescue(queue, [SHARED], nothing) == 1
        yield queue, job


async def jobs(pool: Pool) -> list[dict[str, Any]]:
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT status::text, worker_id FROM procrastinate_jobs")
        return await rows.fetchall()


@pytest.mark.parametrize("end", [finish, retry])
async def test_a_job_that_another_worker_has_is_left_to_it(pool: Pool, end: End) -> None:
    async with taken_for_dead(pool) as (queue, job), open_working_queue(str(pool.conninfo), nothing) as other:
        its = await taken(other)
        await end(queue, job)
        assert await jobs(pool) == [{"status": "doing", "worker_id": its.worker_id}]
        await finish(other, its)
        assert await jobs(pool) == []


@pytest.mark.parametrize("end", [finish, retry])
async def test_a_job_that_waits_for_another_worker_waits_on(pool: Pool, end: End) -> None:
    async with taken_for_dead(pool) as (queue, job):
        await end(queue, job)
        assert [job["status"] for job in await jobs(pool)] == ["todo"]


async def test_a_job_that_is_gone_is_no_error(pool: Pool) -> None:
    async with taken_for_dead(pool) as (queue, job), open_working_queue(str(pool.conninfo), nothing) as other:
        await finish(other, await taken(other))
        await finish(queue, job)
        assert await jobs(pool) == []


async def test_a_job_that_its_own_worker_has_anew_is_known_to_run_when_its_first_run_ends(pool: Pool) -> None:
    """Else it would be put back as one that nobody runs, again and again."""
    async with taken_for_dead(pool) as (queue, first):
        second = await taken(queue)
        await finish(queue, first)
        assert queue.running == {(second.id, second.attempts)}
