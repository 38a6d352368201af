"""Copies a work that rests: its states, versions, talk and pictures, for a work of its own that nothing is paid for.

Its events, counters and costs begin anew; what can be made again without a model is made again when it is wanted. A
review that waits in the copy waits for as long as it takes. Objects come first: a copy is there whole or not at all;
what a process that died in between has left is swept.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from psycopg import Rollback

from editing.work_blobs import WorkBlobs, blobs_of
from graph.checkpointer import FencedSaver, open_checkpointer
from manga.errors import Conflict, MangaError
from storage.base import EventType, Work
from storage.database import Connection, Pool, connection, transaction
from storage.event_outbox import append_event
from storage.objects import BlobStore
from storage.tenant_limits import DayLimits, count_work
from storage.work_copies import begin_copy, begun_copies, copy_names, copy_rows, end_copy
from storage.works import read_brief, read_work
from works.accept_work import DRAW
from works.base import LOCAL_TENANT, Json
from works.lifecycle import at_work
from works.retention import MADE_AGAIN, Thinned
from works.reviews.answers import HOLD
from works.work_json import summary_of

OBJECTS_AT_ONCE: Final = 8
DEAD_AFTER: Final = timedelta(days=1)
"""Nobody copies for so long: whoever began such a copy is gone."""


async def copy_work(
    pool: Pool, store: BlobStore, work_id: UUID, *, tenant: str = LOCAL_TENANT, limits: DayLimits | None = None
) -> Work:
    """The new work. It counts as one of the tenant's day, drawn pictures do not count again. Raises `NotFound`,
    `LimitReached`, and `Conflict` where the work does not rest."""
    copy_id, saver = uuid4(), await open_checkpointer(pool)
    async with transaction(pool) as conn:
        seen = await _resting(conn, work_id, tenant)
        if limits is not None:
            await count_work(conn, tenant, limits)
        await begin_copy(conn, copy_id, tenant)
    source, target = (blobs_of(store, tenant, str(one)) for one in (work_id, copy_id))
    try:
        await _copy_objects(source, target)
        async with transaction(pool) as conn:
            work = await _resting(conn, work_id, tenant)
            if not await end_copy(conn, copy_id) or work.updated_at != seen.updated_at:
                raise Conflict("The work has moved on meanwhile.", remedy="Send it again.")
            return await _copy(conn, saver, work, copy_id)
    except Exception:
        with suppress(MangaError):  # what stays is swept
            await _take_back(pool, target, copy_id)
        raise


async def sweep_copies(pool: Pool, store: BlobStore, *, run: bool) -> Thinned:
    """Objects of copies that were begun and never came to be. `run` False deletes nothing."""
    async with connection(pool) as conn:
        dead = await begun_copies(conn, DEAD_AFTER)
    swept = Thinned()
    for copy_id, tenant in dead.items():
        swept += await _take_back(pool, blobs_of(store, tenant, str(copy_id)), copy_id, run=run)
    return swept


async def _resting(conn: Connection, work_id: UUID, tenant: str) -> Work:
    """Nobody goes on with it until the transaction is over."""
    work = await read_work(conn, work_id, tenant=tenant, lock=True)
    if at_work(work):
        raise Conflict("The work is being done.", remedy="Copy it when it rests, or pause it first.")
    return work


async def _copy_objects(source: WorkBlobs, target: WorkBlobs) -> None:
    places = asyncio.Semaphore(OBJECTS_AT_ONCE)

    async def copied(name: str) -> None:
        async with places:
            await source.copy(name, f"{target.prefix}/{name}")

    names = [name for name in await source.sizes("") if not name.startswith(MADE_AGAIN)]
    for failed in await asyncio.gather(*map(copied, names), return_exceptions=True):
        if failed is not None:
            raise failed


async def _take_back(pool: Pool, target: WorkBlobs, copy_id: UUID, *, run: bool = True) -> Thinned:
    """Objects of a copy that there is not: of one that there is nothing is noted any more."""
    gone = Thinned()
    async with transaction(pool) as conn:
        if await end_copy(conn, copy_id):
            sizes = await target.sizes("")
            gone = Thinned(objects=len(sizes), objects_before=sum(sizes.values()))
            if not run:
                raise Rollback
            await target.store.delete_prefix(target.prefix)
    return gone


async def _copy(conn: Connection, saver: FencedSaver, work: Work, copy_id: UUID) -> Work:
    names = await copy_names(conn, work.id, copy_id, lambda old, kind: uuid5(copy_id, DRAW if kind == DRAW else old))
    brief = await read_brief(conn, work.id)
    change: Json = {"request_id": str(copy_id), "out_dir": None, "brief": brief | {"request_id": None}}
    if work.pending_review is not None:
        change["pending_review"] = work.pending_review | {"on_timeout": HOLD}
    await copy_rows(conn, work.id, names, change)
    await saver.copy_states(conn, str(work.id), str(copy_id), names.renamed)
    told: Json = {"characters": len(brief["text"]), "copy_of": str(work.id)}
    await append_event(conn, copy_id, EventType.ACCEPTED, told)
    copy = await read_work(conn, copy_id)
    await append_event(conn, copy_id, EventType.SNAPSHOT, summary_of(copy), version_id=copy.head_version)
    return copy
