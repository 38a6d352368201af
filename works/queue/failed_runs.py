"""What becomes of a run that an error ended: the work is parked and goes on by itself, or it has failed.

The error says which (`MangaError.then`) and, where it knows, how long to wait. A work that is parked again and again
without getting any further has a last try: then what waited becomes a placeholder, and what is no picture fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from agents.retry import LONGEST_WAIT_S
from manga.errors import MangaError, ProviderBusy, Retry, StorageFailed, Then
from manga.phases import Phase
from storage.base import EventType, Work, WorkStatus
from storage.database import Connection
from storage.provider_allowance import next_provider_day
from works.base import Ticket
from works.queue.job_queue import Timers
from works.run_journal import Journal
from works.work_json import error_of

MOST_PARKS: Final = 12
"""In a row without a new picture or version: three quarters of an hour when a provider is overloaded."""

BUSY_PAUSE_S: Final = 30.0
"""Of a provider that is overloaded and does not say for how long; twice as long after each pause in vain."""
LONGEST_BUSY_PAUSE_S: Final = 300.0
_PARKS: Final = "fruitless_parks"
_DONE: Final = "done_when_parked"
_DAY_S: Final = 86_400.0
_AFTER_MIDNIGHT_S: Final = 60.0


def utc_now() -> datetime:
    return datetime.now(UTC)


def resume_at(error: MangaError, now: datetime, parks: int = 1) -> datetime:
    """When the next try is worth it, after so many parks in a row. A wait of less than two minutes was waited for
    already, or is that of another limit (Google names one of seconds when the day's calls are used up)."""
    if error.retry_after_s is not None and error.retry_after_s > LONGEST_WAIT_S:
        return now + timedelta(seconds=min(error.retry_after_s, _DAY_S))
    if error.retry is Retry.NEVER:
        # Clocks differ, and a try before midnight would cost another day.
        return next_provider_day(now) + timedelta(seconds=_AFTER_MIDNIGHT_S)
    return now + timedelta(seconds=min(BUSY_PAUSE_S * 2.0 ** (parks - 1), LONGEST_BUSY_PAUSE_S))


def last_try(counters: Mapping[str, int]) -> bool:
    """Has the work been parked too often?"""
    return counters.get(_PARKS, 0) >= MOST_PARKS


@dataclass(frozen=True, slots=True)
class Parking:
    """Writes down how runs end. `timers` wake a work that is parked until a known time."""

    journal: Journal
    timers: Timers | None = None
    now: Callable[[], datetime] = utc_now

    async def after(self, ticket: Ticket, error: MangaError, phase: Phase | None) -> Work:
        """What follows from the error that ended the run in this phase."""
        waits = error.then is Then.PARK or (isinstance(error, StorageFailed) and not self._alone)
        if waits and not ticket.last_try:
            at = resume_at(error, self.now(), await self._count(ticket))
            error.remedy = self._way_on(ticket, at)
            return await self.park(ticket, error, at)
        if waits:
            error.remedy = f"It was tried {MOST_PARKS} times in vain. Try again later, or draw with the offline models."
        return await self._fail(ticket, error, phase)

    def _way_on(self, ticket: Ticket, at: datetime) -> str:
        when = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        if self.timers is not None and self.timers.alone:
            return f"The work is parked: from {when} on, `mangaka resume {ticket.work_id}` goes on with it."
        return f"Nothing to do: the work goes on by itself at {when}."

    async def stop(self, ticket: Ticket) -> Work:
        """This process stops. Another worker goes on at once; the work of a command waits until somebody resumes it."""
        return await self.park(ticket, at=None if self._alone else self.now())

    @property
    def _alone(self) -> bool:
        """Nobody else goes on with the work. In a service, a store that is full or away is somebody's to mend, and the
        work goes on when it is."""
        return self.timers is None or self.timers.alone

    async def park(self, ticket: Ticket, error: MangaError | None = None, at: datetime | None = None) -> Work:
        """The work waits: until a time, or (None) until somebody resumes it.

        One that has come to a review or to its end meanwhile stays there: woken, it would ask for its review twice.
        """

        async def set_timer(conn: Connection) -> None:
            if at is not None and self.timers is not None:
                await self.timers.wake(ticket.work_id, at, conn)

        told = {"resume_at": at.isoformat() if at else None, "code": error.code if error else None}
        # Of a busy model: `works.queue.wake_parked` looks for it.
        busy = {"model": error.model} if isinstance(error, ProviderBusy) and error.model else {}
        return await self.journal.change(
            ticket,
            EventType.PARKED,
            told,
            set_timer,
            only_from=WorkStatus.PROCESSING,
            status=WorkStatus.PARKED,
            resume_at=at,
            error=error_of(error) | busy if error else None,
        )

    async def forget(self, ticket: Ticket) -> None:
        """The parks so far count no more: the last try has begun."""
        counters = await self.journal.count(ticket, {})
        await self.journal.count(ticket, {_PARKS: -counters.get(_PARKS, 0)})

    async def _fail(self, ticket: Ticket, error: MangaError, phase: Phase | None) -> Work:
        found = error_of(error)
        found["phase"] = phase.value if phase else error.phase
        return await self.journal.change(
            ticket, EventType.FAILED, found, status=WorkStatus.FAILED, error=found, resume_at=None
        )

    async def _count(self, ticket: Ticket) -> int:
        """Parks in a row: one more, or the first of a new row when something was finished since the last."""
        counters = await self.journal.count(ticket, {})
        done = counters.get("images_drawn", 0) + len(await self.journal.versions(ticket.work_id))
        before, parks = counters.get(_DONE, 0), counters.get(_PARKS, 0)
        row = parks + 1 if done == before else 1
        await self.journal.count(ticket, {_PARKS: row - parks, _DONE: done - before})
        return row
