"""The review's node after a phase: commits the version with its event, then waits for a person or goes on.

Only idempotent work stands before `interrupt()`, because LangGraph runs the node again when it is answered.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt
from pydantic import Field, JsonValue

from calls.ledger import Finished
from calls.money import bill
from calls.services import Services
from editing.drop_refused_wishes import refusals
from editing.phase_results import brief_of
from editing.preview_quality import within
from editing.review_answers import ask
from editing.sheet_status import gone_without, missing_sheets
from editing.state_as_json import TO_END, Json
from editing.wish_outcomes import kept_outcomes, told_of_wishes
from graph.context import RunOptions, options_of
from graph.events import PhaseComplete, tell
from graph.nodes.agent_phase import Node, waits, work_of
from graph.state import State
from manga.comic_strips import is_empty
from manga.feedback import MAX_SENTENCE
from manga.phases import Phase
from manga.values import Value

About: TypeAlias = tuple[Annotated[str, Field(max_length=40)], ...]
"""Addresses or keys of what is on the person's screen: meant where a sentence says what, but not where."""


class ReviewAnswer(Value):
    """What a person may answer. `text` belongs to feedback; `edits` (`manga.edits.SentEdit` as JSON) and `undo` (ids of
    edits to take back) to edit. With `confirm` the plan is shown for a yes before anything is done."""

    action: Literal["approve", "feedback", "edit"]
    text: str = Field(default="", max_length=MAX_SENTENCE)
    edits: tuple[dict[str, JsonValue], ...] = Field(default=(), max_length=200)
    undo: tuple[Annotated[str, Field(max_length=64)], ...] = Field(default=(), max_length=200)
    confirm: bool = False
    about: About = Field(default=(), max_length=6, exclude_if=is_empty)


_THROUGH = "through"
"""Of a feedback that is carried out to the end: the phases that were entered so far."""
PERSON = "person"
"""The author of what a person changed."""


def review_name(phase: Phase) -> str:
    return f"{phase.value}_review"


def first_node(phase: Phase) -> str:
    """The node with which a phase begins."""
    return "artwork_plan" if phase is Phase.ARTWORK else phase.value


def after(phase: Phase) -> str:
    """Where an approval leads."""
    return first_node(phase.following) if phase.following else "__end__"


def review_node(phase: Phase, services: Services, beside: Sequence[str] = ()) -> Node:
    """Approve leads to the next phase and the nodes `beside` it, anything else to `feedback`."""

    onwards = [after(phase), *beside]

    async def review(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Command[Any]:
        if redrawn_to_end(state) and phase.following:
            return Command(goto=onwards, update={"feedback": _through(phase, state)})
        version, new = await _commit(phase, services, state, config, runtime)
        asks = waits(phase, state)
        if new or not asks:
            tell(runtime.stream_writer, PhaseComplete(phase, version, _preview(phase, state)))
        through = (state.get("feedback") or {}).get(_THROUGH, ())
        left = {"version": version, "versions": dict.fromkeys((*through, phase.value), version)}
        if not asks:
            return Command(goto=onwards, update={**left, "feedback": told(state)})
        question = _question(phase, state, version)
        if phase is Phase.STORYBOARD and services.images.paid:
            cost = bill(state, services.tariff, await services.ledger.counted(work_of(config)))
            question["bill"] = cost
            if cost["limit_usd"] is not None:
                question["on_timeout"] = "hold"  # nothing is paid for without a word where somebody counts the cost
        approved = _approved(phase, state)
        answer = ReviewAnswer(action="approve") if approved else ask(interrupt, question, ReviewAnswer)
        if answer.action == "approve":
            seen = gone_without(state) if question.get("missing_sheets") else {}
            return Command(goto=onwards, update={**left, **seen, "feedback": passed(phase, state)})
        feedback = {"asked_at": phase.value, "answer": answer.to_json(), "version": version}
        return Command(goto="feedback", update={**left, "feedback": feedback})

    return review


def _preview(phase: Phase, state: State) -> str | None:
    return (state.get("previews") or {}).get(phase.value)


def _question(phase: Phase, state: State, version: str) -> Json:
    """What the person is asked, with what became of earlier wishes."""
    question: Json = {"phase": phase.value, "version_id": version, "preview": _preview(phase, state), **_terms(state)}
    if refused := refusals(state, phase):
        question["refused"] = refused
    if outcomes := told_of_wishes(state, phase):
        question |= {"outcomes": outcomes, "answered": outcomes}  # its name of before 2026-12
    if missing := missing_sheets(state) if phase is Phase.CHARACTERS else []:
        question |= {"missing_sheets": missing, "on_timeout": "hold"}  # no timer goes on without somebody's sheet
    return question


def redrawn_to_end(state: State) -> bool:
    """Is a finished book being redrawn, all of it as one version?"""
    return bool((state.get("feedback") or {}).get(TO_END))


def _through(phase: Phase, state: State) -> Json:
    """The feedback after one more phase that has no version of its own."""
    feedback = state.get("feedback") or {}
    return {**feedback, _THROUGH: [*feedback.get(_THROUGH, ()), phase.value]}


def _approved(phase: Phase, state: State) -> bool:
    """Was this phase approved when its state was forked?"""
    feedback = state.get("feedback") or {}
    return bool(feedback.get("approved")) and feedback.get("asked_at") == phase.value


async def _commit(
    phase: Phase, services: Services, state: State, config: RunnableConfig, runtime: Runtime[RunOptions]
) -> tuple[str, bool]:
    """The version's id, and whether it is new."""
    feedback = state.get("feedback") or {}
    unchanged = feedback.get("cancelled") or _approved(phase, state)
    if unchanged and not feedback.get("note") and (known := state.get("version")):
        return known, False  # nothing changed, so there is no new version
    # The checkpoint that this node runs from, the same however often it runs.
    info = runtime.execution_info
    finished = Finished(
        work=work_of(config),
        checkpoint_id=info.checkpoint_id if info and info.checkpoint_id else "",
        phase=phase.value,
        parent=state.get("version"),
        branch=options_of(runtime).branch,
        quality_level=within(options_of(runtime).quality_level),
        **_origin(phase, feedback),
        quality_score=_score(phase, state),
        preview=_preview(phase, state),
    )
    return await services.ledger.commit(finished, epoch=config["configurable"].get("epoch"))


def _origin(phase: Phase, feedback: Json) -> Json:
    """What led to the version: a person's change of an old one (its note), an answer, or the phase's own end."""
    if note := feedback.get("note"):
        return {"kind": note["kind"], "description": note["text"][:400], "author": PERSON}
    answer = feedback.get("answer") or {}
    if not answer:
        return {}
    planned = {item["phase"] for item in (feedback.get("plan") or {}).get("items", ())}
    asked = phase.value in planned or feedback.get(TO_END)
    how = {"kind": "feedback", "author": PERSON} if asked else {}
    return {**how, "description": (str(answer.get("text", "")) or _edited(feedback))[:400]}


def _edited(feedback: Json) -> str:
    """What edits changed, where there is no sentence that says it."""
    edits = feedback.get("edits") or ()
    return "; ".join(f"{edit['element_key']}: {', '.join(edit['change_data'])}" for edit in edits)


def _score(phase: Phase, state: State) -> float | None:
    """Share of the gates passed, where the phase has gates."""
    gates = ((state.get("finishing") or {}).get("report") or {}).get("gates") if phase is Phase.FINISHING else None
    return sum(gate["ok"] for gate in gates) / len(gates) if gates else None


def passed(phase: Phase, state: State) -> Json:
    """The feedback that is still to be looked at after this phase was approved; empty when all is done."""
    feedback = state.get("feedback") or {}
    left = [stop for stop in feedback.get("stops", ()) if Phase(stop).number > phase.number]
    return {**told(state), "stops": left} if left else kept_outcomes(feedback)


def told(state: State) -> Json:
    """The feedback after the version that it led to: its note belongs to that one version alone."""
    feedback = state.get("feedback") or {}
    if feedback.get("cancelled") or feedback.get("approved"):
        return kept_outcomes(feedback)
    if feedback.get(TO_END):  # all is done, and whoever goes on from here is asked as ever
        return kept_outcomes(feedback)
    return {name: value for name, value in feedback.items() if name != "note"}


def _terms(state: State) -> Json:
    mode = brief_of(state).feedback_mode
    return {
        "allowed": ["approve", "feedback", "edit"],
        "timeout_seconds": mode.timeout_seconds,
        "on_timeout": mode.on_timeout,
    }
