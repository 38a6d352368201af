"""Who is there at a place of a Japanese story: whoever was told of since the last pause of the text."""

import bisect
import re

from offline.reading.ja.clauses import Clauses

AHEAD = 90
"""Somebody may be told of right after the first words."""


class PausedStretches:
    """The stretches between the pauses of one story, asked by place."""

    def __init__(self, text: str, clauses: Clauses) -> None:
        pauses = [match.end() for match in re.finditer(r"\n[\u3000 ]*\n\s*", text)]
        apart = len(pauses) * 3 > text.count("\n") - len(pauses)
        """Every paragraph of some texts has an empty line before it."""
        self.edges = [0, *([] if apart else pauses)]
        self.clauses = clauses

    def opening(self, place: int) -> int:
        return self.edges[max(0, bisect.bisect_right(self.edges, place) - 1)]

    def closing(self, place: int) -> int:
        at = bisect.bisect_right(self.edges, place)
        return self.edges[at] if at < len(self.edges) else len(self.clauses.blotted)

    def present(self, start: int, end: int) -> set[str]:
        """Those who are told of in this stretch before `start`, or right after `end`."""
        close = min(end + AHEAD, self.closing(start))
        return {mention.name for mention in self.clauses.named(self.opening(start), close)}
