"""Paths as text, `M1 2L3 4Z`, the way a drawing holds them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from drawing.ink.paths import Op, Path

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""An affine matrix (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""
Extent: TypeAlias = tuple[float, float, float, float]
"""Least x, least y, greatest x, greatest y."""

_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_PLACES: dict[Any, str] = {verb: verb + " ".join(["%.2f"] * count) for verb, count in _COUNTS.items()}
_TOKEN = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_NUMBERS = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)")
_FIRST = re.compile(r"M(-?[0-9.]+) (-?[0-9.]+)")
_SHAPE = re.compile(f"(?:{'|'.join(map(re.escape, _PLACES.values()))})*")
_ZEROS = re.compile(r"\.00(?![0-9])|(?<=\.[1-9])0(?![0-9])")
_MINUS_ZERO = re.compile(r"-0(?![.0-9])")


def number(value: float) -> str:
    """A number for path data: two decimals (0.01 mm), no trailing zeros, never exponent or -0."""
    text = f"{value:.2f}"
    if text[-1] != "0":
        return text
    text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def to_data(path: Path) -> str:
    """Path data such as `M1 2L3 4Z`, its numbers as `number` writes them."""
    return _written(_shape(path), [v for op in path for v in op[1:]])


def to_data_moved(path: Path, matrix: Matrix) -> str:
    """Path data of a path moved by an affine matrix (a, b, c, d, e, f)."""
    return _written(_shape(path), _moved_numbers([v for op in path for v in op[1:]], matrix))


def _shape(path: Path) -> str:
    """A path with places for its numbers."""
    return "".join(_PLACES[op[0]] for op in path)


def _moved_numbers(numbers: list[Any], matrix: Matrix) -> list[float]:
    a, b, c, d, e, f = matrix
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    moved = numbers[:]
    moved[::2] = [a * x + c * y + e for x, y in pairs]
    moved[1::2] = [b * x + d * y + f for x, y in pairs]
    return moved


@lru_cache(maxsize=1024)
def reach(data: str) -> tuple[int, Extent]:
    """How many operations path data has, and how far it reaches, control points included. Raises ValueError on data
    without a number."""
    numbers = list(map(float, _NUMBERS.findall(data)))
    return sum(map(data.count, _COUNTS)), _extent(numbers)


def first_point(data: str) -> tuple[float, float]:
    """Where a path begins. Raises ValueError on data without a number."""
    begun = _FIRST.match(data)
    if begun is None:
        raise ValueError("path data: not as it is written")
    return float(begun[1]), float(begun[2])


def _extent(numbers: Sequence[float]) -> Extent:
    xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _written(shape: str, numbers: Sequence[object]) -> str:
    """All numbers at once: one by one takes three times as long."""
    text = _ZEROS.sub("", shape % tuple(numbers))
    return _MINUS_ZERO.sub("0", text) if "-0" in text else text


def from_data(data: str) -> Path:
    """Read path data. Raises ValueError on anything that `to_data` does not write."""
    ops: list[Op] = []
    for verb, rest in _TOKEN.findall(data):
        numbers = tuple(float(v) for v in rest.split())
        if len(numbers) != _COUNTS[verb]:
            raise ValueError(f"path data: {verb} takes {_COUNTS[verb]} numbers")
        ops.append((verb, *numbers))
    return tuple(ops)


@lru_cache(maxsize=4096)
def moved_data(data: str, matrix: Matrix) -> tuple[str, Extent]:
    """Path data moved by an affine matrix (a, b, c, d, e, f), and how far it reaches, control points included.

    The same text as reading, mapping and writing the path, in a quarter of the time: a page has 100,000 points. Many
    are moved more than once, for a page is put together anew for each of its layers.
    """
    pieces = _NUMBERS.split(data)
    shape = "%.2f".join(pieces[::2])
    if not _SHAPE.fullmatch(shape):
        from_data(data)
        raise ValueError("path data: not as it is written")
    numbers = _moved_numbers(list(map(float, pieces[1::2])), matrix)
    if not numbers:
        return data, (0.0, 0.0, 0.0, 0.0)
    return _written(shape, numbers), _extent(numbers)
