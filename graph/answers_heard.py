"""Adds up what has come of the answers that a phase waits for, and tells of it now and then."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

EVERY_S: Final = 1.0
"""An answer of less time than this is not told of before it is there."""


@dataclass(slots=True)
class AnswersHeard:
    """Called with the letters of each piece. `tell` gets the letters of all answers so far, those that come at the same
    time together; `seconds` is a clock that only rises."""

    tell: Callable[[int], None]
    seconds: Callable[[], float]
    characters: int = 0
    _told_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._told_s = self.seconds()

    def __call__(self, letters: int) -> None:
        self.characters += letters
        now = self.seconds()
        if now - self._told_s >= EVERY_S:
            self._told_s = now
            self.tell(self.characters)
