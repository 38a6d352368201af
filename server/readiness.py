"""Can a process work? Redis and the store of objects are asked at once; PostgreSQL, with the tables of this release, is
asked all the time over a connection of its own (`storage.database_health`): a pool that is busy is no database that is
away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, Final

from redis.asyncio import Redis
from starlette.responses import JSONResponse

from storage.database_health import Pulse, wait_for_answer
from storage.objects import BlobStore
from works.composition import House
from works.queue.job_queue import end_tasks

TRY_S: Final = 1.5


@asynccontextmanager
async def beating(house: House) -> AsyncIterator[Pulse]:
    """The pulse of the house's database, asked once at least. While it is away the house's requests wait for nothing;
    its runs do, for longer than it takes."""
    pulse = Pulse(house.database_url, [house.pool.door])
    await pulse.ask()
    running = asyncio.create_task(pulse.run())
    try:
        yield pulse
    finally:
        await end_tasks(running)
        await pulse.close()


async def readiness(pulse: Pulse, redis: Redis, blobs: BlobStore, draining: asyncio.Event) -> JSONResponse:
    """503 while it stops, or one of what it needs does not answer."""
    cache, store = await asyncio.gather(_tried(redis.ping()), _tried(blobs.check()))
    found = {"postgres": pulse.state, "redis": cache, "storage": store}
    if draining.is_set():
        found["draining"] = "the service stops"
    ready = all(answer == "ok" for answer in found.values())
    return JSONResponse({"ready": ready, "checks": found}, status_code=200 if ready else 503)


async def _tried(check: Awaitable[Any]) -> str:
    """A process that is too busy to hear an answer has longer for it."""
    asking = asyncio.ensure_future(check)
    try:
        await wait_for_answer(asking, TRY_S)
        if not asking.done():
            return TimeoutError.__name__
        await asking
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it is not ready
        return type(error).__name__
    finally:
        asking.cancel()
    return "ok"
