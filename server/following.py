"""All events of one work after a given one, in order, none lost and none doubled: what every stream of it sends.

What is there comes from PostgreSQL, what is new from Redis through the hub; while Redis is away, from PostgreSQL too.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Final
from uuid import UUID

from redis.exceptions import RedisError

from server.rooms import Rooms
from storage.base import EventType, Work
from storage.database import connection
from storage.events import envelope, read_events
from storage.redis import stream_key
from storage.works import read_work
from works.base import Json
from works.reading import summary_of

CLOSING: Final = frozenset({EventType.COMPLETED, EventType.FAILED, EventType.CANCELLED})
POLL_S: Final = 1.0


async def follow(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[Json]:
    """Envelopes with an id greater than `after`, until the work is closed and everything is told, or the service
    stops. An `after` that this work never had is answered with a snapshot first."""
    last = after
    if after and (snapshot := await _lost(rooms, work_id, after)) is not None:
        yield snapshot
        last = int(snapshot["id"])
    while not rooms.draining.is_set():
        async for event in _written(rooms, work_id, last):
            last = int(event["id"])
            yield event
        if (await _work(rooms, work_id)).status.closed and not await _more(rooms, work_id, last):
            return
        with suppress(RedisError, OSError):
            async with aclosing(_relayed(rooms, work_id, last)) as news:
                async for event in news:
                    last = int(event["id"])
                    yield event
                    if event["type"] in CLOSING:
                        break
            continue
        await _pause(rooms)


async def _written(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[Json]:
    while True:
        async with connection(rooms.house.pool) as conn:
            found = await read_events(conn, work_id, after=after)
        if not found:
            return
        for event in found:
            after = event.id
            yield envelope(event)


async def _relayed(rooms: Rooms, work_id: UUID, after: int) -> AsyncGenerator[Json]:
    """From the hub, until the service stops."""
    news = rooms.hub.follow(stream_key(work_id), f"{after}-0")
    draining = asyncio.create_task(rooms.draining.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(news))
            await asyncio.wait((coming, draining), return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                with suppress(asyncio.CancelledError):
                    await coming
                return
            yield json.loads(coming.result()[1])
    finally:
        draining.cancel()
        with suppress(RuntimeError):
            await news.aclose()


async def _lost(rooms: Rooms, work_id: UUID, after: int) -> Json | None:
    """A snapshot, when this id is none of the work's: of another database, or of events that are gone."""
    async with connection(rooms.house.pool) as conn:
        known = await conn.execute("SELECT 1 FROM events WHERE work_id = %s AND id = %s", (work_id, after))
        if await known.fetchone() is not None:
            return None
        newest = await conn.execute("SELECT max(id) AS id FROM events WHERE work_id = %s", (work_id,))
        row = await newest.fetchone()
        work = await read_work(conn, work_id)
    return {
        "id": str((row or {}).get("id") or 0),
        "type": EventType.SNAPSHOT.value,
        "work_id": str(work_id),
        "version_id": work.head_version,
        "at": work.updated_at.isoformat(),
        "data": summary_of(work),
    }


async def _work(rooms: Rooms, work_id: UUID) -> Work:
    async with connection(rooms.house.pool) as conn:
        return await read_work(conn, work_id)


async def _more(rooms: Rooms, work_id: UUID, after: int) -> bool:
    async with connection(rooms.house.pool) as conn:
        return bool(await read_events(conn, work_id, after=after, limit=1))


async def _pause(rooms: Rooms) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(rooms.draining.wait(), POLL_S)
