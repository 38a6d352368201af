"""The tests of `tests/contracts/test_allowance.py` as the user of Redis that `deploy/` makes."""

import pytest

from tests.contracts import test_allowance
from tests.deploy.borrowed import borrowed_from

pytestmark = pytest.mark.anyio
globals().update(borrowed_from(test_allowance, "clock", "made"))
