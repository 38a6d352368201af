"""The real servers, with the checkpointer's tables in every test's database."""

from collections.abc import Sequence

import pytest

from graph.checkpointer import open_checkpointer
from storage.database import open_database
from tests.servers import (  # noqa: F401 - fixtures
    TemplateStep,
    database_url,
    databases,
    pool,
    redis_client,
    redis_url,
    servers,
    slot,
    tables_step,
    template,
)


@pytest.fixture(scope="session")
def template_steps() -> Sequence[TemplateStep]:
    return (tables_step(), ("checkpoints", _checkpoints))


async def _checkpoints(url: str) -> None:
    async with open_database(url, max_size=3) as pool:  # noqa: F811 - not the fixture
        await open_checkpointer(pool)
