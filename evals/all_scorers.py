"""All scorers by phase; a told story in, its figures out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from evals.metric_bounds import Example, Metric, Score
from evals.raw_answers import Output
from evals.scorer_input import Sample, Scorer
from evals.scorers import (
    artwork,
    characters,
    concept,
    directed_and_drawn,
    feedback,
    finishing,
    lettering,
    plot,
    storyboard,
    storyboard_flow,
    storyboard_letters,
    strict_measures,
)
from manga.phases import Phase

SCORERS: Final[Mapping[Phase, tuple[Scorer, ...]]] = {
    Phase.CONCEPT: concept.SCORERS,
    Phase.CHARACTERS: characters.SCORERS,
    Phase.PLOT: plot.SCORERS,
    Phase.STORYBOARD: (*storyboard.SCORERS, *storyboard_flow.SCORERS, *storyboard_letters.SCORERS),
    Phase.ARTWORK: (*artwork.SCORERS, *directed_and_drawn.SCORERS, *strict_measures.SCORERS),
    Phase.LETTERING: lettering.SCORERS,
    Phase.FINISHING: finishing.SCORERS,
}
ANSWERED: Final = (
    Metric(
        "phases_answered",
        "answers",
        "phases that answered in their type, checked, without an error",
        goal=1.0,
        tolerance=0.0,
    ),
    Metric("same_again", "answers", "phases whose rules answer the same when asked again", goal=1.0, tolerance=0.0),
)
_ALL: Final = (
    *concept.METRICS,
    *characters.METRICS,
    *plot.METRICS,
    *storyboard.METRICS,
    *storyboard_flow.METRICS,
    *storyboard_letters.METRICS,
    *artwork.METRICS,
    *directed_and_drawn.METRICS,
    *strict_measures.METRICS,
    *lettering.METRICS,
    *finishing.METRICS,
    *feedback.METRICS,
    *ANSWERED,
)
METRICS: Final[Mapping[str, Metric]] = {metric.name: metric for metric in _ALL}


def scores_of(sample: Sample, phases: Sequence[Phase]) -> tuple[Score, ...]:
    """Of the phases that were reached, in their order."""
    return tuple(_scores(sample, phases))


def answered(outputs: Sequence[Output], wanted: int) -> Score:
    """How many of the wanted phases have an answer that holds."""
    right = sum(output.result is not None for output in outputs)
    faults = tuple(Example(output.phase, output.error) for output in outputs if output.error)
    return Score("phases_answered", right / wanted, f"{right} of {wanted} phases answered", wanted, faults)


def _scores(sample: Sample, phases: Sequence[Phase]) -> Iterator[Score]:
    for phase in phases:
        for scorer in SCORERS.get(phase, ()):
            yield from (score for score in scorer(sample) if score is not None)
