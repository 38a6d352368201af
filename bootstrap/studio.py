"""`python -m bootstrap.studio`: `langgraph dev` over `langgraph.json`, in an environment of its own.

The development server wants older packages than the product, and its licence allows development only.
"""

import hashlib
import os
import sys
from pathlib import Path

from bootstrap.__main__ import alone, stamped
from bootstrap.environment import make_environment
from bootstrap.machine import SetUpFailed, say
from bootstrap.pip_settings import machine_settings

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("studio.lock")
QUIET = {"LANGGRAPH_CLI_NO_ANALYTICS": "1", "LANGSMITH_TRACING": "false"}
DOWNLOAD_MB = 150


def environment(work: Path) -> Path:
    """The studio's own environment, made when it is missing or older than its lock."""
    place = work / "studio"
    state = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    with alone(work):
        if not stamped(place / ".stamp", state):
            make_environment(LOCK, place, work, pip=machine_settings(), megabytes=DOWNLOAD_MB)
            (place / ".stamp").write_text(state + "\n", encoding="utf-8")
    return place


def main() -> int:
    """Becomes the development server; returns only when that cannot be started."""
    try:
        python = environment(ROOT / ".boot") / "bin/python"
        command = [str(python), "-m", "langgraph_cli", "dev", "--no-browser", *sys.argv[1:]]
        os.chdir(ROOT)
        os.execve(python, command, dict(os.environ) | QUIET)
    except SetUpFailed as failure:
        say(str(failure))
    except OSError as failure:
        say(f"the studio cannot start: {failure}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
