"""Rows of `pictures`: what a work has drawn, by the digest of everything the picture depends on. Bytes are blobs."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from storage.base import Json
from storage.database import Connection
from storage.works import add_counters

DRAWN: Final = {"images_drawn": 1}


async def recall_picture(conn: Connection, work_id: UUID, digest: str) -> Json | None:
    """The picture as it was remembered, None when this work has not drawn it."""
    rows = await conn.execute("SELECT art FROM pictures WHERE work_id = %s AND digest = %s", (work_id, digest))
    row = await rows.fetchone()
    return None if row is None else dict(row["art"])


async def remember_picture(
    conn: Connection, work_id: UUID, digest: str, art: Json, counters: Mapping[str, int] = DRAWN
) -> bool:
    """Remembers and counts in one transaction. False, and nothing counted, when it is known."""
    async with conn.transaction():
        inserted = await conn.execute(
            "INSERT INTO pictures (work_id, digest, art) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (work_id, digest, Jsonb(art)),
        )
        if inserted.rowcount:
            await add_counters(conn, work_id, counters)
    return inserted.rowcount == 1
