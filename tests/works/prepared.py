"""Works that several tests begin with, made once a run: their rows and objects are laid into each test's own
database and folder, and whoever goes on with them is somebody new, as after a restart."""

import pickle
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from psycopg import sql

from storage.database import Pool, connection, transaction
from tests.shared_work import alone, found, keep
from tests.works.desk import BLOBS, Desk, desk_at

Make = Callable[[Pool, Path], Awaitable[Desk]]
_TABLES = """SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND pg_relation_size(oid) > 0 AND relname !~ '_migrations$'"""
_SEQUENCES = "SELECT sequencename AS name, last_value AS at FROM pg_sequences WHERE last_value IS NOT NULL"


@dataclass(frozen=True)
class Prepared:
    """`tables`: all rows as PostgreSQL copies them; `sequences`: their last numbers; `objects` by path."""

    work_id: UUID
    tables: dict[str, bytes]
    sequences: dict[str, int]
    objects: dict[Path, bytes]


_made: dict[Make, Prepared] = {}


async def prepared(pool: Pool, tmp_path: Path, make: Make) -> Desk:
    """As `make` leaves the work, of which there is no other in this database."""
    name = f"{make.__module__}.{make.__qualname__}"
    if make not in _made:
        with alone(name):
            if (kept := found(name)) is None:
                work_id = (await make(pool, tmp_path)).work_id
                keep(name, pickle.dumps(await _taken(work_id, pool, tmp_path)))
                return await desk_at(pool, tmp_path, work_id)
        _made[make] = pickle.loads(kept)  # noqa: S301 - our own
    await _lay(_made[make], pool, tmp_path)
    return await desk_at(pool, tmp_path, _made[make].work_id)


async def _taken(work_id: UUID, pool: Pool, tmp_path: Path) -> Prepared:
    tables: dict[str, bytes] = {}
    async with connection(pool) as conn:
        for row in await (await conn.execute(_TABLES)).fetchall():
            copying = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(row["name"]))
            async with conn.cursor().copy(copying) as rows:
                tables[row["name"]] = b"".join([bytes(part) async for part in rows])
        numbers = await (await conn.execute(_SEQUENCES)).fetchall()
    files = [path for path in (tmp_path / BLOBS).rglob("*") if path.is_file()]
    objects = {path.relative_to(tmp_path): path.read_bytes() for path in files}
    return Prepared(work_id, tables, {row["name"]: row["at"] for row in numbers}, objects)


async def _lay(it: Prepared, pool: Pool, tmp_path: Path) -> None:
    async with transaction(pool) as conn:
        await conn.execute("SET LOCAL session_replication_role = replica")  # rows come in no order, and tell nobody
        for name, data in it.tables.items():
            async with conn.cursor().copy(
                sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(name))
            ) as to:
                await to.write(data)
        for name, at in it.sequences.items():
            await conn.execute("SELECT setval(%s::regclass, %s)", (name, at))
    for path, data in it.objects.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
