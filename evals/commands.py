"""The commands of `python -m evals`.

Exit codes: 0 good, 1 a figure slipped, 2 wrong use, 3 unmeasured, 130 stopped (`--resume` goes on).
"""

import argparse
import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.all_scorers import METRICS
from evals.answering_models import RECORDINGS, ModelChoice
from evals.baseline_files import (
    let_through,
    read_models,
    take_model,
    take_offline,
)
from evals.compare_roughs import add_parser as add_roughs
from evals.compare_roughs import roughs
from evals.compare_runs import compared
from evals.eval_runs import (
    CaseScores,
    Plan,
    RunWrong,
    as_of_now,
    jobs_of,
    read_plan,
    read_scores,
    run,
    samples_of,
    score_again,
)
from evals.faces.commands import add_parser as add_faces
from evals.faces.commands import faces
from evals.gate import Verdict, both, live_gate, offline_gate
from evals.gate_rules import Repeats
from evals.langsmith import told_langsmith
from evals.letters.commands import add_parser as add_letters
from evals.letters.commands import letters
from evals.losses import counted
from evals.measure_sealed_stories import commit, logged, measured_sealed
from evals.measured_stories import CasesWrong
from evals.memory import commands as memory
from evals.metric_bounds import pooled
from evals.prompt_verdicts import Standing, taped_answers, verdicts
from evals.raw_answers import FEEDBACK
from evals.read_gold import GoldWrong
from evals.report.html_page import write_report
from evals.retold.commands import add_parser, retold
from evals.run_jobs import Done
from evals.scorers import directed_and_drawn
from evals.strict_figures import rows, strict_table
from evals.taped_questions import taped
from evals.terminal_tables import say, show, wide
from manga.errors import MangaError
from manga.losses import told as told_loss
from manga.phases import PHASES, Phase
from prompts.library import load_prompts
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
        say(Console(stderr=True), f"evals: {error}")
        return WRONG_USE


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(prog="python -m evals", description="How well models read stories and tell them.")
    commands = top.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run", help="measure, and keep every answer")
    _about_models(runs)
    runs.add_argument("--out", type=Path, help="folder of the run (default: out/evals/<models>-<time>)")
    runs.add_argument("--resume", type=Path, metavar="DIR", help="go on with a run that was stopped")
    runs.add_argument("--langsmith", action="store_true", help="tell LangSmith the figures too, with LANGSMITH_API_KEY")
    runs.add_argument("--all", action="store_true", help="print every metric")
    strict = commands.add_parser("strict", help="figures that can fall, beside chance and a perfect book")
    _about_models(strict)
    strict.add_argument("--run", type=Path, metavar="DIR", help="of this run; nobody is asked")
    sealed = commands.add_parser("sealed", help="the same of a sealed set, pooled and logged")
    sealed.add_argument("set", choices=("a", "b"))
    sealed.add_argument("--really", action="store_true", help="open set b, which is measured once")
    sealed.add_argument("--workers", type=int, help="processes")
    gate = commands.add_parser("gate", help="may this change land? exit 1: no, 3: nobody has measured it")
    gate.add_argument("--run", type=Path, metavar="DIR", help="judge this run instead of a new one of the rules")
    gate.add_argument("--workers", type=int, help="processes")
    gate.add_argument("--report", type=Path, metavar="FILE", help="write the report too")
    base = commands.add_parser("baseline", help="take the figures of a run as those that later ones are held to")
    base.add_argument("--run", type=Path, metavar="DIR", help="of this run instead of a new one of the rules")
    base.add_argument("--workers", type=int, help="processes")
    reasons = base.add_mutually_exclusive_group()
    reasons.add_argument("--lower", metavar="REASON", help="why figures may fall; kept in the baseline")
    reasons.add_argument("--bear-unmeasured", metavar="REASON", help="why prompts may land that no model has answered")
    report = commands.add_parser("report", help="one HTML file of a run")
    report.add_argument("run", type=Path)
    report.add_argument("--against", type=Path, metavar="DIR", help="a run to compare with (default: the baseline)")
    report.add_argument("--out", type=Path, metavar="FILE", help="default: report.html in the run's folder")
    compare = commands.add_parser("compare", help="two runs beside each other")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    again = commands.add_parser("score", help="today's scorers over the answers of an old run")
    again.add_argument("run", type=Path)
    again.add_argument("--all", action="store_true", help="print every metric")
    _about_tapes(commands)
    for add in (add_parser, add_faces, add_letters, add_roughs, memory.add_parser):
        add(commands)
    return top


def _about_tapes(commands: Any) -> None:
    lost = commands.add_parser("losses", help="what of taped answers is lost without a word: 0 is good")
    lost.add_argument("folders", type=Path, nargs="*", default=[RECORDINGS], help="recordings, or desks")
    lost.add_argument("--all", action="store_true", help="print every loss that is explained")
    words = commands.add_parser("prompts", help="what taped answers say of the words of every prompt")
    words.add_argument("folder", type=Path, nargs="?", default=RECORDINGS, help="recordings")


def _about_models(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--models", "--minds", dest="models", choices=("offline", "gemini", "replay", "tapes"), default="offline"
    )
    command.add_argument("--model", default=DEFAULT_TEXT, help="the text model of gemini and replay")
    command.add_argument("--tape", type=Path, default=RECORDINGS, help="folder of recordings")
    command.add_argument("--phase", choices=(*PHASES, FEEDBACK), help="the last phase to make, and the one to score")
    command.add_argument("--until", choices=tuple(PHASES), help="the last phase to make")
    command.add_argument("--repeats", type=int, default=1, choices=range(1, 21), metavar="1..20")
    command.add_argument("--pool", choices=("known", "open"), default="known", help="which stories of our own")
    command.add_argument("--stories", default="*", metavar="GLOB", help="ids of cases")
    command.add_argument("--beside", type=Path, metavar="DIR", help="folder with annotated stories beside the project")
    command.add_argument("--workers", type=int, help="processes, or stories at once of a live model")


def plan_of(told: argparse.Namespace) -> Plan:
    """What the options ask for."""
    choice = ModelChoice(models=told.models, model=told.model, tape=told.tape)
    return as_of_now(
        Plan(
            choice=choice,
            stories=told.stories,
            pool=told.pool,
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
        folder = told.out or OUT / f"{told.models}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    cases = measured(plan, folder, told.workers)
    show(console, cases, everything=told.all)
    say(console, f"kept in {folder}")
    if told.langsmith:
        told_langsmith(cases, plan.choice.models, folder.name)
    return UNMEASURED if any(o.unmeasured for one in cases for o in one.outputs) else GOOD


def _strict(told: argparse.Namespace, console: Console) -> int:
    """Told as far as pictures, or as `--until` says: what is not reached has no data."""
    if told.run is not None:
        folder, plan = told.run, read_plan(told.run)
    else:
        plan = plan_of(told)
        plan = plan.model_copy(update={"until": plan.until or Phase.ARTWORK})
        folder = OUT / f"strict-{plan.pool}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        measured(plan, folder, told.workers)
    samples = samples_of(folder, jobs_of(plan))
    wide(console).print(strict_table(rows(samples), f"{plan.pool} stories, {plan.choice.models}"))
    for score in pooled(
        score for one in samples for measure in directed_and_drawn.SCORERS for score in measure(one)
    ).values():
        say(console, f"{score.metric}: {score.value:.2f} of {score.of} ({METRICS[score.metric].says})")
    console.print(f"kept in {folder}", markup=False, highlight=False)
    return GOOD


def _sealed(told: argparse.Namespace, console: Console) -> int:
    """Pooled figures and the line of the log, nothing else."""
    if told.set == "b" and not told.really:
        raise ValueError("set b is measured once, at the end; say --really (make sealed SET=b REALLY=1) to open it")
    choice, code = ModelChoice(), commit()
    found = measured_sealed(told.set, choice, told.workers)
    wide(console).print(strict_table(found, f"sealed stories, set {told.set}, {choice.models}"))
    console.print(logged(found, told.set, choice.models, code), markup=False, highlight=False, soft_wrap=True)
    return GOOD


def _resumed(folder: Path, now: Plan) -> Plan:
    """The run's own plan. Raises RunWrong where the code has changed since: its answers would be of two."""
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
            say(errors, f"stopped; go on with: python -m evals run --resume {folder}")
            raise


def _score(told: argparse.Namespace, console: Console) -> int:
    show(console, score_again(told.run), everything=told.all)
    return GOOD


def _gate(told: argparse.Namespace, console: Console) -> int:
    """Of the rules and of every model that has a baseline; or of one run."""
    folder = told.run or _fresh("offline")
    cases = read_scores(folder) if told.run else measured(as_of_now(Plan()), folder, told.workers)
    plan = read_plan(folder)
    if plan.choice.models != "offline":
        verdict = live_gate(cases, plan.choice.model)
    else:
        verdict = offline_gate(cases, load_prompts())
        for model, repeats in read_models().items():
            verdict = both(verdict, _replayed(model, repeats, told.workers))
    for line in verdict.lines():
        say(console, line)
    if told.report is not None:
        write_report(folder, None, told.report)
    return verdict.exit_code


def _replayed(model: str, repeats: Repeats, workers: int | None) -> Verdict:
    """A model's recorded answers to today's prompts, as often as its baseline has them."""
    times = max(len(values) for cases in repeats.values() for values in cases.values())
    plan = as_of_now(Plan(choice=ModelChoice(models="replay", model=model), repeats=times))
    return live_gate(measured(plan, _fresh("replay"), workers), model)


def _baseline(told: argparse.Namespace, console: Console) -> int:
    """Nothing is let fall in silence."""
    prompts = load_prompts()
    if told.bear_unmeasured:
        let_through(prompts, told.bear_unmeasured)
        return GOOD
    folder = told.run or _fresh("offline")
    cases = read_scores(folder) if told.run else measured(as_of_now(Plan()), folder, told.workers)
    plan = read_plan(folder)
    if plan.choice.models != "offline":
        take_model(plan.choice.model, cases, prompts)
        return GOOD
    fallen = take_offline(cases, folder, told.lower)
    for slip in fallen:
        say(console, f"{'lowered' if told.lower else 'WORSE'}  {slip}")
    if fallen and not told.lower:
        say(console, "nothing is written; say why these may fall with --lower REASON")
        return SLIPPED
    return GOOD


def _losses(told: argparse.Namespace, console: Console) -> int:
    """Every taped answer, given alone to today's code."""
    unexplained = named = 0
    for folder in told.folders:
        for prompt, inputs, answer in taped(folder):
            found = asyncio.run(counted(prompt, inputs, answer))
            if found is None:
                continue
            named, unexplained = named + found.named, unexplained + len(found.unexplained)
            say(console, f"{folder.name} {prompt}: {found.named} named, {len(found.losses)} listed")
            for loss in found.losses if told.all else ():
                say(console, f"  {told_loss(loss)}")
            for lost in found.unexplained:
                say(console, f"  UNEXPLAINED {lost}")
    say(console, f"{unexplained} of {named} lost without a word" if named else "insufficient data: no tapes")
    return SLIPPED if unexplained else GOOD if named else UNMEASURED


def _prompts(told: argparse.Namespace, console: Console) -> int:
    """A line a prompt. Exit 1: an answer to today's words has a figure below its floor, 3: some are not measured."""
    found = verdicts(load_prompts(), [*taped_answers(told.folder)])
    for one in found:
        say(console, str(one))
    stand = {one.standing for one in found}
    open_ = stand & {Standing.UNMEASURED, Standing.INSUFFICIENT}
    return SLIPPED if Standing.FAILED in stand else UNMEASURED if open_ else GOOD


def _fresh(models: str) -> Path:
    return OUT / f"{models}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def _report(told: argparse.Namespace, console: Console) -> int:
    out = told.out or told.run / "report.html"
    write_report(told.run, told.against, out)
    say(console, f"written: {out}")
    return GOOD


def _compare(told: argparse.Namespace, console: Console) -> int:
    wide(console).print(compared(read_scores(told.before), read_scores(told.after)))
    return GOOD


COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Console], int]]] = {
    "run": _run,
    "score": _score,
    "strict": _strict,
    "sealed": _sealed,
    "gate": _gate,
    "baseline": _baseline,
    "report": _report,
    "compare": _compare,
    "losses": _losses,
    "prompts": _prompts,
    "retold": retold,
    "faces": faces,
    "letters": letters,
    "roughs": roughs,
    "memory": memory.memory,
}
