"""`/v1/works/{id}/events`: everything that happens to a work, as server-sent events."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import JSONResponse

from manga.errors import UserError
from server.composition import Open, Rooms
from server.security.identity import Anybody
from server.streams.envelopes import Envelope
from server.streams.event_stream import follow
from server.streams.sse import EventStream, sse
from storage.database import connection
from storage.events import read_events
from storage.works import read_work

DRAINING: Final = b": the service stops; come back\n\n"
router = APIRouter(tags=["streams"])


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
