"""Delivers webhooks to a tenant's servers: signed, tried again for hours, never into an inner network.

    POST PATH
    Mangaka-Signature: t=1764150000,v1=HEX     HMAC-SHA256, under the webhook's secret, of "1764150000." and the body
    Mangaka-Event: completed
    Mangaka-Delivery: ID                       the same at every try: by it a receiver knows what it has

The body is the event's envelope, without whatever may hold a word of the story.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import json
import logging
import re
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx

from manga.errors import Conflict, MangaError, NotFound, UserError
from storage.base import Event
from storage.database import Connection, Pool, connection, transaction
from storage.encryption import OPEN, Seals
from storage.event_outbox import envelope, read_events
from storage.webhooks import Delivery, Webhook, add_webhook, claim_due, close_delivery, read_webhook, seal_secrets
from works.base import Json

MAX_URL: Final = 2000
RESOLVE_S: Final = 5.0
_PLAIN: Final = re.compile(r"[!-\[\]-~]+")  # printable, no space, no backslash
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_INNER: Final = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa")
_TRANSLATED: Final = tuple(
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96", "2002::/16", "2001::/32"))
)
"""IPv6 networks whose addresses stand for IPv4 ones."""
MOST_HOOKS: Final = 20
"""Of one tenant."""
WAITS_S: Final = (10.0, 60.0, 300.0, 900.0, 3600.0, 10_800.0, 21_600.0)
"""After each try that failed; after the eighth it is given up: ten hours."""
TIMEOUT_S: Final = 10.0
MOST_ANSWER_BYTES: Final = 64 * 1024
LEASE_S: Final = 60.0
AT_ONCE: Final = 16
LOOK_EVERY_S: Final = 1.0
_GONE: Final = 410
TOLD: Final = (
    *("phase", "interrupt_id", "version_id", "branch", "deadline", "on_timeout", "allowed", "confirming"),
    *("preview_url", "resume_at", "code", "pages", "degraded", "placeholders"),
)
"""Fields of an event's data that are ours in every word."""
log = logging.getLogger("mangaka.webhooks")


class AddressRefused(UserError):
    """That address may not be called."""

    code = "address_refused"
    http_status = 422
    default_remedy = "Use https, a public host name, and port 443 or one above 1023."


@dataclass(frozen=True, slots=True)
class Target:
    """What a URL names. `path` has the query with it."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the header Host has it."""
        return self.host if self.port == 443 else f"{self.host}:{self.port}"


class Resolve(Protocol):
    """The addresses of a host that may be called. Raises `AddressRefused`, and `OSError` where it has none."""

    async def __call__(self, host: str, port: int) -> Sequence[str]: ...


def target_of(url: str) -> Target:
    """Raises `AddressRefused` for whatever is not plainly an https address with a public name."""
    if len(url) > MAX_URL or not _PLAIN.fullmatch(url):
        raise AddressRefused(f"A URL has at most {MAX_URL} characters of plain ASCII.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("That is no URL.") from None
    if parts.scheme != "https":
        raise AddressRefused("Only https is called.")
    if "@" in parts.netloc or parts.fragment or "#" in url:
        raise AddressRefused("A URL with a user, a password or a fragment is not called.")
    if port is None and parts.netloc.endswith(":"):
        raise AddressRefused("The URL's port is missing.")
    if port is not None and port != 443 and port < 1024:
        raise AddressRefused("That port is not called.")
    query = f"?{parts.query}" if parts.query else ""
    return Target(_checked_name(parts.hostname or ""), port or 443, (parts.path or "/") + query)


def _checked_name(host: str) -> str:
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("The host is not a public name.")
    if _NUMBER.fullmatch(labels[-1]) or labels[-1] in _INNER:
        raise AddressRefused("The host is a number, or a name of an inner network.")
    return host


def is_public(address: str) -> bool:
    """Does the whole internet reach this address?"""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped or found.is_site_local or any(found in network for network in _TRANSLATED)
    ):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


async def public_addresses(host: str, port: int) -> Sequence[str]:
    """A name with one inner address among its addresses is not called at all. See `Resolve`."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(RESOLVE_S):
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(map(is_public, addresses)):
        raise AddressRefused("The host's name stands for an address of an inner network.")
    return addresses


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: the HTTP status, or a word for why there is none."""

    status: int | None = None
    problem: str | None = None


@dataclass(slots=True)
class Webhooks:
    """`resolve` says which addresses may be called; `trust` which certificates are believed (None: those everybody
    believes); `now` is the time in seconds since 1970; secrets are kept under `seals`."""

    pool: Pool
    resolve: Resolve = public_addresses
    trust: ssl.SSLContext | None = None
    now: Callable[[], float] = time.time
    waits_s: tuple[float, ...] = WAITS_S
    timeout_s: float = TIMEOUT_S
    seals: Seals = OPEN
    _busy: dict[UUID, "asyncio.Task[None]"] = field(default_factory=dict)

    async def register(self, tenant: str, url: str, events: tuple[str, ...], secret: str | None) -> Webhook:
        """Raises `AddressRefused`, `Conflict` when there are too many. A name that nobody knows yet may be known later,
        and is looked at anew at every call."""
        target = target_of(url)
        with suppress(OSError, TimeoutError):
            await self.resolve(target.host, target.port)
        given = secret or f"whsec_{secrets.token_urlsafe(32)}"
        async with transaction(self.pool) as conn:
            made = await add_webhook(conn, uuid4(), tenant, url, events, given, most=MOST_HOOKS, seals=self.seals)
        if made is None:
            raise Conflict(f"A tenant has at most {MOST_HOOKS} webhooks.", remedy="Delete one first.")
        return made

    async def run(self) -> None:
        """Delivers what is due, for ever. Several processes may."""
        try:
            await self.seal()
            while True:
                try:
                    await self.look()
                except MangaError as error:
                    log.warning("webhooks wait: %s", error.code)
                await asyncio.wait(
                    (asyncio.create_task(asyncio.sleep(LOOK_EVERY_S)), *self._busy.values()),
                    return_when=asyncio.FIRST_COMPLETED,
                )
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def seal(self) -> None:
        """Secrets from before there was a key, or of an older one. One that no key opens stays as it is."""
        try:
            async with transaction(self.pool) as conn:
                await seal_secrets(conn, self.seals)
        except MangaError as error:
            log.error("secrets of webhooks were not sealed: %s %s", error.message, error.remedy)

    async def look(self) -> int:
        """Begins what is due: one delivery of a webhook at a time, so that a slow one holds up nobody else's."""
        async with transaction(self.pool) as conn:
            due = await claim_due(conn, lease_s=LEASE_S, limit=AT_ONCE - len(self._busy), busy=tuple(self._busy))
        for delivery in due:
            task = asyncio.create_task(self._deliver(delivery))
            self._busy[delivery.webhook_id] = task
            task.add_done_callback(lambda _, hook=delivery.webhook_id: self._busy.pop(hook, None))  # type: ignore[misc]
        return len(due)

    async def settled(self) -> None:
        """What was begun is over."""
        await asyncio.gather(*self._busy.values())

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            async with connection(self.pool) as conn:
                hook = await read_webhook(conn, delivery.webhook_id, seals=self.seals)
                event = await _event_of(conn, delivery)
            outcome = await self._sent(hook, delivery, event)
            again = None if outcome.problem is None else self._again(delivery, outcome)
            async with transaction(self.pool) as conn:
                await close_delivery(conn, delivery, status=outcome.status, problem=outcome.problem, again_in_s=again)
        except MangaError as error:  # the database is away, or the work was deleted: the lease brings it back
            log.warning("a webhook's delivery is left for later: %s", error.code)

    def _again(self, delivery: Delivery, outcome: Outcome) -> float | None:
        """In how many seconds it is tried again; None: never."""
        if outcome.status == _GONE or delivery.tries > len(self.waits_s):
            return None
        return self.waits_s[delivery.tries - 1] * (1 + secrets.randbelow(200) / 1000)

    async def _sent(self, hook: Webhook, delivery: Delivery, event: Event) -> Outcome:
        try:
            target = target_of(hook.url)
            async with asyncio.timeout(self.timeout_s):
                address = (await self.resolve(target.host, target.port))[0]
                status = await self._posted(address, target, self._headers(hook, delivery, event), body_of(event))
        except AddressRefused as error:
            return Outcome(problem=error.code)
        except TimeoutError:
            return Outcome(problem="timeout")
        except Exception as error:  # noqa: BLE001 - the run boundary: whatever another's server does, it is tried again
            return Outcome(problem=_word(error))
        return Outcome(status, None if 200 <= status < 300 else "refused")

    def _headers(self, hook: Webhook, delivery: Delivery, event: Event) -> Mapping[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "mangaka-webhooks/1",
            "Accept-Encoding": "identity",
            "Mangaka-Event": event.type.value,
            "Mangaka-Delivery": str(delivery.id),
            "Mangaka-Signature": signature(hook.secret, int(self.now()), body_of(event)),
        }

    async def _posted(self, address: str, target: Target, headers: Mapping[str, str], body: bytes) -> int:
        """To this address and no other; the certificate has to be the name's. No redirect is followed."""
        host = f"[{address}]" if ":" in address else address
        url = httpx.URL(f"https://{host}:{target.port}").copy_with(raw_path=target.path.encode())
        if self.trust is None:
            self.trust = await asyncio.to_thread(httpx.create_ssl_context, trust_env=False)
        # Sooner than the whole: what is cancelled during a handshake leaves its socket open.
        client = httpx.AsyncClient(
            verify=self.trust, trust_env=False, follow_redirects=False, timeout=self.timeout_s * 0.9
        )
        told = {"Host": target.authority, **headers}
        named = {"sni_hostname": target.host}
        async with client, client.stream("POST", url, content=body, headers=told, extensions=named) as answer:
            left = MOST_ANSWER_BYTES
            async for piece in answer.aiter_raw():
                left -= len(piece)
                if left <= 0:
                    break
            return answer.status_code


def body_of(event: Event) -> bytes:
    """The envelope, without what may hold a word of the story."""
    told = envelope(event)
    told["data"] = {name: told["data"][name] for name in TOLD if name in told["data"]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: str, at: int, body: bytes) -> str:
    """What the header `Mangaka-Signature` says."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


def shown(hook: Webhook) -> Json:
    """As its tenant sees it: the secret is told once, when it is made."""
    return {"id": str(hook.id), "url": hook.url, "events": list(hook.events), "created_at": _time(hook.created_at)}


def shown_delivery(delivery: Delivery) -> Json:
    """As the log has it."""
    return {
        "id": str(delivery.id),
        "event_id": str(delivery.event_id),
        "event": delivery.event,
        "work_id": str(delivery.work_id),
        "state": delivery.state,
        "tries": delivery.tries,
        "status": delivery.status,
        "problem": delivery.problem,
        "created_at": _time(delivery.created_at),
        "tried_at": delivery.tried_at and _time(delivery.tried_at),
        "next_at": _time(delivery.next_at) if delivery.state == "waiting" else None,
    }


async def _event_of(conn: Connection, delivery: Delivery) -> Event:
    """Raises `NotFound` when its work was deleted meanwhile."""
    found = await read_events(conn, delivery.work_id, after=delivery.event_id - 1, limit=1)
    if not found:
        raise NotFound(f"There is no event {delivery.event_id}.")
    return found[0]


def _time(at: datetime) -> str:
    return at.isoformat()


def _word(error: Exception) -> str:
    """Without addresses: what is in a log is read by the tenant."""
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    if not isinstance(error, httpx.HTTPError | OSError):
        log.warning("a webhook was not called: %s", type(error).__name__)
    return {"ConnectError": "unreachable", "gaierror": "unknown_host"}.get(type(error).__name__, "broken")
