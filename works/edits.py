"""Edits looked at before they are written down: what cannot be laid over is refused at once, and nothing changes."""

from collections.abc import Sequence
from uuid import UUID

from graph.edits.accept import accepted, check_form, undone
from graph.state import State
from storage.database import connection
from storage.works import read_work
from works.base import Json
from works.house import House


async def check_edits(house: House, work_id: UUID, edits: Sequence[Json], undo: Sequence[str], *, tenant: str) -> None:
    """Against the newest state. Raises `EditRejected` that names the field, `NotFound`."""
    async with connection(house.pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
    for edit in edits:
        check_form(edit)
    state: State = await house.runner.story.values(work_id)  # type: ignore[assignment] # the graph's channels
    accepted(state, edits)
    undone(state, undo)
