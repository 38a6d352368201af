"""The commands of `python -m evals`.

Exit codes: 0 good, 1 a figure slipped, 2 wrong use, 3 unmeasured, 130 stopped (`--resume` goes on).
"""

import argparse
import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.gold import GoldWrong
from evals.jobs import Done
from evals.minds import RECORDINGS, MindChoice
from evals.outputs import FEEDBACK
from evals.runs import CaseScores, Plan, RunWrong, as_of_now, run, score_again
from evals.subjects import CasesWrong
from evals.table import show
from manga.errors import MangaError
from manga.phases import PHASES
from providers.settings import DEFAULT_TEXT

GOOD, SLIPPED, WRONG_USE, UNMEASURED, STOPPED = 0, 1, 2, 3, 130
OUT: Final = Path("out") / "evals"


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    console = Console(stderr=False)
    told = parser().parse_args(arguments)
    try:
        return COMMANDS[told.command](told, console)
    except KeyboardInterrupt:
        return STOPPED
    except (RunWrong, CasesWrong, GoldWrong, MangaError, ValueError, FileNotFoundError) as error:
        Console(stderr=True).print(f"evals: {error}", markup=False, highlight=False)
        return WRONG_USE


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(prog="python -m evals", description="How well minds read stories and tell them.")
    commands = top.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run", help="measure, and keep every answer")
    _about_minds(runs)
    runs.add_argument("--out", type=Path, help="folder of the run (default: out/evals/<minds>-<time>)")
    runs.add_argument("--resume", type=Path, metavar="DIR", help="go on with a run that was stopped")
    runs.add_argument("--all", action="store_true", help="print every metric")
    again = commands.add_parser("score", help="today's scorers over the answers of an old run")
    again.add_argument("run", type=Path)
    again.add_argument("--all", action="store_true", help="print every metric")
    return top


def _about_minds(command: argparse.ArgumentParser) -> None:
    command.add_argument("--minds", choices=("offline", "gemini", "replay"), default="offline")
    command.add_argument("--model", default=DEFAULT_TEXT, help="the text model of gemini and replay")
    command.add_argument("--tape", type=Path, default=RECORDINGS, help="folder of recordings")
    command.add_argument("--phase", choices=(*PHASES, FEEDBACK), help="the last phase to make, and the one to score")
    command.add_argument("--until", choices=tuple(PHASES), help="the last phase to make")
    command.add_argument("--repeats", type=int, default=1, choices=range(1, 21), metavar="1..20")
    command.add_argument("--stories", default="*", metavar="GLOB", help="ids of cases")
    command.add_argument("--beside", type=Path, metavar="DIR", help="folder with annotated stories beside the project")
    command.add_argument("--workers", type=int, help="processes, or stories at once of a live model")


def plan_of(told: argparse.Namespace) -> Plan:
    """What the options ask for."""
    choice = MindChoice(minds=told.minds, model=told.model, tape=told.tape)
    return as_of_now(
        Plan(
            choice=choice,
            stories=told.stories,
            phase=told.phase,
            until=told.until,
            repeats=told.repeats,
            beside=told.beside,
        )
    )


def _run(told: argparse.Namespace, console: Console) -> int:
    plan = plan_of(told)
    if told.resume is not None:
        folder, plan = told.resume, _resumed(told.resume, plan)
    else:
        folder = told.out or OUT / f"{told.minds}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    cases = measured(plan, folder, told.workers)
    show(console, cases, everything=told.all)
    console.print(f"kept in {folder}", markup=False, highlight=False)
    return UNMEASURED if any(o.unmeasured for one in cases for o in one.outputs) else GOOD


def _resumed(folder: Path, now: Plan) -> Plan:
    """The run's own plan. Raises RunWrong where the code has changed since: its answers would be of two."""
    from evals.runs import read_plan

    before = read_plan(folder)
    if before.code != now.code:
        raise RunWrong(f"the code has changed since {folder} was begun; begin a new run")
    return before


def measured(plan: Plan, folder: Path, workers: int | None) -> tuple[CaseScores, ...]:
    """The run with a bar on the standard error. Raises KeyboardInterrupt after saying how to go on."""
    errors = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=errors
    ) as bar:
        task = bar.add_task("stories".ljust(22), total=None)

        def heard(done: Done, jobs: int) -> None:
            bar.update(task, total=jobs, advance=1, description=done.id.ljust(22))

        try:
            return asyncio.run(run(plan, folder, workers, heard))
        except KeyboardInterrupt:
            bar.stop()
            errors.print(f"stopped; go on with: python -m evals run --resume {folder}", markup=False, highlight=False)
            raise


def _score(told: argparse.Namespace, console: Console) -> int:
    show(console, score_again(told.run), everything=told.all)
    return GOOD


COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Console], int]]] = {"run": _run, "score": _score}
