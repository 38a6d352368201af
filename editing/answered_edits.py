"""An answer that holds edits, or takes some back, becomes a plan without asking any model."""

from collections.abc import Iterable
from typing import Any

from agents.feedback import Plan, PlanItem
from editing.accept import accepted, undone
from editing.edit_values import Picture
from editing.own_pictures import checked_picture
from editing.work_blobs import WorkBlobs
from editing.work_state import Json, WorkState
from manga.edits import Edit
from manga.errors import Conflict, EditRejected
from providers.base import Offload

_MAX_QUESTION = 400


async def planned_edits(state: WorkState, answer: Json, blobs: WorkBlobs, offload: Offload) -> Json:
    """`plan`, the accepted `edits` and the ids to `undo`; only a plan with a question when anything is wrong."""
    try:
        removed = undone(state, answer.get("undo") or ())
        left = _without(state, removed)
        edits = [await _seen(edit, blobs, offload) for edit in accepted(left, answer.get("edits") or ())]
    except (EditRejected, Conflict) as error:
        return {"plan": Plan(question=error.message[:_MAX_QUESTION]).to_json()}
    if not edits and not removed:
        return {"plan": Plan(question="There is no edit in this answer.").to_json()}
    items = (*(_item(edit, "an edit") for edit in edits), *(_item(edit, "an edit taken back") for edit in removed))
    return {
        "plan": Plan(items=tuple(items)).to_json(),
        "edits": [edit.to_json() for edit in edits],
        "undo": [edit.id for edit in removed],
    }


def wished_edits(state: WorkState, items: Iterable[Json]) -> tuple[list[Edit], list[Json]]:
    """The edits that a sentence comes to, and the items that stay wishes: those without one, or whose is refused."""
    found: list[Edit] = []
    left: list[Json] = []
    for item in items:
        wish = item.get("edit")
        if not wish:
            left.append(item)
            continue
        now: WorkState = {**state, "edits": [*(state.get("edits") or ()), *(edit.to_json() for edit in found)]}
        try:
            # Its phase is where its element is; how far back the graph has to go, acceptance knows better.
            found += accepted(now, [{name: value for name, value in wish.items() if name != "phase"}])
        except (EditRejected, Conflict):
            left.append(item)
    return found, left


def edits_after(edits: Iterable[Json], feedback: Json) -> list[Json]:
    """The list of edits when a plan is carried out: those taken back are gone, new ones stand at the end."""
    gone = frozenset(feedback.get("undo") or ())
    return [*(edit for edit in edits if edit["id"] not in gone), *(feedback.get("edits") or ())]


def _without(state: WorkState, removed: Iterable[Edit]) -> WorkState:
    gone = frozenset(edit.id for edit in removed)
    return {**state, "edits": [edit for edit in state.get("edits") or () if edit["id"] not in gone]}


def _item(edit: Edit, reason: str) -> PlanItem:
    return PlanItem(phase=edit.phase, instruction=edit.change_type, scope=(edit.element_key,), reason=reason)


async def _seen(edit: Edit, blobs: WorkBlobs, offload: Offload) -> Edit:
    """An edit whose picture was looked at."""
    sent: Any = edit.change_data.get("picture")
    if sent is None:
        return edit
    picture = await checked_picture(Picture.of(sent), blobs, offload)
    return edit.model_copy(update={"change_data": {**edit.change_data, "picture": picture.to_json()}})
