"""A process that copies a work, and kills itself when all objects are there and no row is.

`python -m tests.works.copy_victim URL FOLDER WORK`
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from storage.database import open_database
from storage.object_store import FolderBlobs
from works import copy_work


async def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def _main(url: str, folder: str, work: str) -> None:
    copy_work._copy = _die  # type: ignore[assignment]
    async with open_database(url) as pool:
        await copy_work.copy_work(pool, FolderBlobs(Path(folder)), UUID(work))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:4]))
