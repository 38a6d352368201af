"""The whole house: the command as a program of its own, real servers, real minds and artist."""

from tests.program import stores  # noqa: F401  fixture
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
