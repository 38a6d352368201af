"""Which closed works are old enough to be thinned, and what of their rows goes: events of progress, finished commands,
versions. Every function takes a connection, so that the caller can roll all of it back.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from storage.base import EventType, Json, WorkStatus
from storage.database import Connection

CLOSED = tuple(status.value for status in WorkStatus if status.closed)
PROGRESS = tuple(
    kind.value
    for kind in (
        EventType.IMAGE_PROGRESS,
        EventType.ANSWER_PROGRESS,
        EventType.PREVIEW_CHANGE,
        EventType.PHASE_STARTED,
        EventType.RESUMED,
        EventType.SNAPSHOT,
    )
)
"""Events that tell how far a work has come; nobody follows one that is closed."""
_BYTES = """
SELECT (SELECT coalesce(sum(pg_column_size(e.*)), 0) FROM events e WHERE e.work_id = %(work)s)
     + (SELECT coalesce(sum(pg_column_size(c.*)), 0) FROM commands c WHERE c.work_id = %(work)s)
     + (SELECT coalesce(sum(pg_column_size(v.*)), 0) FROM versions v WHERE v.work_id = %(work)s) AS bytes
"""


async def old_works(conn: Connection, older: timedelta, *, after: UUID | None = None, limit: int = 100) -> list[UUID]:
    """Works that have been closed for so long, by their ids, `after` the last of the page before."""
    rows = await conn.execute(
        "SELECT id FROM works WHERE status = ANY(%s) AND finished_at < now() - %s"
        " AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s",
        (list(CLOSED), older, after, after, limit),
    )
    return [row["id"] async for row in rows]


async def thin_events(conn: Connection, work_id: UUID) -> int:
    """Takes out events of progress that were relayed; answers how many."""
    gone = await conn.execute(
        "DELETE FROM events WHERE work_id = %s AND relayed AND type = ANY(%s)", (work_id, list(PROGRESS))
    )
    return gone.rowcount


async def thin_commands(conn: Connection, work_id: UUID, stay: Collection[str]) -> int:
    """Takes out commands that are done or failed, but not those of kinds that `stay`."""
    gone = await conn.execute(
        "DELETE FROM commands WHERE work_id = %s AND status <> 'pending' AND kind <> ALL(%s)", (work_id, list(stay))
    )
    return gone.rowcount


async def drop_versions(
    conn: Connection, work_id: UUID, parents: Mapping[str, str | None], gone: Collection[str]
) -> None:
    """Takes these versions out. `parents`: what each that stays is made from now."""
    for version_id, parent in parents.items():
        query = "UPDATE versions SET parent_version_id = %s WHERE work_id = %s AND version_id = %s"
        await conn.execute(query, (parent, work_id, version_id))
    names = list(gone)
    lone = "UPDATE versions SET parent_version_id = NULL WHERE work_id = %s AND version_id = ANY(%s)"
    await conn.execute(lone, (work_id, names))
    await conn.execute("DELETE FROM versions WHERE work_id = %s AND version_id = ANY(%s)", (work_id, names))


async def row_bytes(conn: Connection, work_id: UUID) -> int:
    """How much a work's events, commands and versions hold, without indexes."""
    row = await (await conn.execute(_BYTES, {"work": work_id})).fetchone()
    return int(row["bytes"]) if row else 0


async def remembered_art(conn: Connection, work_id: UUID) -> dict[str, Json]:
    """By digest what `pictures` tells of every picture that was drawn for the work."""
    rows = await conn.execute("SELECT digest, art FROM pictures WHERE work_id = %s", (work_id,))
    return {row["digest"]: row["art"] async for row in rows}


async def forget_pictures(conn: Connection, work_id: UUID, digests: Collection[str]) -> None:
    """As if these had not been drawn: what is wanted again is drawn, and paid, again."""
    await conn.execute("DELETE FROM pictures WHERE work_id = %s AND digest = ANY(%s)", (work_id, list(digests)))
