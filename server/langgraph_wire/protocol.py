"""The thread-centric protocol: `/threads/{id}/commands` in, `/threads/{id}/stream/events` out.

Events carry a number `seq` that rises within a thread; it is made from the entry's place in Redis, so that every
replica gives the same. A stream without `since` begins with the thread's newest run and stays open when that has ended.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from manga.errors import MangaError, NotFound
from server.composition import Open, Rooms
from server.langgraph_wire.request_models import Command, Metadata, Name, NotOffered, RunBody, Sent
from server.langgraph_wire.run_stream import LOOK_EACH, before, frame
from server.langgraph_wire.start_run import start
from server.langgraph_wire.thread_lookup import find_thread, values_at
from server.security.identity import Anybody, Editor, Principal
from server.streams.graph_events import GraphEntry, follow_graph
from server.streams.redis_hub import number
from server.streams.sse import EventStream
from storage.database import connection
from storage.graph_events import START
from storage.works import read_work
from works.base import Json
from works.graph_stream import BEGUN, ENDED
from works.run_status import list_runs

GRAPH: Final = "mangaka"
_A_MS: Final = 4_000
_AN_ENTRY: Final = 4
"""`seq` counts in quarters of an entry, a thousand entries a millisecond; it stays below 2**53 until 2041."""
router = APIRouter(tags=["langgraph"])
Told = tuple[str, Any]


class Params(Sent):
    """Of `run.start` and `input.respond`."""

    assistant_id: Name = GRAPH
    input: Any = None
    config: dict[str, Any] | None = None
    metadata: Metadata | None = None
    interrupt_id: Name | None = None
    response: Any = None
    responses: Annotated[list[dict[str, Any]], Field(max_length=20)] | None = None
    update: Any = None
    goto: Any = None


class CommandBody(Sent):
    """One command; `id` is the client's, and comes back with the answer."""

    id: int
    method: Name
    params: Params = Params()


class Subscription(Sent):
    """What is to be told. `since` is the last `seq` that the client has."""

    channels: Annotated[list[Name], Field(max_length=50)]
    namespaces: Annotated[list[list[Name]], Field(max_length=50)] | None = None
    depth: int | None = None
    since: Annotated[int, Field(ge=0, lt=2**63)] | None = None


@router.post("/threads/{thread_id}/commands", summary="Begin a run, or answer what is asked")
async def command(thread_id: UUID, sent: CommandBody, who: Editor, rooms: Open) -> Json:
    """An answer of type `success` with the `run_id`, or of type `error` with `error` (a code) and `message`."""
    try:
        run = await start(rooms, who, thread_id, _wanted(sent))
    except MangaError as error:
        return {"type": "error", "id": sent.id, "error": error.code, "message": error.message}
    newest = str(run.note.get("after") or START)
    meta = {} if newest == START else {"applied_through_seq": seq_of(newest, _AN_ENTRY - 1)}
    return {"type": "success", "id": sent.id, "result": {"run_id": str(run.id)}, "meta": meta}


def _wanted(sent: CommandBody) -> RunBody:
    params = sent.params
    common: Json = {"assistant_id": params.assistant_id, "config": params.config, "metadata": params.metadata}
    if sent.method == "run.start":
        return RunBody(input=params.input, if_not_exists="create", **common)
    if sent.method == "input.respond":
        answers = params.responses or [{"interrupt_id": params.interrupt_id, "response": params.response}]
        if len(answers) != 1:
            raise NotOffered("One question is asked at a time, and takes one response.", element="responses")
        response, interrupt = answers[0].get("response"), str(answers[0].get("interrupt_id"))
        resume = Command(resume={interrupt: response}, update=params.update, goto=params.goto)
        return RunBody(command=resume, **common)
    raise NotOffered(f"The command {sent.method[:40]!r} is not offered here.", element="method")


@router.post(
    "/threads/{thread_id}/stream/events", response_class=EventStream, status_code=200, summary="Follow a thread"
)
async def events(thread_id: UUID, sent: Subscription, who: Anybody, rooms: Open) -> Response:
    """`lifecycle`, `values`, `updates`, `custom`, `tasks`, `checkpoints` and `input`, over all of the thread's runs."""
    await find_thread(rooms, who, thread_id)
    await rooms.house.feed.events.want(thread_id)
    told = _frames(rooms, thread_id, sent, await _since(rooms, who, thread_id, sent.since))
    return EventStream(told, patience_s=rooms.settings.stream_patience_seconds, seat=rooms.seats.taken_by(who.tenant))


async def _since(rooms: Rooms, who: Principal, thread_id: UUID, since: int | None) -> tuple[str, int]:
    """The entry after which to begin, and the `seq` after which to tell."""
    if since is not None:
        ms, rest = divmod(since, _A_MS)
        return before(f"{ms}-{rest // _AN_ENTRY}"), since
    work = (await find_thread(rooms, who, thread_id)).work
    if work is None:
        return START, -1
    async with connection(rooms.house.pool) as conn:
        runs = await list_runs(conn, work)
    return str(runs[0].note.get("after") or START) if runs else START, -1


async def _frames(rooms: Rooms, thread_id: UUID, wanted: Subscription, since: tuple[str, int]) -> AsyncGenerator[bytes]:
    teller, quiet = Teller(rooms, thread_id), 0
    channels = frozenset(wanted.channels)
    async with aclosing(follow_graph(rooms, thread_id, since[0])) as entries:
        async for entry in entries:
            if entry is None:
                quiet += 1
                if quiet % LOOK_EACH == 0 and not await _is_there(rooms, thread_id):
                    return
                continue
            for index, (method, data) in enumerate(teller.events(entry)):
                seq = seq_of(entry.id, index)
                if seq > since[1] and _in(method, data, channels):
                    content = await data() if callable(data) else data
                    yield frame(method, event_json(thread_id, entry, seq, method, content), str(seq))


async def _is_there(rooms: Rooms, thread_id: UUID) -> bool:
    async with connection(rooms.house.pool) as conn:
        try:
            await read_work(conn, thread_id)
        except NotFound:
            query = "SELECT 1 FROM threads WHERE id = %s"
            return await (await conn.execute(query, (thread_id,))).fetchone() is not None
    return True


def _in(method: str, data: Any, channels: frozenset[str]) -> bool:
    channel = "input" if method.startswith("input.") else method
    named = data.get("name") if method == "custom" else None
    return channel in channels or (named is not None and f"custom:{named}" in channels)


def seq_of(entry_id: str, index: int) -> int:
    ms, n = number(entry_id)
    return ms * _A_MS + n * _AN_ENTRY + index


def event_json(thread_id: UUID, entry: GraphEntry, seq: int, method: str, data: Any) -> Json:
    return {
        "type": "event",
        "event_id": f"{thread_id}-{seq}",
        "seq": seq,
        "method": method,
        "params": {"namespace": [], "timestamp": entry.at, "data": data},
    }


@dataclass(slots=True)
class Teller:
    """Entries as the protocol's events: at most three an entry, always the same."""

    rooms: Rooms
    thread_id: UUID

    def events(self, entry: GraphEntry) -> Iterable[Told]:
        match entry.mode:
            case mode if mode == BEGUN:
                yield "lifecycle", {"event": "running", "graph_name": GRAPH}
            case mode if mode == ENDED:
                yield "lifecycle", _lifecycle(entry.data)
            case "checkpoints":
                source = entry.data["metadata"].get("source")
                yield ("values" if source != "input" else ""), self._values(entry.state)
                yield "checkpoints", _checkpoint(entry.data)
            case "updates":
                ((node, values),) = entry.data.items()
                yield "updates", {"node": node, "values": values if isinstance(values, dict) else {}}
            case "custom":
                yield "custom", {"name": str(entry.data.get("type", "")), "payload": entry.data}
            case "tasks":
                yield "tasks", entry.data
            case "interrupt":
                asked = {"interrupt_id": entry.data["id"], "payload": entry.data["value"], "value": entry.data["value"]}
                yield "input.requested", asked

    def _values(self, place: str | None) -> Callable[[], Awaitable[Json]]:
        async def read() -> Json:
            return await values_at(self.rooms.house, self.thread_id, place)

        return read


def _lifecycle(how: Json) -> Json:
    word = {"success": "completed", "error": "failed"}.get(how["status"], "interrupted")
    told: Json = {"event": "interrupted" if how["waiting"] else word, "graph_name": GRAPH}
    return told | ({"error": how["error"]["message"]} if how["error"] else {})


def _checkpoint(data: Json) -> Json:
    parent = (data["parent_config"] or {}).get("configurable", {}).get("checkpoint_id")
    found = {
        "id": data["config"]["configurable"]["checkpoint_id"],
        "step": data["metadata"].get("step", 0),
        "source": data["metadata"].get("source", "loop"),
    }
    return found | ({"parent_id": parent} if parent else {})
