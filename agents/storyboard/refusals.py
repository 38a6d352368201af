"""Wishes that batches of pages refuse: only one that every batch refuses cannot be carried out."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from manga.errors import WishRefused
from manga.phases import Phase

W = TypeVar("W")
R = TypeVar("R")


@dataclass(slots=True)
class Refusals:
    """What the batches of one storyboard have said. Wishes are told apart by their place in the phase."""

    _asked: Counter[int] = field(default_factory=Counter)
    _refused: dict[int, list[WishRefused]] = field(default_factory=dict)

    async def without(self, wishes: Mapping[int, W], ask: Callable[[Sequence[W]], Awaitable[R]]) -> R:
        """A batch's answer to its wishes (by place, oldest first); asked again without one that it refuses."""
        self._asked.update(wishes.keys())
        left = dict(wishes)
        while True:
            try:
                return await ask(tuple(left.values()))
            except WishRefused as error:
                if not 0 <= error.wish < len(left):
                    raise
                place = list(left)[error.wish]
                self._refused.setdefault(place, []).append(error)
                del left[place]

    def check(self) -> None:
        """Raises WishRefused for the oldest wish that nobody carried out."""
        for place, refusals in sorted(self._refused.items()):
            if len(refusals) == self._asked[place]:
                first = refusals[0]
                raise WishRefused(first.message, phase=Phase.STORYBOARD.value, wish=place, kept=first.kept)
