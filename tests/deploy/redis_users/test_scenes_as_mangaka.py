"""The tests of `tests/storage/test_scene_cache.py` as the user of Redis that `deploy/` makes."""

import pytest

from tests.deploy.borrowed import borrowed_from
from tests.storage import test_scene_cache as test_scenes

pytestmark = pytest.mark.anyio
globals().update(borrowed_from(test_scenes))
