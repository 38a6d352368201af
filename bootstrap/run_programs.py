"""Runs programs out of sight and says what happens in one line each; the error of a set-up that failed."""

import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARTBEAT_S = 15.0
TELLING = ("error", "cause", "npm error", "├─▶", "╰─▶", "×")
EMPTY = ("npm error", "debug-0.log")


class SetUpFailed(Exception):
    """One line with the cause and the remedy."""


def say(line: str) -> None:
    """One line of progress; stdout belongs to the data of the command that waits for us."""
    sys.stderr.write(f"mangaka: {line}\n")
    sys.stderr.flush()


def musl_line(host: str) -> str:
    """The line for a C library that the wheels are not built for, or nothing."""
    if "musl" not in host:
        return ""
    return (
        "this system uses musl libc, which the PostgreSQL and Valkey wheels are not built for; "
        "use a glibc system such as Debian, Ubuntu or Fedora (in a container: python:3.12-slim)"
    )


def host_name() -> str:
    """What this Python was built for, e.g. x86_64-pc-linux-gnu."""
    return " ".join(str(sysconfig.get_config_var(name) or "") for name in ("HOST_GNU_TYPE", "SOABI", "MULTIARCH"))


def count_packages(lock: str) -> int:
    """How many packages a lock names."""
    return sum(1 for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#")))


def last_words(output: str, limit: int = 400) -> str:
    """The part of a failed program's output that says why, on one line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if line.lower().startswith(TELLING) and not line.lower().endswith(EMPTY)]
    return " ".join(telling[:3] or lines[-2:])[:limit] or "no message"


def run(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path | None = None) -> str:
    """Run a program out of sight, with a sign of life every quarter minute. Raises with its last words."""
    started = time.monotonic()
    with subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        while True:
            try:
                output, _ = process.communicate(timeout=HEARTBEAT_S)
                break
            except subprocess.TimeoutExpired:
                say(f"  still at it after {time.monotonic() - started:.0f} s")
    if process.returncode != 0:
        raise SetUpFailed(last_words(output))
    return output
