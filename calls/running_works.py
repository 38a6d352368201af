"""What this process holds of each running work: its semaphore of pictures, its deadline, what its panels wait for.

Found by thread id. LangGraph's own `max_concurrency` is not used: it also holds back the writes of finished panels.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakKeyDictionary

from agents.retry import Clock, lasting
from calls.money import Purse
from calls.reference_pictures import AwaitedPictures
from manga.errors import MangaError, Then
from providers.process_pool import workers_here


class RunLimits(Protocol):
    """What a run may take, as far as calls go (`graph.context.RunOptions` has more)."""

    @property
    def tenant(self) -> str: ...

    @property
    def images_at_once(self) -> int: ...

    @property
    def max_cost_usd(self) -> float | None: ...

    @property
    def image_timeout_s(self) -> float: ...

    @property
    def working_seconds(self) -> float | None: ...

    @property
    def last_try(self) -> bool: ...


@dataclass(slots=True)
class Desk:
    """`pending` counts the panels still to come. `exhausted` is what makes every further call useless (a daily quota, a
    key that is refused): then no other panel tries. `waits_for` is what the deferred panels wait for."""

    gate: asyncio.Semaphore
    deadline: float | None = None
    exhausted: MangaError | None = None
    pending: int = 0
    tenant: str = "local"
    waits_for: MangaError | None = None
    purse: Purse = field(default_factory=Purse)
    awaited: AwaitedPictures = field(default_factory=AwaitedPictures)

    def affords_another(self, picture_usd: float | None) -> bool:
        """Is there money for one picture more than the panels still to come, among them the one that asks?"""
        return self.exhausted is None and self.purse.leaves(picture_usd, max(1, self.pending))

    def defer(self, error: MangaError) -> None:
        """A panel waits. Of several reasons the one counts that takes longest to go away."""
        if self.exhausted is None and lasting(error):
            self.exhausted = error
        if self.waits_for is None or _lasts(error) > _lasts(self.waits_for):
            self.waits_for = error


def _lasts(error: MangaError) -> tuple[bool, bool, float]:
    return error.then is Then.STOP, lasting(error), error.retry_after_s or 0.0


@dataclass(frozen=True, slots=True)
class Desks:
    """The desks of the works that run in this process."""

    clock: Clock
    _open: dict[tuple[str, int], Desk] = field(default_factory=dict)

    @contextmanager
    def opened(self, thread_id: str, options: RunLimits) -> Iterator[Desk]:
        """A fresh desk for one run."""
        key = _key(thread_id)
        self._open.pop(key, None)
        desk = self.at(thread_id, options)
        try:
            yield desk
        finally:
            if self._open.get(key) is desk:  # not the desk of a run that took over meanwhile
                del self._open[key]

    def at(self, thread_id: str, options: RunLimits) -> Desk:
        """The run's desk; made on first use where nobody opened one (`langgraph dev`)."""
        key = _key(thread_id)
        desk = self._open.get(key)
        if desk is None:
            limit = options.working_seconds
            deadline = None if limit is None else self.clock.monotonic() + limit
            gate, purse = asyncio.Semaphore(max(1, options.images_at_once)), Purse(options.max_cost_usd)
            desk = self._open[key] = Desk(gate, deadline, tenant=options.tenant, purse=purse)
        return desk


def _key(thread_id: str) -> tuple[str, int]:
    """A gate belongs to its event loop; `langgraph dev` runs a thread now in one, now in another."""
    return thread_id, id(asyncio.get_running_loop())


@dataclass(frozen=True, slots=True)
class Gates:
    """Lets so many works of this process through at once, those that came first. One for each event loop."""

    at_once: int
    _open: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = field(default_factory=WeakKeyDictionary)

    def gate(self) -> asyncio.Semaphore:
        """Of the event loop that runs."""
        return self._open.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self.at_once))


def presses() -> Gates:
    """For works that have a book's pages in memory: enough to keep every process that draws at work. More would be no
    sooner done, and a hundred books are a hundred times a book's bytes."""
    return Gates(workers_here() + 1)


def binderies() -> Gates:
    """For works that are read whole to become a book. Of these some wait for a model that proof-reads."""
    return Gates(8 * workers_here())
