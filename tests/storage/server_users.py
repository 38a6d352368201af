"""Users of embedded servers as processes of their own, which a test can start, end and kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis

from storage.embedded_home import ServerHome
from tests.patience import patience

CHECKOUT = Path(__file__).resolve().parents[2]
BOTH = ("postgres", "valkey")


def until(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + limit_s * patience()
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@dataclass
class User:
    """One user. `answer` waits for what it has to say."""

    process: "subprocess.Popen[str]"
    said: dict[str, Any] | None = None

    def answer(self) -> dict[str, Any]:
        if self.said is None:
            assert self.process.stdout is not None
            line = self.process.stdout.readline()
            assert line, "the user died"
            self.said = json.loads(line)
        return self.said

    def url(self, name: str) -> str:
        answer = self.answer()
        assert "servers" in answer, answer
        return str(answer["servers"][name]["url"])

    def leave(self) -> None:
        with suppress(BrokenPipeError, ValueError):
            self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.leave()


@dataclass
class Users:
    """The users of one home. Tests end with `close`, which also ends the supervisor."""

    home: Path
    linger_s: float = 0.3
    environment: Mapping[str, str] = field(default_factory=dict)
    prefix: Sequence[str] = ()
    python: str = sys.executable
    popen_options: Mapping[str, Any] = field(default_factory=dict)
    users: list[User] = field(default_factory=list)

    @property
    def places(self) -> ServerHome:
        return ServerHome(self.home)

    def arrive(self, *names: str) -> User:
        command = [*self.prefix, self.python, "-m", "tests.storage.server_user", str(self.home), str(self.linger_s)]
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **self.environment}
        process = subprocess.Popen(
            [*command, *(names or BOTH)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            cwd=CHECKOUT, **self.popen_options,
        )  # fmt: skip
        self.users.append(User(process))
        return self.users[-1]

    def pid(self, name: str) -> int:
        return int((self.places.root / f"{name}.pid").read_text())

    def is_another(self, name: str, than: int) -> bool:
        """A new process has taken the place of one that ended; its file may just be missing or empty."""
        try:
            return self.pid(name) != than
        except (FileNotFoundError, ValueError):
            return False

    def is_free(self, name: str) -> bool:
        """No process holds the lock of this server or of the supervisor."""
        with self.places.lock(name) as lock:
            return lock.try_exclusive()

    def all_stopped(self) -> bool:
        return all(self.is_free(name) for name in ("supervisor", *BOTH))

    def close(self) -> None:
        for user in self.users:
            user.leave()
        if (self.places.root / "supervisor.pid").exists() and not self.is_free("supervisor"):
            with suppress(ProcessLookupError):
                os.kill(self.pid("supervisor"), signal.SIGTERM)
        if self.places.root.exists():
            until(self.all_stopped)


def remember(url: str, value: int) -> None:
    """Writes something durable."""
    with psycopg.connect(url) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS memory (value integer)")
        conn.execute("INSERT INTO memory VALUES (%s)", (value,))


def remembered(url: str) -> list[int]:
    with psycopg.connect(url) as conn:
        return [int(row[0]) for row in conn.execute("SELECT value FROM memory ORDER BY value").fetchall()]


def ping(url: str) -> bool:
    with Redis.from_url(url) as client:
        return bool(client.ping())
