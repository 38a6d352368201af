"""Raw events of the graph on their way from whoever runs it to whoever follows: one Redis stream a work.

`graph:{work_id}` holds entries with one field `event`, JSON `{run, mode, data, at}`: the newest `LENGTH`, for 24 h.
They are written while `graph:{work_id}:wanted` is there: somebody has asked for them. Nothing depends on them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from storage.base import Json
from storage.redis import TTL_S, OptionalRedis, graph_ends_key, graph_key, graph_wanted_key

LENGTH: Final = 5_000
START: Final = "0-0"
"""Before every entry."""
LOST: Final = "raw events of the graph are lost"


@dataclass(slots=True)
class GraphEvents(OptionalRedis):
    """A run goes on without them."""

    async def want(self, work_id: UUID) -> None:
        """From now on, for a day, the work's raw events are kept."""
        await self._tried(LOST, lambda: self.client.set(graph_wanted_key(work_id), "1", ex=TTL_S))

    async def wanted(self, work_id: UUID) -> bool:
        return bool(await self._tried(LOST, lambda: self.client.exists(graph_wanted_key(work_id))))

    async def newest(self, work_id: UUID) -> str:
        """The id of the last entry; `START` when there is none."""
        rows: Any = await self._tried(LOST, lambda: self.client.xrevrange(graph_key(work_id), count=1))
        return str(rows[0][0]) if rows else START

    async def add(self, work_id: UUID, entries: Sequence[Json]) -> bool:
        """Entries in order, in one journey."""
        pipe = self.client.pipeline(transaction=False)
        for entry in entries:
            text = json.dumps(entry, ensure_ascii=False)
            pipe.xadd(graph_key(work_id), {"event": text}, maxlen=LENGTH, approximate=True)
        pipe.expire(graph_key(work_id), TTL_S)
        return await self._tried(LOST, pipe.execute) is not None

    async def end_once(self, work_id: UUID, run: UUID, entry: Json) -> None:
        """The last entry of a run, however many places tell of its end. Nothing where nobody has asked."""
        if not await self._tried(LOST, lambda: self.client.exists(graph_key(work_id), graph_wanted_key(work_id))):
            return
        key = graph_ends_key(work_id)
        if await self._tried(LOST, lambda: self.client.sadd(key, str(run))):
            await self._tried(LOST, lambda: self.client.expire(key, TTL_S))
            await self.add(work_id, [entry])
