"""Scores the parser of feedback, wish by wish, beside the labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from evals.feedback.scoring import GOALS, Labelled, score, sentences, total
from evals.feedback.scoring import FeedbackScore as Wishes
from evals.metric_bounds import Example, Metric, Score, share
from manga.feedback import Plan

METRICS = (
    Metric("feedback_phase", "feedback", "wishes that go to the right phase", goal=GOALS.phase),
    Metric("feedback_scope", "feedback", "wishes that may touch exactly the right elements", goal=GOALS.scope),
)
_UNTOLD = frozenset({"set_aside", "later"})
"""Misses of these parts are not shown, so that nobody tunes to them."""


def feedback_scores(part: str, plans: Mapping[str, Any]) -> Iterator[Score]:
    """`plans` by sentence id, as JSON."""
    pairs = [(labelled, Plan.of(plans[labelled.id])) for labelled in sentences(part) if labelled.id in plans]
    found = [score(labelled, plan) for labelled, plan in pairs]
    whole = total(found)
    examples = () if part in _UNTOLD else tuple(_missed(pairs, found))
    for metric, right in (("feedback_phase", whole.phase_right), ("feedback_scope", whole.scope_right)):
        made = share(metric, right, whole.wishes, "wishes are right", examples)
        if made is not None:
            yield made


def _missed(pairs: list[tuple[Labelled, Plan]], found: list[Wishes]) -> Iterator[Example]:
    for (labelled, plan), one in zip(pairs, found, strict=True):
        if one.scope_right < one.wishes:
            wanted = "; ".join(f"{wish.phase} {' '.join(wish.scope)}" for wish in labelled.wishes)
            got = "; ".join(f"{item.phase.value} {' '.join(item.scope)}" for item in plan.items) or "a question"
            yield Example(f"{labelled.sentence} -> {wanted}", got, element=labelled.id)
