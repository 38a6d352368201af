"""Who calls a tool, what the tool works with, and what may go in and out.

Over HTTP a caller is whom the guards let in, with the tenant and role of the token; over stdio the person of this
machine. Both have the limits of the service's routes.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID

from pydantic import ValidationError

from manga.errors import UserError
from manga.values import Value, on_one_line
from server.security.body_validation import check_values
from server.security.concurrency_limits import Seats
from server.security.identity import Principal
from storage.base import Work
from storage.database import connection
from storage.works import read_work
from works.composition import House
from works.delivery.exports import Desk, ExportFile

MOST_TEXT: Final = 60_000
"""Characters of one answer's JSON or text."""
MOST_ARGUMENTS: Final = 1_000_000
"""Characters of one call's arguments."""
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one file that comes as a resource."""
LONGEST_WAIT_S: Final = 25
PAUSES_S: Final = (0.1, 0.25, 0.5, 1.0)
"""Between two looks at a work; the last is kept up."""

HandOver: TypeAlias = Callable[[ExportFile, str], Awaitable[str]]
"""Where an exported file can be had: a link or a path. In: the file, the address that the caller reached us by."""
V = TypeVar("V", bound=Value)
T = TypeVar("T")


class ArgumentsRejected(UserError):
    """The arguments of this tool cannot be used."""

    code = "arguments_rejected"
    http_status = 422
    default_remedy = "Call it again as its input schema says."


class AnswerTooLong(UserError):
    """The answer is longer than an agent should read at once."""

    code = "answer_too_long"
    http_status = 422
    default_remedy = "Ask for less: fewer pages, one phase, an `offset`."


@dataclass(frozen=True, slots=True)
class Backend:
    """What tools of every caller work with. `streams` counts calls that wait beside streams; `accepting` bounds works
    that are accepted at once."""

    house: House
    streams: Seats
    accepting: asyncio.Semaphore
    works_a_day: int
    stopping: asyncio.Event
    hand_over: HandOver


@dataclass(frozen=True, slots=True)
class Caller:
    """`base` is the address that it reached us by; empty over stdio."""

    backend: Backend
    who: Principal
    base: str = ""

    @property
    def house(self) -> House:
        return self.backend.house

    @property
    def tenant(self) -> str:
        return self.who.tenant

    @property
    def desk(self) -> Desk:
        """With what its exports are made."""
        return Desk(self.house.pool, self.house.runner.blobs, self.house.offload, self.tenant)

    async def work(self, work_id: UUID) -> Work:
        """Raises `NotFound`, also for another tenant's."""
        async with connection(self.house.pool) as conn:
            return await read_work(conn, work_id, tenant=self.tenant)

    async def wait(self, seconds: float, look: Callable[[], Awaitable[T | None]]) -> T | None:
        """What `look` finds within so many seconds; it is asked at least once. Raises `TooManyStreams`."""
        if (found := await look()) is not None or not seconds:
            return found
        with self.backend.streams.taken_by(self.tenant):
            async for _ in _moments(seconds, self.backend.stopping):
                if (found := await look()) is not None:
                    return found
        return None


async def _moments(seconds: float, stopping: asyncio.Event) -> AsyncIterator[None]:
    """So many seconds long, until the process stops."""
    loop = asyncio.get_running_loop()
    end, number = loop.time() + min(seconds, LONGEST_WAIT_S), 0
    while (left := end - loop.time()) > 0 and not stopping.is_set():
        pause = min(PAUSES_S[min(number, len(PAUSES_S) - 1)], left)
        number += 1
        await asyncio.sleep(pause)
        yield


def read_arguments(kind: type[V], sent: Mapping[str, Any]) -> V:
    """Raises `ArgumentsRejected` that names the field, `UserError` for text that nobody can keep."""
    check_values(dict(sent))
    if len(json.dumps(sent)) > MOST_ARGUMENTS:
        raise ArgumentsRejected(f"Arguments have at most {MOST_ARGUMENTS} characters.")
    try:
        return kind.of(dict(sent))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = on_one_line(".".join(map(str, first["loc"])))[:120] or "arguments"
        raise ArgumentsRejected(f"{where}: {first['msg']}.", element=where) from error


def written(data: object) -> str:
    """As JSON. Raises `AnswerTooLong`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_TEXT:
        raise AnswerTooLong(f"The answer would have {len(text)} characters; {MOST_TEXT} is the most.")
    return text


def cut(text: object, most: int = 300) -> str:
    """Somebody else's words on one line and not too long."""
    plain = on_one_line(str(text))
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
