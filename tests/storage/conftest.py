"""The real servers for every test of storage."""

from tests.servers import (  # noqa: F401  fixtures
    broom,
    database_url,
    pool,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
    template_steps,
)
