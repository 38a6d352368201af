"""The best way to pair two lists, each member at most once. Rows of weights in, pairs out; exact, by shortest paths.

Jonker and Volgenant's form of the Hungarian method, O(n³) for n of a few dozen people.
"""

from collections.abc import Sequence


def best_pairs(weights: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """(row, column) of greatest total weight; pairs that weigh nothing are left out."""
    rows, columns = len(weights), max((len(row) for row in weights), default=0)
    if not rows or not columns:
        return ()
    size = max(rows, columns)
    costs = [[-weights[i][j] if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    owner = _assigned(costs)
    pairs = ((owner[column], column) for column in range(columns))
    return tuple(sorted((row, column) for row, column in pairs if row < rows and weights[row][column] > 0))


def _assigned(costs: Sequence[Sequence[float]]) -> list[int]:
    """For every column of a square its row, at least cost."""
    size = len(costs)
    by_row, by_column = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [size] * (size + 1)
    for row in range(size):
        owner[size] = row
        column, least, way, used = size, [float("inf")] * (size + 1), [size] * (size + 1), [False] * (size + 1)
        while owner[column] != size or column == size:
            used[column] = True
            at, step, following = owner[column], float("inf"), size
            for other in range(size):
                if used[other]:
                    continue
                cost = costs[at][other] - by_row[at] - by_column[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(size + 1):
                if used[other]:
                    by_row[owner[other]] += step
                    by_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column != size:
            owner[column], column = owner[way[column]], way[column]
    return owner[:size]
