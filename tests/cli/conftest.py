"""The command as a program of its own, with the test servers behind it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from storage.base import Servers
from tests.servers import servers, servers_home, slot  # noqa: F401  fixtures

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; sys.argv[0] = 'mangaka'; from cli.main import run; run()"
Mangaka = Callable[..., subprocess.CompletedProcess[bytes]]


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Nothing of the tester's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MANGA_HOME": str(home), **(more or {})}


@pytest.fixture
def mangaka(tmp_path: Path) -> Mangaka:
    """`mangaka("draw", "story.txt")` in a folder of its own."""

    def call(
        *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, home: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment(home or tmp_path / "home", env),
            timeout=55,
            check=False,
        )

    return call


@pytest.fixture
def shared_home(servers: Servers) -> Path:  # noqa: F811
    """A home whose servers run already."""
    return servers_home()
