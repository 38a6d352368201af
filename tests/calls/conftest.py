"""The real servers, as for the graph."""

from tests.servers import (  # noqa: F401 - fixtures
    database_url,
    databases,
    pool,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
)
