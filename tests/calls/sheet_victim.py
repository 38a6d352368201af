"""A process that draws the sheets of a cast on the real database and a folder, to be killed between two of them.

`python -m tests.calls.sheet_victim URL FOLDER WORK`: it sends itself SIGKILL when the first sheet is remembered and the
second one is asked for.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from calls.ledger import PostgresLedger
from editing.state_as_json import Json
from graph.build import build_graph
from providers.base import SheetBrief
from storage.database import open_database
from storage.object_store import FolderBlobs
from tests.graph.crew import CREW
from tests.graph.told import brief
from tests.graph.victim import epoch_of, on_postgres
from tests.sheet_images import SheetImages


async def _main(url: str, folder: str, work: str) -> None:
    remembered = asyncio.Event()

    class Telling(PostgresLedger):
        async def remember(self, work: str, digest: str, art: Json) -> None:
            await super().remember(work, digest, art)
            remembered.set()

    async def die(sheet: SheetBrief) -> None:
        if sheet.character.key == "c02":
            await remembered.wait()
            os.kill(os.getpid(), signal.SIGKILL)

    async with open_database(url) as pool:
        it = await on_postgres(pool, UUID(work), blobs=FolderBlobs(Path(folder)), images=SheetImages(on_sheet=die))
        services = replace(it.services, ledger=Telling(pool))
        it = replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))
        await it.run(brief=brief(), epoch=await epoch_of(pool, work))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:4]))
