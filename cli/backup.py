"""`backup` and `restore-backup`: the database and, where they lie in a folder, the objects.

The dump comes first: objects are never changed, so a later copy of them holds all that it names. A second backup into
the same folder copies new objects only. Passwords go to PostgreSQL's programs by the environment, never by arguments.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from cli.output import data, note
from manga.errors import Conflict, NotFound, SetupIncomplete, StorageFailed
from storage.choose_servers import ServerHold
from storage.find_server_programs import postgres_candidates
from storage.object_store import FolderBlobs, open_blobs
from storage.settings import StorageSettings

DUMP: Final = "database.dump"
OBJECTS: Final = "objects"
_VARIABLES: Final = {"dbname": "PGDATABASE", "hostaddr": "PGHOSTADDR", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
_PLAIN: Final = ("host", "port", "user", "password", "sslmode", "sslrootcert")


def back_up(hold: ServerHold, settings: StorageSettings, folder: Path) -> int:
    """Answers 0. Raises `SetupIncomplete` without pg_dump, `StorageFailed`."""
    url = hold.wait().database_url
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{DUMP}.part"
    draft.touch(mode=0o600)  # it holds every story, and the folder may be open to others
    _run("pg_dump", url, "--format=custom", f"--file={draft}")
    draft.replace(folder / DUMP)
    data(f"{folder / DUMP}\t{(folder / DUMP).stat().st_size} bytes")
    store = open_blobs(settings)
    if not isinstance(store, FolderBlobs):
        note("The objects are in buckets: copy them with `gcloud storage rsync -r`, after this dump.")
        return 0
    copied = _copied(store.root, folder / OBJECTS)
    data(f"{folder / OBJECTS}\t{copied} new objects")
    return 0


def restore_backup(hold: ServerHold, settings: StorageSettings, folder: Path) -> int:
    """Into an empty database. Answers 0. Raises `NotFound`, `Conflict` where there are tables already."""
    dump = folder / DUMP
    if not dump.is_file():
        raise NotFound(f"There is no {dump}.", remedy="Name the folder that `mangaka backup` wrote.")
    url = hold.wait().database_url
    with psycopg.connect(url) as conn:
        row = conn.execute("SELECT to_regclass('works') IS NOT NULL").fetchone()
    if row is not None and row[0]:
        raise Conflict(
            "The database has works already.", remedy="Restore into an empty one, before anything is started."
        )
    # No owner: whoever restores owns the tables, whatever they were called before.
    whole = ("--exit-on-error", "--no-owner", "--single-transaction")
    _run("pg_restore", url, *whole, f"--dbname={_name(url)}", str(dump))
    store = open_blobs(settings)
    if not isinstance(store, FolderBlobs):
        note("The objects go into buckets: copy them with `gcloud storage rsync -r`, before anything is started.")
        return 0
    data(f"{_copied(folder / OBJECTS, store.root)} objects are back")
    return 0


def _name(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or "mangaka")


def _copied(source: Path, target: Path) -> int:
    """Files that are not there yet, each whole or not at all. Drafts of writers are left out."""
    count = 0
    for folder, names, files in os.walk(source):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            path = target / Path(folder).relative_to(source) / name
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                draft = path.with_name(f".{name}.part")
                shutil.copyfile(Path(folder) / name, draft)
                draft.replace(path)
                count += 1
    return count


def _run(program: str, url: str, *arguments: str) -> None:
    command = [_program(program), "--no-password", *arguments]
    ended = subprocess.run(command, env=_environment(url), capture_output=True, text=True, check=False)
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise StorageFailed(f"{program} did not do it: {last[:300]}", remedy="Mend that, and call it again.")


def _environment(url: str) -> Mapping[str, str]:
    told = conninfo_to_dict(url)
    names = {name: f"PG{name.upper()}" for name in _PLAIN} | _VARIABLES
    return {**os.environ, **{names[name]: str(value) for name, value in told.items() if name in names}}


def _program(name: str) -> str:
    """Beside the server that we would start, else of this machine."""
    beside = (folder / name for folder in postgres_candidates())
    found = next((str(path) for path in beside if path.is_file()), None) or shutil.which(name)
    if found is None:
        raise SetupIncomplete(f"There is no {name} here.", remedy="Install the client programs of PostgreSQL.")
    return found
