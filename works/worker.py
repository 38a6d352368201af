"""A process that works: it runs the jobs of its queues, and puts the jobs of dead workers back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from uuid import UUID

from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job, Status

from manga.errors import MangaError
from works.jobs import RUN, STALLED_S, Queue, serve

MAX_ATTEMPTS = 3
RESCUE_EVERY_S = 2.0
_PAUSE_S = 1.0

GiveUp: TypeAlias = Callable[[UUID], Awaitable[None]]
"""Is told of a work whose job has killed its worker too often."""

log = logging.getLogger("mangaka.works")


async def work(queue: Queue, names: list[str], stop: asyncio.Event, give_up: GiveUp) -> None:
    """Works until `stop`. A worker that loses its database begins again."""
    rescuing = asyncio.create_task(_rescue_always(queue, names, stop, give_up))
    try:
        while not stop.is_set():
            await serve(queue, names, stop)
            if not stop.is_set():
                await _paused(stop, _PAUSE_S)
    finally:
        rescuing.cancel()
        await asyncio.gather(rescuing, return_exceptions=True)


async def rescue(queue: Queue, names: list[str], give_up: GiveUp, *, stalled_s: float = STALLED_S) -> int:
    """Puts jobs whose worker has stopped breathing back into the queue. Answers how many there were."""
    manager = queue.app.job_manager
    found: list[Job] = []
    for name in names:
        found += await manager.get_stalled_jobs(queue=name, seconds_since_heartbeat=stalled_s)
    for job in found:
        if job.attempts + 1 < MAX_ATTEMPTS:
            await manager.retry_job(job)
            continue
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        if job.task_name == RUN:
            await give_up(UUID(str(job.task_kwargs["work_id"])))
    return len(found)


async def _rescue_always(queue: Queue, names: list[str], stop: asyncio.Event, give_up: GiveUp) -> None:
    # Not a periodic job: that would be locked, and stall with the rest.
    while not stop.is_set():
        try:
            await rescue(queue, names, give_up)
        except (ProcrastinateException, MangaError) as error:
            log.warning("stalled jobs were not looked for: %s", error)
        await _paused(stop, RESCUE_EVERY_S)


async def _paused(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
