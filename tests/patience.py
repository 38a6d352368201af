"""How long a test waits for what is sure to come: limits are those of a quiet machine, and a busy one has longer.

Nothing is measured by it; a limit only ends what hangs.
"""

import os
from typing import Final

MOST: Final = 12.0


def patience(load: float | None = None, processors: int | None = None) -> float:
    """1 where every process has a processor; else how many have to share one."""
    waiting = os.getloadavg()[0] if load is None else load
    return min(max(1.0, waiting / (processors or os.cpu_count() or 1)), MOST)


OWN: Final = 6.0
"""Processes that want to run where a whole service, its workers, its servers and their drawing are tested, two such
tests at a time."""


def beside_others(load: float | None = None, processors: int | None = None) -> float:
    """By how much a bound of time is wider because others have the machine too. 1 where it has nothing else to do:
    what the tests themselves load it with widens no bound."""
    waiting = os.getloadavg()[0] if load is None else load
    return patience(max(0.0, waiting - OWN), processors)
