"""`mangaka mcp`: an agent on this machine makes books through stdin and stdout, with the same tools as `/mcp`.

The works are those of the command line's tenant; this process works on them, and what it leaves goes on when it, or
`mangaka serve`, runs next.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from mcp.server.stdio import stdio_server

from cli.export import write_export
from cli.interrupt import interruptible
from cli.output import note
from manga.errors import UserError
from server.composition import ACCEPTED_AT_ONCE
from server.mcp.caller import Backend
from server.mcp.protocol import Context, new_server
from server.security.concurrency_limits import Seats
from server.security.identity import Principal, Role
from server.serve import read_settings
from storage.choose_servers import ServerHold
from storage.settings import StorageSettings
from works.base import LOCAL_TENANT
from works.composition import open_house
from works.delivery.exports import ExportFile
from works.queue.job_queue import end_tasks
from works.queue.worker import keep_working

LONGEST_LINE: Final = 4 * 1024 * 1024
PERSON: Final = Principal(LOCAL_TENANT, "local", Role.ADMIN)


async def serve_stdio(hold: ServerHold, storage: StorageSettings, out: Path) -> None:
    """Until stdin ends, SIGTERM or Ctrl-C; what is being drawn then is parked."""
    settings, stop = read_settings({}), asyncio.Event()
    with interruptible(stop, note):
        servers = await hold.wait_async()
        async with open_house(storage, servers, stop=stop) as house:
            accepting = asyncio.Semaphore(ACCEPTED_AT_ONCE)
            seats, hand_over = Seats(settings.streams_a_tenant), partial(_put, out)
            backend = Backend(house, seats, accepting, settings.works_a_day, stop, hand_over)
            working = asyncio.create_task(keep_working(house, stop))
            talking = asyncio.create_task(_talk(backend))
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait((working, talking, stopped), return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await end_tasks(talking, stopped)
            await working
            if talking.done() and not talking.cancelled():
                talking.result()


async def _talk(backend: Backend) -> None:
    server = new_server(backend, _this_person)
    lines = await PipeLines.of(sys.stdin)
    async with stdio_server(stdin=lines) as (read, write):  # type: ignore[arg-type] # it reads lines, nothing else
        await server.run(read, write, server.create_initialization_options())


@dataclass(frozen=True, slots=True)
class PipeLines:
    """What comes on a pipe, line by line. The SDK's own reader waits in a thread that nobody can stop: SIGTERM would
    end nothing until the agent had closed the pipe."""

    reader: asyncio.StreamReader

    @classmethod
    async def of(cls, pipe: TextIO) -> "PipeLines":
        """Raises `UserError` for what is no pipe, socket or terminal."""
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        try:
            await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
        except ValueError as error:
            raise UserError("This speaks with an agent: stdin is a pipe.", remedy="Name it in the agent.") from error
        return cls(reader)

    async def __aiter__(self) -> AsyncIterator[str]:
        while True:
            try:
                line = await self.reader.readline()
            except ValueError:  # longer than the limit: what has come of it is gone
                line = b"?"
            if not line:
                return
            yield line.decode(errors="replace")


def _this_person(ctx: Context) -> tuple[Principal, str]:
    return PERSON, ""


async def _put(out: Path, made: ExportFile, base: str) -> str:
    """Into a folder, as `mangaka export` does. Raises `OutputRefused`, `DiskFull`."""
    content = await made.blobs.get(made.blob)
    return str(await asyncio.to_thread(write_export, out, made.title, made.format.ending, content))
