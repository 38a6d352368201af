"""`/v1/works/{id}/ws`: the same events in the same envelopes over a WebSocket, one text message each. It is read only.

Close codes: 1000 everything is told, 1012 the service stops (come back with `after`), 4000 + the status that a request
would have been answered with (4400, 4401, 4403, 4404, 4429, 4503), 4408 for a first message that does not come.
"""

import asyncio
import json
from contextlib import aclosing, suppress
from typing import Final
from uuid import UUID

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from manga.errors import MangaError, NotFound, UserError
from server.composition import Rooms
from server.routes.events import event_id
from server.security.http_limits import cut
from server.security.identity import Principal, principal
from server.streams.event_stream import follow
from storage.database import connection
from storage.works import read_work
from works.queue.jobs import end_tasks

FIRST_MESSAGE_S: Final = 10.0
DONE: Final = 1000
RESTART: Final = 1012
NO_MESSAGE: Final = 4408
_REFUSED: Final = 4000
_MAX_REASON: Final = 120
router = APIRouter(tags=["streams"])


@router.websocket("/works/{work_id}/ws")
async def socket(websocket: WebSocket, work_id: str, after: str | None = None) -> None:
    """`?after=ID`, or `{"after": "ID"}` as the first message (`{}`: everything), tells where to begin."""
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
    """Where to begin. Raises `UserError`, `WebSocketDisconnect`."""
    try:
        async with asyncio.timeout(FIRST_MESSAGE_S):
            text = await websocket.receive_text()
    except TimeoutError:
        await _close(websocket, NO_MESSAGE, 'Send {"after": ID} first, or ?after=ID.')
        raise WebSocketDisconnect(NO_MESSAGE) from None
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
