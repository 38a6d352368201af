"""One blocking read of Redis for all streams of a replica: whoever follows a stream gets what comes, in order.

A follower whose queue is full, and every follower while Redis is away, is told to look where everything is: it loses
its queue, not its place.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger("mangaka.server")

BLOCK_MS: Final = 5_000
BATCH: Final = 500
PAUSE_S: Final = 0.5
_LATE_S: Final = 5.0
_WAKE_TTL_S: Final = 60

Entry: TypeAlias = tuple[str, dict[str, str]]
"""Stream id and fields."""


@dataclass(slots=True, eq=False)
class Follower:
    """What has come for one reader."""

    most_waiting: int
    _queue: asyncio.Queue[Entry | None] = field(default_factory=asyncio.Queue)
    _behind: bool = False

    async def next(self) -> Entry | None:
        """What comes next. None: something may have passed by, look where everything is."""
        if self._behind and self._queue.empty():
            self._behind = False
            return None
        found = await self._queue.get()
        if found is None:
            self._behind = False
        return found

    def put(self, entries: Iterable[Entry]) -> None:
        """In order. What has no room is left out, and everything after it until the reader has looked again."""
        for entry in entries:
            if self._behind:
                return
            if self._queue.qsize() >= self.most_waiting:
                self._behind = True
            else:
                self._queue.put_nowait(entry)

    def look_again(self) -> None:
        """Its reader is woken even when it waits."""
        if not self._behind:
            self._behind = True
            self._queue.put_nowait(None)


@dataclass(slots=True)
class Hub:
    """`commands` is a client for short calls, `blocking` one whose reads may take as long as they like."""

    commands: Redis
    blocking: Redis
    most_waiting: int = 1000
    away: bool = False
    """Redis did not answer when it was last read."""
    _followers: dict[str, set[Follower]] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)
    _wake: str = field(default_factory=lambda: f"events:wake:{uuid4().hex}")

    async def run(self) -> None:
        """The one reader. Redis may be away: followers look elsewhere, and it is read again when it is back."""
        self._read[self._wake] = "0-0"
        while True:
            try:
                # A server that vanished without a word would be waited for without an end.
                async with asyncio.timeout(BLOCK_MS / 1000 + _LATE_S):
                    read = cast(Any, dict(self._read))
                    answer: Any = await self.blocking.xread(read, block=BLOCK_MS, count=BATCH)
            except (RedisError, OSError) as error:
                if not self.away:
                    log.warning("the streams cannot be read: %s", type(error).__name__)
                self.away = True
                self._all_look_again()
                await asyncio.sleep(PAUSE_S)
                continue
            if self.away:
                self.away = False
                self._all_look_again()
            for key, rows in answer or ():
                self._hand_out(key, rows)

    @asynccontextmanager
    async def joined(self, key: str, after: str) -> AsyncIterator[Follower]:
        """A follower of this stream. It gets everything that comes from now on, and of what came after `after` at least
        what nobody on this replica has read yet: look once more for the rest after joining."""
        follower = Follower(self.most_waiting)
        first = key not in self._followers
        self._followers.setdefault(key, set()).add(follower)
        try:
            if first:
                self._read[key] = after
                await self._nudge()
            yield follower
        finally:
            self._leave(key, follower)

    @property
    def followers(self) -> int:
        return sum(len(found) for found in self._followers.values())

    def look_again(self, key: str) -> None:
        """Every follower of this stream."""
        for follower in self._followers.get(key, ()):
            follower.look_again()

    async def _nudge(self) -> None:
        """Makes the reader read another set of streams."""
        if self.away:
            return
        with suppress(RedisError, OSError):
            async with self.commands.pipeline(transaction=False) as pipe:
                pipe.xadd(self._wake, {"event": ""}, maxlen=10)
                pipe.expire(self._wake, _WAKE_TTL_S)
                await pipe.execute()

    def _leave(self, key: str, follower: Follower) -> None:
        left = self._followers[key]
        left.discard(follower)
        if not left:
            del self._followers[key]
            self._read.pop(key, None)

    def _hand_out(self, key: str, rows: list[Entry]) -> None:
        if key not in self._read:  # its last follower has left meanwhile
            return
        last, newest = self._read[key], rows[-1][0]
        if key == self._wake or number(newest) > number(last):
            self._read[key] = newest
        for follower in self._followers.get(key, ()):
            follower.put(rows)

    def _all_look_again(self) -> None:
        for key in self._followers:
            self.look_again(key)


def number(stream_id: str) -> tuple[int, int]:
    """The order of entries: `1795559984332-0` as (1795559984332, 0)."""
    first, _, second = stream_id.partition("-")
    return int(first), int(second or 0)
