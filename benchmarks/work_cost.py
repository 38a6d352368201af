"""What a work costs, its drawing included: processor seconds by who spends them, rows and bytes in PostgreSQL, bytes in
the object store, connections. Nothing is remembered: every page, sheet and preview is drawn as it is for an author.

python -m benchmarks.work_cost [--works 2] [--story FILE] [--figures FILE]

`mangaka serve` with its workers inside draws the story so many times, one after the other, after a small work that does
not count (what is imported and started then is not a work's). Pictures and words come from the stub of Google's models
that the tests use; it stands for somebody else's machine, so its processor time is not counted. Every work is of
another tenant, so that each picture is paid for. A calibration loop runs on all cores before and after: the ratio to it
holds on other machines and beside other load.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

from benchmarks.calibration import calibrate
from benchmarks.figure import Figure
from benchmarks.one_work import is_picture
from benchmarks.real_service import BOOK, STORY, RealService, Spent, own_stores, service_on
from benchmarks.stored import Stored, stored_of
from benchmarks.telling import told
from benchmarks.watching import Connections
from tests.end_to_end.crew import is_panel

MOST_S: Final = 9.0
"""Processor seconds of the machine that `REFERENCE_S` was taken on."""
REFERENCE_S: Final = 0.81
"""The calibration loop there, on both cores at once and with nothing else to do."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all measured works together. `paid` are the calls for pictures of panels, `shown` the panels that have one."""

    works: int
    spent: Spent
    wall_s: float
    calibration_s: float
    paid: int
    shown: int
    words: int
    least_words: int
    pages: int
    stored: Stored
    connections: Connections


def measured(service: RealService, text: str, works: int) -> Cost:
    """The story drawn so many times, each time for another author, after a first time by which the stub has its
    pictures: it draws on the same cores."""
    service.draw(text, BOOK)
    first, calibration, calls = stored_of(service.servers, []), [calibrate()], len(service.gemini.calls)
    before, begun = service.spent(), time.monotonic()
    with Connections().watched(service.servers) as connections:
        drawn = [service.draw(text, BOOK) for _ in range(works)]
    took, seconds = time.monotonic() - begun, service.spent().since(before)
    calibration.append(calibrate())
    made = service.gemini.calls[calls:]
    pictures, words = (
        [call for call in made if call.paid and is_picture(call) is picture] for picture in (True, False)
    )
    shown, pages = (sum(counts) for counts in zip(*map(service.book, drawn), strict=True))
    stored = stored_of(service.servers, [story.id for story in drawn]).since(first)
    return Cost(
        works,
        seconds,
        took,
        fmean(calibration),
        sum(is_panel(call) for call in pictures),
        shown,
        len(words),
        len({call.digest for call in words}) * works,
        pages,
        stored,
        connections,
    )


def figures(cost: Cost) -> list[Figure]:
    """A work, by the mean of all."""
    works, seconds = cost.works, cost.spent.total / cost.works
    pace = cost.calibration_s / REFERENCE_S
    parts = (Figure(f"  of {who}", part / works, "s") for who, part in cost.spent.seconds.items())
    return [
        Figure("a work with its drawing, processor time at the reference's pace", seconds / pace, "s", MOST_S),
        Figure(
            "a work with its drawing, processor time", seconds, "s", peer=cost.calibration_s, peer_name="calibration"
        ),
        *parts,
        Figure("paid calls for pictures", cost.paid, "", peer=cost.shown, peer_name="pictures in the books", times=1.0),
        Figure("paid calls for words", cost.words, "", peer=cost.least_words, peer_name="questions", times=1.0),
        Figure("pages, a work", cost.pages / works, ""),
        Figure("a work from its story to its end, alone", cost.wall_s / works, "s"),
        *cost.stored.figures(works),
        *cost.connections.figures(),
    ]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.work_cost")
    parser.add_argument("--works", type=int, default=2, help="at least 1")
    parser.add_argument("--story", type=Path, default=STORY)
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.works < 1:
        parser.error("--works is at least 1")
    if not chosen.story.is_file():
        parser.error(f"--story: there is no file {chosen.story}")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen = parsed(arguments)
    with own_stores() as stores, service_on(stores) as service:
        found = figures(measured(service, chosen.story.read_text(encoding="utf-8"), chosen.works))
    return told(found, chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
