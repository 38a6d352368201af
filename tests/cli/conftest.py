"""The command as a program of its own, with a database and a Redis of the test's own behind it."""

import pytest

from tests.program import (
    Mangaka,
    Stores,
    call,
    stores,  # noqa: F401  fixture
)
from tests.servers import (  # noqa: F401  fixtures
    broom,
    database_url,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
)
from tests.works.conftest import template_steps  # noqa: F401  fixture


@pytest.fixture
def mangaka(stores: Stores) -> Mangaka:
    """`mangaka("draw", "story.txt")` in the test's folder."""
    return call(stores)
