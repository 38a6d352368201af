"""`/v1/works/{id}/events`: everything that happens to a work, as server-sent events and over a WebSocket."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response, WebSocket
from fastapi.responses import JSONResponse
from starlette.websockets import WebSocketDisconnect

from manga.errors import MangaError, NotFound, UserError
from server.composition import Open, Rooms
from server.security.http_head_limits import cut
from server.security.identity import Anybody, Principal, principal
from server.streams.event_envelopes import Envelope
from server.streams.event_stream import follow
from server.streams.sse import EventStream, sse
from storage.database import connection
from storage.event_outbox import read_events
from storage.works import read_work
from works.base import Json
from works.queue.job_queue import end_tasks

DRAINING: Final = b": the service stops; come back\n\n"
router = APIRouter(tags=["streams"])
FIRST_MESSAGE_S: Final = 1.0
"""For a reader to say where to begin; one that says nothing is told everything."""
DONE: Final = 1000
RESTART: Final = 1012
_REFUSED: Final = 4000
_MAX_REASON: Final = 120


class _Documented(JSONResponse):
    """For OpenAPI, which takes a body that is not JSON for a plain string."""

    media_type = EventStream.media_type


def event_id(text: str) -> int:
    """The number that an event's id is; 0: none. Raises `UserError` for what is no id."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise UserError("Last-Event-ID is the id of an event: a number.", element="Last-Event-ID")
    return int(text)


async def last_seen(
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
    after: Annotated[str | None, Query(max_length=40, description="as the header Last-Event-ID")] = None,
) -> int:
    """The id of the last event that the client has; 0: none. Raises `UserError` for what is no id."""
    return event_id(last_event_id or after or "0")


After = Annotated[int, Depends(last_seen)]


@router.get(
    "/works/{work_id}/events",
    response_class=_Documented,
    responses={
        200: {"model": Envelope, "description": "Events as they happen; `data` of each is an envelope."},
        204: {"description": "The work is closed, and you have every event: do not come back."},
    },
    summary="Follow a work",
)
async def events(work_id: UUID, who: Anybody, rooms: Open, after: After) -> Response:
    """Every event after `Last-Event-ID`, then what comes, until the work is closed. A client that was cut off comes
    back with the last id it has (browsers do that by themselves) and gets the rest, on whichever replica it lands."""
    async with connection(rooms.house.pool) as conn:
        work = await read_work(conn, work_id, tenant=who.tenant)
        if after and work.status.closed and not await read_events(conn, work_id, after=after, limit=1):
            return Response(status_code=204)
    return EventStream(
        _encoded(rooms, work_id, after),
        patience_s=rooms.settings.stream_patience_seconds,
        seat=rooms.seats.taken_by(who.tenant),
        last_words=lambda: DRAINING if rooms.draining.is_set() else b"",
    )


async def _encoded(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[bytes]:
    async with aclosing(follow(rooms, work_id, after)) as found:
        async for told in found:
            yield sse(told.text, event=told.type, id=str(told.id))


@router.post(
    "/works/{work_id}/stream-token",
    operation_id="signed_stream_token",
    summary="A token for a browser's streams of a work",
)
async def stream_token(work_id: UUID, who: Anybody, rooms: Open) -> Json:
    """Good for a minute, as `?token=` of this work's `events` and `ws`, and for nothing else: send it in place of the
    header that `EventSource` and `WebSocket` cannot send. When a stream is cut later, ask for another."""
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    token, end = rooms.signing.streams.issue(who, work_id)
    return {"token": token, "expires_at": datetime.fromtimestamp(end, UTC).isoformat()}


@router.websocket("/works/{work_id}/ws")
async def socket(websocket: WebSocket, work_id: str, after: str | None = None) -> None:
    """`?after=ID`, or `{"after": "ID"}` as the first message, tells where to begin; without either it begins
    at the beginning."""
    rooms: Rooms = websocket.app.state.rooms
    await websocket.accept()
    try:
        who = await principal(websocket)
        work = await _work(rooms, work_id, who)
        with rooms.seats.taken_by(who.tenant):
            begin = event_id(after) if after is not None else await _first_message(websocket)
            await _tell(rooms, websocket, work, begin)
    except MangaError as error:
        await _close(websocket, _REFUSED + max(400, error.http_status), f"{error.code}: {error.message}")
    except WebSocketDisconnect:
        return


async def _work(rooms: Rooms, text: str, who: Principal) -> UUID:
    """Raises `NotFound`, also for another tenant's."""
    try:
        work_id = UUID(text)
    except ValueError:
        raise NotFound("There is no such work.") from None
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    return work_id


async def _first_message(websocket: WebSocket) -> int:
    """Where to begin. Raises `UserError`."""
    try:
        async with asyncio.timeout(FIRST_MESSAGE_S):
            text = await websocket.receive_text()
    except TimeoutError:
        return 0
    except KeyError:  # bytes
        raise UserError('The first message is text: {"after": ID}.') from None
    try:
        return event_id(str(json.loads(text).get("after") or "0"))
    except (ValueError, AttributeError, RecursionError):
        raise UserError('The first message is JSON: {"after": ID}.') from None


async def _tell(rooms: Rooms, websocket: WebSocket, work_id: UUID, after: int) -> None:
    """Until everything is told, the reader has gone, or it does not read."""
    telling = asyncio.create_task(_send_all(rooms, websocket, work_id, after))
    leaving = asyncio.create_task(_hear(websocket))
    try:
        await asyncio.wait((telling, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end_tasks(telling, leaving)
    errors = [job.exception() for job in (telling, leaving) if not job.cancelled()]
    if any(isinstance(error, TimeoutError) for error in errors):
        await cut(websocket.scope)
        return
    for error in errors:
        if error is not None:
            raise error
    code = RESTART if rooms.draining.is_set() else DONE
    await _close(websocket, code, "the service stops" if code == RESTART else "")


async def _send_all(rooms: Rooms, websocket: WebSocket, work_id: UUID, after: int) -> None:
    """Raises `TimeoutError` for a reader that does not read."""
    async with aclosing(follow(rooms, work_id, after)) as found:
        async for told in found:
            async with asyncio.timeout(rooms.settings.stream_patience_seconds):
                await websocket.send_text(told.text)


async def _hear(websocket: WebSocket) -> None:
    """Raises `WebSocketDisconnect` when the reader has gone, `UserError` when it says anything: nobody listens."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", DONE))
    raise UserError("This socket only tells: answers go to POST …/feedback.")


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    """The reader may have gone meanwhile."""
    with suppress(RuntimeError, WebSocketDisconnect):
        await websocket.close(code, reason.encode()[:_MAX_REASON].decode(errors="ignore"))
