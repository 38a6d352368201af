"""How many pictures are read, and how many streams are open, at the same time: in one process, and of one tenant."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from manga.errors import MangaError

AT_ONCE: Final = 3
A_TENANT: Final = 2
PATIENCE_S: Final = 20.0
RETRY_S: Final = 5.0


class TooManyPictures(MangaError):
    """Your tenant sends too many pictures at the same time."""

    code = "too_many_pictures"
    http_status = 429
    default_remedy = "Send one after another."


class IntakeBusy(MangaError):
    """Others send pictures at the moment."""

    code = "busy"
    http_status = 503
    default_remedy = "Send it again in a few seconds."


@dataclass(slots=True)
class Intake:
    """`a_tenant` of one may be here, waiting or read; `at_once` of all are read."""

    at_once: int = AT_ONCE
    a_tenant: int = A_TENANT
    patience_s: float = PATIENCE_S
    _here: Counter[str] = field(default_factory=Counter, init=False)
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.at_once)

    @asynccontextmanager
    async def place(self, tenant: str) -> AsyncIterator[None]:
        """While a body is read and worked on. Raises `TooManyPictures`, `IntakeBusy`."""
        if self._here[tenant] >= self.a_tenant:
            raise TooManyPictures(f"{self.a_tenant} pictures of your tenant are on their way.", retry_after_s=RETRY_S)
        self._here[tenant] += 1
        try:
            async with self._waited_for():
                yield
        finally:
            self._here[tenant] -= 1
            if not self._here[tenant]:
                del self._here[tenant]

    @asynccontextmanager
    async def _waited_for(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self.patience_s):
                await self._places.acquire()
        except TimeoutError:
            raise IntakeBusy(retry_after_s=RETRY_S) from None
        try:
            yield
        finally:
            self._places.release()


class TooManyStreams(MangaError):
    """Your tenant has as many streams open as it may."""

    code = "too_many_streams"
    http_status = 429
    default_remedy = "Close a stream; one for each work that somebody looks at is enough."


@dataclass(slots=True)
class Seats:
    """One for every stream."""

    most: int
    _taken: Counter[str] = field(default_factory=Counter)

    @property
    def taken(self) -> int:
        """Of all tenants."""
        return self._taken.total()

    @contextmanager
    def taken_by(self, tenant: str) -> Iterator[None]:
        """While its stream is open. Raises `TooManyStreams`."""
        if self._taken[tenant] >= self.most:
            raise TooManyStreams(
                f"Your tenant has {self.most} streams open here, and may not have more.", retry_after_s=RETRY_S
            )
        self._taken[tenant] += 1
        try:
            yield
        finally:
            self._taken[tenant] -= 1
            if not self._taken[tenant]:
                del self._taken[tenant]
