"""Logarithms of odds for who says an English line, found on annotated stories; signs of a kind are added up."""

WEIGHTS = {
    # rules that make a first guess
    "split_quote": 4.1,
    "said_someone": 5.7,
    "someone_said": 3.8,
    "named_before": 2.8,
    "first_in_paragraph": 1.6,
    "actor_before": 2.4,
    "actor_after": 2.2,
    "same_paragraph": 3.8,
    "turns": 0.0,
    "alone_with_beast": 3.0,
    "someone_near": 1.6,
    # signs, and how two lines go together
    "absent": -1.4,
    "silent": -0.4,
    "pronoun": 3.4,
    "they": 1.5,
    "told_before": 2.7,
    "told_earlier": -0.4,
    "near": 0.5,
    "beast": -6.0,
    "called_in": -2.8,
    "mentioned_in": -0.7,
    "answers_call": 2.1,
    "next": 1.6,
    "apart": 0.2,
    "question": 0.0,
    "answer": 0.4,
    "again": 1.2,
}
