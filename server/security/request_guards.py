"""Guards before every route: who may come in, how often, with what; and the headers that every answer carries.

Nothing is open unless it is named here: a route that is added needs a token by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit
from uuid import UUID

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from manga.errors import Forbidden, MangaError, UserError
from server.problem_json import problem_of
from server.security.body_validation import check_kind, has_body, read_json
from server.security.identity import ADMITTED, Principal
from storage.tenant_limits import LimitReached, Rate

if TYPE_CHECKING:
    from server.composition import Rooms

OPEN: Final = frozenset({"/", "/studio", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"})
OPEN_UNDER: Final = ("/v1/links/", "/studio/")
DOCS: Final = "/docs"
LONGEST_URL: Final = 8192
MOST_HEADER_BYTES: Final = 24 * 1024
_STREAMS = re.compile(r"/v1/(?:works|manga)/([0-9a-fA-F-]{36})/(?:events|ws|graph-events)")
_BYTES = re.compile(r"/v1/works/[^/]+/pictures")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_HSTS: Final = "max-age=31536000"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_DOCS_POLICY: Final = "frame-ancestors 'none'"  # its page loads its own script from elsewhere


class AddressTooLong(UserError):
    """The address is too long."""

    code = "address_too_long"
    http_status = 414


class HeadersTooLarge(UserError):
    """The headers are too large."""

    code = "headers_too_large"
    http_status = 431


class OtherSite(Forbidden):
    """A page of another site may not do this."""

    code = "other_site"
    default_remedy = "Name that site's origin in MANGA_CORS_ORIGINS."


@dataclass(slots=True)
class Guards:
    """ASGI middleware around all routes."""

    app: ASGIApp
    rooms: "Rooms"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        try:
            receive = await self._let_in(scope, receive, answer)
        except MangaError as error:
            await _refuse(error, scope, receive, answer)
            return
        await self.app(scope, receive, answer)

    async def _let_in(self, scope: Scope, receive: Receive, answer: "_Answer") -> Receive:
        """Where the body can be had. Raises what is to be answered instead."""
        headers = Headers(scope=scope)
        check_head(scope)
        check_origin(scope, headers, self.rooms.settings.cors_origins)
        if not is_open(scope["path"]):
            who = await self._principal(scope)
            scope[ADMITTED] = who
            answer.rate = rate = await self.rooms.requests.take(who.tenant)
            if not rate.allowed:
                raise LimitReached(f"Your tenant may send {rate.limit} requests a minute.", retry_after_s=rate.wait_s)
        if scope["type"] == "http" and has_body(headers) and not reads_itself(scope):
            most = self.rooms.settings.max_body_bytes
            check_kind(headers, most)
            return await read_json(receive, most)
        return receive

    async def _principal(self, scope: Scope) -> Principal:
        connection = HTTPConnection(scope)
        token, work_id = taken_from_query(scope)
        if token is not None and work_id is not None and "authorization" not in connection.headers:
            return self.rooms.signing.streams.check(token, work_id)
        return await self.rooms.identify(connection)


def is_open(path: str) -> bool:
    """Is it for everybody?"""
    return path in OPEN or path.startswith(OPEN_UNDER)


def reads_itself(scope: Scope) -> bool:
    """Is the body one that the route takes as bytes, once it knows that it may (`server.routes.answers`)?"""
    return scope["method"] == "POST" and _BYTES.fullmatch(scope["path"]) is not None


def check_head(scope: Scope) -> None:
    """Raises `AddressTooLong`, `HeadersTooLarge`, `UserError`."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    if len(raw) + len(query) > LONGEST_URL:
        raise AddressTooLong(f"An address has at most {LONGEST_URL} characters.")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADER_BYTES:
        raise HeadersTooLarge(f"Headers have at most {MOST_HEADER_BYTES} bytes.")
    if _CONTROL.search(unquote_to_bytes(raw)) or _CONTROL.search(unquote_to_bytes(query)):
        raise UserError("An address has no control characters.")


def check_origin(scope: Scope, headers: Headers, allowed: tuple[str, ...]) -> None:
    """Another site's page changes nothing here and opens no socket. Raises `OtherSite`."""
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return
    origin = headers.get("origin")
    if origin is None:
        if headers.get("sec-fetch-site") == "cross-site":
            raise OtherSite
        return
    if origin not in allowed and netloc_of(origin) != headers.get("host"):
        raise OtherSite


def netloc_of(origin: str) -> str:
    """Host and port of an origin; empty for none (`null`)."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def taken_from_query(scope: Scope) -> tuple[str | None, UUID | None]:
    """The token of a stream's address and the stream's work. The token is taken out, so that nobody later logs it."""
    match = _STREAMS.fullmatch(scope["path"])
    if match is None or b"token=" not in scope["query_string"]:
        return None, None
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    tokens = [value for name, value in pairs if name == "token"]
    scope["query_string"] = urlencode([pair for pair in pairs if pair[0] != "token"]).encode()
    try:
        return (tokens[0], UUID(match[1])) if len(tokens) == 1 else (None, None)
    except ValueError:
        return None, None


async def _refuse(error: MangaError, scope: Scope, receive: Receive, answer: "_Answer") -> None:
    if scope["type"] == "websocket":
        # A browser's page learns nothing of a refused handshake, but reads why an open socket is closed.
        socket = WebSocket(scope, receive, answer)
        await socket.accept()
        await socket.close(4000 + max(400, error.http_status), f"{error.code}: {error.message}"[:120])
        return
    problem = problem_of(error, str(scope["path"])[:200])
    if problem.status_code == 408:
        # Only here: with unread bytes a closed connection is reset, and the client would lose the answer.
        problem.headers["Connection"] = "close"
    await problem(scope, receive, answer)


@dataclass(slots=True)
class _Answer:
    """Sends, with the headers that every answer has."""

    scope: Scope
    send: Send
    rate: Rate | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._complete(MutableHeaders(scope=message), int(message["status"]))
        await self.send(message)

    def _complete(self, headers: MutableHeaders, status: int) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        docs = self.scope["path"] == DOCS
        headers.setdefault("Content-Security-Policy", _DOCS_POLICY if docs else _POLICY)
        if headers.get("content-type", "").startswith(("application/json", "application/problem+json")):
            headers.setdefault("Cache-Control", "no-store")
        if self.scope["scheme"] in ("https", "wss"):
            headers.setdefault("Strict-Transport-Security", _HSTS)
        if status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="mangaka"'
        for name, told in rate_headers(self.rate).items():
            headers[name] = told


def rate_headers(rate: Rate | None) -> Mapping[str, str]:
    """`RateLimit-*` for a tenant that is known."""
    if rate is None:
        return {}
    told: dict[str, Any] = {"Limit": rate.limit, "Remaining": rate.remaining, "Reset": rate.reset_s}
    return {f"RateLimit-{name}": str(value) for name, value in told.items()}
