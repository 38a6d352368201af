"""The graph on the real database: versions, counters, the fence, a kill in the middle of artwork."""

import asyncio
import signal
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from graph.checkpointer import open_checkpointer
from graph.events import Completed, ImageProgress
from graph.thread_config import config_of
from manga.errors import Fenced
from manga.panel_brief import PanelBrief
from manga.phases import PHASES
from storage.base import EventType
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.object_store import FolderBlobs
from storage.versions import list_versions
from storage.works import read_counters, read_work
from tests.graph.crew import ScriptedImages
from tests.graph.told import brief
from tests.graph.victim import accepted, epoch_of, on_postgres

pytestmark = pytest.mark.anyio


@pytest.fixture
async def work(pool: Pool) -> UUID:
    found = uuid4()
    await accepted(pool, found)
    return found


async def test_versions_events_and_counters_are_written_with_the_story(pool: Pool, work: UUID) -> None:
    it = await on_postgres(pool, work)
    events = await it.run(brief=brief(), epoch=await epoch_of(pool, it.work))
    assert isinstance(events[-1], Completed)
    async with connection(pool) as conn:
        versions = await list_versions(conn, work)
        told = await read_events(conn, work)
        counters = await read_counters(conn, work)
        head = (await read_work(conn, work)).head_version
    assert [version.phase for version in versions] == list(PHASES)
    assert [v.parent_version_id for v in versions] == [None, *(v.version_id for v in versions[:-1])]
    assert [event.data["phase"] for event in told if event.type is EventType.PHASE_COMPLETE] == list(PHASES)
    assert head == versions[-1].version_id == events[-1].version_id
    assert counters["images_drawn"] == 6
    assert counters["text_calls"] == 5


async def test_a_worker_that_was_replaced_cannot_write(pool: Pool, work: UUID) -> None:
    stopped, go_on = asyncio.Event(), asyncio.Event()

    async def stop(panel: PanelBrief) -> None:
        if panel.panel == "b0002":
            stopped.set()
            await go_on.wait()

    slow = await on_postgres(pool, work, images=ScriptedImages(on_draw=stop))
    slow_run = asyncio.create_task(slow.run(brief=brief(), epoch=await epoch_of(pool, slow.work)))
    await stopped.wait()
    quick = await on_postgres(pool, work, blobs=slow.blobs)
    events = await quick.run(epoch=await epoch_of(pool, quick.work))
    assert isinstance(events[-1], Completed)
    go_on.set()
    with pytest.raises(Fenced):
        await slow_run
    async with connection(pool) as conn:
        assert len(await list_versions(conn, work)) == 7


async def test_state_cannot_be_changed_without_holding_the_work(pool: Pool, work: UUID) -> None:
    it = await on_postgres(pool, work)
    epoch = await epoch_of(pool, it.work)
    await it.run(brief=brief(), epoch=epoch)
    for wrong in (None, epoch - 1):
        with pytest.raises(Fenced):
            await it.graph.aupdate_state(config_of(it.work, wrong), {"version": "x"}, as_node="confirm")
    await it.graph.aupdate_state(config_of(it.work, epoch), {"edits": []}, as_node="concept")


async def test_checkpoints_hold_plain_json_only(pool: Pool, work: UUID) -> None:
    it = await on_postgres(pool, work)
    await it.run(brief=brief(feedback=True), epoch=await epoch_of(pool, it.work))
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT DISTINCT type FROM checkpoint_blobs UNION SELECT type FROM checkpoint_writes")
        assert {row["type"] async for row in rows} <= {"msgpack", "null", "empty"}
    again = await on_postgres(pool, work)
    events = await again.run(epoch=await epoch_of(pool, it.work))
    assert events[-1].data["phase"] == "concept"  # type: ignore[union-attr]


async def test_the_tables_are_made_once_by_however_many_processes(database_url: str, pool: Pool) -> None:
    async with connection(pool) as conn:
        await conn.execute("DROP TABLE checkpoints, checkpoint_blobs, checkpoint_writes, checkpoint_migrations")
    await asyncio.gather(*(open_checkpointer(pool) for _ in range(2)))
    async with connection(pool) as conn:
        row = await (await conn.execute("SELECT count(*) AS n FROM checkpoint_migrations")).fetchone()
    assert row is not None
    assert row["n"] > 5


@pytest.mark.slow
async def test_after_a_kill_in_the_middle_of_artwork_no_finished_panel_is_drawn_again(
    pool: Pool, database_url: str, work: UUID, tmp_path: Path
) -> None:
    arguments = [database_url, str(tmp_path), str(work), "20", "12"]
    victim = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.graph.victim", *arguments)
    assert await victim.wait() == -signal.SIGKILL
    async with connection(pool) as conn:
        finished = (await read_counters(conn, work))["images_drawn"]
    assert finished >= 12
    it = await on_postgres(pool, work, panels=20, blobs=FolderBlobs(tmp_path))
    events = await it.run(epoch=await epoch_of(pool, it.work))
    assert isinstance(events[-1], Completed)
    assert len(it.images.drawn) == 20 - finished
    assert it.text.asked == ["lettering"]
    assert [e.completed for e in events if isinstance(e, ImageProgress)][-1] == 20
    async with connection(pool) as conn:
        assert (await read_counters(conn, work))["images_drawn"] == 20
        assert len(await list_versions(conn, work)) == 7
