"""The tests of `tests/server/streams/test_redis_hub.py` as the user of Redis that `deploy/` makes."""

import pytest

from tests.deploy.borrowed import borrowed_from
from tests.server.streams import test_redis_hub as test_hub

pytestmark = pytest.mark.anyio
globals().update(borrowed_from(test_hub))
