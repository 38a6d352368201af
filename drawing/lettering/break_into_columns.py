"""Breaks cells into columns: at phrases where kinsoku allows, columns of like length.

Every number of columns is tried; the best is the one with the least cost in broken phrases, overlong and ragged
columns, and a block that is neither a tower nor a wall. A way that breaks a word is left out where another does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from drawing.lettering.break_costs import BOUND, WORD, prices
from drawing.lettering.kinsoku import HANGING, may_break, within_run
from drawing.lettering.vertical_cells import TypeCell

Column: TypeAlias = tuple[TypeCell, ...]

MAX_LETTERS = 8
MAX_COLUMNS = 4
UTMOST_LETTERS = 10
_NEVER = 1e9
_RUN = 60.0
_STOPS = frozenset("！？!?」』")
_UNBROKEN = 0.3
"""What it costs to run on after a sentence's end in one column."""
_LONE = 3.0
"""What a column of a single letter costs."""
_TALL = 1.9
"""Letters a column for one column: the proportion of a usual balloon, 6 by 3."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One way to break a text. `cost` compares ways; `letters` is the longest column in em."""

    columns: tuple[Column, ...]
    cost: float

    @property
    def letters(self) -> float:
        return max(measured(column) for column in self.columns)


def measured(column: Sequence[TypeCell]) -> float:
    """Length of a column in em; a comma or stop at its end hangs and counts nothing."""
    total = sum(cell.length for cell in column)
    return total - 1 if column and column[-1].text in HANGING and len(column) > 1 else total


def ways(cells: Sequence[TypeCell], text: str) -> tuple[Broken, ...]:
    """All sensible ways to break a text into columns, best first, each with another number of columns."""
    costs = prices(text)
    blocks = [_Breaker(paragraph, costs) for paragraph in _paragraphs(cells)]
    if not blocks:
        return ()
    fewest = len(blocks)
    letters = sum(cell.length for cell in cells)
    most = max(fewest, min(int(letters), round(letters / 2.5) + 1))
    found: dict[int, Broken] = {}
    for limit in sorted({_limit(letters, n) for n in range(fewest, most + 1)}):
        columns = tuple(column for block in blocks for column in block.broken(limit))
        cost = _block_cost(columns) + sum(block.cost(limit) for block in blocks)
        if len(columns) not in found or cost < found[len(columns)].cost:
            found[len(columns)] = Broken(columns, cost)
    return _whole(sorted(found.values(), key=lambda way: (way.cost, len(way.columns))))


def _whole(found: Sequence[Broken]) -> tuple[Broken, ...]:
    """Only the ways that are not much worse than the best: the others break words or particles off."""
    worst = found[0].cost + BOUND * 0.9
    return tuple(way for way in found if way.cost <= worst)


def _limit(letters: float, columns: int) -> float:
    return max(2.0, min(float(UTMOST_LETTERS), -(-letters // columns) + (0 if columns == 1 else 1)))


def _paragraphs(cells: Sequence[TypeCell]) -> list[Sequence[TypeCell]]:
    found: list[list[TypeCell]] = [[]]
    for cell in cells:
        if cell.kind == "break":
            found.append([])
        else:
            found[-1].append(cell)
    trimmed = (_trimmed(paragraph) for paragraph in found)
    return [paragraph for paragraph in trimmed if paragraph]


def _trimmed(cells: Sequence[TypeCell]) -> Sequence[TypeCell]:
    """Without spaces at either end."""
    filled = [i for i, cell in enumerate(cells) if not cell.text.isspace()]
    return cells[filled[0] : filled[-1] + 1] if filled else []


def _block_cost(columns: Sequence[Column]) -> float:
    tallest = max(measured(column) for column in columns)
    shape = max(tallest, 0.5) / len(columns) / _TALL
    off = abs(shape - 1) if shape >= 1 else 1 / shape - 1
    narrow = 0.25 if len(columns) == 1 and tallest <= 6 else 0.6
    return (
        narrow * off
        + 2.0 * max(0.0, tallest - MAX_LETTERS)
        + 1.5 * max(0, len(columns) - MAX_COLUMNS)
        + (1.0 if len(columns) == 1 and tallest > 7 else 0.0)
    )


class _Breaker:
    """Breaks one paragraph at the least cost for a limit of letters a column."""

    def __init__(self, cells: Sequence[TypeCell], costs: Mapping[int, float]) -> None:
        self._cells = cells
        self._reach = (0.0, *accumulate(cell.length for cell in cells))
        self._penalties = [self._penalty(a, b, costs) for a, b in pairwise(cells)]
        runs_on = (_UNBROKEN if self._ends_sentence(a, b) else 0.0 for a, b in pairwise(cells))
        self._runs_on = (0.0, *accumulate(runs_on), 0.0)
        self._solved: dict[float, tuple[float, tuple[Column, ...]]] = {}

    def broken(self, limit: float) -> tuple[Column, ...]:
        return self._solve(limit)[1]

    def cost(self, limit: float) -> float:
        return self._solve(limit)[0]

    @classmethod
    def _penalty(cls, before: TypeCell, after: TypeCell, costs: Mapping[int, float]) -> float:
        if after.text.isspace():
            return _NEVER
        if not may_break(before.text, after.text):
            return _RUN if within_run(before.text, after.text) else _NEVER
        if before.text[-1] in HANGING or cls._ends_sentence(before, after):
            return 0.0
        return costs.get(after.start, WORD)

    @staticmethod
    def _ends_sentence(before: TypeCell, after: TypeCell) -> bool:
        return before.text.isspace() or (before.text[-1] in _STOPS and after.text[0] not in _STOPS)

    def _solve(self, limit: float) -> tuple[float, tuple[Column, ...]]:
        if limit not in self._solved:
            self._solved[limit] = self._least(limit)
        return self._solved[limit]

    def _least(self, limit: float) -> tuple[float, tuple[Column, ...]]:
        n = len(self._cells)
        best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * n
        for end in range(1, n + 1):
            broken = self._penalties[end - 1] if end < n else 0.0
            for start in range(end - 1, -1, -1):
                length = self._measured(start, end)
                cost = best[start][0] + broken + self._column_cost(start, end, length, limit)
                if cost < best[end][0]:
                    best[end] = (cost, start)
                if length > 2 * limit + UTMOST_LETTERS:
                    break
        columns: list[Column] = []
        end = n
        while end:
            start = best[end][1]
            columns.append(tuple(_trimmed(self._cells[start:end])))
            end = start
        return best[n][0], tuple(reversed(columns))

    def _measured(self, start: int, end: int) -> float:
        hangs = end - start > 1 and self._hangs(self._cells[end - 1])
        return self._reach[end] - self._reach[start] - (self._cells[end - 1].length if hangs else 0.0)

    @staticmethod
    def _hangs(cell: TypeCell) -> bool:
        return cell.text in HANGING or cell.text.isspace()

    def _column_cost(self, start: int, end: int, length: float, limit: float) -> float:
        cost = 0.05 + self._runs_on[end - 1] - self._runs_on[start]
        if length > limit:
            return cost + _overlong(length, limit)
        short = (limit - length) / limit
        lone = _LONE if length <= 1 and len(self._cells) > 1 else 0.0
        return cost + lone + (0.4 if end == len(self._cells) else 0.7) * short * short


def _overlong(length: float, limit: float) -> float:
    """Rather a long column than a broken word, up to the utmost."""
    beyond = max(0.0, length - UTMOST_LETTERS)
    over = length - limit - beyond
    return 0.8 * over + 0.4 * over * over + 40.0 * beyond
