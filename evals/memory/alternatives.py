"""A regular expression in, each alternative that stands in it out, with the expression that only this one can match.

`(?:a|b)c|d` has `a` (`(?:a)c`), `b` (`(?:b)c`) and `d`. Looks ahead and behind are left as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_OPENS: Final = re.compile(r"\((?:\?(?:P<\w+>|P=\w+\)|:|<[=!]|[=!]|[aiLmsux-]+:|#[^)]*\)))?")
_AROUND: Final = ("(?<", "(?=", "(?!")


@dataclass(slots=True)
class _Group:
    """`start`..`end` is what stands between the brackets; `bars` are the places of its own bars."""

    start: int
    looks_around: bool
    bars: list[int] = field(default_factory=list)
    end: int = 0
    outer: "_Group | None" = None

    def parts(self) -> list[tuple[int, int]]:
        edges = [self.start - 1, *self.bars, self.end]
        return [(a + 1, b) for a, b in pairwise(edges)]


def alternatives(pattern: str) -> Iterator[tuple[str, str]]:
    """The innermost ones, each with its expression; the whole pattern where it has none. Linear in its length for
    each alternative."""
    groups = [group for group in _groups(pattern) if not group.looks_around]
    several = [group for group in groups if group.bars]
    if not several:
        yield pattern, pattern
    for group in several:
        for start, end in group.parts():
            if not any(start <= inner.start and inner.end <= end and inner is not group for inner in several):
                yield pattern[start:end], _only(pattern, group, start, end)


def _only(pattern: str, group: _Group, start: int, end: int) -> str:
    """The pattern in which this group, and every one around it, has no other alternative."""
    cut = pattern[start:end]
    inner: _Group | None = group
    while inner is not None:
        outer = inner.outer
        low, high = outer_part(outer, inner) if outer is not None else (0, len(pattern))
        if outer is None:
            return cut if inner.start == 0 and inner.end == len(pattern) else pattern[:low] + cut
        cut = pattern[low : inner.start] + cut + pattern[inner.end : high]
        inner = outer
    return cut


def outer_part(outer: _Group, inner: _Group) -> tuple[int, int]:
    """The alternative of the outer group in which the inner one stands."""
    return next((a, b) for a, b in outer.parts() if a <= inner.start and inner.end <= b)


def _groups(pattern: str) -> list[_Group]:
    """Every pair of brackets, and the whole."""
    whole = _Group(0, looks_around=False)
    found, open_, at = [whole], [whole], 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
        elif pattern[at] == "[":
            at = _class_end(pattern, at)
        elif pattern[at] == "(" and (begins := _OPENS.match(pattern, at)):
            at = begins.end()
            if not begins.group().endswith(")"):
                around = open_[-1].looks_around or begins.group().startswith(_AROUND)
                open_.append(_Group(at, looks_around=around, outer=open_[-1]))
                found.append(open_[-1])
        elif pattern[at] == ")":
            open_.pop().end = at
            at += 1
        else:
            if pattern[at] == "|":
                open_[-1].bars.append(at)
            at += 1
    whole.end = len(pattern)
    return found


def _class_end(pattern: str, start: int) -> int:
    """Behind the `]` that closes a class of characters."""
    at = start + 1 + (pattern[start + 1] == "^")
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
