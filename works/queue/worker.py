"""A process that works on the shared queue: beside the API, or as `mangaka worker` on any machine.

Whatever happens to a run, its work goes on: here when the database answers again, in another worker when this one
stops or dies, or it has failed and says why.
"""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias
from uuid import UUID

from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Status
from psycopg import Error as SqlError

from manga.errors import Conflict, DatabaseUnreachable, DiskFull, Fenced, MangaError, NotFound, StorageFailed
from storage.base import EventType, WorkStatus
from storage.database import Connection, Pool, connection, transaction
from storage.event_outbox import append_event
from storage.works import add_counters, change_work, read_counters, read_work, take_work
from works.composition import House
from works.lifecycle import rests
from works.queue.job_queue import RUN, SHARED, STALLED_S, Queue, Taken, end_tasks, open_queue, open_working_queue, serve
from works.queue.queued_runs import begin_queued_always
from works.queue.wake_parked import wake_always
from works.reviews.answers import time_out
from works.work_json import error_of

MAX_ATTEMPTS: Final = 3
RESCUE_EVERY_S: Final = 1.0
_PAUSE_S: Final = 1.0

GiveUp: TypeAlias = Callable[[UUID], Awaitable[None]]
"""Is told of a work whose job has killed its worker too often."""
_STALLED: Final = """
SELECT j.id, j.task_name, j.attempts, j.args FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND j.queue_name = ANY(%(names)s)
  AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %(stalled_s)s))
"""
_STILL_TAKEN: Final = "SELECT FROM procrastinate_jobs WHERE id = %s AND attempts = %s AND status = 'doing'"
_TAKEN: Final = """
SELECT j.id, j.task_name, j.attempts, j.args FROM procrastinate_jobs j
WHERE j.status = 'doing' AND j.worker_id = %(worker)s
"""
# The number of attempts tells whether somebody else was faster.
_PUT_BACK: Final = """
SELECT procrastinate_retry_job_v2(f.id, NULL::timestamptz, NULL, NULL, NULL) AS done FROM (
    SELECT id FROM procrastinate_jobs
    WHERE id = %(id)s AND status = 'doing' AND attempts = %(attempts)s FOR UPDATE SKIP LOCKED
) f
"""
_STILL: Final = """
SELECT FROM procrastinate_jobs WHERE id = %s AND status = 'doing' AND attempts = %s FOR UPDATE SKIP LOCKED
"""
_AFRESH: Final = "UPDATE procrastinate_jobs SET attempts = %(attempts)s WHERE id = %(id)s"
ASK_EVERY_S: Final = 0.5
_DONE: Final = "done_when_rescued"
_STEPS: Final = """
SELECT (SELECT count(*) FROM checkpoints WHERE thread_id = %(work)s)
     + (SELECT count(*) FROM checkpoint_writes WHERE thread_id = %(work)s) AS steps
"""
log = logging.getLogger("mangaka.works")
_OPEN: Final = tuple(status for status in WorkStatus if not status.closed)


@dataclass(frozen=True, slots=True)
class Lost:
    """A job whose worker is gone, as it was found."""

    id: int
    attempts: int

    async def is_still(self, conn: Connection) -> bool:
        """Nobody has put it back meanwhile, and nobody can until the transaction is over."""
        return await (await conn.execute(_STILL, (self.id, self.attempts))).fetchone() is not None

    async def forgiven(self, conn: Connection) -> "Lost":
        """As if its workers before this one had not been lost."""
        await conn.execute("UPDATE procrastinate_jobs SET attempts = 0 WHERE id = %s", (self.id,))
        return replace(self, attempts=0)


GotOn: TypeAlias = Callable[[UUID, Lost], Awaitable[Lost | None]]
"""The job, forgiven if its work has got any further since its worker was lost the last time; None where others are
putting it back."""


async def keep_attempts(work_id: UUID, lost: Lost) -> Lost:
    """The default of `got_on`: nobody knows whether the work got further, so its lost workers count."""
    return lost


async def work(
    queue: Queue, names: list[str], stop: asyncio.Event, give_up: GiveUp, got_on: GotOn = keep_attempts
) -> None:
    """Works until `stop`. A worker that loses its place in the queue begins again."""
    rescuing = asyncio.create_task(_rescue_always(queue, names, stop, give_up, got_on))

    async def look(number: Callable[[], int | None]) -> None:
        await _find_lost_always(queue, number)

    try:
        while not stop.is_set():
            await serve(queue, names, stop, beside=look)
            if not stop.is_set():
                await paused(stop, _PAUSE_S)
    finally:
        await end_tasks(rescuing)


async def rescue(
    queue: Queue, names: list[str], give_up: GiveUp, got_on: GotOn = keep_attempts, *, stalled_s: float = STALLED_S
) -> int:
    """Puts jobs whose worker has stopped breathing back into the queue. Answers how many there were.

    A run that loses its worker `MAX_ATTEMPTS` times without getting any further is given up; timers never are.
    """
    found = await queue.app.connector.execute_query_all_async(_STALLED, names=names, stalled_s=stalled_s)
    for job in found:
        if job["task_name"] != RUN:
            await _put_back(queue, job)
            continue
        work_id = UUID(str(job["args"]["work_id"]))
        lost = await got_on(work_id, Lost(job["id"], job["attempts"]))
        if lost is None:
            continue
        if lost.attempts + 1 < MAX_ATTEMPTS:
            await _put_back(queue, job | {"attempts": lost.attempts})
        else:
            await give_up(work_id)
            await queue.app.job_manager.finish_job_by_id_async(int(job["id"]), Status.FAILED, delete_job=False)
    return len(found)


async def _put_back(queue: Queue, job: dict[str, Any], *, attempts: int | None = None) -> None:
    ask = queue.app.connector.execute_query_all_async
    done = await ask(_PUT_BACK, id=job["id"], attempts=job["attempts"])
    if done and attempts is not None:
        await queue.app.connector.execute_query_async(_AFRESH, id=job["id"], attempts=attempts)


async def _rescue_always(queue: Queue, names: list[str], stop: asyncio.Event, give_up: GiveUp, got_on: GotOn) -> None:
    # Not a periodic job: that would be locked, and stall with the rest.
    looked, calm_at = time.time(), 0.0
    while not stop.is_set():
        if time.time() - looked > STALLED_S / 2:
            calm_at = time.time() + STALLED_S  # this process, or the machine with all the others, was asleep
        looked = time.time()
        try:
            if looked >= calm_at:
                await rescue(queue, names, give_up, got_on)
        except (ProcrastinateException, SqlError, MangaError) as error:
            # Nobody's heart could be heard: the living are given time to tell that they are.
            calm_at = time.time() + STALLED_S
            log.warning("stalled jobs were not looked for: %s", type(error).__name__)
        await paused(stop, RESCUE_EVERY_S)


async def _find_lost_always(queue: Queue, number: Callable[[], int | None]) -> None:
    """Jobs that are this worker's in the queue and nobody's here: the answer to taking or ending them was lost."""
    before: set[int] = set()
    while True:
        await asyncio.sleep(RESCUE_EVERY_S)
        if (worker := number()) is None:
            continue
        try:
            taken = await queue.app.connector.execute_query_all_async(_TAKEN, worker=worker)
            lost = [job for job in taken if (job["id"], job["attempts"]) not in queue.running]
            for job in lost:
                if job["id"] in before:  # not only on its way in or out
                    await _put_back(queue, job, attempts=job["attempts"])
        except ProcrastinateException as error:
            log.info("this worker's jobs were not looked through: %s", type(error).__name__)
            continue
        before = {job["id"] for job in lost}


async def paused(stop: asyncio.Event, seconds: float) -> None:
    """Not longer than until `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def keep_working(house: House, stop: asyncio.Event) -> None:
    """Runs the jobs of the shared queue until `stop`; what runs then is parked, and goes on in another worker."""
    shift = _Shift(house, stop)
    opening = open_working_queue(house.database_url, shift.run, shift.unanswered, door=house.pool.door)
    async with opening as queue:
        beside = (wake_always(house.models, house.pool, queue), begin_queued_always(house))
        others = [asyncio.create_task(one) for one in beside]
        try:
            await work(queue, [SHARED], stop, shift.give_up, shift.got_on)
        finally:
            await end_tasks(*others)


@dataclass(frozen=True, slots=True)
class _Shift:
    """The jobs of one process. One that leaves by an error is put back into the queue."""

    house: House
    stop: asyncio.Event

    async def run(self, work_id: UUID, taken: Taken) -> None:
        for tries in itertools.count():
            try:
                await self._run(work_id)
                return
            except (Conflict, NotFound, Fenced) as error:
                log.info("the work %s is not run: %s", work_id, error.code)
                return
            except DiskFull as error:
                await self._close(work_id, error)
                return
            except StorageFailed as error:
                log.warning("the work %s stopped: %s", work_id, error.code)
                if await self._is_over(work_id, taken, ASK_EVERY_S * 2 ** min(tries, 6)):
                    return
            except MangaError as error:
                log.warning("the work %s stopped: %s", work_id, error.code)
                await self._close(work_id, error)
                return
            except Exception as error:  # noqa: BLE001 - the run boundary: the run has logged it, without its words
                await self._close(work_id, MangaError(f"Unexpected {type(error).__name__}."))
                return

    async def _run(self, work_id: UUID) -> None:
        async with connection(self.house.pool) as conn:
            before = await read_work(conn, work_id)
        if before.status is WorkStatus.FAILED or rests(before):  # a job that outlived what ended its run
            raise Conflict(f"The work {work_id} is {before.status.value}.")
        async with self.house.feed.told(work_id):
            await self.house.runner.run(work_id)

    async def _is_over(self, work_id: UUID, taken: Taken, pause_s: float) -> bool:
        """Is it written down that the work rests, or is its job not this worker's any more, which was taken for dead?
        After a pause, as soon as the database answers. Raises `StorageFailed` when this process stops before."""
        while True:
            if self.stop.is_set():
                raise DatabaseUnreachable("The database did not answer until this process stopped.")
            await paused(self.stop, pause_s)
            try:
                async with connection(self.house.pool) as conn:
                    found = await read_work(conn, work_id)
                    still = await (await conn.execute(_STILL_TAKEN, taken)).fetchone()
                return still is None or found.status not in (WorkStatus.QUEUED, WorkStatus.PROCESSING)
            except NotFound:
                return True
            except StorageFailed:
                log.info("the work %s waits for the database", work_id)

    async def _close(self, work_id: UUID, error: MangaError) -> None:
        """A run writes down how it ended. Where it could not (a full disk), that is tried until it can."""
        while True:
            try:
                async with self.house.feed.told(work_id):
                    await fail(self.house.pool, work_id, error, of=(WorkStatus.PROCESSING,))
                return
            except NotFound:
                return
            except StorageFailed:
                if self.stop.is_set():
                    raise
            await paused(self.stop, ASK_EVERY_S)

    async def unanswered(self, work_id: UUID, interrupt_id: str) -> None:
        """Of a review: its time is over."""
        try:
            await time_out(self.house.pool, await open_queue(self.house.pool), work_id, interrupt_id)
        except (Conflict, NotFound) as error:
            log.info("the review of %s is not ended: %s", work_id, error.code)

    async def give_up(self, work_id: UUID) -> None:
        """Of a work whose worker died again and again."""
        try:
            async with self.house.feed.told(work_id):
                await fail(self.house.pool, work_id, MangaError(f"It has stopped its worker {MAX_ATTEMPTS} times."))
        except NotFound:
            return

    async def got_on(self, work_id: UUID, lost: Lost) -> Lost | None:
        """A step of its graph more than when its worker was lost the last time: then it is not what kills workers."""
        async with transaction(self.house.pool) as conn:
            try:
                await read_work(conn, work_id, lock=True)
            except NotFound:
                return lost
            if not await lost.is_still(conn):  # whoever looks later would see no step more
                return None
            before = (await read_counters(conn, work_id)).get(_DONE)
            row = await (await conn.execute(_STEPS, {"work": str(work_id)})).fetchone()
            done = int(row["steps"]) if row else 0
            await add_counters(conn, work_id, {_DONE: done - (before or 0)})
            return await lost.forgiven(conn) if before is not None and done > before else lost


async def fail(pool: Pool, work_id: UUID, error: MangaError, of: tuple[WorkStatus, ...] = _OPEN) -> None:
    """A work that no worker can run has failed; whoever may still run it writes nothing more. Raises `NotFound`."""
    found = error_of(error)
    async with transaction(pool) as conn:
        if (await take_work(conn, work_id)).status not in of:
            return
        await append_event(conn, work_id, EventType.FAILED, found)
        await change_work(conn, work_id, status=WorkStatus.FAILED, error=found, resume_at=None, pending_review=None)
