"""Cells in, columns out: breaks at phrases (budoux) where kinsoku allows, columns of like length.

Every number of columns is tried; the best is the one with the least cost in broken phrases, overlong and ragged
columns, and a block that is neither a tower nor a wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TypeAlias

import budoux

from drawing.lettering.cells import Cell
from drawing.lettering.kinsoku import HANGING, may_break, within_run

Column: TypeAlias = tuple[Cell, ...]

MAX_LETTERS = 8
MAX_COLUMNS = 4
UTMOST_LETTERS = 10
_NEVER = 1e9
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


@lru_cache(maxsize=1)
def _phrases() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def joints(text: str) -> frozenset[int]:
    """Places in a text where a phrase ends."""
    found: set[int] = set()
    at = 0
    for line in text.split("\n"):
        place = at
        for phrase in _phrases().parse(line):
            place += len(phrase)
            found.add(place)
        at += len(line) + 1
    return frozenset(found)


def measured(column: Sequence[Cell]) -> float:
    """Length of a column in em; a comma or stop at its end hangs and counts nothing."""
    total = sum(cell.length for cell in column)
    return total - 1 if column and column[-1].text in HANGING and len(column) > 1 else total


def ways(cells: Sequence[Cell], text: str) -> tuple[Broken, ...]:
    """All sensible ways to break a text into columns, best first, each with another number of columns."""
    ends = joints(text)
    blocks = [_block(paragraph, ends) for paragraph in _paragraphs(cells)]
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
    return tuple(sorted(found.values(), key=lambda way: (way.cost, len(way.columns))))


def _limit(letters: float, columns: int) -> float:
    return max(2.0, min(float(UTMOST_LETTERS), -(-letters // columns) + (0 if columns == 1 else 1)))


def _paragraphs(cells: Sequence[Cell]) -> list[list[Cell]]:
    found: list[list[Cell]] = [[]]
    for cell in cells:
        if cell.kind == "break":
            found.append([])
        else:
            found[-1].append(cell)
    trimmed = (_trimmed(paragraph) for paragraph in found)
    return [paragraph for paragraph in trimmed if paragraph]


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Without spaces at either end."""
    filled = [i for i, cell in enumerate(cells) if not cell.text.isspace()]
    return cells[filled[0] : filled[-1] + 1] if filled else []


def _block_cost(columns: Sequence[Column]) -> float:
    tallest = max(measured(column) for column in columns)
    shape = tallest / len(columns) / _TALL
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

    def __init__(self, cells: Sequence[Cell], joints_after: frozenset[int]) -> None:
        self._cells = cells
        self._reach = (0.0, *accumulate(cell.length for cell in cells))
        self._penalties = [self._penalty(a, b, joints_after) for a, b in pairwise(cells)]
        self._solved: dict[float, tuple[float, tuple[Column, ...]]] = {}

    def broken(self, limit: float) -> tuple[Column, ...]:
        return self._solve(limit)[1]

    def cost(self, limit: float) -> float:
        return self._solve(limit)[0]

    @staticmethod
    def _penalty(before: Cell, after: Cell, joints_after: frozenset[int]) -> float:
        if not may_break(before.text, after.text):
            return 60.0 if within_run(before.text, after.text) else _NEVER
        if before.text[-1] in HANGING:
            return 0.0
        return 0.15 if after.start in joints_after else 1.6

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
                cost = best[start][0] + broken + self._raggedness(length, limit, last=end == n)
                if cost < best[end][0]:
                    best[end] = (cost, start)
                if length > 2 * limit + 4:
                    break
        columns: list[Column] = []
        end = n
        while end:
            start = best[end][1]
            columns.append(tuple(self._cells[start:end]))
            end = start
        return best[n][0], tuple(reversed(columns))

    def _measured(self, start: int, end: int) -> float:
        hangs = end - start > 1 and self._cells[end - 1].text in HANGING
        return self._reach[end] - self._reach[start] - hangs

    @staticmethod
    def _raggedness(length: float, limit: float, *, last: bool) -> float:
        if length > limit:
            return 40.0 * (length - limit)
        short = (limit - length) / limit
        return 0.05 + (0.25 if last else 0.7) * short * short + (0.4 if length <= 1 else 0.0)


def _block(cells: Sequence[Cell], joints_after: frozenset[int]) -> _Breaker:
    return _Breaker(cells, joints_after)
