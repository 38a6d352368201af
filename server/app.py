"""The FastAPI application: routes under `/v1`, works also as `/v1/manga`, and problems.

It is given its rooms before the first request.
"""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from server import langgraph_wire, studio_files, studio_session
from server.composition import Rooms
from server.openapi import document, operation_id
from server.problem_json import add_problems
from server.request_logging import Observed
from server.routes import answers, book_links, events, files, previews, status, versions, webhooks, works
from server.security.request_guards import Guards
from server.streams import graph_events
from works.base import Json

ALIAS: Final = "/v1/manga"
NAME: Final = "/v1/works"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Alias:
    """ASGI middleware before everything that looks at an address."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and _is_meant(scope["path"]):
            raw = scope.get("raw_path") or scope["path"].encode()
            scope = {
                **scope,
                "path": NAME + scope["path"].removeprefix(ALIAS),
                "raw_path": NAME.encode() + raw.removeprefix(ALIAS.encode()),
            }
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Answering:
    """An ASGI application at a path, which is told to whoever logs the request."""

    app: ASGIApp
    path: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        await self.app(scope, receive, send)


def _is_meant(path: str) -> bool:
    return path == ALIAS or path.startswith(f"{ALIAS}/")


class Application(FastAPI):
    """With `Observed` outside everything, where answers to what nobody expected pass too; and its own OpenAPI."""

    def build_middleware_stack(self) -> ASGIApp:
        rooms: Rooms | None = self.state.rooms
        inner = super().build_middleware_stack()
        if rooms is None:
            return inner
        return Alias(Observed(inner, rooms.metrics, rooms.traces.request if rooms.traces else None))

    def openapi(self) -> Json:
        """See `server.openapi`; made once."""
        if not self.openapi_schema:
            self.openapi_schema = document(self.title, self.version, self.routes)
        return self.openapi_schema


def create_app(rooms: Rooms | None = None) -> FastAPI:
    """Without rooms it only knows what it would answer to: for its OpenAPI."""
    app = Application(
        title="Mangaka",
        version=VERSION,
        summary="Give it a story, get a finished manga book.",
        docs_url="/docs",
        generate_unique_id_function=operation_id,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},  # `observed` has ours
    )
    app.state.rooms = rooms
    app.state.studio = studio_files.Studio(modules=studio_files.module_folders())
    add_problems(app)
    app.include_router(api(), prefix="/v1")
    app.include_router(status.health)
    app.include_router(studio_session.router)
    app.include_router(studio_files.router)
    app.include_router(langgraph_wire.router)  # where LangGraph's clients look for it
    if rooms is not None:
        # Only POST: without sessions a GET would open a stream that nothing ever comes on.
        mcp = Answering(rooms.mcp, "/mcp")
        app.router.routes.append(Route(mcp.path, endpoint=mcp, methods=["POST"], include_in_schema=False))
        _guard(app, rooms)
    return app


def _guard(app: FastAPI, rooms: Rooms) -> None:
    """What is added last comes first: a page of an allowed origin reads refusals too."""
    app.add_middleware(Guards, rooms=rooms)
    if origins := rooms.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
            allow_headers=(
                "Authorization",
                "X-Api-Key",
                "Last-Event-ID",
                "If-None-Match",
                "Range",
                "Idempotency-Key",
                "X-Request-Id",
                "MCP-Protocol-Version",
                "Mcp-Method",
                "Mcp-Name",
            ),
            expose_headers=(
                "ETag",
                "Content-Range",
                "Location",
                "Content-Location",
                "Retry-After",
                "X-Request-Id",
                *(f"RateLimit-{n}" for n in ("Limit", "Remaining", "Reset")),
            ),
            max_age=600,
        )


def api() -> APIRouter:
    """Everything under `/v1`."""
    whole = APIRouter()
    for part in (works, answers, versions, previews, files, book_links, events, graph_events, status, webhooks):
        whole.include_router(part.router)
    return whole
