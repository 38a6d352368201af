"""A real `mangaka serve` process with keys, and a line to it that breaks."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.base import Servers
from tests.program import PROGRAM, Stores, call
from tests.servers import (  # noqa: F401 - fixtures
    database_url,
    databases,
    servers,
    slot,
    template,
)

SECRET = "examples-are-read-by-everybody-0123456789"
"""Of no use anywhere else."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where it answers, and a token of an editor."""

    url: str
    token: str


@pytest.fixture
def served(tmp_path: Path, database_url: str, servers: Servers, slot: int) -> Iterator[Served]:  # noqa: F811 - fixtures
    stores = Stores(tmp_path, database_url, f"{servers.redis_url}?db={slot}")
    keys = {"MANGA_JWT_SECRET": SECRET}
    made = call(stores)("token", "--role", "editor", env=keys)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--port", "0"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=stores.environment(keys),
    )
    assert process.stderr is not None
    said = ""
    try:
        for line in process.stderr:
            said += line
            if found := re.search(r"answers at (\S+)", line):
                threading.Thread(target=process.stderr.read, daemon=True).start()
                yield Served(found[1], made.stdout.decode().strip())
                return
        pytest.fail(f"the service did not start: {said}")
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()
