"""Works that have been closed for a while are thinned: what stays is read, drawn and changed as before."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from psycopg.types.json import Jsonb

from editing.work_blobs import blobs_of
from graph.state import State
from manga.errors import Conflict, MangaError, ProviderRefused
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from storage.base import WorkStatus
from storage.database import Pool, connection
from storage.retention import old_works
from tests.works.desk import APPROVE, Desk, opened
from tests.works.prepared import prepared
from works import retention
from works.composition import House
from works.lifecycle import cancel
from works.retention import RESULTS, Policy, Thinned, thin_work, thin_works
from works.reviews.talk import talk_of
from works.versions.branching import Sender, fork_from, restore
from works.versions.tree import history_of, read_state, rename_version

pytestmark = pytest.mark.anyio
NOW = timedelta(0)
AWAY = Jsonb({"blob": "a" * 64})
DRY = Policy(NOW, superseded=True, unused_pictures=True)


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    """A finished book whose concept was changed three times, with a line that left it at the plot."""
    return await prepared(pool, tmp_path, _changed)


async def _changed(pool: Pool, tmp_path: Path) -> Desk:
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
    assert min(done.checkpoints, done.versions, done.events, done.objects) > 0
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
    before, work = await states(desk), await desk.work()
    talk = await talk_of(desk.pool, desk.work_id, tenant=work.tenant)
    assert len(talk) == 3
    done = await thinned(desk, Policy(NOW, run=True))
    assert done.versions == 0
    assert await states(desk) == before
    assert await talk_of(desk.pool, desk.work_id, tenant=work.tenant) == talk
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    assert await remembered(desk) <= (await blobs.sizes("")).keys()


async def test_the_talk_names_no_version_that_is_gone(desk: Desk) -> None:
    for word in ("暗く", "明るく"):
        await desk.answer({"action": "feedback", "text": f"コンセプトをもっと{word}"})
    await thinned(desk, replace(DRY, run=True))
    there = {version.version_id for version in await desk.versions()}
    talk = await talk_of(desk.pool, desk.work_id, tenant=(await desk.work()).tenant)
    assert {one[side] for one in talk for side in ("before", "version_id")} - {None} <= there
    assert talk[-1]["version_id"] in there


async def remembered(desk: Desk) -> set[str]:
    """Objects of the pictures that are not drawn again."""
    async with connection(desk.pool) as conn:
        arts = await (await conn.execute("SELECT art FROM pictures WHERE work_id = %s", (desk.work_id,))).fetchall()
    return {row["art"]["blob"] for row in arts}


async def test_no_picture_is_remembered_that_is_not_there(desk: Desk) -> None:
    async with connection(desk.pool) as conn:
        await conn.execute("INSERT INTO pictures SELECT work_id, 'another', art || %s FROM pictures LIMIT 1", (AWAY,))
    await thinned(desk, replace(DRY, run=True))
    work = await desk.work()
    there = await blobs_of(desk.runner.blobs, work.tenant, str(work.id)).sizes("")
    left = await remembered(desk)
    assert left <= there.keys()
    assert left


async def test_a_work_that_failed_goes_on_without_drawing_again(pool: Pool, tmp_path: Path) -> None:
    desk = await opened(pool, tmp_path, feedback=True)
    while (pending := (await desk.work()).pending_review or {})["phase"] != Phase.STORYBOARD:
        await desk.answer(APPROVE)
    drawn: list[str] = []

    def draw(brief: PanelBrief) -> None:
        if drawn:
            raise ProviderRefused
        drawn.append(brief.panel)

    desk.it.images.on_draw = draw
    with pytest.raises(ProviderRefused):
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.FAILED, pending
    await thinned(desk, replace(DRY, run=True))
    desk.it.images.on_draw, desk.it.images.drawn = None, []
    work = await desk.run()
    assert (work.pending_review or {})["phase"] == Phase.ARTWORK
    assert desk.it.images.drawn
    assert not set(drawn) & set(desk.it.images.drawn)
    art = (await read_state(desk.pool, (await desk.versions())[-1]))["artwork"]
    there = await blobs_of(desk.runner.blobs, work.tenant, str(work.id)).sizes("")
    assert {picture["blob"] for picture in art.values()} <= there.keys()


async def test_a_restore_that_failed_keeps_the_version_that_it_begins_at(desk: Desk) -> None:
    async def broken(*_: object) -> None:
        raise MangaError

    superseded = (await desk.versions())[2]
    await restore(Sender(desk.pool, desk.queue), desk.work_id, superseded.version_id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(desk.runner.story), "fork", broken)
        with pytest.raises(MangaError):
            await desk.run()
    assert (await desk.work()).status is WorkStatus.FAILED
    await thinned(desk, replace(DRY, run=True))
    assert superseded.version_id in {version.version_id for version in await desk.versions()}
    assert (await desk.run()).status is not WorkStatus.FAILED


async def test_what_is_made_between_rows_and_objects_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    objects, work = retention._objects, await desk.work()
    blobs, made = blobs_of(desk.runner.blobs, work.tenant, str(work.id)), set[str]()

    async def late(*told: object) -> Thinned:
        before = (await blobs.sizes("")).keys()
        await desk.answer({"action": "feedback", "text": "タイトルを「夜」にして"}, review=True)
        await cancel(cast("House", desk), desk.work_id)  # the book of before is the result again
        made.update((await blobs.sizes("")).keys() - before)
        return await objects(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(retention, "_objects", late)
    assert (await thinned(desk, replace(DRY, run=True))).versions
    told = json.dumps(list((await states(desk)).values()))
    named = {name for name in made if name in told}
    assert named
    assert named <= (await blobs.sizes("")).keys()


@pytest.mark.parametrize("kind", ["cover", "made", "thumbnails", "cut_outs"])
async def test_nothing_is_remembered_whose_picture_goes(desk: Desk, kind: str) -> None:
    work = await desk.work()
    blobs = blobs_of(desk.runner.blobs, work.tenant, str(work.id))
    results = {name for name in await blobs.sizes("") if name.startswith(RESULTS)}
    of_before = await blobs.keep(b"a picture of a version that is gone", content_type="image/png")
    name = f"{kind}/{'0' * 64}"
    await blobs.put(name, json.dumps({"art": {"blob": of_before}}).encode(), content_type="application/json")
    await thinned(desk, replace(DRY, run=True))
    there = (await blobs.sizes("")).keys()
    assert not {of_before, name} & there
    assert results <= there


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
