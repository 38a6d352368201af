"""`GET /threads/{id}/stream`: what the runs of a thread stream, one after another, as long as somebody listens."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from manga.errors import NotFound
from server.composition import Open, Rooms
from server.langgraph_wire.run_stream import LOOK_EACH, ReaderPlace, RunStream, frame, place_in
from server.langgraph_wire.runs import ALL_MODES, LastSeen
from server.langgraph_wire.thread_lookup import find_run, find_thread
from server.security.identity import Anybody, Principal
from server.streams.graph_events import GraphEntry, follow_graph
from server.streams.sse import EventStream
from works.graph_stream import BEGUN, ENDED

RUN_MODES: Final = "run_modes"
LIFECYCLE: Final = "lifecycle"
STATES: Final = "state_update"
Mode = Literal["run_modes", "lifecycle", "state_update"]
router = APIRouter(tags=["langgraph"])


@router.get(
    "/threads/{thread_id}/stream", response_class=EventStream, status_code=200, summary="Follow all runs of a thread"
)
async def join_stream(
    thread_id: UUID,
    who: Anybody,
    rooms: Open,
    last_event_id: LastSeen = None,
    stream_mode: Annotated[list[Mode] | None, Query(max_length=3)] = None,
) -> Response:
    """After `Last-Event-ID`, else from now on; with `-1` as far back as a day. `run_modes` are the events of runs in
    the modes that they were begun with, `lifecycle` their beginnings and ends, `state_update` the values after each
    step."""
    await find_thread(rooms, who, thread_id)
    events = rooms.house.feed.events
    await events.want(thread_id)
    place = ReaderPlace(await events.newest(thread_id)) if last_event_id is None else place_in(last_event_id)
    told = ThreadStream(rooms, who, thread_id, frozenset(stream_mode or [RUN_MODES])).told(place)
    return EventStream(told, patience_s=rooms.settings.stream_patience_seconds, seat=rooms.seats.taken_by(who.tenant))


@dataclass(slots=True)
class ThreadStream:
    """Follows one thread until the reader leaves, the service stops or the thread is deleted."""

    rooms: Rooms
    who: Principal
    thread_id: UUID
    modes: frozenset[str]
    _runs: dict[str, RunStream | None] = field(default_factory=dict, init=False)

    async def told(self, place: ReaderPlace) -> AsyncGenerator[bytes]:
        quiet = 0
        async with aclosing(follow_graph(self.rooms, self.thread_id, place.after)) as entries:
            async for entry in entries:
                if entry is None:
                    quiet += 1
                    if quiet % LOOK_EACH == 0 and not await self._is_there():
                        return
                    continue
                async for piece in self._pieces(entry, place):
                    yield piece

    async def _pieces(self, entry: GraphEntry, place: ReaderPlace) -> AsyncGenerator[bytes]:
        if entry.mode in (BEGUN, ENDED):
            for index, (event, data) in enumerate(self._events(entry)):
                if index >= place.read_of(entry.id) and (event == "error" or self.modes & {RUN_MODES, LIFECYCLE}):
                    yield frame(event, data, f"{entry.id}.{index}")
            return
        run = await self._run(entry.run)
        if run is not None:
            async for piece in run.pieces(entry, place):
                yield piece

    def _events(self, entry: GraphEntry) -> Iterator[tuple[str, Any]]:
        """Of a run that begins or ends."""
        if entry.mode == BEGUN:
            yield "metadata", {"run_id": entry.run, "attempt": 1, "status": "run_started"}
            return
        yield "metadata", {"run_id": entry.run, "status": "run_done", "ended": entry.data["status"]}
        if entry.data["error"] is not None:
            yield "error", entry.data["error"]

    async def _run(self, run_id: str) -> RunStream | None:
        """None for one that is not to be told of any more."""
        if run_id not in self._runs:
            try:
                run, _ = await find_run(self.rooms, self.who, self.thread_id, UUID(run_id))
            except NotFound:
                self._runs[run_id] = None
            else:
                modes = frozenset(run.note.get("modes") or ALL_MODES) if RUN_MODES in self.modes else frozenset()
                modes |= {"values"} if STATES in self.modes else set()
                self._runs[run_id] = RunStream(self.rooms, self.who, run, modes)
        return self._runs[run_id]

    async def _is_there(self) -> bool:
        try:
            await find_thread(self.rooms, self.who, self.thread_id)
        except NotFound:
            return False
        return True
