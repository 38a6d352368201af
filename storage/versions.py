"""Rows of `versions`: the tree of a work's states, each pointing at a graph checkpoint."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from manga.errors import NotFound
from storage.base import EventType, Json, NewVersion, Version
from storage.database import Connection
from storage.events import append_event
from storage.works import check_epoch

_COLUMNS = """version_id, work_id, parent_version_id, checkpoint_id, phase, branch, kind, change_description,
    quality_level, quality_score, author, created_at"""


@dataclass(frozen=True, slots=True)
class Committed:
    """`created` is False when this checkpoint had its version already (the node ran a second time)."""

    version: Version
    created: bool


def version_id_of(work_id: UUID, checkpoint_id: str) -> str:
    """The id that this checkpoint's version has or will have: the same however often the node runs."""
    return str(uuid5(work_id, checkpoint_id))


async def commit_version(
    conn: Connection,
    new: NewVersion,
    *,
    epoch: int | None = None,
    event: EventType | None = EventType.PHASE_COMPLETE,
    event_data: Json | None = None,
) -> Committed:
    """Writes the version, its event and the work's head in one transaction (a savepoint when one is open already).

    A second call for the same checkpoint changes nothing and sends nothing. With `epoch` it is fenced (`Fenced`).
    The event's data is `event_data` with `phase` and `version_id` added.
    """
    version_id = version_id_of(new.work_id, new.checkpoint_id)
    async with conn.transaction():
        if epoch is not None:
            await check_epoch(conn, new.work_id, epoch)
        inserted = await conn.execute(
            f"INSERT INTO versions (version_id, work_id, parent_version_id, checkpoint_id, phase, branch, kind,"
            f" change_description, quality_level, quality_score, author)"
            f" VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            f" ON CONFLICT (work_id, checkpoint_id) DO NOTHING RETURNING {_COLUMNS}",
            (
                version_id, new.work_id, new.parent_version_id, new.checkpoint_id, new.phase, new.branch, new.kind,
                new.change_description, new.quality_level, new.quality_score, new.author,
            ),
        )  # fmt: skip
        row = await inserted.fetchone()
        if row is None:
            return Committed(await read_version(conn, new.work_id, version_id), created=False)
        head = "UPDATE works SET head_version = %s, updated_at = clock_timestamp() WHERE id = %s"
        await conn.execute(head, (version_id, new.work_id))
        if event is not None:
            data = {**(event_data or {}), "phase": new.phase, "version_id": version_id}
            await append_event(conn, new.work_id, event, data, version_id=version_id)
        return Committed(Version(**row), created=True)


def _missing(version_id: str) -> NotFound:
    return NotFound(f"There is no version {version_id} of this work.", remedy="`mangaka versions` lists them.")


async def read_version(conn: Connection, work_id: UUID, version_id: str) -> Version:
    """One version of this work; raises `NotFound`."""
    query = f"SELECT {_COLUMNS} FROM versions WHERE work_id = %s AND version_id = %s"
    row = await (await conn.execute(query, (work_id, version_id))).fetchone()
    if row is None:
        raise _missing(version_id)
    return Version(**row)


async def find_version(conn: Connection, work_id: UUID, checkpoint_id: str) -> Version | None:
    """The version of a checkpoint, None when it has none."""
    return await _optional(conn, "work_id = %s AND checkpoint_id = %s", (work_id, checkpoint_id))


async def branch_head(conn: Connection, work_id: UUID, branch: str = "main") -> Version | None:
    """The branch's newest version."""
    where = "work_id = %s AND branch = %s ORDER BY created_at DESC, version_id DESC LIMIT 1"
    return await _optional(conn, where, (work_id, branch))


async def _optional(conn: Connection, where: str, values: tuple[object, ...]) -> Version | None:
    row = await (await conn.execute(f"SELECT {_COLUMNS} FROM versions WHERE {where}", values)).fetchone()
    return Version(**row) if row else None


async def list_versions(
    conn: Connection, work_id: UUID, *, phase: str | None = None, limit: int = 200, after: str | None = None
) -> list[Version]:
    """Oldest first, of one phase or all; `after` is the last id of the page before."""
    rows = await conn.execute(
        f"SELECT {_COLUMNS} FROM versions WHERE work_id = %(work)s AND (%(phase)s::text IS NULL OR phase = %(phase)s)"
        " AND (%(after)s::text IS NULL OR (created_at, version_id) >"
        "      (SELECT created_at, version_id FROM versions WHERE version_id = %(after)s))"
        " ORDER BY created_at, version_id LIMIT %(limit)s",
        {"work": work_id, "phase": phase, "after": after, "limit": limit},
    )
    return [Version(**row) async for row in rows]


async def list_ancestors(conn: Connection, work_id: UUID, version_id: str) -> list[Version]:
    """The version itself, its parent, and so on to the root; raises `NotFound`."""
    rows = await conn.execute(
        "WITH RECURSIVE line AS ("
        "  SELECT v.*, 0 AS depth FROM versions v WHERE work_id = %s AND version_id = %s"
        "  UNION ALL SELECT v.*, line.depth + 1 FROM versions v JOIN line ON v.version_id = line.parent_version_id"
        f") SELECT {_COLUMNS} FROM line ORDER BY depth",
        (work_id, version_id),
    )
    found = [Version(**row) async for row in rows]
    if not found:
        raise _missing(version_id)
    return found
