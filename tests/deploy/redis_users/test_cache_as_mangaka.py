"""The tests of `tests/storage/test_redis.py` as the user of Redis that `deploy/` makes."""

import pytest

from tests.deploy.borrowed import borrowed_from
from tests.deploy.conftest import AclValkey
from tests.storage import test_redis

pytestmark = pytest.mark.anyio
globals().update(borrowed_from(test_redis))


@pytest.fixture
def redis_url(acl_valkey: AclValkey) -> str:
    """Of whoever listens to `progress:`, which the product does not."""
    return acl_valkey.admin_url
