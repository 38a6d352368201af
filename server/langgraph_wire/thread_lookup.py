"""Looks a thread up, which is a work, or before its first run only a name; for every route of the wire."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from langgraph.types import StateSnapshot

from graph.state import State
from graph.stream_json import interrupt_json, metadata_of, place_of
from graph.thread_config import config_of
from manga.errors import Conflict, NotFound
from server.composition import Rooms
from server.security.identity import Principal
from storage.base import Work, WorkStatus
from storage.database import connection
from storage.threads import ThreadRow, read_thread
from storage.works import read_work
from works.base import Json
from works.composition import House
from works.lifecycle import at_work
from works.run_status import Run, read_run

BUSY: Final = frozenset({WorkStatus.NEW, WorkStatus.QUEUED, WorkStatus.PROCESSING})
INTERRUPTED: Final = frozenset({WorkStatus.AWAITING_FEEDBACK, WorkStatus.PARKED})
IDLE: Final = frozenset({WorkStatus.COMPLETED, WorkStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class Thread:
    """`work` is None before the first run."""

    row: ThreadRow
    work: Work | None

    @property
    def begun(self) -> Work:
        """Raises `Conflict` before the first run."""
        if self.work is None:
            raise Conflict("This thread has not begun.", remedy="Run it with a story: `{brief: {text: ...}}`.")
        return self.work


async def find_thread(rooms: Rooms, who: Principal, thread_id: UUID) -> Thread:
    """Raises `NotFound`, also for another tenant's."""
    async with connection(rooms.house.pool) as conn:
        row = await read_thread(conn, thread_id, who.tenant)
        work = await read_work(conn, thread_id, tenant=who.tenant) if row.status else None
    return Thread(row, work)


async def find_run(rooms: Rooms, who: Principal, thread_id: UUID, run_id: UUID) -> tuple[Run, Work]:
    """Raises `NotFound`."""
    async with connection(rooms.house.pool) as conn:
        row = await read_thread(conn, thread_id, who.tenant)
        if row.status is None:
            raise NotFound(f"There is no run {run_id} of this thread.", remedy="This thread has not begun.")
        work = await read_work(conn, thread_id, tenant=who.tenant)
        return await read_run(conn, work, run_id), work


def status_of(work: Work | None) -> str:
    """LangGraph's word. A work that is parked until a known time goes on by itself: busy."""
    if work is None:
        return "idle"
    return "busy" if at_work(work) else status_word(work.status)


def status_word(status: WorkStatus | None) -> str:
    if status in BUSY:
        return "busy"
    if status in INTERRUPTED:
        return "interrupted"
    return "error" if status is WorkStatus.FAILED else "idle"


async def snapshot_at(house: House, work_id: UUID, checkpoint_id: str | None = None) -> StateSnapshot:
    """The state there, or the newest. Raises `NotFound` for a checkpoint that the work has not."""
    found = await house.graph.aget_state(config_of(str(work_id), None, checkpoint_id))
    if checkpoint_id is not None and found.created_at is None:
        raise NotFound(f"There is no checkpoint {checkpoint_id[:80]!r} of this thread.", remedy="Read its history.")
    return found


async def values_at(house: House, work_id: UUID, checkpoint_id: str | None) -> Json:
    """The channels at a checkpoint; of the newest for None; empty before the first."""
    saver: Any = house.graph.checkpointer
    found = await saver.aget_tuple(config_of(str(work_id), None, checkpoint_id))
    values: Json = found.checkpoint["channel_values"] if found else {}
    return {name: values[name] for name in State.__annotations__ if name in values}


def snapshot_json(state: StateSnapshot) -> Json:
    """As LangGraph's server writes a state."""
    place = place_of(state.config)
    return {
        "values": state.values,
        "next": list(state.next),
        "tasks": [_task(task) for task in state.tasks],
        "metadata": metadata_of(state.metadata),
        "created_at": state.created_at,
        "checkpoint": place,
        "parent_checkpoint": place_of(state.parent_config) if state.parent_config else None,
        "interrupts": [interrupt_json(interrupt) for interrupt in state.interrupts],
        "checkpoint_id": place["checkpoint_id"],
        "parent_checkpoint_id": place_of(state.parent_config)["checkpoint_id"] if state.parent_config else None,
    }


def _task(task: Any) -> Json:
    return {
        "id": task.id,
        "name": task.name,
        "path": list(task.path),
        "error": None if task.error is None else type(task.error).__name__,
        "interrupts": [interrupt_json(interrupt) for interrupt in task.interrupts],
        "checkpoint": None,
        "state": None,
        "result": None,
    }


def empty_state(thread_id: UUID) -> Json:
    """Of a thread that has not begun."""
    place = {"thread_id": str(thread_id), "checkpoint_ns": "", "checkpoint_id": None, "checkpoint_map": None}
    nothing: dict[str, list[Any]] = {"next": [], "tasks": [], "interrupts": []}
    known = {"metadata": {}, "created_at": None, "checkpoint": place, "parent_checkpoint": None, "checkpoint_id": None}
    return {"values": {}} | nothing | known


def waiting(state: StateSnapshot) -> dict[str, list[Json]]:
    """Questions by task, as threads show them."""
    return {task.id: [interrupt_json(i) for i in task.interrupts] for task in state.tasks if task.interrupts}
