"""Where words of one reading of a text stand in another reading of it, which has other spaces and line breaks.

An author's file, its gold and the `Source` that models read differ by title, ruby and line breaks, never by letters.
"""

from bisect import bisect_left
from dataclasses import dataclass

from manga.values import Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """From stretches of `there` to stretches of `here`. `shift` is added to a letter's number, spaces not counted."""

    there: tuple[int, ...]
    here: tuple[int, ...]
    shift: int

    def span(self, start: int, end: int) -> Span | None:
        """The same letters here; None when they are not all here, or there are none."""
        first = bisect_left(self.there, start) + self.shift
        last = bisect_left(self.there, end) + self.shift - 1
        if first > last or first < 0 or last >= len(self.here):
            return None
        return Span(start=self.here[first], end=self.here[last] + 1)


def align(there: str, here: str) -> Alignment | None:
    """None when neither text holds the letters of the other."""
    old, new = _letters(there), _letters(here)
    old_text, new_text = "".join(there[i] for i in old), "".join(here[i] for i in new)
    at = old_text.find(new_text)
    if at >= 0:
        return Alignment(old, new, -at)
    at = new_text.find(old_text)
    return Alignment(old, new, at) if at >= 0 else None


def _letters(text: str) -> tuple[int, ...]:
    return tuple(i for i, char in enumerate(text) if not char.isspace())
