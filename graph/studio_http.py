"""The hosted Studio page may talk to the development server on this machine; no other page may.

A browser asks first (a preflight), and for a server on the private network it asks for more than Starlette's CORS
allows. So this answers that one question, for Studio's own origin; everything else goes on as it was.
"""

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STUDIO = "https://smith.langchain.com"
_ASKED = "access-control-request-private-network"


class StudioPreflight:
    """Answers `OPTIONS` of Studio's origin that asks for the private network."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if headers.get("origin") == STUDIO and headers.get(_ASKED) == "true":
                await _allowed(headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _allowed(asked: Headers) -> Response:
    return Response(
        status_code=200,
        headers={
            "Access-Control-Allow-Origin": STUDIO,
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Allow-Methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            "Access-Control-Allow-Headers": asked.get("access-control-request-headers", ""),
            "Access-Control-Max-Age": "600",
            "Vary": "Origin",
        },
    )


app = Starlette(middleware=[Middleware(StudioPreflight)])
