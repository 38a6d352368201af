"""`retention`: thins works that are closed, and sweeps what killed copies left. Out: what went, or would go, and the
bytes before and after."""

import asyncio
import json
from datetime import timedelta

from cli.output import data, note
from cli.start_servers_early import open_tables
from storage.choose_servers import ServerHold
from storage.object_store import open_blobs
from storage.settings import StorageSettings
from works.copy_work import sweep_copies
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
    async with open_tables(hold) as pool:
        store = open_blobs(settings)
        found = await sweep_copies(pool, store, run=policy.run)
        async for _, one in thin_works(pool, store, policy):
            found += one
    return found
