"""How much each sign weighs for the speaker of a Japanese line, and how often such chances are right."""

from collections.abc import Mapping
from itertools import pairwise

from offline.lexicon import numbers

SURE_RULES = frozenset(
    [
        "said_after",
        "crying_out",
        "acts_after",
        "named_before",
        "this_said",
        "began_to_speak",
        "voice_of",
        "comes_into_view",
        "topic_said",
        "thinker",
    ]
)
MEASURED = ((0.0, 0.0), (0.33, 0.28), (0.48, 0.46), (0.62, 0.6), (0.78, 0.84), (0.9, 0.9), (1.0, 0.97))
"""The chance that the chain gives, and the share that was right; the rows between are drawn out straight."""


def weights() -> dict[str, float]:
    """By sign."""
    return numbers("speakers_ja", "weights")


def weighed(signs: Mapping[str, float]) -> float:
    """The sum of what the signs say."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in signs.items())


def measured(chance: float) -> float:
    """What share of lines of this chance is right, between 0 and 1: half way between talks that the weights were found
    on and others."""
    for (low, least), (high, most) in pairwise(MEASURED):
        if chance <= high:
            return least + (most - least) * (chance - low) / (high - low)
    return MEASURED[-1][1]
