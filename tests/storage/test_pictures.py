"""Pictures are remembered and counted once, together."""

from uuid import uuid4

import pytest

from storage.database import Pool, connection, transaction
from storage.pictures import recall_picture, remember_picture
from storage.works import accept, delete_work, read_counters

pytestmark = pytest.mark.anyio


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
