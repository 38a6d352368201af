"""`mangaka worker`: works on what services have accepted, is watched as a service is, and tells how it is at a port of
its own where MANGA_WORKER_PORT names one: `/healthz`, `/readyz`, `/metrics`.
"""

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from prometheus_client import CONTENT_TYPE_LATEST
from redis.asyncio import Redis
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from manga.errors import SetupIncomplete
from server.listening_ports import answering, listening, telling_figures
from server.metrics import Metrics
from server.readiness import beating, readiness
from server.settings import ServerSettings, is_loopback
from server.telemetry import open_traces
from storage.base import Servers
from storage.database_health import Pulse
from storage.redis import open_redis
from storage.settings import StorageSettings
from works.composition import House, open_house
from works.observers import Watched
from works.queue.worker import keep_working


async def run_worker(
    settings: ServerSettings, storage: StorageSettings, servers: Servers, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Until `stop`. Raises `SetupIncomplete`, and what `open_house` raises."""
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        traces = await stack.enter_async_context(open_traces("worker"))
        watched = Watched((metrics.gauges, traces) if traces else (metrics.gauges,))
        house = await stack.enter_async_context(open_house(storage, servers, stop=stop, watched=watched))
        figures_of = partial(metrics.text, house.pool, 0)
        await stack.enter_async_context(telling_figures(settings.metrics_port, figures_of))
        if settings.worker_port is not None:
            redis = await stack.enter_async_context(open_redis(servers.redis_url))
            pulse = await stack.enter_async_context(beating(house))
            figures = _Figures(settings, house, pulse, redis, metrics, stop)
            await stack.enter_async_context(_telling(settings, figures))
        ready()
        await keep_working(house, stop)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the worker's port answers."""

    settings: ServerSettings
    house: House
    pulse: Pulse
    redis: Redis
    metrics: Metrics
    stop: asyncio.Event

    async def healthz(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        return await readiness(self.pulse, self.redis, self.house.runner.blobs, self.stop)

    async def metrics_text(self, request: Request) -> Response:
        token, sent = self.settings.metrics_token, request.headers.get("authorization", "")
        if token is not None and not hmac.compare_digest(sent.encode(), f"Bearer {token.get_secret_value()}".encode()):
            return Response(status_code=401, headers={"WWW-Authenticate": 'Bearer realm="mangaka"'})
        return Response(await self.metrics.text(self.house.pool, 0), media_type=CONTENT_TYPE_LATEST)


@asynccontextmanager
async def _telling(settings: ServerSettings, figures: _Figures) -> AsyncIterator[None]:
    """Answers at the worker's port as long as the block runs. Raises `SetupIncomplete`."""
    if settings.metrics_token is None and not is_loopback(settings.host):
        raise SetupIncomplete(
            f"Everybody at {settings.host} could read this worker's figures.",
            remedy="Set MANGA_METRICS_TOKEN, or leave MANGA_HOST at 127.0.0.1.",
        )
    routes = [
        Route("/healthz", figures.healthz),
        Route("/readyz", figures.readyz),
        Route("/metrics", figures.metrics_text),
    ]
    with listening(settings.host, settings.worker_port or 0) as listener:
        async with answering(routes, listener):
            yield
