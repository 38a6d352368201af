"""A run's stream as LangGraph's clients read it, and waiting for its end."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from graph.stream_json import interrupt_json
from manga.errors import NotFound, UserError
from server.composition import Rooms
from server.langgraph_wire.thread_lookup import find_run, snapshot_at, values_at
from server.security.identity import Principal
from server.streams.graph_events import GraphEntry, follow_graph, place_of, stored
from storage.base import Work
from storage.graph_events import START
from works.base import Json
from works.graph_stream import ENDED, end_of
from works.run_status import Run

PATIENCE: Final = 2
"""How often in a row a run must be found over before its last entry is not waited for any more."""
LOOK_EACH: Final = 2
"""Quiet seconds between two looks at the database."""


@dataclass(frozen=True, slots=True)
class ReaderPlace:
    """Where a reader is: after the entry `after`, or within the one after it: `within` of its events are read."""

    after: str = START
    within: int = 0

    def read_of(self, entry: str) -> int:
        """How many events of this entry are read."""
        return self.within if before(entry) == self.after else 0


def place_in(text: str | None) -> ReaderPlace:
    """From a `Last-Event-ID`: `1795559984332-0.1` is the second event of that entry. `-1` and nothing: the start.
    Raises `UserError`."""
    entry, _, sub = (text or "").partition(".")
    after = place_of(entry)
    if not sub:
        return ReaderPlace(after)
    if not (sub.isascii() and sub.isdecimal() and len(sub) < 3):
        raise UserError("Last-Event-ID is the id of an event of this stream.", element="Last-Event-ID")
    return ReaderPlace(before(after), int(sub) + 1)


def before(entry: str) -> str:
    """The greatest id below this one."""
    first, _, second = entry.partition("-")
    return f"{first}-{int(second) - 1}" if int(second) else f"{max(0, int(first) - 1)}-{2**64 - 1}"


def frame(event: str, data: Any, id: str | None = None) -> bytes:
    """One server-sent event. Without an id the client keeps the one it has."""
    named = f"id: {id}\n" if id else ""
    return f"event: {event}\n{named}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


@dataclass(slots=True)
class RunStream:
    """Follows one run; what is sent depends on the modes asked for."""

    rooms: Rooms
    who: Principal
    run: Run
    modes: frozenset[str]
    _over: int = field(default=0, init=False)
    _quiet: int = field(default=0, init=False)

    async def told(self, place: ReaderPlace) -> AsyncGenerator[bytes]:
        """Everything after the place, until the run is over; `end` is the last. It is cut short when the service stops:
        the client asks for the run then, and comes back."""
        if place == ReaderPlace():
            yield frame("metadata", {"run_id": str(self.run.id), "attempt": 1})
        with suppress(NotFound):  # deleted meanwhile
            async with aclosing(self._entries(place.after)) as entries:
                async for entry in entries:
                    async for piece in self.pieces(entry, place) if entry.mode != ENDED else self._end(entry):
                        yield piece

    async def how_it_ends(self) -> Json | None:
        """Waits for the run's end: `{status, waiting, error}`. None when the service stops before, or it is deleted."""
        with suppress(NotFound):
            async with aclosing(self._entries(START)) as entries:
                async for entry in entries:
                    if entry.mode == ENDED:
                        return dict(entry.data)
        return None

    async def _entries(self, after: str) -> AsyncGenerator[GraphEntry]:
        """Those of this run; the last tells how it ended."""
        last = str(self.run.note.get("after") or START) if after == START else after
        async with aclosing(follow_graph(self.rooms, self.run.work_id, last)) as entries:
            async for entry in entries:
                if entry is None:
                    if await self._is_over():
                        break
                    continue
                self._over, last = 0, entry.id
                if entry.run == str(self.run.id):
                    yield entry
                    if entry.mode == ENDED:
                        return
        if self._over:
            run, work = await self._read()
            async for entry in stored(self.rooms, self.run.work_id, last):
                if entry.run == str(self.run.id) and entry.mode != ENDED:
                    yield entry
            yield GraphEntry(last, str(self.run.id), ENDED, end_of(run, work), 0)

    async def _is_over(self) -> bool:
        """Is nothing to come any more, although no entry says so?"""
        self._quiet += 1
        if self._quiet % LOOK_EACH and not self._over:
            return False
        run, _ = await self._read()
        self._over = self._over + 1 if run.status.over else 0
        return self._over >= PATIENCE

    async def _read(self) -> tuple[Run, Work]:
        return await find_run(self.rooms, self.who, self.run.work_id, self.run.id)

    async def pieces(self, entry: GraphEntry, place: ReaderPlace) -> AsyncGenerator[bytes]:
        skip = place.read_of(entry.id)
        for index, (event, data) in enumerate(self._events(entry)):
            if index >= skip and event in self.modes:
                yield frame(event, await data() if callable(data) else data, f"{entry.id}.{index}")

    def _events(self, entry: GraphEntry) -> Iterable[tuple[str, Any]]:
        """Always the same events of an entry, whatever is asked for: their numbers are part of their ids."""
        match entry.mode:
            case "checkpoints":
                first = entry.data["metadata"].get("source") == "input"
                yield "" if first else "values", self._values(entry.state)
                yield "checkpoints", self._values(entry.state, entry.data)
                yield "debug", {"type": "checkpoint", "step": entry.data["metadata"].get("step"), "payload": entry.data}
            case "interrupt":
                yield "updates", {"__interrupt__": [entry.data]}
                yield "values", self._values(entry.state, asked={"__interrupt__": [entry.data]})
            case "tasks":
                yield "tasks", entry.data
                kind = "task_result" if "result" in entry.data else "task"
                yield "debug", {"type": kind, "payload": entry.data}
            case "updates" | "custom":
                yield entry.mode, entry.data

    def _values(
        self, state: str | None, inside: Json | None = None, asked: Json | None = None
    ) -> Callable[[], Awaitable[Json]]:
        """Read when they are to be sent: the values at this checkpoint, with what is asked, or inside its event."""

        async def read() -> Json:
            values = await values_at(self.rooms.house, self.run.work_id, state)
            return values | (asked or {}) if inside is None else inside | {"values": values}

        return read

    async def _end(self, entry: GraphEntry) -> AsyncGenerator[bytes]:
        how = entry.data
        if "values" in self.modes and not entry.at:  # nobody knows whether they were told
            yield frame("values", await outcome(self.rooms, self.run.work_id))
        if how["error"] is not None:
            yield frame("error", how["error"])
        yield frame("end", {"run_id": str(self.run.id), "status": how["status"]})


async def outcome(rooms: Rooms, work_id: UUID) -> Json:
    """The newest values, and what is asked."""
    state = await snapshot_at(rooms.house, work_id)
    asked = [interrupt_json(interrupt) for interrupt in state.interrupts]
    return dict(state.values) | ({"__interrupt__": asked} if asked else {})
