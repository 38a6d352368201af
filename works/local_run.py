"""A work of the command line: this process accepts it, runs it from its own queue, and leaves when it has ended.

A work that is parked for minutes has not: the process stays until its timer rings.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from psycopg import AsyncConnection, Error

from manga.errors import Conflict
from storage.base import Work, WorkStatus
from storage.database import CONNECT_TIMEOUT_S, Pool, connection, transaction, translated
from storage.works import change_work, read_work
from works.base import LOCAL_TENANT
from works.queue.job_queue import (
    SHARED,
    STALLED_S,
    Queue,
    Taken,
    end_tasks,
    open_queue,
    open_working_queue,
    queue_name,
    serve,
)
from works.reviews.answers import time_out
from works.run import Runner

PATIENCE: Final = timedelta(minutes=15)
"""A command does not wait for longer than this; whoever gave it can resume the work."""
_JOBS: Final = """
SELECT j.id, j.status::text AS status, j.queue_name = %(shared)s AND w.last_heartbeat IS NOT NULL
  AND w.last_heartbeat > now() - make_interval(secs => %(stalled_s)s) AS living
FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.lock = %(work)s AND j.status IN ('todo', 'doing') ORDER BY j.id FOR UPDATE OF j
"""


@asynccontextmanager
async def hold_work(database_url: str, work_id: UUID) -> AsyncIterator[None]:
    """Raises `Conflict` while another command holds the work. The lock lives on a connection of its own: given back
    to a pool, it would stay."""
    with translated(database_url):
        conn = await AsyncConnection.connect(
            database_url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, application_name="mangaka hold"
        )
    try:
        with translated(database_url):
            query = "SELECT pg_try_advisory_lock(hashtextextended('mangaka:hold:' || %s::text, 0))"
            row = await (await conn.execute(query, (str(work_id),))).fetchone()
        if row is None or not row[0]:
            raise Conflict(
                f"Another command is drawing the work {work_id} right now.",
                remedy="Wait for it, or stop it; then resume.",
            )
        yield
    finally:
        with suppress(Error):  # a server takes its time to notice that a connection is closed
            await conn.execute("SELECT pg_advisory_unlock_all()")
        await conn.close()


def tell_nobody(work: Work) -> None:
    """The default of `Bench.rests`: says nothing."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What running one work takes. `database_url` is for the lock that goes with this process; `rests` is told of the
    work each time it is parked and waited for."""

    pool: Pool
    database_url: str = field(repr=False)
    runner: Runner
    rests: Callable[[Work], None] = tell_nobody


async def run_alone(bench: Bench, work_id: UUID) -> Work:
    """Runs the work whose job waits in its own queue. Raises what ended it; `Conflict` while another command has it."""
    running = _Running(bench, asyncio.get_running_loop().create_future())

    async def unanswered(found: UUID, interrupt_id: str) -> None:
        await time_out(bench.pool, await open_queue(bench.pool), found, interrupt_id, alone=True)

    async with hold_work(bench.database_url, work_id):
        await _requeue(bench.pool, work_id)
        async with open_working_queue(bench.database_url, running.run, unanswered) as queue:
            await _serve_until(queue, queue_name(work_id, alone=True), running.ended)
        if not running.ended.done():
            raise Conflict(f"The job of the work {work_id} could not be run.", remedy=f"`mangaka resume {work_id}`.")
        return await (await running.ended)


@dataclass(slots=True)
class _Running:
    """The runs of one work. How the last one ended is for the command to know, not for the queue."""

    bench: Bench
    ended: "asyncio.Future[asyncio.Task[Work]]"
    _resting: "asyncio.Task[None] | None" = None

    async def run(self, work_id: UUID, _: Taken) -> None:
        if self._resting is not None:
            self._resting.cancel()
        run, rests = asyncio.create_task(self.bench.runner.run(work_id)), False
        try:
            await asyncio.wait((run,))
            rests = await self._rests(run, work_id)
        finally:
            await end_tasks(run)
            if not rests:
                self._end(run)

    async def _rests(self, run: "asyncio.Task[Work]", work_id: UUID) -> bool:
        """Is the work parked for so short a time that it is waited for?"""
        if run.cancelled() or run.exception() is None:
            return False
        async with connection(self.bench.pool) as conn:
            work = await read_work(conn, work_id)
        if work.resume_at is None or work.resume_at - self.bench.runner.now() > PATIENCE:
            return False
        self.bench.rests(work)
        self._resting = asyncio.create_task(self._until_stopped(run))
        return True

    async def _until_stopped(self, run: "asyncio.Task[Work]") -> None:
        await self.bench.runner.stop.wait()
        self._end(run)

    def _end(self, run: "asyncio.Task[Work]") -> None:
        if not self.ended.done():
            self.ended.set_result(run)


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
    """One waiting job for the work in this command's queue. No other command has the work, so a job that is being done
    is a dead command's, or a worker's of the shared queue. Raises `Conflict` while one of those is at it."""
    queue, own = await open_queue(pool), queue_name(work_id, alone=True)
    asked = {"shared": SHARED, "stalled_s": STALLED_S, "work": str(work_id)}
    async with transaction(pool) as conn:
        jobs = await (await conn.execute(_JOBS, asked)).fetchall()
        if any(job["status"] == "doing" and job["living"] for job in jobs):
            raise Conflict(
                f"A service or worker is drawing the work {work_id} right now.",
                remedy="Wait for it, or cancel the work there.",
            )
        for job in jobs:
            if job["status"] == "doing":
                back = "SELECT procrastinate_retry_job_v2(%s, NULL::timestamptz, NULL, %s, NULL)"
                await conn.execute(back, (job["id"], own))
            else:
                await conn.execute("UPDATE procrastinate_jobs SET queue_name = %s WHERE id = %s", (own, job["id"]))
        if not jobs:
            await change_work(conn, work_id, status=WorkStatus.QUEUED)
            await queue.defer_run(work_id, conn, alone=True)
