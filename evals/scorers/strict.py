"""The strict measures: figures that fall when people, pictures or stories are exchanged.

Beside each `python -m evals strict` prints what chance and a perfect book have.
"""

from collections.abc import Iterator

from evals.metrics import Metric, Score
from evals.sample import Sample
from evals.scorers import people, pictures, things
from evals.telling import telling_of

METRICS: tuple[Metric, ...] = (*people.METRICS, *pictures.METRICS, *things.METRICS)


def measures(sample: Sample) -> Iterator[Score | None]:
    """All of them, each where somebody has annotated what it is compared with."""
    reference = sample.reference
    if reference is None:
        return
    telling = telling_of(sample, reference)
    for measure in (*people.MEASURES, *pictures.MEASURES, *things.MEASURES):
        yield from measure(sample, reference, telling)


SCORERS = (measures,)
