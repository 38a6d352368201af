"""The scene cache in Redis: shelves of pictures that may serve again, and who shows them already.

`scenes:{tenant}:{shelf}` is a list of JSON entries, newest first; `scenes:{tenant}:shown:{id}` a hash from
`{work}/{panel}` to the page. Both live 24 h; an entry on a shelf that others keep alive is not served after its own.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from storage.base import KeptScene
from storage.redis import TTL_S, OptionalRedis

MOST_ON_A_SHELF: Final = 100
MOST_TIMES: Final = 2
LOST: Final = "no picture is used again"

_CLAIM: Final = """
local shown, prefix, most = redis.call('HGETALL', KEYS[1]), ARGV[1] .. '/', tonumber(ARGV[4])
local page, times = tonumber(ARGV[3]), 0
for i = 1, #shown, 2 do
  if shown[i] == prefix .. ARGV[2] then return 1 end
  if string.sub(shown[i], 1, #prefix) == prefix then
    if math.abs(tonumber(shown[i + 1]) - page) <= 1 then return 0 end
    times = times + 1
  end
end
if ARGV[6] == ARGV[1] then times = times - 1 end
if times >= most then return 0 end
redis.call('HSET', KEYS[1], prefix .. ARGV[2], page)
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
"""
"""Who shows it in this work, on which page; the panel that it was drawn for is no use of it."""


@dataclass(slots=True)
class RedisScenes(OptionalRedis):
    """Obeys the SceneCache port. `clock` tells seconds since the epoch. While Redis is left alone nothing is on the
    shelves, and pictures are drawn."""

    pause_s: float = 30.0
    clock: Callable[[], float] = time.time

    async def shelf(self, tenant: str, shelf: str) -> tuple[KeptScene, ...]:
        rows = await self._tried(LOST, lambda: self.client.lrange(_shelf_key(tenant, shelf), 0, MOST_ON_A_SHELF - 1))
        found = (json.loads(row) for row in rows or ())
        return tuple(KeptScene(**row["scene"]) for row in found if row["at"] > self.clock() - TTL_S)

    async def keep(self, tenant: str, shelf: str, scene: KeptScene) -> None:
        row = json.dumps({"at": self.clock(), "scene": asdict(scene)}, ensure_ascii=False)
        key, shown = _shelf_key(tenant, shelf), _shown_key(tenant, scene.id)

        async def write() -> bool:
            async with self.client.pipeline(transaction=True) as pipe:
                pipe.lpush(key, row)
                pipe.ltrim(key, 0, MOST_ON_A_SHELF - 1)
                pipe.expire(key, TTL_S)
                pipe.hset(shown, f"{scene.work}/{scene.panel}", str(scene.page))
                pipe.expire(shown, TTL_S)
                await pipe.execute()
            return True

        await self._tried(LOST, write)

    async def claim(self, tenant: str, scene: KeptScene, work: str, panel: str, page: int) -> bool:
        asked = (work, panel, str(page), str(MOST_TIMES), str(TTL_S), scene.work)
        return bool(await self._tried(LOST, lambda: self.client.eval(_CLAIM, 1, _shown_key(tenant, scene.id), *asked)))


def _shelf_key(tenant: str, shelf: str) -> str:
    return f"scenes:{tenant}:{shelf}"


def _shown_key(tenant: str, scene_id: str) -> str:
    return f"scenes:{tenant}:shown:{scene_id}"
