"""A backup brings back every version, picture and file into an empty database and store."""

import json
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.cli.test_versions import book  # noqa: F401 - a fixture
from tests.program import Mangaka, Stores, call

# ruff: noqa: F811 - the fixture


@pytest.fixture
def elsewhere(stores: Stores, tmp_path: Path) -> Stores:
    """An empty database, and a home without objects."""
    name = f"restored_{uuid4().hex}"
    with psycopg.connect(stores.database_url, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    yield Stores(tmp_path / "elsewhere", renamed(stores.database_url, name), stores.redis_url)  # type: ignore[misc]
    with psycopg.connect(stores.database_url, autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def renamed(url: str, name: str) -> str:
    """Of another database of the same server."""
    parts = urlsplit(url)
    return url.replace(f"{parts.path}?", f"/{name}?")


def objects_of(stores: Stores) -> set[str]:
    return {path.name for path in (stores.folder / "home" / "blobs").rglob("*") if path.is_file()}


def test_what_was_backed_up_is_there_again_elsewhere(
    mangaka: Mangaka, stores: Stores, elsewhere: Stores, book: str
) -> None:
    place = str(stores.folder / "backup")
    done = mangaka("backup", place)
    assert done.returncode == 0, done.stderr
    assert b"Warning" not in done.stderr
    assert Path(place, "database.dump").stat().st_mode & 0o077 == 0
    again = mangaka("backup", place).stdout.decode()
    assert "\t0 new objects" in again
    (elsewhere.folder / "home").mkdir(parents=True)
    assert elsewhere.database_url != stores.database_url
    there = call(elsewhere)
    back = there("restore-backup", place)
    assert back.returncode == 0, back.stderr
    for asked in (("versions", book, "--json"), ("show", book, "concept", "--json")):
        before, after = (json.loads(run(*asked).stdout) for run in (mangaka, there))
        assert after == before
    assert objects_of(elsewhere) == objects_of(stores) != set()
    assert there("restore-backup", place).returncode == 2  # never over works that are there
    password = psycopg.conninfo.conninfo_to_dict(stores.database_url).get("password")
    assert password is None or str(password) not in done.stderr.decode()


def test_what_is_no_backup_is_told_so(mangaka: Mangaka, stores: Stores) -> None:
    done = mangaka("restore-backup", str(stores.folder))
    assert done.returncode == 4
    assert b"database.dump" in done.stderr
