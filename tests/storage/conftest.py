"""The real servers for every test of storage."""

from tests.gcs import gcs, gcs_server  # noqa: F401  fixtures
from tests.servers import (  # noqa: F401  fixtures
    database_url,
    databases,
    pool,
    redis_client,
    redis_url,
    servers,
    slot,
    template,
)
