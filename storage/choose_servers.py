"""Gives the servers to work with: the ones named in the settings, else the embedded ones.

async with open_servers(settings) as servers:
    async with open_database(servers.database_url) as pool: ...
"""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from manga.errors import EmbeddedFailed
from storage.base import Servers
from storage.settings import StorageSettings

if TYPE_CHECKING:
    from storage.embedded_home import Ready, ServerName


class ServerHold:
    """The servers, kept while this is held. `begin` takes no time: import what you need before you `wait`.

    Raises `EmbeddedFailed` or `DiskFull` when an embedded server cannot be had; says nothing about servers that the
    settings name (`open_database` and `open_redis` do).
    """

    def __init__(self, settings: StorageSettings) -> None:
        self._database_url = settings.database_url and settings.database_url.get_secret_value()
        self._redis_url = settings.redis_url and settings.redis_url.get_secret_value()
        self._hold = None
        if self._database_url and self._redis_url:
            return
        if sys.platform == "win32":
            raise EmbeddedFailed(
                "There are no embedded servers for Windows.",
                remedy="Set MANGA_DATABASE_URL and MANGA_REDIS_URL, or run under WSL.",
            )
        # Not at the top: it needs `fcntl` and `pwd`, which Windows lacks.
        from storage.embedded_home import POSTGRES, VALKEY
        from storage.embedded_servers_lease import Hold

        names = [*([] if self._database_url else [POSTGRES]), *([] if self._redis_url else [VALKEY])]
        self._hold = Hold(settings.home_dir, names)

    def begin(self) -> None:
        """Joins the users of the servers and has them started."""
        if self._hold is not None:
            self._hold.begin()

    def wait(self) -> Servers:
        """Blocks until they answer."""
        return self._servers(self._hold.wait() if self._hold is not None else {})

    async def wait_async(self) -> Servers:
        """`wait` that leaves the loop free."""
        return self._servers(await self._hold.wait_async() if self._hold is not None else {})

    def release(self) -> None:
        """Leaves; the embedded servers stop 5 s after their last user has left."""
        if self._hold is not None:
            self._hold.release()

    def _servers(self, found: "dict[ServerName, Ready]") -> Servers:
        return Servers(
            database_url=self._database_url or found["postgres"].url, redis_url=self._redis_url or found["valkey"].url
        )


@asynccontextmanager
async def open_servers(settings: StorageSettings) -> AsyncIterator[Servers]:
    """Both servers, started if need be, kept while the block runs. Raises `EmbeddedFailed`, `DiskFull`."""
    hold = ServerHold(settings)
    try:
        hold.begin()
        yield await hold.wait_async()
    finally:
        hold.release()


@contextmanager
def open_servers_sync(settings: StorageSettings) -> Iterator[Servers]:
    """`open_servers` for code without a loop."""
    hold = ServerHold(settings)
    try:
        hold.begin()
        yield hold.wait()
    finally:
        hold.release()
