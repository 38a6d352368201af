"""One blocking read of Redis for all streams of a replica: whoever follows a work gets what comes, in order.

A follower first reads what is there after its last id, then gets what the shared reader brings. One that is too slow
loses its queue, not its place: it reads the stream again from its own last id. Nothing is lost or doubled.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger("mangaka.server")

BLOCK_MS: Final = 15_000
BATCH: Final = 500
PAUSE_S: Final = 0.5

Item = tuple[str, str]
"""Stream id and the envelope as JSON."""


@dataclass(slots=True, eq=False)
class _Follower:
    queue: asyncio.Queue[Item]
    behind: bool = False
    """Its queue was full: it must read again."""


@dataclass(slots=True)
class Hub:
    """`commands` is a client for short calls, `blocking` one whose reads may take as long as they like."""

    commands: Redis
    blocking: Redis
    most_waiting: int = 1000
    _followers: dict[str, set[_Follower]] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)
    _wake: str = field(default_factory=lambda: f"events:wake:{uuid4().hex}")

    async def run(self) -> None:
        """The one reader. Redis may be away: followers wait, and read again when it is back."""
        self._read[self._wake] = "0-0"
        while True:
            try:
                answer: Any = await self.blocking.xread(cast(Any, dict(self._read)), block=BLOCK_MS, count=BATCH)
            except (RedisError, OSError) as error:
                log.warning("the streams cannot be read: %s", type(error).__name__)
                self._all_behind()
                await asyncio.sleep(PAUSE_S)
                continue
            for key, rows in answer or ():
                self._hand_out(key, _items(rows))

    async def follow(self, key: str, after: str) -> AsyncGenerator[Item]:
        """Every item with a greater id than `after`, in order, for ever. Raises `RedisError` when Redis is away."""
        follower = _Follower(asyncio.Queue(self.most_waiting))
        await self._join(key, follower)
        try:
            last = after
            while True:
                while items := _items(await self.commands.xrange(key, min=f"({last}", count=BATCH)):
                    for last, text in items:
                        yield last, text
                follower.behind = False
                while not follower.behind or not follower.queue.empty():
                    item, text = await follower.queue.get()
                    if text and _number(item) > _number(last):
                        last = item
                        yield item, text
        finally:
            self._leave(key, follower)

    @property
    def followers(self) -> int:
        return sum(len(found) for found in self._followers.values())

    async def _join(self, key: str, follower: _Follower) -> None:
        if key not in self._followers:
            self._followers[key] = set()
            newest = _items(await self.commands.xrevrange(key, count=1))
            self._read.setdefault(key, newest[0][0] if newest else "0-0")
            await self.commands.xadd(self._wake, {"event": ""}, maxlen=10)
            await self.commands.expire(self._wake, 60)
        self._followers[key].add(follower)

    def _leave(self, key: str, follower: _Follower) -> None:
        left = self._followers.get(key, set())
        left.discard(follower)
        if not left:
            self._followers.pop(key, None)
            self._read.pop(key, None)

    def _hand_out(self, key: str, items: list[Item]) -> None:
        if key in self._read:
            self._read[key] = items[-1][0]
        for follower in self._followers.get(key, ()):
            for item in items:
                if follower.queue.full():
                    follower.behind = True
                    break
                follower.queue.put_nowait(item)

    def _all_behind(self) -> None:
        """Each must look again; an empty item wakes those who wait."""
        for followers in self._followers.values():
            for follower in followers:
                follower.behind = True
                if not follower.queue.full():
                    follower.queue.put_nowait(("0-0", ""))


def _items(rows: Any) -> list[Item]:
    """Redis's rows; its types tell every shape that any of its commands may answer with."""
    return [(item, fields.get("event", "")) for item, fields in rows]


def _number(stream_id: str) -> tuple[int, int]:
    first, _, second = stream_id.partition("-")
    return int(first), int(second or 0)
