"""LangGraph's own clients of a new tenant each."""

from collections.abc import AsyncIterator, Iterator

import pytest
from langgraph_sdk import get_client, get_sync_client
from langgraph_sdk.client import LangGraphClient, SyncLangGraphClient

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


@pytest.fixture
async def async_sdk(service: Service, headers: dict[str, str]) -> AsyncIterator[LangGraphClient]:
    async with get_client(url=service.url, headers=headers) as client:
        yield client
