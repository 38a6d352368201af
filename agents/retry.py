"""Retries calls: the error says whether (`MangaError.retry`), the phase's policy says how often and when.

The clock is passed in, so tests wait for nothing and jitter is known.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from manga.errors import LeftAlone, MangaError, ProviderError, Retry
from manga.phases import Phase

R = TypeVar("R")

LONGEST_WAIT_S = 120.0
"""A provider that wants to be left alone for longer is not waited for: that would hold a process for nothing."""


class Clock(Protocol):
    """Time, as far as anything here depends on it."""

    def monotonic(self) -> float: ...

    def jitter(self) -> float:
        """A number in 0..1, new at each call."""
        ...

    async def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Backoff:
    """`min(base * 2**n, max)` plus up to a tenth of it, `retries` times."""

    base_s: float
    max_s: float
    retries: int = 3

    def wait_s(self, attempt: int, jitter: float) -> float:
        """Before the next try, after `attempt` (0-based) failed."""
        return min(self.base_s * 2.0**attempt, self.max_s) * (1.0 + 0.1 * jitter)


TEXT = Backoff(base_s=1.0, max_s=30.0)
SLOW_TEXT = Backoff(base_s=2.0, max_s=30.0)
PICTURE = Backoff(base_s=5.0, max_s=60.0)
POLICIES: dict[Phase, Backoff] = {
    phase: SLOW_TEXT if phase in (Phase.CHARACTERS, Phase.FINISHING) else TEXT for phase in Phase
} | {Phase.ARTWORK: PICTURE}


def lasting(error: MangaError) -> bool:
    """Would the next call, made soon, end the same way?"""
    return error.retry is Retry.NEVER or (error.retry_after_s or 0.0) > LONGEST_WAIT_S


def pause_after(error: MangaError, attempt: int, policy: Backoff, clock: Clock) -> float | None:
    """How long to wait before the next try, in seconds; None when there is to be none. The provider's own word on it
    counts: alone after a limit of calls (`Retry.WAIT`), else as the least. A call that was not made (`LeftAlone`) uses
    up no try; who waits for the model too long is told by its time (`lasting`)."""
    if lasting(error) or (attempt >= policy.retries and not isinstance(error, LeftAlone)):
        return None
    jitter = clock.jitter()
    backoff, said = policy.wait_s(attempt, jitter), (error.retry_after_s or 0.0) * (1.0 + 0.1 * jitter)
    waits = error.retry is Retry.WAIT or isinstance(error, LeftAlone)
    return said if said > 0 and waits else max(said, backoff)


async def retried(call: Callable[[], Awaitable[R]], policy: Backoff, clock: Clock) -> R:
    """The call's answer. A provider's failure is tried again as the policy says, then raised."""
    attempt = 0
    while True:
        try:
            return await call()
        except ProviderError as error:
            pause = pause_after(error, attempt, policy, clock)
            if pause is None:
                raise
            attempt += not isinstance(error, LeftAlone)
        await clock.sleep(pause)
