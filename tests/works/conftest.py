"""The real servers, and somebody who receives webhooks."""

from tests.servers import (  # noqa: F401  fixtures
    database_url,
    databases,
    pool,
    servers,
    slot,
    template,
)
from tests.works.hooks import hooks, receiver  # noqa: F401  fixtures
