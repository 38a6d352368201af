"""Masked Japanese text and the names of people in it, where such a word names a place out."""

import re


def place_names(blotted: str, by_name: dict[str, str]) -> set[int]:
    """鬼が島: the same word after が twice or more makes a place, not a deed."""
    fixed: set[int] = set()
    for name in by_name:
        seen: dict[str, list[int]] = {}
        for match in re.finditer(rf"{re.escape(name)}が([一-龥]{{1,2}})(?=[へにのがをで])", blotted):
            seen.setdefault(match.group(1), []).append(match.start())
        fixed.update(p for places in seen.values() if len(places) >= 2 for p in places)
    return fixed
