"""Edits looked at before they are written down: what cannot be laid over is refused at once, and nothing changes."""

from collections.abc import Sequence
from uuid import UUID

from editing.accept import accepted, check_form, undone
from graph.state import State
from manga.errors import Conflict
from manga.phases import Phase
from storage.database import connection
from storage.works import read_work
from works.base import Json
from works.composition import House


async def check_edits(house: House, work_id: UUID, edits: Sequence[Json], undo: Sequence[str], *, tenant: str) -> None:
    """Against the newest state. Raises `EditRejected` that names the field, `NotFound`, `Conflict` (nothing yet)."""
    async with connection(house.pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant)
    for edit in edits:
        check_form(edit)
    state: State = await house.runner.story.values(work_id)  # type: ignore[assignment] # the graph's channels
    if not any(state.get(phase.value) for phase in Phase):
        raise Conflict("The work has nothing yet that could be changed.", remedy="Follow it until its first review.")
    # What the state says was asked for is of an answer before: a line that began at a storyboard is finished now.
    asked = {"asked_at": work.pending_review["phase"]} if work.pending_review else {}
    accepted({**state, "feedback": {**(state.get("feedback") or {}), "asked_at": None, **asked}}, edits)
    undone(state, undo)
