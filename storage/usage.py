"""What a tenant has used: its counters added up, of today and of all time."""

from typing import Final

from storage.base import Json
from storage.database import Connection

_COUNTED: Final = ("text_calls", "images_drawn", "cache_hits", "placeholders", "input_tokens", "output_tokens")
_MONEY: Final = ("text_microusd", "image_microusd", "saved_microusd")


async def read_usage(conn: Connection, tenant: str) -> Json:
    """`today` counts the works that were begun on this day (UTC)."""
    return {"today": await _sums(conn, tenant, today=True), "total": await _sums(conn, tenant, today=False)}


async def _sums(conn: Connection, tenant: str, *, today: bool) -> Json:
    since = "AND created_at >= date_trunc('day', now(), 'UTC')" if today else ""
    works = await conn.execute(
        f"SELECT status, count(*) AS n FROM works WHERE tenant = %s {since} GROUP BY status",
        (tenant,),
    )
    by_status = {row["status"]: row["n"] async for row in works}
    rows = await conn.execute(
        "SELECT name, sum(value)::bigint AS value FROM work_counters WHERE work_id IN"
        f" (SELECT id FROM works WHERE tenant = %s {since}) GROUP BY name",
        (tenant,),
    )
    found = {row["name"]: int(row["value"]) async for row in rows}
    spent = {name.removesuffix("_microusd") + "_usd": found.get(name, 0) / 1_000_000 for name in _MONEY}
    return {
        "works": sum(by_status.values()),
        "by_status": by_status,
        **{name: found.get(name, 0) for name in _COUNTED},
        "spent_usd": round(spent["text_usd"] + spent["image_usd"], 6),
        "saved_usd": round(spent["saved_usd"], 6),
    }
