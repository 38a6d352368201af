"""Fixtures: the double of Google Cloud Storage, and our store on it through Google's own client.

from tests.gcs import gcs, gcs_server
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import uvicorn
from google.cloud.storage import Client
from google.oauth2 import service_account

from storage.gcs import GcsBlobs, new_client
from storage.gcs_calls import Calls
from tests.fake_gcs import FakeGcs


@contextmanager
def running() -> Iterator[FakeGcs]:
    """On a free port of this machine, in a thread."""
    fake = FakeGcs()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        fake.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(fake.app(), log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            fake.released.set()
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def gcs_server() -> Iterator[FakeGcs]:
    """One for all tests of a process."""
    with running() as fake:
        yield fake


@pytest.fixture
def gcs(gcs_server: FakeGcs) -> FakeGcs:
    """Empty, with the four buckets `manga-...`."""
    gcs_server.clear()
    return gcs_server


class Naps:
    """Waits nothing, and writes down how long it was to wait."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@cache
def _account(fake: FakeGcs) -> Any:
    """Once for each double: to check the key takes 50 ms."""
    return service_account.Credentials.from_service_account_info(fake.account())  # type: ignore[no-untyped-call]


def credentials_of(fake: FakeGcs) -> Any:
    """New ones, without a token."""
    return _account(fake).with_scopes(Client.SCOPE)


def store_on(fake: FakeGcs, naps: Naps | None = None, *, silent_s: float = 10.0, **told: Any) -> GcsBlobs:
    """Our store as a service account's; it does not wait between two attempts. `silent_s`: how long the service may
    say nothing; a busy machine is silent for more than one second."""
    credentials = told.pop("credentials", None) or credentials_of(fake)
    calls = Calls(timeout=(10.0, silent_s), pause=naps or Naps())
    return GcsBlobs(new_client(credentials, fake.url), credentials, "manga", calls=calls, **told)
