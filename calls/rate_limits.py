"""Lets every call that costs something take its turn within the provider's and the work's limits.

Text: `Turns.watched` stands around a question, `Turns.turn` before each of its calls. A picture or a sheet is one call
inside `Turns.call`; `Place` is that call at one of the work's own places, for `DrawingTerms.gate`. The turn is taken at
a place, not before it: a work that could book the turns of all its panels at once would keep every other work waiting
for minutes. Time-outs count inside the place, so that nobody's waiting counts.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from agents.retry import Clock
from calls.running_works import Desk
from manga.errors import TimeUsedUp
from providers.circuit_breaker import Breaker
from storage.base import Allowance, Api


@dataclass(frozen=True, slots=True)
class Models:
    """What this process knows of the models that it calls, all works together: who is left alone for a while, and how
    many calls of each are under way, at most `calls_at_once`. Who is in `told_back` is told each model that is called
    again after it was left alone."""

    calls_at_once: int = 40
    told_back: list[Callable[[str], None]] = field(default_factory=list, init=False)
    _breakers: dict[str, Breaker] = field(default_factory=dict, init=False)
    _bounds: dict[tuple[str, int], asyncio.Semaphore] = field(default_factory=dict, init=False)

    def breaker(self, model: str, clock: Clock) -> Breaker:
        return self._breakers.setdefault(model, Breaker(model, clock.monotonic, self._tell))

    def _tell(self, model: str) -> None:
        for told in self.told_back:
            told(model)

    def bound(self, model: str) -> asyncio.Semaphore:
        # A semaphore belongs to its event loop; `langgraph dev` runs a thread now in one, now in another.
        key = model, id(asyncio.get_running_loop())
        return self._bounds.setdefault(key, asyncio.Semaphore(self.calls_at_once))


@dataclass(frozen=True, slots=True)
class Turns:
    """Who may call when."""

    allowance: Allowance
    clock: Clock
    models: Models

    @asynccontextmanager
    async def watched(self, model: str) -> AsyncIterator[None]:
        """A call among at most so many. Raises LeftAlone while the model is left alone."""
        async with self.models.bound(model):
            with self.models.breaker(model, self.clock).watched():
                yield

    async def turn(self, api: Api, work: str, until: float | None = None) -> None:
        """Counts a call and waits until it may be made. Raises QuotaExhausted, and TimeUsedUp at once when the turn
        would come after `until` (of the clock)."""
        wait_s = await self.allowance.take(api, work)
        if until is not None and self.clock.monotonic() + wait_s >= until:
            raise TimeUsedUp
        if wait_s > 0:
            await self.clock.sleep(wait_s)

    @asynccontextmanager
    async def call(self, api: Api, model: str, work: str, until: float | None = None) -> AsyncIterator[None]:
        """One call: the breaker is asked first, then the allowance, then the clock."""
        async with self.watched(model):
            await self.turn(api, work, until)
            yield


@dataclass(slots=True)
class Place:
    """One of the work's places at the drawing table, and the turn of the call that is made there: an async context
    manager for one call after another. Whose turn comes too late does not take it: raises TimeUsedUp,
    QuotaExhausted, ProviderBusy."""

    desk: Desk
    clock: Clock
    call: Callable[[], AbstractAsyncContextManager[None]]
    _open: AsyncExitStack | None = field(default=None, init=False)

    async def __aenter__(self) -> None:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.desk.gate)
            self._check()
            await stack.enter_async_context(self.call())
            self._check()
            self._open = stack.pop_all()

    async def __aexit__(self, *error: object) -> None:
        open_, self._open = self._open, None
        if open_ is not None:
            await open_.__aexit__(*error)  # type: ignore[arg-type] # what Python gives is what it takes

    def _check(self) -> None:
        if self.desk.exhausted is not None:
            raise self.desk.exhausted
        if self.desk.deadline is not None and self.clock.monotonic() >= self.desk.deadline:
            raise TimeUsedUp


@asynccontextmanager
async def free_call() -> AsyncIterator[None]:
    """Of a model that costs nothing: no turn is taken."""
    yield
