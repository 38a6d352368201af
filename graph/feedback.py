"""An answer becomes a plan: a sentence through `agents.feedback`, edits by checking them against their phase's type."""

from pydantic import ValidationError

from agents.feedback import Plan, PlanItem, parse
from graph.nodes import Node
from graph.overlay import has_element, overlay
from graph.respect import respected
from graph.results import RESULT_TYPES, edits_of
from graph.services import Services
from graph.state import Json, State
from manga.edits import Edit
from manga.errors import EditRejected


def feedback_node(services: Services) -> Node:
    """Writes `feedback["plan"]`, and `feedback["edits"]` for edits that can be laid over."""

    async def feedback(state: State) -> Json:
        answer = state["feedback"].get("answer") or {}
        if answer.get("action") == "edit":
            planned = _edited(state, answer.get("edits") or [])
        else:
            planned = {"plan": parse(str(answer.get("text", ""))).to_json()}
        return {"feedback": respected(state, state["feedback"] | planned)}

    return feedback


def _edited(state: State, sent: list[Json]) -> Json:
    try:
        edits = [_checked(state, data) for data in sent]
    except EditRejected as error:
        return {"plan": Plan(question=error.message[:400]).to_json()}
    if not edits:
        return {"plan": Plan(question="There is no edit in this answer.").to_json()}
    items = tuple(
        PlanItem(phase=edit.phase, instruction=edit.change_type, scope=(edit.element_key,), reason="an edit")
        for edit in edits
    )
    return {"plan": Plan(items=items).to_json(), "edits": [edit.to_json() for edit in edits]}


def _checked(state: State, data: Json) -> Edit:
    """The edit, when its element is there and takes the new values. Raises `EditRejected` with the field's name."""
    try:
        edit = Edit.of(data)
        kind = RESULT_TYPES.get(edit.phase)
        raw = state.get(edit.phase.value)
        if kind is None or not isinstance(raw, dict):
            raise EditRejected(f"{edit.phase.value} has nothing to edit yet.")
        if edit.element_key != edit.phase.value and not has_element(raw, edit.element_key):
            raise EditRejected(f"{edit.phase.value} has no element {edit.element_key!r}.")
        kind.of(overlay(edit.phase, raw, (*edits_of(state), edit)))
    except ValidationError as error:
        first = error.errors()[0]
        raise EditRejected(f"{'.'.join(map(str, first['loc'])) or 'edit'}: {first['msg']}") from error
    return edit
