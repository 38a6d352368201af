"""Finds uv, or gets it: by a venv with pip, else by pip alone into a folder of ours (PEP 668 allows that)."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bootstrap.run_programs import SetUpFailed, run, say

OLDEST = (0, 4)
LOCK = Path(__file__).with_name("uv.lock")
REMEDY = (
    "no uv, and neither venv nor pip with {python}; install one of them, "
    "on Debian and Ubuntu: apt-get install python3-venv (or python3-pip)"
)


def find_uv(work: Path, env: Mapping[str, str]) -> Path:
    """Path of a uv that we can use; installs one under `work` when the PATH has none."""
    found = shutil.which("uv")
    if found and _version(Path(found)) >= OLDEST:
        return Path(found)
    for ours in (work / "uv/bin/uv", work / "uv-target/bin/uv"):
        if ours.exists() and _version(ours) > (0,):
            return ours
    say("fetching uv, the installer (about 25 MB) ...")
    pip, uv = _by_venv(work, env) or _by_pip(work)
    try:
        run([*pip, "--require-hashes", "--retries", "1", "-r", LOCK], env=_own_pip(env))
    except SetUpFailed as failure:
        raise SetUpFailed(
            f"uv cannot be fetched: {failure}; check the network and pip's index settings, then run again"
        ) from None
    return uv


def _version(uv: Path) -> tuple[int, ...]:
    try:
        words = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True, timeout=20).stdout.split()
        return tuple(int(part) for part in words[1].split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return (0,)


def _by_venv(work: Path, env: Mapping[str, str]) -> tuple[list[str | Path], Path] | None:
    """pip's install command in a venv of ours; nothing where Debian has split venv off."""
    place = work / "uv"
    try:
        run([sys.executable, "-m", "venv", "--clear", place], env=env)
    except SetUpFailed:
        shutil.rmtree(place, ignore_errors=True)
        return None
    return [place / "bin/python", "-m", "pip", "install", "--quiet"], place / "bin/uv"


def _by_pip(work: Path) -> tuple[list[str | Path], Path]:
    if importlib.util.find_spec("pip") is None:
        raise SetUpFailed(REMEDY.format(python=sys.executable))
    place = work / "uv-target"
    shutil.rmtree(place, ignore_errors=True)
    return [sys.executable, "-m", "pip", "install", "--quiet", "--target", place], place / "bin/uv"


def _own_pip(env: Mapping[str, str]) -> dict[str, str]:
    """A user's constraints, --user or --target would change what the lock says."""
    unwanted = {"PIP_CONSTRAINT", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    return {key: value for key, value in env.items() if key not in unwanted} | {"PIP_CONSTRAINT": os.devnull}
