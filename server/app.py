"""The FastAPI application: routes under `/v1`, and problems. It is given its rooms before the first request."""

from fastapi import APIRouter, FastAPI

from server import answers, events, files, previews, status, versions, works
from server.events import NothingMore, nothing_more
from server.problems import add_problems
from server.rooms import Rooms

VERSION = "1"


def create_app(rooms: Rooms | None = None) -> FastAPI:
    """Without rooms it only knows what it would answer to: for its OpenAPI."""
    app = FastAPI(
        title="Mangaka",
        version=VERSION,
        summary="Give it a story, get a finished manga book.",
        docs_url="/docs",
        redoc_url=None,
    )
    app.state.rooms = rooms
    add_problems(app)
    app.add_exception_handler(NothingMore, nothing_more)
    app.include_router(api(), prefix="/v1")
    app.include_router(status.health)
    return app


def api() -> APIRouter:
    """Everything under `/v1`."""
    whole = APIRouter()
    for part in (works, answers, versions, previews, files, events, status):
        whole.include_router(part.router)
    return whole
