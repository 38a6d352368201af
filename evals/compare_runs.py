"""Compares two runs: each metric with its change, the interval over stories, and what moved most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.markup import escape
from rich.table import Table

from evals.all_scorers import METRICS
from evals.baseline_files import repeats_of
from evals.eval_runs import CaseScores
from evals.gate_rules import Interval, interval
from evals.metric_bounds import Metric


@dataclass(frozen=True, slots=True)
class Change:
    """One metric over the stories that both runs have; `better` is positive where the second run is better.

    `moved` are stories with their own change, the worst first.
    """

    metric: Metric
    before: float
    after: float
    better: Interval
    moved: tuple[tuple[str, float], ...]


def changes(before: Sequence[CaseScores], after: Sequence[CaseScores]) -> Iterator[Change]:
    """Of every metric that both have, in the order of metrics."""
    old, new = repeats_of(before), repeats_of(after)
    for name, metric in METRICS.items():
        stories = sorted(old.get(name, {}).keys() & new.get(name, {}).keys())
        if not stories:
            continue
        mine = {story: fmean(map(metric.loss, old[name][story])) for story in stories}
        theirs = {story: fmean(map(metric.loss, new[name][story])) for story in stories}
        better = [mine[story] - theirs[story] for story in stories]
        moved = sorted(((s, b) for s, b in zip(stories, better, strict=True) if abs(b) > 1e-9), key=lambda one: one[1])
        yield Change(
            metric,
            fmean(fmean(old[name][story]) for story in stories),
            fmean(fmean(new[name][story]) for story in stories),
            interval(better),
            tuple(moved),
        )


def compared(before: Sequence[CaseScores], after: Sequence[CaseScores]) -> Table:
    """What has changed at all."""
    table = Table(box=None, pad_edge=False)
    for title in ("metric", "before", "after", "better by", "95 % over stories", "moved most"):
        table.add_column(title, justify="left" if title in {"metric", "moved most"} else "right")
    for change in changes(before, after):
        if change.moved:
            ends = {change.moved[0][0]: change.moved[0], change.moved[-1][0]: change.moved[-1]}
            inside = f"{change.better.low:+.3f} .. {change.better.high:+.3f}"
            told = ", ".join(f"{story} {by:+.3f}" for story, by in ends.values())
            row = (f"{change.before:.3f}", f"{change.after:.3f}", f"{change.better.change:+.3f}", inside, escape(told))
            table.add_row(change.metric.name, *row)
    return table
