"""What is particular to counting in Redis, and the provider's days."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from manga.errors import QuotaExhausted
from storage.base import Api
from storage.provider_allowance import Limit, RedisAllowance, next_provider_day, provider_day
from storage.redis import new_redis

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
USED = "api:rate_limit:images:2026-11-26"


class SetClock:
    """Moved by hand."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Line:
    """The way to Redis, which can be cut: a proxy of one socket, so that the client's real errors are seen."""

    def __init__(self, client: Redis) -> None:
        self._to = client.connection_pool.connection_kwargs["path"]
        self.db = client.connection_pool.connection_kwargs["db"]
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
            for writer in self._open:
                writer.close()
            await self._server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_unix_connection(self._to)
        self._open |= {writer, to_writer}
        await asyncio.gather(self._pump(reader, to_writer), self._pump(to_reader, writer))
        self._open -= {writer, to_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def line(redis_client: Redis) -> AsyncIterator[Line]:
    line = Line(redis_client)
    await line.mend()
    yield line
    await line.cut()


@pytest.fixture
async def far_client(line: Line) -> AsyncIterator[Redis]:
    client = new_redis(f"redis://127.0.0.1:{line.port}/{line.db}")
    yield client
    await client.aclose(close_connection_pool=True)


def limits(a_day: int = 10, a_minute: int = 60_000) -> dict[Api, Limit]:
    return {api: Limit(a_day, a_minute) for api in Api}


async def taken(allowance: RedisAllowance, calls: int, work: str = "a") -> int:
    turns = await asyncio.gather(*(allowance.take(Api.IMAGES, work) for _ in range(calls)), return_exceptions=True)
    assert all(isinstance(turn, float | QuotaExhausted) for turn in turns)
    return sum(isinstance(turn, float) for turn in turns)


@pytest.mark.parametrize(
    ("now", "day", "hours"),
    [
        ("2026-11-26T20:00+00:00", "2026-11-26", 12.0),
        ("2026-11-26T07:59:59+00:00", "2026-11-25", 1 / 3600),
        ("2026-11-26T08:00+00:00", "2026-11-26", 24.0),
        ("2026-03-08T08:00+00:00", "2026-03-08", 23.0),
        ("2026-03-08T12:00+00:00", "2026-03-08", 19.0),
        ("2026-11-01T07:00+00:00", "2026-11-01", 25.0),
        ("2026-11-01T09:30+00:00", "2026-11-01", 22.5),  # half past one for the second time
        ("2027-01-01T07:30+00:00", "2026-12-31", 0.5),
    ],
)
async def test_the_providers_day_turns_at_midnight_in_los_angeles(now: str, day: str, hours: float) -> None:
    at = datetime.fromisoformat(now)
    assert provider_day(at) == day
    assert (next_provider_day(at) - at) == timedelta(hours=hours)
    assert provider_day(next_provider_day(at)) > day


async def test_the_count_stands_under_the_key_of_the_spec_for_a_day(redis_client: Redis, clock: SetClock) -> None:
    allowance = RedisAllowance(redis_client, limits(), clock)
    await allowance.reserve(Api.IMAGES, "a", 5)
    assert await taken(allowance, 3) == 3
    assert await redis_client.get(USED) == "3"
    assert await redis_client.hgetall(f"{USED}:kept") == {"a": "2"}
    ttls = [await redis_client.ttl(key) for key in (USED, f"{USED}:kept", "api:rate_limit:images:next")]
    assert all(86_390 < ttl <= 86_400 for ttl in ttls)


async def test_every_write_keeps_the_count_for_another_day(redis_client: Redis, clock: SetClock) -> None:
    """A day of 25 hours is longer than the time to live of its first write."""
    allowance = RedisAllowance(redis_client, limits(), clock)
    await taken(allowance, 1)
    await redis_client.expire(USED, 100)
    await taken(allowance, 1)
    assert await redis_client.ttl(USED) > 86_390


async def test_two_processes_never_grant_more_than_the_limit_together(redis_client: Redis, clock: SetClock) -> None:
    one, two = (RedisAllowance(redis_client, limits(100), clock) for _ in range(2))
    assert sum(await asyncio.gather(taken(one, 100), taken(two, 100, "b"))) == 100


async def test_two_processes_space_their_calls_together(redis_client: Redis, clock: SetClock) -> None:
    one, two = (RedisAllowance(redis_client, limits(100, a_minute=9), clock) for _ in range(2))
    waits = await asyncio.gather(*(allowance.take(Api.IMAGES, "a") for allowance in (one, two, one, two)))
    assert sorted(waits) == pytest.approx([0, 6.667, 13.334, 20.001])


async def test_a_call_that_is_refused_books_no_place_in_the_minute(redis_client: Redis, clock: SetClock) -> None:
    assert await taken(RedisAllowance(redis_client, limits(1, a_minute=9), clock), 5) == 1
    raised = RedisAllowance(redis_client, limits(2, a_minute=9), clock)
    assert await raised.take(Api.IMAGES, "a") == pytest.approx(6.667)


async def test_asking_how_much_is_left_writes_nothing(redis_client: Redis, clock: SetClock) -> None:
    standing = await RedisAllowance(redis_client, limits(), clock).standing(Api.IMAGES)
    assert (standing.used, standing.reserved, standing.left) == (0, 0, 10)
    assert await redis_client.keys() == []


async def test_without_redis_the_process_counts_on_and_says_so_once(
    line: Line, far_client: Redis, redis_client: Redis, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    allowance = RedisAllowance(far_client, limits(10), clock)
    assert await taken(allowance, 4) == 4
    await line.cut()
    with caplog.at_level(logging.WARNING, "mangaka.allowance"):
        assert await taken(allowance, 3) == 3
        clock.pass_s(6)
        assert await taken(allowance, 9) == 3
    assert [record.message for record in caplog.records] == [
        "Redis does not answer (ConnectionError): this process counts its calls itself until it does"
    ]
    standing = await allowance.standing(Api.IMAGES)
    assert (standing.used, standing.left) == (10, 0)


async def test_a_redis_that_is_away_is_asked_again_after_a_pause(
    line: Line, far_client: Redis, redis_client: Redis, clock: SetClock
) -> None:
    allowance = RedisAllowance(far_client, limits(10), clock)
    assert await taken(allowance, 2) == 2
    await line.cut()
    assert await taken(allowance, 3) == 3
    await line.mend()
    assert await taken(allowance, 1) == 1
    assert await redis_client.get(USED) == "2", "left alone"
    clock.pass_s(6)
    assert await taken(allowance, 1) == 1
    assert await redis_client.get(USED) == "7", "two, four while it was away, and this one"
    assert await taken(allowance, 9) == 3


async def test_other_processes_hear_of_what_was_counted_while_redis_was_away(
    line: Line, far_client: Redis, redis_client: Redis, clock: SetClock
) -> None:
    far, near = RedisAllowance(far_client, limits(10), clock), RedisAllowance(redis_client, limits(10), clock)
    assert (await taken(far, 1), await taken(near, 1)) == (1, 1)
    await line.cut()
    assert await taken(far, 3) == 3
    assert await taken(near, 2) == 2
    await line.mend()
    clock.pass_s(6)
    assert (await far.standing(Api.IMAGES)).used == 7
    assert await taken(near, 9) == 3


async def test_a_redis_that_lost_its_data_grants_no_second_day(redis_client: Redis, clock: SetClock) -> None:
    allowance = RedisAllowance(redis_client, limits(10), clock)
    assert await taken(allowance, 8) == 8
    await redis_client.flushdb()
    assert await taken(allowance, 9) == 2


async def test_what_was_missed_is_told_to_its_own_day_only(
    line: Line, far_client: Redis, redis_client: Redis, clock: SetClock
) -> None:
    allowance = RedisAllowance(far_client, limits(10), clock)
    await taken(allowance, 1)
    await line.cut()
    assert await taken(allowance, 5) == 5
    await line.mend()
    clock.pass_s(24 * 3600)
    assert await taken(allowance, 20) == 10
    assert await redis_client.get("api:rate_limit:images:2026-11-27") == "10"
