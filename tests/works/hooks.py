"""Webhooks before a real receiver, for tests: who listens, what happens, what the log says."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from storage.base import EventType, Json
from storage.database import Pool, connection, transaction
from storage.event_outbox import append_event
from storage.webhooks import Delivery, Webhook, list_deliveries
from storage.works import accept
from tests.receiver import Receiver, receiving
from works.delivery.webhook_delivery import Webhooks

ALL = ("review_requested", "completed", "failed", "parked", "degraded")
SECRET = "a-secret-of-somebody"


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with receiving(tmp_path) as found:
        yield found


@pytest.fixture
def hooks(pool: Pool, receiver: Receiver) -> Webhooks:
    return Webhooks(pool, receiver.resolve, receiver.trust, now=lambda: 1_764_150_000.4)


async def hooked(hooks: Webhooks, receiver: Receiver, tenant: str = "a", events: tuple[str, ...] = ALL) -> Webhook:
    return await hooks.register(tenant, receiver.url, events, SECRET)


async def happened(
    pool: Pool, type: EventType = EventType.COMPLETED, data: Json | None = None, tenant: str = "a"
) -> UUID:
    work_id = uuid4()
    async with transaction(pool) as conn:
        await accept(
            conn, work_id=work_id, tenant=tenant, request_id=str(work_id), request_digest="d", brief={"text": "t"}
        )
        await append_event(conn, work_id, type, data)
    return work_id


async def delivered(hooks: Webhooks) -> list[Delivery]:
    """What is due is sent; the log afterwards, newest first."""
    while await hooks.look():
        await hooks.settled()
    async with connection(hooks.pool) as conn:
        return await list_deliveries(conn)


async def due_again(pool: Pool) -> None:
    """The time goes by."""
    async with connection(pool) as conn:
        await conn.execute("UPDATE webhook_deliveries SET next_at = clock_timestamp() WHERE state = 'waiting'")
