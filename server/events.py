"""`/v1/works/{id}/events`: everything that happens to a work, as server-sent events."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from manga.errors import UserError
from server.following import follow
from server.identity import Anybody
from server.rooms import Open
from storage.database import connection
from storage.events import read_events
from storage.works import read_work
from works.base import Json

RETRY_MS = 300
router = APIRouter(tags=["streams"])


async def last_seen(
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
    after: Annotated[str | None, Query(max_length=40, description="as the header Last-Event-ID")] = None,
) -> int:
    """The id of the last event that the client has; 0: none. Raises `UserError` for what is no id."""
    text = (last_event_id or after or "0").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise UserError("Last-Event-ID is the id of an event: a number.", element="Last-Event-ID")
    return int(text)


After = Annotated[int, Depends(last_seen)]


class NothingMore(Exception):
    """The work is closed and the client has every event: a browser shall not come back."""


async def may_follow(work_id: UUID, who: Anybody, rooms: Open, after: After) -> None:
    """Before the stream begins. Raises `NotFound`, `NothingMore`."""
    async with connection(rooms.house.pool) as conn:
        work = await read_work(conn, work_id, tenant=who.tenant)
        if after and work.status.closed and not await read_events(conn, work_id, after=after, limit=1):
            raise NothingMore


async def nothing_more(request: object, error: Exception) -> Response:
    return Response(status_code=204)


@router.get(
    "/works/{work_id}/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(may_follow)],
    summary="Follow a work",
)
async def events(work_id: UUID, who: Anybody, rooms: Open, after: After) -> AsyncGenerator[ServerSentEvent]:
    """Every event after `Last-Event-ID`, then what comes, until the work is closed."""
    yield ServerSentEvent(retry=RETRY_MS, comment="mangaka")
    async with aclosing(follow(rooms, work_id, after)) as found:
        async for event in found:
            yield sent(event)


def sent(event: Json) -> ServerSentEvent:
    return ServerSentEvent(data=event, event=event["type"], id=event["id"])
