"""What an author does to a work: edits, judged against its newest state before they are sent, and pictures, cleaned,
kept in its store and named as an edit of a panel names them."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from editing.accept_edits import accepted, check_form, undone
from editing.edit_values import Picture
from editing.plan_direct_edits import keep_picture
from editing.work_blobs import WorkBlobs, blobs_of
from graph.state import State
from manga.errors import Conflict, NotFound
from manga.phases import Phase
from storage.database import connection, transaction
from storage.works import add_counters, read_brief, read_counters, read_work
from works.accept_work import brief_of
from works.base import Json
from works.composition import House

MOST_PICTURES = 200
"""Brought to one work."""
BROUGHT = "pictures_brought"
"""The counter of them."""


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


async def check_bringing(house: House, work_id: UUID, *, tenant: str) -> None:
    """May another picture come? Before its bytes are read. Raises `NotFound` (also for another tenant's), `Conflict`
    when there are too many."""
    async with connection(house.pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
        brought = (await read_counters(conn, work_id)).get(BROUGHT, 0)
    if brought >= MOST_PICTURES:
        raise Conflict(f"A work has at most {MOST_PICTURES} pictures that were brought to it.")


async def bring_picture(house: House, work_id: UUID, data: bytes, *, tenant: str, aspect: float | None = None) -> Json:
    """The value of a `picture` field. Grey where the book is; with `aspect` (width by height) padded to it on white.

    Raises `NotFound`, `EditRejected` with the reason.
    """
    async with connection(house.pool) as conn:
        brief = brief_of(await read_brief(conn, work_id))
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    color = brief.settings.color == "color"
    fit: Literal["fill", "fit"] = "fill" if aspect is None else "fit"
    picture = await keep_picture(data, blobs, house.offload, fit=fit, aspect=aspect, color=color)
    await _counted(house, work_id, picture, blobs)
    return picture.to_json()


async def _counted(house: House, work_id: UUID, picture: Picture, blobs: WorkBlobs) -> None:
    """Nothing stays of a picture whose work was deleted meanwhile. Raises `NotFound`."""
    try:
        async with transaction(house.pool) as conn:
            await read_work(conn, work_id, lock=True)
            await add_counters(conn, work_id, {BROUGHT: 1})
    except NotFound:
        await blobs.delete(picture.blob)
        raise
