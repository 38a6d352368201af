"""Rows of `versions` and `branches`: the tree of a work's states, each pointing at a checkpoint, and its lines."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from manga.errors import Conflict, NotFound
from storage.base import EventType, Json, NewVersion, Version
from storage.database import Connection
from storage.event_outbox import append_event
from storage.works import check_epoch

_COLUMNS = """version_id, work_id, parent_version_id, checkpoint_id, phase, branch, kind, change_description,
    quality_level, quality_score, author, created_at, name, used"""
_USED = "(SELECT coalesce(jsonb_object_agg(name, value), '{}') FROM work_counters WHERE work_id = %s)"
_BRANCH = "name, base_version_id, head_version_id, opened_at, touched_at"
_ADVANCE = """INSERT INTO branches (work_id, name, base_version_id, head_version_id) VALUES (%s, %s, %s, %s)
    ON CONFLICT (work_id, name)
    DO UPDATE SET head_version_id = excluded.head_version_id, touched_at = clock_timestamp()"""


@dataclass(frozen=True, slots=True)
class Committed:
    """`created` is False when this checkpoint had its version already (the node ran a second time)."""

    version: Version
    created: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of versions. `base_version_id` is where it was forked off (None: it begins the work); a fork that has no
    version of its own yet stands at its base."""

    name: str
    base_version_id: str | None
    head_version_id: str
    opened_at: datetime
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """All versions of a work, oldest first, and its lines in the order in which they were opened. `current` is the line
    that the work goes on with; None before the first version."""

    versions: tuple[Version, ...]
    branches: tuple[Branch, ...]
    current: Branch | None


def version_id_of(work_id: UUID, checkpoint_id: str) -> str:
    """The id that this checkpoint's version has or will have: the same however often the node runs."""
    return str(uuid5(work_id, checkpoint_id))


def preview_url(work_id: UUID, phase: str, version_id: str) -> str:
    """The service's lasting address of a phase's preview at a version, as events carry it."""
    return f"/v1/works/{work_id}/previews/{phase}?version={version_id}"


async def commit_version(
    conn: Connection,
    new: NewVersion,
    *,
    epoch: int | None = None,
    event: EventType | None = EventType.PHASE_COMPLETE,
    event_data: Json | None = None,
) -> Committed:
    """Writes the version, its events, and the heads of its work and branch in one transaction (a savepoint when one is
    open already).

    A second call for the same checkpoint changes nothing and sends nothing. With `epoch` it is fenced (`Fenced`).
    Every version is told as `version_created`; then comes `event` with `event_data` and `phase`, `version_id` and
    `preview_url` added.
    """
    version_id = version_id_of(new.work_id, new.checkpoint_id)
    async with conn.transaction():
        if epoch is not None:
            await check_epoch(conn, new.work_id, epoch)
        inserted = await conn.execute(
            f"INSERT INTO versions (version_id, work_id, parent_version_id, checkpoint_id, phase, branch, kind,"
            f" change_description, quality_level, quality_score, author, used)"
            f" VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {_USED})"
            f" ON CONFLICT (work_id, checkpoint_id) DO NOTHING RETURNING {_COLUMNS}",
            (
                version_id, new.work_id, new.parent_version_id, new.checkpoint_id, new.phase, new.branch, new.kind,
                new.change_description, new.quality_level, new.quality_score, new.author, new.work_id,
            ),
        )  # fmt: skip
        row = await inserted.fetchone()
        if row is None:
            return Committed(await read_version(conn, new.work_id, version_id), created=False)
        head = "UPDATE works SET head_version = %s, updated_at = clock_timestamp() WHERE id = %s"
        await conn.execute(head, (version_id, new.work_id))
        await conn.execute(_ADVANCE, (new.work_id, new.branch, new.parent_version_id, version_id))
        shown: Json = {"phase": new.phase, "version_id": version_id}
        shown["preview_url"] = preview_url(new.work_id, new.phase, version_id)
        names = ("parent_version_id", "branch", "kind", "author")
        made = shown | {name: getattr(new, name) for name in names}
        await append_event(conn, new.work_id, EventType.VERSION_CREATED, made, version_id=version_id)
        if event is not None:
            await append_event(conn, new.work_id, event, shown | (event_data or {}), version_id=version_id)
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


async def name_version(conn: Connection, work_id: UUID, version_id: str, name: str) -> Version:
    """Calls a version something, or (empty) nothing again; the work counts as changed. Raises `NotFound`."""
    query = f"UPDATE versions SET name = %s WHERE work_id = %s AND version_id = %s RETURNING {_COLUMNS}"
    async with conn.transaction():
        row = await (await conn.execute(query, (name, work_id, version_id))).fetchone()
        if row is None:
            raise _missing(version_id)
        await conn.execute("UPDATE works SET updated_at = clock_timestamp() WHERE id = %s", (work_id,))
    return Version(**row)


async def find_owner(conn: Connection, version_id: str, *, tenant: str) -> UUID | None:
    """The work that a version belongs to, None when this tenant has no such version."""
    query = "SELECT w.id FROM versions v JOIN works w ON w.id = v.work_id WHERE v.version_id = %s AND w.tenant = %s"
    row = await (await conn.execute(query, (version_id, tenant))).fetchone()
    return row["id"] if row else None


async def list_branches(conn: Connection, work_id: UUID) -> list[Branch]:
    """In the order in which they were opened."""
    query = f"SELECT {_BRANCH} FROM branches WHERE work_id = %s ORDER BY opened_at, name"
    return [Branch(**row) async for row in await conn.execute(query, (work_id,))]


async def current_branch(conn: Connection, work_id: UUID) -> Branch | None:
    """The line that the work goes on with; None before the first version."""
    query = f"SELECT {_BRANCH} FROM branches WHERE work_id = %s ORDER BY touched_at DESC, name LIMIT 1"
    row = await (await conn.execute(query, (work_id,))).fetchone()
    return Branch(**row) if row else None


async def open_branch(conn: Connection, work_id: UUID, name: str, version_id: str) -> Branch:
    """A new line that stands at an old version, and is the current one from now on. Raises `Conflict`."""
    opened = await conn.execute(
        "INSERT INTO branches (work_id, name, base_version_id, head_version_id) VALUES (%s, %s, %s, %s)"
        f" ON CONFLICT DO NOTHING RETURNING {_BRANCH}",
        (work_id, name, version_id, version_id),
    )
    row = await opened.fetchone()
    if row is None:
        raise Conflict(f"There is a branch {name!r} already.", remedy="Give the new branch another name.")
    return Branch(**row)


async def read_history(conn: Connection, work_id: UUID) -> History:
    """The whole tree in two queries, without any state."""
    branches = await list_branches(conn, work_id)
    current = max(branches, key=lambda branch: branch.touched_at, default=None)
    return History(tuple(await list_versions(conn, work_id, limit=None)), tuple(branches), current)


async def list_versions(conn: Connection, work_id: UUID, *, limit: int | None = 200) -> list[Version]:
    """Oldest first; without `limit` all of them."""
    query = f"SELECT {_COLUMNS} FROM versions WHERE work_id = %s ORDER BY created_at, version_id LIMIT %s"
    return [Version(**row) async for row in await conn.execute(query, (work_id, limit))]
