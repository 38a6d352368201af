"""Servers by TLS are a matter of their addresses: `rediss://`, `sslmode`."""

import asyncio
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from manga.errors import CacheUnreachable, DatabaseUnreachable
from server.streams.redis_hub import Hub
from storage.base import Servers
from storage.database import connection, open_database
from storage.redis import new_blocking_redis, open_redis
from tests.databases import database_named
from tests.deploy.conftest import AclValkey
from tests.deploy.tls import Authority, Open, authority, behind_tls
from works.queue.job_queue import open_queue, open_working_queue, prepare_schema

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ours"))


def valkey_of(server: AclValkey) -> Open:
    parts = urlsplit(server.url)
    assert parts.port is not None
    return lambda: asyncio.open_connection(parts.hostname, parts.port)


def postgres_of(servers: Servers) -> Open:
    folder = parse_qs(urlsplit(servers.database_url).query)["host"][0]
    return lambda: asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")


def by_tls(server: AclValkey, port: int, ca: Path) -> str:
    user = urlsplit(server.url).netloc.rpartition("@")[0]
    return f"rediss://{user}@127.0.0.1:{port}/0?ssl_ca_certs={ca}"


async def test_redis_by_tls(acl_valkey: AclValkey, ours: Authority) -> None:
    async with behind_tls(ours, valkey_of(acl_valkey)) as port:
        url = by_tls(acl_valkey, port, ours.ca)
        blocking = new_blocking_redis(url)
        async with open_redis(url) as client, asyncio.timeout(5):
            hub = Hub(client, blocking)
            reader = asyncio.create_task(hub.run())
            await client.xadd("events:tls", {"event": "1"}, id="1-0")
            async with hub.joined("events:tls", "0-0") as follower:
                found = await follower.next()
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)
        await blocking.aclose(close_connection_pool=True)
    assert found == ("1-0", {"event": "1"})


async def test_a_redis_with_a_certificate_of_somebody_else_is_refused(
    acl_valkey: AclValkey, ours: Authority, tmp_path: Path
) -> None:
    other = authority(tmp_path)
    async with behind_tls(other, valkey_of(acl_valkey)) as port:
        url = by_tls(acl_valkey, port, ours.ca)
        with pytest.raises(CacheUnreachable) as refused:
            async with open_redis(url):
                pytest.fail("it was let in")
    assert str(urlsplit(url).password) not in str(refused.value)


def database_by_tls(database_url: str, port: int, ca: Path) -> str:
    name = urlsplit(database_url).path.removeprefix("/")
    return f"postgresql://mangaka:s3cret@127.0.0.1:{port}/{name}?sslmode=verify-full&sslrootcert={ca}"


async def test_the_database_and_its_queue_by_tls(database_url: str, servers: Servers, ours: Authority) -> None:
    async with behind_tls(ours, postgres_of(servers), postgres=True) as port:
        url = database_by_tls(database_url, port, ours.ca)
        async with open_database(url) as pool:
            await prepare_schema(pool)
            await open_queue(pool)
            async with connection(pool) as conn:
                assert conn.pgconn.ssl_in_use
            async with open_working_queue(url, _never, _never):
                pass


async def _never(*_: object) -> None:
    raise AssertionError("there is no job")


async def test_a_database_with_a_certificate_of_somebody_else_is_refused(
    servers: Servers, ours: Authority, tmp_path: Path
) -> None:
    other = authority(tmp_path)
    async with behind_tls(other, postgres_of(servers), postgres=True) as port:
        url = database_by_tls(database_named(servers.database_url, "postgres"), port, ours.ca)
        with pytest.raises(DatabaseUnreachable) as refused:
            async with open_database(url):
                pytest.fail("it was let in")
    assert "s3cret" not in str(refused.value)
