"""Logs every request: an id, a line in the log, its time, and a span.

A line names the route as it is written (`/v1/works/{work_id}`), never an address: paths hold names of files and signed
links, queries hold whatever was typed. A tenant is a digest of its name.
"""

import hashlib
import logging
import re
import time
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.security.identity import ADMITTED, Principal
from works.observers import Marks, marked

HEADER: Final = "X-Request-Id"
PREFIXES: Final = frozenset({"/v1"})
NO_ROUTE: Final = "none"
"""Of an address that nothing is at."""
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAME: Final = HEADER.lower().encode()
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "WS"})
_QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics"})
log = logging.getLogger("mangaka.access")

Traced = Callable[[Scope, Marks], AbstractContextManager[Callable[[str, int], None]]]
"""Around a request; is told its route and status."""


class Timed(Protocol):
    """Is told of every request that was answered: how long its answer's beginning took, in seconds."""

    def answered(self, method: str, route: str, status: int, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Observed:
    """ASGI middleware, outside all others: what fails in them is seen too."""

    app: ASGIApp
    timed: Timed | None = None
    traced: Traced | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        own = Marks(request=request_id(scope), work=None)
        answer = _Answer(send, str(own.request))
        with marked(own):
            try:
                if self.traced is None:
                    await self.app(scope, receive, answer)
                else:
                    with self.traced(scope, own) as told:
                        await self.app(scope, receive, answer)
                        told(route_of(scope), answer.status)
            finally:
                own.work = work_of(scope)
                self._tell(scope, answer)

    def _tell(self, scope: Scope, answer: "_Answer") -> None:
        route, method = route_of(scope), method_of(scope)
        if self.timed is not None and scope["type"] == "http":
            self.timed.answered(method, route, answer.status, answer.seconds)
        if scope["path"] in _QUIET and answer.status < 500:
            return
        who = scope.get(ADMITTED)
        log.info(
            "%s %s %d",
            method,
            route,
            answer.status,
            extra={
                "method": method,
                "route": route,
                "status": answer.status,
                "ms": round((time.monotonic() - answer.since) * 1000, 1),
                "bytes": answer.sent,
                "tenant": tenant_mark(who.tenant) if isinstance(who, Principal) else None,
            },
        )


@dataclass(slots=True)
class _Answer:
    """Sends, with the request's id, and looks at what is sent. `status` 499: the client left before."""

    send: Send
    request: str
    since: float = field(default_factory=time.monotonic)
    status: int = 499
    seconds: float = 0.0
    sent: int = 0

    async def __call__(self, message: Message) -> None:
        kind = message["type"]
        if kind in ("http.response.start", "websocket.accept"):
            self.status = int(message.get("status", 101))
            self.seconds = time.monotonic() - self.since
            message = {**message, "headers": [*message.get("headers", ()), (_NAME, self.request.encode())]}
        elif kind == "http.response.body":
            self.sent += len(message.get("body", b""))
        elif kind == "websocket.close":
            self.status = int(message.get("code", 1000))
        await self.send(message)


def request_id(scope: MutableMapping[str, Any]) -> str:
    """The one that was sent, when it is one; else a new one."""
    sent = [value for name, value in scope["headers"] if name == _NAME]
    if len(sent) == 1 and (found := sent[0].decode("latin-1")) and _ID.fullmatch(found):
        return str(found)
    return uuid4().hex


def method_of(scope: MutableMapping[str, Any]) -> str:
    """`WS` of a WebSocket. Whatever nobody here answers is one word: figures by method stay few."""
    method = str(scope.get("method", "WS"))
    return method if method in _METHODS else "OTHER"


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The route as it is written, without what was asked for."""
    route = scope.get("route")
    written = getattr(route, "path_format", None) or getattr(route, "path", None)
    if written is None:
        return NO_ROUTE
    # A route knows only its own part; what stands before it (`/v1`) is what is left of the address.
    try:
        asked = written.format_map(scope.get("path_params") or {})
    except KeyError:
        return str(written)
    prefix = scope["path"].removesuffix(asked)
    return f"{prefix}{written}" if prefix in PREFIXES else str(written)


def work_of(scope: MutableMapping[str, Any]) -> UUID | None:
    """The work that the address names."""
    found = (scope.get("path_params") or {}).get("work_id")
    try:
        return UUID(str(found)) if found else None
    except ValueError:
        return None


def tenant_mark(tenant: str) -> str:
    """What logs have of a tenant: the same for the same, and not its name."""
    return hashlib.sha256(tenant.encode()).hexdigest()[:12]
