"""Pictures that are finished while others are written down: together, in order, none lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from graph.events import ImageProgress
from manga.errors import Conflict, Fenced
from manga.phases import Phase
from storage.base import EventType, Work, WorkStatus
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.works import change_work, read_work
from tests.works.scripted import brief
from works.accept_work import Request, accept
from works.base import Ticket
from works.queue.job_queue import open_queue
from works.run_journal import Journal, Progress

pytestmark = pytest.mark.anyio


async def begun(pool: Pool) -> Ticket:
    work = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work
    epoch = await Journal(pool).begin(work)
    return Ticket(work.id, "local", epoch, brief(), 1.0)


async def work_of(pool: Pool, ticket: Ticket) -> Work:
    async with connection(pool) as conn:
        return await read_work(conn, ticket.work_id)


async def left(pool: Pool, ticket: Ticket, status: WorkStatus, review: str = "") -> Work:
    """As another run leaves the work."""
    async with connection(pool) as conn:
        pending = {"interrupt_id": review} if review else None
        return await change_work(conn, ticket.work_id, status=status, pending_review=pending)


@dataclass(frozen=True, slots=True)
class Counted(Journal):
    """How many pictures went at a time."""

    went: list[int] = field(default_factory=list)

    async def progress(self, ticket: Ticket, phase: Phase, completed: Sequence[int], total: int) -> None:
        self.went.append(len(completed))
        await Journal.progress(self, ticket, phase, completed, total)


async def written(pool: Pool, ticket: Ticket) -> list[int]:
    async with connection(pool) as conn:
        events = await read_events(conn, ticket.work_id)
    return [event.data["completed"] for event in events if event.type is EventType.IMAGE_PROGRESS]


async def test_each_picture_has_its_event_in_order_though_many_go_at_once(pool: Pool) -> None:
    ticket, journal = await begun(pool), Counted(pool)
    heard: list[int] = []

    async def hear(event: ImageProgress) -> None:
        assert event.completed in await written(pool, ticket)
        heard.append(event.completed)

    async with Progress(journal, ticket, hear) as progress:
        for number in range(1, 21):
            await progress.tell(ImageProgress(f"b{number}", number, 20))
        await progress.settled()
        assert await written(pool, ticket) == heard == list(range(1, 21))
    assert len(journal.went) < 5
    async with connection(pool) as conn:
        assert ((await read_work(conn, ticket.work_id)).progress or {})["completed"] == 20


async def test_what_was_told_is_written_when_the_run_fails_and_not_when_it_is_cancelled(pool: Pool) -> None:
    async def broken(ticket: Ticket, error: BaseException) -> None:
        async with Progress(Journal(pool), ticket, _deaf) as progress:
            await progress.tell(ImageProgress("b1", 1, 2))
            raise error

    for error, count in ((ValueError(), 1), (asyncio.CancelledError(), 0)):
        ticket = await begun(pool)
        with pytest.raises(type(error)):
            await broken(ticket, error)
        assert len(await written(pool, ticket)) == count


async def test_a_run_that_was_replaced_hears_of_it(pool: Pool) -> None:
    ticket = await begun(pool)
    await Journal(pool).begin(await work_of(pool, ticket))
    with pytest.raises(Fenced):
        async with Progress(Journal(pool), ticket, _deaf) as progress:
            await progress.tell(ImageProgress("b1", 1, 2))
    assert await written(pool, ticket) == []


LEFT = [WorkStatus.PARKED, WorkStatus.CANCELLED, WorkStatus.AWAITING_FEEDBACK, WorkStatus.COMPLETED, WorkStatus.FAILED]


@pytest.mark.parametrize("status", LEFT)
async def test_what_another_run_has_brought_to_its_end_since_it_was_seen_is_not_begun_again(
    pool: Pool, status: WorkStatus
) -> None:
    ticket = await begun(pool)
    seen = await work_of(pool, ticket)
    now = await left(pool, ticket, status, "r1")
    with pytest.raises(Conflict, match=status.value):
        await Journal(pool).begin(seen)
    assert await work_of(pool, ticket) == now
    await Journal(pool).count(ticket, {})  # the run that was refused took nothing over

    await Journal(pool).begin(now)
    assert (await work_of(pool, ticket)).status is WorkStatus.PROCESSING


async def test_an_answer_that_was_carried_out_up_to_the_next_review_is_not_begun_again(pool: Pool) -> None:
    ticket = await begun(pool)
    seen = await left(pool, ticket, WorkStatus.AWAITING_FEEDBACK, "r1")
    await left(pool, ticket, WorkStatus.AWAITING_FEEDBACK, "r2")
    with pytest.raises(Conflict):
        await Journal(pool).begin(seen)


async def _deaf(event: ImageProgress) -> None:
    pass
