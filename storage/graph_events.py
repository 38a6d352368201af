"""Raw events of the graph on their way from whoever runs it to whoever follows: one Redis stream a work.

`graph:{work_id}` holds entries with one field `event`, JSON `{run, mode, data, at}`: the newest `LENGTH`, for 24 h.
They are written while `graph:{work_id}:wanted` is there: somebody has asked for them. Nothing depends on them.
"""

import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from redis.exceptions import RedisError

from storage.base import Json
from storage.database import first_line
from storage.redis import TTL_S, Client, graph_ends_key, graph_key, graph_wanted_key

LENGTH: Final = 5_000
START: Final = "0-0"
"""Before every entry."""
T = TypeVar("T")
log = logging.getLogger("mangaka.redis")


@dataclass(slots=True)
class GraphEvents:
    """No method raises when Redis is away: a run goes on without it. After a failure it is left alone for `pause_s`."""

    client: Client
    pause_s: float = 5.0
    clock: Callable[[], float] = time.monotonic
    _away_until: float = field(default=0.0, init=False)

    async def want(self, work_id: UUID) -> None:
        """From now on, for a day, the work's raw events are kept."""
        await self._tried(lambda: self.client.set(graph_wanted_key(work_id), "1", ex=TTL_S))

    async def wanted(self, work_id: UUID) -> bool:
        return bool(await self._tried(lambda: self.client.exists(graph_wanted_key(work_id))))

    async def newest(self, work_id: UUID) -> str:
        """The id of the last entry; `START` when there is none."""
        rows: Any = await self._tried(lambda: self.client.xrevrange(graph_key(work_id), count=1))
        return str(rows[0][0]) if rows else START

    async def add(self, work_id: UUID, entries: Sequence[Json]) -> bool:
        """Entries in order, in one journey."""
        pipe = self.client.pipeline(transaction=False)
        for entry in entries:
            text = json.dumps(entry, ensure_ascii=False)
            pipe.xadd(graph_key(work_id), {"event": text}, maxlen=LENGTH, approximate=True)
        pipe.expire(graph_key(work_id), TTL_S)
        return await self._tried(pipe.execute) is not None

    async def end_once(self, work_id: UUID, run: UUID, entry: Json) -> None:
        """The last entry of a run, however many places tell of its end. Nothing where nobody has asked."""
        if not await self._tried(lambda: self.client.exists(graph_key(work_id), graph_wanted_key(work_id))):
            return
        key = graph_ends_key(work_id)
        if await self._tried(lambda: self.client.sadd(key, str(run))):
            await self._tried(lambda: self.client.expire(key, TTL_S))
            await self.add(work_id, [entry])

    async def _tried(self, action: Callable[[], Awaitable[T]]) -> T | None:
        if self.clock() < self._away_until:
            return None
        try:
            return await action()
        except (RedisError, OSError) as error:
            self._away_until = self.clock() + self.pause_s
            log.warning("Redis does not answer (%s): raw events of the graph are lost", first_line(error))
            return None
