"""Puts the graph's own stream into Redis while a run goes on, for those who asked for it (`storage.graph_events`).

Every run begins with an entry `start` and ends with an entry `end` (`{status, waiting, error}`); between them are
`graph.stream_json`'s entries with the checkpoint that was the newest then (`state`), told when what follows from it is
written down. What is too late or lost here is not lost: states are in the database, and so is whether a run is over.
"""

import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from graph.stream_json import entries_of
from manga.errors import DatabaseUnreachable, NotFound
from storage.base import Work, WorkStatus
from storage.database import Pool, connection
from storage.graph_events import GraphEvents
from storage.work_commands import find_command
from storage.works import read_work
from works.base import WIRE, Json
from works.run_status import Run, current_command, run_of

BEGUN: Final = "start"
ENDED: Final = "end"
LOOK_EVERY_S: Final = 1.0
"""How soon a run notices that somebody follows it now."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where runs tell of themselves."""

    pool: Pool
    events: GraphEvents

    async def recorder(self, work_id: UUID) -> "Recorder | None":
        """For the run that begins now."""
        async with connection(self.pool) as conn:
            command = await current_command(conn, work_id)
        if command is None:
            return None
        asked = WIRE in command.payload
        if asked:
            await self.events.want(work_id)
        recorder = Recorder(self.events, work_id, command.id, asked)
        await recorder.add({"mode": BEGUN, "data": {}})
        return recorder

    @asynccontextmanager
    async def told(self, work_id: UUID) -> AsyncGenerator[None]:
        """Around a run: tells its end when it is written down."""
        async with connection(self.pool) as conn:
            command = await current_command(conn, work_id)
        try:
            yield
        finally:
            if command is not None:
                with suppress(NotFound, DatabaseUnreachable):  # deleted meanwhile; or nobody can say how it ended
                    await self.end(work_id, command.id)

    async def end(self, work_id: UUID, run_id: UUID) -> None:
        """Says how the run ended, if it did."""
        async with connection(self.pool) as conn:
            command, work = await find_command(conn, run_id), await read_work(conn, work_id)
        if command is not None and (run := run_of(command, work)).status.over:
            await self.events.end_once(work_id, run_id, _entry(run_id, {"mode": ENDED, "data": end_of(run, work)}))


def end_of(run: Run, work: Work) -> Json:
    """How a run ended. `waiting`: a person is asked."""
    error = work.error or {}
    told = {"error": str(error.get("code", "internal")), "message": str(error.get("message", ""))}
    return {
        "status": run.status.value,
        "waiting": work.status is WorkStatus.AWAITING_FEEDBACK,
        "error": told if run.status == "error" else None,
    }


@dataclass(slots=True)
class Recorder:
    """Writes down one run's stream while it is asked for."""

    events: GraphEvents
    work_id: UUID
    run_id: UUID
    asked: bool
    _looked: float = float("-inf")
    _state: str | None = None

    async def part(self, part: Mapping[str, Any]) -> None:
        """One part of LangGraph's stream."""
        if part["type"] == "checkpoints":
            self._state = part["data"]["config"]["configurable"].get("checkpoint_id")
        if await self._wanted():
            entries = [_entry(self.run_id, {"state": self._state, **entry}) for entry in entries_of(part)]
            await self.events.add(self.work_id, entries)

    async def add(self, entry: Json) -> None:
        if await self._wanted():
            await self.events.add(self.work_id, [_entry(self.run_id, entry)])

    async def _wanted(self) -> bool:
        if not self.asked and time.monotonic() - self._looked > LOOK_EVERY_S:
            self.asked = await self.events.wanted(self.work_id)
            self._looked = time.monotonic()
        return self.asked


def _entry(run_id: UUID, entry: Json) -> Json:
    return {"run": str(run_id), "at": int(time.time() * 1000), **entry}
