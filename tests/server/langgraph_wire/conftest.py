"""LangGraph's own clients of a new tenant each."""

from collections.abc import Iterator

import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

from tests.server.langgraph_wire.clients import headers_of
from tests.service import Service


@pytest.fixture
def headers() -> dict[str, str]:
    """Of a new tenant."""
    return headers_of()


@pytest.fixture
def sdk(service: Service, headers: dict[str, str]) -> Iterator[SyncLangGraphClient]:
    with get_sync_client(url=service.url, headers=headers) as client:
        yield client
