"""Works that wait for a busy model go on as soon as it answers somebody again, before their time has come.

A model that failed too often is left alone by a process (`providers.circuit_breaker`), and works are parked. The first
call that gets through shows that it is back: every work parked because of it, by whichever process, is put into the
queue. Its timer comes later and finds nothing to do.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from procrastinate.exceptions import ProcrastinateException
from psycopg import Error as SqlError

from calls.rate_limits import Models
from manga.errors import MangaError
from storage.database import Pool, connection
from works.queue.job_queue import Queue

_WAITING: Final = """
SELECT id FROM works WHERE status = 'parked' AND resume_at > now() AND error ->> 'model' = ANY(%s) ORDER BY resume_at
"""
log = logging.getLogger("mangaka.works")


async def wake_always(models: Models, pool: Pool, queue: Queue) -> None:
    """Until it is cancelled."""
    with _heard(models) as back:
        while True:
            found = {await back.get()}
            while not back.empty():
                found.add(back.get_nowait())
            try:
                count = await wake_parked(pool, queue, found)
            except (ProcrastinateException, SqlError, MangaError) as error:  # their timers wake them
                log.warning("works that wait for a model were not looked for: %s", type(error).__name__)
            else:
                log.info("%s answers again: %d works go on", ", ".join(sorted(found)), count)


async def wake_parked(pool: Pool, queue: Queue, models: set[str]) -> int:
    """Puts the works that wait for these models into the queue. Answers how many there were."""
    async with connection(pool) as conn:
        waiting = [row["id"] async for row in await conn.execute(_WAITING, (sorted(models),))]
    for work_id in waiting:
        await queue.ring(work_id)
    return len(waiting)


@contextmanager
def _heard(models: Models) -> Iterator[asyncio.Queue[str]]:
    """Models that are back, as they come; also from another thread than the loop's."""
    back, loop = asyncio.Queue[str](), asyncio.get_running_loop()

    def told(model: str) -> None:
        loop.call_soon_threadsafe(back.put_nowait, model)

    models.told_back.append(told)
    try:
        yield back
    finally:
        models.told_back.remove(told)
