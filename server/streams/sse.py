"""A stream of server-sent events as a response: heartbeats, readers that leave, and readers that do not read.

uvicorn holds back who sends more than is read; a reader that takes nothing for `patience_s` is cut off, because the
bytes that wait for it would keep its connection open for as long as it likes.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, aclosing, nullcontext
from typing import Final

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from server.security.http_head_limits import cut
from works.queue.job_queue import end_tasks

HEARTBEAT_S: Final = 15.0
RETRY: Final = b"retry: 300\n\n"
PING: Final = b": ping\n\n"
_IN_A_ROW: Final = 4
"""Pieces, before the loop may tell that the reader has gone: asyncio logs every further write to a lost connection."""


def sse(data: str, *, event: str, id: str) -> bytes:
    """One event. `data` is JSON in one line."""
    return f"event: {event}\nid: {id}\ndata: {data}\n\n".encode()


class EventStream(Response):
    """Sends what a generator of encoded events gives, and `last_words` at its end. `seat` is held as long as the stream
    is open; what it raises is answered in the stream's place."""

    media_type = "text/event-stream"

    def __init__(
        self,
        told: AsyncGenerator[bytes],
        *,
        patience_s: float,
        seat: AbstractContextManager[None] | None = None,
        heartbeat_s: float = HEARTBEAT_S,
        last_words: Callable[[], bytes] = bytes,
    ) -> None:
        super().__init__(None, headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self.told, self.seat, self.last_words = told, seat or nullcontext(), last_words
        self.patience_s, self.heartbeat_s = patience_s, heartbeat_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ends when everything is told, the reader leaves, or it does not read."""
        with self.seat:
            line = _Line(send, self.patience_s)
            await line.put({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            jobs = [asyncio.create_task(job) for job in (self._tell(line), self._beat(line), _left(receive))]
            try:
                await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await end_tasks(*jobs)
        errors = [job.exception() for job in jobs if not job.cancelled()]
        if line.unread:
            await cut(scope)
            return
        for error in errors:
            if error is not None:
                raise error

    async def _tell(self, line: "_Line") -> None:
        await line.body(RETRY)
        async with aclosing(self.told):
            async for piece in self.told:
                await line.body(piece)
        if words := self.last_words():
            await line.body(words)
        await line.put({"type": "http.response.body", "body": b"", "more_body": False})

    async def _beat(self, line: "_Line") -> None:
        """A comment when nothing was sent for a while: whatever stands between closes silent connections."""
        while True:
            quiet = time.monotonic() - line.sent_at
            await asyncio.sleep(max(0.01, self.heartbeat_s - quiet))
            if time.monotonic() - line.sent_at >= self.heartbeat_s:
                await line.body(PING)


class _Line:
    """Sends one thing after another, each within the reader's patience."""

    def __init__(self, send: Send, patience_s: float) -> None:
        self._send, self._patience_s = send, patience_s
        self._turn = asyncio.Lock()
        self.sent_at = time.monotonic()
        self.unread = False
        self._sent = 0

    async def body(self, piece: bytes) -> None:
        await self.put({"type": "http.response.body", "body": piece, "more_body": True})

    async def put(self, message: Message) -> None:
        async with self._turn:
            try:
                async with asyncio.timeout(self._patience_s):
                    await self._send(message)
            except TimeoutError:
                self.unread = True
                raise
            self.sent_at = time.monotonic()
        self._sent += 1
        if self._sent % _IN_A_ROW == 0:
            await asyncio.sleep(0)


async def _left(receive: Receive) -> None:
    """Until the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
