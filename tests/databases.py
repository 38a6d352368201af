"""Databases that tests use one after another.

To make one costs the server two hundred times what a test writes into it: 1,900 pages are copied and later dropped. So
a database is swept after its test and lent again, under another name, which nobody who is left over from the last test
can connect to. One that a test has changed the shape of is dropped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql

_SHAPE = """
WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
SELECT line FROM (
    SELECT nspname::text AS line FROM ours
    UNION ALL SELECT format('%s %s %s %s %s', c.relname, c.relkind, a.attname,
            format_type(a.atttypid, a.atttypmod), a.attnotnull)
        FROM pg_class c JOIN ours ON ours.oid = c.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN ours ON ours.oid = c.relnamespace
    UNION ALL SELECT conname || pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN ours ON ours.oid = connamespace
    UNION ALL SELECT proname || md5(prosrc) FROM pg_proc JOIN ours ON ours.oid = pronamespace
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE d.datname = current_database()
) AS lines ORDER BY line
"""
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0 ORDER BY c.relname
"""
_USED_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
_SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def database_named(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return url.replace("///postgres?", f"///{name}?")


class Databases:
    """Those of one test process. `prefix` is the beginning of their names; everything is done in one thread, in
    order, behind the tests' backs."""

    def __init__(self, server_url: str, prefix: str) -> None:
        self._url = server_url
        self._prefix = prefix
        self._clean: dict[str, list[str]] = {}
        self._shapes: dict[str, object] = {}
        self._thread = ThreadPoolExecutor(max_workers=1)

    def borrow(self, template: str) -> str:
        """The name of a database that is as the template is, and that nobody else uses."""
        return self._thread.submit(self._borrow, template).result()

    def give_back(self, name: str, template: str) -> None:
        self._thread.submit(self._give_back, name, template)

    def drop(self, name: str) -> None:
        self._thread.submit(self._drop, name)

    def close(self) -> None:
        """Drops what is left."""
        for name in [name for names in self._clean.values() for name in names]:
            self.drop(name)
        self._thread.shutdown()

    def url(self, name: str) -> str:
        return database_named(self._url, name)

    def _borrow(self, template: str) -> str:
        name = f"{self._prefix}{uuid4().hex}"
        with self._connection() as conn:
            if clean := self._clean.get(template):
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                conn.execute(rename.format(sql.Identifier(clean.pop()), sql.Identifier(name)))
                return name
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            conn.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        if template not in self._shapes:
            with self._connection(name) as conn:
                self._shapes[template] = _shape(conn)
        return name

    def _give_back(self, name: str, template: str) -> None:
        if self._swept(name, self._shapes[template]):
            self._clean.setdefault(template, []).append(name)
        else:
            self._drop(name)

    def _swept(self, name: str, shape: object) -> bool:
        """Whether it is as it was before the test."""
        try:
            with self._connection(name) as conn:
                conn.execute(_SEND_AWAY)
                _empty(conn)
                return _shape(conn) == shape
        except psycopg.Error:  # a test has dropped it, or holds on to it
            return False

    def _drop(self, name: str) -> None:
        with self._connection() as conn:
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def _connection(self, name: str = "postgres") -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url(name), autocommit=True, options="-c lock_timeout=5s") as conn:
            yield conn


def _empty(conn: psycopg.Connection) -> None:
    """Takes every row that a test has written; what the migrations have noted of themselves stays, and is compared."""
    conn.execute("SET session_replication_role = replica")  # no keys of other tables, no triggers
    for table in _names(conn, _TABLES):
        if not table.endswith("_migrations"):
            conn.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    for sequence in _names(conn, _USED_SEQUENCES):
        conn.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(sequence)))


def _shape(conn: psycopg.Connection) -> object:
    """Tables, columns, indexes, functions, settings, and the rows that are there in an unused one."""
    rows = {
        table: conn.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))).fetchall()
        for table in _names(conn, _TABLES)
        if table.endswith("_migrations")
    }
    return conn.execute(_SHAPE).fetchall(), rows


def _names(conn: psycopg.Connection, query: str) -> list[str]:
    return [str(name) for (name,) in conn.execute(query.encode()).fetchall()]
