"""`/studio/session`: who looks at the studio, signing in with a token, signing out.

Streams and pictures of a page send no header, so the token lies in a cookie that no script reads and no other site's
page sends. It is the token itself: it ends when it ends, and no key of ours makes another.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import JSONResponse, Response

from manga.errors import MangaError, UserError
from manga.values import Value
from server.composition import Open, Rooms
from server.security.identity import SESSION_COOKIE, ByToken, Principal, Unauthorized
from works.base import Json

LONGEST: Final = 3800
"""Browsers keep no cookie that is longer."""
router = APIRouter(include_in_schema=False, prefix="/studio/session")


class SignIn(Value):
    """A token, as an issuer or `mangaka token` makes it."""

    token: Annotated[str, Field(min_length=1, max_length=8192)]


class TokenTooLong(UserError):
    """The token is too long for a browser to keep."""

    code = "token_too_long"
    http_status = 422
    default_remedy = "Ask for one with fewer claims."


@router.get("")
async def who(request: Request, rooms: Open) -> Json:
    """`signed_in` with the role; where it is false, `reason` says why, and whether a token helps."""
    try:
        return _told(await rooms.identify(request), rooms)
    except MangaError as error:
        helps = isinstance(rooms.identify, ByToken)
        return {"signed_in": False, "asks_for_token": helps, "reason": error.message, "remedy": error.remedy}


@router.post("")
async def sign_in(sent: SignIn, request: Request, rooms: Open) -> JSONResponse:
    """Raises `Unauthorized` for a token that is not good here."""
    if not isinstance(rooms.identify, ByToken):
        raise Unauthorized("This service knows everybody without a token.", remedy="Open the studio's page.")
    token = sent.token.strip()
    found = await rooms.identify.tokens.principal(token)
    if len(token) > LONGEST:
        raise TokenTooLong
    answer = JSONResponse(_told(found, rooms))
    answer.set_cookie(SESSION_COOKIE, token, path="/", httponly=True, samesite="strict", secure=_is_secure(request))
    return answer


@router.delete("", status_code=204)
async def sign_out() -> Response:
    answer = Response(status_code=204)
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
    return answer


def _told(found: Principal, rooms: Rooms) -> Json:
    return {
        "signed_in": True,
        "asks_for_token": isinstance(rooms.identify, ByToken),
        "role": found.role.name.lower(),
        "tenant": found.tenant,
        "paid": rooms.house.tariff.paid,
    }


def _is_secure(request: Request) -> bool:
    """Also behind a proxy that ends TLS; whoever says so wrongly only loses the cookie."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto", "").split(",")[0] == "https"
