"""Logarithms of odds for who says a Japanese line, found on annotated stories; `evidence` of a kind is added up.

How they fare is told in evals/stories/READING.md.
"""

from collections.abc import Mapping

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
    # rules that make a first guess
    "said_after": 5.2,
    "crying_out": 2.5,
    "acts_after": 3.9,
    "named_before": 3.3,
    "this_said": 2.95,
    "thinker": 2.0,
    "same_thinker": 0.8,
    "began_to_speak": 2.2,
    "topic_said": 2.4,
    "voice_of": 6.6,
    "comes_into_view": 3.5,
    "resumed": 2.1,
    "reacts_after": 2.2,
    "bystander_after": -0.4,
    "newcomer": 0.8,
    "subject_before": 0.9,
    "subject_after": 0.85,
    "subject_of_next": 0.3,
    "same_group": 4.2,
    "turns": 1.2,
    "still_turns": 1.2,
    "called": 4.8,
    # signs, and how two lines go together
    "before": 2.1,
    "body": 0.5,
    "appears": 3.4,
    "after": 1.3,
    "after_hears": -3.3,
    "silent": -2.0,
    "stays_same_paragraph": 3.6,
    "stays_adjacent": -3.7,
    "stays_apart": -0.6,
    "stays_short": 0.6,
    "stays_inline": 0.4,
    "stays_long": 0.0,
    "stays_asked": -0.9,
    "stays_answers": -0.2,
    "stays_answered": -1.1,
    "back_adjacent": 0.9,
    "back_near": 0.0,
    "back_far": 0.0,
    "to_last": 0.5,
    "second": 0.5,
    "called_in": -2.5,
    "mentioned_in": -1.3,
    "answers_call": 1.2,
    "absent": 0,
    "asked_doer": -1.2,
    "manner": 3.1,
    "first": 0.5,
    "kin": 0.4,
    "asker": -6.0,
    "before_hears": -2.2,
    "before_acts": 0.15,
    "before_alone": -1.2,
    "before_far": -2.1,
    "before_object": -0.3,
    "after_acts": 0.9,
    "after_ga": 1.6,
    "after_object": 0,
    "after_asked": -0.8,
    "after_late": 3.2,
    "near": 0.5,
    "gender": 1.2,
    "aged": 0.9,
    "beast": -3.0,
    "offstage": -0.8,
    "shared_beat": -1.0,
    "laughs_after": 2.5,
    "group": 0.4,
    "crowd": 4.2,
    "answers_kin": 0.6,
    "ending": 1.1,
    "unheard": -0.9,
}


def weighed(signs: Mapping[str, float]) -> float:
    """The sum of what the signs say."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())
