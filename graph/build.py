"""The graph: seven phases, a review after each, feedback and confirm. Services and a checkpointer in, a graph out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from calls.services import Services
from graph.context import RunOptions
from graph.nodes import characters, concept, finishing, lettering, plot, storyboard, thing_shapes
from graph.nodes.agent_phase import Step, phase_node
from graph.nodes.artwork import after_artwork, gather_node, panel_node, plan_node
from graph.nodes.confirm import confirm_node, earliest
from graph.nodes.feedback import feedback_node
from graph.nodes.review import review_node
from graph.state import PanelTask, Start, State
from manga.phases import Phase

MangaGraph: TypeAlias = CompiledStateGraph[State, RunOptions, Start, State]

STEPS: Mapping[Phase, Step] = {
    Phase.CONCEPT: concept.STEP,
    Phase.CHARACTERS: characters.STEP,
    Phase.PLOT: plot.STEP,
    Phase.STORYBOARD: storyboard.STEP,
    Phase.LETTERING: lettering.STEP,
    Phase.FINISHING: finishing.STEP,
}
"""The phases that one agent makes in one piece; artwork is made panel by panel."""


def build_graph(
    services: Services,
    checkpointer: BaseCheckpointSaver[Any] | None = None,
    *,
    steps: Mapping[Phase, Step] = STEPS,
) -> MangaGraph:
    """Without a checkpointer the server that loads the graph brings its own (`langgraph dev`)."""
    graph = StateGraph(State, context_schema=RunOptions, input_schema=Start, output_schema=State)

    def add(name: str, node: Callable[..., Any], **how: Any) -> None:
        # Of a plain function LangGraph would search all that it reaches for graphs: none here, and 17 of 20 ms.
        graph.add_node(name, partial(node), **how)

    def review(name: Phase, approved: str, beside: Sequence[str] = ()) -> None:
        node, to = review_node(name, services, beside), (approved, *beside, "feedback")
        add(f"{name.value}_review", node, destinations=to)

    for name in STEPS:
        add(name.value, phase_node(name, steps[name], services))
    beside = ["lettering_proposal"] if lettering.proposes(services) else []
    shapes = ["thing_shapes"] if thing_shapes.asks(services) else []
    add("thing_shapes", thing_shapes.shapes_node(services))
    add("artwork_plan", plan_node(services, beside), destinations=("artwork_panel", *beside, "artwork"))
    add("artwork_panel", panel_node(services), input_schema=PanelTask)
    add("lettering_proposal", lettering.proposal_node(services))
    add("artwork", gather_node(services))
    add("feedback", feedback_node(services))
    add("confirm", confirm_node(services))

    graph.add_edge(START, "concept")
    graph.add_edge("concept", "concept_review")
    review(Phase.CONCEPT, approved="characters")
    graph.add_edge("characters", "characters_review")
    review(Phase.CHARACTERS, approved="plot")
    graph.add_edge("plot", "plot_review")
    review(Phase.PLOT, approved="storyboard", beside=shapes)
    graph.add_edge("thing_shapes", "storyboard_review")
    graph.add_edge("storyboard", "storyboard_review")
    review(Phase.STORYBOARD, approved="artwork_plan")
    graph.add_edge("artwork_panel", "artwork")
    graph.add_edge("lettering_proposal", "artwork")
    graph.add_conditional_edges("artwork", after_artwork, ["artwork_plan", "artwork_review"])
    review(Phase.ARTWORK, approved="lettering")
    graph.add_edge("lettering", "lettering_review")
    review(Phase.LETTERING, approved="finishing")
    graph.add_edge("finishing", "finishing_review")
    review(Phase.FINISHING, approved=END)
    graph.add_edge("feedback", "confirm")
    # A conditional edge, not a Command: that is what lets a fork continue from `aupdate_state(as_node="confirm")`.
    graph.add_conditional_edges(
        "confirm",
        earliest,
        [
            "concept", "characters", "plot", "storyboard", "artwork_plan", "lettering", "finishing",
            "concept_review", "characters_review", "plot_review", "storyboard_review", "artwork_review",
            "lettering_review", "finishing_review", "feedback",
        ],
    )  # fmt: skip
    return graph.compile(checkpointer=checkpointer, name="mangaka")
