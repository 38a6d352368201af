"""Redis: the spec's keys, the relay, and a work that does not care when Redis is away."""

import json
import logging
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from manga.errors import CacheUnreachable
from manga.phases import Phase
from storage import event_outbox, works
from storage.base import EventType, WorkStatus
from storage.database import Pool, transaction
from storage.redis import (
    WorkCache,
    new_blocking_redis,
    new_redis,
    open_redis,
    progress_channel,
    progress_note,
    stream_key,
)

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 25, tzinfo=UTC)
WORK = UUID(int=1)


async def test_the_metadata_and_last_results_are_where_the_spec_puts_them_for_a_day(redis_client: Redis) -> None:
    cache = WorkCache(redis_client)
    assert await cache.write_metadata(WORK, status=WorkStatus.PROCESSING, module=5, created_at=NOW, updated_at=NOW)
    assert await cache.write_checkpoint(WORK, Phase.ARTWORK, {"panels": "絵"})
    metadata, checkpoint = f"request:{WORK}:metadata", f"request:{WORK}:module5:checkpoint"
    assert await redis_client.hget(metadata, "status") == "processing"
    assert json.loads(str(await redis_client.get(checkpoint))) == {"panels": "絵"}
    for key in (metadata, checkpoint):
        assert 86_000 < await redis_client.ttl(key) <= 86_400
    assert (await cache.read_metadata(WORK))["module"] == "5"
    assert await cache.read_checkpoint(WORK, Phase.ARTWORK) == {"panels": "絵"}
    assert await cache.read_checkpoint(WORK, Phase.PLOT) is None


async def test_progress_reaches_a_listener(redis_client: Redis, redis_url: str) -> None:
    blocking = new_blocking_redis(redis_url)
    async with blocking, blocking.pubsub() as listener:
        await listener.subscribe(progress_channel(WORK))
        await listener.get_message(timeout=2)
        notes = [progress_note(Phase.ARTWORK, number, 40) for number in (12, 13)]
        assert await WorkCache(redis_client).publish_progress(WORK, notes)
        message, more = [await listener.get_message(ignore_subscribe_messages=True, timeout=2) for _ in notes]
    await blocking.connection_pool.disconnect()
    assert message is not None
    assert more is not None
    assert json.loads(more["data"]) == notes[1]
    note = json.loads(message["data"])
    assert datetime.fromisoformat(note.pop("timestamp")).tzinfo is UTC
    assert note == {"phase": 5, "completed": 12, "total": 40, "percentage": 30.0}


async def _work_with_events(pool: Pool, *types: EventType) -> UUID:
    async with transaction(pool) as conn:
        work = (
            await works.accept(
                conn, work_id=uuid4(), tenant="t", request_id=uuid4().hex, request_digest="d", brief={"text": "x"}
            )
        ).work
        for kind in types:
            await event_outbox.append_event(conn, work.id, kind, {"n": 1})
    return work.id


async def test_events_go_from_the_outbox_to_the_stream_once_and_in_order(pool: Pool, redis_client: Redis) -> None:
    cache = WorkCache(redis_client)
    work_id = await _work_with_events(pool, EventType.PHASE_STARTED, EventType.PHASE_COMPLETE)
    assert await cache.relay_events(pool) == 2
    assert await cache.relay_events(pool) == 0
    entries: list[tuple[str, dict[str, str]]] = await redis_client.xrange(stream_key(work_id))  # type: ignore[assignment]
    told = [json.loads(fields["event"]) for _, fields in entries]
    assert [entry["type"] for entry in told] == ["phase_started", "phase_complete"]
    assert [stream_id for stream_id, _ in entries] == [f"{entry['id']}-0" for entry in told]
    assert told[0]["data"] == {"n": 1}
    assert told[0]["work_id"] == str(work_id)
    assert 86_000 < await redis_client.ttl(stream_key(work_id)) <= 86_400


async def test_a_relay_that_died_before_it_said_so_does_not_send_twice(pool: Pool, redis_client: Redis) -> None:
    work_id = await _work_with_events(pool, EventType.PARKED)
    cache = WorkCache(redis_client)
    await cache.relay_events(pool)
    async with transaction(pool) as conn:
        await conn.execute("UPDATE events SET relayed = false")
    assert await cache.relay_events(pool) == 1
    assert await redis_client.xlen(stream_key(work_id)) == 1


async def test_a_dead_redis_costs_one_warning_and_no_work(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    now = 100.0
    client = new_redis("redis://:s3cret@127.0.0.1:1/0")
    cache = WorkCache(client, clock=lambda: now)
    await _work_with_events(pool, EventType.PARKED)
    with caplog.at_level(logging.WARNING):
        assert not await cache.publish_progress(WORK, [progress_note(Phase.ARTWORK, 1, 2)])
        assert not await cache.write_checkpoint(WORK, Phase.PLOT, {})
        assert await cache.read_metadata(WORK) == {}
        assert await cache.relay_events(pool) == 0
        assert len(caplog.records) == 1
        now += 6
        assert not await cache.write_metadata(WORK, status=WorkStatus.NEW, module=0, created_at=NOW, updated_at=NOW)
        assert len(caplog.records) == 2
    assert "s3cret" not in caplog.text
    assert "the progress was not published" in caplog.text
    await client.aclose(close_connection_pool=True)
    async with transaction(pool) as conn:
        assert len(await event_outbox.claim_unrelayed(conn)) == 1


async def test_a_redis_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(CacheUnreachable) as caught:
        async with open_redis("redis://:s3cret@127.0.0.1:1/0"):
            pytest.fail("it answered")
    assert "s3cret" not in caught.value.message
    assert "MANGA_REDIS_URL" in caught.value.remedy
    with pytest.raises(CacheUnreachable, match="not a Redis URL"):
        async with open_redis("http://example.invalid"):
            pytest.fail("it opened")
