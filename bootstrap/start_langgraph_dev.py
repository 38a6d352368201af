"""`python -m bootstrap.start_langgraph_dev`: `langgraph dev` over `langgraph.json`, in an environment of its own.

The development server wants older packages than the product, and its licence allows development only.
"""

import os
import sys
from pathlib import Path

from bootstrap.run_programs import SetUpFailed, say
from bootstrap.side_environment import environment

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("studio.lock")
QUIET = {"LANGGRAPH_CLI_NO_ANALYTICS": "1", "LANGSMITH_TRACING": "false"}
DOWNLOAD_MB = 150


def main() -> int:
    """Becomes the development server; returns only when that cannot be started."""
    try:
        python = environment(LOCK, ROOT / ".boot/studio", megabytes=DOWNLOAD_MB) / "bin/python"
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
