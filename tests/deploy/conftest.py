"""A Valkey with the users of `deploy/redis/users.acl`, and the product's clients as its user `mangaka`."""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from redis.asyncio import Redis

from deploy.cluster.__main__ import ports_from
from deploy.cluster.servers import TcpValkey
from storage.embedded_home import ServerHome
from storage.redis import new_redis
from tests.servers import database_url, databases, pool, servers, slot, template  # noqa: F401  fixtures

ADMIN = "over:the@top"
LOOKING = frozenset({"HGET", "SCAN", "TTL", "PTTL", "TYPE", "XLEN"})
"""What tests look at and the product does not."""


@dataclass(frozen=True, slots=True)
class AclValkey:
    """`url` is the product's, `admin_url` that of somebody who may do anything."""

    url: str
    admin_url: str


class Watched(Redis):
    """The user `mangaka`; what only tests look at is looked at by the admin."""

    admin: Redis

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        if str(args[0]).upper() in LOOKING:
            return await self.admin.execute_command(*args, **options)  # type: ignore[no-untyped-call]
        return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def acl_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AclValkey]:
    home = ServerHome(tmp_path_factory.mktemp("valkey"))
    home.make()
    admin = f"user admin on #{hashlib.sha256(ADMIN.encode()).hexdigest()} ~* &* +@all\n"
    # A password that must be quoted in an address.
    server = TcpValkey(home, ports_from(0)[0], f"{secrets.token_hex(8)}:@/?#é", admin)
    process = server.start()
    try:
        end = time.monotonic() + 20
        while not server.answers():
            assert process.alive, process.log.read_text()
            assert time.monotonic() < end, process.log.read_text()
            time.sleep(0.02)
        yield AclValkey(server.url, f"redis://admin:{quote(ADMIN, safe='')}@127.0.0.1:{server.port}/0")
    finally:
        process.stop(5)


@pytest.fixture
async def admin(acl_valkey: AclValkey, anyio_backend: str) -> AsyncIterator[Redis]:
    client = new_redis(acl_valkey.admin_url)
    yield client
    await client.aclose(close_connection_pool=True)


@pytest.fixture
async def redis_client(acl_valkey: AclValkey, admin: Redis) -> AsyncIterator[Redis]:
    """Fails the test when anything was tried that the user may not do."""
    await admin.flushdb()
    await admin.acl_log_reset()
    client = Watched(connection_pool=new_redis(acl_valkey.url).connection_pool)
    client.admin = admin
    yield client
    await client.aclose(close_connection_pool=True)
    denied = [f"{row['object']} ({row['reason']})" for row in await admin.acl_log()]
    assert denied == []


@pytest.fixture
async def redis_url(acl_valkey: AclValkey, redis_client: Redis) -> str:
    return acl_valkey.url
