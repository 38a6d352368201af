"""A request whose open choices were settled is known again by what was sent, and keeps what it was estimated at."""

import pytest

from graph.ledger import PostgresLedger
from graph.tariff import Tariff, WordPrice
from manga.brief import Brief
from manga.errors import Conflict
from storage.database import Pool, connection
from storage.works import read_brief
from works.accept import ESTIMATED, Request, accept
from works.estimate import settled
from works.queue.jobs import open_queue

pytestmark = pytest.mark.anyio

CHEAP, DEAR = (
    Tariff(WordPrice("m", 0.75, 3.75), {}, "hand", paid_pictures=True, picture_usd=price) for price in (0.03, 0.06)
)


def request(tariff: Tariff, *, limit: float = 2.0, usd: float = 1.5) -> Request:
    sent = Brief.of({"text": "ごんは森に住んでいました。" * 99, "request_id": "r", "settings": {"max_cost_usd": limit}})
    return Request(settled(sent, tariff), sent=sent, estimated_usd=usd)


async def test_the_same_request_is_the_same_work_although_prices_have_changed(pool: Pool) -> None:
    queue = await open_queue(pool)
    first = await accept(pool, queue, request(CHEAP))
    again = await accept(pool, queue, request(DEAR))
    assert (first.created, again.created, first.work.id) == (True, False, again.work.id)
    async with connection(pool) as conn:
        kept = Brief.of(await read_brief(conn, first.work.id))
    assert kept.settings.max_images == settled(request(CHEAP).sent or kept, CHEAP).settings.max_images
    assert kept.settings.fidelity == "adapted"
    with pytest.raises(Conflict):
        await accept(pool, queue, request(CHEAP, limit=3.0))


async def test_what_a_work_was_estimated_at_is_counted_once(pool: Pool) -> None:
    queue = await open_queue(pool)
    for _ in range(3):
        work = (await accept(pool, queue, request(CHEAP))).work
    ledger = PostgresLedger(pool)
    await ledger.count(str(work.id), {"images": 2})
    assert await ledger.counted(str(work.id)) == {ESTIMATED: 1_500_000, "images": 2}
