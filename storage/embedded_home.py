"""What lies under `MANGA_HOME/servers`: locks, status files, logs, data.

users.lock       every user holds a shared lock; the supervisor holds it exclusively while it stops
supervisor.lock  held by the living supervisor
<server>.lock    held by the server's own processes: free means that none of them is left
<server>.want    a user wants this server
<server>.ready   it answers: {"url": ..., "socket": ..., "data": ...}
<server>.failed  it did not start: {"code": ..., "message": ..., "remedy": ...}
"""

import fcntl
import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

from manga.errors import EmbeddedFailed

ServerName = Literal["postgres", "valkey"]
POSTGRES: Final[ServerName] = "postgres"
VALKEY: Final[ServerName] = "valkey"
SERVERS: Final[tuple[ServerName, ...]] = (VALKEY, POSTGRES)
LOG_LIMIT_BYTES = 4_000_000


class FileLock:
    """A `flock`. It belongs to the open file, so it ends with the last process that has it open, however that ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self.fd, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def try_shared(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self, patience_s: float = 0.0) -> bool:
        """Tries until `patience_s` have passed; at least once."""
        end = time.monotonic() + patience_s
        while not self._try(fcntl.LOCK_EX):
            if time.monotonic() >= end:
                return False
            time.sleep(0.01)
        return True

    def unlock(self) -> None:
        fcntl.flock(self.fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Lets go of this process's share. A child that inherited the file keeps the lock."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Ready:
    """A server that answers. `socket` is the path to connect to, `data` its data folder."""

    url: str
    socket: str
    data: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a server did not start. `code` is the `code` of an error of `manga.errors`."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ServerHome:
    """The folder of the servers of one `MANGA_HOME`."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "servers"

    @property
    def key(self) -> str:
        """12 hex digits that stand for this home where its path would be too long."""
        return hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:12]

    def make(self) -> None:
        """Makes the folders. Raises `EmbeddedFailed` where that is not allowed."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise EmbeddedFailed(
                f"The data folder {self.home} cannot be made: {error.strerror}.",
                remedy="Set MANGA_HOME to a folder that you can write.",
            ) from error

    def lock(self, name: str) -> FileLock:
        """Opens a lock file. Raises `EmbeddedFailed` where the folder is another user's."""
        try:
            return FileLock(self.root / f"{name}.lock")
        except OSError as error:
            raise EmbeddedFailed(
                f"The data folder {self.home} cannot be used: {error.strerror} ({error.filename}).",
                remedy="Set MANGA_HOME to a folder of your own.",
            ) from error

    def log(self, name: str) -> Path:
        """The log file; one that has grown too long is put aside first."""
        path = self.root / f"{name}.log"
        with suppress(FileNotFoundError):
            if path.stat().st_size > LOG_LIMIT_BYTES:
                path.replace(path.with_suffix(".log.old"))
        return path

    def want(self, name: ServerName) -> None:
        (self.root / f"{name}.want").touch()

    def wanted(self, name: ServerName) -> bool:
        return (self.root / f"{name}.want").exists()

    def clear(self, name: ServerName, *states: Literal["want", "ready", "failed"]) -> None:
        for state in states:
            (self.root / f"{name}.{state}").unlink(missing_ok=True)

    def write_ready(self, name: ServerName, ready: Ready) -> None:
        self._write(f"{name}.ready", {"url": ready.url, "socket": ready.socket, "data": ready.data})

    def read_ready(self, name: ServerName) -> Ready | None:
        found = self._read(f"{name}.ready")
        return Ready(**found) if found else None

    def write_failure(self, name: ServerName, failure: Failure) -> None:
        self._write(f"{name}.failed", {"code": failure.code, "message": failure.message, "remedy": failure.remedy})

    def read_failure(self, name: ServerName) -> Failure | None:
        found = self._read(f"{name}.failed")
        return Failure(**found) if found else None

    def _write(self, name: str, content: dict[str, str]) -> None:
        path = self.root / name
        draft = path.with_name(f"{name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(content), encoding="utf-8")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def _read(self, name: str) -> dict[str, str] | None:
        try:
            found: dict[str, str] = json.loads((self.root / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return found


def cause_in(log: Path, offset: int = 0) -> str:
    """The line of a server's log, from `offset` bytes on, that names the cause best; "" when there is none."""
    try:
        with log.open("rb") as file:
            file.seek(offset)
            lines = [line.strip() for line in file.read(200_000).decode(errors="replace").splitlines() if line.strip()]
    except FileNotFoundError:
        return ""
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "rror:", "No space left"))]
    return (telling or lines or [""])[-1]


def disk_is_full(text: str) -> bool:
    """A program has said so, in the C library's English."""
    return "No space left on device" in text or "Disk quota exceeded" in text
