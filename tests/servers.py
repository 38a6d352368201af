"""Fixtures with the real servers. A `conftest.py` takes them by import:

    from tests.servers import database_url, databases, pool, redis_client, redis_url, servers, slot, template

- `servers`: the embedded PostgreSQL and Valkey, one pair for all test processes of this checkout.
- `pool`, `database_url`: a database with all tables (ours, the checkpointer's, the queue's), empty and nobody else's.
- `redis_client`, `redis_url`: an own empty database number.

Async tests carry `pytestmark = pytest.mark.anyio`.
"""

import asyncio
import fcntl
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from redis.asyncio import Redis

from graph.checkpointer import open_checkpointer
from storage.base import Servers
from storage.choose_servers import open_servers_sync
from storage.database import Pool, new_pool, open_database
from storage.embedded_servers import DATABASES
from storage.migrate import load_migrations, migrate
from storage.redis import open_redis
from storage.settings import StorageSettings
from tests.databases import Databases, database_named
from works.queue.job_queue import prepare_schema

OWN = DATABASES // 2
"""From here on a Redis database is one test's own, emptied for it; those before are a process's services', which last
longer than a test."""


def servers_home() -> Path:
    """Where this checkout's test servers live: in the checkout, else (read-only) in the temp folder."""
    checkout = Path(__file__).resolve().parents[1]
    if os.access(checkout, os.W_OK):
        home = checkout / ".pytest_cache" / f"servers-{os.getuid()}"
    else:
        key = hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
        home = Path(tempfile.gettempdir()) / f"mangaka-tests-{os.getuid()}-{key}"
    home.mkdir(parents=True, exist_ok=True)
    return home


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with open_servers_sync(StorageSettings(home=servers_home(), database_url=None, redis_url=None)) as found:
        _spare_the_disk(found.database_url)
        yield found


def _spare_the_disk(url: str) -> None:
    """No test's data outlasts a power cut: without waiting for the disk a database is made and dropped five times as
    fast."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("ALTER SYSTEM SET fsync = off")
        conn.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def slot() -> Iterator[int]:
    """A number that no other test process of this checkout has at the same time, however that other one ended."""
    for number in range(1, OWN):
        handle = os.open(servers_home() / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        yield number
        os.close(handle)
        return
    pytest.fail("more test processes than Redis databases")


@pytest.fixture(scope="session")
def template(servers: Servers, slot: int) -> str:
    """The name of the database that every test's own is copied from."""
    with psycopg.connect(servers.database_url, autocommit=True) as conn:
        left = conn.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (f"test_{slot}_",))
        for (name_left,) in left.fetchall():  # by a process that was killed
            if f"_{os.getpid()}_" not in str(name_left):  # a service of this process has one
                conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(name_left))))
    return full_template(servers)


def full_template(servers: Servers) -> str:
    """The name of a database with all tables, made once for all processes and sessions. Whoever would make tables that
    it lacks would change the shape of a lent one, which is then of no use to the next test."""
    versions = [migration.checksum for migration in load_migrations()]
    versions += [version("langgraph-checkpoint-postgres"), version("procrastinate")]
    name = "template_" + hashlib.sha256("".join(versions).encode()).hexdigest()[:16]
    with psycopg.connect(servers.database_url, autocommit=True) as conn:
        conn.execute("SELECT pg_advisory_lock(4711)")
        if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            draft = f"draft_{uuid4().hex}"
            conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            making = _make(database_named(servers.database_url, draft))
            with ThreadPoolExecutor(1) as apart:  # a loop may run in this thread
                apart.submit(asyncio.run, making).result()
            conn.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
    return name


async def _make(url: str) -> None:
    async with open_database(url, max_size=3) as opened:
        await migrate(opened)
        await open_checkpointer(opened)
        await prepare_schema(opened)


@pytest.fixture(scope="session")
def databases(servers: Servers, slot: int) -> Iterator[Databases]:
    """Those of this process."""
    found = Databases(servers.database_url, f"test_{slot}_{os.getpid()}_")
    yield found
    found.close()


@pytest.fixture
def database_url(databases: Databases, template: str) -> Iterator[str]:
    """A database of this test alone."""
    name = databases.borrow(template)
    yield databases.url(name)
    databases.give_back(name, template)


@pytest.fixture
async def pool(database_url: str, anyio_backend: str) -> AsyncIterator[Pool]:
    """As `open_database` opens it, which connects once more before, to have a good word for a server that is away."""
    async with new_pool(database_url, max_size=4) as opened:
        await opened.wait()
        yield opened


@pytest.fixture
async def redis_client(servers: Servers, slot: int, anyio_backend: str) -> AsyncIterator[Redis]:
    async with open_redis(own_redis(servers, slot)) as client:
        await client.flushdb()
        yield client


@pytest.fixture
async def redis_url(servers: Servers, slot: int, redis_client: Redis) -> str:
    """The URL of this test's own database number, emptied."""
    return own_redis(servers, slot)


def own_redis(servers: Servers, slot: int) -> str:
    return f"{servers.redis_url}?db={OWN + slot}"
