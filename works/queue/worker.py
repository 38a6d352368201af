"""A process that works: it runs the jobs of its queues, and puts back those of dead workers and its own lost ones."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias
from uuid import UUID

from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Status
from psycopg import Error as SqlError

from manga.errors import MangaError
from storage.database import Connection
from works.queue.jobs import RUN, STALLED_S, Queue, serve
from works.queue.task_ending import end

MAX_ATTEMPTS: Final = 3
RESCUE_EVERY_S: Final = 1.0
_PAUSE_S: Final = 1.0

GiveUp: TypeAlias = Callable[[UUID], Awaitable[None]]
"""Is told of a work whose job has killed its worker too often."""


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

log = logging.getLogger("mangaka.works")

_STALLED: Final = """
SELECT j.id, j.task_name, j.attempts, j.args FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND j.queue_name = ANY(%(names)s)
  AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %(stalled_s)s))
"""
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


async def never(work_id: UUID, lost: Lost) -> Lost:
    """Nobody knows."""
    return lost


async def work(queue: Queue, names: list[str], stop: asyncio.Event, give_up: GiveUp, got_on: GotOn = never) -> None:
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
        await end(rescuing)


async def rescue(
    queue: Queue, names: list[str], give_up: GiveUp, got_on: GotOn = never, *, stalled_s: float = STALLED_S
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
            lost = [job for job in taken if job["id"] not in queue.running]
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
