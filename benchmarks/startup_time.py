"""How long the command line takes to start. Out: a line a figure, each beside its bound.

python -m benchmarks.startup_time
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

RUNS = 7
_RUN = "import sys; sys.argv[0] = 'mangaka'; from cli.main import run; run()"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured time, what it is compared with, and the greatest ratio that is still right."""

    name: str
    seconds: float
    bound_s: float

    @property
    def ok(self) -> bool:
        """Within the bound."""
        return self.seconds <= self.bound_s

    def __str__(self) -> str:
        ratio = self.seconds / self.bound_s
        return (
            f"{'ok' if self.ok else 'SLOW':<5} {self.name:<24} {self.seconds:6.3f} s  {ratio:5.2f} of {self.bound_s} s"
        )


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
        Figure("python -c pass", timed(["-c", "pass"]), 0.1),
        Figure("mangaka --help", timed(["-c", _RUN, "--help"]), 0.4),
        Figure("mangaka version", timed(["-c", _RUN, "version"]), 0.4),
        Figure("imports of a draw", timed(["-c", "import cli.draw"]), 2.5),
    )


def main() -> int:
    """Prints the figures; 1 when one is out of bounds."""
    found = figures()
    for figure in found:
        sys.stdout.write(f"{figure}\n")
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
