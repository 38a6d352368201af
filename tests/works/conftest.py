"""The real servers, with the queue's tables in every test's database."""

from collections.abc import Sequence

import pytest

from storage.database import open_database
from tests.servers import (  # noqa: F401  fixtures
    TemplateStep,
    database_url,
    databases,
    pool,
    servers,
    slot,
    tables_step,
    template,
)
from tests.works.hooks import hooks, receiver  # noqa: F401  fixtures
from works.queue.job_queue import prepare_schema


async def _queue_tables(url: str) -> None:
    async with open_database(url, max_size=1) as opened:
        await prepare_schema(opened)


@pytest.fixture(scope="session")
def template_steps() -> Sequence[TemplateStep]:
    return (tables_step(), ("queue-1", _queue_tables))
