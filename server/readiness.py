"""Can a process work? PostgreSQL with the tables of this release, Redis, and the store of objects are asked at once."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from redis.asyncio import Redis
from starlette.responses import JSONResponse

from storage.database import Pool, connection
from storage.migrate import load_migrations
from works.house import House

TRY_S: Final = 2.0


async def readiness(house: House, redis: Redis, draining: asyncio.Event) -> JSONResponse:
    """503 while it stops, or one of what it needs does not answer."""
    checks = {
        "postgres": _tables(house.pool),
        "redis": redis.ping(),
        "storage": house.runner.blobs.exists("health/check"),
    }
    found = dict(zip(checks, await asyncio.gather(*(_tried(check) for check in checks.values())), strict=True))
    if draining.is_set():
        found["draining"] = "the service stops"
    ready = all(answer == "ok" for answer in found.values())
    return JSONResponse({"ready": ready, "checks": found}, status_code=200 if ready else 503)


async def _tried(check: Awaitable[Any]) -> str:
    try:
        async with asyncio.timeout(TRY_S):
            await check
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that it is not ready
        return type(error).__name__
    return "ok"


async def _tables(pool: Pool) -> None:
    """PostgreSQL answers, and has the tables of this release."""
    newest = max(migration.number for migration in load_migrations())
    async with connection(pool) as conn:
        row = await (await conn.execute("SELECT max(number) AS newest FROM mangaka_migrations")).fetchone()
    if row is None or row["newest"] is None or row["newest"] < newest:
        raise LookupError("tables of an older release")
