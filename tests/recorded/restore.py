"""A recording made into a database and a folder again, and services that are opened on copies of both."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql
from redis import Redis

from server.settings import ServerSettings
from storage.base import Servers
from tests.databases import database_named
from tests.gemini.server import Gemini
from tests.recorded.pack import ARCHIVE, SQL, TOLD
from tests.service import running_service
from works.base import LOCAL_TENANT

Json = dict[str, Any]
HERE: Final = Path(__file__).parent
COMMITS: Final = tuple(sorted(path.parent.name for path in HERE.glob(f"*/{ARCHIVE}")))
WORKS: Final[dict[str, Json]] = {
    f"{commit}/{name}": told | {"name": name, "commit": commit}
    for commit in COMMITS
    for name, told in json.loads((HERE / commit / TOLD).read_text(encoding="utf-8"))["works"].items()
}
"""What every recorded work was when it was recorded, by commit and name."""
_LATER: Final = """SET search_path = public;
    UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day' WHERE status = 'todo'"""


@dataclass(frozen=True)
class Recording:
    """`home` is where its archive was unpacked; nothing is changed there."""

    commit: str
    home: Path
    servers: Servers

    @cached_property
    def template(self) -> str:
        """The database as it was recorded, to be copied; made once for all processes and sessions."""
        data = (self.home / SQL).read_bytes()
        name = f"template_recorded_{hashlib.sha256(data).hexdigest()[:16]}"
        with psycopg.connect(self.servers.database_url, autocommit=True) as conn:
            conn.execute("SELECT pg_advisory_lock(4712)")
            if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
                draft = f"draft_{uuid4().hex}"
                conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
                with psycopg.connect(database_named(self.servers.database_url, draft), autocommit=True) as made:
                    made.execute(data)
                    made.execute(_LATER)  # what was due since then begins when a test says so
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                conn.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
        return name

    @property
    def ids(self) -> list[str]:
        return [told["id"] for told in WORKS.values() if told["commit"] == self.commit]


def unpack(commit: str, home: Path, servers: Servers) -> Recording:
    with tarfile.open(HERE / commit / ARCHIVE) as archive:
        archive.extractall(home, filter="data")
    return Recording(commit, home, servers)


@dataclass(frozen=True)
class Opened:
    """A service of today on a copy of a recording. `gemini` is where its models are; None: they are offline."""

    client: httpx.Client
    gemini: Gemini | None
    redis_url: str

    def get(self, path: str, **query: str | int) -> Any:
        answer = self.client.get(f"/v1/works/{path}", params=query)
        assert answer.is_success, answer.text
        return answer.json()

    def forget_scenes(self) -> None:
        """All these works tell one story: none is to take another's pictures."""
        _forget(self.redis_url, f"scenes:{LOCAL_TENANT}:*")

    def post(self, path: str, body: Json) -> Json:
        answer = self.client.post(f"/v1/works/{path}", json=body)
        assert answer.is_success, answer.text
        return dict(answer.json())


@contextmanager
def opened(
    recording: Recording, slot: int, home: Path, *, workers: bool = True, gemini: Gemini | None = None
) -> Iterator[Opened]:
    redis_url = f"{recording.servers.redis_url}?db={slot}"
    _forget(redis_url, *(f"*{work}*" for work in recording.ids))  # an earlier session's
    shutil.copytree(recording.home / "blobs", home / "blobs", copy_function=os.link)
    settings = ServerSettings(host="127.0.0.1", port=0, workers_inside=workers, requests_a_minute=100_000)
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            if gemini is not None:
                patch.setenv("MANGA_GOOGLE_API_KEY", "nobodys-key")
                patch.setenv("MANGA_GOOGLE_BASE_URL", gemini.url)
            running = running_service(recording.servers, slot, home, settings, template=recording.template)
            service = stack.enter_context(running)
        yield Opened(stack.enter_context(service.client(tenant=LOCAL_TENANT)), gemini, redis_url)


def _forget(redis_url: str, *patterns: str) -> None:
    with Redis.from_url(redis_url) as redis:
        for pattern in patterns:
            if keys := list(redis.scan_iter(pattern, 1000)):
                redis.delete(*keys)
