"""LangGraph's stream as entries that can leave the process."""

from typing import Any

from langgraph.types import Interrupt
from pydantic import BaseModel

from graph.stream_json import MOST_CHARACTERS, entries_of


class Answer(BaseModel):
    action: str


def part(mode: str, data: Any) -> dict[str, Any]:
    return {"type": mode, "ns": (), "data": data}


def test_each_node_and_each_question_is_an_entry() -> None:
    asked = Interrupt({"phase": "plot"}, id="a" * 32)
    found = entries_of(part("updates", {"plot": {"plot": {"x": (1, 2)}}, "__interrupt__": (asked,)}))
    assert found == [
        {"mode": "updates", "data": {"plot": {"plot": {"x": [1, 2]}}}},
        {"mode": "interrupt", "data": {"value": {"phase": "plot"}, "id": "a" * 32}},
    ]


def test_a_question_says_what_it_takes() -> None:
    asked = Interrupt({"phase": "plot"}, id="a" * 32, response_schema=Answer)
    schema = entries_of(part("updates", {"__interrupt__": (asked,)}))[0]["data"]["response_schema"]
    assert schema["properties"]["action"]["type"] == "string"


def test_large_channels_are_named_and_left_out_small_ones_stay() -> None:
    text = "x" * MOST_CHARACTERS
    found = entries_of(part("updates", {"plot": {"plot": {"text": text}, "version": "v1"}}))
    assert found[0]["data"]["plot"] == {"plot": {"$omitted": len('{"text": ""}') + MOST_CHARACTERS}, "version": "v1"}


def test_a_checkpoint_is_told_without_its_values_and_our_fence() -> None:
    place = {"thread_id": "t", "checkpoint_ns": "", "checkpoint_id": "c2", "epoch": 3}
    told = {
        "config": {"configurable": place},
        "parent_config": None,
        "values": {"brief": {"text": "secret"}},
        "metadata": {"source": "loop", "step": 2, "epoch": 3},
        "next": ["plot"],
        "tasks": [{"id": "1", "name": "plot", "interrupts": (), "state": None}],
    }
    (entry,) = entries_of(part("checkpoints", told))
    assert entry["data"]["config"]["configurable"] == {
        "thread_id": "t",
        "checkpoint_ns": "",
        "checkpoint_id": "c2",
        "checkpoint_map": None,
    }
    assert "epoch" not in str(entry)
    assert "secret" not in str(entry)
    assert entry["data"]["next"] == ["plot"]


def test_a_task_is_told_without_what_it_reads_and_writes() -> None:
    begun = {"id": "1", "name": "plot", "input": {"brief": {"text": "secret"}}, "triggers": ("start",)}
    ended: dict[str, Any] = {"id": "1", "name": "plot", "error": None, "result": {"plot": "secret"}, "interrupts": []}
    found = [entries_of(part("tasks", data))[0]["data"] for data in (begun, ended)]
    assert found[0] == {"id": "1", "name": "plot", "input": None, "triggers": ["start"]}
    assert found[1] == {"id": "1", "name": "plot", "error": None, "result": {}, "interrupts": []}
