"""What was sent to webhooks is seen, and sent again, from the command line."""

import json
from uuid import uuid4

import psycopg
import pytest

from tests.program import Mangaka, Stores

pytestmark = pytest.mark.anyio


@pytest.fixture
def given_up(stores: Stores) -> str:
    """A delivery of a tenant's that was given up."""
    hook, work, delivery = uuid4(), uuid4(), uuid4()
    with psycopg.connect(stores.database_url, autocommit=True) as conn:
        conn.execute(
            "INSERT INTO works (id, tenant, request_id, request_digest, brief) VALUES (%s, 'a', 'r', 'd', '{}')",
            (work,),
        )
        conn.execute(
            "INSERT INTO webhooks (id, tenant, url, events, secret)"
            " VALUES (%s, 'a', 'https://hooks.example.com/', '{completed}', 'word')",
            (hook,),
        )
        conn.execute(
            "WITH e AS (INSERT INTO events (work_id, type) VALUES (%s, 'completed') RETURNING id)"
            " INSERT INTO webhook_deliveries (id, webhook_id, event_id, state, tries, status, problem)"
            " SELECT %s, %s, id, 'given_up', 8, 500, 'refused' FROM e",
            (work, delivery, hook),
        )
    return str(delivery)


def state(stores: Stores, delivery: str) -> tuple[str, int]:
    with psycopg.connect(stores.database_url) as conn:
        row = conn.execute("SELECT state, tries FROM webhook_deliveries WHERE id = %s", (delivery,)).fetchone()
    assert row is not None
    return str(row[0]), int(row[1])


@pytest.mark.slow
async def test_the_log_shows_how_it_ended_and_no_secret(mangaka: Mangaka, given_up: str) -> None:
    done = mangaka("webhook", "log", "--json")
    (one,) = json.loads(done.stdout)["deliveries"]
    assert (one["id"], one["state"], one["tries"], one["problem"]) == (given_up, "given_up", 8, "refused")
    assert b"word" not in done.stdout
    assert given_up.encode() in mangaka("webhook", "log", "--tenant", "a").stdout
    assert mangaka("webhook", "log", "--tenant", "b").stdout == b""


async def test_one_delivery_is_sent_again(mangaka: Mangaka, stores: Stores, given_up: str) -> None:
    assert mangaka("webhook", "redeliver", given_up).returncode == 0
    assert state(stores, given_up) == ("waiting", 0)


async def test_all_that_were_given_up_are_sent_again(mangaka: Mangaka, stores: Stores, given_up: str) -> None:
    done = mangaka("webhook", "redeliver", "--given-up")
    assert (done.returncode, b"1 on the way" in done.stderr) == (0, True)
    assert state(stores, given_up) == ("waiting", 0)


@pytest.mark.slow
async def test_what_is_not_there_is_not_sent(mangaka: Mangaka, stores: Stores, given_up: str) -> None:
    assert mangaka("webhook", "redeliver", str(uuid4())).returncode == 4
    assert mangaka("webhook", "redeliver", "nothing").returncode == 4
    assert mangaka("webhook", "redeliver").returncode == 2
    assert mangaka("webhook", "redeliver", given_up, "--given-up").returncode == 2
    assert state(stores, given_up) == ("given_up", 8)
