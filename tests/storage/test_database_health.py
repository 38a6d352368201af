"""Whether the database answers, and who is told at once that it does not."""

import asyncio
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from manga.errors import DatabaseUnreachable
from storage.database import CANCEL_S, Door, Pool, connection, new_pool
from storage.database_health import AWAY_S, KNOWN_S, OK, OLDER, Pulse, wait_for_answer

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def felt(pulse: Pulse) -> AsyncIterator[None]:
    running = asyncio.create_task(pulse.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await pulse.close()


async def turns(door: Door, closed: bool) -> None:
    async with asyncio.timeout(10):
        while door.closed is not closed:  # noqa: ASYNC110 - nothing is told of it
            await asyncio.sleep(0.01)


async def asked(pulse: Pulse) -> str:
    """One answer."""
    try:
        return await pulse.ask()
    finally:
        await pulse.close()


def named(url: str, database: str) -> str:
    """The URL of another database of the same server."""
    return re.sub("///[^?]*", f"///{database}", url)


def nowhere(folder: Path) -> str:
    return f"postgresql:///postgres?host={quote(str(folder))}&user=nobody"


async def test_a_database_is_well_older_or_away(pool: Pool, database_url: str, tmp_path: Path) -> None:
    assert await asked(Pulse(database_url)) == OK
    assert await asked(Pulse(database_url, release=99_999)) == OLDER
    assert await asked(Pulse(named(database_url, "postgres"))) == OLDER
    assert await asked(Pulse(nowhere(tmp_path))) == "OperationalError"


async def test_a_busy_pool_does_not_make_the_database_away(pool: Pool, database_url: str) -> None:
    taken = [await pool.getconn() for _ in range(pool.max_size)]
    try:
        pulse = Pulse(database_url, [pool.door])
        assert await asked(pulse) == OK
        assert (pulse.state, pool.door.closed) == (OK, False)
    finally:
        for conn in taken:
            await pool.putconn(conn)


async def test_an_answer_that_is_old_is_none(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse = Pulse(database_url)
    await asked(pulse)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 60)
    assert pulse.state == "TimeoutError"


async def test_a_busy_process_has_longer_to_hear_an_answer() -> None:
    asking = asyncio.create_task(asyncio.sleep(0.05, OK))
    asyncio.get_running_loop().call_soon(time.sleep, 0.6)  # it does something else, and does not come round
    await wait_for_answer(asking, 0.3)
    assert asking.done()


async def test_what_never_answers_is_waited_for_no_longer_than_patience() -> None:
    asking = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(10):
        await wait_for_answer(asking, 0.3)
    assert not asking.done()


async def test_who_waits_for_a_database_that_is_away_is_told_and_all_others_at_once(tmp_path: Path) -> None:
    pool = new_pool(nowhere(tmp_path), timeout_s=60)
    await pool.open(wait=False)
    try:
        async with felt(Pulse(nowhere(tmp_path), [pool.door])), asyncio.timeout(5 + AWAY_S):
            with pytest.raises(DatabaseUnreachable):
                async with connection(pool):
                    pytest.fail("there was one")
            assert pool.door.closed
            with pytest.raises(DatabaseUnreachable):
                await asyncio.wait_for(_use(pool), 0.5)
    finally:
        await pool.close()


async def _use(pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("SELECT 1")


async def test_a_door_opens_when_the_database_answers_and_a_moment_closes_none(pool: Pool, database_url: str) -> None:
    pulse = Pulse(database_url, [pool.door])
    await pulse.ask()
    with psycopg.connect(database_url, autocommit=True) as other:
        query = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        )
        other.execute(query, (other.info.backend_pid,))
    assert await pulse.ask() != OK
    assert not pool.door.closed
    assert await pulse.ask() == OK
    good, pulse.url = pulse.url, "postgresql://127.0.0.1:1/none"
    await pulse.close()
    async with felt(pulse):
        await turns(pool.door, True)
        pulse.url = good
        await turns(pool.door, False)
        await _use(pool)


async def test_a_wait_that_is_sent_away_loses_the_pool_no_connection(pool: Pool) -> None:
    taken = [await pool.getconn() for _ in range(pool.max_size)]
    waiting = [asyncio.create_task(_use(pool)) for _ in range(20)]
    await asyncio.sleep(0)
    pool.door.close()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(error) for error in ended} == {DatabaseUnreachable}
    pool.door.open()
    for conn in taken:
        await pool.putconn(conn)
    await asyncio.gather(*(_use(pool) for _ in range(20)))


@asynccontextmanager
async def a_server_that_says_nothing() -> AsyncIterator[str]:
    """Takes connections and never answers, as one whose machine is busy for too long."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        yield f"postgresql://nobody@127.0.0.1:{server.sockets[0].getsockname()[1]}/none?sslmode=disable"


async def test_an_answer_that_is_late_while_the_pool_has_its_own_closes_no_door(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database_health.PATIENCE_S", 0.1)
    async with a_server_that_says_nothing() as url:
        pulse = Pulse(url, [pool.door], told=OK)
        for _ in range(4):
            asking = asyncio.create_task(pulse.ask())
            while not asking.done():
                await _use(pool)
        assert (pulse.state, pool.door.closed) == (OK, False)
        asking = asyncio.create_task(pulse.ask())
        await asyncio.sleep(0)
        await _use(pool)  # and then nothing more: it freezes
        await asking
        assert (pulse.state, pool.door.closed) == ("TimeoutError", True)


async def test_a_process_that_does_not_come_round_uses_up_no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database_health.PATIENCE_S", 0.6)
    async with a_server_that_says_nothing() as url:
        pulse = Pulse(url)
        asking = asyncio.create_task(pulse.ask())
        for _ in range(2):
            await asyncio.sleep(0.01)
            time.sleep(0.5)  # noqa: ASYNC251 - what makes it late
        assert not asking.done()
        assert await asking == "TimeoutError"
        assert pulse.late_s > 0.5
        await pulse.close()


def test_a_database_that_is_frozen_or_away_is_known_within_two_seconds() -> None:
    assert KNOWN_S < 2


async def test_what_asks_the_database_nothing_is_no_answer_of_it(pool: Pool) -> None:
    async with connection(pool) as conn:
        before = pool.door.heard_at
        await conn.set_autocommit(True)
        await conn.commit()
        assert pool.door.heard_at == before
        await conn.execute("SELECT 1")
        assert pool.door.heard_at > before


@contextmanager
def frozen(backend: int) -> Iterator[None]:
    """One process of the server does nothing any more, as all do on a machine that hangs."""
    os.kill(backend, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(backend, signal.SIGCONT)


async def _ask_frozen(pool: Pool) -> None:
    """A statement whose server freezes before it."""
    async with connection(pool) as conn:
        with frozen(conn.info.backend_pid):
            await conn.execute("SELECT 1")


async def test_a_frozen_database_is_known_and_nobody_waits_for_its_answer(
    pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database_health.PATIENCE_S", 0.3)
    pulse = Pulse(database_url, [pool.door])
    await pulse.ask()
    assert pulse._conn is not None
    async with a_server_that_says_nothing() as silent, felt(pulse), asyncio.timeout(20):
        pulse.url = silent  # a new connection is no better
        with frozen(pulse._conn.info.backend_pid), pytest.raises(DatabaseUnreachable, match="is away"):
            await _ask_frozen(pool)
        pulse.url = database_url
        await turns(pool.door, False)
        await _use(pool)


async def test_what_waits_for_a_frozen_database_can_be_cancelled(pool: Pool) -> None:
    async with connection(pool) as conn:
        with frozen(conn.info.backend_pid):
            waiting = asyncio.create_task(conn.execute("SELECT 1"))
            await asyncio.sleep(0.1)
            waiting.cancel()
            await asyncio.wait_for(asyncio.wait((waiting,)), 5 + 2 * CANCEL_S)
        assert conn.closed


async def test_an_answer_that_never_comes_is_waited_for_no_longer_than_the_server_may_take(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.ANSWER_S", 0.2)
    with pytest.raises(DatabaseUnreachable, match="no answer in"):
        await _ask_frozen(pool)
    await _use(pool)
