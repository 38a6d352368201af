"""A worker in another process runs the graph: what it streams reaches the client all the same, also when it dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from langgraph_sdk import get_sync_client

from storage.base import Servers
from tests.program import PROGRAM, Stores
from tests.server.langgraph_wire.clients import GRAPH, STORY, headers_of
from tests.service import Service

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]


@contextmanager
def worker(service: Service, home: Path, redis_url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`mangaka worker` on the service's database."""
    env = Stores(home, service.rooms.house.database_url, redis_url).environment({"MANGA_BLOBS": str(home / "blobs")})
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, "worker"], env=env, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(15)


def test_what_a_worker_elsewhere_streams_is_followed_over_its_death(
    idle: Service, servers: Servers, slot: int, tmp_path: Path
) -> None:
    redis_url = f"{servers.redis_url}?db={slot}"
    modes: Any = ["updates", "custom", "values"]
    with get_sync_client(url=idle.url, headers=headers_of()) as sdk:
        thread = sdk.threads.create()["thread_id"]
        stream = sdk.runs.stream(thread, GRAPH, input=STORY, stream_mode=modes)
        parts = [next(stream)]
        with worker(idle, tmp_path, redis_url) as first:
            for part in stream:
                parts.append(part)
                if part.event == "updates" and "plot" in part.data:
                    os.kill(first.pid, signal.SIGKILL)
                    break
        with worker(idle, tmp_path, redis_url):
            parts += stream
        whole = list(sdk.runs.join_stream(thread, parts[0].data["run_id"], stream_mode=modes))
    ended = [next(iter(part.data)) for part in parts if part.event == "updates"]
    assert parts[-1].data["status"] == "success"
    assert parts == whole
    assert ended.count("concept") == 1
    assert parts[-2].data["finishing"]["pages"]
