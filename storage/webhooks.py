"""Rows of webhooks and of what is sent to them: the list of deliveries is at once outbox, queue and log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import DictRow

from manga.errors import NotFound
from storage.base import EventType
from storage.database import Connection
from storage.encryption import OPEN, Seals

HOOKED: Final = (
    EventType.REVIEW_REQUESTED,
    EventType.COMPLETED,
    EventType.FAILED,
    EventType.PARKED,
    EventType.DEGRADED,
)
"""What a webhook can be told of."""
MOST_KEPT: Final = 100
"""Deliveries that are over, of one webhook."""

_HOOK = "id, tenant, url, events, secret, sealed, created_at"
_DELIVERY = "d.id, d.webhook_id, d.event_id, d.state, d.tries, d.next_at, d.status, d.problem, d.created_at, d.tried_at"


@dataclass(frozen=True, slots=True)
class Webhook:
    """One row of `webhooks`. Whoever knows the secret can sign as we do; it is empty where nobody opened it."""

    id: UUID
    tenant: str
    url: str
    events: Sequence[str]
    secret: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook. `state` is `waiting`, `delivered` or `given_up`; `status` the HTTP status of the last
    try, `problem` a word for what kept it from one."""

    id: UUID
    webhook_id: UUID
    event_id: int
    state: str
    tries: int
    next_at: datetime
    status: int | None
    problem: str | None
    created_at: datetime
    tried_at: datetime | None
    event: str
    work_id: UUID


async def owe(conn: Connection, event_id: int) -> None:
    """In the transaction of the event: everybody of the work's tenant who wants it shall have it."""
    await conn.execute(
        "INSERT INTO webhook_deliveries (webhook_id, event_id) SELECT h.id, e.id FROM events e"
        " JOIN works w ON w.id = e.work_id JOIN webhooks h ON h.tenant = w.tenant AND e.type = ANY(h.events)"
        " WHERE e.id = %s",
        (event_id,),
    )


async def add_webhook(
    conn: Connection,
    hook_id: UUID,
    tenant: str,
    url: str,
    events: Collection[str],
    secret: str,
    *,
    most: int,
    seals: Seals = OPEN,
) -> Webhook | None:
    """None when the tenant has as many as it may. Call it in a transaction."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || %s::text, 0))", (tenant,))
    sealed = seals.seal(secret, hook_id.bytes)
    inserted = await conn.execute(
        "INSERT INTO webhooks (id, tenant, url, events, secret, sealed) SELECT %s, %s, %s, %s, %s, %s"
        f" WHERE (SELECT count(*) FROM webhooks WHERE tenant = %s) < %s RETURNING {_HOOK}",
        (hook_id, tenant, url, sorted(events), secret if sealed is None else None, sealed, tenant, most),
    )
    row = await inserted.fetchone()
    return _hook(row, secret) if row else None


def _hook(row: Mapping[str, Any], secret: str = "") -> Webhook:
    known = {name: value for name, value in row.items() if name not in ("secret", "sealed")}
    return Webhook(**known, secret=secret)


async def list_webhooks(conn: Connection, tenant: str) -> list[Webhook]:
    """Oldest first, without their secrets."""
    rows = await conn.execute(f"SELECT {_HOOK} FROM webhooks WHERE tenant = %s ORDER BY created_at, id", (tenant,))
    return [_hook(row) async for row in rows]


async def read_webhook(
    conn: Connection, hook_id: UUID, *, tenant: str | None = None, seals: Seals | None = None
) -> Webhook:
    """With its secret where there are `seals` to open it. Raises `NotFound`, also for another tenant's, and
    `SetupIncomplete` when no key opens it."""
    query = f"SELECT {_HOOK} FROM webhooks WHERE id = %s AND (%s::text IS NULL OR tenant = %s)"
    row = await (await conn.execute(query, (hook_id, tenant, tenant))).fetchone()
    if row is None:
        raise NotFound(f"There is no webhook {hook_id}.", remedy="GET /v1/webhooks shows those there are.")
    return _hook(row, "" if seals is None else _secret(row, seals))


def _secret(row: Mapping[str, Any], seals: Seals) -> str:
    if row["sealed"] is None:
        return str(row["secret"])
    return seals.open(bytes(row["sealed"]), row["id"].bytes)


async def seal_secrets(conn: Connection, seals: Seals) -> int:
    """Those that stand open, or were sealed by an older key, by the key of now. Answers how many; without a key none.
    Call it in a transaction."""
    if not seals.keys:
        return 0
    rows = await (await conn.execute("SELECT id, secret, sealed FROM webhooks FOR UPDATE")).fetchall()
    old = [r for r in rows if r["sealed"] is None or not seals.is_newest(bytes(r["sealed"]), r["id"].bytes)]
    for row in old:
        sealed = seals.seal(_secret(row, seals), row["id"].bytes)
        await conn.execute("UPDATE webhooks SET secret = NULL, sealed = %s WHERE id = %s", (sealed, row["id"]))
    return len(old)


async def count_open_secrets(conn: Connection) -> int:
    """Webhooks whose secret anybody can read who can read the database."""
    row = await (await conn.execute("SELECT count(*) AS n FROM webhooks WHERE sealed IS NULL")).fetchone()
    return int(row["n"]) if row else 0


async def delete_webhook(conn: Connection, hook_id: UUID, tenant: str) -> bool:
    """With everything that was to be sent to it."""
    return (await conn.execute("DELETE FROM webhooks WHERE id = %s AND tenant = %s", (hook_id, tenant))).rowcount == 1


async def list_deliveries(
    conn: Connection, hook_id: UUID | None = None, *, tenant: str | None = None, limit: int = MOST_KEPT
) -> list[Delivery]:
    """Newest first; of one webhook, or of all of a tenant's."""
    rows = await conn.execute(
        f"SELECT {_DELIVERY}, e.type AS event, e.work_id FROM webhook_deliveries d JOIN events e ON e.id = d.event_id"
        " JOIN webhooks h ON h.id = d.webhook_id WHERE (%s::uuid IS NULL OR d.webhook_id = %s)"
        " AND (%s::text IS NULL OR h.tenant = %s) ORDER BY d.created_at DESC, d.id LIMIT %s",
        (hook_id, hook_id, tenant, tenant, limit),
    )
    return [Delivery(**row) async for row in rows]


async def claim_due(conn: Connection, *, lease_s: float, limit: int, busy: Collection[UUID] = ()) -> list[Delivery]:
    """Takes deliveries whose time has come, the first one of each webhook, none of those that are `busy`. Whoever takes
    one and is not heard of again has had one of its tries; after `lease_s` it is due again. Call it in a transaction.
    """
    rows = await conn.execute(
        "WITH mine AS (SELECT id FROM webhook_deliveries WHERE id IN (SELECT id FROM"
        " (SELECT id, row_number() OVER (PARTITION BY webhook_id ORDER BY next_at, event_id) AS place"
        "   FROM webhook_deliveries WHERE state = 'waiting' AND next_at <= clock_timestamp()"
        "   AND NOT webhook_id = ANY(%s)) AS due WHERE place = 1) AND state = 'waiting'"
        "  AND next_at <= clock_timestamp() ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED)"
        " UPDATE webhook_deliveries d SET tries = d.tries + 1, tried_at = clock_timestamp(),"
        " next_at = clock_timestamp() + make_interval(secs => %s) FROM events e"
        f" WHERE d.id IN (SELECT id FROM mine) AND e.id = d.event_id RETURNING {_DELIVERY}, e.type AS event, e.work_id",
        (list(busy), limit, lease_s),
    )
    return [Delivery(**row) async for row in rows]


async def close_delivery(
    conn: Connection, delivery: Delivery, *, status: int | None, problem: str | None, again_in_s: float | None
) -> None:
    """How a try ended. `again_in_s` None: with no problem it is delivered, else it is given up. Of what is over, only
    the newest `MOST_KEPT` stay. A try that took longer than its lease ends nothing: another has begun."""
    state = "waiting" if again_in_s is not None else "given_up" if problem else "delivered"
    await conn.execute(
        "UPDATE webhook_deliveries SET state = %s, status = %s, problem = %s,"
        " next_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s AND tries = %s",
        (state, status, problem, again_in_s or 0.0, delivery.id, delivery.tries),
    )
    await conn.execute(
        "DELETE FROM webhook_deliveries WHERE webhook_id = %s AND id IN (SELECT id FROM webhook_deliveries"
        " WHERE webhook_id = %s AND state <> 'waiting' ORDER BY created_at DESC, id OFFSET %s)",
        (delivery.webhook_id, delivery.webhook_id, MOST_KEPT),
    )


async def redeliver(conn: Connection, delivery_id: UUID, *, hook_id: UUID | None = None) -> DictRow:
    """It is due at once, with all its tries before it. Raises `NotFound`."""
    updated = await conn.execute(
        "UPDATE webhook_deliveries SET state = 'waiting', tries = 0, next_at = clock_timestamp()"
        " WHERE id = %s AND (%s::uuid IS NULL OR webhook_id = %s) RETURNING id, webhook_id, event_id",
        (delivery_id, hook_id, hook_id),
    )
    row = await updated.fetchone()
    if row is None:
        raise NotFound(f"There is no delivery {delivery_id}.", remedy="`mangaka webhook log` shows those there are.")
    return row


async def redeliver_given_up(conn: Connection) -> int:
    """All that were given up. Answers how many."""
    return (
        await conn.execute(
            "UPDATE webhook_deliveries SET state = 'waiting', tries = 0, next_at = clock_timestamp()"
            " WHERE state = 'given_up'"
        )
    ).rowcount
