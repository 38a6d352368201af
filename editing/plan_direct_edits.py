"""Makes a plan of an answer that holds edits, or takes some back, without asking any model.

An author's own picture is kept in the work's store, and its edit names it by its content. Before such an edit counts,
the stored bytes are looked at again: an edit cannot say what a picture is.
"""

from collections.abc import Iterable
from typing import Any, Literal

from drawing.clean_uploaded_picture import OwnPicture, cleaned, measured
from editing.accept_edits import accepted, undone
from editing.edit_values import Picture
from editing.input_digests import content_name
from editing.state_as_json import Json, WorkState
from editing.work_blobs import WorkBlobs
from manga.edits import Edit
from manga.errors import Conflict, EditRejected, NotFound
from manga.feedback import Plan, PlanItem
from providers.base import Offload
from storage.objects import Purpose

_MAX_QUESTION = 400


async def keep_picture(
    data: bytes,
    blobs: WorkBlobs,
    offload: Offload,
    *,
    fit: Literal["fill", "fit"] = "fill",
    aspect: float | None = None,
    color: bool = True,
) -> Picture:
    """Stores a picture and answers the value of a `picture` field. Raises EditRejected with the reason.

    It fills its frame and is cut at the border; with `fit` and the frame's `aspect` (width by height) it is seen whole,
    on white. Without `color` it becomes grey, as the rest of the book.
    """
    own = await offload.run(cleaned, data, aspect if fit == "fit" else None, grey=not color)
    return _named(own, await blobs.meant_for(Purpose.INPUT).keep(own.data, content_type=own.media_type))


async def checked_picture(picture: Picture, blobs: WorkBlobs, offload: Offload) -> Picture:
    """The picture as the store really holds it. Raises EditRejected when this work has no such picture."""
    try:
        data = await blobs.get(picture.blob)
    except NotFound as error:
        reason = "picture: this work has no such picture; send its bytes first."
        raise EditRejected(reason, element="picture") from error
    own = await offload.run(measured, data)
    return _named(own, content_name(own.data))


def _named(own: OwnPicture, name: str) -> Picture:
    return Picture(blob=name, media_type=own.media_type, width=own.width, height=own.height, ink=own.ink)


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
