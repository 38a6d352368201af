"""One connection from the stub's side: read a request, send an answer whole, in half or as events, or cut the line."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.gemini.wire import Json, camel

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
PIECES: Final = 4
"""Of an answer that is streamed."""


class Line(H11Protocol):
    """A connection that the application can cut: `scope["state"]["cut"]`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "cut": transport.abort}
        super().connection_made(transport)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer on its way: JSON, or bytes that are none."""

    status: int
    body: Json | bytes

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()

    @property
    def usage(self) -> Json:
        found: Json = self.body.get("usageMetadata", {}) if isinstance(self.body, dict) else {}
        return found


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the way back. The key that came with it is not kept: `caller` is a digest of it, empty without."""

    method: str
    path: str
    body: Json
    caller: str
    server_timeout_s: int | None
    receive: Receive
    send: Send
    cut: Callable[[], None]

    async def answer(self, answered: Answered) -> None:
        await self._send(answered.status, answered.data)

    async def stream(self, answered: Answered, instead: tuple[Answered, ...] | None = None) -> None:
        """The answer in events; `instead` of the last one others, or none."""
        sent = events(answered)
        if instead is not None:
            sent = [*sent[:-1], *instead]
        await self._send(200, b"".join(b"data: " + one.data + b"\r\n\r\n" for one in sent), b"text/event-stream")

    async def answer_half(self, answered: Answered) -> None:
        """Announces all of the answer, sends half of it and closes the connection."""
        await self._send(answered.status, answered.data, share=0.5)
        self.cut()

    async def gone(self) -> None:
        """Waits until the client hangs up."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def _send(self, status: int, data: bytes, kind: bytes = b"application/json", share: float = 1.0) -> None:
        headers = [(b"content-type", kind), (b"content-length", str(len(data)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        sent = data[: int(len(data) * share)]
        await self.send({"type": "http.response.body", "body": sent, "more_body": share < 1})


async def request_of(scope: Any, receive: Receive, send: Send) -> Request:
    headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
    queried = parse_qs(scope["query_string"].decode())
    timeout = headers.get("x-server-timeout")
    body = await _read(receive)
    return Request(
        method=scope["method"],
        path=scope["path"],
        body=camel(json.loads(body)) if body else {},
        caller=caller_of(headers.get("x-goog-api-key") or queried.get("key", [""])[0] or headers.get("authorization")),
        server_timeout_s=int(timeout) if timeout else None,
        receive=receive,
        send=send,
        cut=scope["state"]["cut"],
    )


def caller_of(key: str | None) -> str:
    """Tells programs apart that have keys of their own."""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


def events(answered: Answered) -> list[Answered]:
    """The answer as server-sent events: its last part in pieces, the reason for the end only in the last of them."""
    body = answered.body
    candidate = body["candidates"][0] if isinstance(body, dict) and body.get("candidates") else {}
    parts = candidate.get("content", {}).get("parts") or [{}]
    text = parts[-1].get("text")
    if not isinstance(body, dict) or not text:
        return [answered]
    step = -(-len(text) // PIECES)
    pieces = [{"text": text[at : at + step]} for at in range(0, len(text), step)]
    running = {key: value for key, value in candidate.items() if key != "finishReason"}
    sent = []
    for place, piece in enumerate(pieces, start=1):
        content = {**candidate["content"], "parts": [*(parts[:-1] if place == 1 else ()), piece]}
        now = {**(candidate if place == len(pieces) else running), "content": content}
        sent.append(Answered(200, {**body, "candidates": [now]}))
    return sent
