"""Copies a work's rows under another id. Versions and commands get ids of their own, wherever they are spoken of.

A copy that is begun is noted until its rows are there, so that what a killed process left can be found.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from storage.base import Json
from storage.database import Connection
from storage.versions import version_id_of

_ID: Final = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BELONGING: Final = ("work_epochs", "pictures", "versions", "branches", "commands")
"""In the order in which they refer to one another. Counters and events begin anew."""
_VERSIONS: Final = "SELECT version_id, checkpoint_id FROM versions WHERE work_id = %s"
_COMMANDS: Final = "SELECT id, kind FROM commands WHERE work_id = %s"
_BEGUN_NOW: Final = """UPDATE works SET created_at = now(), updated_at = now(),
    finished_at = CASE WHEN finished_at IS NOT NULL THEN now() END WHERE id = %s"""
_UNPAID: Final = "UPDATE versions SET used = '{}' WHERE work_id = %s"
_NOTHING_WAITS: Final = "DELETE FROM commands WHERE work_id = %s AND kind = 'queued' AND status = 'pending'"


@dataclass(frozen=True, slots=True)
class CopyNames:
    """What a work and its versions and commands are called in the copy. New ids are as long as the old ones, so that
    bytes with lengths in them stay what they were."""

    work_id: UUID
    by_old: Mapping[bytes, bytes]

    def renamed(self, data: bytes) -> bytes:
        return _ID.sub(lambda found: self.by_old.get(found[0], found[0]), data)


async def copy_names(conn: Connection, source: UUID, copy: UUID, command_id: Callable[[str, str], UUID]) -> CopyNames:
    """`command_id` tells the new id of a command by its old one and its kind."""
    names = {str(source): str(copy)}
    for row in await (await conn.execute(_VERSIONS, (source,))).fetchall():
        names[row["version_id"]] = version_id_of(copy, row["checkpoint_id"])
    for row in await (await conn.execute(_COMMANDS, (source,))).fetchall():
        names[str(row["id"])] = str(command_id(str(row["id"]), row["kind"]))
    return CopyNames(copy, {old.encode(): new.encode() for old, new in names.items()})


async def copy_rows(conn: Connection, source: UUID, names: CopyNames, change: Json) -> None:
    """All of the work but what it has used and told; `change` is laid over its own row. The caller sees to it that
    nobody works on it meanwhile."""
    row = await (await conn.execute("SELECT to_jsonb(w) AS work FROM works w WHERE id = %s", (source,))).fetchone()
    assert row is not None  # the caller holds it
    await _insert(conn, "works", json.dumps([row["work"] | change]).encode(), names)
    for table in _BELONGING:
        query = f"SELECT coalesce(jsonb_agg(t), '[]')::text AS found FROM {table} t WHERE work_id = %s"
        for found in await (await conn.execute(query, (source,))).fetchall():
            await _insert(conn, table, found["found"].encode(), names)
    for query in (_BEGUN_NOW, _UNPAID, _NOTHING_WAITS):
        await conn.execute(query, (names.work_id,))


async def _insert(conn: Connection, table: str, rows: bytes, names: CopyNames) -> None:
    query = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    await conn.execute(query, (names.renamed(rows).decode(),))


async def begin_copy(conn: Connection, copy: UUID, tenant: str) -> None:
    """Notes that objects of such a work may be there without rows."""
    await conn.execute("INSERT INTO copies_begun (copy_id, tenant) VALUES (%s, %s)", (copy, tenant))


async def end_copy(conn: Connection, copy: UUID) -> bool:
    """Takes the note away; until the transaction is over nobody else does. False where it is gone."""
    return (await conn.execute("DELETE FROM copies_begun WHERE copy_id = %s", (copy,))).rowcount > 0


async def begun_copies(conn: Connection, older: timedelta) -> dict[UUID, str]:
    """The tenant of each copy that was begun so long ago and has no rows."""
    query = "SELECT copy_id, tenant FROM copies_begun WHERE begun_at < now() - %s ORDER BY begun_at"
    return {row["copy_id"]: row["tenant"] for row in await (await conn.execute(query, (older,))).fetchall()}
