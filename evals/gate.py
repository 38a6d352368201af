"""The gate: whether a change may land. A run and the baseline in, everything that speaks against it out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.all_scorers import METRICS
from evals.baseline_files import (
    BASELINE,
    borne,
    figures_of,
    read_models,
    read_offline,
    read_prompts,
    repeats_of,
    unmeasured,
)
from evals.eval_runs import CaseScores
from evals.gate_rules import (
    JudgedMetric,
    Repeats,
    Slip,
    gains,
    judge,
    slips,
    unknown,
)
from evals.lint_prompts import Demand, Fault, demands, lint
from prompts.library import PromptLibrary


@dataclass(frozen=True, slots=True)
class Verdict:
    """`slips` and `faults` and bad `judged` fail; `unmeasured` is never green. The rest is only told."""

    slips: tuple[Slip, ...] = ()
    faults: tuple[Fault, ...] = ()
    judged: tuple[JudgedMetric, ...] = ()
    unmeasured: tuple[str, ...] = ()
    gains: tuple[Slip, ...] = ()
    unknown: tuple[str, ...] = ()
    borne: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return bool(self.slips or self.faults) or any(one.bad for one in self.judged)

    @property
    def exit_code(self) -> int:
        """0 good, 1 failed, 3 unmeasured."""
        return 1 if self.failed else 3 if self.unmeasured else 0

    def lines(self) -> Iterator[str]:
        """What a person reads."""
        yield from (f"SLIPPED  {slip}" for slip in self.slips)
        yield from (f"PROMPT   {fault}" for fault in self.faults)
        yield from (f"{'SLIPPED ' if one.bad else 'held    '} {one}" for one in self.judged)
        yield from (f"UNMEASURED  {what}" for what in self.unmeasured)
        if self.borne:
            reasons = "; ".join(sorted(set(self.borne.values())))
            yield f"{len(self.borne)} prompts were let through unmeasured: {reasons}"
        if self.unknown:
            yield f"{len(self.unknown)} figures are new and not held yet; `python -m evals baseline` takes them in"
        if self.gains:
            yield f"{len(self.gains)} figures are better than the baseline; `python -m evals baseline` keeps them"
        yield {0: "the gate is passed", 1: "the gate is not passed", 3: "unmeasured: neither passed nor failed"}[
            self.exit_code
        ]


def offline_gate(
    cases: Sequence[CaseScores],
    prompts: PromptLibrary,
    folder: Path = BASELINE,
    craft: Mapping[str, Demand] | None = None,
) -> Verdict:
    """Rules: the ratchet, the lint of every prompt, and prompts that nobody has measured."""
    before, now = read_offline(folder).figures, figures_of(cases)
    states = read_prompts(folder)
    hashes = {name: prompt.hash for name, prompt in prompts.prompts.items()}
    return Verdict(
        slips=slips(before, now, METRICS),
        faults=lint(prompts, craft if craft is not None else demands()),
        unmeasured=tuple(
            f"prompts/{name}.md has changed and no model has answered it" for name in unmeasured(hashes, states)
        ),
        gains=gains(before, now, METRICS),
        unknown=unknown(before, now),
        borne=borne(states),
    )


def live_gate(cases: Sequence[CaseScores], model: str, folder: Path = BASELINE) -> Verdict:
    """A model, live or replayed, by repeats and an interval over stories. What is on no tape is unmeasured."""
    missing = tuple(
        f"{one.case}, repeat {one.repeat}: {output.error}"
        for one in cases
        for output in one.outputs
        if output.unmeasured
    )
    before: Repeats | None = read_models(folder).get(model)
    if before is None:
        return Verdict(unmeasured=(*missing, f"{model} has no baseline; `python -m evals baseline` makes one"))
    whole = [one for one in cases if not any(output.unmeasured for output in one.outputs)]
    if missing:
        return Verdict(unmeasured=missing)
    return Verdict(judged=judge(before, repeats_of(whole), METRICS))


def both(first: Verdict, second: Verdict) -> Verdict:
    """Everything that speaks against it."""
    return Verdict(
        slips=(*first.slips, *second.slips),
        faults=(*first.faults, *second.faults),
        judged=(*first.judged, *second.judged),
        unmeasured=(*first.unmeasured, *second.unmeasured),
        gains=(*first.gains, *second.gains),
        unknown=(*first.unknown, *second.unknown),
        borne={**first.borne, **second.borne},
    )
