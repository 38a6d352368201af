"""The probability of each candidate speaker for each line of a row, from scores along the whole row.

A chain of second order: who speaks depends on the two lines before, and on those after as well.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

State = tuple[str, ...]
Scores = dict[State, float]
Array = NDArray[np.float64]
States = Sequence[State]
Fits = Callable[[int, States, States, States], Array]
"""Place of the line, candidates of the one two before, of the one before, and of the line itself: a score for each
three of them."""
NOBODY: State = ("",)


def probabilities(rows: Sequence[Scores], fits: Fits) -> list[Scores]:
    """Every row must hold a candidate. Values of each row of the result add up to one."""
    states: list[States] = [(NOBODY,), (NOBODY,), *(tuple(row) for row in rows)]
    own = [np.exp(scores - scores.max()) for scores in (np.array([*row.values()], float) for row in rows)]
    steps = [np.exp(fits(at, states[at], states[at + 1], states[at + 2])) for at in range(len(rows))]
    forward: list[Array] = []
    begun = np.ones((1, 1))
    for step, chances in zip(steps, own, strict=True):
        begun = (begun[:, :, None] * step).sum(axis=0) * chances
        begun = begun / begun.sum()
        forward.append(begun)
    found: list[Scores] = []
    rest = np.ones_like(forward[-1]) if forward else begun
    for at in range(len(rows) - 1, -1, -1):
        shares = (forward[at] * rest).sum(axis=0)
        found.append(dict(zip(rows[at], (shares / shares.sum()).tolist(), strict=True)))
        rest = (steps[at] * (own[at] * rest)[None]).sum(axis=2)
        rest = rest / rest.sum()
    return found[::-1]
