"""All scorers by phase; a told story in, its figures out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from evals.metrics import Metric, Score
from evals.sample import Sample, Scorer
from evals.scorers import characters, concept, feedback, plot, storyboard, storyboard_flow, storyboard_letters
from manga.phases import Phase

SCORERS: Final[Mapping[Phase, tuple[Scorer, ...]]] = {
    Phase.CONCEPT: concept.SCORERS,
    Phase.CHARACTERS: characters.SCORERS,
    Phase.PLOT: plot.SCORERS,
    Phase.STORYBOARD: (*storyboard.SCORERS, *storyboard_flow.SCORERS, *storyboard_letters.SCORERS),
}
_ALL: Final = (
    *concept.METRICS,
    *characters.METRICS,
    *plot.METRICS,
    *storyboard.METRICS,
    *storyboard_flow.METRICS,
    *storyboard_letters.METRICS,
    *feedback.METRICS,
)
METRICS: Final[Mapping[str, Metric]] = {metric.name: metric for metric in _ALL}


def scores_of(sample: Sample, phases: Sequence[Phase]) -> tuple[Score, ...]:
    """Of the phases that were reached, in their order."""
    return tuple(_scores(sample, phases))


def _scores(sample: Sample, phases: Sequence[Phase]) -> Iterator[Score]:
    for phase in phases:
        for scorer in SCORERS.get(phase, ()):
            yield from (score for score in scorer(sample) if score is not None)
