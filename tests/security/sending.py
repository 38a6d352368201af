"""Sending what somebody hostile would send, and keeping count of what came of it."""

import logging
import multiprocessing
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.security.issuer import Issuer
from tests.service import Service

LONGEST_S = 2.0


@dataclass(frozen=True)
class Took:
    """`waited_s` of it somebody here was ready to work, and the machine was busy with others."""

    seconds: float
    waited_s: float = 0.0

    @property
    def own_s(self) -> float:
        return max(0.0, self.seconds - self.waited_s)


class Stopwatch:
    """From when it is made. The service is in this process, and draws in its children: their threads count."""

    def __init__(self) -> None:
        self._waited = _waited_s()
        self._begun = time.perf_counter()

    def read(self) -> Took:
        return Took(time.perf_counter() - self._begun, max(0.0, _waited_s() - self._waited))


def _waited_s() -> float:
    """How long threads have stood in the kernel's line so far, all together; 0 where it does not tell."""
    threads = [thread.native_id for thread in threading.enumerate()]
    return sum(_in_line_s(task) for task in (*threads, *(child.pid for child in multiprocessing.active_children())))


def _in_line_s(task: int | None) -> float:
    try:
        return int(Path(f"/proc/{task}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


@dataclass
class Figure:
    """Of one kind of input. `slowest` is how what took longest begins; `slowest_own` without waits for the machine."""

    sent: int = 0
    taken: int = 0
    refused: int = 0
    failed: int = 0
    slowest_s: float = 0.0
    slowest_own_s: float = 0.0
    slowest: str = ""

    def and_of(self, other: "Figure") -> "Figure":
        """Both together."""
        slower = max(self, other, key=lambda figure: figure.slowest_own_s)
        return Figure(
            self.sent + other.sent,
            self.taken + other.taken,
            self.refused + other.refused,
            self.failed + other.failed,
            max(self.slowest_s, other.slowest_s),
            slower.slowest_own_s,
            slower.slowest,
        )


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
    watch = Stopwatch()
    try:
        answer = send(*told, **more)
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError):
        answer = httpx.Response(400)
    count(kind, answer.status_code, watch.read(), repr((told, more))[:120])
    return answer


def count(kind: str, status: int, took: Took, what: str = "") -> None:
    """`what` was sent, as far as it tells one from the others."""
    family = {5: "failed", 4: "refused"}.get(status // 100, "taken")
    now = Figure(1, slowest_s=took.seconds, slowest_own_s=took.own_s, slowest=what)
    setattr(now, family, 1)
    FIGURES[kind] = FIGURES.get(kind, Figure()).and_of(now)


def no_fault(kind: str, longest_s: float = LONGEST_S) -> None:
    """Never a 5xx, and nothing over two seconds or what is told, however busy the machine is."""
    figure = FIGURES.get(kind)
    if figure is None:
        pytest.skip("nothing of it was sent before")
    assert figure.failed == 0, f"{kind}: {figure}"
    assert figure.slowest_own_s < longest_s, f"{kind}: {figure}"


def told_in_full(record: logging.LogRecord) -> str:
    """What a log line says, with the error that it tells."""
    failed = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return f"{record.getMessage()} {failed}"
