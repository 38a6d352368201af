"""The gate for models that answer the same every time: no figure of any story may get worse than the committed one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from evals.metrics import Metric

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
