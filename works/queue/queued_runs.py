"""Runs that are sent while another goes on (LangGraph's `enqueue`): each begins as soon as its work rests, in order.

A queued run is a command that waits, with what it is to answer; every worker looks for those whose work rests. When it
begins, an answer or a resumption takes its place in one transaction, so it begins once, whoever looks and whoever dies.
One that cannot begin any more (nothing was asked, the book is finished) has failed.
"""

import asyncio
import logging
from typing import Final
from uuid import UUID

from procrastinate.exceptions import ProcrastinateException
from psycopg import Error as SqlError

from manga.errors import Conflict, MangaError, StorageFailed
from storage.base import CommandStatus, Work, WorkStatus
from storage.database import connection, transaction
from storage.work_commands import QUEUED, add_command, finish_command, list_commands
from storage.works import read_work
from works.base import WIRE, Json
from works.composition import House
from works.lifecycle import resume
from works.reviews.answers import BY, Reply, check_answer, reply
from works.reviews.author_edits import check_edits
from works.run_status import RunStatus

LOOK_EVERY_S: Final = 1.0
MOST: Final = 20
"""Of one work."""
_DUE: Final = """
WITH first AS (
    SELECT DISTINCT ON (work_id) id, work_id, payload FROM commands WHERE kind = 'queued' AND status = 'pending'
    ORDER BY work_id, created_at, id
)
SELECT first.* FROM first JOIN works w ON w.id = first.work_id
WHERE w.status NOT IN ('new', 'queued', 'processing')
  AND (w.status <> 'parked' OR (w.resume_at IS NULL AND first.payload ->> 'answer' IS NULL))
"""
"""A work that somebody paused goes on by a run without an answer; an answer waits until it asks."""
log = logging.getLogger("mangaka.works")


async def enqueue(house: House, sent: Reply, work_id: UUID, *, answers: bool) -> None:
    """Keeps the run `sent.command_id` for when the work rests. `answers`: it carries an answer; else it goes on with
    what had stopped. Raises `Conflict` when there are too many, `NotFound`."""
    async with transaction(house.pool) as conn:
        await read_work(conn, work_id, tenant=sent.tenant, lock=True)
        waiting = [one for one in await list_commands(conn, work_id, pending_only=True) if one.kind == QUEUED]
        if len(waiting) >= MOST:
            raise Conflict(f"{MOST} runs of this thread wait already.", remedy="Wait for one, or cancel one.")
        payload: Json = {
            "answer": sent.answer if answers else None,
            "interrupt_id": sent.interrupt_id,
            "review": sent.review,
            "tenant": sent.tenant,
            BY: sent.by,
            WIRE: sent.wire or {},
        }
        await add_command(conn, command_id=sent.command_id, work_id=work_id, kind=QUEUED, payload=payload)


async def drop_queued(house: House, run_id: UUID) -> bool:
    """It does not begin. False when it has begun."""
    async with transaction(house.pool) as conn:
        query = "SELECT FROM commands WHERE id = %s AND kind = 'queued' AND status = 'pending' FOR UPDATE"
        if await (await conn.execute(query, (run_id,))).fetchone() is None:
            return False
        return await finish_command(conn, run_id, CommandStatus.FAILED, ended=RunStatus.INTERRUPTED)


async def begin_queued_always(house: House) -> None:
    """Until it is cancelled."""
    while True:
        try:
            await begin_queued(house)
        except (ProcrastinateException, SqlError, MangaError) as error:
            log.warning("queued runs were not looked for: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_S)


async def begin_queued(house: House) -> None:
    """The first queued run of every work that rests."""
    async with connection(house.pool) as conn:
        due = [(row["id"], row["work_id"], row["payload"]) async for row in await conn.execute(_DUE)]
    for run_id, work_id, payload in due:
        try:
            await _begin(house, run_id, work_id, payload)
        except StorageFailed:
            raise
        except MangaError as error:
            log.info("the queued run %s of %s cannot begin: %s", run_id, work_id, error.code)
            async with transaction(house.pool) as conn:
                query = "SELECT FROM commands WHERE id = %s AND kind = 'queued' FOR UPDATE"
                if await (await conn.execute(query, (run_id,))).fetchone() is not None:
                    await finish_command(conn, run_id, CommandStatus.FAILED, ended=RunStatus.ERROR)


async def _begin(house: House, run_id: UUID, work_id: UUID, payload: Json) -> None:
    tenant, answer, wire = payload["tenant"], payload["answer"], payload[WIRE]
    async with connection(house.pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant)
    if answer is None:
        if work.status is WorkStatus.AWAITING_FEEDBACK:
            raise Conflict("A review waits for an answer.")
        await resume(house, work_id, tenant=tenant, command_id=run_id, wire=wire)
        return
    await _check_edits(house, work, tenant, answer)
    sent = Reply(
        answer,
        interrupt_id=payload["interrupt_id"],
        tenant=tenant,
        command_id=run_id,
        wire=wire,
        review=bool(payload["review"]),
        by=payload.get(BY, ""),
    )
    await reply(house.pool, house.queue, work_id, sent)


async def _check_edits(house: House, work: Work, tenant: str, answer: Json) -> None:
    """Raises `EditRejected`, `NotFound` for edits that cannot be laid over the newest state."""
    if (work.pending_review or {}).get("confirming"):
        return
    whole = check_answer(answer, confirming=False)
    if whole["edits"] or whole["undo"]:
        await check_edits(house, work.id, whole["edits"], whole["undo"], tenant=tenant)
