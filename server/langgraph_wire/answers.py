"""What a client answers or changes, as the works take it: the closed set of answers, never channels of the state."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from manga.errors import Conflict, EditRejected
from server.composition import Rooms
from server.langgraph_wire.finding import snapshot_at, values_at
from server.security.identity import Principal
from storage.base import Version
from storage.versions import History
from works.base import Json
from works.reviews.answers import Fork, check_answer
from works.reviews.author_edits import check_edits
from works.versions.branching import free_name
from works.versions.tree import HEAD, find_version, history_of

_INTERRUPT: Final = re.compile(r"[0-9a-f]{32}")
_WORDS: Final = ("approve", "confirm", "cancel")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and the interrupt that it names."""

    answer: Json
    interrupt_id: str | None = None


def answer_of(value: Any) -> Said:
    """`{action, text, edits, undo}` with the action or what it follows from, `{interrupt id: that}`, a sentence, or one
    of the words approve, confirm and cancel. Raises `EditRejected` for anything else."""
    interrupt_id = None
    if isinstance(value, dict) and len(value) == 1 and _INTERRUPT.fullmatch(next(iter(value))):
        ((interrupt_id, value),) = value.items()
    if isinstance(value, str):
        value = {"action": value} if value in _WORDS else {"text": value}
    if not isinstance(value, dict):
        raise EditRejected("An answer is an object with `action`, or a sentence.", element="resume")
    if "action" not in value:
        edits = value.get("edits") or value.get("undo")
        value = {"action": "feedback" if value.get("text") else "edit" if edits else "approve", **value}
    return Said(value, interrupt_id)


async def check_sent_answer(rooms: Rooms, who: Principal, work_id: UUID, answer: Json) -> None:
    """Raises `EditRejected`, `NotFound` for edits that cannot be laid over the newest state."""
    whole = check_answer(answer, confirming=False)
    if whole["edits"] or whole["undo"]:
        await check_edits(rooms.house, work_id, whole["edits"], whole["undo"], tenant=who.tenant)


async def fork_at(rooms: Rooms, who: Principal, work_id: UUID, place: str | None, answer: Json | None) -> Fork:
    """Going on from the newest version that this checkpoint holds: from an older one on a new branch, from the newest
    (None) on the same. Raises `NotFound`, `Conflict`."""
    _, history = await history_of(rooms.house.pool, work_id, tenant=who.tenant)
    if not history.versions:
        raise Conflict("There is no version yet to go on from.", remedy="Wait for the first review.")
    head = find_version(history, HEAD)
    version = head if place is None else await _version_at(rooms, work_id, history, place)
    branch = None if version == head else free_name(history)
    return Fork(version.version_id, branch, answer, tenant=who.tenant)


async def _version_at(rooms: Rooms, work_id: UUID, history: History, place: str) -> Version:
    by_checkpoint = {version.checkpoint_id: version for version in history.versions}
    if place in by_checkpoint:
        return by_checkpoint[place]
    await snapshot_at(rooms.house, work_id, place)
    newest = (await values_at(rooms.house, work_id, place)).get("version")
    found = next((version for version in history.versions if version.version_id == newest), None)
    if found is None:
        raise Conflict("This checkpoint is from before the first version.", remedy="Begin a new thread.")
    return found
