"""PostgreSQL, Redis and the store of objects restart, go away, are emptied or full. With `-s` figures are printed."""

import json
import os
import random
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import psycopg
import pytest

from tests.end_to_end.service_program import Api, Json, OwnServers, own_servers, served, until, worker
from tests.end_to_end.test_draw import STORY
from tests.end_to_end.test_service_faults import check_whole, phases_done, text, told

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

AWAY_S: Final = 25.0
"""Longer than every time-out of ours and every heartbeat; a minute would show nothing more."""
RESTARTS: Final = 5
EQUAL: Final = 50


def test_postgres_restarted_every_few_seconds_under_twenty_works_loses_none(tmp_path: Path) -> None:
    dice = random.Random(11)
    with own_servers(tmp_path) as servers, served(servers) as api, worker(servers):
        works, restarts = list[str](), 0
        while restarts < RESTARTS or open_works(servers):
            if restarts < RESTARTS:
                works += [api.post(text(len(works) + more)) for more in range(20 - open_works(servers))]
            time.sleep(dice.uniform(5, 20))  # the moment itself is by chance
            servers.postgres.stop()
            servers.postgres.start()
            restarts += 1
        told(
            f"Postgres restarted {restarts} times under 20 works at once, {len(works)} in all: 0 lost,"
            f" {runs(servers)} runs"
        )
        check_whole(servers, works)


def open_works(servers: OwnServers) -> int:
    query = "SELECT count(*) AS n FROM works WHERE status NOT IN ('completed', 'failed', 'cancelled')"
    return int(servers.row(query)["n"])


def runs(servers: OwnServers) -> int:
    return int(servers.row("SELECT sum(value) AS n FROM work_counters WHERE name = 'runs'")["n"])


def test_while_postgres_is_away_the_service_says_so_and_recovers_by_itself(tmp_path: Path) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        works = [api.post(text(number)) for number in range(3)]
        until(lambda: phases_done(servers, works[0]) >= 2, 60, "they have begun")
        servers.postgres.stop()
        since = time.monotonic()
        answers = [api.client.get(path) for path in (f"/v1/works/{works[0]}", "/v1/works")]
        answers.append(api.client.post("/v1/works", json={"text": STORY}))
        for answer in answers:
            assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True), answer.text
            assert answer.json()["code"] == "database_unreachable"
        ready = api.client.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        assert ready.json()["checks"]["postgres"] != "ok"
        assert api.client.get("/healthz").status_code == 200
        time.sleep(max(0.0, AWAY_S - (time.monotonic() - since)))  # being away is what is tested
        servers.postgres.start()
        back = time.monotonic()
        until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")
        seconds = time.monotonic() - back
        for work in works:
            api.until(work, "completed", limit_s=240)
        check_whole(servers, works)
        told(f"Postgres away for {AWAY_S:.0f} s: 503 meanwhile, ready {seconds:.1f} s after it was back, 0 works lost")


class Follower(threading.Thread):
    """Reads the events of a work as they come."""

    def __init__(self, api: Api, work: str) -> None:
        super().__init__(daemon=True)
        self.api, self.work, self.ids = api, work, list[str]()
        self.begun = threading.Event()

    def run(self) -> None:
        with httpx.Client(base_url=self.api.client.base_url, timeout=300) as client:
            path = f"/v1/works/{self.work}/events"
            with client.stream("GET", path) as answer:
                for line in answer.iter_lines():
                    self.begun.set()
                    if line.startswith("data:"):
                        self.ids.append(str(json.loads(line.removeprefix("data:"))["id"]))


@contextmanager
def followed(api: Api, work: str) -> Iterator[Follower]:
    follower = Follower(api, work)
    follower.start()
    assert follower.begun.wait(30)
    yield follower
    follower.join(60)
    assert not follower.is_alive(), "the stream has an end"


def ids_of(servers: OwnServers, work: str) -> list[str]:
    return [str(row["id"]) for row in servers.rows("SELECT id FROM events WHERE work_id = %s ORDER BY id", work)]


@pytest.mark.parametrize("fault", ["flushed", "killed", "away"])
def test_whatever_happens_to_redis_works_and_their_streams_go_on(tmp_path: Path, fault: str) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        work = api.post(text(1))
        with followed(api, work) as follower:
            until(lambda: phases_done(servers, work) >= 2, 60, "it has begun", 0.01)
            if fault == "flushed":
                import redis

                with redis.Redis.from_url(servers.stores.redis_url) as client:
                    client.flushall()
            else:
                servers.valkey.kill()
            if fault == "killed":
                servers.valkey.start()
            api.until(work, "completed", limit_s=240)
        assert follower.ids == ids_of(servers, work)
        check_whole(servers, [work])
        assert (api.client.get("/readyz").status_code == 200) == (fault != "away")
        if fault == "away":
            servers.valkey.start()
        until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """A folder with room for next to nothing."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """A file where the folder was."""
    aside = folder.rename(folder.with_name("aside"))
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.mark.parametrize(
    "fault", [gone, pytest.param(full, marks=pytest.mark.skipif(os.geteuid() != 0, reason="root"))]
)
def test_a_work_whose_store_fails_waits_and_goes_on_when_it_is_mended(tmp_path: Path, fault: object) -> None:
    blobs = tmp_path / "blobs"
    blobs.mkdir()
    with own_servers(tmp_path, {"MANGA_BLOBS": str(blobs)}) as servers, served(servers) as api:
        with fault(blobs):  # type: ignore[operator]
            work = api.post(text(1))
            parked = api.until(work, "parked")
            assert parked["error"]["code"] in ("storage", "disk_full"), parked["error"]
            assert parked["resume_at"] is not None
            assert api.client.get("/healthz").status_code == 200
        with psycopg.connect(servers.stores.database_url, autocommit=True) as conn:  # five minutes go by
            due = conn.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'works.timer'")
        assert due.rowcount == 1
        api.until(work, "completed")
        check_whole(servers, [work])


def test_fifty_equal_requests_at_once_are_one_work_and_equal_answers(tmp_path: Path) -> None:
    with (
        own_servers(tmp_path) as servers,
        served(servers, "--no-workers") as one,
        served(servers, "--no-workers") as two,
    ):

        def post(number: int) -> tuple[int, Json]:
            url = (one, two)[number % 2].client.base_url
            answer = httpx.post(f"{url}/v1/works", json={"text": STORY, "request_id": "the-same"}, timeout=60)
            return answer.status_code, answer.json()

        with ThreadPoolExecutor(EQUAL) as threads:
            answers = list(threads.map(post, range(EQUAL)))
        assert {status for status, _ in answers} == {202}
        assert len({json.dumps(body, sort_keys=True) for _, body in answers}) == 1
        for table in ("works", "commands", "procrastinate_jobs", "events"):
            assert servers.row(f"SELECT count(*) AS n FROM {table}")["n"] == 1, table
        told(f"{EQUAL} equal requests at two services: 1 work, equal answers")


def test_readers_that_read_nothing_hold_nobody_up(tmp_path: Path) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        work = api.post(text(1))
        url = api.client.base_url
        frozen = []
        for _ in range(30):
            frozen.append(sock := socket.create_connection((url.host, url.port or 80)))
            sock.sendall(f"GET /v1/works/{work}/events HTTP/1.1\r\nHost: {url.host}\r\n\r\n".encode())
        with followed(api, work) as follower:
            api.until(work, "completed")
        assert follower.ids == ids_of(servers, work)
        for sock in frozen:
            sock.close()
        code, seconds = api.program.stop()
        assert (code, seconds < 8) == (0, True)
