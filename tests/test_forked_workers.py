"""Workers of a parallel run that are copies of a process which has loaded their tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patience

ROOT = Path(__file__).resolve().parents[1]
CONFTEST = """
import pytest
from tests.forked_workers import fork_workers

def pytest_configure(config):
    if end := fork_workers(config):
        config.add_cleanup(end)
"""
TESTS = """
import os
import pathlib
import pytest

loads = pathlib.Path(__file__).with_name("loads")
with loads.open("a") as file:
    file.write(f"{os.getpid()}\\n")

@pytest.mark.parametrize("number", range(8))
def test_is_run_by_a_worker(number, request):
    assert request.config.workerinput["workerid"].startswith("gw")
    assert loads.read_text() != f"{os.getpid()}\\n"
"""


def run(folder: Path) -> str:
    """What a run of its own says of the tests in a folder."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", "2", "--import-mode=importlib"], cwd=folder,
        env=environment, capture_output=True, text=True, check=False, timeout=50 * patience(),
    )  # fmt: skip
    return ended.stdout + ended.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "with spaces, 日本"
    found.mkdir()
    return found


def test_a_file_of_tests_is_loaded_once_for_all_workers(folder: Path) -> None:
    (folder / "test_loads.py").write_text(TESTS)
    said = run(folder)
    assert "8 passed" in said
    assert len((folder / "loads").read_text().splitlines()) == 1


def test_a_worker_that_dies_is_followed_by_another_and_said(folder: Path) -> None:
    (folder / "test_dies.py").write_text(TESTS + "\ndef test_dies():\n    os._exit(3)\n")
    said = run(folder)
    assert "1 failed, 8 passed" in said
    assert "crashed while running" in said


def test_a_file_that_cannot_be_loaded_is_told_as_ever(folder: Path) -> None:
    (folder / "test_broken.py").write_text("import nothing_of_that_name\n")
    said = run(folder)
    assert "No module named 'nothing_of_that_name'" in said
    assert "1 error" in said


def test_a_file_that_skips_itself_is_not_run_by_half(folder: Path) -> None:
    (folder / "test_skips.py").write_text(TESTS + "\npytest.skip('not here', allow_module_level=True)\n")
    said = run(folder)
    assert "passed" not in said
    assert "1 skipped" in said
