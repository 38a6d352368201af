"""The graph: seven phases, a review after each, feedback and confirm. Services and a checkpointer in, a graph out."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graph.confirm import confirm_node, earliest
from graph.feedback import feedback_node
from graph.nodes import Step, phase_node
from graph.options import RunOptions
from graph.panels import after_artwork, gather_node, panel_node, plan_node
from graph.review import after, first_node, review_name, review_node
from graph.services import Services
from graph.state import PanelTask, Start, State
from graph.steps import STEPS
from manga.phases import PHASES, Phase

MangaGraph: TypeAlias = CompiledStateGraph[State, RunOptions, Start, State]
Builder: TypeAlias = StateGraph[State, RunOptions, Start, State]


def build_graph(
    services: Services,
    checkpointer: BaseCheckpointSaver[Any] | None = None,
    *,
    steps: Mapping[Phase, Step] = STEPS,
) -> MangaGraph:
    """Without a checkpointer the server that loads the graph brings its own (`langgraph dev`)."""
    builder: Builder = StateGraph(State, context_schema=RunOptions, input_schema=Start, output_schema=State)
    for phase in PHASES:
        if phase is Phase.ARTWORK:
            _add_artwork(builder, services)
        else:
            builder.add_node(phase.value, phase_node(phase, steps[phase], services))
            builder.add_edge(phase.value, review_name(phase))
        ends = (after(phase), "feedback")
        builder.add_node(review_name(phase), review_node(phase, services), destinations=ends)
    builder.add_node("feedback", feedback_node(services))
    builder.add_node("confirm", confirm_node(services))
    builder.add_edge("feedback", "confirm")
    # A conditional edge, not a Command: that is what lets a fork continue from `aupdate_state(as_node="confirm")`.
    targets = [*map(first_node, PHASES), *map(review_name, PHASES), "feedback"]
    builder.add_conditional_edges("confirm", earliest, targets)
    builder.add_edge(START, first_node(PHASES[0]))
    return builder.compile(checkpointer=checkpointer, name="mangaka")


def _add_artwork(builder: Builder, services: Services) -> None:
    builder.add_node("artwork_plan", plan_node(services), destinations=("artwork_panel", "artwork"))
    builder.add_node("artwork_panel", panel_node(services), input_schema=PanelTask)
    builder.add_node("artwork", gather_node(services))
    builder.add_edge("artwork_panel", "artwork")
    builder.add_conditional_edges("artwork", after_artwork, ["artwork_plan", "artwork_review"])
