"""Rows of `commands` to a work: an answer, edit, fork or due timer, written in one transaction with its job."""

from collections.abc import Collection
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from storage.base import Command, CommandStatus, Json
from storage.database import Connection

QUEUED = "queued"
"""The kind of a command that waits until its work rests; then another kind takes its place, under its id."""
_COLUMNS = "id, work_id, kind, target_checkpoint, payload, status, child_checkpoint, created_at, finished_at"


def _command(row: DictRow) -> Command:
    return Command(**(row | {"status": CommandStatus(row["status"])}))


async def add_command(
    conn: Connection,
    *,
    command_id: UUID,
    work_id: UUID,
    kind: str,
    target_checkpoint: str | None = None,
    payload: Json | None = None,
) -> bool:
    """Inserts a pending command, or takes the place of the queued one of this id, as if sent now. False when it is
    there already (a repeated send)."""
    inserted = await conn.execute(
        "INSERT INTO commands (id, work_id, kind, target_checkpoint, payload) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, target_checkpoint = EXCLUDED.target_checkpoint,"
        " payload = EXCLUDED.payload, created_at = DEFAULT WHERE commands.kind = 'queued'"
        " AND commands.status = 'pending' AND commands.work_id = EXCLUDED.work_id AND EXCLUDED.kind <> 'queued'",
        (command_id, work_id, kind, target_checkpoint, Jsonb(payload or {})),
    )
    return inserted.rowcount == 1


async def was_sent(conn: Connection, command_id: UUID) -> bool:
    """Was this command given before? One that is only queued was not yet."""
    found = await find_command(conn, command_id)
    return found is not None and (found.kind != QUEUED or found.status is not CommandStatus.PENDING)


async def finish_command(
    conn: Connection,
    command_id: UUID,
    status: CommandStatus,
    *,
    child_checkpoint: str | None = None,
    ended: str | None = None,
) -> bool:
    """Closes a pending command; False when it was closed before. `ended`: as in `break_off`."""
    updated = await conn.execute(
        "UPDATE commands SET status = %s, child_checkpoint = coalesce(%s, child_checkpoint),"
        " finished_at = clock_timestamp(), payload = payload || %s WHERE id = %s AND status = 'pending'",
        (status.value, child_checkpoint, _noted(ended), command_id),
    )
    return updated.rowcount == 1


async def finish_commands(conn: Connection, work_id: UUID, kinds: Collection[str], *, ended: str | None = None) -> None:
    """What the work's pending commands of these kinds asked for is done. `ended`: as in `break_off`."""
    await conn.execute(
        "UPDATE commands SET status = 'done', finished_at = clock_timestamp(), payload = payload || %s"
        " WHERE work_id = %s AND kind = ANY(%s) AND status = 'pending'",
        (_noted(ended), work_id, list(kinds)),
    )


def _noted(ended: str | None) -> Jsonb:
    return Jsonb({} if ended is None else {"ended": ended})


async def break_off(conn: Connection, work_id: UUID, kinds: Collection[str], ended: str) -> None:
    """The work's pending commands of these kinds came to no end; `ended` says in their payloads how."""
    await conn.execute(
        "UPDATE commands SET status = 'failed', finished_at = clock_timestamp(), payload = payload || %s"
        " WHERE work_id = %s AND kind = ANY(%s) AND status = 'pending'",
        (Jsonb({"ended": ended}), work_id, list(kinds)),
    )


async def list_commands(conn: Connection, work_id: UUID, *, pending_only: bool = False) -> list[Command]:
    """Oldest first. The pending ones are what a rescue after a crash submits again."""
    rows = await conn.execute(
        f"SELECT {_COLUMNS} FROM commands WHERE work_id = %s AND (NOT %s OR status = 'pending')"
        " ORDER BY created_at, id",
        (work_id, pending_only),
    )
    return [_command(row) async for row in rows]


async def find_command(conn: Connection, command_id: UUID) -> Command | None:
    """None when no command of this id was ever sent."""
    row = await (await conn.execute(f"SELECT {_COLUMNS} FROM commands WHERE id = %s", (command_id,))).fetchone()
    return _command(row) if row else None


async def note_payload(conn: Connection, command_id: UUID, note: Json) -> None:
    """Lays a note over the command's payload."""
    await conn.execute("UPDATE commands SET payload = payload || %s WHERE id = %s", (Jsonb(note), command_id))


async def note_child(conn: Connection, command_id: UUID, child_checkpoint: str) -> None:
    """Where the command led to: from there a run goes on, and does not begin it again."""
    await conn.execute("UPDATE commands SET child_checkpoint = %s WHERE id = %s", (child_checkpoint, command_id))
