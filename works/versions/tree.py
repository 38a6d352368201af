"""The tree of a work's versions, read: which there are, what a person means by one, and a version's state."""

import re
import unicodedata
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from graph.checkpointer import open_checkpointer
from graph.state import State
from graph.thread_config import config_of
from manga.errors import Conflict, EditRejected, NotFound, StorageFailed
from manga.phases import PHASES
from storage.base import Version, Work, WorkStatus
from storage.checkpoint_pruning import Pruned, checkpoint_bytes, prune_checkpoints
from storage.database import Pool, connection, transaction
from storage.versions import History, name_version, read_history
from storage.works import read_work, take_work
from works.base import LOCAL_TENANT, Json
from works.work_json import cost_of

HEAD = "head"
SHORT = 8
"""How much of an id is shown."""
_MIN_PREFIX = 4
LISTED = "`mangaka versions` lists them."
"""What a person can do who named a version that there is not."""
LONGEST_NAME = 80
"""Characters of a name."""
_BUSY = (WorkStatus.NEW, WorkStatus.QUEUED, WorkStatus.PROCESSING)


async def history_of(pool: Pool, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> tuple[Work, History]:
    """The work with its whole tree. Raises `NotFound`."""
    async with connection(pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant)
        return work, await read_history(conn, work_id)


async def read_state(pool: Pool, version: Version) -> State:
    """The channels of one version, as its review saw them. Raises `StorageFailed` when its checkpoint is gone."""
    saver = await open_checkpointer(pool)
    found = await saver.aget_tuple(config_of(str(version.work_id), None, version.checkpoint_id))
    if found is None:
        raise StorageFailed(f"The state of version {version.version_id} is not in the database any more.")
    values = found.checkpoint["channel_values"]
    return cast("State", {name: values[name] for name in State.__annotations__ if name in values})


def find_version(history: History, text: str) -> Version:
    """What a person means: `head`, a branch (its newest), a phase (its newest on the current line), a number as the
    list shows it, an id or at least four characters of its beginning. Raises `NotFound`, `Conflict` (several)."""
    by_id = {version.version_id: version for version in history.versions}
    for branch in history.branches:
        if text == branch.name or (text == HEAD and branch is history.current):
            return by_id[branch.head_version_id]
    if text in PHASES and (newest := _newest(history, text)) is not None:
        return newest
    if re.fullmatch(r"[1-9]\d{0,2}", text, re.ASCII) and int(text) <= len(history.versions):
        return history.versions[int(text) - 1]
    found = [v for v in history.versions if len(text) >= _MIN_PREFIX and v.version_id.startswith(text.lower())]
    if len(found) > 1:
        raise Conflict(f"{text} is the beginning of {len(found)} versions.", remedy="Give more of the id.")
    if not found:
        raise NotFound(f"There is no version {text[:60]!r} of this work.", remedy=LISTED)
    return found[0]


def line_of(history: History, version: Version) -> list[Version]:
    """The version, its parent, and so on to the first."""
    by_id = {found.version_id: found for found in history.versions}
    line = [version]
    while (parent := line[-1].parent_version_id) is not None:
        line.append(by_id[parent])
    return line


def _newest(history: History, phase: str) -> Version | None:
    if history.current is None:
        return None
    line = line_of(history, find_version(history, history.current.name))
    return next((version for version in line if version.phase == phase), None)


def short(version: Version | str) -> str:
    """The beginning of an id, for reading."""
    return (version if isinstance(version, str) else version.version_id)[:SHORT]


def version_json(version: Version) -> Json:
    """As the spec names its fields. `cost` is of the whole work until then; None where it was not noted yet."""
    return {
        "version_id": version.version_id,
        "parent_version_id": version.parent_version_id,
        "work_id": str(version.work_id),
        "phase": version.phase,
        "branch": version.branch,
        "kind": version.kind,
        "change_description": version.change_description,
        "quality_level": version.quality_level,
        "quality_score": version.quality_score,
        "author": version.author,
        "created_at": version.created_at.isoformat(),
        "name": version.name,
        "cost": cost_of(version.used) if version.used else None,
    }


async def rename_version(pool: Pool, work_id: UUID, version: str, name: str, *, tenant: str = LOCAL_TENANT) -> Version:
    """An empty name takes it off. Raises `NotFound`, `EditRejected` for what is no name."""
    wanted = " ".join(name.split())
    if len(wanted) > LONGEST_NAME or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in wanted):
        raise EditRejected(
            f"A version's name is one line of at most {LONGEST_NAME} characters.", remedy="Shorten it.", element="name"
        )
    _, history = await history_of(pool, work_id, tenant=tenant)
    found = find_version(history, version)
    async with connection(pool) as conn:
        return await name_version(conn, work_id, found.version_id, wanted)


@dataclass(frozen=True, slots=True)
class Saved:
    """What went, and how large a work's states were and are, in bytes."""

    rows: Pruned
    bytes_before: int
    bytes_after: int


async def prune_states(pool: Pool, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Saved:
    """Raises `NotFound`, and `Conflict` while the work is being done."""
    async with transaction(pool) as conn:
        work = await take_work(conn, work_id, tenant=tenant)  # a worker left behind writes no checkpoint any more
        if work.status in _BUSY:
            raise Conflict("The work is being done.", remedy=f"Wait, or `mangaka resume {work_id}` first.")
        before = await checkpoint_bytes(conn, work_id)
        rows = await prune_checkpoints(conn, work_id)
        return Saved(rows, before, await checkpoint_bytes(conn, work_id))
