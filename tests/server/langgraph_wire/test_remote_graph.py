"""`RemoteGraph` of LangGraph itself: the graph of the service used as one's own."""

import uuid
from typing import Any, TypedDict, cast

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.pregel.remote import RemoteGraph
from langgraph.types import Command
from langgraph_sdk.client import SyncLangGraphClient

from tests.server.langgraph_wire.clients import GRAPH, REVIEWED, STORY


def of_thread() -> RunnableConfig:
    return {"configurable": {"thread_id": str(uuid.uuid4())}}


@pytest.fixture
def remote(sdk: SyncLangGraphClient) -> RemoteGraph:
    return RemoteGraph(GRAPH, sync_client=sdk)


def test_a_remote_graph_draws_a_book(remote: RemoteGraph) -> None:
    config = of_thread()
    values: Any = remote.invoke(STORY, config)
    state = remote.get_state(config)
    assert values["finishing"]["pages"]
    assert state.values["finishing"] == values["finishing"]
    assert state.next == ()
    assert {"concept", "finishing_review"} <= set(remote.get_graph().nodes)


def test_a_remote_graph_is_interrupted_answered_and_forked(remote: RemoteGraph) -> None:
    config = of_thread()
    first = list(remote.stream(REVIEWED, config, stream_mode="updates"))
    asked = remote.get_state(config)
    second: Any = remote.invoke(Command(resume={"action": "approve"}), config)
    history = list(remote.get_state_history(config, limit=50))
    old = next(state for state in history if state.next == ("concept_review",))
    forked = remote.update_state(old.config, {"text": "Change the title to 'The Friend'."})
    third: Any = remote.invoke(None, config)
    assert first[-1]["__interrupt__"]
    assert asked.next == ("concept_review",)
    assert asked.interrupts[0].value["phase"] == "concept"
    assert second["characters"]
    assert forked["configurable"]["checkpoint_id"] > old.config["configurable"]["checkpoint_id"]
    assert third["edits"][-1]["change_data"] == {"title": "The Friend"}


class Book(TypedDict, total=False):
    brief: dict[str, Any]
    concept: dict[str, Any]


def test_a_remote_graph_is_a_node_of_another(remote: RemoteGraph) -> None:
    """The question of the inner graph is one of the outer."""
    outer = StateGraph(Book)
    outer.add_node("book", remote)
    outer.add_edge(START, "book")
    graph, config = outer.compile(InMemorySaver()), of_thread()
    asked = graph.invoke(cast("Book", REVIEWED), config)
    assert asked["__interrupt__"][0].value["phase"] == "concept"
    assert graph.get_state(config).next == ("book",)
