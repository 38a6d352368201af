"""How long the command line takes to start. Out: a line a figure, each beside its bound.

python -m benchmarks.startup_time
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.figure import Figure, told

RUNS = 7
_RUN = "import sys; sys.argv[0] = 'mangaka'; from cli.main import run; run()"


def timed(arguments: Sequence[str]) -> float:
    """Median seconds of a program."""
    spent = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def figures() -> tuple[Figure, ...]:
    """Python alone for comparison; the help page; all that a draw imports."""
    return (
        Figure("python -c pass", timed(["-c", "pass"]), "s", 0.1),
        Figure("mangaka --help", timed(["-c", _RUN, "--help"]), "s", 0.4),
        Figure("mangaka version", timed(["-c", _RUN, "version"]), "s", 0.4),
        Figure("imports of a draw", timed(["-c", "import cli.draw"]), "s", 2.5),
    )


def main() -> int:
    """Prints the figures; 1 when one is out of bounds."""
    return told(figures())


if __name__ == "__main__":
    sys.exit(main())
