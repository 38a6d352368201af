"""Requests that no client library would send, as the bytes on the wire, each with the statuses that may answer it.

`0` stands for a connection that is closed without an answer, which is fit for what is no HTTP.
"""

import socket
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

FOX: Final = b'{"text": "A fox came to the village. It said hello."}'


@dataclass(frozen=True)
class Raw:
    """`{token}`, `{host}` and `{work}` are put in; with `token` it comes with a good one."""

    name: str
    line: bytes
    answers: frozenset[int]
    headers: tuple[bytes, ...] = ()
    body: bytes = b""
    token: bool = True
    length: bool = True

    def sent(self, host: str, token: str, work: str) -> bytes:
        lines = [self.line]
        if not any(header.lower().startswith(b"host") for header in self.headers):
            lines.append(b"Host: {host}")
        if self.token:
            lines.append(b"Authorization: Bearer {token}")
        lines += self.headers
        if self.length and self.body:
            lines.append(b"Content-Length: %d" % len(self.body))
        head = b"\r\n".join(lines) + b"\r\nConnection: close\r\n\r\n"
        for name, value in ((b"{host}", host), (b"{token}", token), (b"{work}", work)):
            head = head.replace(name, value.encode())
        return head + self.body


GET: Final = b"GET /v1/works HTTP/1.1"
POST: Final = b"POST /v1/works/estimate HTTP/1.1"
JSON: Final = b"Content-Type: application/json"
CHUNKED: Final = (JSON, b"Transfer-Encoding: chunked")
CLOSED: Final = frozenset({0, 400})


def _body(name: str, body: bytes, *answers: int, kind: bytes = JSON, more: tuple[bytes, ...] = ()) -> Raw:
    return Raw(name, POST, frozenset(answers), (kind, *more), body)


def _get(name: str, target: bytes, *answers: int, headers: tuple[bytes, ...] = ()) -> Raw:
    return Raw(name, b"GET " + target + b" HTTP/1.1", frozenset(answers), headers)


_BODIES: Final = (
    _body("gzip bomb", zlib.compress(b" " * 50_000_000, wbits=31), 415, more=(b"Content-Encoding: gzip",)),
    _body("deflate", zlib.compress(FOX), 415, more=(b"Content-Encoding: deflate",)),
    _body("10,000 deep arrays", b"[" * 10_000 + b"]" * 10_000, 400),
    _body("10,000 deep objects", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
    _body("a name twice", b'{"text": "a", "text": "b"}', 400),
    _body("a number of 5,000 digits", b'{"text": "a", "settings": {"seed": ' + b"9" * 5000 + b"}}", 400),
    _body("NaN", b'{"text": NaN}', 400),
    _body("1e999", b'{"text": 1e999}', 400),
    _body("a million values", b"[" + b"0," * 1_000_000 + b"0]", 400),
    _body("a million names", b"{" + b",".join(b'"%d":0' % n for n in range(150_000)) + b"}", 400),
    _body("UTF-16", FOX.decode().encode("utf-16"), 400),
    _body("Latin-1", b'{"text": "\xe9t\xe9"}', 400),
    _body("a form", b"text=a", 415, kind=b"Content-Type: application/x-www-form-urlencoded"),
    _body("plain text, as a page of another site can", FOX, 415, kind=b"Content-Type: text/plain"),
    _body("no kind", FOX, 415, kind=b"X-Nothing: x"),
    _body("3 MB", b'{"text": "' + b"a" * 3_000_000 + b'"}', 413),
    _body("not JSON", b"<xml/>", 400),
    _body("a list", b"[]", 422),
    _body("null", b"null", 422),
)
_LENGTHS: Final = (
    Raw("Content-Length: -1", POST, CLOSED, (JSON, b"Content-Length: -1"), FOX, length=False),
    Raw("Content-Length: abc", POST, CLOSED, (JSON, b"Content-Length: abc"), FOX, length=False),
    Raw("two lengths", POST, CLOSED, (JSON, b"Content-Length: 5", b"Content-Length: 50"), FOX, length=False),
    Raw("a length and chunks", POST, CLOSED, (*CHUNKED, b"Content-Length: 5"), b"0\r\n\r\n", length=False),
    Raw("chunks of no size", POST, CLOSED, CHUNKED, b"zz\r\nabc\r\n0\r\n\r\n", length=False),
    Raw("a chunk of 2**64", POST, CLOSED, CHUNKED, b"fffffffffffffffff\r\nabc", length=False),
    Raw("chunks twice", POST, CLOSED, (JSON, b"Transfer-Encoding: chunked, chunked"), b"0\r\n\r\n", length=False),
    Raw("4 GB announced", POST, frozenset({413}), (JSON, b"Content-Length: 4294967296"), b"{", length=False),
)
_HEADS: Final = (
    Raw("an unknown method", b"FOO /v1/works HTTP/1.1", CLOSED | {401, 405}),
    Raw("TRACE", b"TRACE /v1/works HTTP/1.1", frozenset({400, 405})),
    Raw("CONNECT", b"CONNECT evil.test:443 HTTP/1.1", CLOSED | {404, 405}),
    Raw("HTTP/9.9", b"GET /v1/works HTTP/9.9", CLOSED | {505}),
    Raw("no version", b"GET /v1/works", CLOSED | {200, 505}),
    Raw("a header of 30 kB", GET, frozenset({431}), (b"X-Long: " + b"y" * 30_000,)),
    Raw("a header of 1 MB", GET, frozenset({0, 431}), (b"X-Long: " + b"y" * 1_000_000,)),
    Raw("5,000 headers", GET, frozenset({0, 431}), tuple(b"X-%d: y" % n for n in range(5000))),
    _get("an address of 1 MB", b"/v1/works?x=" + b"y" * 1_000_000, 0, 414, 431),
    Raw("a space in a name", GET, CLOSED, (b"X Long: y",)),
    Raw("NUL in a header", GET, CLOSED, (b"X-Long: a\0b",)),
    Raw("a folded header", GET, CLOSED | {200}, (b"X-Long: a\r\n b",)),
    Raw("two tokens", GET, frozenset({401}), (b"Authorization: Bearer x",)),
    Raw("another method by a header", GET, frozenset({200}), (b"X-HTTP-Method-Override: DELETE",)),
    Raw("another host", GET, frozenset({200, 400}), (b"Host: evil.test",)),
    Raw("two hosts", GET, frozenset({200, 400}), (b"Host: {host}", b"Host: evil.test")),
)
_TARGETS: Final = (
    _get("dots", b"/v1/works/../../etc/passwd", 404),
    _get("packed dots", b"/v1/works/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
    _get("overlong UTF-8", b"/v1/works/%c0%ae%c0%ae/x", 404, 422),
    _get("no percent", b"/v1/works/%zz", 400, 404, 422),
    _get("NUL", b"/v1/works/%00", 400),
    _get("a line break", b"/v1/works?cursor=%0d%0aSet-Cookie:%20a=b", 400),
    _get("another site's address", b"http://evil.test/v1/works", 200, 400, 404),
    _get("a garbage id", b"/v1/works/{work}/events", 400, headers=(b"Last-Event-ID: x",)),
    _get("a huge id", b"/v1/works/{work}/events", 400, headers=(b"Last-Event-ID: " + b"9" * 30,)),
    _get("ranges", b"/v1/works/{work}/files/book.pdf", 200, headers=(b"Range: bytes=" + b"0-1," * 900 + b"5-9",)),
    _get("a tag of 10 kB", b"/v1/works/{work}/files/book.pdf", 422, headers=(b"If-None-Match: " + b"y" * 10_000,)),
    _get("out of bounds", b"/v1/works?limit=999999999999999999999", 422),
    _get("a cursor that is none", b"/v1/works?cursor=%27%20OR%201=1", 422),
)
RAW: Final = (*_BODIES, *_LENGTHS, *_HEADS, *_TARGETS)


def exchange(url: str, content: bytes) -> tuple[int, bytes]:
    """The status (0: none), and the answer's bytes up to 64 kB."""
    parts = urlsplit(url)
    answer = bytearray()
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=5) as connection:
        with suppress(OSError):
            connection.sendall(content)
        with suppress(OSError):
            while len(answer) < 65_536 and (chunk := connection.recv(65_536)):
                answer += chunk
    first = bytes(answer[:32]).split(b" ")
    status = int(first[1]) if len(first) > 1 and first[1].isdigit() else 0
    return status, bytes(answer)
