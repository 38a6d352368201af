"""What every test shares: property tests that find the same cases on every run, and the event loop of the product."""

import pytest
from hypothesis import settings

settings.register_profile("mangaka", deadline=None, derandomize=True, database=None)
settings.load_profile("mangaka")


@pytest.fixture
def anyio_backend() -> str:
    """The product runs on asyncio alone."""
    return "asyncio"
