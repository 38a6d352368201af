"""Tests of other folders that are run again as the user of Redis that `deploy/` makes.

A module takes them by `globals().update(borrowed_from(module, ...))`; fixtures come from `tests/deploy/conftest.py`.
"""

import inspect
from types import ModuleType
from typing import Any

USED = {"redis_client", "made"}


def borrowed_from(module: ModuleType, *fixtures: str) -> dict[str, Any]:
    """Those that use Redis, and the module's own fixtures that they need."""
    found = {
        name: test
        for name, test in vars(module).items()
        if name.startswith("test_") and USED & set(inspect.signature(test).parameters)
    }
    assert found, f"{module.__name__} has no test that uses Redis"
    return found | {name: vars(module)[name] for name in fixtures}
