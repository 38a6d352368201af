"""Starts the servers before the heavy imports, so that they start meanwhile."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from manga.errors import NotFound
from storage.choose_servers import ServerHold
from storage.settings import StorageSettings

if TYPE_CHECKING:
    from storage.database import Pool


@contextmanager
def started() -> Iterator[tuple[ServerHold, StorageSettings]]:
    """Raises `EmbeddedFailed`. The block waits for them (`ServerHold.wait`) when it needs them."""
    settings = StorageSettings()
    hold = ServerHold(settings)
    try:
        hold.begin()
        yield hold, settings
    finally:
        hold.release()


@asynccontextmanager
async def open_tables(hold: ServerHold) -> "AsyncIterator[Pool]":
    """The database with the tables of this release, as soon as its server answers."""
    from storage.database import open_database
    from storage.migrate import migrate

    servers = await hold.wait_async()
    async with open_database(servers.database_url) as pool:
        await migrate(pool)
        yield pool


def work_id_of(text: str) -> UUID:
    """Raises `NotFound` for what cannot be a work's id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(f"There is no work {text!r}.") from error
