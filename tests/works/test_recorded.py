"""Works as an older release left them are finished by this one.

`data/recorded_2026_11_25.tar.xz` holds a database (`pg_dump --inserts`) and its blobs, written by revision 9d7425f: of
the request `died` the process ended without a word when two pictures were drawn; `waits` waits for its first review.
"""

import asyncio
import io
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from graph.thread_config import STATE, check_known
from manga.errors import NewerState
from manga.phases import PHASES
from storage.base import Servers, Work, WorkStatus
from storage.database import Pool, connection
from storage.settings import StorageSettings
from storage.versions import list_versions
from storage.works import find_request, read_counters, read_work
from tests.databases import Databases, database_named
from works.base import LOCAL_TENANT
from works.composition import open_house
from works.queue.worker import keep_working
from works.reviews.answers import Reply, reply

pytestmark = pytest.mark.anyio
RECORDED = Path(__file__).parent / "data" / "recorded_2026_11_25.tar.xz"


@pytest.fixture
def restored(servers: Servers, slot: int, databases: Databases, tmp_path: Path) -> Iterator[Servers]:
    """A database and a folder as they were left."""
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(RECORDED.read_bytes()))) as archive:
        archive.extractall(tmp_path, filter="data")
    name = f"test_{slot}_{uuid4().hex}"
    with psycopg.connect(servers.database_url, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = database_named(servers.database_url, name)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute((tmp_path / "works.sql").read_bytes())
    yield Servers(url, f"{servers.redis_url}?db={slot}")
    databases.drop(name)


async def answered_until_done(pool: Pool, work: Work, queue: object) -> Work:
    """Every review is approved."""
    while True:
        async with connection(pool) as conn:
            found = await read_work(conn, work.id)
        assert found.status is not WorkStatus.FAILED, found.error
        if found.status is WorkStatus.COMPLETED:
            return found
        if found.status is WorkStatus.AWAITING_FEEDBACK and found.pending_review is not None:
            asked = str(found.pending_review["interrupt_id"])
            await reply(pool, queue, work.id, Reply({"action": "approve"}, interrupt_id=asked))  # type: ignore[arg-type]
        await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.timeout(200)
async def test_works_that_an_older_release_recorded_are_finished(restored: Servers, tmp_path: Path) -> None:
    stop = asyncio.Event()
    settings = StorageSettings(home=tmp_path, blobs=str(tmp_path / "blobs"))
    async with open_house(settings, restored, stop=stop) as house:
        working = asyncio.create_task(keep_working(house, stop))
        for request in ("died", "waits"):
            async with connection(house.pool) as conn:
                work = await find_request(conn, LOCAL_TENANT, request)
                drawn = (await read_counters(conn, work.id)).get("images_drawn", 0)
            done = await answered_until_done(house.pool, work, house.queue)
            async with connection(house.pool) as conn:
                versions = await list_versions(conn, work.id)
                counters = await read_counters(conn, work.id)
                rows = await conn.execute(
                    "SELECT metadata->>'schema' AS form FROM checkpoints WHERE thread_id = %s"
                    " ORDER BY checkpoint_id DESC",
                    (str(work.id),),
                )
                forms = [row["form"] async for row in rows]
            assert (done.degraded, [version.phase for version in versions]) == (False, list(PHASES))
            assert (forms[0], forms[-1]) == (str(STATE), None), "the newest tells its form, the oldest had none"
            panels = len((await house.runner.story.values(work.id))["artwork"])
            assert counters["images_drawn"] <= panels + 1, f"{drawn} of {panels} were drawn before"
        stop.set()
        await working


def test_a_state_of_a_newer_form_is_left_to_a_newer_program() -> None:
    check_known({"schema": STATE})
    check_known({})
    with pytest.raises(NewerState):
        check_known({"schema": STATE + 1})
