"""The outbox: events that must last, written in the transaction of what they tell of and relayed afterwards."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from storage.base import Event, EventType, Json
from storage.database import Connection
from storage.webhooks import HOOKED, owe

ENVELOPE: Final = 1
"""The version of envelopes and their data. It rises when something changes its meaning; fields are added without."""

_COLUMNS = "id, work_id, type, version_id, at, data"
# One statement: the lock is there before the id is drawn, and is held until the outermost transaction ends.
_ALONE: Final = "WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended('events:' || %s::text, 0)))"
_INSERT: Final = (
    f"{_ALONE} INSERT INTO events (work_id, type, version_id, data) SELECT %s, %s, %s, %s FROM alone"
    f" RETURNING {_COLUMNS}"
)
# Ids are drawn after rows are put in order.
_INSERT_ALL: Final = (
    f"{_ALONE} INSERT INTO events (work_id, type, version_id, data) SELECT %s, %s, %s, t.data"
    " FROM alone, unnest(%s::jsonb[]) WITH ORDINALITY AS t (data, number) ORDER BY t.number"
)
_UNRELAYED: Final = (
    f"SELECT {_COLUMNS}, coalesce((SELECT max(p.id) FROM events p WHERE p.work_id = e.work_id AND p.id < e.id), 0)"
    " AS before FROM events e WHERE NOT relayed ORDER BY id LIMIT %s"
)


def _event(row: DictRow) -> Event:
    return Event(**(row | {"type": EventType(row["type"])}))


def envelope(event: Event) -> Json:
    """The event as every stream sends it: `{v, id, type, work_id, version_id, at, data}`, JSON values only."""
    return {
        "v": ENVELOPE,
        "id": str(event.id),
        "type": event.type.value,
        "work_id": str(event.work_id),
        "version_id": event.version_id,
        "at": event.at.isoformat(),
        "data": event.data,
    }


async def append_event(
    conn: Connection, work_id: UUID, type: EventType, data: Json | None = None, *, version_id: str | None = None
) -> Event:
    """Writes one event. Within a work, ids rise in the order of commits: a reader that asks for what came after an id
    never misses one that was committed late."""
    if type not in HOOKED:
        return await _inserted(conn, work_id, type, data, version_id)
    async with conn.transaction():
        event = await _inserted(conn, work_id, type, data, version_id)
        await owe(conn, event.id)
        return event


async def append_events(
    conn: Connection, work_id: UUID, type: EventType, data: Sequence[Json], *, version_id: str | None = None
) -> None:
    """Writes events of one type in this order, as `append_event` would."""
    if type in HOOKED:
        for one in data:
            await append_event(conn, work_id, type, one, version_id=version_id)
    elif data:
        found = [Jsonb(one) for one in data]
        await conn.execute(_INSERT_ALL, (work_id, work_id, type.value, version_id, found))


async def _inserted(
    conn: Connection, work_id: UUID, type: EventType, data: Json | None, version_id: str | None
) -> Event:
    inserted = await conn.execute(_INSERT, (work_id, work_id, type.value, version_id, Jsonb(data or {})))
    row = await inserted.fetchone()
    assert row is not None  # INSERT ... RETURNING gives its row or raises
    return _event(row)


async def read_events(conn: Connection, work_id: UUID, *, after: int = 0, limit: int = 500) -> list[Event]:
    """The work's events with a greater id than `after`, oldest first."""
    rows = await conn.execute(
        f"SELECT {_COLUMNS} FROM events WHERE work_id = %s AND id > %s ORDER BY id LIMIT %s", (work_id, after, limit)
    )
    return [_event(row) async for row in rows]


async def find_event(conn: Connection, work_id: UUID, type: EventType, holding: Json) -> Event | None:
    """The work's first event of this type whose data holds these fields with these values."""
    found = await conn.execute(
        f"SELECT {_COLUMNS} FROM events WHERE work_id = %s AND type = %s AND data @> %s ORDER BY id LIMIT 1",
        (work_id, type.value, Jsonb(holding)),
    )
    row = await found.fetchone()
    return _event(row) if row else None


async def read_place(conn: Connection, work_id: UUID) -> tuple[int, datetime | None]:
    """Where the work's events stand: the id of the newest (0: none), and when its newest phase began."""
    found = await conn.execute(
        "SELECT coalesce(max(id), 0) AS newest,"
        " (SELECT at FROM events WHERE work_id = %s AND type = %s ORDER BY id DESC LIMIT 1) AS begun"
        " FROM events WHERE work_id = %s",
        (work_id, EventType.PHASE_STARTED.value, work_id),
    )
    row = await found.fetchone()
    return (row["newest"], row["begun"]) if row else (0, None)


async def read_stale(conn: Connection, last: Mapping[UUID, int]) -> dict[UUID, float]:
    """Of works and the last event known of each, those that have newer ones: with the id of their newest; infinite for
    a work that is not there any more. One query, however many works."""
    rows = await conn.execute(
        "SELECT k.work_id, w.id IS NOT NULL AS there,"
        " (SELECT max(e.id) FROM events e WHERE e.work_id = k.work_id AND e.id > k.last) AS newest"
        " FROM unnest(%s::uuid[], %s::bigint[]) AS k (work_id, last) LEFT JOIN works w ON w.id = k.work_id",
        (list(last), list(last.values())),
    )
    found = [(row["work_id"], row["newest"] if row["there"] else math.inf) async for row in rows]
    return {work_id: newest for work_id, newest in found if newest is not None}


async def claim_unrelayed(conn: Connection, *, limit: int = 200) -> list[tuple[Event, int]]:
    """Events not relayed yet, oldest first, each with the id of the one before it in its work (0 for the first): who
    reads them one by one knows by it whether one is missing.

    One relay at a time: while another transaction holds the claim, nothing. Call it in a transaction, relay, then
    `mark_relayed` in the same one."""
    claim = await conn.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('events:relay', 0)) AS mine")
    row = await claim.fetchone()
    if row is None or not row["mine"]:
        return []
    rows = await conn.execute(_UNRELAYED, (limit,))
    return [
        (_event({name: found[name] for name in found if name != "before"}), found["before"]) async for found in rows
    ]


async def mark_relayed(conn: Connection, event_ids: Sequence[int]) -> None:
    """These events are in Redis now."""
    await conn.execute("UPDATE events SET relayed = true WHERE id = ANY(%s)", (list(event_ids),))
