"""The user of Redis may do what the product does, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, ResponseError

from deploy.redis import PLACE, USERS, users_with
from storage.redis import new_redis
from tests.deploy.conftest import AclValkey

pytestmark = pytest.mark.anyio

REFUSED = (
    "FLUSHALL", "FLUSHDB", "CONFIG GET *", "KEYS *", "SCAN 0", "ACL LIST", "ACL WHOAMI", "SHUTDOWN", "MONITOR", "SAVE",
    "REPLICAOF 127.0.0.1 1", "MODULE LIST", "CLIENT LIST", "CLIENT KILL ID 1", "INFO", "SWAPDB 0 1", "DBSIZE",
    "RANDOMKEY", "FUNCTION LIST", "SCRIPT FLUSH", "SUBSCRIBE progress:1", "DUMP request:1", "RENAME events:1 events:2",
)  # fmt: skip
FOREIGN = (
    "GET other", "SET sessions:1 x", "DEL requests", "PUBLISH other:1 x", "XREAD STREAMS other 0", "LRANGE scene 0 1",
)  # fmt: skip


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Redis]:
    client = new_redis(url)
    try:
        yield client
    finally:
        await client.aclose(close_connection_pool=True)


@pytest.mark.parametrize("command", [*REFUSED, *FOREIGN])
async def test_other_commands_and_other_keys_are_refused(acl_valkey: AclValkey, command: str) -> None:
    async with connected(acl_valkey.url) as client:
        with pytest.raises(NoPermissionError):
            await client.execute_command(*command.split())  # type: ignore[no-untyped-call]


async def test_a_script_reaches_no_key_that_its_user_may_not_read(acl_valkey: AclValkey, admin: Redis) -> None:
    await admin.set("other", "x")
    async with connected(acl_valkey.url) as client:
        for script, keys in (("return redis.call('GET', KEYS[1])", ["other"]), ("return redis.call('KEYS', '*')", [])):
            with pytest.raises(ResponseError, match=r"(?i)permission|acl failure"):
                await client.eval(script, len(keys), *keys)


@pytest.mark.parametrize("user", ["", "mangaka:wrong@", ":wrong@", "default:@"])
async def test_nobody_gets_in_without_the_password(acl_valkey: AclValkey, user: str) -> None:
    async with connected(f"redis://{user}{acl_valkey.url.rpartition('@')[2]}") as client:
        with pytest.raises(AuthenticationError):
            await client.ping()


async def test_the_file_holds_no_password_and_is_of_no_use_before_one_is_put_in() -> None:
    assert f"#{PLACE} " in USERS.read_text()
    assert "s3cret" not in users_with("s3cret")
    assert PLACE not in users_with("s3cret")
