"""One stub for all the tests of a module; each finds it as new. A test module, or a `conftest.py`, imports both:

from tests.gemini.kept import gemini, running

__all__ = ["gemini", "running"]
"""

from collections.abc import Iterator

import pytest

from tests.gemini.server import Gemini, serve


@pytest.fixture(scope="module")
def running() -> Iterator[Gemini]:
    with serve() as started:
        yield started


@pytest.fixture
def gemini(running: Gemini) -> Gemini:
    running.reset()
    return running
