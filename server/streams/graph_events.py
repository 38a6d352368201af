"""Raw events of the graph, as `works.graph_stream` tells them: read by whoever follows a work, from any point.

`GET /v1/works/{id}/graph-events` gives them as they are. They are for looking inside: they are kept from the moment
somebody asks, for a day at most, and what a work needs is never only there.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from redis.exceptions import RedisError

from manga.errors import UserError
from server.composition import Open, Rooms
from server.security.identity import Anybody
from server.streams.redis_hub import Follower, number
from server.streams.sse import EventStream, sse
from storage.database import connection
from storage.graph_events import START
from storage.redis import graph_key
from storage.works import read_work

QUIET_S: Final = 1.0
BATCH: Final = 200
LAST_WORD: Final = 30
"""So many looks in a row a stream stays open for the `end` of a run whose work is closed already: the database knows
first, and whoever ran it may have died between."""
_ID = re.compile(r"\d{1,19}-\d{1,19}", re.ASCII)
router = APIRouter(tags=["streams"])


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """One entry: the id of its place, the run it belongs to, what it is, and its JSON; `at` in ms, 0 where nobody has
    written it; `state` is the checkpoint that was the newest then."""

    id: str
    run: str
    mode: str
    data: Any
    at: int
    state: str | None = None


async def follow_graph(
    rooms: Rooms, work_id: UUID, after: str, *, quiet_s: float = QUIET_S
) -> AsyncGenerator[GraphEntry | None]:
    """Every entry after this one, in order, then what comes, until the service stops. None: nothing came for a while,
    so look elsewhere whether anything is to come."""
    last = after
    async with rooms.hub.joined(graph_key(work_id), after) as follower:
        while not rooms.draining.is_set():
            async for entry in stored(rooms, work_id, last):
                last = entry.id
                yield entry
            async with aclosing(_coming(follower, quiet_s)) as coming:
                async for found in coming:
                    if found is not None and number(found.id) > number(last):
                        last = found.id
                        yield found
                    if found is None:
                        yield None
                        if rooms.draining.is_set():
                            return


async def _coming(follower: Follower, quiet_s: float) -> AsyncGenerator[GraphEntry | None]:
    """Until everything is to be looked at again."""
    while True:
        try:
            async with asyncio.timeout(quiet_s):
                found = await follower.next()
        except TimeoutError:
            yield None
            continue
        if found is None:
            await asyncio.sleep(0.05)  # Redis may be away: nobody hurries it
            yield None
            return
        yield _entry(*found)


async def stored(rooms: Rooms, work_id: UUID, after: str) -> AsyncGenerator[GraphEntry]:
    """What is there after this entry; nothing while Redis is away."""
    last = after
    while True:
        try:
            rows = cast(Any, await rooms.redis.xrange(graph_key(work_id), min=f"({last}", count=BATCH))
        except (RedisError, OSError):
            return
        for last, fields in rows:
            yield _entry(last, fields)
        if len(rows) < BATCH:
            return


def _entry(item: str, fields: dict[str, str]) -> GraphEntry:
    told = json.loads(fields["event"])
    return GraphEntry(item, told["run"], told["mode"], told["data"], told["at"], told.get("state"))


def place_of(text: str | None) -> str:
    """A place in the stream as a client names it. Raises `UserError`."""
    if text is None or text in ("", "-1", "0"):
        return START
    if not _ID.fullmatch(text):
        raise UserError("Last-Event-ID is the id of an event, as 1795559984332-0.", element="Last-Event-ID")
    return text


@router.get(
    "/works/{work_id}/graph-events", response_class=EventStream, status_code=200, summary="Follow the graph of a work"
)
async def graph_events(
    work_id: UUID,
    who: Anybody,
    rooms: Open,
    last_event_id: Annotated[str | None, Header(max_length=60)] = None,
    after: Annotated[str | None, Query(max_length=60, description="as the header Last-Event-ID")] = None,
) -> Response:
    """LangGraph's own stream, from now on and as far back as it is kept: `start`, `custom`, `updates`, `tasks`,
    `checkpoints`, `interrupt`, `end`; `data` of each is `{run, mode, data, at}`."""
    place = place_of(last_event_id or after)
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    await rooms.house.feed.events.want(work_id)
    return EventStream(
        _encoded(rooms, work_id, place),
        patience_s=rooms.settings.stream_patience_seconds,
        seat=rooms.seats.taken_by(who.tenant),
    )


async def _encoded(rooms: Rooms, work_id: UUID, after: str, *, quiet_s: float = QUIET_S) -> AsyncGenerator[bytes]:
    mode, looks = "end", 0
    async with aclosing(follow_graph(rooms, work_id, after, quiet_s=quiet_s)) as found:
        async for entry in found:
            if entry is not None:
                mode, looks = entry.mode, 0
                told = {"run": entry.run, "mode": entry.mode, "data": entry.data, "at": entry.at}
                yield sse(json.dumps(told, ensure_ascii=False), event=entry.mode, id=entry.id)
            elif await _closed(rooms, work_id):
                looks += 1
                if mode == "end" or looks >= LAST_WORD:
                    return


async def _closed(rooms: Rooms, work_id: UUID) -> bool:
    async with connection(rooms.house.pool) as conn:
        return (await read_work(conn, work_id)).status.closed
