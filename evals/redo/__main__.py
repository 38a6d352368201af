"""`python -m evals.redo`: what forty edits redo, beside the least and a plain replay. Exit code 1 below the goal."""

import asyncio
import sys
import tempfile
from pathlib import Path

from evals.redo.edit_cases import cases
from evals.redo.redo_edits import GOAL, Measured, measured

STORY = Path(__file__).parents[2] / "examples" / "the_lighthouse_cat.txt"


def line(one: Measured) -> str:
    """One edit: redone / least / replay, for pictures and for pages."""
    wrong = "" if one.exact else "  <- not the least"
    images, pages = (f"{a:>3} / {b:>3} / {c:>3}" for a, b, c in (one.images, one.pages))
    return f"{one.name:<26} {images}    {pages}{wrong}\n"


async def run(story: str) -> int:
    """Prints a line for every edit as it is measured."""
    found = []
    sys.stdout.write(f"{'redone / least / replay':<26} {'pictures':>15}    {'pages':>15}\n")
    with tempfile.TemporaryDirectory() as home:
        async for one in measured(story, cases(), Path(home)):
            sys.stdout.write(line(one))
            found.append(one)
    exact = sum(one.exact for one in found)
    sys.stdout.write(f"{exact} of {len(found)} redo the least; the goal is {GOAL}\n")
    return 0 if exact >= GOAL else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(run((Path(sys.argv[1]) if len(sys.argv) > 1 else STORY).read_text(encoding="utf-8"))))
