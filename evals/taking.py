"""A run becomes what later ones are held to."""

from collections.abc import Sequence
from pathlib import Path

from evals.baseline_files import (
    BASELINE,
    OfflineBaseline,
    PromptState,
    figures_of,
    read_offline,
    read_prompts,
    repeats_of,
    unmeasured,
    worse,
    write_model,
    write_offline,
    write_prompts,
)
from evals.bootstrap import LEAST_REPEATS
from evals.ratchet import Slip, slips
from evals.report.storyboards import keep_storyboards
from evals.runs import CaseScores, RunWrong
from evals.scoring import METRICS
from prompts.library import PromptLibrary


def take_offline(
    cases: Sequence[CaseScores], run: Path, reason: str | None, folder: Path = BASELINE
) -> tuple[Slip, ...]:
    """What would fall; written only when nothing falls, or with a reason."""
    before, now = read_offline(folder), figures_of(cases)
    fallen = slips(before.figures, now, METRICS)
    if not fallen or reason:
        told = (*before.lowered, *worse(fallen, reason or ""))
        write_offline(OfflineBaseline(figures={case: dict(found) for case, found in now.items()}, lowered=told), folder)
        keep_storyboards(run, folder)
    return fallen


def take_model(model: str, cases: Sequence[CaseScores], prompts: PromptLibrary, folder: Path = BASELINE) -> None:
    """The repeats of a live or replayed run, and the prompts that were answered in it. Raises RunWrong when it is not
    whole."""
    outputs = [output for one in cases for output in one.outputs]
    if any(output.unmeasured for output in outputs):
        raise RunWrong("answers are missing on the tape; a baseline is made of whole runs")
    repeats = repeats_of(cases)
    if min((len(values) for found in repeats.values() for values in found.values()), default=0) < LEAST_REPEATS:
        raise RunWrong(f"a live model's baseline needs at least {LEAST_REPEATS} repeats of every story")
    write_model(model, repeats, folder)
    states = read_prompts(folder)
    for name in sorted({name for output in outputs for name in output.prompts}):
        found = prompts.get(name).hash
        old = states.get(name)
        others = old.measured_by if old is not None and old.hash == found else ()
        states[name] = PromptState(hash=found, measured_by=tuple(sorted({*others, model})))
    write_prompts(states, folder)


def let_through(prompts: PromptLibrary, reason: str, folder: Path = BASELINE) -> tuple[str, ...]:
    """Marks prompts that nobody has measured as borne, with the reason; answers their names. Prompts that are no more
    are forgotten."""
    states = {name: state for name, state in read_prompts(folder).items() if prompts.find(name) is not None}
    open_ = unmeasured({name: prompt.hash for name, prompt in prompts.prompts.items()}, states)
    for name in open_:
        states[name] = PromptState(hash=prompts.get(name).hash, unmeasured=reason)
    write_prompts(states, folder)
    return open_
