"""Real `mangaka serve` and `mangaka worker` processes, on servers of their own that can be stopped and killed.

    with own_servers(tmp_path) as servers, served(servers, "--no-workers") as api, worker(servers):
        work = api.post(text)
        api.until(work, "completed")

The servers are the embedded ones, started from here: call `own_servers` from the main thread.
"""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

from storage.embedded_home import Ready, ServerHome
from storage.embedded_process import ServerProcess, remove_socket_folder
from storage.embedded_servers import PostgresServer, ValkeyServer
from tests.patience import patience
from tests.program import PROGRAM, Stores

START_S: Final = 90.0
Json = dict[str, Any]


def until(found: Callable[[], Any], limit_s: float, what: str, every_s: float = 0.05) -> Any:
    """The first true answer. It looks again and again, because processes tell each other nothing of it."""
    end = time.monotonic() + limit_s * patience()
    while True:
        if answer := found():
            return answer
        assert time.monotonic() < end, f"in {limit_s:.0f} s not seen: {what}"
        time.sleep(every_s)


@dataclass(slots=True)
class One:
    """One server. `stop` is a clean end, `kill` is not; `start` starts it again on its data."""

    server: PostgresServer | ValkeyServer
    process: ServerProcess | None = None
    ready: Ready | None = None

    def start(self) -> None:
        self.process, self.ready = self.server.start()
        process, ready = self.process, self.ready
        until(lambda: self.server.is_ready(process, ready), START_S, f"{self.server.name} answers", 0.01)

    def stop(self) -> None:
        assert self.process is not None
        self.process.stop(10)

    def kill(self) -> None:
        assert self.process is not None
        self.process.popen.kill()
        self.process.popen.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All its processes do nothing, and their sockets stay open: as of a machine that hangs."""
        assert self.process is not None
        first = psutil.Process(self.process.popen.pid)
        first.suspend()  # before it is asked for its children: it has no more of them then
        stopped = [first, *first.children(recursive=True)]
        for one in stopped[1:]:
            one.suspend()
        try:
            yield
        finally:
            for one in stopped:
                one.resume()


@dataclass(slots=True)
class OwnServers:
    """One PostgreSQL and one Valkey, and what programs need to know to use them."""

    folder: Path
    postgres: One
    valkey: One
    env: dict[str, str] = field(default_factory=dict)

    @property
    def stores(self) -> Stores:
        assert self.postgres.ready is not None
        assert self.valkey.ready is not None
        return Stores(self.folder, self.postgres.ready.url, f"{self.valkey.ready.url}?db=0")

    def rows(self, query: str, *values: object) -> list[Json]:
        with psycopg.connect(self.stores.database_url, autocommit=True, row_factory=dict_row) as conn:
            return conn.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Json:
        return self.rows(query, *values)[0]


@contextmanager
def own_servers(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[OwnServers]:
    home = ServerHome(Path(tempfile.mkdtemp(prefix="mangaka-faults-")))
    home.make()
    patient = {"MANGA_REQUESTS_A_MINUTE": "100000"}  # of tests that ask ten times a second
    found = OwnServers(folder, One(PostgresServer(home)), One(ValkeyServer(home)), patient | dict(env or {}))
    try:
        found.postgres.start()
        found.valkey.start()
        yield found
    finally:
        for one in (found.postgres, found.valkey):
            if one.process is not None and one.ready is not None:
                one.stop()
                shutil.rmtree(Path(one.ready.data).parent, ignore_errors=True)
        remove_socket_folder(home)
        shutil.rmtree(home.home, ignore_errors=True)


@dataclass(slots=True)
class Program:
    """A running command. What it says and logs is read as it does; `said` is all of it."""

    process: "subprocess.Popen[bytes]"
    said: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.decode(errors="replace"))
        self.ended.set()

    def until_said(self, words: str) -> str:
        def told() -> str | None:
            line = next((line for line in list(self.said) if re.search(words, line)), None)
            assert line or not self.ended.is_set(), f"it ended without {words!r}: {''.join(self.said)[-3000:]}"
            return line

        return str(until(told, START_S, words))

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, limit_s: float = 20.0) -> tuple[int, float]:
        """By SIGTERM: its exit code and how many seconds it took."""
        since = time.monotonic()
        self.process.terminate()
        return self.process.wait(limit_s * patience()), time.monotonic() - since


def begun(
    servers: OwnServers, *arguments: str, env: Mapping[str, str] | None = None, program: str = PROGRAM
) -> Program:
    """A command on its way; it may not be ready yet."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=servers.folder,
        env=servers.stores.environment({**servers.env, **(env or {})}),
    )
    found = Program(process)
    threading.Thread(target=found.read, daemon=True).start()
    return found


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """Ends it with the block, if nobody has."""
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            program.signal(signal.SIGCONT)
        if program.process.poll() is None:
            program.kill()
        program.ended.wait(5)
        if program.process.stdout is not None:
            program.process.stdout.close()


@contextmanager
def worker(servers: OwnServers, *, env: Mapping[str, str] | None = None, program: str = PROGRAM) -> Iterator[Program]:
    """A `mangaka worker` that works."""
    with running(begun(servers, "worker", env=env, program=program)) as found:
        found.until_said("Works\\.")
        yield found


@dataclass(slots=True)
class Api:
    """A `mangaka serve` that answers."""

    program: Program
    client: httpx.Client

    def post(self, text: str, **more: object) -> str:
        """The id of the work."""
        answer = self.client.post("/v1/works", json={"text": text, **more})
        assert answer.status_code in (200, 202), answer.text
        return str(answer.json()["id"])

    def read(self, work: str) -> Json:
        answer = self.client.get(f"/v1/works/{work}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def follow(self, work: str) -> AbstractContextManager[httpx.Response]:
        """The stream of its events."""
        return self.client.stream("GET", f"/v1/works/{work}/events", timeout=120)

    def until(self, work: str, *statuses: str, limit_s: float = 120.0) -> Json:
        """The work once it has one of these."""

        def there() -> Json | None:
            found = self.read(work)
            assert found["status"] != "failed" or "failed" in statuses, found["error"]
            return found if found["status"] in statuses else None

        return dict(until(there, limit_s, f"{work} is {' or '.join(statuses)}", 0.1))


@contextmanager
def served(
    servers: OwnServers, *arguments: str, env: Mapping[str, str] | None = None, program: str = PROGRAM
) -> Iterator[Api]:
    with running(begun(servers, "serve", "--port", "0", *arguments, env=env, program=program)) as service:
        found = re.search(r"answers at (\S+)", service.until_said("answers at"))
        assert found is not None
        with httpx.Client(base_url=found[1], timeout=30) as client:
            yield Api(service, client)
