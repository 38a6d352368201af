"""The probability of each candidate speaker for each line of a row, from scores along the whole row.

A chain of second order: who speaks depends on the two lines before, and on those after as well.
"""

import math
from collections.abc import Callable, Sequence

State = tuple[str, ...]
Scores = dict[State, float]
Fits = Callable[[int, State, State, State], float]
"""Place of the line, speakers of the one two before, of the one before, and of the line itself."""
NOBODY: State = ("",)


def probabilities(rows: Sequence[Scores], fits: Fits) -> list[Scores]:
    """Every row must hold a candidate. Values of each row of the result add up to one."""
    if not rows:
        return []
    forward = pass_on(rows, fits)
    backward = pass_back(rows, fits)
    found = []
    for at, row in enumerate(rows):
        logs: dict[State, list[float]] = {state: [] for state in row}
        for (before, state), score in forward[at].items():
            logs[state].append(score + backward[at][before, state])
        summed = {state: log_sum(values) for state, values in logs.items()}
        whole = log_sum(list(summed.values()))
        found.append({state: math.exp(value - whole) for state, value in summed.items()})
    return found


def pass_on(rows: Sequence[Scores], fits: Fits) -> list[dict[tuple[State, State], float]]:
    table = [{(NOBODY, state): score for state, score in rows[0].items()}]
    for at in range(1, len(rows)):
        step: dict[tuple[State, State], list[float]] = {}
        for (older, before), score in table[-1].items():
            for state, own in rows[at].items():
                step.setdefault((before, state), []).append(score + own + fits(at, older, before, state))
        table.append({pair: log_sum(values) for pair, values in step.items()})
    return table


def pass_back(rows: Sequence[Scores], fits: Fits) -> list[dict[tuple[State, State], float]]:
    last = len(rows) - 1
    befores = [(NOBODY,), *(tuple(row) for row in rows[:-1])]
    table = [{(b, s): 0.0 for b in befores[last] for s in rows[last]}]
    for at in range(last - 1, -1, -1):
        after = table[0]
        table.insert(
            0,
            {
                (before, state): log_sum(
                    [
                        own + fits(at + 1, before, state, following) + after[state, following]
                        for following, own in rows[at + 1].items()
                    ]
                )
                for before in befores[at]
                for state in rows[at]
            },
        )
    return table


def log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
