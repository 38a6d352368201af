"""The end of a benchmark: its figures printed, written where they are wanted, and its exit code."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure, write_figures


def told(found: Sequence[Figure], file: Path | None = None) -> int:
    """1 when a figure is out of bounds, or when there is none."""
    print(*found, sep="\n", flush=True)
    if file is not None:
        write_figures(found, file)
    return 0 if found and all(figure.ok for figure in found) else 1
