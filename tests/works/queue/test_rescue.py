"""A worker process that is killed: another one finds its job and runs it."""

import asyncio
import os
import signal
import sys
from uuid import UUID, uuid4

import pytest

from storage.database import Pool
from tests.program import ROOT
from works.queue.job_queue import SHARED, Taken, open_queue, open_working_queue
from works.queue.worker import work

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

VICTIM = """
import asyncio, sys
from works.queue.job_queue import SHARED, open_working_queue, serve
async def run(work_id, _):
    print(work_id, flush=True)
    await asyncio.Event().wait()
async def main():
    async with open_working_queue(sys.argv[1], run) as queue:
        await serve(queue, [SHARED], asyncio.Event())
asyncio.run(main())
"""


async def nobody_gives_up(work_id: UUID) -> None:
    raise AssertionError(f"{work_id} was given up")


async def test_another_worker_runs_the_job_of_a_killed_one(pool: Pool, database_url: str) -> None:
    work_id = uuid4()
    await (await open_queue(pool)).defer_run(work_id)
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-c", VICTIM, database_url,
        stdout=asyncio.subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert victim.stdout is not None
    assert (await victim.stdout.readline()).decode().strip() == str(work_id)
    victim.send_signal(signal.SIGKILL)
    await victim.wait()

    rescued, stop = asyncio.Event(), asyncio.Event()

    async def run(found: UUID, _: Taken) -> None:
        assert found == work_id
        rescued.set()

    async with open_working_queue(database_url, run) as queue:
        working = asyncio.create_task(work(queue, [SHARED], stop, nobody_gives_up))
        await asyncio.wait_for(rescued.wait(), 20)
        stop.set()
        await working
