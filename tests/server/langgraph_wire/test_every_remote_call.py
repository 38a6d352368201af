"""Every call of `RemoteGraph` itself, run: with and without `async`, on a thread that waits in a review.

docs/langgraph.md has the table that these runs make. A call that a newer library brings fails here until it is in it.
"""

import inspect
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.pregel.remote import RemoteGraph
from langgraph.types import Command
from langgraph_sdk import get_client, get_sync_client

from tests.server.langgraph_wire.clients import GRAPH, REVIEWED, STORY, headers_of
from tests.server.langgraph_wire.test_every_call import TABLE
from tests.service import Service

Call = Callable[[RemoteGraph, RunnableConfig], Any]
AsyncCall = Callable[[RemoteGraph, RunnableConfig], Awaitable[Any]]
APPROVED: Final[Command[Any]] = Command(resume={"action": "approve"})
WISH: Final = {"text": "Change the title to 'The Friend'."}


def heard(graph: RemoteGraph, _config: RunnableConfig) -> Any:
    with graph.stream_events(STORY, version="v3") as run:
        return run.output["finishing"]["pages"]


async def heard_async(graph: RemoteGraph, _config: RunnableConfig) -> Any:
    async with await graph.astream_events(STORY, version="v3") as run:
        return (await run.output())["finishing"]["pages"]


async def streamed(graph: RemoteGraph, config: RunnableConfig) -> Any:
    return [part async for part in graph.astream(APPROVED, config)]


async def history(graph: RemoteGraph, config: RunnableConfig) -> Any:
    return [state async for state in graph.aget_state_history(config)]


CALLS: Final[dict[str, Call]] = {
    "invoke": lambda g, c: g.invoke(APPROVED, c),
    "stream": lambda g, c: list(g.stream(APPROVED, c)),
    "stream_events": heard,
    "get_state": lambda g, c: g.get_state(c),
    "get_state_history": lambda g, c: list(g.get_state_history(c)),
    "update_state": lambda g, c: g.update_state(c, WISH),
    "bulk_update_state": lambda g, c: g.bulk_update_state(c, [(WISH, None)]),
    "get_graph": lambda g, c: g.get_graph().nodes,
    "copy": lambda g, c: g.copy({}).invoke(APPROVED, c),
    "with_config": lambda g, c: g.with_config(c).invoke(APPROVED),
}
ASYNC: Final[dict[str, AsyncCall]] = {
    "ainvoke": lambda g, c: g.ainvoke(APPROVED, c),
    "astream": streamed,
    "astream_events": heard_async,
    "aget_state": lambda g, c: g.aget_state(c),
    "aget_state_history": history,
    "aupdate_state": lambda g, c: g.aupdate_state(c, WISH),
    "abulk_update_state": lambda g, c: g.abulk_update_state(c, [(WISH, None)]),
    "aget_graph": lambda g, c: g.aget_graph(),
}


def table() -> dict[str, str]:
    """What the document says of each."""
    rows = re.findall(r"^\| `RemoteGraph\.(\w+)` \| (.+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def waiting(service: Service, headers: dict[str, str]) -> RunnableConfig:
    """A thread that waits in a review."""
    with get_sync_client(url=service.url, headers=headers) as client:
        thread = client.threads.create()["thread_id"]
        client.runs.wait(thread, GRAPH, input=REVIEWED)
    return {"configurable": {"thread_id": thread}}


def test_every_call_of_a_remote_graph_is_tried() -> None:
    there = {name for name, _ in inspect.getmembers(RemoteGraph, inspect.isfunction) if name in vars(RemoteGraph)}
    assert {name for name in there if not name.startswith("_")} == {*CALLS, *ASYNC}
    assert set(table()) == set(CALLS)
    assert {name.removeprefix("a") for name in ASYNC} <= set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_does_what_the_table_says(service: Service, name: str) -> None:
    headers = headers_of()
    config = waiting(service, headers)
    with get_sync_client(url=service.url, headers=headers) as client:
        graph = RemoteGraph(GRAPH, sync_client=client)
        if table()[name].startswith("works"):
            assert CALLS[name](graph, config)
        else:
            with pytest.raises(NotImplementedError):
                CALLS[name](graph, config)


@pytest.mark.anyio
@pytest.mark.parametrize("name", ASYNC)
async def test_its_async_form_does_the_same(service: Service, name: str) -> None:
    headers = headers_of()
    config = waiting(service, headers)
    async with get_client(url=service.url, headers=headers) as client:
        graph = RemoteGraph(GRAPH, client=client)
        if table()[name.removeprefix("a")].startswith("works"):
            assert await ASYNC[name](graph, config)
        else:
            with pytest.raises(NotImplementedError):
                await ASYNC[name](graph, config)
