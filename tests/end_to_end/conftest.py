"""The whole house: the command as a program of its own, real servers, real models and artist."""

from tests.end_to_end.figures import figures, pytest_terminal_summary  # noqa: F401  fixture, hook
from tests.end_to_end.studio_service import book, reviewed, studio  # noqa: F401  fixtures
from tests.program import stores  # noqa: F401  fixture
from tests.servers import (  # noqa: F401  fixtures
    database_url,
    databases,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
)
