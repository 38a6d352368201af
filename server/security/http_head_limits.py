"""uvicorn's HTTP, with an end to how long the head of a request may be and how long it may take: one client could fill
the memory with it, many could hold all connections; and connections that the application can cut, for which ASGI has no
word.
"""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

MOST_HEAD_BYTES: Final = 64 * 1024
"""Far above what `server.security.request_guards` takes, whose answer tells what is wrong."""
HEAD_S: Final = 10.0
"""From a connection's beginning, or the first byte of a further request, to the end of the head. Between requests
uvicorn itself closes what is silent."""
_CUT: Final = "cut"


class BoundedHttp(HttpToolsProtocol):
    """Counts what arrives until the head of a request is complete; closes the connection when that is too much, or
    takes too long."""

    _in_head = True
    _head_bytes = 0
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, _CUT: transport.abort}
        self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
                self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._begin_head()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._end_head()
        super().on_headers_complete()

    def _begin_head(self) -> None:
        if self._slow is None:
            self._slow = self.loop.call_later(HEAD_S, self._refuse, 408)

    def _end_head(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def _refuse(self, status: int = 431) -> None:
        self._slow = None
        if self.transport.is_closing():
            return
        self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()


async def cut(scope: MutableMapping[str, Any]) -> None:
    """Ends a connection at once, with what waits to be read: a polite end would wait for the reader."""
    abort: Callable[[], None] | None = scope.get("state", {}).get(_CUT)
    if abort is not None:
        abort()
        await asyncio.sleep(0)  # the server is told in its next turn
        await asyncio.sleep(0)
