"""uvicorn's HTTP, with an end to how long the head of a request may be: one client could fill the memory with it; and
connections that the application can cut, for which ASGI has no word.
"""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

MOST_HEAD_BYTES: Final = 64 * 1024
"""Far above what `server.security.request_guards` takes, whose answer tells what is wrong."""
_CUT: Final = "cut"


class BoundedHttp(HttpToolsProtocol):
    """Counts what arrives until the head of a request is complete; closes the connection when that is too much."""

    _in_head = True
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, _CUT: transport.abort}

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
                self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def _refuse(self) -> None:
        self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()


async def cut(scope: MutableMapping[str, Any]) -> None:
    """Ends a connection at once, with what waits to be read: a polite end would wait for the reader."""
    abort: Callable[[], None] | None = scope.get("state", {}).get(_CUT)
    if abort is not None:
        abort()
        await asyncio.sleep(0)  # the server is told in its next turn
        await asyncio.sleep(0)
