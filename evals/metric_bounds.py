"""What each metric means: which way is better, where it is good enough, and how far it may slip unnoticed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Better = Literal["higher", "lower", "band", "told"]
"""`band`: good between two marks. `told`: printed and never judged."""
INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Metric:
    """`goal` is the least (or most) that is good; a band is good from `low` to `high`. A figure that is worse than the
    baseline's by more than `tolerance` has slipped. `enough`: what meets the goal is as good as any other."""

    name: str
    phase: str
    says: str
    better: Better = "higher"
    goal: float | None = None
    low: float = -INFINITY
    high: float = INFINITY
    tolerance: float = 0.02
    enough: bool = False

    def loss(self, value: float) -> float:
        """How bad a value is; nobody is better than good in a band, or where the goal is enough."""
        if self.enough and self.good(value):
            return -self.goal if self.better == "higher" and self.goal is not None else self.goal or 0.0
        if self.better == "higher":
            return -value
        if self.better == "lower":
            return value
        return max(self.low - value, value - self.high, 0.0) if self.better == "band" else 0.0

    def good(self, value: float) -> bool:
        """Is the goal met? Without a goal everything is."""
        if self.better == "band":
            return self.low - 1e-9 <= value <= self.high + 1e-9
        if self.goal is None or self.better == "told":
            return True
        return value >= self.goal - 1e-9 if self.better == "higher" else value <= self.goal + 1e-9

    def shortfall(self, value: float) -> float:
        """How far it is from its goal, 0 where that is met; shares of the goal, so that metrics can be ranked."""
        if self.good(value) or self.better == "told":
            return 0.0
        if self.better == "band":
            return self.loss(value) / max(abs(self.high if value > self.high else self.low), 1e-9)
        return abs(value - (self.goal or 0.0)) / max(abs(self.goal or 0.0), 1.0)

    @property
    def wanted(self) -> str:
        """The goal in words."""
        if self.better == "band":
            return f"{_plain(self.low)} to {_plain(self.high)}"
        if self.goal is None or self.better == "told":
            return ""
        return f"{'>=' if self.better == 'higher' else '<='} {_plain(self.goal)}"


def _plain(mark: float) -> str:
    return f"{mark:g}"


@dataclass(frozen=True, slots=True)
class Example:
    """A place where something was not as it should be: its span in the source, what was wanted and what came."""

    wanted: str
    got: str
    at: tuple[int, int] | None = None
    element: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of one case, with its reason. `of` counts what it was measured on: shares are pooled by it."""

    metric: str
    value: float
    reason: str = ""
    of: int = 1
    examples: tuple[Example, ...] = field(default=())


def share(
    metric: str, right: int, of: int, what: str, examples: Iterable[Example] = (), *, most: int = 8
) -> Score | None:
    """A part of a whole; None when there is nothing to measure it on."""
    if not of:
        return None
    return Score(metric, right / of, f"{right} of {of} {what}", of, tuple(examples)[:most])


def one_share(metric: str, right: int, of: int, what: str, examples: Iterable[Example] = ()) -> Iterator[Score]:
    """`share`, as an iterator of one score or of none."""
    found = share(metric, right, of, what, examples)
    if found is not None:
        yield found


def pooled(scores: Iterable[Score]) -> Mapping[str, Score]:
    """One figure a metric over all cases, each weighted by what it was measured on."""
    sums: dict[str, tuple[float, int]] = {}
    for score in scores:
        total, of = sums.get(score.metric, (0.0, 0))
        sums[score.metric] = (total + score.value * score.of, of + score.of)
    return {name: Score(name, total / of, of=of) for name, (total, of) in sums.items() if of}
