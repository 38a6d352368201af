"""Writes down what happens while a work runs: status, progress, events and counters, quick copies in Redis.

Every write checks the fence in its own transaction: a worker that was replaced writes nothing (`Fenced`).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, Unpack
from uuid import UUID

from graph.events import ImageProgress
from manga.errors import Conflict, MangaError
from manga.phases import Phase
from storage.base import Command, EventType, Version, Work, WorkStatus
from storage.database import Connection, Pool, connection, transaction
from storage.event_outbox import append_event, append_events, find_event
from storage.redis import WorkCache, progress_note
from storage.versions import list_versions
from storage.work_commands import list_commands, note_child
from storage.works import WorkChange, add_counters, change_work, check_epoch, read_brief, read_counters, read_work
from storage.works import take_epoch as next_epoch
from works.accept_work import DRAW
from works.base import Json, Ticket
from works.queue.job_queue import end_tasks
from works.reviews.answers import ORDERS

Also: TypeAlias = Callable[[Connection], Awaitable[None]]
"""What else is written in the same transaction."""

_SETTLED: Final = frozenset(
    {WorkStatus.CANCELLED, WorkStatus.PARKED, WorkStatus.AWAITING_FEEDBACK, WorkStatus.COMPLETED, WorkStatus.FAILED}
)
"""Where a run has left a work, or a person has stopped it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A work as its tables hold it. `order` is the oldest answer or fork that is not carried out yet."""

    work: Work
    brief: Json
    command: Json
    counters: Mapping[str, int]
    order: Command | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """`cache` is None where there is no Redis."""

    pool: Pool
    cache: WorkCache | None = None

    async def read(self, work_id: UUID) -> Record:
        """Raises `NotFound`."""
        async with connection(self.pool) as conn:
            work = await read_work(conn, work_id)
            counters = await read_counters(conn, work_id)
            pending = await list_commands(conn, work_id, pending_only=True)
            order = next((command for command in pending if command.kind in ORDERS), None)
            return Record(work, await read_brief(conn, work_id), await _payload(conn, work_id), counters, order)

    async def versions(self, work_id: UUID) -> list[Version]:
        async with connection(self.pool) as conn:
            return await list_versions(conn, work_id)

    async def begin(self, seen: Work) -> int:
        """Takes the work over and says that it is being worked on. Answers the new epoch. Raises `Conflict` for one
        that was stopped, or brought to another review or to its end, since it was `seen`."""
        work_id = seen.id
        async with transaction(self.pool) as conn:
            epoch = await next_epoch(conn, work_id)
            before = await read_work(conn, work_id, lock=True)
            if before.status in _SETTLED and _stands(before) != _stands(seen):
                raise Conflict(f"The work {work_id} is {before.status.value} meanwhile.")
            await change_work(conn, work_id, status=WorkStatus.PROCESSING, error=None, resume_at=None)
            await add_counters(conn, work_id, {"runs": 1})
            if before.status in (WorkStatus.PARKED, WorkStatus.FAILED):
                await append_event(conn, work_id, EventType.RESUMED)
        return epoch

    async def change(
        self,
        ticket: Ticket,
        type: EventType | None = None,
        data: Json | None = None,
        also: Also | None = None,
        version_id: str | None = None,
        counters: Mapping[str, int] | None = None,
        only_from: WorkStatus | None = None,
        **change: Unpack[WorkChange],
    ) -> Work:
        """Changes the row, counts, tells of it, and does what else belongs to it, in one transaction. With `only_from`,
        a work of another status stays as it is, and is answered."""
        async with self._writing(ticket) as conn:
            if (
                only_from is not None
                and (now := await read_work(conn, ticket.work_id, lock=True)).status is not only_from
            ):
                return now
            work = await change_work(conn, ticket.work_id, **change)
            if counters:
                await add_counters(conn, ticket.work_id, counters)
            if type is not None:
                await append_event(conn, ticket.work_id, type, data, version_id=version_id)
            if also is not None:
                await also(conn)
        await self._copy(work, change)
        return work

    async def tell_once(self, ticket: Ticket, type: EventType, mark: Json, data: Sequence[Json]) -> None:
        """Events of one type, all together, each with `mark` in its data; none when there is one with that mark."""
        async with self._writing(ticket) as conn:
            if await find_event(conn, ticket.work_id, type, mark) is not None:
                return
            told = [mark | one for one in data]
            await append_events(conn, ticket.work_id, type, told, version_id=mark.get("version_id"))
        if self.cache is not None:
            self.cache.relay_soon(self.pool)

    async def progress(self, ticket: Ticket, phase: Phase, completed: Sequence[int], total: int) -> None:
        """More pictures are done: how many there were after each. Each has its event."""
        notes = [progress_note(phase, number, total) for number in completed]

        async def tell(conn: Connection) -> None:
            await append_events(conn, ticket.work_id, EventType.IMAGE_PROGRESS, notes)

        await self.change(ticket, also=tell, progress=progress_of(phase, completed[-1], total))
        if self.cache is not None:
            await self.cache.publish_progress(ticket.work_id, notes)

    async def note_child(self, ticket: Ticket, order: Command, child_checkpoint: str) -> Command:
        """Where the order led to."""
        async with self._writing(ticket) as conn:
            await note_child(conn, order.id, child_checkpoint)
        return replace(order, child_checkpoint=child_checkpoint)

    async def count(self, ticket: Ticket, counters: Mapping[str, int]) -> Mapping[str, int]:
        """Adds to the work's counters and answers all of them."""
        async with self._writing(ticket) as conn:
            await add_counters(conn, ticket.work_id, counters)
            return await read_counters(conn, ticket.work_id)

    @asynccontextmanager
    async def _writing(self, ticket: Ticket) -> AsyncIterator[Connection]:
        async with transaction(self.pool) as conn:
            await check_epoch(conn, ticket.work_id, ticket.epoch)
            yield conn

    async def _copy(self, work: Work, change: WorkChange) -> None:
        if self.cache is None:
            return
        self.cache.relay_soon(self.pool)
        if "status" in change or "progress" in change:
            module = Phase(work.progress["phase"]).number if work.progress else 0
            await self.cache.write_metadata(
                work.id, status=work.status, module=module, created_at=work.created_at, updated_at=work.updated_at
            )


def _stands(work: Work) -> tuple[WorkStatus, str | None]:
    """Where the work stands: its status, and which review waits."""
    return work.status, (work.pending_review or {}).get("interrupt_id")


def progress_of(phase: Phase, completed: int, total: int) -> Json:
    """The `progress` of the spec's result."""
    percentage = round(100 * completed / total, 1) if total else 0.0
    return {"phase": phase.value, "completed": completed, "total": total, "percentage": percentage}


async def _payload(conn: Connection, work_id: UUID) -> Json:
    """What the command that made the work said."""
    query = "SELECT payload FROM commands WHERE work_id = %s AND kind = %s ORDER BY created_at LIMIT 1"
    row = await (await conn.execute(query, (work_id, DRAW))).fetchone()
    return dict(row["payload"]) if row else {}


@dataclass(slots=True)
class Progress:
    """Of one run. `heard` is told of each picture after it was written down."""

    journal: Journal
    ticket: Ticket
    heard: Callable[[ImageProgress], Awaitable[None]]
    _waiting: list[ImageProgress] = field(default_factory=list)
    _writing: "asyncio.Task[None] | None" = None

    async def __aenter__(self) -> "Progress":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What was told is written, also of a run that failed; nothing more of one that was cancelled."""
        if kind is None:
            await self.settled()
        elif issubclass(kind, Exception):
            with suppress(MangaError):
                await self.settled()
        elif self._writing is not None:
            await end_tasks(self._writing)

    async def tell(self, event: ImageProgress) -> None:
        """One more. Raises what kept others before it from being written."""
        if self._writing is not None and self._writing.done():
            await self.settled()
        self._waiting.append(event)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def settled(self) -> None:
        """All are written. Raises what kept one from it: `Fenced`, `DatabaseUnreachable`, ..."""
        writing = self._writing
        if writing is None:
            return
        await asyncio.wait((writing,))
        self._writing = None
        await writing

    async def _write(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, []
            numbers = [event.completed for event in told]
            await self.journal.progress(self.ticket, Phase.ARTWORK, numbers, told[-1].total)
            for event in told:
                await self.heard(event)
