"""A request becomes one work with one job, or nothing."""

import asyncio
from uuid import UUID

import pytest

from manga.errors import BriefRejected, Conflict
from storage.base import EventType, WorkStatus
from storage.database import Connection, Pool, connection
from storage.event_outbox import read_events
from storage.work_commands import list_commands
from storage.works import list_works
from tests.works.scripted import brief
from works.accept_work import Request, accept, brief_of, digest_of
from works.base import LOCAL_TENANT
from works.queue.job_queue import Queue, open_queue, prepare_schema, queue_name

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": "x", "settings": {"pages": 0}}, "settings.pages: should be 'auto', or greater than or equal to 1."),
        ({"text": "x", "settings": {"pages": 401}}, "settings.pages: should be 'auto', or less than or equal to 400."),
        ({"text": "x", "settings": {"language": "fr"}}, "settings.language: should be 'auto', 'ja' or 'en'."),
        ({"text": "x", "settings": {"seed": -1}}, "settings.seed: should be greater than or equal to 0."),
        ({"text": ""}, "text: should have at least 1 character."),
    ],
)
def test_the_field_and_what_may_stand_there_are_told(data: dict[str, object], told: str) -> None:
    with pytest.raises(BriefRejected) as caught:
        brief_of(data)
    assert caught.value.message == told


def test_only_a_wrong_text_is_answered_with_what_a_text_may_be() -> None:
    remedies = []
    for data in ({"text": ""}, {"text": "x", "settings": {"pages": 0}}):
        with pytest.raises(BriefRejected) as caught:
            brief_of(data)
        remedies.append(caught.value.remedy)
    assert remedies == ["Send 1 to 100,000 characters of plain text.", "Change settings.pages and send it again."]


def test_what_was_sent_is_never_repeated() -> None:
    with pytest.raises(BriefRejected) as caught:
        brief_of({"text": "x", "settings": {"pages": "geheim"}})
    assert "geheim" not in str(caught.value)


class Dying(Queue):
    """A queue that breaks after the job was put in."""

    async def defer_run(self, work_id: UUID, conn: Connection | None = None, *, alone: bool = False) -> None:
        await super().defer_run(work_id, conn, alone=alone)
        raise RuntimeError("the process dies here")


async def jobs_in(pool: Pool) -> int:
    async with connection(pool) as conn:
        row = await (await conn.execute("SELECT count(*) AS n FROM procrastinate_jobs")).fetchone()
    assert row is not None
    return int(row["n"])


async def test_a_request_sent_six_times_at_once_gives_one_work_and_one_job(pool: Pool) -> None:
    queue = await open_queue(pool)
    request = Request(brief(request_id="mine"))

    answers = await asyncio.gather(*(accept(pool, queue, request) for _ in range(6)))

    assert len({answer.work.id for answer in answers}) == 1
    assert [answer.created for answer in answers].count(True) == 1
    assert await jobs_in(pool) == 1


async def test_a_request_id_with_another_story_is_a_conflict(pool: Pool) -> None:
    queue = await open_queue(pool)
    await accept(pool, queue, Request(brief("One.", request_id="mine")))
    with pytest.raises(Conflict):
        await accept(pool, queue, Request(brief("Two.", request_id="mine")))


async def test_requests_without_an_id_are_different_works(pool: Pool) -> None:
    queue = await open_queue(pool)
    one = await accept(pool, queue, Request(brief()))
    two = await accept(pool, queue, Request(brief()))
    assert one.work.id != two.work.id


async def test_a_crash_before_the_end_leaves_neither_work_nor_job(pool: Pool) -> None:
    queue = Dying((await open_queue(pool)).app)
    with pytest.raises(RuntimeError):
        await accept(pool, queue, Request(brief()))

    async with connection(pool) as conn:
        assert await list_works(conn, LOCAL_TENANT) == []
    assert await jobs_in(pool) == 0


async def test_an_accepted_work_is_queued_and_knows_its_folder(pool: Pool) -> None:
    accepted = await accept(pool, await open_queue(pool), Request(brief(), out="/books", force=True, alone=True))

    async with connection(pool) as conn:
        (command,) = await list_commands(conn, accepted.work.id)
        (event,) = await read_events(conn, accepted.work.id)
        row = await (await conn.execute("SELECT queue_name, lock FROM procrastinate_jobs")).fetchone()
    assert accepted.work.status is WorkStatus.QUEUED
    assert command.payload == {"out": "/books", "force": True}
    assert event.type is EventType.ACCEPTED
    assert row == {"queue_name": queue_name(accepted.work.id, alone=True), "lock": str(accepted.work.id)}


async def test_the_queue_of_a_command_can_be_listened_to(pool: Pool) -> None:
    """PostgreSQL cuts names of 64 bytes and more."""
    accepted = await accept(pool, await open_queue(pool), Request(brief(), alone=True))
    channel = f"procrastinate_queue_v1#{queue_name(accepted.work.id, alone=True)}"
    assert len(channel.encode()) < 64


async def test_the_tables_of_the_queue_are_made_once(pool: Pool) -> None:
    assert await prepare_schema(pool) is False


async def test_older_tables_of_the_queue_are_brought_up_to_date(pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("COMMENT ON TABLE procrastinate_jobs IS 'procrastinate 3.9.0'")
    assert await prepare_schema(pool) is True
    assert await prepare_schema(pool) is False


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "x", "settings": {"pages": 401}}, "settings.pages"),
        ({"text": "x", "owner": "me"}, "owner"),
        ({}, "text"),
    ],
)
async def test_a_wrong_request_names_its_field(body: dict[str, object], field: str) -> None:
    with pytest.raises(BriefRejected, match=f"^{field}"):
        brief_of(body)


async def test_the_digest_does_not_depend_on_the_callers_key() -> None:
    assert digest_of(brief(request_id="a")) == digest_of(brief(request_id="b"))
    assert digest_of(brief("One.")) != digest_of(brief("Two."))
