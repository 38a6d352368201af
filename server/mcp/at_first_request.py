"""What answers at `/mcp`. The protocol's library takes half a second and 23 MB to load, and most services are never
asked by an agent: the first request loads it.
"""

import asyncio
from importlib import import_module

from starlette.types import ASGIApp, Receive, Scope, Send

from server.mcp.caller import Backend


class AtFirstRequest:
    """`run` owns what the first request opens, for a task group ends in the task that began it."""

    def __init__(self, backend: Backend, most_body_bytes: int) -> None:
        self._backend = backend
        self._most_body_bytes = most_body_bytes
        self._wanted = asyncio.Event()
        self._opened: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._wanted.wait()
        protocol = await asyncio.to_thread(import_module, "server.mcp.protocol")
        async with protocol.open_http(self._backend, self._most_body_bytes) as answers:
            if self._opened.done():  # it begins again after a failure
                self._opened = asyncio.get_running_loop().create_future()
            self._opened.set_result(answers)
            await asyncio.Event().wait()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._wanted.set()
        answers = await asyncio.shield(self._opened)
        await answers(scope, receive, send)
