"""Ports: the listener of the service, and those beside it or a worker, at which `answering` serves a few routes.

`telling_figures` is the one at MANGA_METRICS_PORT: `/metrics` for a collector that runs beside the process, on the same
machine or in the same instance of Cloud Run, and sends no token. Only the loopback address answers.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from manga.errors import SetupIncomplete
from server.security.http_head_limits import BoundedHttp

LOOPBACK: Final = "127.0.0.1"
_NAMES: Final = (LOOPBACK, "localhost", "0.0.0.0")
"""A page that has its name point to this machine reads nothing."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The socket. Raises `SetupIncomplete` for an address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        found = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise SetupIncomplete(
            f"The address {host}:{port} cannot be had: {error.strerror or error}.",
            remedy="Choose another with --port (0: any free one).",
        ) from error
    with found:
        # asyncio leaves sockets of a listener that it has not made as they are: each answer whose body comes behind its
        # head would wait 40 ms for the client's word.
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield found


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
    server = UnsignalledServer(config)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def telling_figures(port: int | None, text: Callable[[], Awaitable[bytes]]) -> AsyncIterator[None]:
    """`/metrics` at that port, None: nowhere. Raises `SetupIncomplete`."""
    if port is None:
        yield
        return

    async def metrics(request: Request) -> Response:
        return Response(await text(), media_type=CONTENT_TYPE_LATEST)

    named = Middleware(TrustedHostMiddleware, allowed_hosts=list(_NAMES), www_redirect=False)
    with listening(LOOPBACK, port) as listener:
        async with answering([Route("/metrics", metrics)], listener, (named,)):
            yield


class UnsignalledServer(uvicorn.Server):
    """uvicorn without its own signals: the program has them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
