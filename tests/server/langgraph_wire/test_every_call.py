"""Every call of LangGraph's Python client, run: it works, or is refused with a reason and what to use instead.

docs/langgraph.md has the table that these runs make. A call that a newer client brings fails here until it is in it.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from langgraph_sdk import get_client, get_sync_client
from langgraph_sdk.client import SyncLangGraphClient
from langgraph_sdk.errors import UnprocessableEntityError

from tests.server.langgraph_wire.clients import APPROVED, GRAPH, REVIEWED, headers_of
from tests.service import Service

TABLE: Final = Path(__file__).parents[3] / "docs" / "langgraph.md"
ID: Final = "00000000-0000-4000-8000-000000000000"
Call = Callable[[SyncLangGraphClient, str, str], Any]
"""Is given the client, a thread that waits in a review, and its run."""


def streamed(parts: Iterator[Any], least: int = 1) -> None:
    """As many parts as are to be seen; a thread's stream has no end."""
    for _, _part in zip(range(least), parts, strict=False):
        pass


def began(client: SyncLangGraphClient) -> None:
    with client.threads.stream(assistant_id=GRAPH) as thread:
        thread.run.start(input=REVIEWED)


CALLS: Final[dict[str, Call]] = {
    "assistants.get": lambda c, t, r: c.assistants.get(GRAPH),
    "assistants.get_graph": lambda c, t, r: c.assistants.get_graph(GRAPH),
    "assistants.get_schemas": lambda c, t, r: c.assistants.get_schemas(GRAPH),
    "assistants.get_subgraphs": lambda c, t, r: c.assistants.get_subgraphs(GRAPH, namespace="x"),
    "assistants.create": lambda c, t, r: c.assistants.create(GRAPH),
    "assistants.update": lambda c, t, r: c.assistants.update(GRAPH, name="x"),
    "assistants.delete": lambda c, t, r: c.assistants.delete(GRAPH),
    "assistants.search": lambda c, t, r: c.assistants.search(),
    "assistants.count": lambda c, t, r: c.assistants.count(),
    "assistants.get_versions": lambda c, t, r: c.assistants.get_versions(GRAPH),
    "assistants.set_latest": lambda c, t, r: c.assistants.set_latest(GRAPH, 1),
    "threads.get": lambda c, t, r: c.threads.get(t),
    "threads.create": lambda c, t, r: c.threads.create(),
    "threads.update": lambda c, t, r: c.threads.update(t, metadata={"a": 1}),
    "threads.delete": lambda c, t, r: c.threads.delete(c.threads.create()["thread_id"]),
    "threads.search": lambda c, t, r: c.threads.search(),
    "threads.count": lambda c, t, r: c.threads.count(),
    "threads.copy": lambda c, t, r: c.threads.copy(t),
    "threads.prune": lambda c, t, r: c.threads.prune([c.threads.create()["thread_id"]]),
    "threads.get_state": lambda c, t, r: c.threads.get_state(t),
    "threads.update_state": lambda c, t, r: c.threads.update_state(t, {"text": "Change the title to 'The Friend'."}),
    "threads.get_history": lambda c, t, r: c.threads.get_history(t),
    "threads.join_stream": lambda c, t, r: streamed(c.threads.join_stream(t, last_event_id="-1"), 5),
    "threads.stream": lambda c, t, r: began(c),
    "runs.stream": lambda c, t, r: streamed(c.runs.stream(t, GRAPH, command=APPROVED), 99),
    "runs.create": lambda c, t, r: c.runs.create(t, GRAPH, command=APPROVED),
    "runs.create_batch": lambda c, t, r: c.runs.create_batch([{"assistant_id": GRAPH, "input": REVIEWED}]),
    "runs.wait": lambda c, t, r: c.runs.wait(t, GRAPH, command=APPROVED),
    "runs.list": lambda c, t, r: c.runs.list(t),
    "runs.get": lambda c, t, r: c.runs.get(t, r),
    "runs.cancel": lambda c, t, r: c.runs.cancel(t, r),
    "runs.cancel_many": lambda c, t, r: c.runs.cancel_many(status="all"),
    "runs.join": lambda c, t, r: c.runs.join(t, r),
    "runs.join_stream": lambda c, t, r: streamed(c.runs.join_stream(t, r), 99),
    "runs.delete": lambda c, t, r: c.runs.delete(t, r),
    "crons.create_for_thread": lambda c, t, r: c.crons.create_for_thread(t, GRAPH, schedule="* * * * *"),
    "crons.create": lambda c, t, r: c.crons.create(GRAPH, schedule="* * * * *"),
    "crons.update": lambda c, t, r: c.crons.update(ID, enabled=False),
    "crons.delete": lambda c, t, r: c.crons.delete(ID),
    "crons.search": lambda c, t, r: c.crons.search(),
    "crons.count": lambda c, t, r: c.crons.count(),
    "store.put_item": lambda c, t, r: c.store.put_item(["a"], "b", {"c": 1}),
    "store.get_item": lambda c, t, r: c.store.get_item(["a"], "b"),
    "store.delete_item": lambda c, t, r: c.store.delete_item(["a"], "b"),
    "store.search_items": lambda c, t, r: c.store.search_items(["a"]),
    "store.list_namespaces": lambda c, t, r: c.store.list_namespaces(),
}


@dataclass(frozen=True)
class Refusal:
    """What a client is told of a call that there is not."""

    reason: str
    instead: str


def refusal_of(call: Call, client: SyncLangGraphClient, thread: str, run: str) -> Refusal | None:
    """None where it works. Whatever else it raises fails the test."""
    try:
        call(client, thread, run)
    except UnprocessableEntityError as error:
        told: Any = error.body
        assert told["code"] == "not_offered"
        return Refusal(told["detail"], told["remedy"])
    return None


def table() -> dict[str, str]:
    """What the document says of each call."""
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| (.+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def calls_of(client: object) -> set[str]:
    return {
        f"{part}.{name}"
        for part in vars(client)
        for name, _ in inspect.getmembers(getattr(client, part), inspect.ismethod)
        if part != "http" and not name.startswith("_")
    }


@pytest.mark.anyio
async def test_every_call_of_the_client_is_tried() -> None:
    with get_sync_client(url="http://127.0.0.1:1") as client:
        there = calls_of(client)
    async with get_client(url="http://127.0.0.1:1") as other:
        assert calls_of(other) == there, "what this one lacks is not tried"
    assert there == set(CALLS)
    assert set(table()) == there


@pytest.mark.parametrize("name", CALLS)
def test_a_call_does_what_the_table_says(service: Service, name: str) -> None:
    with get_sync_client(url=service.url, headers=headers_of()) as client:
        thread = client.threads.create()["thread_id"]
        client.runs.wait(thread, GRAPH, input=REVIEWED)
        run = client.runs.list(thread)[0]["run_id"]
        found = refusal_of(CALLS[name], client, thread, run)
    said = table()[name]
    if found is None:
        assert said.startswith("works"), said
    else:
        assert said == f"not offered: {found.reason} {found.instead}"
