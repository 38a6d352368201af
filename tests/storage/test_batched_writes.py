"""Writes of several works together: one transaction, each behind its own fence, nobody held up by another."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from psycopg.errors import NotNullViolation

from manga.errors import Fenced
from storage.batched_writes import MOST, Rows, Together
from storage.database import Pool, connection, transaction
from storage.works import accept, take_epoch

pytestmark = pytest.mark.anyio

_WRITE = "INSERT INTO work_counters (work_id, name, value) VALUES (%s, %s, %s)"
_FOUND = "SELECT work_id, name, xmin::text AS transaction FROM work_counters WHERE work_id = ANY(%s)"


async def held(pool: Pool, works: int = 1) -> list[UUID]:
    """Works that a worker has in its first epoch."""
    made = [uuid4() for _ in range(works)]
    async with transaction(pool) as conn:
        for one in made:
            await accept(
                conn, work_id=one, tenant="local", request_id=str(one), request_digest="d", brief={"text": "x"}
            )
            assert await take_epoch(conn, one) == 1
    return made


def counter(work_id: UUID, name: str | None = "n") -> list[Rows]:
    return [(_WRITE, [(work_id, name, 1)])]


async def transactions(pool: Pool, works: Sequence[UUID]) -> dict[UUID, str]:
    """In which transaction each of these works was written."""
    async with connection(pool) as conn:
        rows = await (await conn.execute(_FOUND, (list(works),))).fetchall()
    return {row["work_id"]: row["transaction"] for row in rows}


async def test_writes_of_one_moment_are_one_transaction(pool: Pool) -> None:
    works, together = await held(pool, 5), Together(pool)
    await asyncio.gather(*(together.write(one, 1, counter(one)) for one in works))
    found = await transactions(pool, works)
    assert len(found) == 5
    assert len(set(found.values())) == 1


async def test_what_was_written_stands_when_its_writer_is_told(pool: Pool) -> None:
    works, together = await held(pool, MOST + 3), Together(pool)

    async def write(one: UUID) -> None:
        await together.write(one, 1, counter(one))
        assert one in await transactions(pool, [one])

    await asyncio.gather(*map(write, works))


async def test_a_work_that_was_taken_over_is_refused_and_the_others_are_written(pool: Pool) -> None:
    works, together = await held(pool, 3), Together(pool)
    async with connection(pool) as conn:
        await take_epoch(conn, works[1])
    ends = await asyncio.gather(*(together.write(one, 1, counter(one)) for one in works), return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), Fenced, type(None)]
    assert set(await transactions(pool, works)) == {works[0], works[2]}


async def test_a_fence_that_somebody_holds_keeps_nobody_else_waiting(pool: Pool) -> None:
    works, together = await held(pool, 3), Together(pool)
    async with transaction(pool) as conn:
        await take_epoch(conn, works[0])
        first, *others = (asyncio.create_task(together.write(one, 1, counter(one))) for one in works)
        await asyncio.gather(*others)
        assert not first.done()
    with pytest.raises(Fenced):
        await first
    assert set(await transactions(pool, works)) == set(works[1:])


async def test_a_statement_that_fails_fails_alone(pool: Pool) -> None:
    works, together = await held(pool, 3), Together(pool)
    wrong = together.write(works[0], 1, [*counter(works[0], "before"), *counter(works[0], None)])
    others = (together.write(one, 1, counter(one)) for one in works[1:])
    ends = await asyncio.gather(wrong, *others, return_exceptions=True)
    assert [type(end) for end in ends] == [NotNullViolation, type(None), type(None)]
    assert set(await transactions(pool, works)) == set(works[1:])


async def test_a_work_that_is_gone_is_refused(pool: Pool) -> None:
    (there,), together = await held(pool), Together(pool)
    ends = await asyncio.gather(
        *(together.write(one, 1, counter(one)) for one in (there, uuid4())), return_exceptions=True
    )
    assert [type(end) for end in ends] == [type(None), Fenced]


async def test_a_writer_that_was_cancelled_holds_nobody_up(pool: Pool) -> None:
    works, together = await held(pool, 3), Together(pool)
    first, *others = (asyncio.create_task(together.write(one, 1, counter(one))) for one in works)
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(*others)
    await together.settled()
    assert set(await transactions(pool, works)) >= set(works[1:])
