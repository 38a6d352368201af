"""The strict measures: figures that fall when people, pictures or stories are exchanged.

Beside each `python -m evals strict` prints what chance and a perfect book have.
"""

from collections.abc import Iterator

from evals.metric_bounds import Metric, Score
from evals.scorer_input import Sample
from evals.scorers import key_things, people_one_to_one, pictures
from evals.told_story import telling_of

METRICS: tuple[Metric, ...] = (*people_one_to_one.METRICS, *pictures.METRICS, *key_things.METRICS)


def measures(sample: Sample) -> Iterator[Score | None]:
    """All of them, each where somebody has annotated what it is compared with."""
    reference = sample.reference
    if reference is None:
        return
    telling = telling_of(sample, reference)
    for measure in (*people_one_to_one.MEASURES, *pictures.MEASURES, *key_things.MEASURES):
        yield from measure(sample, reference, telling)


SCORERS = (measures,)
