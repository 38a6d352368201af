"""The status of a work's runs as those see it who follow the graph: every command that made it work is one run."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from manga.errors import NotFound
from storage.base import Command, CommandStatus, Work, WorkStatus
from storage.database import Connection
from storage.work_commands import QUEUED, find_command, list_commands, note_payload
from works.accept_work import DRAW
from works.base import HELD, WIRE, Json
from works.reviews.answers import ANSWER, FORK

RESUME: Final = "resume"
"""The kind of a command to go on where a work stopped. It carries no order; what was ordered before is carried out."""
BEGINNINGS: Final = (DRAW, RESUME)
"""Commands that are done as soon as the work rests."""
KINDS: Final = (DRAW, ANSWER, FORK, RESUME, QUEUED)
_REMOVED: Final = "removed"


class RunStatus(StrEnum):
    """LangGraph's words."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCESS = "success"
    ERROR = "error"
    INTERRUPTED = "interrupted"

    @property
    def over(self) -> bool:
        return self not in (RunStatus.PENDING, RunStatus.RUNNING)


_OF_WORK: Final = {
    WorkStatus.NEW: RunStatus.PENDING,
    WorkStatus.QUEUED: RunStatus.PENDING,
    WorkStatus.PROCESSING: RunStatus.RUNNING,
    WorkStatus.AWAITING_FEEDBACK: RunStatus.INTERRUPTED,
    WorkStatus.COMPLETED: RunStatus.SUCCESS,
    WorkStatus.FAILED: RunStatus.ERROR,
    WorkStatus.CANCELLED: RunStatus.INTERRUPTED,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `note` is what its client sent along; a `queued` one begins when the work rests."""

    id: UUID
    work_id: UUID
    status: RunStatus
    note: Json
    created_at: datetime
    updated_at: datetime
    queued: bool = False


def run_of(command: Command, work: Work) -> Run:
    """A run is over when its command is, or when the work rests although it is not: it failed, or was stopped."""
    status = _status(command, work)
    changed = command.finished_at or (work.updated_at if status is not RunStatus.PENDING else command.created_at)
    return Run(
        command.id,
        work.id,
        status,
        command.payload.get(WIRE) or {},
        command.created_at,
        max(changed, command.created_at),
        command.kind == QUEUED and status is RunStatus.PENDING,
    )


def _status(command: Command, work: Work) -> RunStatus:
    if command.status is CommandStatus.DONE:
        return RunStatus(command.payload.get("ended", RunStatus.SUCCESS))
    if command.status is CommandStatus.FAILED:
        return RunStatus(command.payload.get("ended", RunStatus.INTERRUPTED))
    if command.kind == QUEUED:
        return RunStatus.PENDING
    if work.status is WorkStatus.PARKED:
        return RunStatus.RUNNING if work.resume_at else RunStatus.INTERRUPTED
    return _OF_WORK[work.status]


def is_run(command: Command) -> bool:
    return command.kind in KINDS and not command.payload.get(HELD) and not command.payload.get(_REMOVED)


async def list_runs(conn: Connection, work: Work) -> list[Run]:
    """Newest first."""
    return [run_of(command, work) for command in reversed(await list_commands(conn, work.id)) if is_run(command)]


async def read_run(conn: Connection, work: Work, run_id: UUID) -> Run:
    """Raises `NotFound`."""
    command = await find_command(conn, run_id)
    if command is None or command.work_id != work.id or not is_run(command):
        raise NotFound(f"There is no run {run_id} of this thread.", remedy="List the thread's runs.")
    return run_of(command, work)


async def hide_run(conn: Connection, run_id: UUID) -> None:
    """Nobody is told of this run any more."""
    await note_payload(conn, run_id, {_REMOVED: True})


async def current_run(conn: Connection, work: Work) -> Run | None:
    """The run that goes on, or the last."""
    command = await current_command(conn, work.id)
    return None if command is None else run_of(command, work)


async def current_command(conn: Connection, work_id: UUID) -> Command | None:
    """The command by which the work works now, or worked last."""
    listed = await list_commands(conn, work_id)
    commands = [command for command in listed if is_run(command) and command.kind != QUEUED]
    pending = [command for command in commands if command.status is CommandStatus.PENDING]
    return next(reversed(pending or commands), None)
