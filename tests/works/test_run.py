"""One run of a work: what is written down, however it ends."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from graph.events import ReviewRequested, RunEvent
from manga.edits import Edit
from manga.errors import DatabaseUnreachable, Fenced, MangaError, OutputRefused, ProviderFault, QuotaExhausted
from manga.phases import PHASES, Phase
from storage.base import EventType, Work, WorkStatus
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.provider_allowance import next_provider_day
from storage.works import change_work, read_counters, read_result, read_work, take_epoch
from tests.graph.told import brief as reviewed
from tests.works.desk import desk_at
from tests.works.scripted import brief, scripted
from works.accept_work import Request, accept
from works.base import BookShown, Ticket
from works.queue.job_queue import open_queue

pytestmark = pytest.mark.anyio


async def accepted(pool: Pool, out: Path | None = None) -> UUID:
    request = Request(brief(), out=str(out) if out else None)
    return (await accept(pool, await open_queue(pool), request)).work.id


async def work_of(pool: Pool, work_id: UUID) -> Work:
    async with connection(pool) as conn:
        return await read_work(conn, work_id)


async def types_of(pool: Pool, work_id: UUID) -> list[EventType]:
    async with connection(pool) as conn:
        return [event.type for event in await read_events(conn, work_id)]


def failing(phase: Phase, error: Exception, *, times: int = 1):  # type: ignore[no-untyped-def]
    left = [times]

    async def act(ticket: Ticket, at: Phase) -> None:
        if at is phase and left[0]:
            left[0] -= 1
            raise error

    return act


async def test_a_story_becomes_a_book_in_its_folder(pool: Pool, tmp_path: Path) -> None:
    heard: list[RunEvent | BookShown] = []

    async def listen(_: UUID, event: RunEvent | BookShown) -> None:
        heard.append(event)

    runner, _ = scripted(pool, tmp_path, listen=listen)
    work_id = await accepted(pool, tmp_path / "out")
    work = await runner.run(work_id)

    folder = tmp_path / "out/the-fox"
    written = json.loads((folder / "work.json").read_text())
    assert work.status is WorkStatus.COMPLETED
    assert work.out_dir == str(folder)
    assert sorted(p.name for p in folder.rglob("*") if p.is_file()) == ["001.json", "001.png", "book.pdf", "work.json"]
    assert written["id"] == str(work_id)
    assert written["status"] == "completed"
    assert written["pages"] == [{"number": 1, "side": "left", "image": "pages/001.png", "graph": "pages/001.json"}]
    shown = [event for event in heard if isinstance(event, BookShown)]
    assert shown == [
        BookShown(str(folder / "pages/001.png"), complete=False),
        BookShown(str(folder), complete=True),
    ]


async def test_a_work_has_its_title_as_soon_as_the_concept_has_one_and_the_one_that_a_person_gave(
    pool: Pool, tmp_path: Path
) -> None:
    titles: list[str | None] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        titles.append((await work_of(pool, ticket.work_id)).title)
        if phase is Phase.PLOT:
            given = {"change_type": "text_edit", "phase": "concept", "element_key": "concept", "base_version": "v1"}
            story.edits = [Edit.of({"id": "e1", "change_data": {"title": "狐と少年"}, **given}).to_json()]

    runner, story = scripted(pool, tmp_path, act)
    await runner.run(await accepted(pool))
    assert titles == [None, *[story.title] * 2, *["狐と少年"] * 4]


async def test_events_and_progress_are_written_down(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path)
    work_id = await accepted(pool)
    work = await runner.run(work_id)

    types = await types_of(pool, work_id)
    assert types[0] is EventType.ACCEPTED
    assert types[-1] is EventType.COMPLETED
    assert types.count(EventType.PHASE_STARTED) == len(PHASES)
    assert types.count(EventType.IMAGE_PROGRESS) == 1
    assert work.progress == {"phase": "finishing", "completed": 1, "total": 1, "percentage": 100.0}
    async with connection(pool) as conn:
        assert (await read_counters(conn, work_id))["runs"] == 1
        result = await read_result(conn, work_id)
    assert result is not None
    assert len(result["processing_times"]) == 7


async def test_how_far_an_answer_has_come_is_written_down_every_few_seconds(pool: Pool, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path)
    story.answers = tuple(range(100, 2100, 100))
    clock = iter(range(10_000))
    work_id = await accepted(pool)
    await replace(runner, seconds=lambda: float(next(clock))).run(work_id)
    async with connection(pool) as conn:
        told = [one.data for one in await read_events(conn, work_id) if one.type is EventType.ANSWER_PROGRESS]
    assert 1 < len(told) < len(story.answers) / 2
    assert all(one["phase"] == Phase.PLOT.number for one in told)
    assert [one["characters"] for one in told] == sorted(one["characters"] for one in told)


async def test_an_error_fails_the_work_and_says_what_helps(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.PLOT, ProviderFault("No answer.", remedy="Wait.")))
    work_id = await accepted(pool)
    with pytest.raises(ProviderFault):
        await runner.run(work_id)

    work = await work_of(pool, work_id)
    assert work.status is WorkStatus.FAILED
    assert work.error == {
        "code": "provider_fault",
        "phase": "plot",
        "element": None,
        "message": "No answer.",
        "remedy": "Wait.",
    }


async def test_a_failed_work_goes_on_where_it_was(pool: Pool, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path, failing(Phase.PLOT, ProviderFault()))
    work_id = await accepted(pool)
    with pytest.raises(ProviderFault):
        await runner.run(work_id)
    work = await runner.run(work_id)

    assert work.status is WorkStatus.COMPLETED
    assert work.error is None
    assert story.entered.count(Phase.CONCEPT) == 1
    assert story.entered.count(Phase.PLOT) == 2
    assert EventType.RESUMED in await types_of(pool, work_id)


async def test_a_bug_fails_the_work_and_is_still_raised_but_its_words_are_in_no_log(
    pool: Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, ZeroDivisionError("Once there was a fox.")))
    work_id = await accepted(pool)
    with pytest.raises(ZeroDivisionError):
        await runner.run(work_id)

    work = await work_of(pool, work_id)
    assert work.status is WorkStatus.FAILED
    assert work.error is not None
    assert work.error["code"] == "internal"
    assert work.error["phase"] == "artwork"
    assert "ZeroDivisionError" in caplog.text
    assert "in act" in caplog.text
    assert "a fox" not in caplog.text + str(work.error)


async def test_a_daily_quota_parks_the_work_until_the_providers_day_turns(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, QuotaExhausted()))
    work_id = await accepted(pool)
    with pytest.raises(QuotaExhausted):
        await runner.run(work_id)

    work = await work_of(pool, work_id)
    assert work.status is WorkStatus.PARKED
    assert work.resume_at is not None
    assert 0 <= (work.resume_at - next_provider_day(datetime.now(UTC))).total_seconds() <= 60


async def test_stopping_parks_the_work_and_the_next_run_finishes_it(pool: Pool, tmp_path: Path) -> None:
    reached = asyncio.Event()

    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is Phase.ARTWORK and not runner.stop.is_set():
            reached.set()
            await asyncio.Event().wait()

    runner, story = scripted(pool, tmp_path, act)
    work_id = await accepted(pool, tmp_path / "out")
    running = asyncio.create_task(runner.run(work_id))
    await reached.wait()
    runner.stop.set()
    assert (await running).status is WorkStatus.PARKED

    again, _ = scripted(pool, tmp_path)
    again.story.done.update(story.done)  # type: ignore[attr-defined]
    assert (await again.run(work_id)).status is WorkStatus.COMPLETED


async def test_a_review_that_was_asked_for_just_before_its_worker_stops_is_not_parked(
    pool: Pool, tmp_path: Path
) -> None:
    async def listen(_: UUID, event: RunEvent | BookShown) -> None:
        if isinstance(event, ReviewRequested):
            runner.stop.set()
            await asyncio.Event().wait()

    asked = (await accept(pool, await open_queue(pool), Request(reviewed(feedback=True)))).work
    desk = await desk_at(pool, tmp_path, asked.id)
    runner = replace(desk.runner, listen=listen)
    assert (await runner.run(asked.id)).status is WorkStatus.AWAITING_FEEDBACK
    types = await desk.types()
    assert types.count(EventType.REVIEW_REQUESTED) == 1
    assert EventType.PARKED not in types


async def test_a_cancelled_run_parks_the_work_too(pool: Pool, tmp_path: Path) -> None:
    reached = asyncio.Event()

    async def act(ticket: Ticket, phase: Phase) -> None:
        reached.set()
        await asyncio.Event().wait()

    runner, _ = scripted(pool, tmp_path, act)
    work_id = await accepted(pool)
    running = asyncio.create_task(runner.run(work_id))
    await reached.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await work_of(pool, work_id)).status is WorkStatus.PARKED


async def test_a_worker_that_was_replaced_writes_nothing_any_more(pool: Pool, tmp_path: Path) -> None:
    """The first worker is paused in artwork; a second one takes the work over and finishes it; then the first wakes."""
    paused, go_on = asyncio.Event(), asyncio.Event()

    async def act(ticket: Ticket, phase: Phase) -> None:
        if ticket.epoch == 1 and phase is Phase.ARTWORK:
            paused.set()
            await go_on.wait()

    first, story = scripted(pool, tmp_path, act)
    work_id = await accepted(pool, tmp_path / "out")
    running = asyncio.create_task(first.run(work_id))
    await paused.wait()
    second, _ = scripted(pool, tmp_path, act)
    second.story.done.update({work_id: list(story.done[work_id])})  # type: ignore[attr-defined]
    finished = await second.run(work_id)
    events = await types_of(pool, work_id)
    go_on.set()

    with pytest.raises(Fenced):
        await running
    assert (await work_of(pool, work_id)).updated_at == finished.updated_at
    assert await types_of(pool, work_id) == events


async def test_an_unreachable_database_is_raised_as_it_is(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.PLOT, DatabaseUnreachable()))
    work_id = await accepted(pool)
    with pytest.raises(DatabaseUnreachable):
        await runner.run(work_id)
    assert (await work_of(pool, work_id)).status is WorkStatus.PROCESSING


async def test_a_book_that_cannot_be_written_fails_the_work_and_can_be_delivered_later(
    pool: Pool, tmp_path: Path
) -> None:
    runner, story = scripted(pool, tmp_path)
    out = tmp_path / "out"
    out.write_text("in the way")
    work_id = await accepted(pool, out)
    with pytest.raises(OutputRefused):
        await runner.run(work_id)
    assert (await work_of(pool, work_id)).status is WorkStatus.FAILED

    out.unlink()
    assert (await runner.run(work_id)).status is WorkStatus.COMPLETED
    assert story.entered.count(Phase.ARTWORK) == 1
    assert (out / "the-fox/book.pdf").exists()


async def test_a_cancelled_work_is_not_run(pool: Pool, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path)
    work_id = await accepted(pool)
    async with connection(pool) as conn:
        await change_work(conn, work_id, status=WorkStatus.CANCELLED)
    with pytest.raises(MangaError):
        await runner.run(work_id)
    assert story.entered == []


async def test_each_run_takes_a_new_epoch(pool: Pool, tmp_path: Path) -> None:
    epochs: list[int] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        epochs.append(ticket.epoch)

    runner, _ = scripted(pool, tmp_path, act)
    work_id = await accepted(pool)
    await runner.run(work_id)
    async with connection(pool) as conn:
        assert await take_epoch(conn, work_id) == 2
    assert set(epochs) == {1}
