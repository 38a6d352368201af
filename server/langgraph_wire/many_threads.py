"""Calls that are about several threads or runs at once: counted, pruned, begun together, stopped together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Literal, TypeVar, cast
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from manga.errors import Conflict, NotFound
from server.composition import Open, Rooms
from server.langgraph_wire.assistants import check_assistant
from server.langgraph_wire.request_models import Metadata, NotOffered, RunBody, Sent, ThreadStatus, check_offered
from server.langgraph_wire.runs import cancelled, run_json
from server.langgraph_wire.start_run import start, story_of
from server.langgraph_wire.thread_lookup import find_thread
from server.langgraph_wire.threads import STATUSES, removed
from server.security.identity import Admin, Anybody, Editor, Principal
from storage.database import connection
from storage.threads import ThreadRow, Wanted, count_threads, search_threads
from works.base import Json
from works.run_status import Run, current_run

MOST = 100
AT_ONCE = 4
"""In a process that works itself each step waits for its works: so many wait together."""
T = TypeVar("T")
R = TypeVar("R")
router = APIRouter(tags=["langgraph"])


class Counted(Sent):
    """Which threads are counted."""

    metadata: Metadata | None = None
    status: ThreadStatus | None = None


class Pruned(Sent):
    """Threads that are to go."""

    thread_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]
    strategy: Literal["delete", "keep_latest"] = "delete"


class Stopped(Sent):
    """Runs of one thread, or those of all threads with a status."""

    thread_id: UUID | None = None
    run_ids: Annotated[list[UUID], Field(max_length=MOST)] | None = None
    status: Literal["pending", "running", "all"] | None = None


@router.post("/threads/count", summary="How many threads there are")
async def count(sent: Counted, who: Anybody, rooms: Open) -> int:
    wanted = Wanted(statuses=STATUSES[sent.status] if sent.status else None, metadata=sent.metadata)
    async with connection(rooms.house.pool) as conn:
        return await count_threads(conn, who.tenant, wanted)


@router.post("/threads/prune", summary="Delete threads with their works")
async def prune(sent: Pruned, who: Admin, rooms: Open) -> Json:
    """Those that are not there are not counted."""
    if sent.strategy != "delete":
        raise NotOffered(
            "No version of a thread is thrown away while the thread stays.",
            remedy="strategy=delete removes a thread with its work.",
            element="strategy",
        )
    gone = 0
    for thread_id in dict.fromkeys(sent.thread_ids):
        try:
            await removed(rooms, who, thread_id)
            gone += 1
        except NotFound:
            continue
    return {"pruned_count": gone}


@router.post("/runs/batch", summary="Begin runs, each on a new thread")
async def batch(
    sent: Annotated[list[RunBody], Field(min_length=1, max_length=MOST)], who: Editor, rooms: Open
) -> list[Json]:
    """Nothing begins where one of them is unfit. Of those that cannot begin for another reason (a limit, a request id
    that was used) the first is told, and all others have begun."""
    for body in sent:
        check_assistant(body.assistant_id)
        check_offered(body)
        story_of(body.input)
    return [run_json(run) for run in await _each(sent, lambda body: start(rooms, who, None, body))]


@router.post("/runs/cancel", status_code=204, summary="Stop runs")
async def cancel_many(
    sent: Stopped, who: Editor, rooms: Open, action: Literal["interrupt", "rollback"] = "interrupt"
) -> Response:
    """Of one thread those named, or its newest; or of the tenant's newest 100 busy threads those with the status."""
    if sent.thread_id is not None and sent.run_ids is not None:
        for run_id in sent.run_ids:
            await cancelled(rooms, who, sent.thread_id, run_id, action)
    elif sent.thread_id is not None:
        newest = await _newest(rooms, who, sent.thread_id)
        if sent.status in (None, "all", newest.status.value):
            await cancelled(rooms, who, sent.thread_id, newest.id, action)
    elif sent.status is not None:
        going = await _going(rooms, who, sent.status)
        await _each(going, lambda run: cancelled(rooms, who, *run, action))
    else:
        raise NotOffered("It is not said which runs are meant.", remedy="Send thread_id with run_ids, or status.")
    return Response(status_code=204)


async def _newest(rooms: Rooms, who: Principal, thread_id: UUID) -> Run:
    """Raises `NotFound`, `Conflict` where none was begun."""
    work = (await find_thread(rooms, who, thread_id)).begun
    async with connection(rooms.house.pool) as conn:
        run = await current_run(conn, work)
    if run is None:
        raise NotFound("This thread has no run.")
    return run


async def _going(rooms: Rooms, who: Principal, status: str) -> list[tuple[UUID, UUID]]:
    async with connection(rooms.house.pool) as conn:
        busy = await search_threads(conn, who.tenant, Wanted(statuses=STATUSES["busy"], limit=MOST))

    async def newest(row: ThreadRow) -> Run | None:
        try:
            return await _newest(rooms, who, row.id)
        except (Conflict, NotFound):  # it has ended, or was deleted meanwhile
            return None

    runs = [run for run in await _each(busy, newest) if run is not None and not run.status.over]
    return [(run.work_id, run.id) for run in runs if status in ("all", run.status.value)]


async def _each(things: Sequence[T], do: Callable[[T], Awaitable[R]]) -> list[R]:
    """What came of each, in their order. Raises the first error when all are over."""
    places = asyncio.Semaphore(AT_ONCE)

    async def done(thing: T) -> R:
        async with places:
            return await do(thing)

    found = await asyncio.gather(*map(done, things), return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return cast("list[R]", found)
