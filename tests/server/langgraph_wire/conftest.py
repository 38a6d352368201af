"""LangGraph's own clients of a new tenant each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

from server.settings import ServerSettings
from storage.base import Servers
from tests.server.langgraph_wire.clients import headers_of
from tests.service import Service, running_service


@pytest.fixture
def headers() -> dict[str, str]:
    """Of a new tenant."""
    return headers_of()


@pytest.fixture
def sdk(service: Service, headers: dict[str, str]) -> Iterator[SyncLangGraphClient]:
    with get_sync_client(url=service.url, headers=headers) as client:
        yield client


@pytest.fixture
def idle(servers: Servers, slot: int, tmp_path: Path) -> Iterator[Service]:
    """A service that does not work itself."""
    settings = ServerSettings(host="127.0.0.1", port=0, workers_inside=False)
    with running_service(servers, slot, tmp_path, settings) as running:
        yield running
