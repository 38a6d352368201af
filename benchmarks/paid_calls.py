"""What is paid for twice when workers are killed: four works of the same story by four authors, and `kill -9` to
whoever works, four times, while pictures are on their way.

python -m benchmarks.paid_calls [--works 4] [--kills 4] [--figures FILE]

The least is what a book costs that nobody disturbs, drawn first in the same run, so many times. Each kill may cost at
most the five pictures under way of each work that it interrupts.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, told
from benchmarks.real_service import BOOK, STORY, RealService, crew_on, own_stores
from tests.end_to_end.crew import Crew, paid
from tests.end_to_end.service_program import until
from tests.gemini.server import Gemini

PICTURE_S: Final = 1.0
"""So that there is something on its way whenever somebody is killed."""
AT_ONCE: Final = 5
LIMIT_S: Final = 200.0


@dataclass(frozen=True, slots=True)
class Paid:
    """Calls for pictures: of one work `alone`, and of all that were disturbed. `interrupted`: runs that kills ended."""

    works: int
    kills: int
    alone: int
    calls: int
    interrupted: int
    slowest_s: float


def paid_for(service: RealService, crew: Crew, text: str, works: int, kills: int) -> Paid:
    """First a work alone, then all of them, with the kills spread over their pictures."""
    gemini = service.gemini
    before = paid(gemini).total()
    service.draw(text, BOOK)
    first = paid(gemini).total()
    alone = first - before
    gemini.take(lambda call: PICTURE_S if call.prompt_id == "artwork" else 0.0)
    with ThreadPoolExecutor(works) as authors, crew.watched():
        drawn = [authors.submit(service.draw, text, BOOK) for _ in range(works)]
        for number in range(kills):
            _strike(crew, gemini, first + (number + 0.5) * works * alone / kills)
        crew.until_recovered()
        for work in drawn:
            work.result(LIMIT_S)
    gemini.take(lambda call: 0.0)
    interrupted, took = sum(kill.runs for kill in crew.kills), [kill.took_s or 0.0 for kill in crew.kills if kill.runs]
    return Paid(works, kills, alone, paid(gemini).total() - first, interrupted, max(took, default=0.0))


def _strike(crew: Crew, gemini: Gemini, calls: float) -> None:
    """Kills who is at work once so many pictures are paid for, and has another come."""
    until(lambda: paid(gemini).total() >= calls, LIMIT_S, "so many pictures")
    crew.kill(until(crew.victims, LIMIT_S, "somebody is at work")[0])
    crew.hire_soon()


def figures(found: Paid) -> list[Figure]:
    least = found.works * found.alone
    return [
        Figure(f"paid pictures of {found.works} works after {found.kills} x kill -9", found.calls, "",
               most=least + AT_ONCE * found.interrupted, least=least, peer=least, peer_name="undisturbed"),
        Figure("  runs that were interrupted", found.interrupted, "", least=1),
        Figure("  longest until another worker had them", found.slowest_s, "s", 10.0),
    ]  # fmt: skip


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.paid_calls")
    parser.add_argument("--works", type=int, default=4, help="at least 1")
    parser.add_argument("--kills", type=int, default=4, help="at least 1")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.works < 1 or chosen.kills < 1:
        parser.error("--works and --kills are at least 1")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen, text = parsed(arguments), STORY.read_text(encoding="utf-8")
    with own_stores() as stores, crew_on(stores, 2) as (service, crew):
        found = figures(paid_for(service, crew, text, chosen.works, chosen.kills))
    return told(found, chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
