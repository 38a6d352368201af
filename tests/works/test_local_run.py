"""A command and its parked work: minutes are waited for, a day is not."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from manga.errors import Conflict, ProviderBusy, QuotaExhausted
from manga.phases import Phase
from storage.base import Work, WorkStatus
from storage.database import Pool, connection
from tests.works.queue.test_failed_runs import NOON, failing, work_of
from tests.works.scripted import brief, scripted
from works.accept_work import Request, accept
from works.local_run import Bench, run_alone
from works.queue.job_queue import SHARED, Timers, open_queue

pytestmark = pytest.mark.anyio


async def test_a_command_waits_while_its_work_is_parked_for_minutes(
    pool: Pool, database_url: str, tmp_path: Path
) -> None:
    """The timer is due at once here: time is put back by five minutes."""
    inner, story = scripted(pool, tmp_path, failing(Phase.ARTWORK, ProviderBusy()))
    early = replace(
        inner,
        timers=Timers(await open_queue(pool), alone=True),
        now=lambda: datetime.now(UTC) - timedelta(minutes=5),
    )
    told: list[Work] = []
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
    work = await asyncio.wait_for(run_alone(Bench(pool, database_url, early, told.append), work_id), 20)
    assert work.status is WorkStatus.COMPLETED
    assert [one.status for one in told] == [WorkStatus.PARKED]
    assert story.entered.count(Phase.ARTWORK) == 2


async def test_a_command_that_is_stopped_while_it_waits_raises_what_it_waits_for(
    pool: Pool, database_url: str, tmp_path: Path
) -> None:
    inner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, ProviderBusy()))
    runner = replace(inner, timers=Timers(await open_queue(pool), alone=True))
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id

    def stop(work: Work) -> None:
        runner.stop.set()

    with pytest.raises(ProviderBusy):
        await asyncio.wait_for(run_alone(Bench(pool, database_url, runner, stop), work_id), 20)
    assert (await work_of(pool, work_id)).status is WorkStatus.PARKED


async def test_a_command_does_not_wait_for_the_next_day(pool: Pool, database_url: str, tmp_path: Path) -> None:
    inner, _ = scripted(pool, tmp_path, failing(Phase.ARTWORK, QuotaExhausted()))
    runner = replace(inner, timers=Timers(await open_queue(pool), alone=True), now=lambda: NOON)
    work_id = (await accept(pool, await open_queue(pool), Request(brief(), alone=True))).work.id
    told: list[Work] = []
    with pytest.raises(QuotaExhausted) as caught:
        await asyncio.wait_for(run_alone(Bench(pool, database_url, runner, told.append), work_id), 20)
    assert told == []
    assert f"from 2026-11-27 08:01 UTC on, `mangaka resume {work_id}`" in caught.value.remedy


async def taken_from_the_shared_queue(pool: Pool, *, heartbeat: str) -> None:
    manager = (await open_queue(pool)).app.job_manager
    assert await manager.fetch_job(queues=[SHARED], worker_id=await manager.register_worker()) is not None
    async with connection(pool) as conn:
        await conn.execute(f"UPDATE procrastinate_workers SET last_heartbeat = now() - interval '{heartbeat}'")


@pytest.mark.parametrize("dead", [False, True], ids=["waits", "is a dead worker's"])
async def test_a_command_takes_over_a_work_whose_job_in_the_shared_queue(
    pool: Pool, database_url: str, tmp_path: Path, dead: bool
) -> None:
    runner, _ = scripted(pool, tmp_path)
    work_id = (await accept(pool, await open_queue(pool), Request(brief()))).work.id
    if dead:
        await taken_from_the_shared_queue(pool, heartbeat="60 s")
    work = await asyncio.wait_for(run_alone(Bench(pool, database_url, runner), work_id), 20)
    assert work.status is WorkStatus.COMPLETED


async def test_a_command_leaves_a_work_to_the_worker_that_is_at_it(
    pool: Pool, database_url: str, tmp_path: Path
) -> None:
    runner, story = scripted(pool, tmp_path)
    work_id = (await accept(pool, await open_queue(pool), Request(brief()))).work.id
    await taken_from_the_shared_queue(pool, heartbeat="0 s")
    with pytest.raises(Conflict, match="service or worker"):
        await asyncio.wait_for(run_alone(Bench(pool, database_url, runner), work_id), 20)
    assert story.entered == []
