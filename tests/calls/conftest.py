"""The real servers, with the checkpointer's tables in every test's database, as for the graph."""

from tests.graph.conftest import template_steps  # noqa: F401 - a fixture
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
