"""Character sheets on the real database: a process that is killed between two of them."""

import asyncio
import signal
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from graph.events import Completed
from storage.database import Pool, connection
from storage.object_store import FolderBlobs
from storage.works import read_counters
from tests.graph.victim import accepted, epoch_of, on_postgres
from tests.sheet_images import SheetImages

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


async def test_after_a_kill_between_two_sheets_the_first_is_not_drawn_again(
    pool: Pool, database_url: str, tmp_path: Path
) -> None:
    work = uuid4()
    await accepted(pool, work)
    arguments = [database_url, str(tmp_path), str(work)]
    victim = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.calls.sheet_victim", *arguments)
    assert await victim.wait() == -signal.SIGKILL
    images = SheetImages()
    it = await on_postgres(pool, work, blobs=FolderBlobs(tmp_path), images=images)
    events = await it.run(epoch=await epoch_of(pool, it.work))
    assert isinstance(events[-1], Completed)
    assert images.sketched == [("c02", 0)]
    assert all(len(after) == 1 for after in images.after.values())
    async with connection(pool) as conn:
        assert (await read_counters(conn, work))["images_drawn"] == 2 + 6
