"""The job queue: procrastinate on our own database. Task names are fixed strings.

A run carries the work as its lock, so a work runs once at a time. A timer carries none, because a waiting job would
hold up every later job of its lock.
"""

import asyncio
import logging
import math
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import Any, TypeAlias
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker
from psycopg import AsyncConnection

from storage.database import (
    CONNECT_TIMEOUT_S,
    Connection,
    Door,
    Pool,
    connection,
    limit_transactions,
    translated,
)
from works.queue.resilient_queue import PatientManager, note_task

RUN = "works.run"
TIMER = "works.timer"
REVIEW_TIMER = "works.review_timer"
SHARED = "works"
"""The queue of every worker process; a work of the command line has its own."""
HEARTBEAT_S = 1.5
STALLED_S = 6.0
"""A worker without a heartbeat for so long is taken for dead. With the look every second and the poll of half a second
its works go on within 8 s."""
POLL_S = 0.5
CHANGE_PRIORITY = 10
"""Of a change that a person made; a whole book has 0, procrastinate's own."""
CONCURRENCY = 100
GRACE_S = 4.0
"""For runs to park when their worker stops; what is left then is cancelled."""
LEAVE_S = 1.0
"""For the queue to be told of what was cancelled. A worker has to be gone 8 s after it was told to stop."""
AGAIN_S = 5.0
ASK_S = 5.0
Taken: TypeAlias = tuple[int, int]
"""A job as a worker took it: its number, and that of its attempt, which is another as soon as another worker has it."""
RunJob: TypeAlias = Callable[[UUID, Taken], Awaitable[None]]
TimeOut: TypeAlias = Callable[[UUID, str], Awaitable[None]]
"""Is told of a work and the interrupt of its review when the time for an answer is over."""
Beside: TypeAlias = Callable[[Callable[[], int | None]], Coroutine[Any, Any, None]]
"""Is given the number that the worker has in the queue, None before it has one."""
log = logging.getLogger("mangaka.works")
_SCHEMA_LOCK = "SELECT {}(hashtextextended('mangaka:jobs', 0))"


async def end_tasks(*tasks: "asyncio.Task[Any]", again_s: float = 0.25) -> None:
    """Cancels tasks until they are done; what they raise stays in them.

    Once is not enough: `asyncio.wait_for` of Python 3.11, with which psycopg waits for its server, swallows a
    cancellation that comes together with the answer.
    """
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=again_s)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # looked at: whoever wants it asks the task


def queue_name(work_id: UUID, *, alone: bool) -> str:
    """A queue of its own keeps a command's work out of the hands of every other process."""
    return f"cli:{work_id}" if alone else SHARED


@dataclass(frozen=True, slots=True)
class Queue:
    """Puts jobs into the queue. `open_queue` and `open_working_queue` make one. `running`: the jobs that this process
    runs now; `tasks` do that."""

    app: App
    running: set[Taken] = field(default_factory=set)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    async def defer_run(
        self, work_id: UUID, conn: Connection | None = None, *, alone: bool = False, at_once: bool = False
    ) -> None:
        """In the caller's transaction when it gives its connection. `at_once`: before all whole books, because a person
        looks at what was just changed."""
        job = self.app.configure_task(
            RUN,
            queue=queue_name(work_id, alone=alone),
            lock=str(work_id),
            connection=conn,
            priority=CHANGE_PRIORITY if at_once else None,
        )
        await job.defer_async(work_id=str(work_id))

    async def defer_timer(
        self, work_id: UUID, at: datetime, conn: Connection | None = None, *, alone: bool = False
    ) -> None:
        """At that time the work is put into the queue, unless a timer has put it there already."""
        job = self.app.configure_task(TIMER, queue=queue_name(work_id, alone=alone), schedule_at=at, connection=conn)
        await job.defer_async(work_id=str(work_id), alone=alone)

    async def defer_time_out(
        self, work_id: UUID, interrupt_id: str, at: datetime, conn: Connection | None = None, *, alone: bool = False
    ) -> None:
        """At that time the review is approved, unless it was answered."""
        name = queue_name(work_id, alone=alone)
        job = self.app.configure_task(REVIEW_TIMER, queue=name, schedule_at=at, connection=conn)
        await job.defer_async(work_id=str(work_id), interrupt_id=interrupt_id)

    async def ring(self, work_id: UUID, *, alone: bool = False) -> None:
        """A timer is due."""
        job = self.app.configure_task(
            RUN,
            queue=queue_name(work_id, alone=alone),
            lock=str(work_id),
            queueing_lock=f"{work_id}:timer",
        )
        try:
            await job.defer_async(work_id=str(work_id))
        except AlreadyEnqueued:
            return


@dataclass(frozen=True, slots=True)
class Timers:
    """What happens to a work later by itself; set in the caller's transaction."""

    queue: Queue
    alone: bool = False

    async def wake(self, work_id: UUID, at: datetime, conn: Connection) -> None:
        """A parked work goes on."""
        await self.queue.defer_timer(work_id, at, conn, alone=self.alone)

    async def end_review(self, work_id: UUID, interrupt_id: str, at: datetime, conn: Connection) -> None:
        """A review that nobody answers is approved."""
        await self.queue.defer_time_out(work_id, interrupt_id, at, conn, alone=self.alone)


async def _nothing(work_id: UUID, interrupt_id: str) -> None:
    """For a queue whose works wait for their reviews for ever."""


async def open_queue(pool: Pool) -> Queue:
    """A queue to put jobs into, on the caller's pool."""
    app = App(connector=PsycopgConnector())
    await app.connector.open_async(pool)
    return Queue(app)


@asynccontextmanager
async def open_working_queue(
    database_url: str, run: RunJob, time_out: TimeOut = _nothing, *, door: Door | None = None
) -> AsyncIterator[Queue]:
    """A queue whose jobs can be run too. It has a small pool of its own: procrastinate's listener connects with the
    pool's settings and its own `autocommit` beside them, which ours has already. `door` is that of the other pools of
    this process."""
    asks = {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "mangaka jobs"}
    connector = PsycopgConnector(
        conninfo=database_url,
        kwargs=asks,
        configure=_configure,
        min_size=1,
        max_size=4,
        timeout=ASK_S,
        name="mangaka jobs",
        pool_factory=partial(Pool, door=door),  # type: ignore[arg-type]  # procrastinate's cursors make their own rows
    )
    app = App(connector=connector)
    app.job_manager = manager = PatientManager(connector)
    queue = Queue(app, manager.running, manager.tasks)
    _register(queue, run, time_out)
    with translated(database_url):
        await app.open_async()
    try:
        yield queue
    finally:
        await app.close_async()


async def _configure(conn: AsyncConnection[Any]) -> None:
    await limit_transactions(conn)
    await conn.commit()


class _Again(BaseRetryStrategy):
    """Whatever leaves a job is no end of it: the database was away, or its worker had to go. How a work fails, its run
    writes down."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=AGAIN_S))


def _register(queue: Queue, run: RunJob, time_out: TimeOut) -> None:
    @queue.app.task(name=RUN, retry=_Again(), pass_context=True)
    async def run_job(context: JobContext, work_id: str) -> None:
        note_task(queue.tasks)
        await run(UUID(work_id), (context.job.id or 0, context.job.attempts))

    @queue.app.task(name=TIMER, retry=_Again())
    async def timer_job(work_id: str, alone: bool) -> None:
        note_task(queue.tasks)
        await queue.ring(UUID(work_id), alone=alone)

    @queue.app.task(name=REVIEW_TIMER, retry=_Again())
    async def review_timer_job(work_id: str, interrupt_id: str) -> None:
        note_task(queue.tasks)
        await time_out(UUID(work_id), interrupt_id)


async def serve(
    queue: Queue,
    queues: list[str],
    stop: asyncio.Event,
    *,
    concurrency: int = CONCURRENCY,
    grace_s: float = GRACE_S,
    beside: Beside | None = None,
) -> None:
    """Works until `stop`, or until it cannot go on as this worker. What runs then is cancelled after the grace.
    `beside` runs beside it and is told the worker's number."""
    worker = Worker(
        queue.app,
        queues=queues,
        concurrency=concurrency,
        fetch_job_polling_interval=POLL_S,
        abort_job_polling_interval=POLL_S,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=STALLED_S,
        shutdown_graceful_timeout=None if math.isinf(grace_s) else grace_s,
        install_signal_handlers=False,
        delete_jobs="successful",
    )
    working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
    stopping = asyncio.create_task(stop.wait())
    others: list[asyncio.Task[Any]] = [stopping]
    if beside is not None:
        others.append(asyncio.create_task(beside(lambda: worker.worker_id)))
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        await end_tasks(*others)
        # A database that is away would hold it longer.
        await asyncio.wait((working,), timeout=None if math.isinf(grace_s) else grace_s + LEAVE_S)
        with suppress(TimeoutError):  # before the queue is closed under them
            await asyncio.wait_for(end_tasks(working, *queue.tasks), LEAVE_S)
        if working.done() and not working.cancelled() and (error := working.exception()) is not None:
            log.warning("the worker begins anew: %s", type(error).__name__)


async def prepare_schema(pool: Pool) -> bool:
    """Makes or updates the queue's tables, one process at a time. True when something was done."""
    installed = version("procrastinate")
    async with connection(pool) as conn:
        if await _applied(conn) == installed:
            return False
        await conn.execute(_SCHEMA_LOCK.format("pg_advisory_lock"))
        try:
            before = await _applied(conn)
            if before == installed:
                return False
            async with conn.transaction():
                for script in _scripts(before, installed):
                    await conn.execute(script, prepare=False)
                await conn.execute(f"COMMENT ON TABLE procrastinate_jobs IS 'procrastinate {installed}'")
        finally:
            await conn.execute(_SCHEMA_LOCK.format("pg_advisory_unlock"))
    return True


async def _applied(conn: Connection) -> str | None:
    """Which version's tables are there; None for none."""
    query = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class') AS note"
    row = await (await conn.execute(query)).fetchone()
    return str(row["note"]).removeprefix("procrastinate ") if row and row["note"] else None


def _scripts(before: str | None, installed: str) -> list[str]:
    if before is None:
        return [SchemaManager.get_schema()]
    from pathlib import Path

    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return [s.read_text("utf-8") for s in steps if _numbers(before) < _numbers(s.name) <= _numbers(installed)]


def _numbers(text: str) -> tuple[int, ...]:
    """`03.04.00_01_pre_x.sql` and `3.4.0` both give (3, 4, 0)."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(part) for part in found.groups()) if found else ()
