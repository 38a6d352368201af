"""Who is told what, by several processes, and what stays in the log."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from manga.errors import Conflict, NotFound
from storage.database import Pool, connection, transaction
from storage.webhooks import (
    MOST_KEPT,
    Webhook,
    claim_due,
    close_delivery,
    delete_webhook,
    list_deliveries,
    redeliver,
)
from tests.receiver import Receiver
from tests.works.hooks import ALL, delivered, happened, hooked
from works.delivery.webhooks import MOST_HOOKS, Webhooks

pytestmark = pytest.mark.anyio


async def test_two_processes_do_not_send_the_same(pool: Pool, receiver: Receiver) -> None:
    both = [Webhooks(pool, receiver.resolve, receiver.trust) for _ in range(2)]
    await hooked(both[0], receiver)
    for _ in range(6):
        await happened(pool)
    for _ in range(10):
        await asyncio.gather(*(one.look() for one in both))
        await asyncio.gather(*(one.settled() for one in both))
    sent = [receiver.next().headers["mangaka-delivery"] for _ in range(6)]
    assert len(set(sent)) == 6
    assert receiver.requests.empty()


async def test_what_a_process_took_and_never_finished_is_due_again(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    await hooked(hooks, receiver)
    await happened(pool)
    async with transaction(pool) as conn:
        (taken,) = await claim_due(conn, lease_s=0.0, limit=5)
    (log,) = await delivered(hooks)
    assert (log.state, log.tries) == ("delivered", 2)
    async with transaction(pool) as conn:  # the first one wakes up, and has nothing to say any more
        await close_delivery(conn, taken, status=None, problem="timeout", again_in_s=1.0)
        (log,) = await list_deliveries(conn)
    assert (log.state, log.status) == ("delivered", 204)


async def test_the_log_keeps_the_last_hundred_and_all_that_waits(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    hook = await hooked(hooks, receiver)
    for _ in range(MOST_KEPT + 5):
        await happened(pool)
    async with transaction(pool) as conn:
        waiting = await list_deliveries(conn, hook.id, limit=1000)
        assert len(waiting) == MOST_KEPT + 5
        for one in waiting[1:]:
            await close_delivery(conn, replace(one, tries=0), status=204, problem=None, again_in_s=None)
        left = await list_deliveries(conn, hook.id, limit=1000)
    assert len(left) == MOST_KEPT + 1
    assert left[0].state == "waiting"


async def test_a_tenant_has_so_many_webhooks_and_no_more(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    made = await asyncio.gather(*(hooked(hooks, receiver) for _ in range(MOST_HOOKS + 3)), return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in made) == 3
    assert isinstance(await hooked(hooks, receiver, "b"), Webhook)


async def test_who_is_no_longer_registered_is_told_nothing_more(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    hook = await hooked(hooks, receiver)
    await happened(pool)
    async with connection(pool) as conn:
        assert not await delete_webhook(conn, hook.id, "b")
        assert await delete_webhook(conn, hook.id, "a")
    assert await delivered(hooks) == []
    with pytest.raises(NotFound):
        async with connection(pool) as conn:
            await redeliver(conn, uuid4())


async def test_no_secret_is_in_a_repr(hooks: Webhooks, receiver: Receiver) -> None:
    hook = await hooks.register("a", receiver.url, ALL, None)
    assert hook.secret.startswith("whsec_")
    assert hook.secret not in repr(hook)
