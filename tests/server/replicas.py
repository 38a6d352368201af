"""API replicas in the test's own event loop, over a database and a Valkey of the test's own. Nobody works in them:
tests write the events themselves.
"""

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import uvicorn
from pydantic import SecretStr

from server.app import create_app
from server.composition import Rooms, open_rooms
from server.listening_ports import listening
from server.serve import _config, _Server, address_of
from server.settings import ServerSettings
from server.streams.event_stream import Told, follow
from storage.base import Event, EventType, Servers, WorkStatus
from storage.database import Pool, transaction
from storage.embedded_process import answers
from storage.event_outbox import append_event
from storage.find_server_programs import valkey_binary
from storage.redis import WorkCache
from storage.settings import StorageSettings
from storage.works import accept, change_work
from tests.patience import patience
from tests.service import WHO, by_header
from works.queue.job_queue import end_tasks

TENANT = "t-streams"


async def until(condition: Callable[[], bool], within_s: float = 20) -> None:
    """What another task brings about."""
    async with asyncio.timeout(within_s * patience()):
        while not condition():  # noqa: ASYNC110 - of objects that know no events
            await asyncio.sleep(0.005)


@dataclass(slots=True)
class Valkey:
    """A server of its own, which can go away and come back empty."""

    folder: Path
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.folder / 'valkey'))}"

    async def start(self) -> None:
        await asyncio.to_thread(self._start)

    def _start(self) -> None:
        path = str(self.folder / "valkey")
        options = ["--port", "0", "--unixsocket", path, "--dir", str(self.folder), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([str(valkey_binary()), *options], stdout=subprocess.DEVNULL)
        while not answers(path, ping=True):
            assert self._process.poll() is None, "Valkey does not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """At once, as if its machine had gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def own_valkey() -> Iterator[Valkey]:
    """Not started yet. Its folder has a short name: paths of sockets are short."""
    folder = Path(tempfile.mkdtemp(prefix="vk", dir="/tmp"))
    found = Valkey(folder)
    try:
        yield found
    finally:
        found.stop()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class Replica:
    """One API process, as far as its streams go."""

    rooms: Rooms
    url: str
    server: uvicorn.Server
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pool(self) -> Pool:
        return self.rooms.house.pool

    def client(self, tenant: str = TENANT) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, headers={WHO: tenant}, timeout=20)

    def drain(self) -> None:
        """As SIGTERM does."""
        self.rooms.draining.set()
        self.server.should_exit = True

    async def followed(self, streams: int) -> None:
        """Until so many streams wait for what comes."""
        await until(lambda: self.rooms.hub.followers == streams)


@asynccontextmanager
async def replica(database_url: str, redis_url: str, home: Path, **settings: Any) -> AsyncIterator[Replica]:
    chosen = ServerSettings(host="127.0.0.1", port=0, workers_inside=False, requests_a_minute=1_000_000, **settings)
    storage = StorageSettings(
        home=home, database_url=SecretStr(database_url), redis_url=SecretStr(redis_url), blobs=str(home / "blobs")
    )
    with listening(chosen.host, chosen.port) as listener:
        async with open_rooms(chosen, storage, Servers(database_url, redis_url), by_header) as rooms:
            server = _Server(_config(create_app(rooms), grace_s=1))
            serving = asyncio.create_task(server.serve([listener]))
            found = Replica(rooms, address_of(listener), server)
            try:
                yield found
            finally:
                found.drain()
                await serving


async def new_work(pool: Pool, tenant: str = TENANT) -> UUID:
    async with transaction(pool) as conn:
        accepted = await accept(
            conn, work_id=uuid4(), tenant=tenant, request_id=uuid4().hex, request_digest="d", brief={"text": "x"}
        )
    return accepted.work.id


async def happen(pool: Pool, work_id: UUID, count: int = 1, *, lost: bool = False, **data: Any) -> list[Event]:
    """Events of a work; `lost` ones count as relayed but are in no Redis."""
    found = []
    for number in range(count):
        async with transaction(pool) as conn:
            event = await append_event(conn, work_id, EventType.PHASE_STARTED, {"number": number, **data})
            if lost:
                await conn.execute("UPDATE events SET relayed = true WHERE id = %s", (event.id,))
            found.append(event)
    return found


async def finish(pool: Pool, work_id: UUID) -> Event:
    """The work is closed, in the transaction that tells it."""
    async with transaction(pool) as conn:
        await change_work(conn, work_id, status=WorkStatus.COMPLETED)
        return await append_event(conn, work_id, EventType.COMPLETED, {"pages": 1, "degraded": False})


async def relay(rooms: Rooms) -> None:
    """What waits in the outbox, now."""
    while await WorkCache(rooms.redis).relay_events(rooms.house.pool):
        pass


@dataclass(slots=True)
class Reader:
    """Follows a work as a stream does, and keeps what it is told."""

    rooms: Rooms
    work_id: UUID
    after: int = 0
    told: list[Told] = field(default_factory=list)
    pause_s: float = 0.0
    task: "asyncio.Task[None] | None" = None

    @property
    def ids(self) -> list[int]:
        return [told.id for told in self.told]

    def begin(self) -> "Reader":
        self.task = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        async for told in follow(self.rooms, self.work_id, self.after):
            self.told.append(told)
            if self.pause_s:
                await asyncio.sleep(self.pause_s)

    async def has(self, count: int, within_s: float = 20) -> list[int]:
        await until(lambda: len(self.told) >= count, within_s)
        return self.ids

    async def ends(self, within_s: float = 20) -> list[int]:
        assert self.task is not None
        await asyncio.wait_for(self.task, within_s)
        return self.ids

    async def leave(self) -> None:
        assert self.task is not None
        await end_tasks(self.task)


async def read_some(client: httpx.AsyncClient, work_id: UUID, after: int, most: int | None = None) -> list[Any]:
    """Envelopes of a stream up to its end, or the first so many: then the connection is cut."""
    found: list[Any] = []
    headers = {"Last-Event-ID": str(after)} if after else {}
    async with client.stream("GET", f"/v1/works/{work_id}/events", headers=headers) as stream:
        if stream.status_code == 204:
            return found
        assert stream.status_code == 200, await stream.aread()
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if most is not None and len(found) >= most:
                    break
    return found
