"""Prunes a work's checkpoints that no version needs. The tables are LangGraph's own.

A version is read from its own checkpoint and the blobs that this one names, whatever came before it. So what stays is
each version's checkpoint, the newest one with its pending writes (what a review or a run that was stopped goes on
from), and the child of an order that is not carried out yet. A checkpoint that stays gets the nearest one before it
that stays too as its parent: LangGraph's tree stays the tree of the versions.
"""

from dataclasses import dataclass
from uuid import UUID

from storage.database import Connection

_KEPT = """CREATE TEMPORARY TABLE kept_checkpoints ON COMMIT DROP AS
    SELECT checkpoint_id FROM versions WHERE work_id = %(work)s
    UNION SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = %(thread)s AND checkpoint_ns = ''
    UNION SELECT child_checkpoint FROM commands
        WHERE work_id = %(work)s AND status = 'pending' AND child_checkpoint IS NOT NULL"""

_ADOPT = """WITH RECURSIVE line AS (
        SELECT c.checkpoint_id AS child, c.parent_checkpoint_id AS ancestor
        FROM checkpoints c JOIN kept_checkpoints USING (checkpoint_id)
        WHERE c.thread_id = %(thread)s AND c.checkpoint_ns = ''
        UNION ALL
        SELECT line.child, c.parent_checkpoint_id
        FROM line JOIN checkpoints c
            ON c.thread_id = %(thread)s AND c.checkpoint_ns = '' AND c.checkpoint_id = line.ancestor
        WHERE line.ancestor NOT IN (SELECT checkpoint_id FROM kept_checkpoints)
    )
    UPDATE checkpoints SET parent_checkpoint_id = line.ancestor
    FROM line
    WHERE thread_id = %(thread)s AND checkpoint_ns = '' AND checkpoint_id = line.child
        AND parent_checkpoint_id IS DISTINCT FROM line.ancestor
        AND (line.ancestor IS NULL OR line.ancestor IN (SELECT checkpoint_id FROM kept_checkpoints))"""

_WRITES = """DELETE FROM checkpoint_writes
    WHERE thread_id = %(thread)s AND checkpoint_ns = ''
        AND checkpoint_id < (SELECT max(checkpoint_id) FROM checkpoints
                             WHERE thread_id = %(thread)s AND checkpoint_ns = '')"""

_CHECKPOINTS = """DELETE FROM checkpoints
    WHERE thread_id = %(thread)s AND checkpoint_ns = ''
        AND checkpoint_id NOT IN (SELECT checkpoint_id FROM kept_checkpoints)"""

_BLOBS = """DELETE FROM checkpoint_blobs
    WHERE thread_id = %(thread)s AND checkpoint_ns = '' AND (channel, version) NOT IN (
        SELECT named.key, named.value
        FROM checkpoints c CROSS JOIN LATERAL jsonb_each_text(c.checkpoint -> 'channel_versions') AS named
        WHERE c.thread_id = %(thread)s AND c.checkpoint_ns = '')"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    checkpoints: int
    writes: int
    blobs: int


async def prune_checkpoints(conn: Connection, work_id: UUID) -> Pruned:
    """In one transaction. The caller sees to it that nobody works on the work meanwhile."""
    values = {"work": work_id, "thread": str(work_id)}
    async with conn.transaction():
        await conn.execute(_KEPT, values)
        await conn.execute(_ADOPT, values)
        writes = await conn.execute(_WRITES, values)
        checkpoints = await conn.execute(_CHECKPOINTS, values)
        blobs = await conn.execute(_BLOBS, values)
        return Pruned(checkpoints.rowcount, writes.rowcount, blobs.rowcount)


async def checkpoint_bytes(conn: Connection, work_id: UUID) -> int:
    """How much a work's checkpoints hold, without indexes."""
    query = " + ".join(
        f"(SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM {table} t WHERE thread_id = %(thread)s)"
        for table in ("checkpoints", "checkpoint_writes", "checkpoint_blobs")
    )
    row = await (await conn.execute(f"SELECT {query} AS bytes", {"thread": str(work_id)})).fetchone()
    return int(row["bytes"]) if row else 0
