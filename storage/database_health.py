"""Does the database answer? Three questions a second, over a connection of its own: neither a pool that is busy nor one
that waits for a server that is gone is taken for an answer.

Whoever asks how things are is told the last answer. When a question had none, the doors of the pools are closed,
until there is one: requests are told at once, and whoever waits for an answer waits no longer. A restart that takes a
moment closes none. Nor does an answer that was too late while the pools had theirs, or while this process did nothing
else either: then it is this process, or its machine, that is busy.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from psycopg import Error
from psycopg.errors import UndefinedTable

from storage.database import CONNECT_TIMEOUT_S, Door, TimedConnection
from storage.migrate import load_migrations

EVERY_S: Final = 0.3
HASTE_S: Final = 0.2
"""Between two questions while there is no answer."""
PATIENCE_S: Final = 1.2
"""For one answer, of time in which this process could have heard it."""
TICK_S: Final = 0.1
"""It looks whether there is an answer so often."""
MOST_TICK_S: Final = 0.2
"""However long this process did not come round meanwhile, no more of its patience is used up at once."""
AWAY_S: Final = 1.2
"""Refused for so long."""
KNOWN_S: Final = max(EVERY_S + PATIENCE_S + TICK_S, EVERY_S + AWAY_S + HASTE_S)
"""So soon the doors are closed after a database is frozen, or refuses, where this process comes round in time."""
STALE_S: Final = 6.0
"""An answer so old is none."""
OK: Final = "ok"
OLDER: Final = "tables of an older release"
_NEWEST: Final = "SELECT max(number) FROM mangaka_migrations"

log = logging.getLogger("mangaka.database")


async def wait_for_answer(asking: "asyncio.Future[Any]", patience_s: float) -> float:
    """Until it is done, or for so long as this process could have heard of it. Answers how much later than it meant to
    this process came round, seconds."""
    late, left = 0.0, patience_s
    while left > 0:
        since = time.monotonic()
        if (await asyncio.wait((asking,), timeout=TICK_S))[0]:
            break
        took = time.monotonic() - since
        left -= min(took, MOST_TICK_S)
        late += took - TICK_S
    return late


@dataclass(slots=True, eq=False)
class Pulse:
    """What is known of one database. `doors` are closed while it is away."""

    url: str = field(repr=False)
    doors: Sequence[Door] = ()
    told: str = "not asked yet"
    """`ok`, or what is wrong."""
    release: int = field(default_factory=lambda: max(migration.number for migration in load_migrations()))
    """The newest table change that this program knows."""
    late_s: float = 0.0
    """How much later than it meant to this process came round during the last question."""
    _at: float = field(default_factory=time.monotonic)
    _silent_since: float | None = None
    _conn: TimedConnection | None = None

    @property
    def state(self) -> str:
        """`ok`, or what is wrong. An answer that is old is none."""
        return self.told if time.monotonic() - self._at < STALE_S else "TimeoutError"

    async def run(self) -> None:
        """For ever."""
        while True:
            await self.ask()
            await asyncio.sleep(EVERY_S if self._silent_since is None else HASTE_S)

    async def ask(self) -> str:
        """One question. Answers what `state` tells from now on."""
        asked = time.monotonic()
        try:
            self.told = await self._in_time()
        except UndefinedTable:
            self.told = OLDER
        except (Error, OSError) as error:
            await self.close()
            # In the second half: what was heard at its beginning may be from before a freeze.
            if any(door.heard_at >= (asked + time.monotonic()) / 2 for door in self.doors):
                self._heard()
            else:
                self._silent(asked, type(error).__name__)
            return self.told
        self._heard()
        return self.told

    async def _in_time(self) -> str:
        """Raises `TimeoutError` where there is no answer."""
        asking = asyncio.create_task(self._asked())
        try:
            self.late_s = await wait_for_answer(asking, PATIENCE_S)
            if asking.done():
                return asking.result()
            raise TimeoutError
        finally:
            if not asking.done():
                await self._leave(asking)

    async def _leave(self, asking: "asyncio.Task[str]") -> None:
        if self._conn is not None and self._conn.door is not None:
            self._conn.door.close()  # no cancellation: a frozen server would be asked to stop, and waited for
        else:
            asking.cancel()
        await asyncio.wait((asking,))
        if not asking.cancelled():
            asking.exception()  # looked at

    async def _asked(self) -> str:
        if self._conn is None:
            self._conn = await TimedConnection.connect(
                self.url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, application_name="mangaka pulse"
            )
            self._conn.door = Door()
        row = await (await self._conn.execute(_NEWEST)).fetchone()
        return OK if row is not None and row[0] is not None and row[0] >= self.release else OLDER

    def _silent(self, asked: float, what: str) -> None:
        self.told, self._at = what, time.monotonic()
        if self._silent_since is None:
            self._silent_since = asked
        patience = 0.0 if what == TimeoutError.__name__ else AWAY_S
        if self._at - self._silent_since >= patience and not all(door.closed for door in self.doors):
            log.warning(
                "the database does not answer (%s, this process was %.1f s late): requests are refused until it does",
                *(what, self.late_s),
            )
            for door in self.doors:
                door.close()

    def _heard(self) -> None:
        self._at, self._silent_since = time.monotonic(), None
        if any(door.closed for door in self.doors):
            log.warning("the database answers again")
            for door in self.doors:
                door.open()

    async def close(self) -> None:
        """Its connection. The next question opens another."""
        conn, self._conn = self._conn, None
        if conn is not None:
            with suppress(Error, OSError):
                await conn.close()
