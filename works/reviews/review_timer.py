"""Stops the clock of a review: nobody's silence is taken for a yes any more."""

from uuid import UUID

from manga.errors import Conflict
from storage.base import Work, WorkStatus
from storage.database import Pool, transaction
from storage.works import change_work, read_work
from works.base import LOCAL_TENANT

HOLD = "hold"
"""Of a review's `on_timeout`: it waits for as long as it takes."""


async def stop_clock(pool: Pool, work_id: UUID, interrupt_id: str | None = None, *, tenant: str = LOCAL_TENANT) -> Work:
    """The work, whose review waits until somebody answers. Raises `NotFound`, and `Conflict` where none waits, or
    another than the one meant."""
    async with transaction(pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant, lock=True)
        pending = work.pending_review if work.status is WorkStatus.AWAITING_FEEDBACK else None
        if pending is None or interrupt_id not in (None, pending["interrupt_id"]):
            raise Conflict("No such review waits for an answer.", remedy="Look at the work again.")
        return await change_work(conn, work_id, pending_review=pending | {"on_timeout": HOLD})
