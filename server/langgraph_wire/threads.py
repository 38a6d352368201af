"""`/threads`: made, found, changed, deleted. Every work of the tenant is a thread, however it was begun."""

from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from manga.errors import Conflict
from server.composition import Open, Rooms
from server.langgraph_wire.request_models import MetadataBody, SearchBody, ThreadBody
from server.langgraph_wire.thread_lookup import (
    BUSY,
    IDLE,
    INTERRUPTED,
    Thread,
    find_thread,
    snapshot_at,
    status_of,
    status_word,
    waiting,
)
from server.security.identity import Admin, Anybody, Editor, Principal
from storage.base import WorkStatus
from storage.database import connection, transaction
from storage.tenant_limits import DayLimits
from storage.threads import ThreadRow, Wanted, add_thread, delete_thread, note_metadata, search_threads
from works.base import Json
from works.copy_work import copy_work
from works.lifecycle import delete

MOST: Final = 100
STATUSES: Final[dict[str, frozenset[WorkStatus | None]]] = {
    "busy": frozenset(BUSY),
    "interrupted": frozenset(INTERRUPTED),
    "error": frozenset({WorkStatus.FAILED}),
    "idle": frozenset({*IDLE, None}),
}
router = APIRouter(tags=["langgraph"])


@router.post("/threads", summary="Make a thread")
async def create(sent: ThreadBody, who: Editor, rooms: Open) -> Json:
    """With an id that is taken it is a conflict, or with `if_exists=do_nothing` the thread that has it."""
    thread_id = sent.thread_id or uuid4()
    async with transaction(rooms.house.pool) as conn:
        made = await add_thread(conn, thread_id, who.tenant, sent.metadata or {})
    if not made and sent.if_exists != "do_nothing":
        raise Conflict(f"There is a thread {thread_id} already.", remedy="Leave the id out, or use that thread.")
    return await thread_json(rooms, await find_thread(rooms, who, thread_id))


@router.post("/threads/search", summary="Find threads")
async def search(sent: SearchBody, who: Anybody, rooms: Open) -> list[Json]:
    """Newest first; at most 100 a page. Their values are not in the list: read the thread."""
    wanted = Wanted(
        statuses=STATUSES[sent.status] if sent.status else None,
        metadata=sent.metadata,
        ids=sent.ids,
        order="created_at" if sent.sort_by == "created_at" else "updated_at",
        ascending=sent.sort_order == "asc",
        limit=min(sent.limit, MOST),
        offset=sent.offset,
    )
    async with connection(rooms.house.pool) as conn:
        found = await search_threads(conn, who.tenant, wanted)
    return [_row_json(row) | {"status": status_word(row.status), "values": None, "interrupts": {}} for row in found]


@router.get("/threads/{thread_id}", summary="One thread")
async def read(thread_id: UUID, who: Anybody, rooms: Open) -> Json:
    return await thread_json(rooms, await find_thread(rooms, who, thread_id))


@router.patch("/threads/{thread_id}", summary="Note something of a thread")
@router.patch("/threads/{thread_id}/state", include_in_schema=False)  # the JavaScript client's `patchState`
async def update(thread_id: UUID, sent: MetadataBody, who: Editor, rooms: Open) -> Json:
    await find_thread(rooms, who, thread_id)
    async with transaction(rooms.house.pool) as conn:
        await note_metadata(conn, thread_id, sent.metadata)
    return await thread_json(rooms, await find_thread(rooms, who, thread_id))


@router.delete("/threads/{thread_id}", status_code=204, summary="Delete a thread with its work")
async def remove(thread_id: UUID, who: Admin, rooms: Open) -> Response:
    """Stops it first. Everything that belongs to the work is gone afterwards."""
    await removed(rooms, who, thread_id)
    return Response(status_code=204)


async def removed(rooms: Rooms, who: Principal, thread_id: UUID) -> None:
    """Raises `NotFound`."""
    thread = await find_thread(rooms, who, thread_id)
    if thread.work is not None:
        await delete(rooms.house, thread_id, tenant=who.tenant)
    else:
        async with transaction(rooms.house.pool) as conn:
            await delete_thread(conn, thread_id, who.tenant)


@router.post("/threads/{thread_id}/copy", summary="Copy a thread with its work")
async def copy(thread_id: UUID, who: Editor, rooms: Open) -> Json:
    """The copy, with every version, state and picture; nothing is paid for it. It counts as one of the day's works.
    While the thread is busy it is a conflict."""
    thread = await find_thread(rooms, who, thread_id)
    copy_id = uuid4()
    if thread.work is None:
        async with transaction(rooms.house.pool) as conn:
            await add_thread(conn, copy_id, who.tenant, thread.row.metadata)
    else:
        house, limits = rooms.house, DayLimits(rooms.settings.works_a_day)
        async with rooms.accepting:
            work = await copy_work(house.pool, house.runner.blobs, thread_id, tenant=who.tenant, limits=limits)
        copy_id = work.id
    return await thread_json(rooms, await find_thread(rooms, who, copy_id))


async def thread_json(rooms: Rooms, thread: Thread) -> Json:
    """With its newest values and what it asks."""
    told: dict[str, Any] = {"status": status_of(thread.work), "values": None, "interrupts": {}}
    if thread.work is not None:
        state = await snapshot_at(rooms.house, thread.work.id)
        told |= {"values": state.values or None, "interrupts": waiting(state), "error": thread.work.error}
    return _row_json(thread.row) | told


def _row_json(row: ThreadRow) -> Json:
    changed = row.updated_at.isoformat()
    return {
        "thread_id": str(row.id),
        "created_at": row.created_at.isoformat(),
        "updated_at": changed,
        "state_updated_at": changed,
        "metadata": row.metadata | {"graph_id": "mangaka"},
        "config": {},
    }
