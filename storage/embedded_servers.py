"""How the embedded PostgreSQL and Valkey are made, started and known to be ready."""

import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from manga.errors import DiskFull, EmbeddedFailed
from storage.embedded_home import POSTGRES, VALKEY, Ready, ServerHome, ServerName, disk_is_full
from storage.embedded_identity import Identity, find_identity, open_to_all, private_folder
from storage.embedded_process import POSTGRES_SOCKET, ServerProcess, answers, socket_folder, start_process
from storage.find_server_programs import lasting_temp, postgres_candidates, usable_postgres, valkey_binary

DATABASES = 64
USER = "mangaka"
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # A service, its workers and a dozen commands at once share one server; what is not used costs nearly nothing.
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    # Nobody replicates it: less is written, and databases are copied faster.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class ValkeyServer:
    """The Valkey of one home. It runs as its user: it has nothing against root."""

    home: ServerHome
    name: ServerName = VALKEY
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self) -> tuple[ServerProcess, Ready]:
        """Starts the server. Raises `EmbeddedFailed`."""
        data = self.home.root / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        path = socket_folder(self.home, find_identity()) / "valkey"
        options = {
            "port": "0",
            "unixsocket": str(path),
            "unixsocketperm": "700",
            "dir": str(data),
            "databases": str(DATABASES),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        command = [str(valkey_binary()), *(part for name, value in options.items() for part in (f"--{name}", value))]
        process = start_process(self.home, VALKEY, command, Identity(), self.stop_signal)
        return process, Ready(f"unix://{quote(str(path))}", str(path), str(data))

    def is_ready(self, process: ServerProcess, ready: Ready) -> bool:
        """It answers a PING, which it refuses while it loads its file."""
        return answers(ready.socket, ping=True)

    def mend(self, said: str) -> bool:
        """Redis holds nothing that a work needs: data that cannot be read is put aside. True when it was that."""
        damaged = any(word in said for word in ("Bad file format", "Unexpected end of file", "AOF file", "RDB"))
        if damaged:
            (self.home.root / "valkey").rename(self.home.root / f"valkey.damaged-{time.time_ns()}")
        return damaged


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """The PostgreSQL of one home. `candidates` are folders of programs, best first; None looks for them."""

    home: ServerHome
    candidates: Sequence[Path] | None = None
    name: ServerName = POSTGRES
    stop_signal: signal.Signals = signal.SIGINT  # "fast": clients are sent away, data is put in order

    def start(self) -> tuple[ServerProcess, Ready]:
        """Makes the data when there is none and starts the server. Raises `EmbeddedFailed`, `DiskFull`."""
        identity = find_identity()
        data = self._data_folder(identity) / "pg"
        major = _major_of(data)
        candidates = postgres_candidates() if self.candidates is None else list(self.candidates)
        programs = usable_postgres(candidates, identity, major)
        if major is None:
            _make_data(programs, data, identity, self.home.log(POSTGRES))
        else:
            identity.give(data)
        sockets = socket_folder(self.home, identity)
        process = self._start(programs, data, sockets / "pg", identity)
        url = f"postgresql:///postgres?host={quote(str(sockets / 'pg'))}&port=5432&user={USER}"
        return process, Ready(url, str(sockets / "pg" / POSTGRES_SOCKET), str(data))

    def _start(self, programs: Path, data: Path, sockets: Path, identity: Identity) -> ServerProcess:
        options = {**_OPTIONS, "unix_socket_directories": str(sockets)}
        command = [str(programs / "postgres"), "-D", str(data), "-p", "5432"]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return start_process(
            self.home, POSTGRES, command, identity, self.stop_signal, prepare=lambda: _forget_earlier_run(data)
        )

    def is_ready(self, process: ServerProcess, ready: Ready) -> bool:
        """The server has written that it takes connections (the last line of its pid file, as `pg_ctl` reads it)."""
        with suppress(FileNotFoundError, IndexError):
            lines = (Path(ready.data) / "postmaster.pid").read_text().splitlines()
            return lines[0].strip() == str(process.popen.pid) and lines[7].strip() == "ready"
        return False

    def mend(self, said: str) -> bool:
        """Never: here lie the works."""
        return False

    def _data_folder(self, identity: Identity) -> Path:
        if not identity.other_user:
            return private_folder(self.home.root, 0o700)
        if open_to_all(self.home.home):
            return private_folder(self.home.root, 0o711)
        return private_folder(lasting_temp() / f"mangaka-data-{self.home.key}", 0o711)


def _forget_earlier_run(data: Path) -> None:
    # No process of it is left, but its number may be another program's by now, and PostgreSQL would not start.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _major_of(data: Path) -> int | None:
    """The version that made the data, None when there is no data."""
    try:
        return int((data / "PG_VERSION").read_text().strip().split(".")[0])
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise EmbeddedFailed(f"{data} is damaged: its PG_VERSION cannot be read.") from error


def _make_data(programs: Path, data: Path, identity: Identity, log: Path) -> None:
    """`initdb` beside the final place, then a rename: an interrupted one is never mistaken for a database."""
    draft = data.with_name("pg.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    identity.give(draft)
    said = _initdb(programs, draft, identity, "C.UTF-8")
    if said is not None and "invalid locale" in said:
        said = _initdb(programs, draft, identity, "C")  # systems whose C library has no C.UTF-8
    if said is not None:
        shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError), log.open("a") as file:
            file.write(said)
        lines = [line.removeprefix("initdb: ") for line in said.splitlines() if "rror:" in line or "FATAL" in line]
        cause = (lines or said.splitlines() or ["no reason given"])[-1].strip()
        if disk_is_full(said):
            raise DiskFull(f"The disk is full: the database cannot be made in {data.parent}.")
        raise EmbeddedFailed(f"The database cannot be made: {cause}")
    draft.rename(data)


def _initdb(programs: Path, draft: Path, identity: Identity, locale: str) -> str | None:
    """None when it worked, else what it said."""
    command = [str(programs / "initdb"), "-D", str(draft), "-U", USER, "-A", "trust", "-E", "UTF8"]
    command += [f"--locale={locale}", "--no-instructions"]
    try:
        answer = subprocess.run(
            [*identity.prefix, *command], capture_output=True, text=True, check=False, **identity.popen_options()
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"initdb: error: {error}"
    return None if answer.returncode == 0 else answer.stdout + answer.stderr + "\n"
