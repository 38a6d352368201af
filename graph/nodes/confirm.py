"""The node between a plan and its execution: asks back what could not be placed, and for a yes where wanted.

Then wishes and edits are written down, and the conditional edge leads to the earliest phase concerned.
"""

from typing import Any, Literal

from langgraph.types import interrupt
from pydantic import Field

from agents.paper_wishes import last_paper
from calls.money import pictures_usd
from calls.services import Services
from editing.phase_results import brief_of
from editing.plan_direct_edits import edits_after, wished_edits
from editing.redo_forecast import foreseen
from editing.review_answers import ask
from editing.state_as_json import TO_END, Json
from graph.nodes.agent_phase import Node
from graph.nodes.review import About, first_node, review_name
from graph.state import State
from manga.comic_strips import is_empty
from manga.feedback import MAX_SENTENCE
from manga.phases import PHASES, Phase
from manga.values import Value

ASKED = "asked"
"""Of a feedback: the sentences before this one that could not be placed."""
MOST_QUESTIONS = 2
"""About one wish. What is not understood then is said to be left."""


class ConfirmAnswer(Value):
    """`feedback` sends another sentence in the place of the one that was not understood; with `confirm` its plan is
    shown for a yes, as in a review."""

    action: Literal["confirm", "cancel", "feedback"]
    text: str = Field(default="", max_length=MAX_SENTENCE)
    confirm: bool = Field(default=False, exclude_if=is_empty)
    about: About = Field(default=(), max_length=6, exclude_if=is_empty)


def confirm_node(services: Services) -> Node:
    """One interrupt at most: a question, or the plan for a yes."""

    async def confirm(state: State) -> Json:
        feedback = state.get("feedback") or {}
        plan = feedback.get("plan") or {}
        wanted = (feedback.get("answer") or {}).get("confirm") or brief_of(state).feedback_mode.confirm_plans
        asks = bool(plan.get("question") or wanted)
        if plan.get("items") and not asks:
            return _accepted(state)
        if not plan.get("items") and len(feedback.get(ASKED, ())) >= MOST_QUESTIONS:
            return {"feedback": _given_up(feedback)}
        question = {
            "phase": feedback["asked_at"],
            "version_id": feedback.get("version", ""),
            "question": plan.get("question", ""),
            "plan": with_redo(state, feedback, services),
            "allowed": ["confirm", "cancel", "feedback"] if plan.get("items") else ["cancel", "feedback"],
            **_kept(feedback, TO_END),
        }
        answer = ask(interrupt, question, ConfirmAnswer)
        if answer.action == "confirm" and plan.get("items"):
            return _accepted(state)
        if answer.action == "feedback":
            again = {ASKED: _asked(feedback)} if not plan.get("items") else {}
            return {"feedback": _kept(feedback, "asked_at", "version", TO_END) | {"answer": answer.to_json()} | again}
        return {"feedback": _kept(feedback, "asked_at", TO_END) | {"cancelled": True}}

    return confirm


def _asked(feedback: Json) -> list[str]:
    """The sentences that were asked back so far, with the one of now."""
    return [*feedback.get(ASKED, ()), str((feedback.get("answer") or {}).get("text", ""))]


def _given_up(feedback: Json) -> Json:
    """Nobody is asked a third time: the wish is not carried out, and why is told."""
    plan, said = feedback["plan"], _asked(feedback)[-1]
    phase: Json = {"phase": feedback["asked_at"], "changed": [], "count": 0}
    outcome = phase | {"instruction": said, "reason": plan["question"]}
    return _kept(feedback, "asked_at", TO_END) | {"cancelled": True, "outcomes": [outcome]}


def _kept(feedback: Json, *names: str) -> Json:
    return {name: feedback[name] for name in names if name in feedback}


def with_redo(state: State, feedback: Json, services: Services) -> Json:
    """The feedback's plan, with what carrying it out will redo at most."""
    plan: Json = feedback.get("plan") or {}
    return plan | {"redo": _priced(foreseen(state, plan.get("items") or ()), services)}


def _priced(redo: Json, services: Services) -> Json:
    """With what its pictures cost at most, where they cost anything: `usd`, None when nobody knows."""
    return redo | {"usd": pictures_usd(services.tariff, redo["images"])} if services.images.paid else redo


def _accepted(state: State) -> Json:
    """Edits go to the end of their list, everything else becomes a wish of its phase."""
    feedback = state["feedback"]
    items: list[Json] = feedback["plan"]["items"]
    wishes: dict[str, list[Json]] = {}
    change: dict[str, Any] = {}
    concerned = {feedback["asked_at"]}
    if feedback.get("edits") or feedback.get("undo"):
        concerned |= {item["phase"] for item in items}
        change["edits"] = edits_after(state.get("edits") or (), feedback)
    else:
        edits, left = wished_edits(state, items)
        concerned |= {edit.phase.value for edit in edits} | {item["phase"] for item in left}
        for item in left:
            before = wishes.get(item["phase"]) or (state.get("wishes") or {}).get(item["phase"], [])
            wishes[item["phase"]] = [*before, {"instruction": item["instruction"], "scope": item["scope"]}]
        if last_paper([item["instruction"] for item in left if item["phase"] == Phase.FINISHING]):
            concerned.add(Phase.STORYBOARD.value)  # another paper is laid out anew
        if edits:
            change["edits"] = [*(state.get("edits") or ()), *(edit.to_json() for edit in edits)]
    stops = [phase.value for phase in PHASES[: Phase(feedback["asked_at"]).number] if phase.value in concerned]
    return {**change, "wishes": wishes, "feedback": {**feedback, "stops": stops}}


def earliest(state: State) -> str:
    """The node to go on with: the first phase concerned; the review that was left when the plan was cancelled, or
    that a fork approves; the parser again when another sentence came."""
    feedback = state.get("feedback") or {}
    if feedback.get("stops"):
        return first_node(Phase(feedback["stops"][0]))
    if feedback.get("cancelled") or feedback.get("approved"):
        return review_name(Phase(feedback["asked_at"]))
    return "feedback"
