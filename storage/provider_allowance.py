"""How much may be asked of a provider: so many calls a day and a minute, all works together. Obeys `Allowance`.

Redis keys, `{date}` being the provider's (America/Los_Angeles), each kept for 24 h after its last write, so that a
count also lasts through the day of 25 hours:

- `api:rate_limit:{api}:{date}`: how many calls were counted;
- `api:rate_limit:{api}:{date}:kept`: a hash, work -> calls that are kept for it and not made yet;
- `api:rate_limit:{api}:next`: when the next call of the minute's limit is due, in ms.

Limits hold in any case: while Redis is away this process counts on from what it last heard, and tells Redis afterwards.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from manga.errors import QuotaExhausted
from storage.base import Api, Standing

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript

log = logging.getLogger("mangaka.allowance")

TTL_S: Final = 86_400
PAUSE_S: Final = 5.0
"""How long a Redis that did not answer is left alone."""
_PROVIDER: Final = ZoneInfo("America/Los_Angeles")
_SCRIPT: Final = """
local what, work, calls, limit = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local known, missed, ttl = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local now, spacing, slack = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])

local stored = tonumber(redis.call('GET', KEYS[1])) or 0
local used = math.max(stored, known) + missed
local own, others = 0, 0
local kept = redis.call('HGETALL', KEYS[2])
for at = 1, #kept, 2 do
  if kept[at] == work then own = tonumber(kept[at + 1]) else others = others + tonumber(kept[at + 1]) end
end

local answer = 0
if what == 'take' then
  if own == 0 and used + others >= limit then
    answer = -1
  else
    used = used + 1
    own = math.max(0, own - 1)
    local due = tonumber(redis.call('GET', KEYS[3])) or 0
    answer = math.max(0, due - slack - now)
    redis.call('SET', KEYS[3], math.max(due, now) + spacing, 'EX', ttl)
  end
elseif what == 'reserve' then
  own = math.min(calls, math.max(0, limit - used - others))
  answer = own
end

if used ~= stored then redis.call('SET', KEYS[1], used, 'EX', ttl) end
if what ~= 'standing' then
  if own > 0 then redis.call('HSET', KEYS[2], work, own) else redis.call('HDEL', KEYS[2], work) end
  redis.call('EXPIRE', KEYS[2], ttl)
end
return {answer, used, own + others}
"""


def utc_now() -> datetime:
    return datetime.now(UTC)


def provider_day(now: datetime) -> str:
    """The provider's date, as 2026-11-24."""
    return now.astimezone(_PROVIDER).date().isoformat()


def next_provider_day(now: datetime) -> datetime:
    """When the provider's day turns: the next midnight in Los Angeles, in UTC."""
    there = now.astimezone(_PROVIDER)
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Limit:
    """Of one api. At first a tenth of a minute's calls may be made at once, then they are spaced so that no minute has
    more than `a_minute`."""

    a_day: int
    a_minute: int

    @property
    def _at_once(self) -> int:
        return max(1, self.a_minute // 10)

    @property
    def spacing_ms(self) -> int:
        return -(-60_000 // (self.a_minute - self._at_once + 1))

    @property
    def slack_ms(self) -> int:
        """How far calls may be ahead of their spacing."""
        return self.spacing_ms * (self._at_once - 1)


def exhausted(api: Api, a_day: int, now: datetime) -> QuotaExhausted:
    """The end of the day's limit, with the seconds until the provider's day turns."""
    what = "pictures" if api is Api.IMAGES else "text calls"
    return QuotaExhausted(
        f"The limit of {a_day} {what} a day is used up, or promised to other works.",
        retry_after_s=(next_provider_day(now) - now).total_seconds(),
    )


@dataclass(slots=True)
class _Day:
    """What is counted of one api on one day."""

    date: str
    used: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    due_ms: int = 0


@dataclass(frozen=True, slots=True)
class LocalAllowance:
    """Counts in this process alone. Nothing here waits, so calls cannot overtake one another."""

    limits: Mapping[Api, Limit]
    now: Callable[[], datetime] = utc_now
    _days: dict[Api, _Day] = field(default_factory=dict, init=False)

    async def reserve(self, api: Api, work: str, calls: int) -> int:
        """See `Allowance`."""
        day = self._today(api)
        day.kept.pop(work, None)
        granted = min(max(0, calls), max(0, self.limits[api].a_day - day.used - sum(day.kept.values())))
        if granted:
            day.kept[work] = granted
        return granted

    async def take(self, api: Api, work: str) -> float:
        """See `Allowance`."""
        day, limit = self._today(api), self.limits[api]
        own = day.kept.pop(work, 0)
        if not own and day.used + sum(day.kept.values()) >= limit.a_day:
            raise exhausted(api, limit.a_day, self.now())
        if own > 1:
            day.kept[work] = own - 1
        day.used += 1
        now_ms = _ms(self.now())
        wait_ms = max(0, day.due_ms - limit.slack_ms - now_ms)
        day.due_ms = max(day.due_ms, now_ms) + limit.spacing_ms
        return wait_ms / 1000

    async def standing(self, api: Api) -> Standing:
        """See `Allowance`."""
        day = self._today(api)
        return Standing(api, day.date, self.limits[api].a_day, day.used, sum(day.kept.values()))

    def heard(self, api: Api, date: str, used: int) -> None:
        """So many calls were counted elsewhere, this process's among them."""
        day = self._today(api)
        if day.date == date:
            day.used = max(day.used, used)

    def _today(self, api: Api) -> _Day:
        date, day = provider_day(self.now()), self._days.get(api)
        if day is None or day.date != date:
            day = self._days[api] = _Day(date, due_ms=day.due_ms if day else 0)
        return day


@dataclass(slots=True)
class RedisAllowance:
    """Counts in Redis, for all processes; each method is one script, so nothing comes between check and count.

    Times are the caller's clock, which is to be right to a second or so. `pause_s` after a failure it asks again.
    """

    client: "Redis"
    limits: Mapping[Api, Limit]
    now: Callable[[], datetime] = utc_now
    pause_s: float = PAUSE_S
    _local: LocalAllowance = field(init=False)
    _script: "AsyncScript" = field(init=False)
    _told: dict[tuple[Api, str], int] = field(default_factory=dict, init=False)
    _missed: dict[tuple[Api, str], int] = field(default_factory=dict, init=False)
    _away_until: datetime | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._local = LocalAllowance(self.limits, self.now)
        self._script = self.client.register_script(_SCRIPT)

    async def reserve(self, api: Api, work: str, calls: int) -> int:
        """See `Allowance`."""
        found = await self._asked("reserve", api, work, max(0, calls))
        return found[0] if found else await self._local.reserve(api, work, calls)

    async def take(self, api: Api, work: str) -> float:
        """See `Allowance`."""
        found = await self._asked("take", api, work)
        if found is None:
            wait_s = await self._local.take(api, work)
            self._miss((api, provider_day(self.now())), 1)
            return wait_s
        if found[0] < 0:
            raise exhausted(api, self.limits[api].a_day, self.now())
        return found[0] / 1000

    async def standing(self, api: Api) -> Standing:
        """See `Allowance`."""
        date, found = provider_day(self.now()), await self._asked("standing", api)
        if found is None:
            return await self._local.standing(api)
        return Standing(api, date, self.limits[api].a_day, found[1], found[2])

    async def _asked(self, what: str, api: Api, work: str = "", calls: int = 0) -> tuple[int, int, int] | None:
        """The script's answer, what is used and what is kept; None when Redis does not answer."""
        now = self.now()
        if self._away_until is not None and now < self._away_until:
            return None
        from redis.exceptions import RedisError

        key = api, provider_day(now)
        missed = self._missed.pop(key, 0)  # taken out, so that no other call tells Redis too
        try:
            answer, used, kept = await self._script(*self._told_to(what, key, work, calls, missed))
        except (RedisError, OSError) as error:
            self._miss(key, missed)
            self._leave_alone(error, now)
            return None
        self._heard(key, int(used))
        return int(answer), int(used), int(kept)

    def _told_to(
        self, what: str, key: tuple[Api, str], work: str, calls: int, missed: int
    ) -> tuple[list[str], list[Any]]:
        """The script's keys and arguments."""
        (api, date), limit = key, self.limits[key[0]]
        counted = f"api:rate_limit:{api.value}:{date}"
        keys = [counted, f"{counted}:kept", f"api:rate_limit:{api.value}:next"]
        pace = [_ms(self.now()), limit.spacing_ms, limit.slack_ms]
        return keys, [what, work, calls, limit.a_day, self._told.get(key, 0), missed, TTL_S, *pace]

    def _miss(self, key: tuple[Api, str], calls: int) -> None:
        """These calls are to be told when Redis is back, on their own day."""
        today = {known: count for known, count in self._missed.items() if known[1] == key[1]}
        self._missed = today | {key: today.get(key, 0) + calls}

    def _heard(self, key: tuple[Api, str], used: int) -> None:
        self._away_until = None
        if used > self._told.get(key, 0):
            self._told = {known: count for known, count in self._told.items() if known[1] == key[1]} | {key: used}
        self._local.heard(*key, used)

    def _leave_alone(self, error: Exception, now: datetime) -> None:
        if self._away_until is None:
            kind = type(error).__name__
            log.warning("Redis does not answer (%s): this process counts its calls itself until it does", kind)
        self._away_until = now + timedelta(seconds=self.pause_s)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
