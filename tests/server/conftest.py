"""A real service on the real servers, and one finished book for tests that only look."""

from collections.abc import Iterator

import httpx
import pytest

from tests.server.locked import ann, locked  # noqa: F401 - fixtures
from tests.server.stories import drawn, told
from tests.servers import servers, slot  # noqa: F401 - fixtures
from tests.service import Service, service  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def owner(service: Service) -> Iterator[httpx.Client]:  # noqa: F811 - the fixture
    """The tenant of the finished book."""
    with service.client() as client:
        yield client


@pytest.fixture(scope="session")
def book(owner: httpx.Client) -> str:
    """The path of a finished work. Nobody changes it."""
    work = drawn(owner)
    told(owner, work["id"])
    return f"/v1/works/{work['id']}"
