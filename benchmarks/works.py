"""All that is measured of works that draw everything, on one set of servers: what a work costs, how a single one fares,
ten at once, and what is paid for again when workers are killed.

python -m benchmarks.works [--figures FILE]
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import one_work, paid_calls, ten_works, work_cost
from benchmarks.figure import Figure, told, write_figures
from benchmarks.real_service import STORY, crew_on, own_stores, service_on

COSTS = 2
"""Works, one after the other."""
SPEED = 2.0
"""Of models, for the work that is looked at alone."""
AT_ONCE = 10
DISTURBED, KILLS = 4, 4


def measured() -> Iterator[list[Figure]]:
    """One measure after the other. The first work of the story fills the stub, so that later ones wait for none."""
    text = STORY.read_text(encoding="utf-8")
    with own_stores() as stores:
        with service_on(stores) as service:
            yield work_cost.figures(work_cost.measured(service, text, COSTS))
            yield one_work.figures(one_work.watched(service, text, SPEED))
        with crew_on(stores, 1) as (service, crew):
            ten_works.warm(service, text)
            yield ten_works.figures(asyncio.run(ten_works.seen(service, crew, text, AT_ONCE)))
            crew.hire()
            yield paid_calls.figures(paid_calls.paid_for(service, crew, text, DISTURBED, KILLS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures as they come; 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.works")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    found: list[Figure] = []
    bad = 0
    for some in measured():
        bad |= told(some)
        found += some
        if chosen.figures:
            write_figures(found, chosen.figures)
    return bad


if __name__ == "__main__":
    sys.exit(main())
