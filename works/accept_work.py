"""Accepts a work from a request's body, once: its row, first command and job are written together or not at all."""

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calls.money import Tariff
from manga.brief import Brief
from manga.errors import BriefRejected
from storage.base import Accepted, EventType, Work, WorkStatus
from storage.database import Connection, Pool, transaction
from storage.event_outbox import append_event
from storage.tenant_limits import DayLimits, count_work
from storage.threads import begin_thread
from storage.work_commands import add_command
from storage.works import accept as insert_work
from storage.works import add_counters, change_work
from works.base import LOCAL_TENANT, WIRE, Json
from works.estimate import estimate, settle_choices
from works.observers import carried
from works.queue.job_queue import Queue

NESTED = frozenset({"settings", "feedback"})
DRAW = "draw"
"""The kind of a work's first command. Its payload says where the book goes: `{out, force}`, or nothing."""
ESTIMATED = "estimated_microusd"
"""The counter of what the work was said to cost before it began."""


def brief_of(data: dict[str, Any]) -> Brief:
    """Reads a request's body. Raises `BriefRejected` that names the field."""
    try:
        brief = Brief.of(data)
    except ValidationError as error:
        raise _rejected(error) from error
    if "\0" in brief.text:
        raise BriefRejected("text: holds a NUL character.", remedy="Send plain text.", element="text")
    return brief


def _rejected(error: ValidationError) -> BriefRejected:
    """Names the first wrong field, and of a field of several types what each of them asks for."""
    found = error.errors(include_url=False, include_input=False)
    field = _field(found[0])
    asked = dict.fromkeys(_asked(one["msg"]) for one in found if _field(one) == field)
    first, *others = asked
    asked_for = ", or ".join([first, *(other.removeprefix("should be ") for other in others)])
    where = ".".join(field) or "request"
    remedy = None if field == ("text",) else f"Change {where} and send it again."
    return BriefRejected(f"{where}: {asked_for}.", remedy=remedy, element=where)


def _field(error: ErrorDetails) -> tuple[str, ...]:
    """The path without the names that pydantic gives the types of a union."""
    depth = 2 if error["loc"] and error["loc"][0] in NESTED else 1
    return tuple(str(part) for part in error["loc"][:depth])


def _asked(message: str) -> str:
    return re.sub(r"^(Input|String|Value|List) ", "", message[:1].upper() + message[1:])


def digest_of(brief: Brief) -> str:
    """The same for the same request, whatever its own key."""
    body = brief.model_copy(update={"request_id": None}).to_json()
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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


def order_of(brief: Brief, tenant: str, tariff: Tariff, limits: DayLimits) -> Request:
    """The brief with its open choices settled as the models cost, its price and the tenant's limits. Works whose
    pictures are paid for wait for theirs by themselves. Reads the whole text: call it in a thread."""
    if tariff.paid_pictures:
        limits = replace(limits, images=None)
    if not tariff.paid:
        return Request(brief, tenant=tenant, limits=limits)
    known = settle_choices(brief, tariff)
    dollars = estimate(known, tariff).estimated_usd
    return Request(known, tenant=tenant, sent=brief, estimated_usd=dollars, limits=limits)


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
