"""Stops what a work does, not the work: it goes on where it was when somebody says so.

Whoever runs it is fenced and let go within a second, as by `works.cancel`; but what was ordered still stands.
"""

from uuid import UUID, uuid4

from manga.errors import Conflict
from storage.base import EventType, Work, WorkStatus
from storage.commands import add_command, break_off, find_command
from storage.database import connection, transaction
from storage.events import append_event
from storage.works import change_work, read_work, take_epoch
from works.base import LOCAL_TENANT, WIRE, Json
from works.cancel import stop_jobs
from works.composition import House
from works.observing import carried
from works.queue.jobs import TIMER
from works.runs import BEGINNINGS, RESUME, RunStatus, current_command


async def pause(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Work:
    """The work, parked until somebody resumes it. One that rests stays as it is. Raises `NotFound`."""
    async with transaction(house.pool) as conn:
        await take_epoch(conn, work_id)  # before the row, as runs lock them
        work = await read_work(conn, work_id, tenant=tenant, lock=True)
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
        if await find_command(conn, command_id) is not None:
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
