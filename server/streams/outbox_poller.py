"""Polls the outbox once a second for all streams of a replica, for events that Redis did not tell.

Events never reach Redis when it is away or was emptied, or a relay died. Whoever follows such a work is told to read it
from PostgreSQL: at once while Redis is away; else when an event that one look saw has not come before the next.
"""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from manga.errors import MangaError
from server.streams.redis_hub import Follower, Hub
from storage.database import Pool, connection
from storage.event_outbox import read_stale

EVERY_S: Final = 1.0
log = logging.getLogger("mangaka.server")


@dataclass(slots=True, eq=False)
class OutboxPlace:
    """How far one reader of a work has come: the id of the last event it has."""

    work_id: UUID
    follower: Follower
    last: int


@dataclass(slots=True)
class Watch:
    """Over the works that this replica follows."""

    pool: Pool
    hub: Hub
    every_s: float = EVERY_S
    looks: int = 0
    """How often the database was asked."""
    _places: set[OutboxPlace] = field(default_factory=set)
    _seen: Mapping[UUID, float] = field(default_factory=dict)
    """The newest event that the last look saw of works whose streams did not have it."""

    async def run(self, draining: asyncio.Event) -> None:
        """Until the service stops; then every reader is woken, to see it."""
        while not draining.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(draining.wait(), self.every_s)
                break
            try:
                await self.look()
            except MangaError as error:
                level = logging.DEBUG if self.pool.door.closed else logging.WARNING  # that is told once
                log.log(level, "the outbox was not looked at: %s", error.code)
        for place in self._places:
            place.follower.look_again()

    async def look(self) -> None:
        """Wakes those whose work has more than they have, or is not there any more. Raises `DatabaseUnreachable`."""
        lowest: dict[UUID, int] = {}
        for place in self._places:
            lowest[place.work_id] = min(place.last, lowest.get(place.work_id, place.last))
        if not lowest:
            self._seen = {}
            return
        self.looks += 1
        async with connection(self.pool) as conn:
            newest = await read_stale(conn, lowest)
        overdue = newest if self.hub.away else self._seen
        for place in self._places:
            if overdue.get(place.work_id, 0) > place.last:
                place.follower.look_again()
        self._seen = newest

    @contextmanager
    def kept(self, work_id: UUID, follower: Follower, last: int) -> Iterator[OutboxPlace]:
        """Watches over a reader while it reads."""
        place = OutboxPlace(work_id, follower, last)
        self._places.add(place)
        try:
            yield place
        finally:
            self._places.discard(place)
