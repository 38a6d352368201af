"""In: a request. Out: its work, accepted once: row, first command and job are written together or not at all."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from manga.brief import Brief
from storage.base import Accepted, EventType, Work, WorkStatus
from storage.commands import add_command
from storage.database import Connection, Pool, transaction
from storage.events import append_event
from storage.tenant_limits import DayLimits, count_work
from storage.threads import begin_thread
from storage.works import accept as insert_work
from storage.works import add_counters, change_work
from works.base import LOCAL_TENANT, WIRE, Json
from works.briefs import digest_of
from works.observing import carried
from works.queue.jobs import Queue

DRAW = "draw"
"""The kind of a work's first command. Its payload says where the book goes: `{out, force}`, or nothing."""

ESTIMATED = "estimated_microusd"
"""The counter of what the work was said to cost before it began."""


@dataclass(frozen=True, slots=True)
class Request:
    """`out` is the folder of books that the command line writes to; None where the book stays in the store.
    `alone`: only the process that sent it runs it (its own queue). `sent`: the brief as it came, where choices that it
    left open were settled since; by it the same request is known again. `limits`: of the tenant's day; None: none.
    `work_id` is the thread whose work it becomes, `metadata` what its client notes of it, `wire` what it sent along."""

    brief: Brief
    tenant: str = LOCAL_TENANT
    out: str | None = None
    force: bool = False
    alone: bool = False
    sent: Brief | None = None
    estimated_usd: float = 0.0
    limits: DayLimits | None = None
    work_id: UUID | None = None
    metadata: Json = field(default_factory=dict)
    wire: Json | None = None


async def accept(pool: Pool, queue: Queue, request: Request) -> Accepted:
    """Raises `Conflict` when the request id was used before for something else, `LimitReached`.

    The same request sent again, also at the same time, gives the same work and no second job.
    """
    work_id = request.work_id or uuid4()
    brief = request.brief
    async with transaction(pool) as conn:
        accepted = await insert_work(
            conn,
            work_id=work_id,
            tenant=request.tenant,
            request_id=brief.request_id or str(work_id),
            request_digest=digest_of(request.sent or brief),
            brief=brief.to_json(),
            title=brief.settings.title,
        )
        if not accepted.created:
            return accepted
        if request.limits is not None:
            await count_work(conn, request.tenant, request.limits)
        work = await _enqueue(conn, queue, work_id, request)
    return Accepted(work, created=True)


async def _enqueue(conn: Connection, queue: Queue, work_id: UUID, request: Request) -> Work:
    payload: Json = {"out": request.out, "force": request.force} | carried()
    if request.wire is not None:
        payload[WIRE] = request.wire
    if request.work_id is not None:
        await begin_thread(conn, work_id, request.metadata)
    await add_command(conn, command_id=uuid5(work_id, DRAW), work_id=work_id, kind=DRAW, payload=payload)
    if request.estimated_usd:
        await add_counters(conn, work_id, {ESTIMATED: round(request.estimated_usd * 1_000_000)})
    await append_event(conn, work_id, EventType.ACCEPTED, {"characters": len(request.brief.text)})
    await queue.defer_run(work_id, conn, alone=request.alone)
    return await change_work(conn, work_id, status=WorkStatus.QUEUED)
