"""Databases that tests use one after another.

To make one costs the server two hundred times what a test writes into it: 1,900 pages are copied and later dropped. So
a database is swept after its test and lent again, under another name, which nobody who is left over from the last test
can connect to. One that a test has changed the shape of is dropped."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
from psycopg import sql

_FIRST_OWN = 16_384
"""Objects with a lower number are PostgreSQL's."""
_SHAPE = " UNION ALL ".join(
    f"SELECT '{catalog}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {catalog} WHERE {ours}"
    for catalog, ours in {
        "pg_namespace": f"oid >= {_FIRST_OWN} AND nspname !~ '^pg_'",
        "pg_class": f"oid >= {_FIRST_OWN} AND relpersistence <> 't'",
        "pg_attribute": f"attrelid >= {_FIRST_OWN}",
        "pg_attrdef": "true",
        "pg_constraint": f"oid >= {_FIRST_OWN}",
        "pg_proc": f"oid >= {_FIRST_OWN}",
        "pg_trigger": f"oid >= {_FIRST_OWN}",
        "pg_db_role_setting": "setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())",
    }.items()
)
"""How many rows each catalog has, and which transaction wrote the last of them: all copies of a template agree, and
nobody changes a table, an index, a trigger, a function or a setting without leaving another number."""
_USED = """
SELECT relname, relkind = 'S' FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (
    relkind = 'r' AND pg_relation_size(oid) > 0 OR relkind = 'S' AND pg_sequence_last_value(oid) IS NOT NULL
) ORDER BY relname
"""
_BEGIN_ANEW = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence WHERE seqrelid = %s::regclass"
_SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_get_activity(NULL)
WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()
"""

Used = tuple[str, bool]
"""A table that holds something, or (true) a sequence that has begun."""


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
        self._kept: psycopg.Connection | None = None
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
        self._thread.submit(self._server().close)
        self._thread.shutdown()

    def url(self, name: str) -> str:
        return database_named(self._url, name)

    def _borrow(self, template: str) -> str:
        name = f"{self._prefix}{uuid4().hex}"
        if clean := self._clean.get(template):
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            self._server().execute(rename.format(sql.Identifier(clean.pop()), sql.Identifier(name)))
            return name
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._server().execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        if template not in self._shapes:
            with self._connected(name) as conn:
                self._shapes[template] = _shape(conn, _used(conn))
        return name

    def _give_back(self, name: str, template: str) -> None:
        if self._swept(name, self._shapes[template]):
            self._clean.setdefault(template, []).append(name)
        else:
            self._drop(name)

    def _swept(self, name: str, shape: object) -> bool:
        """Whether it is as it was before the test."""
        try:
            with self._connected(name) as conn:
                conn.execute(_SEND_AWAY)
                used = _used(conn)
                _empty(conn, used)
                return _shape(conn, used) == shape
        except psycopg.Error:  # a test has dropped it, or holds on to it
            return False

    def _drop(self, name: str) -> None:
        self._server().execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _server(self) -> psycopg.Connection:
        """Kept from test to test; anew where the server has ended it."""
        if self._kept is None or self._kept.closed:
            self._kept = self._connected("postgres")
        return self._kept

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.url(name), autocommit=True, options="-c lock_timeout=5s")


def _empty(conn: psycopg.Connection, used: Sequence[Used]) -> None:
    """Takes every row that a test has written; what the migrations have noted of themselves stays, and is compared."""
    conn.execute("SET session_replication_role = replica")  # no keys of other tables, no triggers
    for name, is_sequence in used:
        if is_sequence:
            conn.execute(_BEGIN_ANEW, (name,))
        elif not name.endswith("_migrations"):
            conn.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))


def _shape(conn: psycopg.Connection, used: Sequence[Used]) -> object:
    """The catalogs, and the rows that are there in an unused one."""
    rows = {
        name: conn.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))).fetchall()
        for name, is_sequence in used
        if name.endswith("_migrations") and not is_sequence
    }
    return conn.execute(_SHAPE).fetchall(), rows


def _used(conn: psycopg.Connection) -> list[Used]:
    return [(str(name), bool(is_sequence)) for name, is_sequence in conn.execute(_USED).fetchall()]
