"""`retention`: thins works that are closed. Out: what went, or would go, and the bytes before and after."""

import asyncio
import json
from datetime import timedelta

from cli.output import data, note
from cli.start_servers_early import open_tables
from storage.choose_servers import ServerHold
from storage.object_store import open_blobs
from storage.settings import StorageSettings
from works.retention import Policy, Thinned, thin_works


def thin(hold: ServerHold, settings: StorageSettings, policy: Policy, *, as_json: bool) -> int:
    """Prints the sum and answers 0."""
    found = asyncio.run(_all(hold, settings, policy))
    if as_json:
        data(json.dumps({"dry_run": not policy.run, "days": policy.older / timedelta(days=1)} | found.to_json()))
        return 0
    data(f"{found.works} works that have been closed for {policy.older.days} days")
    for name in ("checkpoints", "versions", "events", "commands", "objects"):
        data(f"  {name:<12}{getattr(found, name)}")
    data(f"  PostgreSQL  {_mb(found.rows_before)} -> {_mb(found.rows_after)}")
    data(f"  objects     {_mb(found.objects_before)} -> {_mb(found.objects_after)}")
    if not policy.run:
        note("Nothing was changed. Say --run to do it.")
    return 0


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


async def _all(hold: ServerHold, settings: StorageSettings, policy: Policy) -> Thinned:
    found = Thinned()
    async with open_tables(hold) as pool:
        async for _, one in thin_works(pool, open_blobs(settings), policy):
            found += one
    return found
