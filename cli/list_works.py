"""`list`: the works there are, newest first. Out: a table, or JSON lines in one object."""

import asyncio
import json
import sys

from cli.output import data, note, printable, program
from cli.start_servers_early import open_tables
from storage.base import Work
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.works import list_works as read_works
from works.base import LOCAL_TENANT


def list_works(hold: ServerHold, limit: int, *, as_json: bool) -> int:
    """Prints them and answers 0."""
    works = asyncio.run(_read(hold, limit))
    if as_json:
        data(json.dumps({"works": [_as_json(work) for work in works]}, ensure_ascii=False))
        return 0
    if not works:
        note(f"There are no works yet. Draw one: {program()} draw STORY")
    for work in works:
        data(_row(work))
    return 0


async def _read(hold: ServerHold, limit: int) -> list[Work]:
    async with open_tables(hold) as pool, connection(pool) as conn:
        return await read_works(conn, LOCAL_TENANT, limit=limit)


def _row(work: Work) -> str:
    """Columns by tab for programs, aligned for eyes; the title is last because of its width."""
    where = (work.progress or {}).get("phase", "") if not work.status.closed else ""
    parts = [
        str(work.id),
        work.created_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        f"{work.status.value:<10}",
        f"{where:<10}",
        printable(" ".join(filter(None, (work.title, work.out_dir)))),
    ]
    return ("  " if sys.stdout.isatty() else "\t").join(parts).rstrip()


def _as_json(work: Work) -> dict[str, object]:
    return {
        "id": str(work.id),
        "status": work.status.value,
        "title": work.title,
        "progress": work.progress,
        "folder": work.out_dir,
        "degraded": work.degraded,
        "error": work.error,
        "created_at": work.created_at.isoformat(),
        "updated_at": work.updated_at.isoformat(),
    }
