"""A tenant that asks too often, or for too much a day, is told when to come back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from psycopg import connect

from server.settings import ServerSettings
from storage.base import Api, Servers
from storage.provider_allowance import provider_day, utc_now
from storage.tenant_limits import RequestLimit
from tests import asking
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
    answer = asking.get(f"{service.url}/v1/works")
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


def test_a_days_limit_that_is_used_up_is_told_with_the_time_when_the_work_goes_on(
    servers: Servers, slot: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("GOOGLE_API_KEY", "k"), ("MANGA_IMAGES_A_DAY", "1"), ("MANGA_TENANT_IMAGES_A_DAY", "2")):
        monkeypatch.setenv(name, value)
    settings = ServerSettings(host="127.0.0.1", port=0, workers_inside=False)
    with running_service(servers, slot, tmp_path, settings) as paid, paid.client() as client:
        house, tenant = paid.rooms.house, client.headers["x-test-tenant"]
        paid.run(paid.rooms.redis.delete(f"api:rate_limit:images:{provider_day(utc_now())}"))  # others count there too
        before = client.post("/v1/works", json={"text": FOX}).json()
        paid.run(house.allowance.take(Api.IMAGES, "another"))
        accepted = client.post("/v1/works", json={"text": FOX, "request_id": "again"})
        price = client.post("/v1/works/estimate", json={"text": FOX}).json()
        for _ in range(2):
            paid.run(house.tenant_pictures.take(tenant))
        both = client.post("/v1/works", json={"text": FOX, "request_id": "again"})
    told = accepted.json()
    assert (before["warnings"], before["resume_at"]) == ([], None)
    assert (accepted.status_code, both.status_code, len(both.json()["warnings"])) == (202, 202, 2)
    assert "1 pictures a day is used up" in told["warnings"][0]
    until = datetime.fromisoformat(told["resume_at"])
    assert until.astimezone(ZoneInfo("America/Los_Angeles")).hour == 0
    assert f"goes on by itself at {until:%Y-%m-%d %H:%M} UTC" in told["warnings"][0]
    assert (price["warnings"], price["resume_at"][:16]) == (told["warnings"], told["resume_at"][:16])
    assert "Your tenant may have 2 pictures" in both.json()["warnings"][1]
