"""An answer becomes a plan: a sentence through `agents.feedback`, edits through `graph.edits`."""

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.feedback import parse
from graph.blobs import blobs_of
from graph.edits.answered import planned_edits
from graph.nodes import Node, work_of
from graph.options import RunOptions, options_of
from graph.respect import respected
from graph.services import Services
from graph.state import Json, State


def feedback_node(services: Services) -> Node:
    """Writes `feedback["plan"]`, and `feedback["edits"]` for edits that can be laid over."""

    async def feedback(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        answer = state["feedback"].get("answer") or {}
        if answer.get("action") == "edit":
            blobs = blobs_of(services.blobs, options_of(runtime).tenant, work_of(config))
            planned = await planned_edits(state, answer, blobs, services.offload)
        else:
            planned = {"plan": parse(str(answer.get("text", ""))).to_json()}
        return {"feedback": respected(state, state["feedback"] | planned)}

    return feedback
