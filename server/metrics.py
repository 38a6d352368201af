"""What one process tells Prometheus: what it has done, and what is true of all of them: works by state, the queue. That
is read from the database when somebody asks, at most every 5 s (closed works: every minute).
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import generate_latest

from manga.errors import StorageFailed
from storage.base import WorkStatus
from storage.database import Pool, connection
from works.queue.job_queue import SHARED
from works.run_metrics import Gauges

FRESH_S: Final = 5.0
CLOSED_FRESH_S: Final = 60.0
"""Of works that are closed, which are counted one by one: there are many, and nobody waits for their number."""
PATIENCE_S: Final = 2.0
_REQUEST_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# One index each (`works_open`, `works_closed`): the table itself, with its stories and results, is not read.
_OPEN: Final = """
SELECT status, count(*) AS n FROM works WHERE status NOT IN ('completed', 'failed', 'cancelled') GROUP BY status
"""
_CLOSED: Final = """
SELECT status, count(*) AS n FROM works WHERE status IN ('completed', 'failed', 'cancelled') GROUP BY status
"""
_QUEUE: Final = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()) AS ready,
       count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()) AS later,
       count(*) FILTER (WHERE status = 'doing') AS doing
FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = %s
"""
log = logging.getLogger("mangaka.server")


@dataclass(slots=True, eq=False)
class Metrics:
    """Everything that one process tells Prometheus, with a registry of its own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    gauges: Gauges = field(init=False)
    _requests: Histogram = field(init=False)
    _works: Gauge = field(init=False)
    _queue: Gauge = field(init=False)
    _streams: Gauge = field(init=False)
    _up: Gauge = field(init=False)
    _read_at: float = float("-inf")
    _closed_at: float = float("-inf")
    _counted: dict[str, int] = field(default_factory=dict)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        own = self.registry
        self.gauges = Gauges(own)
        self._requests = Histogram(
            "mangaka_request_seconds",
            "From a request to the beginning of its answer.",
            ["method", "route", "status"],
            buckets=_REQUEST_S,
            registry=own,
        )
        self._works = Gauge("mangaka_works", "Works of all tenants, by state.", ["status"], registry=own)
        self._queue = Gauge(
            "mangaka_queue_jobs", "Jobs that wait for a worker or their time, or are done.", ["due"], registry=own
        )
        self._streams = Gauge("mangaka_stream_clients", "Streams that are open on this replica.", registry=own)
        self._up = Gauge("mangaka_database_up", "Whether the database answered when it was asked last.", registry=own)
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """See `server.request_logging.Timed`."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    async def text(self, pool: Pool, streams: int) -> bytes:
        """In Prometheus' own format. While the database is away the last that was known of it."""
        self._streams.set(streams)
        async with self._reading:
            if time.monotonic() - self._read_at > FRESH_S:
                await self._read(pool)
                self._read_at = time.monotonic()
        return generate_latest(self.registry)

    async def _read(self, pool: Pool) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S), connection(pool) as conn:
                found = {row["status"]: row["n"] async for row in await conn.execute(_OPEN)}
                if time.monotonic() - self._closed_at > CLOSED_FRESH_S:
                    self._counted = {row["status"]: row["n"] async for row in await conn.execute(_CLOSED)}
                    self._closed_at = time.monotonic()
                jobs = await (await conn.execute(_QUEUE, (SHARED,))).fetchone()
        except (StorageFailed, TimeoutError) as error:
            log.warning("works and jobs were not counted: %s", type(error).__name__)
            self._up.set(0)
            return
        self._up.set(1)
        found |= self._counted
        for status in WorkStatus:
            self._works.labels(status.value).set(found.get(status.value, 0))
        for due in ("ready", "later", "doing"):
            self._queue.labels(due).set(jobs[due] if jobs else 0)
