"""Rows of `edits`: a list laid over the raw results. Nothing is deleted; an edit that no longer counts has a state."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from storage.base import Edit, EditState, Json
from storage.database import Connection

_COLUMNS = "id, work_id, version_id, element_key, change_type, payload, author, state, created_at, retired_at"


def _edit(row: DictRow) -> Edit:
    return Edit(**(row | {"state": EditState(row["state"])}))


async def add_edit(
    conn: Connection,
    *,
    edit_id: UUID,
    work_id: UUID,
    element_key: str,
    change_type: str,
    payload: Json,
    author: str,
    version_id: str | None = None,
) -> bool:
    """Inserts an active edit. False when an edit of this id is there already (a repeated send)."""
    inserted = await conn.execute(
        "INSERT INTO edits (id, work_id, version_id, element_key, change_type, payload, author)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
        (edit_id, work_id, version_id, element_key, change_type, Jsonb(payload), author),
    )
    return inserted.rowcount == 1


async def retire_edits(conn: Connection, work_id: UUID, edit_ids: Sequence[UUID], state: EditState) -> int:
    """Gives active edits a state that ends them. Answers how many it was."""
    updated = await conn.execute(
        "UPDATE edits SET state = %s, retired_at = clock_timestamp()"
        " WHERE work_id = %s AND id = ANY(%s) AND state = 'active'",
        (state.value, work_id, list(edit_ids)),
    )
    return updated.rowcount


async def list_edits(conn: Connection, work_id: UUID, *, active_only: bool = False) -> list[Edit]:
    """In the order in which they came, which is the order in which they are laid over."""
    rows = await conn.execute(
        f"SELECT {_COLUMNS} FROM edits WHERE work_id = %s AND (NOT %s OR state = 'active') ORDER BY created_at, id",
        (work_id, active_only),
    )
    return [_edit(row) async for row in rows]
