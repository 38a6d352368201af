"""Which addresses of other people's servers may be called: https, by a name, and no address of an inner network.

A name is looked up once for each call, and the call goes to what was found then: a name that means something else a
moment later changes nothing.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from manga.errors import UserError

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
