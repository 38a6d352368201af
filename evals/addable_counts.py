"""Counts that are added field by field."""

from dataclasses import astuple, dataclass
from operator import add
from typing import Self


@dataclass(frozen=True, slots=True)
class Tally:
    """What some pictures have of several things. Each kind of tally is a class of its own, with numbers as fields."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(add, self.counts(), other.counts()))

    def counts(self) -> tuple[float, ...]:
        """In the order of the fields."""
        return astuple(self)
