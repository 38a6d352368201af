"""A tenant that asks too often, or for too much a day, is told when to come back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from psycopg import connect

from server.settings import ServerSettings
from storage.base import Servers
from storage.tenant_limits import RequestLimit
from tests.server.stories import FOX, drawn
from tests.service import Service, running_service


def test_a_tenant_is_told_where_it_stands_and_when_to_come_back(service: Service) -> None:
    limit = service.rooms.requests
    with service.client() as client:
        first, second = (client.get("/v1/works").headers for _ in range(2))
        assert int(first["ratelimit-limit"]) == limit.a_minute
        assert int(first["ratelimit-remaining"]) - int(second["ratelimit-remaining"]) in (0, 1)
        answer = _refused(service, client)
    assert answer.status_code == 429
    assert answer.json()["code"] == "limit_reached"
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["ratelimit-remaining"] == "0"


def _refused(service: Service, client: httpx.Client) -> httpx.Response:
    """Tokens come back with time, and on a busy machine one is there again before the request is."""
    while True:
        service.run(_use_up(service.rooms.requests, client.headers["x-test-tenant"]))
        if (answer := client.get("/v1/works")).status_code != 200:
            return answer


async def _use_up(limit: RequestLimit, tenant: str) -> None:
    while all(standing.allowed for standing in await asyncio.gather(*(limit.take(tenant) for _ in range(50)))):
        pass


def test_nobody_unknown_is_counted(service: Service) -> None:
    answer = httpx.get(f"{service.url}/v1/works")
    assert answer.status_code == 401
    assert "ratelimit-limit" not in answer.headers


def test_a_works_day_limit_holds_over_http_and_a_repeated_request_is_none(
    servers: Servers, slot: int, tmp_path: Path
) -> None:
    settings = ServerSettings(host="127.0.0.1", port=0, works_a_day=2, workers_inside=False)
    with running_service(servers, slot, tmp_path, settings) as few, few.client() as client:
        first = [drawn(client, request_id="one")["id"] for _ in range(3)]
        drawn(client)
        answer = client.post("/v1/works", json={"text": FOX})
        again = client.post("/v1/works", json={"text": FOX, "request_id": "one"})
        told = client.get("/v1/capabilities").json()["limits"]
    assert len(set(first)) == 1
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 86_400
    assert again.json()["id"] == first[0]
    assert told["works_a_day"] == 2


def test_whoever_reads_does_not_wait_behind_works_that_wait_to_be_accepted(service: Service) -> None:
    with service.client() as client, connect(service.rooms.house.database_url) as other, ThreadPoolExecutor(16) as many:
        drawn(client)
        # As another replica does while it accepts one of the same tenant.
        other.execute("SELECT FROM tenant_days WHERE tenant = %s FOR UPDATE", (client.headers["x-test-tenant"],))
        sent = [many.submit(client.post, "/v1/works", json={"text": FOX}) for _ in range(16)]
        while not service.rooms.accepting.locked():
            client.get("/v1/works").raise_for_status()
        found = [client.get("/v1/works").status_code for _ in range(8)]
        waiting = sum(not answer.done() for answer in sent)
        other.rollback()
        accepted = {answer.result().status_code for answer in sent}
    assert (found, waiting, accepted) == ([200] * 8, 16, {202})
