"""A process that works on the shared queue: beside the API, or as `mangaka worker` on any machine.

Whatever happens to a run, its work goes on: here when the database answers again, in another worker when this one
stops or dies, or it has failed and says why.
"""

import asyncio
import itertools
import logging
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from manga.errors import Conflict, DatabaseUnreachable, DiskFull, Fenced, MangaError, NotFound, StorageFailed
from storage.base import EventType, WorkStatus
from storage.database import Pool, connection, transaction
from storage.events import append_event
from storage.works import add_counters, change_work, read_counters, read_work, take_epoch
from works.composition import House
from works.pause import rests
from works.queue.jobs import SHARED, open_queue, open_working_queue
from works.queue.worker import MAX_ATTEMPTS, Lost, paused, work
from works.result import error_of
from works.reviews.answers import time_out

ASK_EVERY_S: Final = 0.5
_DONE: Final = "done_when_rescued"
_STEPS: Final = """
SELECT (SELECT count(*) FROM checkpoints WHERE thread_id = %(work)s)
     + (SELECT count(*) FROM checkpoint_writes WHERE thread_id = %(work)s) AS steps
"""

log = logging.getLogger("mangaka.works")


async def keep_working(house: House, stop: asyncio.Event) -> None:
    """Runs the jobs of the shared queue until `stop`; what runs then is parked, and goes on in another worker."""
    shift = _Shift(house, stop)
    async with open_working_queue(house.database_url, shift.run, shift.unanswered) as queue:
        await work(queue, [SHARED], stop, shift.give_up, shift.got_on)


@dataclass(frozen=True, slots=True)
class _Shift:
    """The jobs of one process. One that leaves by an error is put back into the queue."""

    house: House
    stop: asyncio.Event

    async def run(self, work_id: UUID) -> None:
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
                if await self._rests(work_id, ASK_EVERY_S * 2 ** min(tries, 6)):  # written down, and when it goes on
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

    async def _rests(self, work_id: UUID, pause_s: float) -> bool:
        """After a pause, as soon as the database answers. Raises `StorageFailed` when this process stops before."""
        while True:
            if self.stop.is_set():
                raise DatabaseUnreachable("The database did not answer until this process stopped.")
            await paused(self.stop, pause_s)
            try:
                async with connection(self.house.pool) as conn:
                    found = await read_work(conn, work_id)
                return found.status not in (WorkStatus.QUEUED, WorkStatus.PROCESSING)
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


_OPEN: Final = tuple(status for status in WorkStatus if not status.closed)


async def fail(pool: Pool, work_id: UUID, error: MangaError, of: tuple[WorkStatus, ...] = _OPEN) -> None:
    """A work that no worker can run has failed; whoever may still run it writes nothing more. Raises `NotFound`."""
    found = error_of(error)
    async with transaction(pool) as conn:
        await take_epoch(conn, work_id)  # before the row, as runs lock them
        if (await read_work(conn, work_id, lock=True)).status not in of:
            return
        await append_event(conn, work_id, EventType.FAILED, found)
        await change_work(conn, work_id, status=WorkStatus.FAILED, error=found, resume_at=None, pending_review=None)
