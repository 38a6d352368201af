"""`python -m evals memory --corpus FOLDER | --check`."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from evals.memory.count_in_texts import FEW, counted, read_texts
from evals.memory.counted_summary import SUMMARY, Summary, read_summary, summed, write_summary
from evals.memory.words_of_the_reader import Entry, entries

HELD, MEMORY = 0, 1
SHOWN: Final = 40


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Options of `memory`."""
    own = commands.add_parser("memory", help="in how many texts each word and pattern of the offline reader is found")
    way = own.add_mutually_exclusive_group(required=True)
    way.add_argument("--corpus", type=Path, metavar="FOLDER", help="count in its *.txt and in the stories of our own")
    way.add_argument("--check", action="store_true", help="exit 1: an entry was never counted")


def memory(told: argparse.Namespace, console: Console) -> int:
    """The exit code."""
    every = entries()
    if told.corpus is not None:
        texts, before = read_texts(told.corpus), read_summary()
        found = summed(counted(every, texts))
        if fresh := list(memories_added(every, before, found)):
            for entry in fresh:
                console.print(f"found in fewer than {FEW} texts: {entry.list}: {entry.words}", markup=False)
            console.print(f"{len(fresh)} new entries are memory, not reading: nothing is written", markup=False)
            return MEMORY
        write_summary(found)
        console.print(f"{len(every)} entries in {len(texts)} texts: {SUMMARY}", markup=False, highlight=False)
    lines, wrong = report(every, read_summary())
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return MEMORY if wrong else HELD


def memories_added(every: Sequence[Entry], before: Summary, found: Summary) -> Iterator[Entry]:
    """Entries that were not counted `before` and are of one text or none."""
    if before.known:
        yield from (entry for entry in found.remembered(every) if entry in set(before.uncounted(every)))


def report(every: Sequence[Entry], summary: Summary) -> tuple[list[str], bool]:
    """What to say of these entries, and whether one was never counted. Those of one text or none are told: the summary
    has their number, and each that comes new has to be counted first."""
    unknown, memories = list(summary.uncounted(every)), list(summary.remembered(every))
    lines = [f"not counted: {entry.list}: {entry.words}" for entry in unknown[:SHOWN]]
    if unknown:
        lines.append("Count them: python -m evals memory --corpus FOLDER, with texts that the rule was not made for.")
    if memories:
        most = ", ".join(f"{name} {many}" for name, many in Counter(entry.list for entry in memories).most_common(8))
        lines.append(f"found in fewer than {FEW} texts, and of no kept source: {len(memories)}. Most: {most}")
    lines.append(f"{len(every)} words and patterns, {len(unknown)} not counted, {len(memories)} of one text or none")
    return lines, bool(unknown)
