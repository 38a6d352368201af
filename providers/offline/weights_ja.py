"""Logarithms of odds for who says a Japanese line, found on annotated talks, and how often such chances are right.

How they fare is told in evals/stories/READING.md.
"""

from collections.abc import Mapping
from itertools import pairwise

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
WEIGHTS = {
    "above": 0.41,
    "absent": 0.4,
    "acts_after": 4.54,
    "after": 1.4,
    "after_acts": -0.07,
    "after_asked": -0.2,
    "after_ga": 2.69,
    "after_hears": -1.25,
    "after_late": 3.7,
    "after_object": 0.55,
    "aged": 0.65,
    "aged_female": -0.25,
    "aged_male": 0.93,
    "answers_call": 2.05,
    "answers_kin": 0.92,
    "appears": -0.91,
    "asked_doer": -0.65,
    "asker": -6.0,
    "asks_plainly_female": -1.24,
    "asks_plainly_male": -0.35,
    "asks_softly_female": 1.72,
    "asks_softly_male": -0.18,
    "back_adjacent": 0.75,
    "back_far": -0.11,
    "back_near": 0.62,
    "beast": -1.08,
    "beast_cries": -1.46,
    "before": 1.82,
    "before_acts": 0.68,
    "before_alone": 0.09,
    "before_far": -1.78,
    "before_hears": -2.17,
    "before_lasting": -0.13,
    "before_object": -0.66,
    "began_to_speak": 1.9,
    "below": -0.54,
    "body": 0.52,
    "bystander_after": -1.1,
    "called": 2.32,
    "called_in": -3.79,
    "comes_into_view": 4.08,
    "company": 0.37,
    "crowd": 5.07,
    "crying_out": 2.5,
    "ending": 0.55,
    "first": 0.88,
    "gender": 0.93,
    "group": 0.14,
    "harsh_female": -0.3,
    "harsh_male": 0.74,
    "kin": 0.91,
    "last_speaker": -0.14,
    "latest_0": 0.76,
    "latest_1": 0.45,
    "latest_2": 0.25,
    "laughs_after": 1.22,
    "listens": -0.84,
    "lively_female": 1.03,
    "lively_male": 0.61,
    "manner": 1.27,
    "mentioned_in": -2.79,
    "named_before": 3.99,
    "narrator": 0.42,
    "near": 0.32,
    "nearest_other": 0.74,
    "newcomer": 0.8,
    "offstage": -1.55,
    "pair": 1.2,
    "polite_female": 0.2,
    "polite_male": -0.35,
    "reacts_after": 1.26,
    "requests_female": 0.93,
    "requests_male": -0.89,
    "resumed": 2.34,
    "said_after": 5.69,
    "same_group": 6.02,
    "same_paragraph": 0.21,
    "same_thinker": -0.26,
    "second": 1.36,
    "shared_beat": -1.15,
    "silent": 0.32,
    "soft_female": 0.66,
    "soft_male": -0.96,
    "states_female": 0.25,
    "states_male": 0.46,
    "stays_adjacent": -3.32,
    "stays_answered": -1.1,
    "stays_answers": -0.6,
    "stays_apart": 1.54,
    "stays_asked": -0.24,
    "stays_inline": -0.8,
    "stays_long": 0.34,
    "stays_same_paragraph": 3.8,
    "stays_short": 0.49,
    "still_turns": 0.62,
    "subject_after": 0.13,
    "subject_before": 0.55,
    "subject_of_next": 0.39,
    "thinker": 0.48,
    "this_said": 2.01,
    "to_last": 0.72,
    "topic_said": 2.53,
    "turns": 0.46,
    "unheard": -2.92,
    "voice_of": 7.87,
}
MEASURED = ((0.0, 0.0), (0.34, 0.28), (0.51, 0.51), (0.67, 0.63), (0.83, 0.76), (0.94, 0.88), (1.0, 0.97))
"""The chance that the chain gives, and the share that was right; the rows between are drawn out straight."""


def weighed(signs: Mapping[str, float]) -> float:
    """The sum of what the signs say."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())


def measured(chance: float) -> float:
    """What share of lines of this chance is right, between 0 and 1: half way between talks that the weights were found
    on and others."""
    for (low, least), (high, most) in pairwise(MEASURED):
        if chance <= high:
            return least + (most - least) * (chance - low) / (high - low)
    return MEASURED[-1][1]
