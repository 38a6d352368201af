"""Threads as the LangGraph wire knows them: a work, or before its first run a row of `threads` with the same id."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from manga.errors import Conflict, NotFound
from storage.base import Json, WorkStatus
from storage.database import Connection

Order = Literal["created_at", "updated_at"]
_BOTH: Final = (
    "(SELECT id, tenant, metadata, created_at, updated_at, status FROM works"
    " UNION ALL SELECT id, tenant, metadata, created_at, created_at, NULL FROM threads) AS found"
)


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """`status` is the work's; None before the first run."""

    id: UUID
    metadata: Json
    created_at: datetime
    updated_at: datetime
    status: WorkStatus | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads are looked for. `statuses` None: any; None among them: not begun. `metadata` must be contained."""

    statuses: Collection[WorkStatus | None] | None = None
    metadata: Json | None = None
    ids: Collection[UUID] | None = None
    order: Order = "created_at"
    ascending: bool = False
    limit: int = 10
    offset: int = 0


async def add_thread(conn: Connection, thread_id: UUID, tenant: str, metadata: Json) -> bool:
    """False when the id is taken, by anybody."""
    inserted = await conn.execute(
        "INSERT INTO threads (id, tenant, metadata) SELECT %(id)s, %(tenant)s, %(metadata)s"
        " WHERE NOT EXISTS (SELECT 1 FROM works WHERE id = %(id)s) ON CONFLICT (id) DO NOTHING",
        {"id": thread_id, "tenant": tenant, "metadata": Jsonb(metadata)},
    )
    return inserted.rowcount == 1


async def read_thread(conn: Connection, thread_id: UUID, tenant: str) -> ThreadRow:
    """Raises `NotFound`, also for another tenant's."""
    query = f"SELECT id, metadata, created_at, updated_at, status FROM {_BOTH} WHERE id = %s AND tenant = %s"
    row = await (await conn.execute(query, (thread_id, tenant))).fetchone()
    if row is None:
        raise NotFound(f"There is no thread {thread_id}.", remedy="Create it first, or send if_not_exists=create.")
    return _thread(row)


async def begin_thread(conn: Connection, work_id: UUID, metadata: Json) -> None:
    """The thread's work is there: from now on it is the thread, with what was noted at its creation and now. Raises
    `Conflict` where another tenant's thread has the id."""
    query = "SELECT 1 FROM threads t JOIN works w ON w.id = t.id AND w.tenant <> t.tenant WHERE t.id = %s"
    if await (await conn.execute(query, (work_id,))).fetchone() is not None:
        raise Conflict("This id is taken.", remedy="Use another, or leave it out.")
    await conn.execute(
        "WITH gone AS (DELETE FROM threads WHERE id = %(id)s RETURNING metadata)"
        " UPDATE works SET metadata = coalesce((SELECT metadata FROM gone), '{}'::jsonb) || %(metadata)s"
        " WHERE id = %(id)s",
        {"id": work_id, "metadata": Jsonb(metadata)},
    )


async def note_metadata(conn: Connection, thread_id: UUID, metadata: Json) -> None:
    """Laid over what the thread has."""
    for table in ("threads", "works"):
        query = f"UPDATE {table} SET metadata = metadata || %s WHERE id = %s"
        await conn.execute(query, (Jsonb(metadata), thread_id))


async def delete_thread(conn: Connection, thread_id: UUID, tenant: str) -> bool:
    """Of a thread that was never begun."""
    deleted = await conn.execute("DELETE FROM threads WHERE id = %s AND tenant = %s", (thread_id, tenant))
    return deleted.rowcount == 1


_WHERE: Final = (
    " WHERE tenant = %(tenant)s AND (%(metadata)s::jsonb IS NULL OR metadata @> %(metadata)s)"
    " AND (%(ids)s::uuid[] IS NULL OR id = ANY(%(ids)s))"
    " AND (%(statuses)s::text[] IS NULL OR status = ANY(%(statuses)s) OR (%(fresh)s AND status IS NULL))"
)


async def count_threads(conn: Connection, tenant: str, wanted: Wanted) -> int:
    """How many `search_threads` would find without a limit."""
    row = await (await conn.execute(f"SELECT count(*) AS n FROM {_BOTH}{_WHERE}", _values(tenant, wanted))).fetchone()
    return int(row["n"]) if row else 0


async def search_threads(conn: Connection, tenant: str, wanted: Wanted) -> list[ThreadRow]:
    """The tenant's threads, newest first unless told otherwise."""
    rows = await conn.execute(
        f"SELECT id, metadata, created_at, updated_at, status FROM {_BOTH}{_WHERE}"
        f" ORDER BY {wanted.order} {'ASC' if wanted.ascending else 'DESC'}, id LIMIT %(limit)s OFFSET %(offset)s",
        _values(tenant, wanted),
    )
    return [_thread(row) async for row in rows]


def _values(tenant: str, wanted: Wanted) -> dict[str, Any]:
    statuses = wanted.statuses
    return {
        "tenant": tenant,
        "metadata": Jsonb(wanted.metadata) if wanted.metadata else None,
        "ids": None if wanted.ids is None else list(wanted.ids),
        "statuses": None if statuses is None else [status.value for status in statuses if status],
        "fresh": statuses is not None and None in statuses,
        "limit": wanted.limit,
        "offset": wanted.offset,
    }


def _thread(row: DictRow) -> ThreadRow:
    status = WorkStatus(row["status"]) if row["status"] else None
    return ThreadRow(row["id"], row["metadata"], row["created_at"], row["updated_at"], status)
