"""What the gate of live models costs and sees, by simulation: twelve stories, five repeats, five points of noise a run.

Run with `-s` to read the table. The seeds are fixed, so the figures are too.
"""

import random
import sys
from collections.abc import Mapping

import pytest

from evals.gate_rules import KEYS, Repeats, interval, judge
from evals.metric_bounds import Metric

STORIES, NOISE, TRIALS, DRAWS = 12, 0.05, 40, 240
METRICS = {name: Metric(name, "plot", "simulated") for name in KEYS}


def simulated(levels: Mapping[str, Mapping[str, float]], repeats: int, drop: float, seed: int) -> Repeats:
    """`drop` is taken off the first metric alone."""
    rolled = random.Random(seed)
    return {
        name: {
            story: [level - drop * (name == KEYS[0]) + rolled.gauss(0, NOISE) for _ in range(repeats)]
            for story, level in stories.items()
        }
        for name, stories in levels.items()
    }


def caught(repeats: int, drop: float) -> float:
    """Share of trials in which anything is found to be worse."""
    rolled = random.Random(1)
    levels = {name: {f"s{i}": 0.65 + 0.3 * rolled.random() for i in range(STORIES)} for name in KEYS}
    found = 0
    for trial in range(TRIALS):
        before = simulated(levels, repeats, 0.0, 2 * trial)
        now = simulated(levels, repeats, drop, 2 * trial + 1)
        found += any(one.bad for one in judge(before, now, METRICS, draws=DRAWS))
    return found / TRIALS


def test_false_alarms_are_rare_and_drops_are_seen() -> None:
    table = {(repeats, drop): caught(repeats, drop) for repeats in (3, 5) for drop in (0.0, 0.04, 0.06)}
    sys.stdout.write("repeats  false alarms  4 points  6 points\n")
    for repeats in (3, 5):
        alarm, four, six = (table[repeats, drop] for drop in (0.0, 0.04, 0.06))
        sys.stdout.write(f"{repeats:>7}  {alarm:>12.1%}  {four:>8.1%}  {six:>8.1%}\n")
    assert table[5, 0.0] <= 0.05
    assert table[5, 0.04] >= 0.7
    assert table[5, 0.06] >= 0.95


def test_one_story_that_falls_is_named_although_the_mean_holds() -> None:
    levels = {KEYS[0]: {f"s{i}": 0.9 for i in range(STORIES)}}
    now = simulated(levels, 5, 0.0, 3)
    fallen = {KEYS[0]: {**now[KEYS[0]], "s4": [0.6] * 5}}
    judged = judge(simulated(levels, 5, 0.0, 2), fallen, METRICS, draws=DRAWS)
    assert [one.fell for one in judged] == [("s4",)]


def test_utterances_of_one_story_are_one_draw() -> None:
    """One good story among many bad ones leaves the interval wide, however many utterances it has."""
    wide = interval([0.4, -0.05, -0.05, -0.04, 0.0, -0.05])
    assert wide.low < 0 < wide.high


def test_too_few_repeats_are_refused() -> None:
    one = {KEYS[0]: {"s": [0.9]}}
    with pytest.raises(ValueError, match="at least 3 repeats"):
        judge(one, one, METRICS)
