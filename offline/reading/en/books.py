"""English text with its people and where they are named in, the names of those out who live in a book only.

Whoever comes into the story as somebody whom a book tells of, or as its writer, is in nobody's room.
"""

import re
from collections.abc import Sequence

from offline.reading.en.names import NameCandidate
from offline.reading.reading import Mention

_BOOK = r"(?:tale|romance|narrative|ballad|poem|legend|novel|chronicle|saga|epic|manuscript|verses)s?"
_TOLD_OF_IN = re.compile(
    r"(?:_[\"”’]|＿[\"”’]|\b[Tt]he (?:\w+ )?" + _BOOK + r")\s+(?:of|by)\s+(?:the\s+)?$"
    r"|\b(?:portion|part|chapter|page|passage|point) (?:of|in) (?:the|his|her|my|our) (?:story|book|"
    + _BOOK
    + r"),? (?:where|in which|when)\s+(?:the\s+)?$"
)
_NEAR = 80


def of_books(blotted: str, people: Sequence[NameCandidate], mentions: Sequence[Mention]) -> frozenset[str]:
    """`blotted` has the words of all quotations blotted out. Whoever says something is somebody all the same."""
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        first.setdefault(mention.name, mention)
    silent = {person.name for person in people if person.proper and not person.speaks}
    return frozenset(
        name
        for name, mention in first.items()
        if name in silent and _TOLD_OF_IN.search(blotted, max(0, mention.start - _NEAR), mention.start)
    )
