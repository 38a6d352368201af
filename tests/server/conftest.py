"""A real service on the real servers."""

from tests.servers import servers, slot  # noqa: F401 - fixtures
from tests.service import service  # noqa: F401 - a fixture
