"""A work of the command line: this process accepts it, runs it from its own queue, and leaves when it has ended."""

import asyncio
import math
from dataclasses import dataclass
from uuid import UUID

from manga.errors import Conflict
from storage.base import Work, WorkStatus
from storage.database import Pool, connection, transaction
from storage.works import change_work, read_work
from works.answers import time_out
from works.base import LOCAL_TENANT
from works.hold import held
from works.jobs import Queue, open_queue, open_working_queue, queue_name, serve
from works.run import Runner


@dataclass(frozen=True, slots=True)
class Bench:
    """What running one work takes. `database_url` is for the lock that goes with this process."""

    pool: Pool
    database_url: str
    runner: Runner


async def run_alone(bench: Bench, work_id: UUID) -> Work:
    """Runs the work whose job waits in its own queue. Raises what ended it; `Conflict` while another command has it."""
    ended: asyncio.Future[asyncio.Task[Work]] = asyncio.get_running_loop().create_future()

    async def run(found: UUID) -> None:
        # How the run ends is for this function's caller to know, not for the queue.
        running = asyncio.create_task(bench.runner.run(found))
        try:
            await asyncio.wait((running,))
        finally:
            running.cancel()
            await asyncio.wait((running,))
            if not ended.done():
                ended.set_result(running)

    async def unanswered(found: UUID, interrupt_id: str) -> None:
        await time_out(bench.pool, await open_queue(bench.pool), found, interrupt_id, alone=True)

    async with held(bench.database_url, work_id):
        await _requeue(bench.pool, work_id)
        async with open_working_queue(bench.database_url, run, unanswered) as queue:
            await _serve_until(queue, queue_name(work_id, alone=True), ended)
        if not ended.done():
            raise Conflict(f"The job of the work {work_id} could not be run.", remedy=f"`mangaka resume {work_id}`.")
        return await (await ended)


async def _serve_until(queue: Queue, name: str, ended: asyncio.Future[asyncio.Task[Work]]) -> None:
    leave = asyncio.Event()
    serving = asyncio.create_task(serve(queue, [name], leave, concurrency=1, grace_s=math.inf))
    try:
        await asyncio.wait((ended, serving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        leave.set()
        await asyncio.gather(serving, return_exceptions=True)


async def resumable(pool: Pool, work_id: UUID) -> Work:
    """The work, when it can be run on. Raises `NotFound`, and `Conflict` for a cancelled one."""
    async with connection(pool) as conn:
        work = await read_work(conn, work_id, tenant=LOCAL_TENANT)
    if work.status is WorkStatus.CANCELLED:
        raise Conflict(f"The work {work_id} was cancelled.", remedy="Draw the story again.")
    return work


async def _requeue(pool: Pool, work_id: UUID) -> None:
    """One waiting job for the work. Nobody else has the work, so a job that is being done is a dead command's."""
    queue = await open_queue(pool)
    manager = queue.app.job_manager
    jobs = list(await manager.list_jobs_async(lock=str(work_id)))
    for job in jobs:
        if job.status == "doing":
            await manager.retry_job(job)
    if any(job.status in ("doing", "todo") for job in jobs):
        return
    async with transaction(pool) as conn:
        await change_work(conn, work_id, status=WorkStatus.QUEUED)
        await queue.defer_run(work_id, conn, alone=True)
