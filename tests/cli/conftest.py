"""The command as a program of its own, with a database and a Redis of the test's own behind it."""

from tests.program import mangaka, stores  # noqa: F401  fixtures
from tests.servers import (  # noqa: F401  fixtures
    database_url,
    databases,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
)
