"""Forgets the states between a work's versions. Every version can be read, compared and forked afterwards as before."""

from dataclasses import dataclass
from uuid import UUID

from manga.errors import Conflict
from storage.base import WorkStatus
from storage.database import Pool, transaction
from storage.prune import Pruned, checkpoint_bytes, prune_checkpoints
from storage.works import read_work, take_epoch
from works.base import LOCAL_TENANT

_BUSY = (WorkStatus.NEW, WorkStatus.QUEUED, WorkStatus.PROCESSING)


@dataclass(frozen=True, slots=True)
class Saved:
    """What went, and how large a work's states were and are, in bytes."""

    rows: Pruned
    bytes_before: int
    bytes_after: int


async def prune(pool: Pool, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Saved:
    """Raises `NotFound`, and `Conflict` while the work is being done."""
    async with transaction(pool) as conn:
        await take_epoch(conn, work_id)  # a worker that was left behind writes no checkpoint any more
        work = await read_work(conn, work_id, tenant=tenant, lock=True)
        if work.status in _BUSY:
            raise Conflict("The work is being done.", remedy=f"Wait, or `mangaka resume {work_id}` first.")
        before = await checkpoint_bytes(conn, work_id)
        rows = await prune_checkpoints(conn, work_id)
        return Saved(rows, before, await checkpoint_bytes(conn, work_id))
