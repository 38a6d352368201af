"""The node of the shapes: the plot's unknown things in, their shapes into the plot.

It runs within the plot where a person is about to look at it or has wished for something about things, else beside the
storyboard, which needs no shape. The channel `things` says what has become of each thing. A work that has a storyboard
and no such channel was made before there were shapes: it stays as it is, and nothing is asked for it.
"""

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.thing_shapes import PROMPT, PropDesigner, with_shapes
from calls.services import Services
from editing.drop_refused_wishes import revision_of, wishes_about_things
from editing.edit_status import retired
from editing.phase_results import read_concept
from editing.state_as_json import Json
from editing.work_blobs import blobs_of
from graph.context import RunOptions, options_of
from graph.nodes.agent_phase import Node, merged_state, previewed, waits, work_of
from graph.state import State
from manga.phases import Phase
from manga.plot import Plot
from manga.thing_shapes import AskedThing


def asks(services: Services) -> bool:
    """Is there a model that can be asked for shapes?"""
    return services.text.answers(PROMPT)


async def draw_things(state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
    """The state's change; nothing where all is as it was."""
    kept = state.get("things")
    if not asks(services) or (kept is None and state.get("storyboard")):
        return {}
    work = work_of(config)
    before = tuple(AskedThing.of(one) for one in (kept or {}).values())
    designer = PropDesigner(
        text=services.asked_by(Phase.PLOT, work),
        clock=services.clock,
        concept=read_concept(state),
        shelf=blobs_of(services.blobs, options_of(runtime).tenant, work),
        wishes=revision_of(wishes_about_things(state)).wishes,
    )
    raw = Plot.of(state["plot"])
    asked = await designer.drawn(raw, before)
    plot = with_shapes(raw, asked).to_json()
    change: Json = {} if plot == state["plot"] else {Phase.PLOT.value: plot}
    with_old: State = {**state, "plot": with_shapes(raw, before).to_json()}
    if change and (edits := retired(with_old, Phase.PLOT, plot)) is not None:
        change["edits"] = edits
    things = {one.key: one.to_json() for one in asked}
    return change if things == kept else change | {"things": things}


async def draw_before_review(
    state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]
) -> Json:
    """The same as a part of the plot, where somebody is about to look at it, or has wished for it: beside the
    storyboard both might retire edits, and a step writes that list once."""
    wanted = waits(Phase.PLOT, state) or wishes_about_things(state)
    return await draw_things(state, services, config, runtime) if wanted else {}


def shapes_node(services: Services) -> Node:
    """Runs beside the storyboard; the plot's preview is made anew where it has changed."""

    async def thing_shapes(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        change = await draw_things(state, services, config, runtime)
        if Phase.PLOT.value not in change:
            return change
        return change | await previewed(Phase.PLOT, merged_state(state, change), services, config, runtime)

    return thing_shapes
