"""A worker beside a service: it works, and tells how it is at a port of its own."""

import asyncio
import threading
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from manga.errors import SetupIncomplete
from server.settings import ServerSettings
from server.worker import run_worker
from storage.base import Servers
from storage.settings import StorageSettings
from tests import asking
from tests.server.stories import drawn, told
from tests.server.test_metrics import of
from tests.service import Service, free_port, running_service

TOKEN = "t" * 40


def beside(service: Service, servers: Servers, slot: int, home: Path) -> tuple[StorageSettings, Servers]:
    """What that service works with."""
    url = service.rooms.house.database_url
    own = Servers(url, f"{servers.redis_url}?db={slot}")
    storage = StorageSettings(
        home=home,
        database_url=SecretStr(own.database_url),
        redis_url=SecretStr(own.redis_url),
        blobs=str(home / "blobs"),
    )
    return storage, own


def test_a_worker_draws_what_a_service_accepts_and_is_seen(servers: Servers, slot: int, tmp_path: Path) -> None:
    port, beside_it = free_port(), free_port()
    settings = ServerSettings(
        host="127.0.0.1", port=0, workers_inside=False, worker_port=port, metrics_port=beside_it,
        metrics_token=SecretStr(TOKEN),
    )  # fmt: skip
    with running_service(servers, slot, tmp_path, settings) as service, service.client() as client:
        stop, ready = asyncio.Event(), threading.Event()
        storage, own = beside(service, servers, slot, tmp_path)
        worker = asyncio.run_coroutine_threadsafe(run_worker(settings, storage, own, stop, ready.set), service.loop)
        try:
            assert ready.wait(20)
            work = drawn(client)
            told(client, work["id"])
            address = f"http://127.0.0.1:{port}"
            text = asking.get(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
            collected = asking.get(f"http://127.0.0.1:{beside_it}/metrics").text
            answers = [
                asking.get(f"{address}/{name}").status_code for name in ("healthz", "readyz", "metrics", "v1/works")
            ]
        finally:
            service.loop.call_soon_threadsafe(stop.set)
            worker.result(20)
        assert of(text, "mangaka_phase_seconds_count") == of(collected, "mangaka_phase_seconds_count") == 7
        assert of(text, "mangaka_works", status="completed") == 1
        assert answers == [200, 200, 401, 404]
        with pytest.raises(httpx.ConnectError):
            asking.get(f"{address}/healthz")


def test_a_workers_figures_are_not_for_everybody(service: Service, servers: Servers, slot: int, tmp_path: Path) -> None:
    settings = ServerSettings(host="0.0.0.0", port=0, worker_port=0, jwt_secret=SecretStr("s" * 40))
    storage, own = beside(service, servers, slot, tmp_path)
    with pytest.raises(SetupIncomplete, match="figures"):
        service.run(run_worker(settings, storage, own, asyncio.Event(), lambda: None))
