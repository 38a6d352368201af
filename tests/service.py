"""A real service on a real port, one for all tests of a process: its own database, Redis and folder, workers inside.

Every test is a tenant of its own: `client` sends who it is in a header that only this service reads. A test that is
about settings or tokens runs one of its own (`running_service`).
"""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from starlette.requests import HTTPConnection

from server.app import create_app
from server.composition import Rooms, open_rooms
from server.listening_ports import listening
from server.security.identity import Identify, Principal, Role, Unauthorized
from server.serve import _config, _Server, address_of
from server.settings import ServerSettings
from storage.base import Servers
from storage.settings import StorageSettings
from tests.databases import database_named
from tests.remembering import remembering_pool
from tests.servers import full_template

WHO = "x-test-tenant"
ROLE = "x-test-role"


async def by_header(connection: HTTPConnection) -> Principal:
    """Who a test says it is."""
    tenant = connection.headers.get(WHO)
    if tenant is None:
        raise Unauthorized
    return Principal(tenant, "somebody", Role[connection.headers.get(ROLE, "admin").upper()])


@dataclass(slots=True)
class Service:
    """`url` is where it answers; `rooms` are its own, and live on its event loop (`run` does something there)."""

    url: str
    rooms: Rooms
    loop: asyncio.AbstractEventLoop

    def run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def client(self, role: str = "admin", tenant: str | None = None) -> httpx.Client:
        """Somebody of a new tenant, or of the one named."""
        headers = {WHO: tenant or f"t-{uuid4().hex[:12]}", ROLE: role}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)


@dataclass(slots=True)
class _Thread:
    settings: ServerSettings
    storage: StorageSettings
    servers: Servers
    identify: Identify
    ready: threading.Event = field(default_factory=threading.Event)
    service: Service | None = None
    failure: BaseException | None = None
    stop: asyncio.Event | None = None

    def main(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - told to the test that waits
            self.failure = error
        finally:
            self.ready.set()

    async def _serve(self) -> None:
        with listening(self.settings.host, self.settings.port) as listener:
            async with AsyncExitStack() as stack:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr("graph.open_services.open_process_pool", remembering_pool)
                    opening = open_rooms(self.settings, self.storage, self.servers, self.identify)
                    rooms = await stack.enter_async_context(opening)
                config = _config(create_app(rooms), grace_s=1)
                server = _Server(config)
                self.service = Service(address_of(listener), rooms, asyncio.get_running_loop())
                self.stop = asyncio.Event()
                serving = asyncio.create_task(server.serve([listener]))
                self.ready.set()
                await self.stop.wait()
                rooms.draining.set()
                server.should_exit = True
                await serving


@pytest.fixture(scope="session")
def service(servers: Servers, slot: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for all tests of this process."""
    with running_service(servers, slot, tmp_path_factory.mktemp("service")) as running:
        yield running


@contextmanager
def running_service(
    servers: Servers,
    slot: int,
    home: Path,
    settings: ServerSettings | None = None,
    identify: Identify = by_header,
    blobs: str = "",
    template: str = "",
) -> Iterator[Service]:
    """A service with a database (a copy of `template`; its tables are there unless it is an empty one) and a folder (or
    the store `blobs`) of its own; Redis is shared with the others of this process."""
    name = f"test_{slot}_service_{os.getpid()}_{uuid4().hex}"
    template = template or full_template(servers)
    with psycopg.connect(servers.database_url, autocommit=True) as conn:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        conn.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    own = Servers(database_named(servers.database_url, name), f"{servers.redis_url}?db={slot}")
    storage = StorageSettings(
        home=home,
        database_url=SecretStr(own.database_url),
        redis_url=SecretStr(own.redis_url),
        blobs=blobs or str(home / "blobs"),
    )
    running = _Thread(settings or ServerSettings(host="127.0.0.1", port=0), storage, own, identify)
    thread = threading.Thread(target=running.main, daemon=True)
    thread.start()
    assert running.ready.wait(40), "the service does not start"
    if running.failure is not None or running.service is None:
        raise AssertionError("the service did not start") from running.failure
    try:
        yield running.service
    finally:
        if running.stop is not None:
            with suppress(RuntimeError):
                running.service.loop.call_soon_threadsafe(running.stop.set)
        thread.join(15)
        with psycopg.connect(servers.database_url, autocommit=True) as conn:
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def free_port() -> int:
    """Of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
