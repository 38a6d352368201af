"""Rows of `works`, their fences, counters and drawn pictures, and what a tenant has used. Every function takes a
connection, so that the caller can put several into one transaction (`storage.database.transaction`).
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypedDict, Unpack
from uuid import UUID

from psycopg import sql
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from manga.errors import Conflict, Fenced, NotFound
from storage.base import Accepted, Json, Work, WorkStatus
from storage.database import Connection

_COLUMNS = sql.SQL(
    "id, tenant, request_id, request_digest, status, title, out_dir, head_version, progress, pending_review,"
    " error, warnings, degraded, resume_at, created_at, updated_at, finished_at, result IS NOT NULL AS finished"
)

_READ = sql.SQL("SELECT {} FROM works WHERE id = %s AND (%s::text IS NULL OR tenant = %s)").format(_COLUMNS).as_bytes()
_READ_LOCKED = _READ + b" FOR NO KEY UPDATE"
DRAWN: Final = {"images_drawn": 1}
_COUNTED: Final = ("text_calls", "images_drawn", "cache_hits", "placeholders", "input_tokens", "output_tokens")
_MONEY: Final = ("text_microusd", "image_microusd", "saved_microusd")


class WorkChange(TypedDict, total=False):
    """The columns that may change; what is absent stays, None empties."""

    status: WorkStatus
    title: str | None
    out_dir: str | None
    result: Json | None
    head_version: str | None
    progress: Json | None
    pending_review: Json | None
    error: Json | None
    warnings: list[Any]
    degraded: bool
    resume_at: datetime | None


def _work(row: DictRow) -> Work:
    return Work(**(row | {"status": WorkStatus(row["status"])}))


def _missing(work_id: UUID) -> NotFound:
    return NotFound(f"There is no work {work_id}.")


async def accept(
    conn: Connection,
    *,
    work_id: UUID,
    tenant: str,
    request_id: str,
    request_digest: str,
    brief: Json,
    title: str | None = None,
    out_dir: str | None = None,
) -> Accepted:
    """Inserts the work, or finds the one this request made before.

    Same tenant, request id and digest: that work, `created` False. Another digest: `Conflict`. Call it in a
    transaction together with what belongs to it (command, job): a parallel call with the same request id waits.
    """
    inserted = await conn.execute(
        sql.SQL(
            "INSERT INTO works (id, tenant, request_id, request_digest, brief, title, out_dir)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (tenant, request_id) DO NOTHING RETURNING {}"
        ).format(_COLUMNS),
        (work_id, tenant, request_id, request_digest, Jsonb(brief), title, out_dir),
    )
    if row := await inserted.fetchone():
        await conn.execute("INSERT INTO work_epochs (work_id) VALUES (%s)", (work_id,))
        return Accepted(_work(row), created=True)
    work = await find_request(conn, tenant, request_id)
    if work.request_digest != request_digest:
        raise Conflict(
            f"The request id {request_id!r} was used before with another text or other settings.",
            remedy="Send the same request again, or use a new request id.",
        )
    return Accepted(work, created=False)


async def find_request(conn: Connection, tenant: str, request_id: str) -> Work:
    """The work that a request made; raises `NotFound`."""
    query = sql.SQL("SELECT {} FROM works WHERE tenant = %s AND request_id = %s").format(_COLUMNS)
    row = await (await conn.execute(query, (tenant, request_id))).fetchone()
    if row is None:
        raise NotFound(f"There is no work of request {request_id!r}.")
    return _work(row)


async def read_work(conn: Connection, work_id: UUID, *, tenant: str | None = None, lock: bool = False) -> Work:
    """One work; raises `NotFound`, also when it is another tenant's. `lock` holds the row until the transaction ends
    (for a compare-and-set on its pending review and head)."""
    row = await (await conn.execute(_READ_LOCKED if lock else _READ, (work_id, tenant, tenant))).fetchone()
    if row is None:
        raise _missing(work_id)
    return _work(row)


async def read_brief(conn: Connection, work_id: UUID) -> Json:
    """The request as it was accepted; raises `NotFound`."""
    row = await (await conn.execute("SELECT brief FROM works WHERE id = %s", (work_id,))).fetchone()
    if row is None:
        raise _missing(work_id)
    return dict(row["brief"])


async def read_result(conn: Connection, work_id: UUID) -> Json | None:
    """The finished result, None while there is none; raises `NotFound`."""
    row = await (await conn.execute("SELECT result FROM works WHERE id = %s", (work_id,))).fetchone()
    if row is None:
        raise _missing(work_id)
    return row["result"] and dict(row["result"])


async def list_works(
    conn: Connection,
    tenant: str,
    *,
    limit: int = 50,
    before: UUID | None = None,
    statuses: Collection[WorkStatus] | None = None,
) -> list[Work]:
    """Newest first. `before` is the last id of the page before; `statuses` None means all."""
    query = sql.SQL(
        "SELECT {} FROM works WHERE tenant = %(tenant)s"
        " AND (%(statuses)s::text[] IS NULL OR status = ANY(%(statuses)s))"
        " AND (%(before)s::uuid IS NULL"
        "      OR (created_at, id) < (SELECT created_at, id FROM works WHERE id = %(before)s))"
        " ORDER BY created_at DESC, id DESC LIMIT %(limit)s"
    ).format(_COLUMNS)
    wanted = None if statuses is None else [status.value for status in statuses]
    rows = await conn.execute(query, {"tenant": tenant, "statuses": wanted, "before": before, "limit": limit})
    return [_work(row) async for row in rows]


async def change_work(
    conn: Connection, work_id: UUID, *, expect: Collection[WorkStatus] | None = None, **change: Unpack[WorkChange]
) -> Work:
    """Changes columns and `updated_at`; a closed status also sets `finished_at`, an open one empties it.

    With `expect` it changes only a work in one of those states and else raises `Conflict`. Raises `NotFound`.
    """
    query = _update(tuple(change), change["status"].closed if "status" in change else None)
    wanted = None if expect is None else [status.value for status in expect]
    values = {name: _adapted(value) for name, value in change.items()}
    row = await (await conn.execute(query, {"id": work_id, "expect": wanted, **values})).fetchone()
    if row is None:
        work = await read_work(conn, work_id)
        raise Conflict(f"The work is {work.status}; this needs it to be {' or '.join(sorted(wanted or []))}.")
    return _work(row)


@lru_cache(maxsize=64)
def _update(names: tuple[str, ...], closed: bool | None) -> bytes:
    """`closed`: whether the new status is a closed one; None without a new status."""
    sets: list[sql.Composable] = [sql.SQL("updated_at = clock_timestamp()")]
    sets += [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in names]
    if closed is not None:
        sets.append(sql.SQL("finished_at = {}").format(sql.SQL("clock_timestamp()" if closed else "NULL")))
    query = "UPDATE works SET {} WHERE id = %(id)s AND (%(expect)s::text[] IS NULL OR status = ANY(%(expect)s))"
    return sql.SQL(query + " RETURNING {}").format(sql.SQL(", ").join(sets), _COLUMNS).as_bytes()


def _adapted(value: object) -> object:
    if isinstance(value, WorkStatus):
        return value.value
    return Jsonb(value) if isinstance(value, dict | list) else value


async def delete_work(conn: Connection, work_id: UUID) -> bool:
    """Deletes the work with all its rows here. Its checkpoints, jobs and blobs are the caller's."""
    return (await conn.execute("DELETE FROM works WHERE id = %s", (work_id,))).rowcount == 1


async def take_epoch(conn: Connection, work_id: UUID) -> int:
    """Takes the work over: from now on `check_epoch` with any older number fails. Raises `NotFound`."""
    query = "UPDATE work_epochs SET epoch = epoch + 1 WHERE work_id = %s RETURNING epoch"
    row = await (await conn.execute(query, (work_id,))).fetchone()
    if row is None:
        raise _missing(work_id)
    return int(row["epoch"])


async def take_work(conn: Connection, work_id: UUID, *, tenant: str | None = None) -> Work:
    """Nobody else writes to the work until the transaction is over, and who works on it is fenced. The epoch comes
    before the row, as in every run: else each could hold what the other waits for. Raises `NotFound`, which gives it
    back."""
    await take_epoch(conn, work_id)
    return await read_work(conn, work_id, tenant=tenant, lock=True)


async def check_epoch(conn: Connection, work_id: UUID, epoch: int) -> None:
    """Raises `Fenced` when the work was taken over. Inside a transaction it also keeps the work from being taken over
    until that transaction ends, so what is written there is written by the rightful worker."""
    query = "SELECT epoch FROM work_epochs WHERE work_id = %s FOR SHARE"
    row = await (await conn.execute(query, (work_id,))).fetchone()
    if row is None or row["epoch"] != epoch:
        raise Fenced(f"Another worker has taken the work {work_id} over.")


async def add_counters(conn: Connection, work_id: UUID, counters: Mapping[str, int]) -> None:
    """Adds to the work's counters (`model_calls`, `images_drawn`, `cache_hits`, ...); a new name begins at 0."""
    names = sorted(counters)  # one order of row locks for everybody: no deadlock
    await conn.execute(
        "INSERT INTO work_counters (work_id, name, value)"
        " SELECT %s, name, value FROM unnest(%s::text[], %s::bigint[]) AS t (name, value)"
        " ON CONFLICT (work_id, name) DO UPDATE SET value = work_counters.value + excluded.value",
        (work_id, names, [counters[name] for name in names]),
    )


async def read_counters(conn: Connection, work_id: UUID) -> dict[str, int]:
    """All counters of the work; one that never counted is absent."""
    rows = await conn.execute("SELECT name, value FROM work_counters WHERE work_id = %s ORDER BY name", (work_id,))
    return {row["name"]: row["value"] async for row in rows}


async def recall_picture(conn: Connection, work_id: UUID, digest: str) -> Json | None:
    """The picture as it was remembered, None when this work has not drawn it."""
    rows = await conn.execute("SELECT art FROM pictures WHERE work_id = %s AND digest = %s", (work_id, digest))
    row = await rows.fetchone()
    return None if row is None else dict(row["art"])


async def remember_picture(
    conn: Connection, work_id: UUID, digest: str, art: Json, counters: Mapping[str, int] = DRAWN
) -> bool:
    """Remembers and counts in one transaction. False, and nothing counted, when it is known."""
    async with conn.transaction():
        inserted = await conn.execute(
            "INSERT INTO pictures (work_id, digest, art) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (work_id, digest, Jsonb(art)),
        )
        if inserted.rowcount:
            await add_counters(conn, work_id, counters)
    return inserted.rowcount == 1


async def read_usage(conn: Connection, tenant: str) -> Json:
    """`today` counts the works that were begun on this day (UTC)."""
    return {"today": await _sums(conn, tenant, today=True), "total": await _sums(conn, tenant, today=False)}


async def _sums(conn: Connection, tenant: str, *, today: bool) -> Json:
    since = "AND created_at >= date_trunc('day', now(), 'UTC')" if today else ""
    works = await conn.execute(
        f"SELECT status, count(*) AS n FROM works WHERE tenant = %s {since} GROUP BY status",
        (tenant,),
    )
    by_status = {row["status"]: row["n"] async for row in works}
    rows = await conn.execute(
        "SELECT name, sum(value)::bigint AS value FROM work_counters WHERE work_id IN"
        f" (SELECT id FROM works WHERE tenant = %s {since}) GROUP BY name",
        (tenant,),
    )
    found = {row["name"]: int(row["value"]) async for row in rows}
    spent = {name.removesuffix("_microusd") + "_usd": found.get(name, 0) / 1_000_000 for name in _MONEY}
    return {
        "works": sum(by_status.values()),
        "by_status": by_status,
        **{name: found.get(name, 0) for name in _COUNTED},
        "spent_usd": round(spent["text_usd"] + spent["image_usd"], 6),
        "saved_usd": round(spent["saved_usd"], 6),
    }
