"""A work is copied: the copy is read and changed as the first is, for nothing, and neither knows the other."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest

from editing.work_blobs import blobs_of
from manga.errors import Conflict, NotFound
from storage.base import EventType, WorkStatus
from storage.database import Pool, connection, transaction
from storage.encryption import SETTING
from storage.tenant_limits import DayLimits, LimitReached
from storage.works import change_work, read_counters
from tests.works.desk import APPROVE, Desk, desk_at, opened
from tests.works.lines import finished
from works import copy_work as copying
from works.base import LOCAL_TENANT
from works.copy_work import DEAD_AFTER, copy_work, sweep_copies
from works.reviews.answers import HOLD
from works.reviews.talk import talk_of
from works.versions.tree import history_of, read_state

pytestmark = pytest.mark.anyio
ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DARKER = {"action": "feedback", "text": "コンセプトをもっと暗く"}
OF_WORK = ("pictures", "versions", "branches", "commands")
STATES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    return await finished(pool, tmp_path)


async def copied(desk: Desk, tmp_path: Path) -> Desk:
    work = await copy_work(desk.pool, desk.runner.blobs, desk.work_id)
    return await desk_at(desk.pool, tmp_path, work.id)


async def held_of(pool: Pool, work_id: UUID) -> list[bytes]:
    """All that the database holds of a work but its events, in no order."""
    found = []
    keys = {"works": "id"} | dict.fromkeys(OF_WORK, "work_id") | dict.fromkeys(STATES, "thread_id")
    async with connection(pool) as conn:
        for table, key in keys.items():
            query = f"SELECT * FROM {table} WHERE {key}::text = %s"
            rows = await (await conn.execute(query, (str(work_id),))).fetchall()  # type: ignore[call-overload]
            found += [b"|".join(_bytes(one) for one in row.values()) for row in rows]
    return found


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else repr(value).encode()


async def test_a_copy_has_every_version_state_and_picture_and_no_name_of_the_first(desk: Desk, tmp_path: Path) -> None:
    copy = await copied(desk, tmp_path)
    (before, old), (work, new) = [await history_of(desk.pool, one.work_id) for one in (desk, copy)]
    assert (work.status, work.title, work.finished) == (WorkStatus.COMPLETED, before.title, True)
    assert [(v.phase, v.branch, v.checkpoint_id) for v in new.versions] == [
        (v.phase, v.branch, v.checkpoint_id) for v in old.versions
    ]
    held, first = await held_of(desk.pool, copy.work_id), await held_of(desk.pool, desk.work_id)
    own = {str(desk.work_id).encode(), *(version.version_id.encode() for version in old.versions)}
    assert len(held) == len(first) > 50
    assert {name for row in first for name in ID.findall(row)} >= own
    assert not {name for row in held for name in ID.findall(row)} & own
    blobs = blobs_of(desk.runner.blobs, LOCAL_TENANT, str(copy.work_id))
    await blobs.store.delete_prefix(blobs_of(blobs.store, LOCAL_TENANT, str(desk.work_id)).prefix)
    for page in (await read_state(desk.pool, new.versions[-1]))["finishing"]["pages"]:
        assert await blobs.get(page["image"])


async def test_a_copy_goes_on_for_nothing_and_leaves_the_first_alone(desk: Desk, tmp_path: Path) -> None:
    before = await held_of(desk.pool, desk.work_id)
    copy = await copied(desk, tmp_path)
    assert await copy.types() == [EventType.ACCEPTED, EventType.SNAPSHOT]
    changed = await copy.answer({"action": "feedback", "text": "タイトルを「夜」にして"})
    assert (changed.status, changed.title) == (WorkStatus.COMPLETED, "夜")
    assert copy.it.images.drawn == []
    async with connection(desk.pool) as conn:
        assert (await read_counters(conn, copy.work_id)).get("images_drawn", 0) == 0
    assert await held_of(desk.pool, desk.work_id) == before


async def test_a_review_waits_in_the_copy_without_a_clock(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed, as where there is a key."""
    monkeypatch.setenv(SETTING, os.urandom(32).hex())
    desk = await opened(pool, tmp_path, feedback=True)
    await desk.answer(DARKER)
    copy = await copied(desk, tmp_path)
    pending = (await copy.work()).pending_review
    assert pending is not None
    assert pending["on_timeout"] == HOLD
    assert pending["version_id"] == (await copy.versions())[-1].version_id
    assert len(await talk_of(pool, copy.work_id, tenant=LOCAL_TENANT)) == 1
    answered = await copy.answer(APPROVE, base_version=pending["version_id"], interrupt_id=pending["interrupt_id"])
    assert answered.pending_review is not None
    assert answered.pending_review["phase"] == "characters"
    parents = {version.parent_version_id for version in await copy.versions()}
    assert parents <= {*(version.version_id for version in await copy.versions()), None}
    assert ((await desk.work()).pending_review or {})["phase"] == "concept"


async def test_what_is_being_done_is_anothers_or_too_many_is_not_copied(desk: Desk, tmp_path: Path) -> None:
    async def refused(tenant: str = LOCAL_TENANT) -> None:
        await copy_work(desk.pool, desk.runner.blobs, desk.work_id, tenant=tenant, limits=DayLimits(1))

    with pytest.raises(NotFound):
        await refused("somebody else")
    async with transaction(desk.pool) as conn:
        await change_work(conn, desk.work_id, status=WorkStatus.PROCESSING)
    with pytest.raises(Conflict):
        await refused()
    async with transaction(desk.pool) as conn:
        await change_work(conn, desk.work_id, status=WorkStatus.COMPLETED)
    await refused()
    with pytest.raises(LimitReached):
        await refused()
    folder = desk.runner.blobs.root / LOCAL_TENANT  # type: ignore[attr-defined]
    assert len(list(folder.iterdir())) == 2


async def test_a_copy_that_broke_off_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object of the first is not whole."""
    folder = desk.runner.blobs.root / LOCAL_TENANT  # type: ignore[attr-defined]
    pictures = [path for path in (folder / str(desk.work_id)).iterdir() if path.is_file()]
    pictures[-1].write_bytes(b"spoilt")
    with pytest.raises(Exception, match="not whole"):
        await copy_work(desk.pool, desk.runner.blobs, desk.work_id)
    assert [path.name for path in folder.iterdir()] == [str(desk.work_id)]
    async with connection(desk.pool) as conn:
        row = await (await conn.execute("SELECT count(*) AS n FROM works")).fetchone()
    assert row is not None
    assert row["n"] == 1


async def test_what_a_killed_copy_left_goes_once_it_is_a_day_old_and_nothing_else_does(desk: Desk) -> None:
    store = desk.runner.blobs
    folder = store.root / LOCAL_TENANT  # type: ignore[attr-defined]
    arguments = (str(desk.pool.conninfo), str(folder.parent), str(desk.work_id))
    victim = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.works.copy_victim", *arguments)
    assert await victim.wait() == -signal.SIGKILL
    before = await blobs_of(store, LOCAL_TENANT, str(desk.work_id)).sizes("")
    copy = await copy_work(desk.pool, store, desk.work_id)
    (dead,) = {path.name for path in folder.iterdir()} - {str(desk.work_id), str(copy.id)}
    left = await blobs_of(store, LOCAL_TENANT, dead).sizes("")
    assert len(left) > 10
    assert not (await sweep_copies(desk.pool, store, run=True)).objects
    await _grow_older(desk)
    told = await sweep_copies(desk.pool, store, run=False)
    assert (told.objects, told.objects_before, told.objects_after) == (len(left), sum(left.values()), 0)
    assert (folder / dead).is_dir()
    assert await sweep_copies(desk.pool, store, run=True) == told
    assert {path.name for path in folder.iterdir()} == {str(desk.work_id), str(copy.id)}
    assert await blobs_of(store, LOCAL_TENANT, str(desk.work_id)).sizes("") == before
    assert not (await sweep_copies(desk.pool, store, run=True)).objects


async def _grow_older(desk: Desk) -> None:
    async with connection(desk.pool) as conn:
        await conn.execute("UPDATE copies_begun SET begun_at = begun_at - %s", (DEAD_AFTER,))


async def test_a_copy_whose_objects_were_swept_meanwhile_is_not_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_objects = copying._copy_objects

    async def slow(*told: object) -> None:
        await copy_objects(*told)  # type: ignore[arg-type]
        await _grow_older(desk)
        assert (await sweep_copies(desk.pool, desk.runner.blobs, run=True)).objects

    monkeypatch.setattr(copying, "_copy_objects", slow)
    with pytest.raises(Conflict):
        await copy_work(desk.pool, desk.runner.blobs, desk.work_id)
    folder = desk.runner.blobs.root / LOCAL_TENANT  # type: ignore[attr-defined]
    assert [path.name for path in folder.iterdir()] == [str(desk.work_id)]
