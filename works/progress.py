"""Tells of pictures beside their run: those that are finished while others are written down go together after them.

Each has an event of its own, in order. Whatever else a run writes down waits until all are (`settled`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from graph.events import ImageProgress
from manga.errors import MangaError
from manga.phases import Phase
from works.base import Ticket
from works.journal import Journal
from works.queue.task_ending import end


@dataclass(slots=True)
class Progress:
    """Of one run. `heard` is told of each picture after it was written down."""

    journal: Journal
    ticket: Ticket
    heard: Callable[[ImageProgress], Awaitable[None]]
    _waiting: list[ImageProgress] = field(default_factory=list)
    _writing: "asyncio.Task[None] | None" = None

    async def __aenter__(self) -> "Progress":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What was told is written, also of a run that failed; nothing more of one that was cancelled."""
        if kind is None:
            await self.settled()
        elif issubclass(kind, Exception):
            with suppress(MangaError):
                await self.settled()
        elif self._writing is not None:
            await end(self._writing)

    async def tell(self, event: ImageProgress) -> None:
        """One more. Raises what kept others before it from being written."""
        if self._writing is not None and self._writing.done():
            await self.settled()
        self._waiting.append(event)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def settled(self) -> None:
        """All are written. Raises what kept one from it: `Fenced`, `DatabaseUnreachable`, ..."""
        writing = self._writing
        if writing is None:
            return
        await asyncio.wait((writing,))
        self._writing = None
        await writing

    async def _write(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, []
            numbers = [event.completed for event in told]
            await self.journal.progress(self.ticket, Phase.ARTWORK, numbers, told[-1].total)
            for event in told:
                await self.heard(event)
