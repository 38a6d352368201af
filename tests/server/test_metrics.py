"""Figures for Prometheus: true, own to each service, and for who runs it."""

import re
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from server.listening_ports import telling_figures
from server.metrics import _CLOSED, _OPEN, Metrics
from server.settings import ServerSettings
from storage.base import Servers, WorkStatus
from storage.database import Pool, connection, new_pool
from tests import asking
from tests.server.stories import drawn, told
from tests.servers import database_url, databases, pool, template  # noqa: F401 - fixtures
from tests.service import Service, by_header, free_port, running_service
from tests.storage.server_users import until

DOCUMENT = Path(__file__).parents[2] / "docs" / "service.md"
TOKEN = "t" * 40
SECRET = "s" * 40


def figures(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """By name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(text: str, name: str, **labels: str) -> float:
    """All samples of that name with those labels, added up."""
    wanted = set(labels.items())
    return sum(value for (found, has), value in figures(text).items() if found == name and wanted <= set(has))


def test_a_book_is_seen_in_the_figures(servers: Servers, slot: int, tmp_path: Path) -> None:
    settings = ServerSettings(host="127.0.0.1", port=0, metrics_token=SecretStr(TOKEN))
    with running_service(servers, slot, tmp_path, settings) as service, service.client() as client:
        work = drawn(client)
        told(client, work["id"])
        whole = client.get(f"/v1/works/{work['id']}").json()
        answer = asking.get(f"{service.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.text
    assert of(text, "mangaka_works", status="completed") == 1
    assert {dict(labels)["status"] for name, labels in figures(text) if name == "mangaka_works"} == set(WorkStatus)
    assert of(text, "mangaka_phase_seconds_count", phase="storyboard") == 1
    assert of(text, "mangaka_phase_seconds_count") == 7
    assert of(text, "mangaka_model_calls_total", kind="text") == whole["counters"]["text_calls"]
    assert of(text, "mangaka_images_drawn_total") == whole["counters"]["images_drawn"]
    assert of(text, "mangaka_model_answer_seconds_count", kind="text", outcome="ok") > 0
    assert of(text, "mangaka_runs_total", outcome="ok") == 1
    assert of(text, "mangaka_runs_active") == 0
    assert of(text, "mangaka_request_seconds_count", route="/v1/works", method="POST", status="202") == 1
    assert of(text, "mangaka_queue_jobs") == 0
    assert of(text, "mangaka_database_up") == 1
    assert of(text, "process_resident_memory_bytes") > 1e6


def test_streams_that_are_open_are_counted(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, feedback_mode={"enabled": True})
        with client.stream("GET", f"/v1/works/{work['id']}/events") as stream:
            lines = stream.iter_lines()  # kept: a loop that is left throws its lines away, and with them the connection
            for line in lines:
                if "review_requested" in line:
                    break
            # What has happened already is told before the stream waits for what happens next.
            until(lambda: service.run(_text(service)) >= 1)


async def _text(service: Service) -> float:
    found = await service.rooms.metrics.text(service.rooms.house.pool, service.rooms.hub.followers)
    return of(found.decode(), "mangaka_stream_clients")


def test_with_a_token_only_its_owner_reads_them(servers: Servers, slot: int, tmp_path: Path) -> None:
    settings = ServerSettings(host="127.0.0.1", port=0, metrics_token=SecretStr(TOKEN), jwt_secret=SecretStr(SECRET))
    with running_service(servers, slot, tmp_path, settings) as service:
        answers = [
            asking.get(f"{service.url}/metrics", headers=headers)
            for headers in ({}, {"Authorization": f"Bearer {'x' * 40}"}, {"Authorization": f"Bearer {TOKEN}"})
        ]
    assert [answer.status_code for answer in answers] == [401, 401, 200]
    assert TOKEN not in answers[1].text


def test_where_there_are_keys_and_no_token_nobody_reads_them(servers: Servers, slot: int, tmp_path: Path) -> None:
    settings = ServerSettings(host="127.0.0.1", port=0, jwt_secret=SecretStr(SECRET))
    with running_service(servers, slot, tmp_path, settings, by_header) as service, service.client() as admin:
        assert admin.get("/metrics").status_code == 404


def test_a_collector_beside_the_service_reads_them_without_a_token(service: Service) -> None:
    async def asked() -> list[httpx.Response]:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        async with telling_figures(port, service.rooms.figures), asking.AsyncClient() as client:
            return [
                await client.get(f"{address}/metrics", headers={"Host": "0.0.0.0:9464"}),
                await client.get(f"{address}/metrics", headers={"Host": "rebound.example"}),
                await client.get(f"{address}/v1/works"),
            ]

    told, rebound, other = service.run(asked())
    assert of(told.text, "mangaka_database_up") == 1
    assert [told.status_code, rebound.status_code, other.status_code] == [200, 400, 404]


def test_figures_are_told_while_the_database_is_away(service: Service) -> None:
    async def asked() -> bytes:
        away = new_pool("postgresql://nobody@/none?host=/nowhere", timeout_s=0.1)
        await away.open(wait=False)
        try:
            return await Metrics().text(away, 3)
        finally:
            await away.close(timeout=1)

    text = service.run(asked()).decode()
    assert of(text, "mangaka_database_up") == 0
    assert of(text, "mangaka_stream_clients") == 3


def test_the_manual_names_every_figure_that_there_is_and_no_other() -> None:
    kinds = {"counter": "_total", "histogram": "", "gauge": ""}
    told = [family for family in Metrics().registry.collect() if family.name.startswith("mangaka_")]
    there = {family.name + kinds[family.type] for family in told}
    named = set(re.findall(r"`(mangaka_[a-z_]+)", DOCUMENT.read_text(encoding="utf-8")))
    assert named == there


@pytest.mark.anyio
async def test_works_are_counted_without_reading_their_table(pool: Pool) -> None:  # noqa: F811 - the fixture
    async with connection(pool) as conn:
        await conn.execute(
            "INSERT INTO works (id, tenant, request_id, request_digest, brief, status, finished_at)"
            " SELECT gen_random_uuid(), 't', n::text, '', '{}', 'completed', now() FROM generate_series(1, 5000) n"
        )
    async with connection(pool) as conn:
        await conn.set_autocommit(True)
        await conn.execute("VACUUM ANALYZE works")
        await conn.set_autocommit(False)
        for query in (_OPEN, _CLOSED):
            plan = [row["QUERY PLAN"] async for row in await conn.execute(f"EXPLAIN {query}")]  # type: ignore[arg-type]
            assert any("Index Only Scan" in line for line in plan), plan
            assert not any("Seq Scan" in line for line in plan), plan
    text = (await Metrics().text(pool, 0)).decode()
    assert of(text, "mangaka_works", status="completed") == 5000
