"""The public keys of whoever issues our tokens (JWKS): fetched, kept for five minutes, kept longer while it is away."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import jwt

from manga.errors import MangaError
from server.security.identity import Unauthorized

log = logging.getLogger("mangaka.server")

FRESH_S: Final = 300.0
PAUSE_S: Final = 10.0
"""Between two fetches, whatever tokens name."""
STALE_S: Final = 86_400.0
"""Keys that could not be fetched again for so long count no more: one of them may have been withdrawn."""
TIMEOUT_S: Final = 5.0
MOST_BYTES: Final = 256 * 1024
MOST_KEYS: Final = 50
LEAST_RSA_BITS: Final = 2048

Fetch = Callable[[str], Awaitable[bytes]]


class KeysUnreachable(MangaError):
    """Who signs the tokens cannot be asked for its keys."""

    code = "keys_unreachable"
    http_status = 503
    default_remedy = "Try again in a moment; if it stays, check MANGA_JWKS_URL."


async def fetch_keys(url: str) -> bytes:
    """The document, at most 256 KiB. Raises `httpx.HTTPError`, `ValueError`."""
    import httpx

    body = bytearray()
    async with (
        asyncio.timeout(TIMEOUT_S),
        httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client,
        client.stream("GET", url, headers={"Accept": "application/json"}) as answer,
    ):
        if answer.status_code != 200:
            raise ValueError(f"status {answer.status_code}")
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise ValueError("too long")
    return bytes(body)


@dataclass(slots=True)
class Jwks:
    """Only keys of this address are taken, and each only for its own algorithm."""

    algorithms: ClassVar[tuple[str, ...]] = ("RS256", "ES256")

    url: str
    fetch: Fetch = fetch_keys
    clock: Callable[[], float] = time.monotonic
    _keys: dict[str, jwt.PyJWK] = field(default_factory=dict, init=False, repr=False)
    _fetched: float | None = field(default=None, init=False)
    _tried: float | None = field(default=None, init=False)
    _fetching: "asyncio.Task[None] | None" = field(default=None, init=False)

    async def find(self, kid: str | None, algorithm: str) -> jwt.PyJWK:
        """See `server.security.tokens.Keys`. A known key is answered at once, also while keys are fetched again."""
        if kid is None:
            raise Unauthorized("The token does not say which key it is signed with.")
        known = self._keys.get(kid) if self._age() < STALE_S else None
        if self._age() >= FRESH_S or known is None:
            fetching = self._fetch_again()
            if known is None and fetching is not None:
                await asyncio.shield(fetching)
                known = self._keys.get(kid)
        if self._age() >= STALE_S:
            raise KeysUnreachable(retry_after_s=PAUSE_S)
        if known is None or known.algorithm_name != algorithm:
            raise Unauthorized("The token names a key that is not known here.")
        return known

    def _age(self) -> float:
        return float("inf") if self._fetched is None else self.clock() - self._fetched

    def _fetch_again(self) -> "asyncio.Task[None] | None":
        """The fetch that is under way, or a new one; None when the last was a moment ago."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._tried is not None and self.clock() - self._tried < PAUSE_S:
            return None
        self._tried = self.clock()
        self._fetching = asyncio.create_task(self._fetched_anew())
        return self._fetching

    async def _fetched_anew(self) -> None:
        import httpx

        try:
            self._keys = keys_of(json.loads(await self.fetch(self.url)))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError) as error:
            log.warning("the keys that tokens are signed with were not fetched: %s", type(error).__name__)
        else:
            self._fetched = self.clock()


def keys_of(document: Any) -> dict[str, jwt.PyJWK]:
    """By key id, those that can be used here: public, for signatures, RSA from 2048 bits or P-256.

    Raises `ValueError` where there is none.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no list of keys")
    found = {}
    for entry in listed[:MOST_KEYS]:
        key = _usable(entry) if isinstance(entry, dict) else None
        if key is not None:
            found[entry["kid"]] = key
    if not found:
        raise ValueError("no key of use")
    return found


def _usable(entry: dict[str, Any]) -> jwt.PyJWK | None:
    algorithm = {"RSA": "RS256", "EC": "ES256"}.get(str(entry.get("kty")))
    fit = (
        algorithm is not None
        and isinstance(entry.get("kid"), str)
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", algorithm) == algorithm
        and entry.get("crv", "P-256") == "P-256"
        and "d" not in entry
    )
    if not fit:
        return None
    try:
        key = jwt.PyJWK(entry, algorithm=algorithm)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    too_short = algorithm == "RS256" and key.key.key_size < LEAST_RSA_BITS
    return None if too_short else key
