"""The feedback's node: a sentence becomes a plan by `agents.feedback`, edits by `editing`."""

from collections.abc import Iterator

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.feedback import is_placeless, parse_feedback, unheard
from agents.retry import TEXT, retried
from calls.services import Services
from editing.book_view_for_feedback import book_view
from editing.locks import respected
from editing.plan_direct_edits import planned_edits
from editing.state_as_json import Json
from editing.work_blobs import blobs_of
from graph.context import RunOptions, options_of
from graph.events import PlanReady, tell
from graph.nodes.agent_phase import Node, work_of
from graph.nodes.confirm import ASKED, with_redo
from graph.state import State
from manga.brief import Language
from manga.feedback import MAX_SENTENCE, Plan
from manga.phases import Phase

NO_WISH = {Language.JA: "希望とは受け取りませんでした", Language.EN: "not taken as a wish"}


def feedback_node(services: Services) -> Node:
    """Writes `feedback["plan"]`, and `feedback["edits"]` for edits that can be laid over; tells the plan."""

    async def feedback(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        answer = state["feedback"].get("answer") or {}
        if answer.get("action") == "edit":
            blobs = blobs_of(services.blobs, options_of(runtime).tenant, work_of(config))
            planned = await planned_edits(state, answer, blobs, services.offload)
        else:
            said = str(answer.get("text", ""))
            plan = await _planned(said, state, services, work_of(config))
            for place in _places(said, plan, answer, state):
                with_place = await _planned(place, state, services, work_of(config))
                if with_place.items:
                    plan = with_place
                    break
            planned = {"plan": plan.to_json(), **_unheard(said, plan, state)}
        understood = respected(state, state["feedback"] | planned)
        tell(runtime.stream_writer, PlanReady(Phase(understood["asked_at"]), with_redo(state, understood, services)))
        return {"feedback": understood}

    return feedback


def _places(said: str, plan: Plan, answer: Json, state: State) -> Iterator[str]:
    """The sentence with what is on the screen, where it says no place itself; then, where it alone says nothing, as the
    answer to what was asked back."""
    if (about := answer.get("about")) and is_placeless(said, plan):
        yield f"{', '.join(about)}: {said}"[:MAX_SENTENCE]
    if not plan.items and (earlier := state["feedback"].get(ASKED)):
        yield f"{said.rstrip('.。')}: {earlier[-1]}"[:MAX_SENTENCE]


def _unheard(said: str, plan: Plan, state: State) -> Json:
    """What was taken for no wish, told beside what becomes of the wishes."""
    if not plan.items:
        return {}
    reason = NO_WISH[book_view(state, Phase(state["feedback"]["asked_at"])).language]
    first = min((item.phase for item in plan.items), key=lambda phase: phase.number)
    told: Json = {"phase": first.value, "changed": [], "count": 0, "reason": reason}
    found = [{**told, "instruction": clause} for clause in unheard(said, plan)]
    return {"outcomes": found} if found else {}


async def _planned(text: str, state: State, services: Services, work: str) -> Plan:
    book = book_view(state, Phase(state["feedback"]["asked_at"]))

    async def asked() -> Plan:
        # Counted apart from the phases: no result of theirs is made anew by it.
        model = services.asked_by("feedback", work)
        return await parse_feedback(text=text, book=book, model=model)

    return await retried(asked, TEXT, services.clock)
