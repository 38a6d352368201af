"""What `langgraph dev` and clients read of the graph without running it."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, create_model

from graph.state import PanelTask
from manga.phases import PHASES
from tests.graph.crew import studio


def test_the_schemas_of_input_output_and_context_are_listed() -> None:
    graph = studio().graph
    assert list(graph.get_input_jsonschema()["properties"]) == ["brief"]
    assert {phase.value for phase in PHASES} <= set(graph.get_output_jsonschema()["properties"])
    context = graph.get_context_jsonschema()
    assert context is not None
    assert {"tenant", "images_at_once", "working_seconds"} <= set(context["properties"])


def test_every_channel_says_which_fields_it_holds() -> None:
    graph = studio().graph
    begin, state = graph.get_input_jsonschema(), graph.get_output_jsonschema()
    assert {"text", "settings"} <= set(begin["properties"]["brief"]["properties"])
    assert begin["properties"]["brief"]["required"] == ["text"]
    for schema in (begin, state):
        assert sorted(_references(schema) - {f"#/$defs/{name}" for name in schema["$defs"]}) == []
    known = {name: _resolved(state, found) for name, found in state["properties"].items()}
    assert [name for name, found in known.items() if not _says_fields(found)] == ["feedback"]
    assert "figures" in _resolved(state, known["artwork"]["additionalProperties"])["properties"]
    assert "change_data" in _resolved(state, known["edits"]["items"])["properties"]


def test_the_channels_that_a_server_lists_say_the_same() -> None:
    """`langgraph dev` makes the schema of the state from the channels' types."""
    graph = studio().graph
    fields: Any = {name: (graph.channels[name].UpdateType, None) for name in graph.stream_channels_list}
    listed = create_model("State", **fields).model_json_schema()
    assert {"PanelArt", "Scene", "StoryPage", "BookPage"} <= set(listed["$defs"])


def test_a_panels_task_says_what_it_is_drawn_from() -> None:
    task = TypeAdapter(PanelTask).json_schema()
    assert {"outline", "direction", "cast"} <= set(_resolved(task, task["properties"]["panel"])["properties"])


def _references(schema: Any) -> set[str]:
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = {schema["$ref"]} if isinstance(schema, dict) and isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(_references, parts))


def _resolved(whole: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    return whole["$defs"][found["$ref"].rpartition("/")[2]] if "$ref" in found else found


def _says_fields(found: Mapping[str, Any]) -> bool:
    if found["type"] == "object":
        return bool(found.get("properties")) or isinstance(found.get("additionalProperties"), dict)
    return found["type"] != "array" or bool(found.get("items", {}).get("$ref"))


def test_the_graph_can_be_drawn_with_every_way_through_it() -> None:
    drawn = studio().graph.get_graph()
    edges = {(edge.source, edge.target) for edge in drawn.edges}
    assert ("__start__", "concept") in edges
    assert ("finishing_review", "__end__") in edges
    assert {("artwork_plan", "artwork_panel"), ("artwork_panel", "artwork"), ("artwork", "artwork_plan")} <= edges
    assert {("confirm", phase.value) for phase in PHASES if phase.value != "artwork"} <= edges
