"""Finds stretches of a told English sentence that bring nobody before us: what is only supposed, and what somebody
does whenever it comes to it, while the story is elsewhere."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_ALL = r"\s*(?:[\"”’—-]\s*)?(?:(?:And|But|So|Yet|For|Even|Now)\b,?\s+)?"
_SUPPOSED_ALL = re.compile(_ALL + r"(?:[Ii]f|[Uu]nless|[Ss]uppos(?:e|ing)|[Ii]magine|Had|Were)\b")
_HABIT_ALL = re.compile(_ALL + r"(?:[Ww]henever|[Ee]very time)\b")
_ONWARD = re.compile(
    r"\b(?:(?P<supposed>if|unless|as though|(?:would|might|could|should|must) have)"
    r"|whenever|every time)\b"
)
_FORETOLD = re.compile(r"\b(?:was|were|is|are) to \w+")
_AROUND = re.compile(
    r"\b(?:(?P<supposed>might|should|may|must)|used to|(?:was|were|is|are|had|has) (?:never|always|often|usually"
    r"|seldom)|(?:always|often|sometimes|usually|seldom) \w+(?:ed|s|t|me|nt|w|ke|de|ve))\b"
)
_EDGE = re.compile(
    r"[,;:—!?]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)\.|--|\b(?:that|which|who|when|where|and|but)\b"
)
_STOP = frozenset(",;:—.!?-")


@dataclass(frozen=True, slots=True)
class SupposedStretch:
    """Places in the text; a `habit` is no supposition."""

    start: int
    end: int
    habit: bool


def stretches(text: str, start: int, end: int) -> Iterator[SupposedStretch]:
    """Those of the sentence `text[start:end]`. Linear in its length."""
    if _SUPPOSED_ALL.match(text, start, end) or _HABIT_ALL.match(text, start, end):
        yield SupposedStretch(start, end, habit=not _SUPPOSED_ALL.match(text, start, end))
        return
    edges = [(start, start), *(match.span() for match in _EDGE.finditer(text, start, end)), (end, end)]
    begins = [begin for begin, _ in edges]
    stops = [begin for begin, _ in edges if begin == end or text[begin] in _STOP]
    for match in _ONWARD.finditer(text, start, end):
        yield SupposedStretch(match.start(), stops[bisect_right(stops, match.start())], habit=not match["supposed"])
    for match in _FORETOLD.finditer(text, start, end):
        yield SupposedStretch(edges[bisect_right(begins, match.start()) - 1][1], match.end(), habit=False)
    for match in _AROUND.finditer(text, start, end):
        before = edges[bisect_right(begins, match.start()) - 1][1]
        yield SupposedStretch(before, stops[bisect_right(stops, match.start())], habit=not match["supposed"])
