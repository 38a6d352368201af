"""Works that have been closed for a while are thinned: what stays is read, drawn and changed as before."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from editing.work_blobs import blobs_of
from graph.state import State
from manga.errors import Conflict
from storage.base import WorkStatus
from storage.database import Pool, connection
from storage.retention import old_works
from tests.works.reviews.test_answers import APPROVE, Desk, opened
from works.retention import Policy, Thinned, thin_work, thin_works
from works.versions.branching import Sender, fork_from
from works.versions.tree import history_of, read_state, rename_version

pytestmark = pytest.mark.anyio
NOW = timedelta(0)
DRY = Policy(NOW, superseded=True, unused_pictures=True)


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    """A finished book whose concept was changed three times, with a line that left it at the plot."""
    desk = await opened(pool, tmp_path, feedback=True)
    for word in ("暗く", "明るく", "もっと暗く"):
        await desk.answer({"action": "feedback", "text": f"コンセプトをもっと{word}"})
    while (await desk.work()).status is WorkStatus.AWAITING_FEEDBACK:
        await desk.answer(APPROVE)
    await fork_from(Sender(desk.pool, desk.queue), desk.work_id, "plot", "other")
    await desk.run()
    while (await desk.work()).status is WorkStatus.AWAITING_FEEDBACK:
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.COMPLETED
    async with connection(desk.pool) as conn:
        await conn.execute("UPDATE events SET relayed = true")  # as a service does within a second
    return desk


async def states(desk: Desk) -> dict[str, State]:
    return {version.version_id: await read_state(desk.pool, version) for version in await desk.versions()}


async def thinned(desk: Desk, policy: Policy) -> Thinned:
    return await thin_work(desk.pool, desk.runner.blobs, desk.work_id, policy)


async def rows(desk: Desk) -> dict[str, int]:
    tables = ("events", "commands", "versions")
    async with connection(desk.pool) as conn:
        found = {}
        for table in tables:
            query = f"SELECT count(*) AS n FROM {table} WHERE work_id = %s"
            row = await (await conn.execute(query, (desk.work_id,))).fetchone()  # type: ignore[call-overload]
            found[table] = int(row["n"]) if row else 0
    return found


async def test_a_dry_run_tells_what_a_run_does_and_changes_nothing(desk: Desk) -> None:
    work = await desk.work()
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    before, sizes, kept = await rows(desk), await blobs.sizes(""), await states(desk)
    told = await thinned(desk, DRY)
    assert await rows(desk) == before
    assert await blobs.sizes("") == sizes
    assert await states(desk) == kept
    done = await thinned(desk, replace(DRY, run=True))
    assert done == told
    assert min(done.checkpoints, done.versions, done.events, done.commands, done.objects) > 0
    assert done.rows_after < done.rows_before
    assert done.objects_after < done.objects_before == sum(sizes.values())
    assert sum((await blobs.sizes("")).values()) == done.objects_after
    again = await thinned(desk, replace(DRY, run=True))
    assert again == Thinned(
        1, rows_before=done.rows_after, rows_after=done.rows_after,
        objects_before=done.objects_after, objects_after=done.objects_after,
    )  # fmt: skip


async def test_what_stays_is_read_drawn_and_changed_as_before(desk: Desk) -> None:
    before = await states(desk)
    work, history = await history_of(desk.pool, desk.work_id)
    first = history.versions[0]
    await rename_version(desk.pool, desk.work_id, first.version_id, "the first idea")
    done = await thinned(desk, replace(DRY, run=True))
    after = await states(desk)
    assert len(before) - len(after) == done.versions
    assert after == {name: before[name] for name in after}
    assert first.version_id in after
    _, left = await history_of(desk.pool, desk.work_id)
    assert [line.head_version_id for line in left.branches] == [line.head_version_id for line in history.branches]
    ids = {version.version_id for version in left.versions}
    assert {version.parent_version_id for version in left.versions} <= {*ids, None}
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    for state in after.values():
        for art in (state.get("artwork") or {}).values():
            assert await blobs.get(art["blob"])
        for page in (state.get("finishing") or {}).get("pages", ()):
            assert await blobs.get(page["graph"])
            assert await blobs.get(page["image"])
    changed = await desk.answer({"action": "feedback", "text": "タイトルを「夜」にして"})
    assert changed.status in (WorkStatus.COMPLETED, WorkStatus.AWAITING_FEEDBACK)


async def test_drawn_pictures_and_versions_stay_unless_they_are_given_up_by_name(desk: Desk) -> None:
    before = await states(desk)
    done = await thinned(desk, Policy(NOW, run=True))
    assert done.versions == 0
    assert await states(desk) == before
    work = await desk.work()
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    async with connection(desk.pool) as conn:
        arts = await (await conn.execute("SELECT art FROM pictures WHERE work_id = %s", (desk.work_id,))).fetchall()
    for row in arts:
        assert await blobs.exists(row["art"]["blob"])


async def test_no_cover_is_remembered_whose_picture_goes(desk: Desk) -> None:
    work = await desk.work()
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    of_before = await blobs.keep(b"the cover of a version that is gone", content_type="image/png")
    name = f"cover/{'0' * 64}"
    await blobs.put(name, json.dumps({"art": {"blob": of_before}}).encode(), content_type="application/json")
    await thinned(desk, replace(DRY, run=True))
    assert [await blobs.exists(one) for one in (of_before, name)] == [False, False]


async def test_only_works_that_have_been_closed_for_so_long_are_thinned(desk: Desk) -> None:
    async with connection(desk.pool) as conn:
        assert await old_works(conn, timedelta(days=30)) == []
        assert await old_works(conn, NOW) == [desk.work_id]
    found = [work_id async for work_id, _ in thin_works(desk.pool, desk.runner.blobs, DRY)]
    assert found == [desk.work_id]
    await fork_from(Sender(desk.pool, desk.queue), desk.work_id, "plot", "third")
    with pytest.raises(Conflict):
        await thinned(desk, DRY)
    assert [one async for one in thin_works(desk.pool, desk.runner.blobs, DRY)] == []
