"""Ends a work at a person's word, and deletes one with everything that belongs to it.

A cancelled work is fenced: whoever runs it writes nothing more, and is stopped within a second. Its versions stay and
can be forked.
"""

import asyncio
from uuid import UUID

from editing.work_blobs import blobs_of
from graph.checkpointer import open_checkpointer
from manga.errors import Conflict
from storage.base import CommandStatus, EventType, Work, WorkStatus
from storage.commands import finish_command, list_commands
from storage.database import Connection, transaction
from storage.events import append_event
from storage.redis import forget_work
from storage.works import change_work, delete_work, read_work, take_epoch
from works.base import LOCAL_TENANT
from works.composition import House
from works.queue.jobs import Queue

WAIT_S = 5.0
"""For the run of a work that is deleted to let go of it."""


async def cancel(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Work:
    """Cancelled a second time it stays as it is. Raises `NotFound`, and `Conflict` for a finished book."""
    async with transaction(house.pool) as conn:
        work = await _taken(conn, work_id, tenant)
        if work.status is WorkStatus.COMPLETED:
            raise Conflict("The book is finished: there is nothing to cancel.", remedy="Delete it, if that is meant.")
        if work.status is not WorkStatus.CANCELLED:
            work = await _cancelled(conn, work_id)
    await stop_jobs(house.queue, work_id)
    return work


async def _taken(conn: Connection, work_id: UUID, tenant: str) -> Work:
    """Nobody else writes to it from here on. The epoch comes before the row, as in every run: else each could hold what
    the other waits for. Raises `NotFound`, which gives it back."""
    await take_epoch(conn, work_id)
    return await read_work(conn, work_id, tenant=tenant, lock=True)


async def _cancelled(conn: Connection, work_id: UUID) -> Work:
    for command in await list_commands(conn, work_id, pending_only=True):
        await finish_command(conn, command.id, CommandStatus.FAILED)
    await append_event(conn, work_id, EventType.CANCELLED)
    return await change_work(conn, work_id, status=WorkStatus.CANCELLED, pending_review=None, resume_at=None)


async def stop_jobs(queue: Queue, work_id: UUID) -> None:
    """Takes its jobs out of the queue; one that runs is aborted wherever it does."""
    manager = queue.app.job_manager
    for job in await manager.list_jobs_async(lock=str(work_id)):
        if job.id is not None and job.status in ("todo", "doing"):
            await manager.cancel_job_by_id_async(job.id, abort=True)


async def delete(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> None:
    """Its objects, states, rows and what Redis keeps of it. Raises `NotFound`; what a deletion that broke off has left
    is deleted by the next."""
    async with transaction(house.pool) as conn:
        work = await _taken(conn, work_id, tenant)
        if not work.status.closed:
            await _cancelled(conn, work_id)
    await stop_jobs(house.queue, work_id)
    await _let_go(house.queue, work_id)
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    await blobs.store.delete_prefix(blobs.prefix)
    await (await open_checkpointer(house.pool)).adelete_thread(str(work_id))
    async with transaction(house.pool) as conn:
        await delete_work(conn, work_id)
    if (cache := house.runner.journal.cache) is not None:
        await forget_work(cache.client, work_id)


async def _let_go(queue: Queue, work_id: UUID) -> None:
    """Until nobody runs it; not longer than a stopped run needs."""
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT_S
    while loop.time() < end:
        jobs = await queue.app.job_manager.list_jobs_async(lock=str(work_id), status="doing")
        if not list(jobs):
            return
        await asyncio.sleep(0.05)
