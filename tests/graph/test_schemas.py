"""What `langgraph dev` and clients read of the graph without running it."""

from manga.phases import PHASES
from tests.graph.crew import studio


def test_the_schemas_of_input_output_and_context_are_listed() -> None:
    graph = studio().graph
    assert list(graph.get_input_jsonschema()["properties"]) == ["brief"]
    assert {phase.value for phase in PHASES} <= set(graph.get_output_jsonschema()["properties"])
    context = graph.get_context_jsonschema()
    assert context is not None
    assert {"tenant", "images_at_once", "working_seconds"} <= set(context["properties"])


def test_the_graph_can_be_drawn_with_every_way_through_it() -> None:
    drawn = studio().graph.get_graph()
    edges = {(edge.source, edge.target) for edge in drawn.edges}
    assert ("__start__", "concept") in edges
    assert ("finishing_review", "__end__") in edges
    assert {("artwork_plan", "artwork_panel"), ("artwork_panel", "artwork"), ("artwork", "artwork_plan")} <= edges
    assert {("confirm", phase.value) for phase in PHASES if phase.value != "artwork"} <= edges
