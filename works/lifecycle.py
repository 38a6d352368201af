"""Pauses, resumes, cancels and deletes a work at a person's word.

Whoever runs the work is fenced and stops within a second. A paused work goes on where it was; a cancelled one does not,
but its versions stay and can be forked.
"""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

from editing.work_blobs import blobs_of
from graph.checkpointer import open_checkpointer
from manga.brief import Brief
from manga.errors import Conflict, Fenced
from storage.base import CommandStatus, EventType, Work, WorkStatus
from storage.database import Connection, connection, transaction
from storage.event_outbox import append_event
from storage.redis import forget_work
from storage.work_commands import add_command, break_off, find_command, finish_command, list_commands, was_sent
from storage.works import change_work, delete_work, read_brief, read_result, read_work, take_epoch, take_work
from works.base import LOCAL_TENANT, WIRE, Json, Ticket
from works.composition import House
from works.observers import carried
from works.queue.job_queue import TIMER, Queue
from works.reviews.answers import Fork, fork, is_drawn_already, is_redrawn
from works.run_status import BEGINNINGS, RESUME, RunStatus, current_command

WAIT_S = 5.0
"""For the run of a work that is deleted to let go of it."""


async def cancel(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Work:
    """Cancelled a second time it stays as it is. A finished book that is being redrawn is the finished book of before.
    Raises `NotFound`, and `Conflict` for a finished book, also for one whose new version is there."""
    async with transaction(house.pool) as conn:
        work = await take_work(conn, work_id, tenant=tenant)
        if work.status is WorkStatus.COMPLETED:
            raise Conflict("The book is finished: there is nothing to cancel.", remedy="Delete it, if that is meant.")
        if await is_drawn_already(conn, work):
            raise Conflict("The change is drawn already.", remedy="Restore the version before it, if that is meant.")
        if work.status is not WorkStatus.CANCELLED:
            work = await _cancelled(conn, work_id)
    await stop_jobs(house.queue, work_id)
    return work


async def _cancelled(conn: Connection, work_id: UUID) -> Work:
    work = await read_work(conn, work_id)
    redrawn = work.finished and await is_redrawn(conn, work)
    for command in await list_commands(conn, work_id, pending_only=True):
        await finish_command(conn, command.id, CommandStatus.FAILED)
    if redrawn:
        pages = len((await read_result(conn, work_id) or {}).get("pages", ()))
        kept: Json = {"pages": pages, "degraded": work.degraded, "redrawn": False}
        await append_event(conn, work_id, EventType.COMPLETED, kept, version_id=work.head_version)
    else:
        await append_event(conn, work_id, EventType.CANCELLED)
    status = WorkStatus.COMPLETED if redrawn else WorkStatus.CANCELLED
    return await change_work(conn, work_id, status=status, pending_review=None, resume_at=None, error=None)


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
        work = await take_work(conn, work_id, tenant=tenant)
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


async def pause(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Work:
    """The work, parked until somebody resumes it. One that rests stays as it is. Raises `NotFound`."""
    async with transaction(house.pool) as conn:
        work = await take_work(conn, work_id, tenant=tenant)
        if not at_work(work):
            return work
        await append_event(conn, work_id, EventType.PARKED, {"resume_at": None, "code": "paused"})
        work = await change_work(conn, work_id, status=WorkStatus.PARKED, resume_at=None)
        command = await current_command(conn, work_id)
        await break_off(conn, work_id, BEGINNINGS, RunStatus.INTERRUPTED)
    await stop_jobs(house.queue, work_id)
    await stop_timers(house, work_id)
    if command is not None:
        await house.feed.end(work_id, command.id)
    return work


async def stop_timers(house: House, work_id: UUID) -> None:
    """No timer wakes the work any more."""
    query = "SELECT id FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' AND args->>'work_id' = %s"
    async with connection(house.pool) as conn:
        found = await (await conn.execute(query, (TIMER, str(work_id)))).fetchall()
    for row in found:
        await house.queue.app.job_manager.cancel_job_by_id_async(row["id"])


def at_work(work: Work) -> bool:
    """It is worked on, or goes on by itself."""
    by_itself = work.status is WorkStatus.PARKED and work.resume_at is not None
    return by_itself or work.status in (WorkStatus.NEW, WorkStatus.QUEUED, WorkStatus.PROCESSING)


def rests(work: Work) -> bool:
    """It is parked until somebody says that it goes on."""
    return work.status is WorkStatus.PARKED and work.resume_at is None


async def resume(
    house: House,
    work_id: UUID,
    *,
    tenant: str = LOCAL_TENANT,
    command_id: UUID | None = None,
    wire: Json | None = None,
) -> Work:
    """A work that failed or is parked goes on where it stopped. Raises `NotFound`, `Conflict`."""
    command_id = command_id or uuid4()
    async with transaction(house.pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant, lock=True)
        if await was_sent(conn, command_id):
            return work
        if work.status not in (WorkStatus.FAILED, WorkStatus.PARKED):
            raise Conflict(
                f"The work is {work.status}: there is nothing to go on with.", remedy="Look at the work again."
            )
        ended = RunStatus.ERROR if work.status is WorkStatus.FAILED else RunStatus.INTERRUPTED
        await break_off(conn, work_id, BEGINNINGS, ended)
        payload = ({} if wire is None else {WIRE: wire}) | carried()
        await add_command(conn, command_id=command_id, work_id=work_id, kind=RESUME, payload=payload)
        await house.queue.defer_run(work_id, conn)
        return await change_work(conn, work_id, status=WorkStatus.QUEUED, error=None, resume_at=None)


async def fork_and_hold(house: House, work_id: UUID, wanted: Fork) -> str:
    """The checkpoint of the new state. Raises what `works.reviews.answers.fork` raises."""
    await fork(house.pool, house.queue, work_id, replace(wanted, held=True))
    await stop_timers(house, work_id)
    async with transaction(house.pool) as conn:
        epoch = await take_epoch(conn, work_id)
        order, brief = await find_command(conn, wanted.command_id), Brief.of(await read_brief(conn, work_id))
    if order is None or order.work_id != work_id:
        raise Conflict("The work has moved on meanwhile.")
    ticket = Ticket(work_id, wanted.tenant, epoch, brief, working_seconds=0.0, order=order)
    try:
        child = await house.runner.story.fork(ticket, order)
        await house.runner.journal.note_child(ticket, order, child)
    except Fenced:  # somebody went on already: that run made the state itself
        async with connection(house.pool) as conn:
            order = await find_command(conn, wanted.command_id)
        if order is None or order.child_checkpoint is None:
            raise Conflict("The work has moved on meanwhile.") from None
        return order.child_checkpoint
    return child
