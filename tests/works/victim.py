"""A process that draws a reviewed work, approves every phase, and kills itself at one of its steps.

`python -m tests.works.victim URL FOLDER WORK STEP`: it counts what it is told and each answer it gives, and at the
STEP-th it sends itself SIGKILL. With a STEP it never reaches it goes on to the finished book and prints how many there
were. Steps are numbered anew in each process.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

from calls.ledger import PostgresLedger
from graph.build import build_graph
from graph.checkpointer import open_checkpointer
from graph.events import RunEvent
from storage.base import WorkStatus
from storage.database import connection, open_database
from storage.object_store import FolderBlobs
from storage.works import read_work
from tests.graph.crew import CREW, studio
from works.base import BookShown
from works.composition import GraphStory
from works.queue.job_queue import open_queue
from works.reviews.answers import Reply, reply
from works.run import Runner
from works.run_journal import Journal


@dataclass
class Steps:
    """Counts; the last one is the process's last."""

    last: int
    count: int = 0

    def one(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    async def listen(self, work_id: UUID, event: RunEvent | BookShown) -> None:
        self.one()


async def _main(url: str, folder: str, work: str, last: int) -> None:
    steps, work_id = Steps(last), UUID(work)
    async with open_database(url) as pool:
        it = studio()
        blobs = FolderBlobs(Path(folder))
        services = replace(it.services, ledger=PostgresLedger(pool), blobs=blobs)
        graph = build_graph(services, await open_checkpointer(pool), steps=CREW)
        queue = await open_queue(pool)
        runner = Runner(Journal(pool), GraphStory(graph, services), blobs, asyncio.Event(), steps.listen)
        while True:
            async with connection(pool) as conn:
                found = await read_work(conn, work_id)
            if found.status is WorkStatus.COMPLETED:
                break
            if (pending := found.pending_review) is not None:
                once = uuid5(work_id, pending["interrupt_id"])
                steps.one()
                await reply(pool, queue, work_id, Reply({"action": "approve"}, command_id=once))
                steps.one()
            await runner.run(work_id)
    sys.stdout.write(f"{steps.count}\n")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
