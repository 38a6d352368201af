"""`/threads/{id}/runs`: begun, followed, waited for, stopped. Also without a thread: then each run makes one."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.types import Scope

from manga.errors import Conflict, MangaError
from server.composition import Open, Rooms
from server.langgraph_wire.assistants import ASSISTANT
from server.langgraph_wire.request_models import Name, NotOffered, RunBody, check_modes
from server.langgraph_wire.run_stream import ReaderPlace, RunStream, outcome, place_in
from server.langgraph_wire.start_run import start
from server.langgraph_wire.thread_lookup import find_run, find_thread
from server.security.http_head_limits import cut
from server.security.identity import Anybody, Editor, Principal
from server.streams.sse import EventStream
from storage.database import connection, transaction
from works.base import Json
from works.lifecycle import pause
from works.queue.queued_runs import drop_queued
from works.run_status import Run, RunStatus, hide_run, list_runs

NEWLINE_EVERY_S: Final = 5.0
"""Between the lines that keep a connection open while somebody waits; JSON may begin with them."""
router = APIRouter(tags=["langgraph"])
LastSeen = Annotated[str | None, Header(alias="last-event-id", max_length=60)]
Modes = Annotated[list[Name] | None, Query(max_length=20)]
ALL_MODES: Final = frozenset({"values", "updates", "custom", "tasks", "checkpoints"})


def run_json(run: Run) -> Json:
    return {
        "run_id": str(run.id),
        "thread_id": str(run.work_id),
        "assistant_id": str(ASSISTANT),
        "status": run.status.value,
        "metadata": run.note.get("metadata") or {},
        "multitask_strategy": run.note.get("multitask_strategy") or "enqueue",
        "kwargs": {},
        "created_at": run.created_at.isoformat(),
        "updated_at": run.updated_at.isoformat(),
    }


@router.post("/threads/{thread_id}/runs", summary="Begin a run")
async def create(thread_id: UUID, sent: RunBody, who: Editor, rooms: Open) -> Response:
    return _created(await start(rooms, who, thread_id, sent))


@router.post("/runs", summary="Begin a run on a new thread")
async def create_alone(sent: RunBody, who: Editor, rooms: Open) -> Response:
    return _created(await start(rooms, who, None, sent))


def _created(run: Run) -> Response:
    return JSONResponse(run_json(run), headers={"Content-Location": _address(run)})


@router.post(
    "/threads/{thread_id}/runs/stream", response_class=EventStream, status_code=200, summary="Begin a run and follow it"
)
async def stream(thread_id: UUID, sent: RunBody, who: Editor, rooms: Open) -> Response:
    return _begun_stream(rooms, who, sent, await start(rooms, who, thread_id, sent))


@router.post(
    "/runs/stream", response_class=EventStream, status_code=200, summary="Begin a run on a new thread and follow it"
)
async def stream_alone(sent: RunBody, who: Editor, rooms: Open) -> Response:
    return _begun_stream(rooms, who, sent, await start(rooms, who, None, sent))


def _begun_stream(rooms: Rooms, who: Principal, sent: RunBody, run: Run) -> Response:
    pieces = RunStream(rooms, who, run, sent.modes).told(ReaderPlace())
    if sent.on_disconnect == "cancel":
        pieces = _stopping(rooms, who, run, pieces)
    return _stream(rooms, who, run, pieces)


async def _stopping(rooms: Rooms, who: Principal, run: Run, pieces: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """With its reader the run ends too: it is paused."""
    whole = False
    try:
        async for piece in pieces:
            yield piece
        whole = True
    finally:
        await pieces.aclose()
        if not whole:
            with suppress(MangaError):  # there is nobody left to be told
                await asyncio.shield(_pause(rooms, who, run))


def _stream(rooms: Rooms, who: Principal, run: Run, pieces: AsyncGenerator[bytes]) -> Response:
    found = EventStream(
        pieces, patience_s=rooms.settings.stream_patience_seconds, seat=rooms.seats.taken_by(who.tenant)
    )
    found.headers["Content-Location"] = _address(run)
    found.headers["Location"] = f"{_address(run)}/stream"
    return found


def _address(run: Run) -> str:
    return f"/threads/{run.work_id}/runs/{run.id}"


@router.post("/threads/{thread_id}/runs/wait", summary="Begin a run and wait for what comes of it")
async def wait(thread_id: UUID, sent: RunBody, who: Editor, rooms: Open, request: Request) -> Response:
    return _waiting(rooms, who, await start(rooms, who, thread_id, sent), request.scope)


@router.post("/runs/wait", summary="Begin a run on a new thread and wait for what comes of it")
async def wait_alone(sent: RunBody, who: Editor, rooms: Open, request: Request) -> Response:
    return _waiting(rooms, who, await start(rooms, who, None, sent), request.scope)


def _waiting(rooms: Rooms, who: Principal, run: Run, scope: Scope) -> Response:
    """The newest values as JSON; `__interrupt__` in them when a person is asked, `__error__` when the run failed."""
    headers = {"Content-Location": _address(run), "Location": f"{_address(run)}/join"}
    return StreamingResponse(_awaited(rooms, who, run, scope), media_type="application/json", headers=headers)


async def _awaited(rooms: Rooms, who: Principal, run: Run, scope: Scope) -> AsyncGenerator[bytes]:
    ending = asyncio.create_task(RunStream(rooms, who, run, frozenset()).how_it_ends())
    try:
        while not (await asyncio.wait((ending,), timeout=NEWLINE_EVERY_S))[0]:
            yield b"\n"
        how = ending.result()
    finally:
        ending.cancel()
    if how is None:  # a client that is cut off goes to `Location`, and waits on or is told that it is gone
        await cut(scope)
        return
    values = await outcome(rooms, run.work_id)
    if how["error"] is not None:
        values["__error__"] = how["error"]
    yield json.dumps(values, ensure_ascii=False).encode()


@router.get("/threads/{thread_id}/runs", summary="The runs of a thread, newest first")
async def index(
    thread_id: UUID,
    who: Anybody,
    rooms: Open,
    limit: Annotated[int, Query(ge=1, le=1000)] = 10,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    status: RunStatus | Literal["timeout"] | None = None,
) -> list[Json]:
    """Every answer, fork and resumption is one, from whatever side it came."""
    thread = await find_thread(rooms, who, thread_id)
    if thread.work is None:
        return []
    async with connection(rooms.house.pool) as conn:
        found = await list_runs(conn, thread.work)
    wanted = [run for run in found if status in (None, run.status)]
    return [run_json(run) for run in wanted[offset : offset + limit]]


@router.get("/threads/{thread_id}/runs/{run_id}", summary="One run")
async def read(thread_id: UUID, run_id: UUID, who: Anybody, rooms: Open) -> Json:
    return run_json((await find_run(rooms, who, thread_id, run_id))[0])


@router.get("/threads/{thread_id}/runs/{run_id}/join", summary="Wait for what comes of a run")
async def join(thread_id: UUID, run_id: UUID, who: Anybody, rooms: Open, request: Request) -> Response:
    run, _ = await find_run(rooms, who, thread_id, run_id)
    return _waiting(rooms, who, run, request.scope)


@router.get(
    "/threads/{thread_id}/runs/{run_id}/stream", response_class=EventStream, status_code=200, summary="Follow a run"
)
async def join_stream(
    thread_id: UUID,
    run_id: UUID,
    who: Anybody,
    rooms: Open,
    last_event_id: LastSeen = None,
    stream_mode: Modes = None,
) -> Response:
    """After `Last-Event-ID`; from its beginning with `-1` or none; in the modes that the run was begun
    with, unless told others. What is kept of a run goes back a day at most."""
    check_modes(frozenset(stream_mode or ()))
    run, _ = await find_run(rooms, who, thread_id, run_id)
    await rooms.house.feed.events.want(thread_id)
    pieces = RunStream(rooms, who, run, frozenset(stream_mode or run.note.get("modes") or ALL_MODES)).told(
        place_in(last_event_id)
    )
    return _stream(rooms, who, run, pieces)


@router.post("/threads/{thread_id}/runs/{run_id}/cancel", summary="Stop a run")
async def cancel(
    thread_id: UUID,
    run_id: UUID,
    who: Editor,
    rooms: Open,
    wait: bool = False,
    action: Literal["interrupt", "rollback"] = "interrupt",
) -> Response:
    """Nothing is paid for any more. The work is paused, not lost: a run without input goes on where it was, and every
    version can be forked."""
    await cancelled(rooms, who, thread_id, run_id, action)
    return Response(status_code=204 if wait else 202)


async def cancelled(rooms: Rooms, who: Principal, thread_id: UUID, run_id: UUID, action: str) -> None:
    """Raises `NotFound`, `NotOffered`."""
    if action == "rollback":
        raise NotOffered("Versions are never taken back; a run is stopped with action=interrupt.", element="action")
    run, _ = await find_run(rooms, who, thread_id, run_id)
    if not run.status.over:
        await _pause(rooms, who, run)


@router.delete("/threads/{thread_id}/runs/{run_id}", status_code=204, summary="Take a run that is over off the list")
async def remove(thread_id: UUID, run_id: UUID, who: Editor, rooms: Open) -> Response:
    """What it made stays: its versions are the work's."""
    run, _ = await find_run(rooms, who, thread_id, run_id)
    if not run.status.over:
        raise Conflict("The run goes on.", remedy="Cancel it first, or join it.")
    async with transaction(rooms.house.pool) as conn:
        await hide_run(conn, run.id)
    return Response(status_code=204)


async def _pause(rooms: Rooms, who: Principal, run: Run) -> None:
    """Only while this run is the one that goes on; a queued one does not begin."""
    found, _ = await find_run(rooms, who, run.work_id, run.id)
    if found.queued and await drop_queued(rooms.house, run.id):
        return
    if not found.status.over:
        await pause(rooms.house, run.work_id, tenant=who.tenant)
