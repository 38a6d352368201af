"""`python -m evals memory --corpus FOLDER | --check`."""

import argparse
from collections.abc import Sequence
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
    way.add_argument(
        "--check", action="store_true", help="exit 1: an entry was never counted, or is of one text or none"
    )


def memory(told: argparse.Namespace, console: Console) -> int:
    """The exit code."""
    every = entries()
    if told.corpus is not None:
        texts, before = read_texts(told.corpus), read_summary()
        found = summed(counted(every, texts))
        if before.known and sum(found.loose.values()) > sum(before.loose.values()):
            console.print(
                f"{sum(found.loose.values())} words of rules that one text or none has, {sum(before.loose.values())} "
                "before: nothing is written",
                markup=False,
            )
            return MEMORY
        write_summary(found)
        console.print(f"{len(every)} entries in {len(texts)} texts: {SUMMARY}", markup=False, highlight=False)
    lines, wrong = report(every, read_summary())
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return MEMORY if wrong else HELD


def report(every: Sequence[Entry], summary: Summary) -> tuple[list[str], bool]:
    """What to say of these entries, and whether one was never counted, or counted in one text or none."""
    unknown, memories = list(summary.uncounted(every)), list(summary.remembered(every))
    lines = [f"not counted: {entry.list}: {entry.words}" for entry in unknown[:SHOWN]]
    if unknown:
        lines.append("Count them: python -m evals memory --corpus FOLDER, with texts that the rule was not made for.")
    lines += [f"in fewer than {FEW} texts, of no kept source: {entry.list}: {entry.words}" for entry in memories]
    lines.append(f"{len(every)} words and patterns, {len(unknown)} not counted, {len(memories)} of one text or none")
    lines.append(f"{sum(summary.loose.values())} frequent words stand in rules that one text or none has")
    return lines, bool(unknown or memories)
