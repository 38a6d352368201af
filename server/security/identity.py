"""Identifies who is asking: a principal with a tenant and a role, found from a request before any route runs."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Final, Protocol
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import HTTPConnection

from manga.errors import Forbidden, MangaError
from server.settings import is_loopback
from works.base import LOCAL_TENANT

ADMITTED: Final = "mangaka.principal"
"""Where the guards leave in a scope whom they let in."""
SESSION_COOKIE: Final = "mangaka_session"
"""Holds the token of somebody who signed in at the studio; no script reads it."""
_PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = 1
    """Look."""
    EDITOR = 2
    """Make works, answer reviews, change and export."""
    ADMIN = 3
    """Delete works, see the tenant's usage."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who is known. Every object belongs to a tenant, and only its own are there for it."""

    tenant: str
    subject: str
    role: Role


class Unauthorized(MangaError):
    """This needs a token that is good here."""

    code = "unauthorized"
    http_status = 401
    default_remedy = "Send `Authorization: Bearer TOKEN`; `mangaka token` makes one for trying."


class Identify(Protocol):
    """Who is behind a connection. Raises `Unauthorized`."""

    async def __call__(self, connection: HTTPConnection) -> Principal: ...


async def local_person(connection: HTTPConnection) -> Principal:
    """Where there are no keys, on a loopback address: the one person of this machine.

    Raises `Forbidden` for whoever comes by another name (a web page whose name was made to mean this machine), or
    through a proxy: behind it everybody would be that person.
    """
    host = connection.headers.getlist("host")
    if len(host) != 1 or not is_loopback(_name(host[0])):
        raise Forbidden(
            "Without keys the service answers only to names of this machine.",
            remedy="Use http://127.0.0.1 or http://localhost, or set MANGA_JWKS_URL or MANGA_JWT_SECRET.",
        )
    if any(name in connection.headers for name in _PASSED_ON):
        raise Forbidden(
            "Without keys the service answers nobody who comes through a proxy.",
            remedy="Set MANGA_JWKS_URL (or MANGA_JWT_SECRET for trying).",
        )
    return Principal(LOCAL_TENANT, "local", Role.ADMIN)


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


class ReadsTokens(Protocol):
    """Says whose a token is. Raises `Unauthorized`, `KeysUnreachable`."""

    async def principal(self, token: str) -> Principal: ...


@dataclass(frozen=True, slots=True)
class ByToken:
    """`Authorization: Bearer TOKEN`; or `X-Api-Key: TOKEN`, as LangGraph's clients send their key."""

    tokens: ReadsTokens

    async def __call__(self, connection: HTTPConnection) -> Principal:
        """Raises `Unauthorized`, `KeysUnreachable`, `Forbidden` for another page that uses the studio's cookie."""
        return await self.tokens.principal(cookie_of(connection) or token_of(connection))


def cookie_of(connection: HTTPConnection) -> str | None:
    """The token of somebody who signed in at the studio; None where the request brings one by itself.

    Browsers send a cookie whoever asks them to: what changes something must come from a page of this very address.
    """
    token = connection.cookies.get(SESSION_COOKIE)
    if not token or "authorization" in connection.headers or "x-api-key" in connection.headers:
        return None
    looks = connection.scope["type"] == "http" and connection.scope["method"] in ("GET", "HEAD")
    if not looks and not _same_page(connection):
        raise Forbidden("Only the studio's own page may do this with its cookie.", remedy="Send a token in a header.")
    return token


def _same_page(connection: HTTPConnection) -> bool:
    site = connection.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    try:
        origin = urlsplit(connection.headers.get("origin", "")).netloc
    except ValueError:
        return False
    return origin != "" and origin == connection.headers.get("host")


def token_of(connection: HTTPConnection) -> str:
    """The one token that a request brings. Raises `Unauthorized`."""
    sent, keys = connection.headers.getlist("authorization"), connection.headers.getlist("x-api-key")
    if len(sent) == 1:
        scheme, _, token = sent[0].partition(" ")
        if scheme.lower() == "bearer":
            return token.strip()
    if not sent and len(keys) == 1:
        return keys[0].strip()
    raise Unauthorized


async def principal(connection: HTTPConnection) -> Principal:
    """For routes: who is asking, as the guards found; they ask nobody twice."""
    admitted = connection.scope.get(ADMITTED)
    if isinstance(admitted, Principal):
        return admitted
    identify: Identify = connection.app.state.rooms.identify
    return await identify(connection)


Anybody = Annotated[Principal, Depends(principal)]
"""A route that viewers may use."""


async def editor(who: Anybody) -> Principal:
    """Raises `Forbidden` for those who may only look."""
    return check_role(who, Role.EDITOR)


async def admin(who: Anybody) -> Principal:
    """Raises `Forbidden` for all but admins."""
    return check_role(who, Role.ADMIN)


def check_role(who: Principal, role: Role) -> Principal:
    """Raises `Forbidden` for a lesser role."""
    if who.role < role:
        raise Forbidden(
            f"This needs the role {role.name.lower()}; the token's is {who.role.name.lower()}.",
            remedy="Ask an admin of your tenant for a token with that role.",
        )
    return who


Editor = Annotated[Principal, Depends(editor)]
Admin = Annotated[Principal, Depends(admin)]
