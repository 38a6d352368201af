"""Redis: clients that give up soon, the spec's keys for quick reads, progress, and the relay of events.

Redis holds nothing that a work needs. Whatever `WorkCache` cannot write is said in one warning and left out.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError, RedisError, ResponseError

from manga.errors import CacheUnreachable, MangaError
from manga.phases import Phase
from storage.base import Event, Json, WorkStatus
from storage.database import Pool, first_line, shown, transaction
from storage.event_outbox import claim_unrelayed, envelope, mark_relayed

TTL_S = 86_400
STREAM_LENGTH = 10_000
RELAY_REST_S = 0.02
"""Between two relays of one process: what many works tell meanwhile goes in one go."""
SOCKET_TIMEOUT_S = 1.5
log = logging.getLogger("mangaka.redis")

Client = Redis
T = TypeVar("T")


def new_redis(url: str, *, max_connections: int = 16) -> Client:
    """A client for commands: at most 16 connections (a caller waits 1.5 s for one), 1.5 s a call, one retry where
    the connection was lost, text answers."""
    return Redis(connection_pool=_pool(url, max_connections, SOCKET_TIMEOUT_S), decode_responses=True)


def new_blocking_redis(url: str, *, max_connections: int = 4) -> Client:
    """A client for blocking reads (`XREAD BLOCK`, pub/sub), which may take as long as they like."""
    return Redis(connection_pool=_pool(url, max_connections, None), decode_responses=True)


def _pool(url: str, max_connections: int, socket_timeout: float | None) -> BlockingConnectionPool:
    # redis-py's own retry of ten attempts turns one lost connection into a wait of 14 s. A server that was silent for a
    # whole time-out is not asked again.
    return BlockingConnectionPool.from_url(
        url,
        max_connections=max_connections,
        timeout=SOCKET_TIMEOUT_S,
        socket_timeout=socket_timeout,
        socket_connect_timeout=SOCKET_TIMEOUT_S,
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), 1, supported_errors=(ConnectionError,)),
        health_check_interval=30,
        decode_responses=True,
    )


@asynccontextmanager
async def open_redis(url: str) -> AsyncIterator[Client]:
    """The client, checked once. Raises `CacheUnreachable`."""
    try:
        client = new_redis(url)
    except ValueError as error:
        raise CacheUnreachable(f"{shown(url)} is not a Redis URL: {first_line(error)}") from error
    try:
        try:
            await client.ping()
        except (RedisError, OSError) as error:
            raise CacheUnreachable(f"Redis at {shown(url)} does not answer: {first_line(error)}") from error
        yield client
    finally:
        await client.aclose(close_connection_pool=True)


def metadata_key(work_id: UUID) -> str:
    return f"request:{work_id}:metadata"


def checkpoint_key(work_id: UUID, phase: Phase) -> str:
    return f"request:{work_id}:module{phase.number}:checkpoint"


def progress_channel(work_id: UUID) -> str:
    return f"progress:{work_id}"


def stream_key(work_id: UUID) -> str:
    return f"events:{work_id}"


def graph_key(work_id: UUID) -> str:
    return f"graph:{work_id}"


def graph_wanted_key(work_id: UUID) -> str:
    return f"graph:{work_id}:wanted"


def graph_ends_key(work_id: UUID) -> str:
    """The runs whose end is told."""
    return f"graph:{work_id}:ends"


async def forget_work(client: Client, work_id: UUID) -> None:
    """Everything that Redis keeps of a work. Redis may be away: its keys end by themselves."""
    keys = [metadata_key(work_id), stream_key(work_id), *(checkpoint_key(work_id, phase) for phase in Phase)]
    keys += [graph_key(work_id), graph_wanted_key(work_id), graph_ends_key(work_id)]
    with suppress(RedisError, OSError):
        await client.delete(*keys)


@dataclass(slots=True)
class OptionalRedis:
    """A Redis that nothing depends on: no method raises when it is away. After a failure it is left alone for
    `pause_s`, so that a dead server costs one time-out, not hundreds. `clock` tells seconds."""

    client: Client
    pause_s: float = 5.0
    clock: Callable[[], float] = time.monotonic
    _away_until: float = field(default=0.0, init=False)

    async def _tried(self, lost: str, action: Callable[[], Awaitable[T]]) -> T | None:
        """The action's answer; None, and one warning that says what is lost, when Redis does not do it."""
        if self.clock() < self._away_until:
            return None
        try:
            return await action()
        except (RedisError, OSError) as error:
            self._away_until = self.clock() + self.pause_s
            log.warning("Redis does not answer (%s): %s", first_line(error), lost)
            return None


@dataclass(slots=True)
class WorkCache(OptionalRedis):
    """What Redis keeps of works: each method answers whether (or what) it could."""

    _asked: bool = field(default=False, init=False)
    _relaying: "asyncio.Task[None] | None" = field(default=None, init=False)

    async def write_metadata(
        self, work_id: UUID, *, status: WorkStatus, module: int, created_at: datetime, updated_at: datetime
    ) -> bool:
        """The hash `request:{work_id}:metadata`, for 24 h. `module` is the phase's number, 0 before the first."""
        fields: dict[str | bytes | bytearray | memoryview[int] | int | float, Any] = {
            "status": status.value,
            "module": str(module),
            "created_at": created_at.isoformat(),
            "updated_at": updated_at.isoformat(),
        }
        key = metadata_key(work_id)
        async with self.client.pipeline(transaction=True) as pipe:
            pipe.hset(key, mapping=fields)
            pipe.expire(key, TTL_S)
            return await self._tried("the metadata was not written", pipe.execute) is not None

    async def read_metadata(self, work_id: UUID) -> dict[str, str]:
        """The hash; empty when there is none."""
        key = metadata_key(work_id)
        found = await self._tried("the metadata was not read", lambda: self.client.hgetall(key))
        return {str(name): str(value) for name, value in (found or {}).items()}

    async def write_checkpoint(self, work_id: UUID, phase: Phase, content: Json) -> bool:
        """The phase's last result as JSON, for 24 h."""
        text = json.dumps(content, ensure_ascii=False)
        key = checkpoint_key(work_id, phase)
        lost = "the last result was not written"
        return await self._tried(lost, lambda: self.client.set(key, text, ex=TTL_S)) is not None

    async def read_checkpoint(self, work_id: UUID, phase: Phase) -> Json | None:
        """The phase's last result, None when it is not there."""
        key = checkpoint_key(work_id, phase)
        text = await self._tried("the last result was not read", lambda: self.client.get(key))
        found: Json | None = json.loads(text) if text else None
        return found

    async def publish_progress(self, work_id: UUID, notes: Sequence[Json]) -> bool:
        """Sends each of these, `{phase, completed, total, percentage, timestamp}`, to the channel
        `progress:{work_id}`."""
        async with self.client.pipeline(transaction=False) as pipe:
            for note in notes:
                pipe.publish(progress_channel(work_id), json.dumps(note))
            return await self._tried("the progress was not published", pipe.execute) is not None

    def relay_soon(self, pool: Pool) -> None:
        """Relays what waits, beside the caller. Whoever asks while that is done already has it done once more after it:
        the more works tell something at once, the more of it goes in one go."""
        self._asked = True
        if self._relaying is None:
            self._relaying = asyncio.create_task(self._relay_asked(pool))

    async def settled(self) -> None:
        """What was begun is over: before its pool and its client are closed."""
        if self._relaying is not None:
            await self._relaying

    async def _relay_asked(self, pool: Pool) -> None:
        try:
            while self._asked:
                self._asked = False
                await self.relay_events(pool)
                await asyncio.sleep(RELAY_REST_S)
        except MangaError as error:  # they wait in the outbox for whoever looks there next
            log.warning("events were not relayed: %s", error.code)
        finally:
            self._relaying = None

    async def relay_events(self, pool: Pool, *, limit: int = 200) -> int:
        """Copies events of the outbox to the streams `events:{work_id}` and answers how many. Each entry has the id
        `{event id}-0` and the fields `event` (the envelope as JSON), `type`, and `before` (the id of the work's event
        before it); an event that is there already is not written twice.
        """
        async with transaction(pool) as conn:
            events = await claim_unrelayed(conn, limit=limit)
            if not events:
                return 0
            relayed = await self._tried("events wait in the outbox", lambda: self._add_to_streams(events)) or []
            await mark_relayed(conn, relayed)
        return len(relayed)

    async def _add_to_streams(self, events: Sequence[tuple[Event, int]]) -> list[int]:
        async with self.client.pipeline(transaction=False) as pipe:
            for event, before in events:
                text = json.dumps(envelope(event), ensure_ascii=False)
                pipe.xadd(
                    stream_key(event.work_id),
                    {"event": text, "type": event.type.value, "before": str(before)},
                    id=f"{event.id}-0",
                    maxlen=STREAM_LENGTH,
                    approximate=True,
                )
            for work_id in {event.work_id for event, _ in events}:
                pipe.expire(stream_key(work_id), TTL_S)
            answers = await pipe.execute(raise_on_error=False)
        return [event.id for (event, _), answer in zip(events, answers, strict=False) if _is_in_stream(answer)]


def _is_in_stream(answer: object) -> bool:
    return not isinstance(answer, Exception) or (
        isinstance(answer, ResponseError) and "equal or smaller" in str(answer)
    )


def progress_note(phase: Phase, completed: int, total: int) -> Json:
    """The progress message; `percentage` has one decimal."""
    percentage = round(100 * completed / total, 1) if total else 0.0
    now = datetime.now(UTC).isoformat()
    return {"phase": phase.number, "completed": completed, "total": total, "percentage": percentage, "timestamp": now}
