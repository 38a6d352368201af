"""The composition root of the service: everything opened and wired, closed in order."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Depends
from redis.asyncio import Redis
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp

from manga.errors import MangaError
from server.mcp.at_first_request import AtFirstRequest
from server.mcp.caller import Backend
from server.metrics import Metrics
from server.readiness import beating
from server.security.concurrency_limits import Intake, Seats
from server.security.identity import Identify
from server.security.signed_links import LinkSigner, Signing, signing_by
from server.settings import ServerSettings
from server.streams.outbox_poller import Watch
from server.streams.redis_hub import Hub
from server.telemetry import Traces, open_traces
from storage.base import Servers
from storage.database_health import Pulse
from storage.encryption import Seals, keys_of
from storage.redis import WorkCache, new_blocking_redis, open_redis
from storage.settings import StorageSettings
from storage.tenant_limits import RequestLimit
from works.composition import Furnish, House, open_house, unchanged_services
from works.delivery.exports import ExportFile
from works.delivery.webhook_delivery import Webhooks
from works.observers import Watched
from works.queue.job_queue import end_tasks
from works.queue.worker import keep_working, paused

RELAY_EVERY_S = 0.5
ACCEPTED_AT_ONCE = 3
"""Works. Those of one tenant are counted one after another, and each waits with a connection: readers need the rest."""
AGAIN_AFTER_S = 1.0
log = logging.getLogger("mangaka.server")


@dataclass(frozen=True, slots=True)
class Rooms:
    """What routes work with. `draining` is set when the service is to stop: streams end themselves then."""

    house: House
    pulse: Pulse
    redis: Redis
    hub: Hub
    settings: ServerSettings
    identify: Identify
    draining: asyncio.Event
    signing: Signing
    requests: RequestLimit
    watch: Watch
    seats: Seats
    intake: Intake
    accepting: asyncio.Semaphore
    metrics: Metrics
    webhooks: Webhooks
    traces: Traces | None
    mcp: ASGIApp

    async def figures(self) -> bytes:
        """For Prometheus; see `server.metrics`."""
        return await self.metrics.text(self.house.pool, self.hub.followers)


async def rooms(connection: HTTPConnection) -> Rooms:
    """For routes: what they work with."""
    found: Rooms = connection.app.state.rooms
    return found


Open = Annotated[Rooms, Depends(rooms)]


@asynccontextmanager
async def open_rooms(
    settings: ServerSettings,
    storage: StorageSettings,
    servers: Servers,
    identify: Identify,
    *,
    furnish: Furnish = unchanged_services,
) -> AsyncIterator[Rooms]:
    """Raises `DatabaseUnreachable`, `CacheUnreachable`, `SetupIncomplete`, ... before anything is begun."""
    draining = asyncio.Event()
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        traces = await stack.enter_async_context(open_traces("serve"))
        watched = Watched((metrics.gauges, traces) if traces else (metrics.gauges,))
        signing = await asyncio.to_thread(signing_by, settings, storage.home_dir)
        house = await stack.enter_async_context(
            open_house(storage, servers, stop=draining, watched=watched, furnish=furnish)
        )
        pulse = await stack.enter_async_context(beating(house))
        redis = await stack.enter_async_context(open_redis(servers.redis_url))
        blocking = new_blocking_redis(servers.redis_url)
        stack.push_async_callback(blocking.aclose, close_connection_pool=True)
        hub = Hub(redis, blocking)
        watch = Watch(house.pool, hub)
        await stack.enter_async_context(_kept_up(hub.run))
        await stack.enter_async_context(_kept_up(lambda: watch.run(draining)))
        await stack.enter_async_context(_kept_up(lambda: _relay_always(house, WorkCache(redis))))
        webhooks = Webhooks(house.pool, seals=Seals(keys_of(storage)))
        await stack.enter_async_context(_kept_up(webhooks.run))
        if settings.workers_inside:
            # Left last in: the workers park what they do while everything else still stands.
            await stack.enter_async_context(_kept_up(lambda: keep_working(house, draining), stop=draining))
        requests = RequestLimit(redis, settings.requests_a_minute)
        seats = Seats(settings.streams_a_tenant)
        accepting, files = asyncio.Semaphore(ACCEPTED_AT_ONCE), partial(link_to, signing.links, settings.link_seconds)
        backend = Backend(house, seats, accepting, settings.works_a_day, draining, files)
        mcp = AtFirstRequest(backend, settings.max_body_bytes)
        await stack.enter_async_context(_kept_up(mcp.run))
        yield Rooms(
            house, pulse, redis, hub, settings, identify, draining, signing, requests, watch, seats, Intake(),
            accepting, metrics, webhooks, traces, mcp,
        )  # fmt: skip
        draining.set()


async def link_to(links: LinkSigner, seconds: int, made: ExportFile, base: str) -> str:
    """Where an agent's person gets the file without a token, for minutes."""
    link = await links.link_to(made.blobs, made.blob, made.format.media_type, seconds)
    return base + link if link.startswith("/") else link


@asynccontextmanager
async def _kept_up(
    work: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event | None = None
) -> AsyncIterator[None]:
    """Runs beside the block, again when it breaks off; at its end it is cancelled, or with `stop` waited for."""
    task = asyncio.create_task(_again_and_again(work, stop or asyncio.Event()))
    try:
        yield
    finally:
        if stop is None:
            await end_tasks(task)
        else:
            stop.set()
        await asyncio.gather(task, return_exceptions=True)


async def _again_and_again(work: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await work()
            return
        except Exception as error:  # the boundary of what a service does by itself: it would be missed silently
            log.error("what runs beside the service begins again after %s", type(error).__name__, exc_info=error)
        await paused(stop, AGAIN_AFTER_S)


async def _relay_always(house: House, cache: WorkCache) -> None:
    """Events that nobody has relayed yet: of a process that died, of a Redis that was away."""
    while True:
        try:
            while await cache.relay_events(house.pool):
                pass
        except MangaError as error:  # the database is away: the next round finds what waits
            level = logging.DEBUG if house.pool.door.closed else logging.WARNING  # that is told once
            log.log(level, "events were not relayed: %s", type(error).__name__)
        await asyncio.sleep(RELAY_EVERY_S)
