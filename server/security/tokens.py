"""Verifies JSON Web Tokens: what a client sends in; a `Principal`, or `Unauthorized` that repeats nothing, out.

PyJWT checks signature, times, audience and issuer. What it lets through is checked here: claims that are there but are
of the wrong kind, keys that are not ours, tokens that were made for another purpose.
"""

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import jwt

from server.security.identity import Principal, Role, Unauthorized

MOST_CHARACTERS: Final = 8192
LEEWAY_S: Final = 10
"""How far clocks may differ."""
REQUIRED: Final = ("exp", "iat", "aud", "iss", "sub")
LOCAL: Final = "mangaka"
"""Issuer and audience of tokens that are signed with a secret, where no others are named."""

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HEADER_TYPES = (None, "jwt", "at+jwt")
_PURPOSE_CLAIMS = ("typ", "token_use", "token_type", "purpose")
_PURPOSES = ("access", "bearer", "jwt", "at+jwt")


class Keys(Protocol):
    """Whose signatures count."""

    @property
    def algorithms(self) -> tuple[str, ...]: ...

    async def find(self, kid: str | None, algorithm: str) -> Any:
        """The key for PyJWT. Raises `Unauthorized` for one that is not ours, `KeysUnreachable`."""
        ...


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret for trying: HS256. Its tokens name no key."""

    value: bytes = field(repr=False)
    algorithms: tuple[str, ...] = ("HS256",)

    async def find(self, kid: str | None, algorithm: str) -> bytes:
        if kid is not None:
            raise Unauthorized("The token names a key that is not known here.")
        return self.value


@dataclass(frozen=True, slots=True)
class Rules:
    """Whose tokens for whom, and the claims that name tenant and role."""

    issuer: str
    audience: str
    tenant_claim: str = "tenant"
    role_claim: str = "role"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Reads tokens of one issuer for one audience."""

    keys: Keys
    rules: Rules

    async def principal(self, token: str) -> Principal:
        """Raises `Unauthorized`, `KeysUnreachable`."""
        algorithm, kid = self._header(token)
        key = await self.keys.find(kid, algorithm)
        claims = decoded(token, key, algorithm, audience=self.rules.audience, issuer=self.rules.issuer)
        _check_purpose(claims)
        return Principal(self._tenant(claims), _subject(claims), self._role(claims))

    def _header(self, token: str) -> tuple[str, str | None]:
        """Algorithm and key id, of those that may be."""
        header = header_of(token)
        kind, algorithm, kid = header.get("typ"), header.get("alg"), header.get("kid")
        if (kind.lower() if isinstance(kind, str) else kind) not in _HEADER_TYPES:
            raise Unauthorized("The token is of another kind.")
        if algorithm not in self.keys.algorithms:
            raise Unauthorized("The token is signed in a way that is not taken here.")
        if kid is not None and not (isinstance(kid, str) and 0 < len(kid) <= 200):
            raise Unauthorized("The token names a key that is not known here.")
        return str(algorithm), kid

    def _tenant(self, claims: Mapping[str, Any]) -> str:
        tenant = claims.get(self.rules.tenant_claim)
        if not isinstance(tenant, str) or _TENANT.fullmatch(tenant) is None:
            raise Unauthorized("The token names no tenant that can be one: 1 to 64 of A-Z a-z 0-9 . _ -")
        return tenant

    def _role(self, claims: Mapping[str, Any]) -> Role:
        role = claims.get(self.rules.role_claim)
        found = {known.name.lower(): known for known in Role}.get(role) if isinstance(role, str) else None
        if found is None:
            raise Unauthorized("The token names no role: viewer, editor or admin.")
        return found


def header_of(token: str) -> dict[str, Any]:
    """The header of what has the form of a token; nothing of it is checked yet. Raises `Unauthorized`."""
    if len(token) > MOST_CHARACTERS or _COMPACT.fullmatch(token) is None:
        raise Unauthorized("This is no token.")
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise Unauthorized("This is no token.") from None


def decoded(token: str, key: Any, algorithm: str, *, audience: str, issuer: str) -> dict[str, Any]:
    """The claims of a token that is signed, of this issuer, for this audience and of now. Raises `Unauthorized`."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY_S,
            options={"require": list(REQUIRED), "enforce_minimum_key_length": True},
        )
    except jwt.ExpiredSignatureError:
        raise Unauthorized("The token has expired.") from None
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        # Which of them it was would help only somebody who makes tokens up.
        raise Unauthorized("The token is not good here.") from None
    _check_times(claims)
    return claims


def _check_times(claims: Mapping[str, Any]) -> None:
    """PyJWT takes `"exp": "1893456000"` too, which other readers of the same token may not."""
    times = [claims[name] for name in ("exp", "iat", "nbf") if name in claims]
    if not all(type(at) in (int, float) and math.isfinite(at) for at in times) or claims["iat"] > claims["exp"]:
        raise Unauthorized("The token's times are no times.")


def _check_purpose(claims: Mapping[str, Any]) -> None:
    """Refresh and identity tokens of the same issuer are no tokens for an API."""
    for name in _PURPOSE_CLAIMS:
        purpose = claims.get(name, "access")
        if not isinstance(purpose, str) or purpose.lower() not in _PURPOSES:
            raise Unauthorized("The token was made for another purpose.")


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims["sub"]
    if not (isinstance(subject, str) and 0 < len(subject) <= 200 and subject.isprintable()):
        raise Unauthorized("The token names nobody.")
    return subject


def new_token(secret: bytes, rules: Rules, who: Principal, *, seconds: int, now: float | None = None) -> str:
    """A token for trying, signed with the secret."""
    at = int(time.time() if now is None else now)
    claims = {
        "iss": rules.issuer,
        "aud": rules.audience,
        "sub": who.subject,
        "iat": at,
        "exp": at + seconds,
        rules.tenant_claim: who.tenant,
        rules.role_claim: who.role.name.lower(),
    }
    return jwt.encode(claims, secret, algorithm="HS256")
