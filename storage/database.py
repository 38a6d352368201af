"""The PostgreSQL pool, and the translation of its failures into our own errors.

async with open_database(servers.database_url) as pool:
    async with transaction(pool) as conn:
        await works.set_status(conn, work_id, WorkStatus.PROCESSING)
"""

import asyncio
import re
import select
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection, waiting
from psycopg.abc import RV, PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import _WaitTimeout
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.waiting import Ready
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from manga.errors import DatabaseUnreachable, DiskFull, StorageFailed

Connection = AsyncConnection[DictRow]

CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_MS = 30_000
IDLE_IN_TRANSACTION_MS = 8_000
"""A process that was frozen in the middle of a transaction holds its locks no longer: others take its works over."""
TRANSACTION_MS = STATEMENT_TIMEOUT_MS + 2_000
"""The same for one that was frozen in the middle of a pipeline, whose server does not call itself idle while it waits
for the rest of it. A whole transaction has so long. PostgreSQL 17 and newer can tell."""
_KNOWS_TRANSACTION_TIMEOUT = 170_000
ANSWER_S = STATEMENT_TIMEOUT_MS / 1000 + 2.0
"""For an answer to one statement: the server itself ends it before, unless it is frozen or out of reach."""
CANCEL_S = 1.0
"""For the server to stop what nobody waits for any more; then its connection is given up."""
_CLOSED = "it is away"
CONNECTION_LOST: Final = (
    psycopg.OperationalError,
    psycopg.errors.IdleInTransactionSessionTimeout,
    psycopg.errors.TransactionTimeout,
)
"""No answer will come. psycopg calls the last two internal errors, though this process was too slow, and the server
ended its connection."""


@dataclass(slots=True, eq=False)
class Door:
    """Closed while the database is known to be away: who waits for a connection or an answer, or comes for one, is sent
    away at once. Who knows it says so (`storage.database_health`); a door that nobody closes is open."""

    closed: bool = False
    heard_at: float = float("-inf")
    """When the database last answered a connection of the pool, by the monotonic clock."""
    _waiting: set[asyncio.Timeout] = field(default_factory=set)

    def close(self) -> None:
        self.closed = True
        for waits in self._waiting:
            waits.reschedule(0)  # a time that is past

    def open(self) -> None:
        self.closed = False

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Around the wait. Raises `PoolTimeout` when the door is closed, also meanwhile."""
        if self.closed:
            raise PoolTimeout(_CLOSED)
        waits = asyncio.timeout(None)
        try:
            async with waits:
                self._waiting.add(waits)
                yield
        except TimeoutError:
            raise PoolTimeout(_CLOSED) from None
        finally:
            self._waiting.discard(waits)


class TimedConnection(AsyncConnection[Any]):
    """Waits for no answer longer than `answer_s` (None: for ever, as a listener does), nor behind a closed door. Then
    it is closed. psycopg's own waits for a frozen server without an end, and ten seconds when it is cancelled."""

    door: Door | None = None
    answer_s: float | None = None

    async def wait(
        self,
        gen: PQGen[RV],
        interval: float = 0.1,
        timeout: float | None = None,  # noqa: ASYNC109 - psycopg's
    ) -> RV:
        """Raises `OperationalError` where no answer comes."""
        door, limit = self.door or Door(), self.answer_s if timeout is None else timeout
        try:
            async with door.passing():
                asked = _noted(gen, door)
                found = await waiting.wait_async(asked, self.pgconn.socket, interval=interval, timeout=limit)
        except PoolTimeout:
            self.pgconn.finish()
            raise psycopg.OperationalError(_CLOSED) from None
        except _WaitTimeout:
            if timeout is not None:  # the caller's own limit, of notices
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"it gave no answer in {limit:g} s") from None
        except (asyncio.CancelledError, KeyboardInterrupt):
            await self._give_up(gen, interval)
            raise
        return found

    async def _give_up(self, gen: PQGen[Any], interval: float) -> None:
        """What is under way is stopped in the server, or left to it."""
        if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
            return
        try:
            await self.cancel_safe(timeout=CANCEL_S)
            await waiting.wait_async(gen, self.pgconn.socket, interval=interval, timeout=CANCEL_S)
        except psycopg.errors.QueryCanceled:
            return
        except BaseException as error:
            self.pgconn.finish()  # nobody knows what it is doing
            if not isinstance(error, Exception):
                raise


def _noted(gen: PQGen[RV], door: Door) -> PQGen[RV]:
    """The same, and when the server has said something. Much that is waited for asks the server nothing."""
    heard, ready = False, None
    while True:
        try:
            wanted = next(gen) if ready is None else gen.send(ready)
        except StopIteration as ended:
            if heard:
                door.heard_at = time.monotonic()
            found: RV = ended.value
            return found
        ready = yield wanted
        heard = heard or bool(ready & Ready.R)


class Pool(AsyncConnectionPool[Connection]):
    """Connections to one database, behind a door, which may be that of another pool."""

    def __init__(self, *told: Any, door: Door | None = None, **named: Any) -> None:
        self.door = door or Door()
        super().__init__(*told, connection_class=TimedConnection, **named)

    async def getconn(self, timeout: float | None = None) -> Connection:  # noqa: ASYNC109 - psycopg's
        """Raises `PoolTimeout`, at once while the door is closed."""
        async with self.door.passing():
            conn = await super().getconn(timeout)
        if isinstance(conn, TimedConnection):
            conn.door, conn.answer_s = self.door, ANSWER_S
        return conn


def new_pool(url: str, *, max_size: int = 8, timeout_s: float = 10.0) -> Pool:
    """A pool that is not open yet. Its connections are fit for `AsyncPostgresSaver` (autocommit, statements
    prepared at once, dict rows) and are checked when they are handed out, so it heals after a restart of the server."""
    return Pool(
        url,
        kwargs={
            "autocommit": True,
            "prepare_threshold": 0,
            "row_factory": dict_row,
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "mangaka",
        },
        configure=_configure,
        check=_checked,
        min_size=1,
        max_size=max_size,
        timeout=timeout_s,
        max_idle=60.0,
        reconnect_timeout=30.0,
        open=False,
        name="mangaka",
    )


async def _checked(conn: Connection) -> None:
    """Raises `OperationalError` for a connection whose server is gone. A server that ends says so on the socket; where
    nothing waits there, asking it would cost every use a round trip."""
    if _something_waits(conn.fileno()):
        await Pool.check_connection(conn)


def _something_waits(socket: int) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return True
    poller = select.poll()
    poller.register(socket, select.POLLIN)
    return bool(poller.poll(0))


async def _configure(conn: Connection) -> None:
    # By SET, because a transaction pooler refuses `options` at start-up.
    await conn.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT_MS}")
    await limit_transactions(conn)


async def limit_transactions(conn: AsyncConnection[Any]) -> None:
    """The server ends a transaction of somebody who does not go on with it."""
    await conn.execute(f"SET idle_in_transaction_session_timeout = {IDLE_IN_TRANSACTION_MS}")
    if conn.info.server_version >= _KNOWS_TRANSACTION_TIMEOUT:
        await conn.execute(f"SET transaction_timeout = {TRANSACTION_MS}")


@asynccontextmanager
async def open_database(url: str, *, max_size: int = 8, timeout_s: float = 10.0) -> AsyncIterator[Pool]:
    """The open pool; raises `DatabaseUnreachable` within `timeout_s` when the server does not answer."""
    await check_answers(url)
    pool = new_pool(url, max_size=max_size, timeout_s=timeout_s)
    with translated(url):
        await pool.open(wait=True, timeout=timeout_s)
    try:
        yield pool
    finally:
        await pool.close(timeout=5.0)


async def check_answers(url: str) -> None:
    """Connects once. The pool itself would hide the reason behind its own time-out. Raises `DatabaseUnreachable`."""
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        # The text is not shown: what cannot be read may hold a password anywhere.
        raise DatabaseUnreachable("MANGA_DATABASE_URL is not a PostgreSQL URL: postgresql://user@host/name.") from error
    with translated(url):
        conn = await AsyncConnection.connect(url, connect_timeout=CONNECT_TIMEOUT_S)
        await conn.close()


@asynccontextmanager
async def connection(pool: Pool) -> AsyncIterator[Connection]:
    """One connection, each statement its own transaction. Raises `DatabaseUnreachable`, `DiskFull`."""
    with translated(str(pool.conninfo)), crowded(pool):
        async with pool.connection() as conn:
            yield conn


@contextmanager
def crowded(pool: Pool) -> Iterator[None]:
    """Says so where a connection was waited for in vain although the database answers."""
    try:
        yield
    except PoolTimeout as error:
        if pool.door.closed or time.monotonic() - pool.door.heard_at > 2 * pool.timeout:
            raise
        raise DatabaseUnreachable(
            f"All {pool.max_size} connections to the database have been in use for {pool.timeout:g} s.",
            remedy="Try again. If it goes on: fewer works at once in a process, or more processes.",
        ) from error


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """One connection in one transaction: all or nothing. Raises `DatabaseUnreachable`, `DiskFull`."""
    async with connection(pool) as conn, conn.transaction():
        yield conn


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turns the driver's failures of the *server* into ours. Mistakes in SQL stay psycopg errors: they are bugs."""
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise DiskFull("The database's disk is full.") from error
    except psycopg.errors.QueryCanceled as error:
        raise StorageFailed(f"The database took too long: {first_line(error)}") from error
    except (*CONNECTION_LOST, PoolTimeout) as error:
        raise DatabaseUnreachable(f"The database at {shown(url)} does not answer: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line that says something, with any password taken out."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return shown(lines[0]) if lines else type(error).__name__


def shown(url: str) -> str:
    """The URL or connection string as it may be shown: without its password, in any of the forms that libpq takes."""
    url = re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", url)
    return re.sub(r"(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^&\s]+)", r"\1***", url, flags=re.IGNORECASE)
