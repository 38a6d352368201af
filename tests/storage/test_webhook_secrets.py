"""Secrets of webhooks in the database: sealed where there is a key, readable from before, sealed anew by a new key."""

from uuid import UUID, uuid4

import pytest

from manga.errors import SetupIncomplete
from storage.database import Pool, connection, transaction
from storage.encryption import OPEN, Seals
from storage.webhooks import add_webhook, count_open_secrets, list_webhooks, read_webhook, seal_secrets
from tests.servers import database_url, databases, pool, servers, slot, template  # noqa: F401 - fixtures

pytestmark = pytest.mark.anyio
OLD, NEW = bytes([1]) * 32, bytes([2]) * 32
SECRET = "whsec_of-somebody-0123456789"


async def added(pool: Pool, seals: Seals) -> UUID:  # noqa: F811 - the fixture
    made = uuid4()
    async with transaction(pool) as conn:
        hook = await add_webhook(conn, made, "a", "https://x.example/", ("completed",), SECRET, most=9, seals=seals)
    assert hook is not None
    assert hook.secret == SECRET
    return made


async def secret(pool: Pool, hook: UUID, *keys: bytes) -> str:  # noqa: F811
    async with connection(pool) as conn:
        return (await read_webhook(conn, hook, seals=Seals(keys))).secret


async def rows(pool: Pool) -> str:  # noqa: F811
    async with connection(pool) as conn:
        return str(await (await conn.execute("SELECT t::text, encode(sealed, 'escape') FROM webhooks t")).fetchall())


async def test_with_a_key_nobody_reads_it_in_the_database(pool: Pool) -> None:  # noqa: F811
    hook = await added(pool, Seals((OLD,)))
    assert SECRET not in await rows(pool)
    assert await secret(pool, hook, OLD) == SECRET
    async with connection(pool) as conn:
        assert [found.secret for found in await list_webhooks(conn, "a")] == [""]
        assert await count_open_secrets(conn) == 0


async def test_one_from_before_is_readable_and_is_sealed_when_there_is_a_key(pool: Pool) -> None:  # noqa: F811
    hook = await added(pool, OPEN)
    assert SECRET in await rows(pool)
    assert await secret(pool, hook, OLD) == await secret(pool, hook) == SECRET
    async with transaction(pool) as conn:
        assert await seal_secrets(conn, OPEN) == 0
        assert await count_open_secrets(conn) == 1
        assert await seal_secrets(conn, Seals((OLD,))) == 1
        assert await seal_secrets(conn, Seals((OLD,))) == 0
    assert SECRET not in await rows(pool)
    assert await secret(pool, hook, OLD) == SECRET


async def test_keys_are_changed_one_after_the_other(pool: Pool) -> None:  # noqa: F811
    hook = await added(pool, Seals((OLD,)))
    assert await secret(pool, hook, NEW, OLD) == SECRET
    async with transaction(pool) as conn:
        assert await seal_secrets(conn, Seals((NEW, OLD))) == 1
    assert await secret(pool, hook, NEW) == SECRET
    with pytest.raises(SetupIncomplete, match="another key"):
        await secret(pool, hook, OLD)
    with pytest.raises(SetupIncomplete):
        await secret(pool, hook)


async def test_a_sealed_secret_opens_nothing_in_another_row(pool: Pool) -> None:  # noqa: F811
    one, other = await added(pool, Seals((OLD,))), await added(pool, Seals((OLD,)))
    async with transaction(pool) as conn:
        moved = "UPDATE webhooks SET sealed = (SELECT sealed FROM webhooks WHERE id = %s) WHERE id = %s"
        await conn.execute(moved, (one, other))
    with pytest.raises(SetupIncomplete):
        await secret(pool, other, OLD)
