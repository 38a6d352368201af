"""Sending what somebody hostile would send, and keeping count of what came of it."""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.security.issuer import Issuer
from tests.service import Service

LONGEST_S = 2.0


@dataclass
class Figure:
    """Of one kind of input."""

    sent: int = 0
    taken: int = 0
    refused: int = 0
    failed: int = 0
    slowest_ms: float = 0.0
    slowest: str = field(default="", repr=True)
    """How what took longest begins."""


FIGURES: dict[str, Figure] = {}


@dataclass(frozen=True)
class Shop:
    """The service, and who issues its tokens."""

    service: Service = field(repr=False)
    issuer: Issuer = field(repr=False)

    @property
    def url(self) -> str:
        return self.service.url

    def person(self, tenant: str, role: str = "admin", **claims: Any) -> httpx.Client:
        """Somebody with a good token; a claim that is told replaces the good one."""
        return self.bearing(self.issuer.token(self.issuer.claims(tenant=tenant, role=role, **claims)))

    def bearing(self, token: str | None) -> httpx.Client:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)


def counted(kind: str, send: Callable[..., httpx.Response], *told: Any, **more: Any) -> httpx.Response:
    """The answer. A client that cannot even form the request has refused it (`httpx` knows a few rules of HTTP too):
    then it is a 400 that nobody sent."""
    figure = FIGURES.setdefault(kind, Figure())
    begun = time.perf_counter()
    try:
        answer = send(*told, **more)
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError):
        answer = httpx.Response(400)
    count(figure, answer.status_code, time.perf_counter() - begun, repr((told, more))[:120])
    return answer


def count(figure: Figure, status: int, seconds: float, what: str = "") -> None:
    figure.sent += 1
    if seconds * 1000 > figure.slowest_ms:
        figure.slowest_ms, figure.slowest = seconds * 1000, what
    if status >= 500:
        figure.failed += 1
    elif status >= 400:
        figure.refused += 1
    else:
        figure.taken += 1


def no_fault(kind: str, longest_s: float = LONGEST_S) -> None:
    """Never a 5xx, and nothing over two seconds or what is told."""
    figure = FIGURES.get(kind)
    if figure is None:
        pytest.skip("nothing of it was sent before")
    assert figure.failed == 0, f"{kind}: {figure}"
    assert figure.slowest_ms < longest_s * 1000, f"{kind}: {figure}"


def told_in_full(record: logging.LogRecord) -> str:
    """What a log line says, with the error that it tells."""
    failed = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return f"{record.getMessage()} {failed}"
