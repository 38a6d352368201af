"""One command at a time works on a work: a lock in the database that goes when its process goes, however that died."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from psycopg import AsyncConnection, Error

from manga.errors import Conflict
from storage.database import CONNECT_TIMEOUT_S, translated


@asynccontextmanager
async def held(database_url: str, work_id: UUID) -> AsyncIterator[None]:
    """Raises `Conflict` while another command holds the work. The lock lives on a connection of its own: given back
    to a pool, it would stay."""
    with translated(database_url):
        conn = await AsyncConnection.connect(
            database_url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, application_name="mangaka hold"
        )
    try:
        with translated(database_url):
            query = "SELECT pg_try_advisory_lock(hashtextextended('mangaka:hold:' || %s::text, 0))"
            row = await (await conn.execute(query, (str(work_id),))).fetchone()
        if row is None or not row[0]:
            raise Conflict(
                f"Another command is drawing the work {work_id} right now.",
                remedy="Wait for it, or stop it; then resume.",
            )
        yield
    finally:
        with suppress(Error):  # a server takes its time to notice that a connection is closed
            await conn.execute("SELECT pg_advisory_unlock_all()")
        await conn.close()
