"""The embedded PostgreSQL and Valkey, as their users see them (signatures first; the body follows)."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from storage.base import Servers
from storage.settings import StorageSettings


@asynccontextmanager
async def open_servers(settings: StorageSettings) -> AsyncIterator[Servers]:
    """Both servers, started if need be, kept while the block runs. Raises `EmbeddedFailed`, `DiskFull`."""
    raise NotImplementedError
    yield


@contextmanager
def open_servers_sync(settings: StorageSettings) -> Iterator[Servers]:
    """`open_servers` for code without a loop."""
    raise NotImplementedError
    yield
