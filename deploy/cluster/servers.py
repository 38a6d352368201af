"""PostgreSQL and Valkey from our wheels as others run them: over TCP, with passwords (SCRAM; a user of an ACL file),
which are made once and kept."""

import json
import os
import secrets
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry

from deploy.redis import users_with
from manga.errors import EmbeddedFailed
from storage.embedded_home import POSTGRES, VALKEY, ServerHome, ServerName
from storage.embedded_identity import Identity, find_identity
from storage.embedded_process import ServerProcess, start_process
from storage.find_server_programs import postgres_candidates, usable_postgres, valkey_binary

HOST: Final = "127.0.0.1"
USER: Final = "mangaka"
_HBA: Final = f"host all {USER} {HOST}/32 scram-sha-256\n"
_POSTGRES: Final = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}
BYTES = 32


@dataclass(frozen=True, slots=True)
class TcpPostgres:
    """One database server of this home, at one port."""

    home: ServerHome
    port: int
    password: str
    name: ServerName = POSTGRES

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{quote(self.password, safe='')}@{HOST}:{self.port}/postgres"

    def start(self) -> ServerProcess:
        """Makes the data when there is none. Raises `EmbeddedFailed`."""
        identity = find_identity()
        if identity.other_user:
            raise EmbeddedFailed(
                "PostgreSQL does not run as root where user namespaces are forbidden.",
                remedy="Run `make cluster` as an ordinary user.",
            )
        data = self.home.root / "pg"
        programs = usable_postgres(postgres_candidates(), identity, _major_of(data))
        if not data.exists():
            self._make(programs, data, identity)
        rules = self.home.root / "pg_hba.conf"
        write_private(rules, _HBA)
        options = {**_POSTGRES, "port": str(self.port), "hba_file": str(rules)}
        command = [str(programs / "postgres"), "-D", str(data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        # Of an earlier run; its process is gone, and its number may be another program's by now.
        left = data / "postmaster.pid"
        return start_process(
            self.home, POSTGRES, command, identity, signal.SIGINT, prepare=lambda: left.unlink(missing_ok=True)
        )

    def _make(self, programs: Path, data: Path, identity: Identity) -> None:
        """`initdb` beside the final place. The password goes in by a file: arguments are seen by everybody."""
        draft, secret = data.with_name("pg.new"), self.home.root / "initdb.password"
        shutil.rmtree(draft, ignore_errors=True)
        write_private(secret, self.password)
        command = [str(programs / "initdb"), "-D", str(draft), "-U", USER, "-A", "scram-sha-256"]
        command += [f"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-instructions"]
        try:
            made = subprocess.run(
                [*identity.prefix, *command], capture_output=True, text=True, check=False, **identity.popen_options()
            )
        finally:
            secret.unlink()
        if made.returncode != 0:
            raise EmbeddedFailed(
                f"The database cannot be made: {(made.stderr.splitlines() or ['no reason given'])[-1]}"
            )
        draft.rename(data)

    def answers(self) -> bool:
        """By TCP and with its password."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=2):
            return True
        return False


def _major_of(data: Path) -> int | None:
    with suppress(FileNotFoundError):
        return int((data / "PG_VERSION").read_text().split(".")[0])
    return None


@dataclass(frozen=True, slots=True)
class TcpValkey:
    """One Valkey of this home, at one port, with the users of `deploy/redis/users.acl` (`more` are further lines)."""

    home: ServerHome
    port: int
    password: str
    more: str = ""
    name: ServerName = VALKEY

    @property
    def url(self) -> str:
        return f"redis://{USER}:{quote(self.password, safe='')}@{HOST}:{self.port}/0"

    def start(self) -> ServerProcess:
        """Raises `EmbeddedFailed`."""
        data, users = self.home.root / "valkey", self.home.root / "users.acl"
        data.mkdir(mode=0o700, exist_ok=True)
        write_private(users, users_with(self.password) + self.more)
        options = {
            "port": str(self.port),
            "bind": HOST,
            "aclfile": str(users),
            "dir": str(data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        command = [str(valkey_binary()), *(part for name, value in options.items() for part in (f"--{name}", value))]
        return start_process(self.home, VALKEY, command, Identity(), signal.SIGTERM)

    def answers(self) -> bool:
        """Raises `EmbeddedFailed` where another server has the port."""
        try:
            with Redis.from_url(self.url, socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
                return bool(client.ping())
        except AuthenticationError as error:
            raise EmbeddedFailed(f"Another server answers at {HOST}:{self.port}.") from error
        except (RedisError, OSError):
            return False


@dataclass(frozen=True, slots=True)
class Passwords:
    """`link` signs links to files, the same in all replicas."""

    postgres: str = field(repr=False)
    redis: str = field(repr=False)
    link: str = field(repr=False)


def kept_passwords(file: Path) -> Passwords:
    """Those in the file; new ones where there is none."""
    if not file.exists():
        write_private(file, json.dumps(asdict(Passwords(*(secrets.token_hex(BYTES) for _ in range(3))))))
    return Passwords(**json.loads(file.read_text(encoding="utf-8")))


def write_private(file: Path, text: str) -> None:
    """Mode 0600, and whole or not there at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    draft.replace(file)
