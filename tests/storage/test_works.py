"""Works: accepted once, changed by compare-and-set, fenced, counted."""

import asyncio
from uuid import UUID, uuid4

import pytest

from manga.errors import Conflict, Fenced, NotFound
from storage import versions, works
from storage.base import Accepted, NewVersion, WorkStatus
from storage.database import Pool, connection, transaction
from storage.works import accept, delete_work, read_counters, recall_picture, remember_picture


async def test_a_picture_is_remembered_and_counted_once(pool: Pool) -> None:
    work = uuid4()
    async with transaction(pool) as conn:
        await accept(conn, work_id=work, tenant="local", request_id="r", request_digest="d", brief={})
    async with connection(pool) as conn:
        assert await recall_picture(conn, work, "x") is None
        assert await remember_picture(conn, work, "x", {"blob": "a"})
        assert not await remember_picture(conn, work, "x", {"blob": "b"})
        assert await recall_picture(conn, work, "x") == {"blob": "a"}
        assert await recall_picture(conn, uuid4(), "x") is None
        assert await read_counters(conn, work) == {"images_drawn": 1}


async def test_pictures_go_with_their_work(pool: Pool) -> None:
    work = uuid4()
    async with transaction(pool) as conn:
        await accept(conn, work_id=work, tenant="local", request_id="r", request_digest="d", brief={})
        await remember_picture(conn, work, "x", {})
        await delete_work(conn, work)
    async with connection(pool) as conn:
        assert await recall_picture(conn, work, "x") is None


pytestmark = pytest.mark.anyio


async def accepted(pool: Pool, *, request_id: str = "r1", digest: str = "d1", tenant: str = "local") -> Accepted:
    async with transaction(pool) as conn:
        return await works.accept(
            conn, work_id=uuid4(), tenant=tenant, request_id=request_id, request_digest=digest, brief={"text": "昔々"}
        )


async def test_a_request_makes_one_work_however_often_it_is_sent(pool: Pool) -> None:
    answers = await asyncio.gather(*(accepted(pool) for _ in range(6)))
    assert len({answer.work.id for answer in answers}) == 1
    assert sum(answer.created for answer in answers) == 1
    assert answers[0].work.status is WorkStatus.NEW


async def test_the_same_request_id_with_another_body_is_a_conflict(pool: Pool) -> None:
    await accepted(pool)
    with pytest.raises(Conflict, match="used before"):
        await accepted(pool, digest="d2")


async def test_tenants_do_not_share_request_ids_or_works(pool: Pool) -> None:
    mine, theirs = await accepted(pool), await accepted(pool, tenant="other")
    assert mine.work.id != theirs.work.id
    async with connection(pool) as conn:
        with pytest.raises(NotFound):
            await works.read_work(conn, mine.work.id, tenant="other")
        assert [work.id for work in await works.list_works(conn, "other")] == [theirs.work.id]


async def test_the_brief_comes_back_as_it_was_sent(pool: Pool) -> None:
    work = (await accepted(pool)).work
    async with connection(pool) as conn:
        assert await works.read_brief(conn, work.id) == {"text": "昔々"}
        assert await works.read_result(conn, work.id) is None


async def test_a_change_touches_only_the_columns_named(pool: Pool) -> None:
    work = (await accepted(pool)).work
    progress = {"phase": "artwork", "completed": 1, "total": 4, "percentage": 25.0}
    async with connection(pool) as conn:
        await works.change_work(conn, work.id, title="ごん狐", warnings=["a cut"])
        changed = await works.change_work(conn, work.id, status=WorkStatus.PROCESSING, progress=progress)
    assert (changed.title, changed.warnings, changed.progress) == ("ごん狐", ["a cut"], progress)
    assert changed.updated_at > work.updated_at
    assert changed.finished_at is None


async def test_a_closed_work_has_an_end_and_a_reopened_one_has_none(pool: Pool) -> None:
    work = (await accepted(pool)).work
    async with connection(pool) as conn:
        done = await works.change_work(conn, work.id, status=WorkStatus.COMPLETED, result={"pages": []})
        assert done.finished_at is not None
        assert await works.read_result(conn, work.id) == {"pages": []}
        assert (await works.change_work(conn, work.id, status=WorkStatus.PROCESSING)).finished_at is None


async def test_of_two_changes_that_expect_the_same_state_one_wins(pool: Pool) -> None:
    work = (await accepted(pool)).work

    async def claim() -> bool:
        async with transaction(pool) as conn:
            await works.change_work(conn, work.id, expect=[WorkStatus.NEW], status=WorkStatus.QUEUED)
        return True

    outcomes = await asyncio.gather(claim(), claim(), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "bool"]


async def test_works_are_listed_newest_first_page_by_page(pool: Pool) -> None:
    ids = [(await accepted(pool, request_id=f"r{n}")).work.id for n in range(5)]
    async with connection(pool) as conn:
        await works.change_work(conn, ids[0], status=WorkStatus.FAILED)
        first = await works.list_works(conn, "local", limit=2)
        second = await works.list_works(conn, "local", limit=9, before=first[-1].id)
        failed = await works.list_works(conn, "local", statuses=[WorkStatus.FAILED])
    assert [work.id for work in (*first, *second)] == ids[::-1]
    assert [work.id for work in failed] == [ids[0]]


async def test_a_worker_that_was_replaced_is_fenced(pool: Pool) -> None:
    work = (await accepted(pool)).work
    async with connection(pool) as conn:
        old = await works.take_epoch(conn, work.id)
        await works.check_epoch(conn, work.id, old)
        new = await works.take_epoch(conn, work.id)
        await works.check_epoch(conn, work.id, new)
        with pytest.raises(Fenced):
            await works.check_epoch(conn, work.id, old)
        with pytest.raises(Fenced):
            await works.check_epoch(conn, uuid4(), 1)
        with pytest.raises(NotFound):
            await works.take_epoch(conn, uuid4())


async def test_a_work_is_not_taken_over_between_the_check_and_the_write(pool: Pool) -> None:
    work = (await accepted(pool)).work
    order: list[str] = []
    async with connection(pool) as conn:
        epoch = await works.take_epoch(conn, work.id)

    async def take_over() -> None:
        async with connection(pool) as conn:
            await works.take_epoch(conn, work.id)
        order.append("taken")

    async with transaction(pool) as conn:
        await works.check_epoch(conn, work.id, epoch)
        rival = asyncio.create_task(take_over())
        await until_somebody_waits_for_a_lock(pool)
        await works.change_work(conn, work.id, title="by the rightful worker")
        order.append("written")
    await rival
    assert order == ["written", "taken"]


async def until_somebody_waits_for_a_lock(pool: Pool) -> None:
    query = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with asyncio.timeout(5):
        while True:
            async with connection(pool) as conn:
                if await (await conn.execute(query)).fetchone():
                    return


async def test_counters_add_up_over_parallel_writers(pool: Pool) -> None:
    work = (await accepted(pool)).work

    async def count(names: dict[str, int]) -> None:
        async with transaction(pool) as conn:
            await works.add_counters(conn, work.id, names)

    await asyncio.gather(*(count({"images_drawn": 1, "cache_hits": 2}) for _ in range(5)))
    await asyncio.gather(*(count({"cache_hits": 1, "images_drawn": 1}) for _ in range(5)))
    async with connection(pool) as conn:
        assert await works.read_counters(conn, work.id) == {"images_drawn": 10, "cache_hits": 15}


async def test_a_deleted_work_leaves_nothing(pool: Pool) -> None:
    work = (await accepted(pool)).work
    async with connection(pool) as conn:
        await works.add_counters(conn, work.id, {"images_drawn": 1})
        root = (await versions.commit_version(conn, NewVersion(work.id, "a", "concept"))).version.version_id
        await versions.commit_version(conn, NewVersion(work.id, "b", "plot", parent_version_id=root))
        assert await works.delete_work(conn, work.id)
        assert not await works.delete_work(conn, work.id)
        assert await works.read_counters(conn, work.id) == {}


async def test_an_unknown_work_is_not_found(pool: Pool) -> None:
    async with connection(pool) as conn:
        for reading in (works.read_work, works.read_brief, works.read_result, works.change_work):
            with pytest.raises(NotFound):
                await reading(conn, UUID(int=7))
