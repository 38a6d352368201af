"""The command line as a program of its own: fixtures and helpers of the tests that look at it from outside."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from tests.patience import patience
from tests.warm import run_warm

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "import sys; sys.argv[0] = 'mangaka'; from cli.main import run; run()"
LIMIT_S = 170

Ended = subprocess.CompletedProcess[bytes]
Mangaka = Callable[..., Ended]


@dataclass(frozen=True)
class Stores:
    """Where a test's commands keep things, and the environment that says so."""

    folder: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Nothing of the tester's own settings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        ours = {
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "MANGA_LOCAL_SERVERS": "[]",
            "MANGA_HOME": str(self.folder / "home"),
            "MANGA_DATABASE_URL": self.database_url,
            "MANGA_REDIS_URL": self.redis_url,
        }
        return kept | ours | dict(more or {})


@pytest.fixture
def stores(tmp_path: Path, database_url: str, redis_url: str) -> Stores:
    return Stores(tmp_path, database_url, redis_url)


def call(stores: Stores, program: str = PROGRAM) -> Mangaka:
    """Runs a command to its end, in a process that has loaded its code before."""

    def run(*arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ended:
        return run_warm(program, arguments, stdin, stores.folder, stores.environment(env), LIMIT_S * patience())

    return run


@pytest.fixture
def mangaka(stores: Stores) -> Mangaka:
    """`mangaka("draw", "story.txt")` in the test's folder."""
    return call(stores)


def start(stores: Stores, *arguments: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """A command that runs on its own; its stderr can be read while it does."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=stores.folder,
        env=stores.environment(env),
    )


def line_with(stream: IO[bytes] | None, word: str) -> str:
    """Reads until a line holds the word, and answers the line. Raises when the stream ends before."""
    assert stream is not None
    seen = []
    for raw in stream:
        seen.append(raw.decode())
        if word in seen[-1]:
            return seen[-1].strip()
    raise AssertionError(f"no line with {word!r} in {seen}")
