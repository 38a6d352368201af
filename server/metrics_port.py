"""A port beside the service or the worker, for what watches it: `answering` serves a few routes at a listener.

`telling_figures` is the one at MANGA_METRICS_PORT: `/metrics` for a collector that runs beside the process, on the same
machine or in the same instance of Cloud Run, and sends no token. Only the loopback address answers.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from typing import Final, TypeAlias

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.security.http_head_limits import BoundedHttp

LOOPBACK: Final = "127.0.0.1"
_NAMES: Final = (LOOPBACK, "localhost", "0.0.0.0")
"""A page that has its name point to this machine reads nothing."""


Listen: TypeAlias = Callable[[str, int], AbstractContextManager[socket.socket]]


@asynccontextmanager
async def answering(
    routes: list[Route], listener: socket.socket, middleware: tuple[Middleware, ...] = ()
) -> AsyncIterator[None]:
    """These routes at the listener, as long as the block runs."""
    config = uvicorn.Config(
        Starlette(routes=routes, middleware=middleware),
        http=BoundedHttp,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    server = _Quiet(config)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def telling_figures(
    port: int | None, listen: Listen, text: Callable[[], Awaitable[bytes]]
) -> AsyncIterator[None]:
    """`/metrics` at that port, None: nowhere. `listen` opens a listener at an address; raises what it raises."""
    if port is None:
        yield
        return

    async def metrics(request: Request) -> Response:
        return Response(await text(), media_type=CONTENT_TYPE_LATEST)

    named = Middleware(TrustedHostMiddleware, allowed_hosts=list(_NAMES), www_redirect=False)
    with listen(LOOPBACK, port) as listener:
        async with answering([Route("/metrics", metrics)], listener, (named,)):
            yield


class _Quiet(uvicorn.Server):
    """uvicorn without its own signals: the program has them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
