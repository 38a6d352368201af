"""Gates for models: no figure may get worse where answers are the same; intervals of repeats where they differ.

Utterances of one story stand and fall together, so stories are drawn, never utterances. Several metrics are judged at
once: their intervals share the chance of a false alarm. What the rules cost and see: `tests/evals/test_gate_power.py`.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from operator import mul
from statistics import NormalDist, fmean
from typing import Final, TypeAlias

from evals.metric_bounds import Metric

Figures: TypeAlias = Mapping[str, Mapping[str, float]]
"""Case -> metric -> value."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that got worse, or is gone (`now` is None)."""

    case: str
    metric: str
    before: float
    now: float | None
    tolerance: float = 0.0

    def __str__(self) -> str:
        if self.now is None:
            return f"{self.case}: {self.metric} was {self.before:.3f} and is no longer measured"
        return f"{self.case}: {self.metric} was {self.before:.3f}, is {self.now:.3f} (may slip by {self.tolerance:g})"


def slips(before: Figures, now: Figures, metrics: Mapping[str, Metric]) -> tuple[Slip, ...]:
    """Everything that is worse by more than its metric bears. A metric that is no more is no slip."""
    return tuple(_slips(before, now, metrics))


def _slips(before: Figures, now: Figures, metrics: Mapping[str, Metric]) -> Iterator[Slip]:
    for case, name, old, new in pairs(before, now):
        metric = metrics.get(name)
        if metric is None or metric.better == "told":
            continue
        if new is None:
            yield Slip(case, name, old, None)
        elif metric.loss(new) - metric.loss(old) > metric.tolerance + 1e-9:
            yield Slip(case, name, old, new, metric.tolerance)


def gains(before: Figures, now: Figures, metrics: Mapping[str, Metric]) -> tuple[Slip, ...]:
    """What got better by more than its tolerance: the ratchet should be tightened."""
    return tuple(
        Slip(case, name, old, new, metrics[name].tolerance)
        for case, name, old, new in pairs(before, now)
        if new is not None
        and name in metrics
        and metrics[name].loss(old) - metrics[name].loss(new) > metrics[name].tolerance + 1e-9
    )


def pairs(before: Figures, now: Figures) -> Iterator[tuple[str, str, float, float | None]]:
    """Case, metric, old and new value."""
    for case, figures in before.items():
        for name, old in figures.items():
            yield case, name, old, now.get(case, {}).get(name)


def unknown(before: Figures, now: Figures) -> tuple[str, ...]:
    """Cases and metrics that nothing is known of yet, as `case: metric`."""
    return tuple(f"{case}: {name}" for case, told in now.items() for name in told if name not in before.get(case, {}))


Repeats: TypeAlias = Mapping[str, Mapping[str, Sequence[float]]]
"""Metric -> case -> one value a repeat."""
KEYS: Final = (
    "phases_answered", "quote_coverage", "dialogue_fidelity", "cast_recall", "cast_precision", "speaker_accuracy",
    "events_pictured", "hooks", "shot_entropy", "establishing_shots", "silent_panels", "feedback_scope",
)  # fmt: skip
"""What live models are judged by: each further metric would cost power or raise false alarms."""
DRAWS: Final = 4000
ALPHA: Final = 0.05
LEAST_REPEATS: Final = 3
STORY_FALLS: Final = 0.10
STORY_SIGMAS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean change for the better (negative: worse) over stories, and the interval it lies in."""

    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class JudgedMetric:
    """One metric of a live run beside its baseline. `fell` names stories that fell by themselves."""

    metric: str
    before: float
    now: float
    interval: Interval
    fell: tuple[str, ...] = ()
    slipped: bool = False

    @property
    def bad(self) -> bool:
        return self.slipped or bool(self.fell)

    def __str__(self) -> str:
        inside = f"{self.interval.low:+.3f} .. {self.interval.high:+.3f}"
        alone = f"; {', '.join(self.fell)} fell" if self.fell else ""
        return f"{self.metric}: {self.before:.3f} -> {self.now:.3f} ({self.interval.change:+.3f}, {inside}){alone}"


@cache
def _draws(stories: int, draws: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """How often each story is drawn, for every draw."""
    rolled = random.Random(seed)
    found = []
    for _ in range(draws):
        counts = [0] * stories
        for story in rolled.choices(range(stories), k=stories):
            counts[story] += 1
        found.append(tuple(counts))
    return tuple(found)


def interval(changes: Sequence[float], alpha: float = ALPHA, *, draws: int = DRAWS, seed: int = 0) -> Interval:
    """Of the mean of one value a story, by drawing stories with replacement, widened as few stories demand. Raises
    ValueError without a story."""
    if not changes:
        raise ValueError("there is no story to draw")
    count = len(changes)
    means = sorted(sum(map(mul, weights, changes)) / count for weights in _draws(count, draws, seed))
    edge = min(int(alpha / 2 * draws), draws // 2)
    mean, wider = fmean(changes), widening(count, alpha)
    return Interval(mean, mean + wider * (means[edge] - mean), mean + wider * (means[draws - 1 - edge] - mean))


def widening(stories: int, alpha: float) -> float:
    """Draws from a dozen stories spread too little: Student's quantile over the normal one (after Cornish and Fisher),
    and n over n - 1 for the variance."""
    free = max(1, stories - 1)
    z = NormalDist().inv_cdf(1 - alpha / 2)
    student = z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
    return student / z * sqrt(stories / free)


def judge(
    before: Repeats, now: Repeats, metrics: Mapping[str, Metric], *, draws: int = DRAWS
) -> tuple[JudgedMetric, ...]:
    """Every metric of `KEYS` that both have, over the stories that both have. Raises ValueError for too few repeats."""
    names = [name for name in KEYS if name in before and name in now and before[name].keys() & now[name].keys()]
    return tuple(_judged(metrics[name], before[name], now[name], ALPHA / max(1, len(names)), draws) for name in names)


def _judged(
    metric: Metric, before: Mapping[str, Sequence[float]], now: Mapping[str, Sequence[float]], alpha: float, draws: int
) -> JudgedMetric:
    stories = sorted(before.keys() & now.keys())
    if min(len(values[story]) for values in (before, now) for story in stories) < LEAST_REPEATS:
        raise ValueError(f"{metric.name}: a live model is judged by at least {LEAST_REPEATS} repeats of every story")
    old = {story: [metric.loss(value) for value in before[story]] for story in stories}
    new = {story: [metric.loss(value) for value in now[story]] for story in stories}
    changes = [fmean(old[story]) - fmean(new[story]) for story in stories]
    inside = interval(changes, alpha, draws=draws)
    bound = max(STORY_FALLS, STORY_SIGMAS * _noise(old, new))
    return JudgedMetric(
        metric.name,
        fmean(fmean(before[story]) for story in stories),
        fmean(fmean(now[story]) for story in stories),
        inside,
        tuple(story for story, change in zip(stories, changes, strict=True) if change < -bound),
        inside.high < 0 and inside.change < -metric.tolerance,
    )


def _noise(old: Mapping[str, Sequence[float]], new: Mapping[str, Sequence[float]]) -> float:
    """Standard error of one story's change, from all stories together: five repeats alone tell it badly."""
    spread = fmean(_variance(values) for told in (old, new) for values in told.values())
    repeats = min(len(values) for told in (old, new) for values in told.values())
    return sqrt(2 * spread / repeats)


def _variance(values: Sequence[float]) -> float:
    """Of a sample; floats are exact enough here, and `statistics` takes fifty times as long."""
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)
