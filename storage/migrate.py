"""Migrates the database by numbered SQL files, each once, in order, in its own transaction."""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

from manga.errors import StorageFailed
from storage.database import Connection, Pool, connection

_LOCK = "SELECT {}(hashtextextended('mangaka:migrate', 0))"


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered SQL file."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the SQL, in hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def load_migrations() -> tuple[Migration, ...]:
    """The files `storage/migrations/NNNN_name.sql`, by number."""
    found = [
        Migration(int(match[1]), match[2], file.read_text(encoding="utf-8"))
        for file in files("storage").joinpath("migrations").iterdir()
        if (match := re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name))
    ]
    return tuple(sorted(found, key=lambda migration: migration.number))


async def migrate(pool: Pool) -> list[Migration]:
    """Brings the database up to date and answers what was applied now.

    Raises `StorageFailed` when an applied file has changed since, or when the database is newer than this program.
    """
    migrations = load_migrations()
    async with connection(pool) as conn:
        if not await _missing(conn, migrations):
            return []
        await conn.execute(_LOCK.format("pg_advisory_lock"))
        try:
            pending = await _missing(conn, migrations)
            for migration in pending:
                await _apply(conn, migration)
        finally:
            await conn.execute(_LOCK.format("pg_advisory_unlock"))
        return pending


async def _missing(conn: Connection, migrations: tuple[Migration, ...]) -> list[Migration]:
    table = await (await conn.execute("SELECT to_regclass('mangaka_migrations') AS name")).fetchone()
    if table is None or table["name"] is None:
        return list(migrations)
    rows = await conn.execute("SELECT number, name, checksum FROM mangaka_migrations ORDER BY number")
    applied = {row["number"]: row["checksum"] async for row in rows}
    if unknown := applied.keys() - {migration.number for migration in migrations}:
        raise StorageFailed(
            f"The database is newer than this program: it has migration {max(unknown)}.", remedy="Update Mangaka."
        )
    for migration in migrations:
        if applied.get(migration.number, migration.checksum) != migration.checksum:
            raise StorageFailed(
                f"Migration {migration.number:04}_{migration.name} has changed since it was applied here.",
                remedy="Put the file back as it was and add a new one, or use an empty database.",
            )
    return [migration for migration in migrations if migration.number not in applied]


async def _apply(conn: Connection, migration: Migration) -> None:
    async with conn.transaction():
        await conn.execute(
            "CREATE TABLE IF NOT EXISTS mangaka_migrations (number integer PRIMARY KEY, name text NOT NULL,"
            " checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        await conn.execute(migration.sql, prepare=False)  # only so may it be several statements
        await conn.execute(
            "INSERT INTO mangaka_migrations (number, name, checksum) VALUES (%s, %s, %s)",
            (migration.number, migration.name, migration.checksum),
        )
