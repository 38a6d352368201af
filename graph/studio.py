"""The graph for `langgraph dev` (`langgraph.json`): offline minds, a folder for objects, no version store, no server.

The development server calls the factory for every run and every read, off the main thread, and brings its own
checkpointer; so services are opened once and kept for the life of the process.
"""

import asyncio
from contextlib import AsyncExitStack
from functools import cache

from graph.build import MangaGraph, build_graph
from graph.services import Services, open_services
from storage.settings import StorageSettings


@cache
def _opening() -> "asyncio.Task[MangaGraph]":
    return asyncio.get_running_loop().create_task(_open())


async def _open() -> MangaGraph:
    services: Services = await AsyncExitStack().enter_async_context(open_services(StorageSettings()))
    return build_graph(services)


async def graph() -> MangaGraph:
    """The compiled graph, the same at every call."""
    return await asyncio.shield(_opening())
