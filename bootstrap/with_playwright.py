"""`python -m bootstrap.with_playwright -m pytest ...`: runs a command with the browser's driver (Playwright).

The driver lies in an environment of its own, because nobody needs its 45 MB to use, test or build Mangaka; its lock is
held like the others. Where it cannot be had the command runs without it, and what wants it says so.
"""

import os
import sys
from pathlib import Path

from bootstrap.run_programs import SetUpFailed, say
from bootstrap.side_environment import environment

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("playwright.lock")
DOWNLOAD_MB = 45


def packages() -> Path:
    """The folder of the driver's packages. Raises `SetUpFailed`."""
    place = environment(LOCK, ROOT / ".boot/walks", megabytes=DOWNLOAD_MB)
    return place / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def main() -> int:
    """Becomes the command; returns only when that cannot be started."""
    beside = os.environ.get("PYTHONPATH", "")
    try:
        beside = os.pathsep.join(filter(None, (beside, str(packages()))))
    except SetUpFailed as failure:
        say(f"without a driver for the browser: {failure}")
    try:
        os.execve(sys.executable, [sys.executable, *sys.argv[1:]], dict(os.environ) | {"PYTHONPATH": beside})
    except OSError as failure:
        say(f"the command cannot start: {failure}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
