"""The graph for `langgraph dev` (`langgraph.json`): offline models, a folder for objects, no version store, no server.

The development server calls the factory for every run and every read, in several event loops, and brings its own
checkpointer; so everything is opened once, in a thread, and kept for the life of the process.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from threading import Lock

from graph.build import MangaGraph, build_graph
from graph.services import open_services
from storage.settings import StorageSettings


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
