"""What every test shares: property tests that find the same cases each time, the product's event loop, an end."""

import faulthandler
import gc
import os
import re
import ssl
import sys
import threading
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import certifi
import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

import prompts.library
from tests.forked_workers import fork_workers
from tests.patience import patience
from tests.sampling import SEED, folders_of, mark_unsampled, seed
from tests.shared_work import open_shared_folder

GRACE_S = 20.0
WITH_SERVICES = ("recorded", "security", "server")

# A key in the developer's environment would send the tests' stories to a model that costs money.
_MINDS = ("MANGA_TEXT_", "MANGA_IMAGE", "MANGA_GOOGLE_", "MANGA_OPENAI_", "OPENAI_", "GOOGLE_")
for _name in [name for name in os.environ if name.endswith("_API_KEY") or name.startswith(_MINDS)]:
    del os.environ[_name]
os.environ["MANGA_LOCAL_SERVERS"] = "[]"  # no test looks for a model server on the developer's machine

# To look for garbage in all that thousands of tests and their imports have made takes a third of the time of finding
# them: nothing of it goes away before the end.
gc.disable()

settings.register_profile("mangaka", deadline=None, derandomize=True, database=None, max_examples=40)
settings.register_profile("many", deadline=None, derandomize=True, database=None, max_examples=400)
settings.load_profile("mangaka")

# Hypothesis would take constants out of every module of ours that is loaded: its cases would depend on which tests run
# together, and each process of a run would parse 500 files, a tenth of the time of finding all tests.
providers.is_local_module_file = lambda path: False  # type: ignore[attr-defined]

# No test's data outlasts a power cut: what is stored need not wait for the disk. Tests of that put a call of their own
# in its place; programs that tests start wait as ever.
os.fsync = lambda handle: None

# Whoever opens a client of Google's or httpx reads 140 certificates, three times a client: 20 ms each.
_new_context = ssl.create_default_context
_bundled = cache(lambda cafile: _new_context(cafile=cafile))


def _context(*told: Any, **named: Any) -> ssl.SSLContext:
    given = {name: value for name, value in named.items() if value is not None}
    whole = told == () and given == {"cafile": certifi.where()}
    return _bundled(certifi.where()) if whole else _new_context(*told, **named)


ssl.create_default_context = _context

# Hundreds of tests load the prompts: what a text says is found once.
prompts.library.parse_prompt = cache(prompts.library.parse_prompt)

_ALL_SLOW = re.compile(r"^pytestmark = (?:\[[^\]]*)?pytest\.mark\.slow\b", re.MULTILINE)


@pytest.fixture
def anyio_backend() -> str:
    """The product runs on asyncio alone."""
    return "asyncio"


def pytest_configure(config: pytest.Config) -> None:
    """Before workers are started, which take the seed over."""
    seed()
    config.pluginmanager.register(Neighbours())
    if not hasattr(config, "workerinput"):
        config.add_cleanup(open_shared_folder())
    if end := fork_workers(config):
        config.add_cleanup(end)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file whose tests are all slow is not even loaded by a run that would leave them all out."""
    if config.option.markexpr != "not slow" or collection_path.suffix != ".py":
        return None
    return True if _ALL_SLOW.search(collection_path.read_text(encoding="utf-8")) else None


def pytest_report_header() -> str:
    return f"sample: {SEED}={seed()} draws the same again, `make slow` runs what is left out"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark_unsampled(items, config.rootpath / "tests")


class Neighbours:
    """Tests of a folder stay together, each folder's in a random order of their own: of several processes one has those
    that share a service, not each of them a service. Those with services come last, so that none waits for long."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        folders = folders_of(items, config.rootpath / "tests")
        items.sort(key=lambda item: (folders[item.path] in WITH_SERVICES, folders[item.path]))


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, among what the tests make."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Gives tests longer on a busy machine. Ends a process that hangs after its timeout: `pytest-timeout` strikes once,
    and a stuck clean-up stays."""
    marker = item.get_closest_marker("timeout")
    limit = float(marker.args[0]) if marker and marker.args else float(item.config.getini("timeout"))
    limit *= patience()
    item.add_marker(pytest.mark.timeout(limit), append=False)
    end = threading.Timer(limit + GRACE_S, _end, [item.nodeid])
    end.daemon = True
    end.start()
    try:
        return (yield)
    finally:
        end.cancel()


def _end(name: str) -> None:
    sys.__stderr__.write(f"\n{name} hangs after its timeout; where every thread stands:\n")
    faulthandler.dump_traceback(file=sys.__stderr__)
    os._exit(1)
