"""Branches versions: makes an old version of a work count again, on a new line, with pictures taken over and locks.

- **fork**: a new line that stands at an old version and goes on from there; it has no version of its own until
  something is made.
- **restore**: the old state becomes the newest version of the current line. Its parent is the version that was the
  newest before, so nothing is lost and it can be taken back by restoring that one.
- **keep**: pictures of another version are put into the newest state and locked there: nothing draws them again.
- **lock**: an element of the newest state stays as it is (`editing.locks`).

Every one of them leaves all older versions as they are.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from editing.element_lookup import Element, elements_of, find_element
from editing.phase_results import result_json
from graph.state import State
from manga.edits import Edit
from manga.errors import Conflict, EditRejected, NotFound
from manga.phases import PHASES, Phase
from storage.base import Version, Work
from storage.database import Pool
from storage.versions import History
from works.base import LOCAL_TENANT, Json
from works.queue.job_queue import Queue
from works.reviews.answers import Fork, fork
from works.versions.tree import HEAD, LISTED, find_version, history_of, read_state, short


@dataclass(frozen=True, slots=True)
class Sender:
    """Where orders go, and from whom (`by`: empty where it is nobody's business). `alone`: only the process that sends
    them carries them out. `review`: a finished book asks at the phases concerned."""

    pool: Pool
    queue: Queue
    tenant: str = LOCAL_TENANT
    alone: bool = False
    review: bool = False
    by: str = ""


async def fork_from(
    sender: Sender,
    work_id: UUID,
    version: str,
    branch: str | None = None,
    sentence: str | None = None,
    *,
    base_version: str | None = None,
) -> Work:
    """Opens a line at a version and goes on from there, with a sentence to carry out when there is one.

    Raises `NotFound`, `Conflict` (at work, the name is taken, `base_version` is not the newest), `EditRejected` (what
    cannot be a branch's name).
    """
    _, history = await history_of(sender.pool, work_id, tenant=sender.tenant)
    name = checked_name(branch) if branch is not None else free_name(history)
    answer = None if sentence is None else {"action": "feedback", "text": sentence}
    wanted = Fork(find_version(history, version).version_id, name, answer, base_version=base_version)
    return await _send(sender, work_id, wanted)


def checked_name(name: str) -> str:
    """Raises `EditRejected` for what would be taken for something else than a branch."""
    plain = re.fullmatch(r"\w[\w.-]{0,39}", name) is not None
    if not plain or name.isdecimal() or name == HEAD or name in PHASES:
        raise EditRejected(
            f"{name[:60]!r} cannot be a branch's name.",
            remedy="Use letters, digits, dots and hyphens, and no number, phase or `head` alone.",
            element="branch",
        )
    return name


def free_name(history: History) -> str:
    """For a branch that nobody has named."""
    taken = {branch.name for branch in history.branches}
    return next(name for n in range(2, len(taken) + 3) if (name := f"branch-{n}") not in taken)


async def restore(sender: Sender, work_id: UUID, version: str, *, base_version: str | None = None) -> Work:
    """Makes an old state the newest version of the current line. Raises `NotFound`, and `Conflict`, also where
    `base_version` is not the newest."""
    _, history = await history_of(sender.pool, work_id, tenant=sender.tenant)
    old, head = find_version(history, version), find_version(history, HEAD)
    if old == head:
        raise Conflict(f"Version {short(old)} is the newest already.", remedy=LISTED)
    note = {"kind": "restore", "text": f"restored {old.phase} {short(old)}"}
    return await _send(
        sender, work_id, Fork(old.version_id, None, note=note, base_version=base_version or head.version_id)
    )


async def keep(sender: Sender, work_id: UUID, panels: Sequence[str], source: str) -> Work:
    """Puts the pictures of these panels (keys, or addresses in the *source*; a page is all its panels) into the newest
    state and locks them there.

    Raises `NotFound` for a panel that one of the two versions does not have, or has no picture of; `Conflict`.
    """
    _, history = await history_of(sender.pool, work_id, tenant=sender.tenant)
    old, head = find_version(history, source), find_version(history, HEAD)
    before, now = await read_state(sender.pool, old), await read_state(sender.pool, head)
    wanted = _panels(before, panels)
    there = {element.key for element in elements_of(now) if element.kind == "panel"}
    art = {panel.key: _picture(before, old, panel) for panel in wanted}
    for panel in wanted:
        if panel.key not in there:
            raise NotFound(f"The newest version has no panel {panel.key} ({panel.address}).", element=panel.key)
    note = {"kind": "keep", "text": f"kept {', '.join(map(str, wanted))} of {short(old)}"}
    change: Json = {"artwork": art, "locks": {key: _lock("panel", head) for key in art}}
    if edits := _given_up(now, art.keys()):
        change["edits"] = edits
    return await _send(sender, work_id, _changed(head, note, change, Phase.ARTWORK))


def _panels(state: State, named: Sequence[str]) -> list[Element]:
    found: dict[str, Element] = {}
    for text in named:
        element = find_element(state, text)
        if element.kind == "character":
            raise NotFound(f"{element} is no panel.", element=text)
        inside = [e for e in elements_of(state) if e.page == element.key] if element.kind == "page" else [element]
        found |= {panel.key: panel for panel in inside}
    return list(found.values())


def _given_up(state: State, panels: Collection[str]) -> list[Json]:
    """The edits without the author's own pictures in these panels, where there are any."""
    edits = [Edit.of(edit) for edit in state.get("edits") or ()]
    own = [edit for edit in edits if edit.element_key in panels and "picture" in edit.changes]
    if not own:
        return []
    left = (e.model_copy(update={"retired": (*e.retired, "picture")}) if e in own else e for e in edits)
    return [edit.to_json() for edit in left]


def _picture(state: State, version: Version, panel: Element) -> Json:
    art: Json | None = result_json(state, Phase.ARTWORK).get(panel.key)
    if art is None or art["status"] != "drawn":
        raise NotFound(f"Version {short(version)} has no picture of {panel.address}.", remedy=LISTED, element=panel.key)
    return art


async def lock(sender: Sender, work_id: UUID, named: Sequence[str], *, off: bool = False) -> Work:
    """Locks elements of the newest state, or takes their locks off. Raises `NotFound`, `Conflict` (nothing to do)."""
    _, history = await history_of(sender.pool, work_id, tenant=sender.tenant)
    head = find_version(history, HEAD)
    state = await read_state(sender.pool, head)
    locks: Json = state.get("locks") or {}
    # A lock whose element is gone can be taken off by its key.
    wanted = [Element(t, locks[t]["kind"], t) if off and t in locks else find_element(state, t) for t in named]
    changing = {element.key: element for element in wanted if (element.key in locks) == off}
    if not changing:
        raise Conflict("Nothing of this is locked." if off else "All of this is locked already.", remedy=LISTED)
    names = ", ".join(map(str, changing.values()))
    note = {"kind": "lock", "text": f"{'unlocked' if off else 'locked'} {names}"}
    change = {key: None if off else _lock(element.kind, head) for key, element in changing.items()}
    return await _send(sender, work_id, _changed(head, note, {"locks": change}))


def _lock(kind: str, at: Version) -> Json:
    return {"kind": kind, "at": at.version_id}


def _changed(head: Version, note: Json, change: Json, redo: Phase | None = None) -> Fork:
    """A new version of the newest state with other channels; `redo` is done again when it was done before."""
    stops: tuple[str, ...] = ()
    if redo is not None and Phase(head.phase).number >= redo.number:
        stops = tuple(dict.fromkeys((redo.value, head.phase)))
    return Fork(head.version_id, None, note=note, change=change, stops=stops, base_version=head.version_id)


async def _send(sender: Sender, work_id: UUID, wanted: Fork) -> Work:
    own = replace(wanted, tenant=sender.tenant, alone=sender.alone, review=sender.review, by=sender.by)
    return await fork(sender.pool, sender.queue, work_id, own)
