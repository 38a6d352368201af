"""Somebody's server is told once, truly, and with a signature; or again and again, and in the end no more."""

import asyncio
import hashlib
import hmac
import json
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from manga.errors import Conflict, NotFound
from storage.base import EventType
from storage.database import Pool, connection, transaction
from storage.event_outbox import append_event
from storage.webhooks import (
    MOST_KEPT,
    Webhook,
    claim_due,
    close_delivery,
    delete_webhook,
    list_deliveries,
    redeliver,
    redeliver_given_up,
)
from tests.receiver import HOST, Receiver, receiving, silent
from tests.security.webhook_urls import FINE, HOSTILE, RESOLVED
from tests.works.hooks import ALL, SECRET, delivered, due_again, happened, hooked
from works.delivery.webhook_delivery import MOST_HOOKS, AddressRefused, Webhooks, is_public, public_addresses, target_of

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


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE.keys())
async def test_such_an_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        target_of(url)


@pytest.mark.parametrize("url", FINE)
async def test_a_plain_public_address_is_taken(url: str) -> None:
    assert target_of(url).host.isascii()


async def test_an_address_is_taken_apart() -> None:
    target = target_of("https://HOOKS.example.com:8443/a%2Fb?c=d")
    assert (target.host, target.port, target.path) == ("hooks.example.com", 8443, "/a%2Fb?c=d")
    assert target.authority == "hooks.example.com:8443"
    assert target_of("https://hooks.example.com").path == "/"


@pytest.mark.parametrize("found", RESOLVED.values(), ids=RESOLVED.keys())
async def test_a_name_that_means_an_inner_address_is_refused(found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def looked_up(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up)
    with pytest.raises(AddressRefused):
        await public_addresses("hooks.example.com", 443)


async def test_a_name_of_this_machine_is_refused_by_the_real_resolver() -> None:
    with pytest.raises(AddressRefused):
        await public_addresses("localhost", 443)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
async def test_a_public_address_may_be_called(address: str) -> None:
    assert is_public(address)


async def test_what_happens_is_told_with_a_signature(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    await hooked(hooks, receiver)
    work_id = await happened(pool, data={"pages": 4, "degraded": False})
    (log,) = await delivered(hooks)
    came = receiver.next()
    told = json.loads(came.body)
    assert (told["type"], told["work_id"], told["data"]) == ("completed", str(work_id), {"pages": 4, "degraded": False})
    assert set(told) == {"v", "id", "type", "work_id", "version_id", "at", "data"}
    mac = hmac.new(SECRET.encode(), b"1764150000." + came.body, hashlib.sha256).hexdigest()
    assert came.headers["mangaka-signature"] == f"t=1764150000,v1={mac}"
    assert came.headers["mangaka-event"] == "completed"
    assert came.headers["mangaka-delivery"] == str(log.id)
    assert (log.state, log.status, log.tries, log.problem) == ("delivered", 204, 1, None)


async def test_the_call_goes_to_the_address_found_under_the_name_registered(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    await hooked(hooks, receiver)
    await happened(pool)
    await delivered(hooks)
    came = receiver.next()
    assert came.path == "/hook?who=a"
    assert came.headers["host"] == f"{HOST}:{receiver.port}"
    assert receiver.asked_for == [HOST]
    assert receiver.looked_up == [HOST, HOST]  # when it was registered, and once for the call


async def test_no_word_of_the_story_leaves(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    await hooked(hooks, receiver)
    words = {"question": "Shall the fox die?", "plan": {"says": "fox"}, "message": "fox", "refused": ["fox"]}
    await happened(pool, EventType.REVIEW_REQUESTED, {"phase": "plot", "interrupt_id": "i1", **words})
    await delivered(hooks)
    came = receiver.next()
    assert b"fox" not in came.body
    assert json.loads(came.body)["data"] == {"phase": "plot", "interrupt_id": "i1"}


async def test_only_what_was_asked_for_is_told_and_only_of_ones_own(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    hook = await hooked(hooks, receiver, events=("failed",))
    await happened(pool, EventType.COMPLETED)
    await happened(pool, EventType.CANCELLED)
    await happened(pool, EventType.FAILED, tenant="b")
    mine = await happened(pool, EventType.FAILED)
    (log,) = await delivered(hooks)
    assert (log.work_id, log.webhook_id, log.event) == (mine, hook.id, "failed")


async def test_an_event_that_is_taken_back_is_never_told(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    await hooked(hooks, receiver)
    work_id = await happened(pool, EventType.ACCEPTED)

    async def taken_back() -> None:
        async with transaction(pool) as conn:
            await append_event(conn, work_id, EventType.COMPLETED)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await taken_back()
    assert await delivered(hooks) == []


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
async def test_any_other_answer_is_asked_for_again(
    status: int, hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    receiver.answers = [(status, {"Location": f"https://{HOST}:{receiver.port}/elsewhere"}, b"")]
    await hooked(hooks, receiver)
    await happened(pool)
    (log,) = await delivered(hooks)
    assert (log.state, log.status, log.problem, log.tries) == ("waiting", status, "refused", 1)
    assert 9 <= (log.next_at - log.created_at).total_seconds() <= 20
    assert receiver.next().path == "/hook?who=a"
    assert receiver.requests.empty()  # no redirect was followed
    await due_again(pool)
    (log,) = await delivered(hooks)
    assert (log.state, log.status, log.problem, log.tries) == ("delivered", 204, None, 2)


async def test_after_eight_tries_in_ten_hours_it_is_given_up_until_somebody_asks(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    assert 9 * 3600 < sum(hooks.waits_s) < 11 * 3600
    receiver.answers = [(500, {}, b"")] * 8
    await hooked(hooks, receiver)
    await happened(pool)
    for _ in range(10):
        (log,) = await delivered(hooks)
        await due_again(pool)
    assert (log.state, log.tries, receiver.requests.qsize()) == ("given_up", 8, 8)
    async with connection(pool) as conn:
        await redeliver(conn, log.id)
    (again,) = await delivered(hooks)
    assert (again.state, again.id, again.tries) == ("delivered", log.id, 1)


async def test_who_is_gone_is_asked_no_more(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    receiver.answers = [(410, {}, b"")]
    await hooked(hooks, receiver)
    await happened(pool)
    (log,) = await delivered(hooks)
    assert (log.state, log.tries) == ("given_up", 1)
    async with connection(pool) as conn:
        assert await redeliver_given_up(conn) == 1
        assert await redeliver_given_up(conn) == 0


async def test_an_endless_answer_is_not_listened_to(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    receiver.answers = [(200, {}, b"x" * 50_000_000)]
    await hooked(hooks, receiver)
    await happened(pool)
    (log,) = await delivered(hooks)
    assert (log.state, log.status) == ("delivered", 200)


async def test_a_server_that_does_not_answer_costs_the_time_out_and_no_more(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    hooks.timeout_s = 0.3
    async with silent() as url:
        await hooks.register("a", url, ALL, SECRET)
        await happened(pool)
        (log,) = await delivered(hooks)
    assert (log.state, log.status, log.problem) == ("waiting", None, "timeout")


async def test_a_certificate_of_another_name_is_not_believed(
    hooks: Webhooks, receiver: Receiver, pool: Pool, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with receiving(tmp_path / "other", "other.example.com") as other:
        hooks.trust = other.trust
        await hooks.register("a", f"https://{HOST}:{other.port}/", ALL, SECRET)
        await happened(pool)
        (log,) = await delivered(hooks)
        assert (log.status, log.problem) == (None, "unreachable")
        assert other.requests.empty()


async def test_a_certificate_that_nobody_signed_is_not_believed(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    hooks.trust = None
    await hooked(hooks, receiver)
    await happened(pool)
    (log,) = await delivered(hooks)
    assert (log.status, log.problem) == (None, "unreachable")
    assert receiver.requests.empty()


async def test_a_name_that_comes_to_mean_an_inner_address_is_not_called(
    hooks: Webhooks, receiver: Receiver, pool: Pool
) -> None:
    await hooked(hooks, receiver)

    async def rebound(host: str, port: int) -> Sequence[str]:
        return await public_addresses("localhost", port)

    hooks.resolve = rebound
    await happened(pool)
    (log,) = await delivered(hooks)
    assert (log.status, log.problem) == (None, "address_refused")
    assert receiver.requests.empty()


async def test_a_name_that_means_an_inner_address_is_not_registered(hooks: Webhooks) -> None:
    async def inner(host: str, port: int) -> Sequence[str]:
        return await public_addresses("localhost", port)

    hooks.resolve = inner
    with pytest.raises(AddressRefused):
        await hooks.register("a", "https://inner.example.com/", ALL, None)


async def test_a_slow_server_holds_up_nobody_else(hooks: Webhooks, receiver: Receiver, pool: Pool) -> None:
    async with silent() as url:
        await hooks.register("a", url, ALL, SECRET)
        await hooked(hooks, receiver, "b")
        for _ in range(3):
            await happened(pool, tenant="a")
        await happened(pool, tenant="b")
        hooks.timeout_s = 2.0
        assert await hooks.look() == 2
        assert await hooks.look() == 0  # the slow one's others wait for it
        assert json.loads((await asyncio.to_thread(receiver.next)).body)["type"] == "completed"
        await hooks.settled()
