"""The pool, its errors, and the migrations."""

import asyncio
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest

from manga.errors import DatabaseUnreachable, DiskFull, StorageFailed
from storage import database
from storage import migrate as migrations
from storage.database import Connection, Pool, connection, open_database, shown, transaction, translated
from storage.migrate import Migration, load_migrations, migrate

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:s3cret@127.0.0.1:1/db", "host=127.0.0.1 port=1 password=s3cret", "postgresql://127.0.0.1:1/db?password=s3cret"],
)  # fmt: skip
async def test_a_database_that_does_not_answer_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        async with open_database(url):
            pytest.fail("it answered")
    assert "s3cret" not in f"{caught.value.message}"
    assert "127.0.0.1" in caught.value.message
    assert "refused" in caught.value.message
    assert "MANGA_DATABASE_URL" in caught.value.remedy


async def test_a_text_that_is_no_url_is_said_to_be_none() -> None:
    with pytest.raises(DatabaseUnreachable, match="not a PostgreSQL URL"):
        async with open_database("mysql//me:s3cret@nowhere"):
            pytest.fail("it opened")


def test_passwords_with_odd_characters_are_hidden() -> None:
    assert shown("postgresql://u:p%40ss:word@h/db") == "postgresql://u:***@h/db"
    assert shown("host=h password='it\\'s me' dbname=d") == "host=h password=*** dbname=d"
    assert shown("redis://:topsecret@h:1/0") == "redis://:***@h:1/0"


async def test_a_transaction_is_all_or_nothing(pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("CREATE TABLE t (n integer)")

    async def half() -> None:
        async with transaction(pool) as conn:
            await conn.execute("INSERT INTO t VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half()
    async with connection(pool) as conn:
        assert await (await conn.execute("SELECT n FROM t")).fetchone() is None


async def test_a_cut_connection_is_an_unreachable_database_and_the_pool_heals(pool: Pool) -> None:
    with pytest.raises(DatabaseUnreachable):
        async with connection(pool) as conn:
            await conn.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    async with connection(pool) as conn:
        assert await (await conn.execute("SELECT 1 AS one")).fetchone() == {"one": 1}


def test_failures_of_the_server_are_translated_and_bugs_are_not() -> None:
    with pytest.raises(DiskFull), translated("postgresql://h/db"):
        raise psycopg.errors.DiskFull("could not extend file")
    with pytest.raises(StorageFailed, match="too long"), translated("postgresql://h/db"):
        raise psycopg.errors.QueryCanceled("canceling statement due to statement timeout")
    with pytest.raises(psycopg.errors.UndefinedTable), translated("postgresql://h/db"):
        raise psycopg.errors.UndefinedTable("no such table")


@pytest.mark.parametrize("in_pipeline", [False, True], ids=["between two statements", "in a pipeline"])
async def test_who_is_frozen_in_a_transaction_loses_its_locks(
    database_url: str, monkeypatch: pytest.MonkeyPatch, in_pipeline: bool
) -> None:
    limit = "TRANSACTION_MS" if in_pipeline else "IDLE_IN_TRANSACTION_MS"
    async with open_database(database_url) as other:
        async with connection(other) as conn:
            await conn.execute("CREATE TABLE t (n integer)")
            await conn.execute("INSERT INTO t VALUES (1)")
        monkeypatch.setattr(database, limit, 300)
        async with open_database(database_url) as frozen:
            with pytest.raises(DatabaseUnreachable):
                await _freeze(frozen, other, in_pipeline=in_pipeline)
            async with connection(frozen) as conn:  # a new one
                assert await (await conn.execute("SELECT n FROM t")).fetchone() == {"n": 2}


async def _freeze(frozen: Pool, other: Pool, *, in_pipeline: bool) -> None:
    """In the middle of a transaction, until the other could write what is locked in it."""
    pipeline = Connection.pipeline if in_pipeline else nullcontext
    async with connection(frozen) as conn, pipeline(conn), conn.transaction():
        await (await conn.execute("SELECT n FROM t FOR SHARE")).fetchone()
        async with connection(other) as free:
            await free.execute("UPDATE t SET n = 2")
        await conn.execute("UPDATE t SET n = 3")


async def test_connections_that_are_all_in_use_are_not_called_a_database_that_is_away(database_url: str) -> None:
    async with open_database(database_url, max_size=1, timeout_s=0.5) as small:
        async with connection(small) as conn:
            await conn.execute("SELECT 1")
        async with connection(small):
            with pytest.raises(DatabaseUnreachable, match=r"All 1 connections .* in use for 0\.5 s") as caught:
                async with connection(small):
                    pytest.fail("there was another")
    assert "fewer works" in caught.value.remedy


async def test_migrations_are_applied_once_by_one_of_many(pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("DROP SCHEMA public CASCADE")
        await conn.execute("CREATE SCHEMA public")
    done = await asyncio.gather(*(migrate(pool) for _ in range(3)))
    assert sorted(len(part) for part in done) == [0, 0, len(load_migrations())]


async def test_a_migration_that_changed_since_is_refused(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = load_migrations()
    changed = (Migration(first.number, first.name, first.sql + "-- later"), *rest)
    monkeypatch.setattr(migrations, "load_migrations", lambda: changed)
    with pytest.raises(StorageFailed, match="0001_works has changed"):
        await migrate(pool)


async def test_a_newer_database_is_left_alone(pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("INSERT INTO mangaka_migrations (number, name, checksum) VALUES (9999, 'later', 'x')")
    with pytest.raises(StorageFailed, match="newer than this program"):
        await migrate(pool)


async def test_a_migration_that_fails_leaves_nothing(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration(9998, "broken", "CREATE TABLE half (n integer); SELECT nonsense;")
    monkeypatch.setattr(migrations, "load_migrations", lambda: (*load_migrations(), broken))
    with pytest.raises(psycopg.errors.UndefinedColumn):
        await migrate(pool)
    async with connection(pool) as conn:
        row = await (await conn.execute("SELECT to_regclass('half') AS name")).fetchone()
        assert row == {"name": None}


def test_migrations_are_numbered_without_a_gap() -> None:
    found = load_migrations()
    assert [migration.number for migration in found] == list(range(1, len(found) + 1))
    assert len(found) == len(list(Path(migrations.__file__).with_name("migrations").glob("*.sql")))
