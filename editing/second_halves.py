"""Edits of a balloon that holds the second half of a line, which the storyboard has in one piece: sent edits in, edits
of what they mean out.

Its words are the end of the line, its speaker and kind are the line's; where it stands is its own.
"""

from typing import Any

from drawing.lettering.halving import first_half
from editing.placements import LETTERS
from editing.work_state import Json, WorkState
from manga.edits import SentEdit
from manga.element_addresses import kind_of_key


def whole_key(key: str) -> str:
    """The key of the text that a balloon belongs to: its own, or that of the half before it."""
    return (first_half(key) or key) if kind_of_key(key) == "balloon" else key


def as_meant(sent: SentEdit, state: WorkState) -> SentEdit:
    """An edit of a second half as one of its whole line; one of its place as it is."""
    name = sent.element_id or sent.element_key
    first = first_half(name) if kind_of_key(name) == "balloon" else None
    if first is None or sent.change_data.keys() <= PLACES:
        return sent
    said = _said(state)
    if not {name, first} <= said.keys():
        return sent
    data = dict(sent.change_data)
    if isinstance(end := data.get("text"), str):
        data["text"] = said[first] + end
    return sent.model_copy(update={"element_id": "", "element_key": first, "change_data": data})


PLACES = LETTERS | {"move", "tail"}
"""What is said of a balloon alone, as it is sent and as it is kept."""


def is_lettered(state: WorkState, key: str) -> bool:
    return key in _said(state)


def _said(state: WorkState) -> dict[str, str]:
    """The words of every balloon as it is lettered now."""
    letters: Any = state.get("lettering") or {}
    pages: list[Json] = letters.get("pages", [])
    return {balloon["key"]: balloon["text"]["source"] for page in pages for balloon in page["balloons"]}
