"""`python -m evals.feedback`: how well the offline writer sorts authors' sentences. Exit code 1 below the goals."""

import asyncio
import sys
import tempfile
from pathlib import Path

from agents.feedback import parse_feedback
from evals.feedback.scoring import GOALS, PARTS, Score, score, sentences, total, view_for
from graph.services import open_services
from providers.base import TextModel
from storage.settings import StorageSettings


async def measured(part: str, mind: TextModel, *, tell_misses: bool) -> Score:
    """One part's score. Misses of the set-aside part stay untold, so that nobody tunes to them."""
    scores = []
    for labelled in sentences(part):
        plan = await parse_feedback(text=labelled.sentence, book=view_for(labelled), mind=mind)
        one = score(labelled, plan)
        if tell_misses and one.scope_right < one.wishes:
            sys.stdout.write(f"  {labelled.id} {labelled.sentence}\n     {plan.to_json()}\n")
        scores.append(one)
    return total(scores)


async def run() -> int:
    with tempfile.TemporaryDirectory() as home:
        async with open_services(StorageSettings(home=Path(home))) as services:
            found = {part: await measured(part, services.text, tell_misses=part == "work_on") for part in PARTS}
    for part, one in found.items():
        sys.stdout.write(f"{part:<10} {one.wishes:>3} wishes   phase {one.phase:.3f}   scope {one.scope:.3f}\n")
    sys.stdout.write(f"goals on the set-aside part: phase {GOALS.phase:.2f}, scope {GOALS.scope:.2f}\n")
    return 0 if GOALS.met_by(found["set_aside"]) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
