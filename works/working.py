"""A process that works on the shared queue: beside the API, or as `mangaka worker` on any machine."""

import asyncio
import logging
from uuid import UUID

from manga.errors import Conflict, MangaError
from storage.base import EventType, WorkStatus
from storage.database import Pool, transaction
from storage.events import append_event
from storage.works import change_work, read_work
from works.answers import time_out
from works.house import House
from works.jobs import SHARED, open_queue, open_working_queue
from works.result import error_of
from works.worker import work

log = logging.getLogger("mangaka.works")


async def keep_working(house: House, stop: asyncio.Event) -> None:
    """Runs the jobs of the shared queue until `stop`; what runs then is parked, and goes on in another worker."""

    async def run(work_id: UUID) -> None:
        try:
            async with house.feed.told(work_id):
                await house.runner.run(work_id)
        except Conflict as error:
            log.info("the work %s is not run: %s", work_id, error.code)
        except MangaError as error:  # written down by the run itself
            log.warning("the work %s stopped: %s", work_id, error.code)

    async def unanswered(work_id: UUID, interrupt_id: str) -> None:
        await time_out(house.pool, await open_queue(house.pool), work_id, interrupt_id)

    async def give_up(work_id: UUID) -> None:
        await fail(house.pool, work_id, MangaError(f"The work {work_id} has stopped its worker several times."))

    async with open_working_queue(house.database_url, run, unanswered) as queue:
        await work(queue, [SHARED], stop, give_up)


async def fail(pool: Pool, work_id: UUID, error: MangaError) -> None:
    """A work that no worker can run has failed."""
    found = error_of(error)
    async with transaction(pool) as conn:
        before = await read_work(conn, work_id, lock=True)
        if before.status.closed:
            return
        await append_event(conn, work_id, EventType.FAILED, found)
        await change_work(conn, work_id, status=WorkStatus.FAILED, error=found)
