"""A process that draws a work on the real database and a folder, to be killed in the middle.

`python -m tests.graph.victim URL FOLDER WORK PANELS N`: after the N-th finished panel it sends itself SIGKILL.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from calls.ledger import PostgresLedger
from graph.build import build_graph
from graph.checkpointer import open_checkpointer
from graph.events import ImageProgress
from graph.run import run_graph
from storage.database import Pool, open_database, transaction
from storage.object_store import FolderBlobs
from storage.objects import BlobStore
from storage.works import accept, take_epoch
from tests.graph.crew import CREW, ScriptedImages, Studio, studio
from tests.graph.told import brief


async def accepted(pool: Pool, work: UUID) -> None:
    """A row for the work."""
    async with transaction(pool) as conn:
        await accept(conn, work_id=work, tenant="local", request_id=str(work), request_digest="d", brief={})


async def epoch_of(pool: Pool, work: str) -> int:
    """Takes the work over."""
    async with transaction(pool) as conn:
        return await take_epoch(conn, UUID(work))


async def on_postgres(
    pool: Pool, work: UUID, *, panels: int = 6, images: ScriptedImages | None = None, blobs: BlobStore | None = None
) -> Studio:
    """A studio whose checkpoints, versions and counters are in the real database."""
    it = studio(panels, images=images)
    saver = await open_checkpointer(pool)
    services = replace(it.services, ledger=PostgresLedger(pool), blobs=blobs or it.blobs)
    return replace(it, services=services, saver=saver, graph=build_graph(services, saver, steps=CREW), work=str(work))


async def _main(url: str, folder: str, work: str, panels: int, last: int) -> None:
    async with open_database(url) as pool:
        it = await on_postgres(pool, UUID(work), panels=panels, blobs=FolderBlobs(Path(folder)))
        epoch = await epoch_of(pool, work)
        async for event in run_graph(it.graph, it.services, work, epoch=epoch, brief=brief()):
            if isinstance(event, ImageProgress) and event.completed >= last:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:4], *map(int, sys.argv[4:6])))  # type: ignore[arg-type]
