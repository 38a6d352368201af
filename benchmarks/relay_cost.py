"""What events cost on their way from the outbox to the streams in Redis: one relay goes at a time, for all processes.

Its servers are embedded ones, in a folder that goes afterwards. Processor seconds, not time: they are hardly different
on a busy machine.

python -m benchmarks.relay_cost
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Final
from uuid import uuid4

from benchmarks.figure import Figure, told
from benchmarks.loading import busy_s
from storage.base import EventType, Servers
from storage.choose_servers import open_servers_sync
from storage.database import Pool, open_database, transaction
from storage.event_outbox import append_event
from storage.migrate import migrate
from storage.redis import WorkCache, open_redis
from storage.settings import StorageSettings
from storage.works import accept

WORKS: Final = 100
EVENTS: Final = 45
"""Of each work; a text of so many letters in each."""
LETTERS: Final = 300


async def _written(pool: Pool) -> None:
    """The events of all works, as they are when nobody has relayed them yet."""
    for _ in range(WORKS):
        async with transaction(pool) as conn:
            made = await accept(
                conn, work_id=uuid4(), tenant="t", request_id=uuid4().hex, request_digest="d", brief={"text": "x"}
            )
            for _ in range(EVENTS):
                await append_event(conn, made.work.id, EventType.PHASE_COMPLETE, {"told": "x" * LETTERS})


async def measured(servers: Servers, home: str) -> list[Figure]:
    """Of events that are relayed together, and of such that come one by one."""
    async with open_database(servers.database_url) as pool, open_redis(servers.redis_url) as client:
        await migrate(pool)
        found = []
        for limit in (200, 1):
            await _written(pool)
            found += figures(f"{limit} at a time: ", *await _relayed(pool, WorkCache(client), limit, home))
        return found


async def _relayed(pool: Pool, cache: WorkCache, limit: int, home: str) -> tuple[int, float]:
    """How many events were relayed, and what processors did for it: ours, and those of the servers."""
    relayed, before = 0, busy_s((os.getpid(),), home)
    while found := await cache.relay_events(pool, limit=limit):
        relayed += found
    return relayed, busy_s((os.getpid(),), home) - before


def figures(name: str, relayed: int, spent_s: float) -> list[Figure]:
    return [
        Figure(f"{name}events relayed", relayed, "", least=WORKS * EVENTS),
        Figure(f"{name}of a processor for a thousand, servers included", 1000 * spent_s / relayed, "s"),
        Figure(f"{name}events a second that one processor relays", relayed / spent_s, "/s"),
    ]


def main() -> int:
    """Prints the figures; 1 when one is out of bounds."""
    with (
        tempfile.TemporaryDirectory(prefix="mangaka-relay-") as home,
        open_servers_sync(StorageSettings(home=Path(home), database_url=None, redis_url=None)) as servers,
    ):
        found = asyncio.run(measured(servers, home))
    return told(found)


if __name__ == "__main__":
    sys.exit(main())
