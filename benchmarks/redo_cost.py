"""What forty edits redo, beside the least (`evals.redo`), as figures.

python -m benchmarks.redo_cost [--figures FILE]
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure, told
from evals.redo.__main__ import STORY
from evals.redo.edit_cases import cases
from evals.redo.redo_edits import GOAL, Measured, measured


async def found() -> list[Measured]:
    """All edits, each on the same finished book."""
    with tempfile.TemporaryDirectory(prefix="mangaka-redo-") as home:
        return [one async for one in measured(STORY.read_text(encoding="utf-8"), cases(), Path(home))]


def figures(edits: Sequence[Measured]) -> list[Figure]:
    """Pictures and pages of all edits together, and how many edits redo exactly what they must."""
    pictures, pages = ([getattr(one, what) for one in edits] for what in ("images", "pages"))
    least = sum(one.exact for one in edits)
    wrong = (
        Figure(f"  {one.name}: pictures, pages {one.pages[0]} of {one.pages[1]}", one.images[0], "", one.images[1])
        for one in edits
        if not one.exact
    )
    return [
        Figure(f"of {len(edits)} edits, those that redo the least", least, "", least=GOAL),
        Figure("pictures drawn again", sum(row[0] for row in pictures), "", peer=sum(row[1] for row in pictures),
               peer_name="the least"),
        Figure("pages lettered again", sum(row[0] for row in pages), "", peer=sum(row[1] for row in pages),
               peer_name="the least"),
        Figure("pictures that a plain replay of the graph draws", sum(row[2] for row in pictures), ""),
        *wrong,
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redo_cost")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    return told(figures(asyncio.run(found())), chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
