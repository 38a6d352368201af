"""Writes in one transaction what several works write at the same moment.

Each writer waits until its own is committed, and nothing of a work is written that another worker has taken over. A
work whose fence somebody holds at that moment, and a statement that fails, keep nobody else waiting: they are tried
alone.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from uuid import UUID

from psycopg import AsyncCursor, Error
from psycopg.abc import Query
from psycopg.rows import DictRow

from manga.errors import Fenced
from storage.database import Connection, Pool, connection
from storage.works import check_epoch

MOST: Final = 64
"""Writers in one transaction: what the last of them waits for stays short."""

Rows: TypeAlias = tuple[Query, Sequence[Sequence[Any]]]
"""A statement, and the parameters of each of its executions."""

_EPOCHS: Final = "SELECT work_id, epoch FROM work_epochs WHERE work_id = ANY(%s) ORDER BY work_id FOR SHARE SKIP LOCKED"


@dataclass(frozen=True, slots=True)
class _Wish:
    work_id: UUID
    epoch: int
    statements: Sequence[Rows]
    done: "asyncio.Future[None]"

    def fulfilled(self) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def failed(self, error: BaseException) -> None:
        if not self.done.done():
            self.done.set_exception(error)


@dataclass(slots=True)
class Together:
    """Writers of one process."""

    pool: Pool
    _waiting: list[_Wish] = field(default_factory=list)
    _writing: "asyncio.Task[None] | None" = None
    _alone: "set[asyncio.Task[None]]" = field(default_factory=set)

    async def write(self, work_id: UUID, epoch: int, statements: Sequence[Rows]) -> None:
        """Committed when it returns. Raises `Fenced`, `DatabaseUnreachable`, ..."""
        wish = _Wish(work_id, epoch, statements, asyncio.get_running_loop().create_future())
        self._waiting.append(wish)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await wish.done

    async def settled(self) -> None:
        """What was begun is over: before the pool is closed."""
        while tasks := [task for task in (self._writing, *self._alone) if task is not None]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                # Whoever was cancelled meanwhile does not wait any more, and nobody knows of its write.
                wishes = [wish for wish in self._waiting[:MOST] if not wish.done.done()]
                del self._waiting[:MOST]
                if wishes:
                    await self._write(wishes)
        finally:
            self._writing = None

    async def _write(self, wishes: Sequence[_Wish]) -> None:
        try:
            left = await self._committed(wishes)
        except Error:  # one of the statements: the others are not to suffer from it
            left = list(wishes)
        except BaseException as error:
            for wish in wishes:
                wish.failed(error)
            if not isinstance(error, Exception):
                raise
            return
        for wish in left:
            task = asyncio.create_task(self._write_alone(wish))
            self._alone.add(task)
            task.add_done_callback(self._alone.discard)

    async def _committed(self, wishes: Sequence[_Wish]) -> list[_Wish]:
        """Answers those whose fence is held by somebody else."""
        async with connection(self.pool) as conn, conn.pipeline(), conn.transaction():
            rows = await (await conn.execute(_EPOCHS, (list({wish.work_id for wish in wishes}),))).fetchall()
            epochs = {row["work_id"]: row["epoch"] for row in rows}
            rightful = [wish for wish in wishes if epochs.get(wish.work_id) == wish.epoch]
            await _execute(conn, [statement for wish in rightful for statement in wish.statements])
        for wish in wishes:
            if wish.work_id in epochs and epochs[wish.work_id] != wish.epoch:
                wish.failed(Fenced(f"Another worker has taken the work {wish.work_id} over."))
        for wish in rightful:
            wish.fulfilled()
        return [wish for wish in wishes if wish.work_id not in epochs]

    async def _write_alone(self, wish: _Wish) -> None:
        try:
            async with connection(self.pool) as conn, conn.transaction():
                await check_epoch(conn, wish.work_id, wish.epoch)
                await _execute(conn, wish.statements)
        except BaseException as error:
            wish.failed(error)
            if not isinstance(error, Exception):
                raise
        else:
            wish.fulfilled()


async def _execute(conn: Connection, statements: Sequence[Rows]) -> None:
    """Executions of one statement go together, in the order in which they came."""
    found: dict[Query, list[Sequence[Any]]] = {}
    for query, rows in statements:
        found.setdefault(query, []).extend(rows)
    cursor: AsyncCursor[DictRow]
    async with conn.cursor(binary=True) as cursor:
        for query, executions in found.items():
            if not executions:
                continue
            await cursor.executemany(query, executions)
