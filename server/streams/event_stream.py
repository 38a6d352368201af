"""The stream of one work's events after a given one, in order, none lost and none doubled.

What is there comes from PostgreSQL, what is new from Redis through the hub. Each entry of Redis names the event before
it: when that one never came, or the watch finds more in the outbox, it is read from PostgreSQL again. So a stream costs
the database a few queries at its beginning and its end, and none between.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from manga.errors import DatabaseUnreachable, NotFound
from server.composition import Rooms
from server.streams.outbox_poller import OutboxPlace
from storage.base import EventType
from storage.database import connection
from storage.event_outbox import ENVELOPE, envelope, read_events
from storage.redis import stream_key
from storage.works import read_work
from works.base import Json
from works.work_json import summary_of

CLOSING: Final = frozenset({EventType.COMPLETED.value, EventType.FAILED.value, EventType.CANCELLED.value})
PAGE: Final = 500
PAUSE_S: Final = 1.0
log = logging.getLogger("mangaka.server")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `text` is its envelope as JSON; `before` the id of the work's event before it, where it is known."""

    id: int
    type: str
    text: str
    before: int | None = None

    @classmethod
    def of(cls, event: Json) -> "Told":
        """From the envelope."""
        return cls(int(event["id"]), event["type"], json.dumps(event, ensure_ascii=False))

    def envelope(self) -> Json:
        found: Json = json.loads(self.text)
        return found


async def follow(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[Told]:
    """Events with an id greater than `after`, until the work is closed and everything is told, or the service stops.
    An `after` that this work never had is answered with a snapshot first. While PostgreSQL is away it waits."""
    last = after
    try:
        if after and (snapshot := await _kept_trying(rooms, partial(_lost, rooms, work_id, after))) is not None:
            yield snapshot
            last = snapshot.id
        async for told in _written(rooms, work_id, last):
            last = told.id
            yield told
        async with rooms.hub.joined(stream_key(work_id), f"{last}-0") as follower:
            with rooms.watch.kept(work_id, follower, last) as place:
                async for told in _from_now_on(rooms, place):
                    yield told
    except NotFound:  # it was deleted
        return


async def _from_now_on(rooms: Rooms, place: OutboxPlace) -> AsyncGenerator[Told]:
    while not rooms.draining.is_set():
        async for told in _written(rooms, place.work_id, place.last):
            place.last = told.id
            yield told
        if await _kept_trying(rooms, partial(_all_told, rooms, place)):
            return
        async for told in _coming(place):
            yield told


async def _coming(place: OutboxPlace) -> AsyncGenerator[Told]:
    """From Redis, until something may be missing or a closing event is told."""
    while (entry := await place.follower.next()) is not None:
        told = _told(*entry)
        if told.id <= place.last:
            continue
        if told.before is None or told.before > place.last:
            return  # the one before it never came
        place.last = told.id
        yield told
        if told.type in CLOSING:
            return


def _told(stream_id: str, fields: dict[str, str]) -> Told:
    before = fields.get("before")
    number = int(stream_id.partition("-")[0])
    return Told(number, fields.get("type", ""), fields.get("event", ""), int(before) if before else None)


async def _written(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[Told]:
    """From PostgreSQL, everything that is there."""
    while not rooms.draining.is_set():
        found = await _kept_trying(rooms, partial(_page, rooms, work_id, after))
        for told in found or ():
            after = told.id
            yield told
        if found is None or len(found) < PAGE:
            return


async def _page(rooms: Rooms, work_id: UUID, after: int) -> list[Told]:
    async with connection(rooms.house.pool) as conn:
        return [Told.of(envelope(event)) for event in await read_events(conn, work_id, after=after, limit=PAGE)]


async def _lost(rooms: Rooms, work_id: UUID, after: int) -> Told | None:
    """A snapshot, when this id is none of the work's: of another database, or of events that are gone."""
    async with connection(rooms.house.pool) as conn:
        known = await conn.execute("SELECT 1 FROM events WHERE work_id = %s AND id = %s", (work_id, after))
        if await known.fetchone() is not None:
            return None
        newest = await conn.execute("SELECT coalesce(max(id), 0) AS id FROM events WHERE work_id = %s", (work_id,))
        row = await newest.fetchone()
        work = await read_work(conn, work_id)
    return Told.of(
        {
            "v": ENVELOPE,
            "id": str(row["id"] if row else 0),
            "type": EventType.SNAPSHOT.value,
            "work_id": str(work_id),
            "version_id": work.head_version,
            "at": work.updated_at.isoformat(),
            "data": summary_of(work),
        }
    )


async def _all_told(rooms: Rooms, place: OutboxPlace) -> bool:
    """Nothing more will come by itself, and nothing is left. Raises `NotFound`."""
    query = "SELECT EXISTS (SELECT 1 FROM events WHERE work_id = %s AND id > %s) AS more"
    async with connection(rooms.house.pool) as conn:
        if not (await read_work(conn, place.work_id)).status.closed:
            return False
        row = await (await conn.execute(query, (place.work_id, place.last))).fetchone()
    return row is not None and not row["more"]


async def _kept_trying(rooms: Rooms, asked: Callable[[], Awaitable[T]]) -> T | None:
    """The answer; None when the service stops before there is one."""
    while not rooms.draining.is_set():
        try:
            return await asked()
        except DatabaseUnreachable as error:
            log.warning("a stream waits for the database: %s", error.code)
            with suppress(TimeoutError):
                await asyncio.wait_for(rooms.draining.wait(), PAUSE_S)
    return None
