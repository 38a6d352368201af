"""An error ends a run: the work is parked and goes on by itself, or it has failed and says what helps."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID, uuid4

import pytest
from procrastinate.exceptions import ConnectorException

from agents.retry import Clock
from calls.rate_limits import Models
from manga.errors import (
    CallRefused,
    ContentBlocked,
    DiskFull,
    LeftAlone,
    MangaError,
    ProviderBusy,
    ProviderRefused,
    QuotaExhausted,
    RateLimited,
)
from manga.phases import Phase
from providers.circuit_breaker import FAILURES, PAUSE_S
from storage.base import Work, WorkStatus
from storage.database import Pool, connection, transaction
from storage.event_outbox import read_events
from storage.work_commands import add_command
from storage.works import add_counters, read_counters, read_work
from tests.works.desk import opened
from tests.works.scripted import brief, scripted
from works.accept_work import Request, accept
from works.base import Ticket
from works.queue.failed_runs import MOST_PARKS, last_try, resume_at
from works.queue.job_queue import SHARED, Queue, Taken, Timers, end_tasks, open_queue, open_working_queue, serve
from works.queue.wake_parked import wake_always
from works.reviews.answers import FORK
from works.run import Runner

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 27, 8, 1, tzinfo=UTC)
"""In Los Angeles, and a minute."""

Act = Callable[[Ticket, Phase], Awaitable[None]]


async def accepted(pool: Pool) -> UUID:
    return (await accept(pool, await open_queue(pool), Request(brief()))).work.id


async def work_of(pool: Pool, work_id: UUID) -> Work:
    async with connection(pool) as conn:
        return await read_work(conn, work_id)


def failing(phase: Phase, error: MangaError, *, times: int = 1) -> Act:
    left = [times]

    async def act(ticket: Ticket, at: Phase) -> None:
        if at is phase and left[0]:
            left[0] -= 1
            raise error

    return act


async def ended(pool: Pool, tmp_path: Path, error: MangaError) -> Work:
    """The work after a run that this error ended at noon."""
    runner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, error))
    work_id = await accepted(pool)
    with pytest.raises(type(error)):
        await replace(runner, now=lambda: NOON).run(work_id)
    return await work_of(pool, work_id)


@pytest.mark.parametrize(
    ("error", "until"),
    [
        (QuotaExhausted(), MIDNIGHT),
        (QuotaExhausted(retry_after_s=41_215), NOON + timedelta(seconds=41_215)),
        (QuotaExhausted(retry_after_s=2.5), MIDNIGHT),  # seconds are no answer to a day's end
        (QuotaExhausted(retry_after_s=9e9), NOON + timedelta(days=1)),
        (RateLimited(), NOON + timedelta(seconds=30)),
        (RateLimited(retry_after_s=600), NOON + timedelta(minutes=10)),
        (RateLimited(retry_after_s=3), NOON + timedelta(seconds=30)),
        (ProviderBusy(), NOON + timedelta(seconds=30)),
        (LeftAlone(retry_after_s=240), NOON + timedelta(minutes=4)),
    ],
    ids=lambda value: str(getattr(value, "retry_after_s", "")) + type(value).__name__,
)
async def test_what_waiting_helps_parks_the_work(
    pool: Pool, tmp_path: Path, error: MangaError, until: datetime
) -> None:
    work = await ended(pool, tmp_path, error)
    assert (work.status, work.resume_at) == (WorkStatus.PARKED, until)
    assert work.error is not None
    assert (work.error["code"], work.error["message"]) == (error.code, error.message)
    assert work.error["remedy"] == f"Nothing to do: the work goes on by itself at {until:%Y-%m-%d %H:%M} UTC."
    async with connection(pool) as conn:
        last = (await read_events(conn, work.id))[-1]
    assert (last.type.value, last.data) == ("parked", {"resume_at": until.isoformat(), "code": error.code})


@pytest.mark.parametrize(
    "error",
    [ContentBlocked(), ProviderRefused(), CallRefused(), DiskFull(), MangaError("A bug.")],
    ids=lambda error: type(error).__name__,
)
async def test_what_waiting_does_not_help_fails_the_work_and_says_what_does(
    pool: Pool, tmp_path: Path, error: MangaError
) -> None:
    work = await ended(pool, tmp_path, error)
    assert (work.status, work.resume_at) == (WorkStatus.FAILED, None)
    assert work.error == {
        "code": error.code, "phase": "artwork", "element": None, "message": error.message, "remedy": error.remedy,
    }  # fmt: skip


def test_just_before_the_providers_midnight_the_work_waits_until_just_after_it() -> None:
    before = datetime(2026, 11, 27, 7, 59, 59, tzinfo=UTC)
    assert resume_at(QuotaExhausted(), before) == MIDNIGHT


def test_a_busy_provider_is_left_alone_twice_as_long_each_time_and_five_minutes_at_most() -> None:
    waits = [(resume_at(ProviderBusy(), NOON, parks) - NOON).total_seconds() for parks in range(1, MOST_PARKS)]
    assert waits[:6] == [30, 60, 120, 240, 300, 300]
    assert waits[-1] == 300


async def busy_until_the_last_try(pool: Pool, runner: Runner, work_id: UUID) -> None:
    for _ in range(MOST_PARKS):
        with pytest.raises(ProviderBusy):
            await runner.run(work_id)
        assert (await work_of(pool, work_id)).status is WorkStatus.PARKED


async def test_after_twelve_parks_in_vain_comes_a_last_try_that_fails(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.PLOT, ProviderBusy(), times=100))
    work_id = await accepted(pool)
    await busy_until_the_last_try(pool, runner, work_id)
    with pytest.raises(ProviderBusy, match="overloaded"):
        await runner.run(work_id)
    work = await work_of(pool, work_id)
    assert work.status is WorkStatus.FAILED
    assert work.error is not None
    assert "12 times in vain" in work.error["remedy"]
    async with connection(pool) as conn:
        assert not last_try(await read_counters(conn, work_id))  # whoever resumes it begins anew


async def test_the_last_try_is_told_to_the_graph_alone_when_it_is_the_last(pool: Pool, tmp_path: Path) -> None:
    seen: list[bool] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is Phase.ARTWORK:
            seen.append(ticket.last_try)
            if not ticket.last_try:
                raise ProviderBusy

    runner, _ = scripted(pool, tmp_path, act)
    work_id = await accepted(pool)
    await busy_until_the_last_try(pool, runner, work_id)
    assert (await runner.run(work_id)).status is WorkStatus.COMPLETED
    assert seen == [False] * MOST_PARKS + [True]


async def test_a_picture_between_two_parks_begins_the_count_anew(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, ProviderBusy(), times=100))
    work_id = await accepted(pool)
    for _ in range(MOST_PARKS + 3):
        with pytest.raises(ProviderBusy):
            await runner.run(work_id)
        async with connection(pool) as conn:
            await add_counters(conn, work_id, {"images_drawn": 1})
    assert (await work_of(pool, work_id)).status is WorkStatus.PARKED


async def test_a_parked_work_goes_on_by_itself(pool: Pool, tmp_path: Path) -> None:
    """A worker serves the queue; the provider's day turns (in the queue's table) and nobody does anything else."""
    inner, story = scripted(pool, tmp_path, failing(Phase.ARTWORK, QuotaExhausted()))
    queue = await open_queue(pool)
    runner = replace(inner, timers=Timers(queue))
    runs: asyncio.Queue[Work | MangaError] = asyncio.Queue()

    async def run(work_id: UUID, _: Taken) -> None:
        try:
            runs.put_nowait(await runner.run(work_id))
        except MangaError as error:
            runs.put_nowait(error)

    work_id = await accepted(pool)
    stop = asyncio.Event()
    async with open_working_queue(str(pool.conninfo), run) as working:
        serving = asyncio.create_task(serve(working, [SHARED], stop))
        first = await asyncio.wait_for(runs.get(), 20)
        assert isinstance(first, QuotaExhausted)
        assert (await work_of(pool, work_id)).status is WorkStatus.PARKED
        await the_day_turns(pool)
        second = await asyncio.wait_for(runs.get(), 20)
        assert isinstance(second, Work)
        stop.set()
        await serving
    assert second.status is WorkStatus.COMPLETED
    assert story.entered.count(Phase.STORYBOARD) == 1


async def test_a_work_goes_on_as_soon_as_its_busy_model_answers_anybody_again(pool: Pool, tmp_path: Path) -> None:
    now = [0.0]
    models = Models()
    breaker = models.breaker("busy", cast("Clock", SimpleNamespace(monotonic=lambda: now[0])))

    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is Phase.ARTWORK and now[0] == 0.0:
            with breaker.watched():
                raise ProviderBusy(retry_after_s=240)

    inner, _ = scripted(pool, tmp_path, act)
    queue = await open_queue(pool)
    runner = replace(inner, timers=Timers(queue))
    works = [await accepted(pool) for _ in range(FAILURES + 1)]
    for work_id in works:
        with pytest.raises(ProviderBusy):
            await runner.run(work_id)
    await park_for(pool, works[0], "another model")
    assert {(await work_of(pool, work_id)).status for work_id in works} == {WorkStatus.PARKED}
    waking = asyncio.create_task(wake_always(models, pool, queue))
    await asyncio.sleep(0)
    now[0] = PAUSE_S
    with breaker.watched():
        pass  # somebody's call gets through
    stop = asyncio.Event()
    done: asyncio.Queue[Work] = asyncio.Queue()

    async def run(work_id: UUID, _: Taken) -> None:
        done.put_nowait(await runner.run(work_id))

    async with open_working_queue(str(pool.conninfo), run) as working:
        serving = asyncio.create_task(serve(working, [SHARED], stop))
        gone_on = {(await asyncio.wait_for(done.get(), 20)).id for _ in works[1:]}
        stop.set()
        await serving
    await end_tasks(waking)
    assert gone_on == set(works[1:])
    assert (await work_of(pool, works[0])).status is WorkStatus.PARKED
    assert models.told_back == []


async def test_works_are_woken_after_a_queue_that_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: asyncio.Queue[set[str]] = asyncio.Queue()

    async def away(pool: Pool, queue: Queue, models: set[str]) -> int:
        asked.put_nowait(models)
        raise ConnectorException

    monkeypatch.setattr("works.queue.wake_parked.wake_parked", away)
    models = Models()
    waking = asyncio.create_task(wake_always(models, cast("Pool", None), cast("Queue", None)))
    await asyncio.sleep(0)
    for model in ("one", "another"):
        models.told_back[0](model)
        assert await asyncio.wait_for(asked.get(), 20) == {model}
    await end_tasks(waking)


async def park_for(pool: Pool, work_id: UUID, model: str) -> None:
    """As if another model were what it waits for. Of jobs only timers are left."""
    query = "UPDATE works SET error = jsonb_set(error, '{model}', to_jsonb(%s::text)) WHERE id = %s"
    async with transaction(pool) as conn:
        await conn.execute(query, (model, work_id))
        await conn.execute("DELETE FROM procrastinate_jobs WHERE scheduled_at IS NULL")


async def test_what_a_stopped_worker_leaves_goes_on_in_another_one(pool: Pool, tmp_path: Path) -> None:
    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is Phase.ARTWORK and not runner.stop.is_set():
            runner.stop.set()
            await asyncio.Event().wait()

    inner, story = scripted(pool, tmp_path, act)
    runner = replace(inner, timers=Timers(await open_queue(pool)))
    work_id = await accepted(pool)
    assert (await runner.run(work_id)).status is WorkStatus.PARKED
    gone_on = asyncio.Event()

    async def run(found: UUID, _: Taken) -> None:
        if found == work_id and (await replace(runner, stop=asyncio.Event()).run(found)).status is WorkStatus.COMPLETED:
            gone_on.set()

    stop = asyncio.Event()
    async with open_working_queue(str(pool.conninfo), run) as working:
        serving = asyncio.create_task(serve(working, [SHARED], stop))
        await asyncio.wait_for(gone_on.wait(), 20)
        stop.set()
        await serving
    assert story.entered.count(Phase.PLOT) == 1


async def the_day_turns(pool: Pool) -> None:
    """Every timer that is set is due now."""
    async with connection(pool) as conn:
        due = await conn.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'works.timer'")
    assert due.rowcount == 1


async def test_a_timer_that_comes_after_the_book_is_done_changes_nothing(pool: Pool, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path, failing(Phase.ARTWORK, ProviderBusy()))
    work_id = await accepted(pool)
    with pytest.raises(ProviderBusy):
        await runner.run(work_id)
    done = await runner.run(work_id)
    entered = list(story.entered)
    assert await runner.run(work_id) == done
    assert story.entered == entered


async def test_parked_time_is_no_working_time_and_the_wait_before_another_try_is(pool: Pool, tmp_path: Path) -> None:
    hour = 3600.0
    now = [0.0]
    left: list[float] = []

    async def act(ticket: Ticket, phase: Phase) -> None:
        if phase is not Phase.ARTWORK:
            return
        left.append(ticket.working_seconds)
        now[0] += 35.0  # tries, and the waits between them
        if len(left) == 1:
            raise ProviderBusy

    inner, _ = scripted(pool, tmp_path, act)
    runner = replace(inner, seconds=lambda: now[0])
    work_id = await accepted(pool)
    with pytest.raises(ProviderBusy):
        await runner.run(work_id)
    now[0] += hour
    assert (await runner.run(work_id)).status is WorkStatus.COMPLETED
    assert left == [600.0, 565.0]


async def test_an_error_before_the_first_phase_is_written_down_too(pool: Pool, tmp_path: Path) -> None:
    runner, _ = scripted(pool, tmp_path)
    work_id = await accepted(pool)
    await runner.run(work_id)
    async with transaction(pool) as conn:
        payload: dict[str, object] = {"answer": None, "version": "v", "phase": "plot", "branch": "main"}
        await add_command(conn, command_id=uuid4(), work_id=work_id, kind=FORK, target_checkpoint="x", payload=payload)
    with pytest.raises(NotImplementedError):  # what forks are to a scripted story
        await runner.run(work_id)
    work = await work_of(pool, work_id)
    assert (work.status, (work.error or {})["code"]) == (WorkStatus.FAILED, "internal")


async def test_a_sentence_that_meets_a_busy_provider_is_not_lost(pool: Pool, tmp_path: Path) -> None:
    desk = await opened(pool, tmp_path, feedback=True)
    answer, busy = desk.it.text.answer, [ProviderBusy() for _ in range(4)]

    async def sometimes(ask):  # type: ignore[no-untyped-def]
        if ask.prompt_id == "feedback" and busy:
            raise busy.pop()
        return await answer(ask)

    desk.it.text.answer = sometimes  # type: ignore[method-assign]
    with pytest.raises(ProviderBusy):
        await desk.answer({"action": "feedback", "text": "もっと暗く"})
    assert (await desk.work()).status is WorkStatus.PARKED
    assert (await desk.run()).status is WorkStatus.AWAITING_FEEDBACK
    assert desk.it.text.sentences == ["もっと暗く"]
