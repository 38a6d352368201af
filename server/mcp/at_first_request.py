"""What answers at `/mcp`. The protocol's library takes half a second and 23 MB to load, and most services are never
asked by an agent: the first request loads it.
"""

import asyncio
from importlib import import_module
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from manga.errors import MangaError
from server.mcp.caller import Backend

PATIENCE_S: Final = 20.0
"""Of a request, for the library. It takes longer only where it cannot be loaded; the log says why."""


class ProtocolNotLoaded(MangaError):
    """The library of the agents' protocol is not loaded yet."""

    code = "protocol_not_loaded"
    http_status = 503
    default_remedy = "Send it again in a few seconds."


class AtFirstRequest:
    """`run` owns what the first request opens, for a task group ends in the task that began it."""

    def __init__(self, backend: Backend, most_body_bytes: int) -> None:
        self._backend = backend
        self._most_body_bytes = most_body_bytes
        self._wanted = asyncio.Event()
        self._opened: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Until it is cancelled. After an error it can be called again."""
        await self._wanted.wait()
        protocol = await asyncio.to_thread(import_module, "server.mcp.protocol")
        async with protocol.open_http(self._backend, self._most_body_bytes) as answers:
            self._opened.set_result(answers)
            try:
                await asyncio.Event().wait()
            finally:  # who comes from now on waits for the next that is opened
                self._opened = asyncio.get_running_loop().create_future()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises `ProtocolNotLoaded`."""
        self._wanted.set()
        try:
            answers = await asyncio.wait_for(asyncio.shield(self._opened), PATIENCE_S)
        except TimeoutError:
            raise ProtocolNotLoaded from None
        await answers(scope, receive, send)
