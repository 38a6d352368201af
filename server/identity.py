"""Who is asking: a principal with a tenant and a role, found from a request before any route runs."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Protocol

from fastapi import Depends
from starlette.requests import HTTPConnection

from manga.errors import Forbidden, MangaError
from works.base import LOCAL_TENANT


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
    """Where there are no keys, on a loopback address: the one person of this machine."""
    return Principal(LOCAL_TENANT, "local", Role.ADMIN)


async def principal(connection: HTTPConnection) -> Principal:
    """For routes: who is asking."""
    identify: Identify = connection.app.state.rooms.identify
    return await identify(connection)


Anybody = Annotated[Principal, Depends(principal)]
"""A route that viewers may use."""


async def editor(who: Anybody) -> Principal:
    """Raises `Forbidden` for those who may only look."""
    return _at_least(who, Role.EDITOR)


async def admin(who: Anybody) -> Principal:
    """Raises `Forbidden` for all but admins."""
    return _at_least(who, Role.ADMIN)


def _at_least(who: Principal, role: Role) -> Principal:
    if who.role < role:
        raise Forbidden(
            f"This needs the role {role.name.lower()}; the token's is {who.role.name.lower()}.",
            remedy="Ask an admin of your tenant for a token with that role.",
        )
    return who


Editor = Annotated[Principal, Depends(editor)]
Admin = Annotated[Principal, Depends(admin)]
