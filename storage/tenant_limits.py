"""How much one tenant may ask for: requests a minute (Redis), works and pictures a day (PostgreSQL, UTC days).

Redis key `api:tenant_limit:{tenant}:requests`: when the tenant's requests so far will have been worked off, in ms; it
ends by itself then. While Redis is away each process counts for itself, so that n replicas let n times as much through.
"""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from manga.errors import MangaError, QuotaExhausted
from storage.database import Connection, Pool, connection

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript

log = logging.getLogger("mangaka.limits")

MINUTE_MS: Final = 60_000
PAUSE_S: Final = 5.0
"""How long a Redis that did not answer is left alone."""
AFTER_THE_DAY_S: Final = 180.0
MOST_KNOWN: Final = 10_000
"""Tenants that are counted here while Redis is away."""

# GCRA: `due` moves on by one spacing a request and may be at most a minute ahead of now.
_SCRIPT: Final = """
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local spacing, ahead = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = math.max(tonumber(redis.call('GET', KEYS[1])) or now, now)
local wait = due + spacing - now - ahead
if wait > 0.001 then return {0, math.ceil(due - now), math.ceil(wait)} end
due = due + spacing
redis.call('SET', KEYS[1], string.format('%.3f', due), 'PX', math.ceil(due - now) + 1000)
return {1, math.ceil(due - now), 0}
"""


class LimitReached(MangaError):
    """Your tenant has asked for more than it may."""

    code = "limit_reached"
    http_status = 429
    exit_code = 6
    default_remedy = "Send it again later; `/v1/capabilities` tells the limits."


@dataclass(frozen=True, slots=True)
class Rate:
    """Where a tenant stands after a request: how many more may come at once, when all `limit` may again (s), and for a
    request that came too early how long to wait (s)."""

    allowed: bool
    limit: int
    remaining: int
    reset_s: int
    wait_s: float


@dataclass(slots=True)
class RequestLimit:
    """Requests a minute of each tenant: so many at once, and again as they are worked off evenly."""

    client: "Redis"
    a_minute: int
    clock: Callable[[], float] = time.monotonic
    _script: "AsyncScript" = field(init=False, repr=False)
    _due_ms: dict[str, float] = field(default_factory=dict, init=False)
    _away_until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._script = self.client.register_script(_SCRIPT)

    async def take(self, tenant: str) -> Rate:
        """Counts a request. Never raises: without Redis it counts here."""
        found = await self._asked(tenant) or self._counted(tenant)
        allowed, used_ms, wait_ms = found
        remaining = max(0, math.floor((MINUTE_MS - used_ms) / self._spacing_ms + 0.001))
        return Rate(bool(allowed), self.a_minute, remaining, math.ceil(used_ms / 1000), wait_ms / 1000)

    @property
    def _spacing_ms(self) -> float:
        return MINUTE_MS / self.a_minute

    async def _asked(self, tenant: str) -> tuple[int, float, float] | None:
        if self.clock() < self._away_until:
            return None
        from redis.exceptions import RedisError

        try:
            answer: Any = await self._script([limit_key(tenant)], [self._spacing_ms, MINUTE_MS])
        except (RedisError, OSError) as error:
            log.warning("Redis does not answer (%s): requests are counted in this process", type(error).__name__)
            self._away_until = self.clock() + PAUSE_S
            return None
        return int(answer[0]), float(answer[1]), float(answer[2])

    def _counted(self, tenant: str) -> tuple[int, float, float]:
        now = self.clock() * 1000
        due = max(self._due_ms.get(tenant, now), now)
        wait = due + self._spacing_ms - now - MINUTE_MS
        if wait > 0.001:
            return 0, due - now, wait
        if len(self._due_ms) >= MOST_KNOWN:
            self._due_ms = {known: at for known, at in self._due_ms.items() if at > now}
        self._due_ms[tenant] = due + self._spacing_ms
        return 1, due + self._spacing_ms - now, 0.0


def limit_key(tenant: str) -> str:
    return f"api:tenant_limit:{tenant}:requests"


@dataclass(frozen=True, slots=True)
class DayLimits:
    """What one tenant may have on one day (UTC). With so many `images` drawn for the works of this day, or paid for on
    it, no further work begins; `PicturesADay` holds the works that have begun."""

    works: int
    images: int | None = None


async def count_work(conn: Connection, tenant: str, limits: DayLimits) -> None:
    """Counts a work that is being accepted, in its transaction: what is rolled back does not count, and two at once
    wait for one another. Raises `LimitReached`."""
    row = await (
        await conn.execute(
            "INSERT INTO tenant_days AS t (tenant, day, works) VALUES (%s, (now() AT TIME ZONE 'UTC')::date, 1)"
            " ON CONFLICT (tenant, day) DO UPDATE SET works = t.works + 1 RETURNING works",
            (tenant,),
        )
    ).fetchone()
    if row is not None and row["works"] > limits.works:
        raise _reached(f"Your tenant may have {limits.works} works a day.")
    if limits.images is not None and await _drawn(conn, tenant) >= limits.images:
        raise _reached(f"Your tenant may have {limits.images} pictures drawn a day.")


async def _drawn(conn: Connection, tenant: str) -> int:
    """Pictures of the works of this day, or those paid for on it where they are more."""
    row = await (
        await conn.execute(
            "SELECT greatest((SELECT sum(value) FROM work_counters WHERE name = 'images_drawn' AND work_id IN"
            " (SELECT id FROM works WHERE tenant = %(tenant)s AND created_at >= date_trunc('day', now(), 'UTC'))),"
            " (SELECT images FROM tenant_days WHERE tenant = %(tenant)s"
            " AND day = (now() AT TIME ZONE 'UTC')::date))::bigint AS drawn",
            {"tenant": tenant},
        )
    ).fetchone()
    return int(row["drawn"] or 0) if row else 0


def _reached(message: str) -> LimitReached:
    return LimitReached(message, retry_after_s=_until_the_day_turns())


def _until_the_day_turns() -> float:
    now = datetime.now(UTC)
    turn = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (turn - now).total_seconds()


@dataclass(frozen=True, slots=True)
class PicturesADay:
    """Pictures that may be paid for one tenant on one day (UTC), all its works together."""

    pool: Pool
    most: int

    async def take(self, tenant: str) -> None:
        """Counts a picture that is about to be paid for; a call that fails has counted too. Raises `QuotaExhausted`,
        which waits for the next day."""
        async with connection(self.pool) as conn:
            taken = await conn.execute(
                "INSERT INTO tenant_days AS t (tenant, day, images) SELECT %(tenant)s, (now() AT TIME ZONE 'UTC')"
                "::date, 1 WHERE %(most)s > 0 ON CONFLICT (tenant, day) DO UPDATE SET images = t.images + 1"
                " WHERE t.images < %(most)s",
                {"tenant": tenant, "most": self.most},
            )
        if not taken.rowcount:
            raise self.exhausted()

    async def left(self, tenant: str) -> int:
        """Pictures that may still be paid for today."""
        query = "SELECT images FROM tenant_days WHERE tenant = %s AND day = (now() AT TIME ZONE 'UTC')::date"
        async with connection(self.pool) as conn:
            row = await (await conn.execute(query, (tenant,))).fetchone()
        return max(0, self.most - (row["images"] if row else 0))

    def exhausted(self) -> QuotaExhausted:
        # Clocks differ, and a wait of less than two minutes would count as one that is over.
        return QuotaExhausted(
            f"Your tenant may have {self.most} pictures drawn a day.",
            retry_after_s=_until_the_day_turns() + AFTER_THE_DAY_S,
        )
