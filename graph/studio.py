"""The graph for `langgraph dev` (`langgraph.json`): offline models, a folder for objects, no version store, no server.

The development server calls the factory for every run and every read, in several event loops, and brings its own
checkpointer; so everything is opened once, in a thread, and kept for the life of the process.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from threading import Lock

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.build import MangaGraph, build_graph
from graph.open_services import open_services
from storage.settings import StorageSettings

STUDIO = "https://smith.langchain.com"
_ASKED = "access-control-request-private-network"


class StudioPreflight:
    """The hosted Studio page may talk to the development server on this machine, no other page may. A browser asks
    first (`OPTIONS`), and for a server on the private network it asks for more than Starlette's CORS allows."""

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


@dataclass(frozen=True, slots=True)
class _Kept:
    """Closing the loop, or letting the stack go, would close the services under the graph."""

    loop: asyncio.AbstractEventLoop
    stack: AsyncExitStack
    graph: MangaGraph


_opening = Lock()


async def graph() -> MangaGraph:
    """The compiled graph, the same at every call."""
    return (await asyncio.to_thread(_opened)).graph


def _opened() -> _Kept:
    with _opening:
        return _open()


@cache
def _open() -> _Kept:
    loop, stack = asyncio.new_event_loop(), AsyncExitStack()
    services = loop.run_until_complete(stack.enter_async_context(open_services(StorageSettings())))
    return _Kept(loop, stack, build_graph(services))
