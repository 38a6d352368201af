"""Says which names of a story are one person's, in any language.

A reader finds names and words for people (`Named`) and where each stands; which of them are one is said here: by what
introduces them, and by the lives of words. The boy of whom nothing is told any more once Sam has a name is Sam. Two who
act in one sentence are never one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from offline.reading.story_reading import Mention

_SENTENCE = re.compile(r"[^.!?。！？\n]+")
NEXT = 700
"""Characters between the last place of a word for somebody and the first of the name that follows it."""


class Named(Protocol):
    """Names of one person while they are being joined; `name` is the first of `names`."""

    name: str
    first: int

    @property
    def names(self) -> list[str]: ...

    def add(self, *more: str) -> None: ...


P = TypeVar("P", bound=Named)


class Places:
    """Where everybody is named, and who acts beside whom."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.of: dict[str, list[int]] = {}
        acting: dict[int, set[str]] = {}
        starts = [match.start() for match in _SENTENCE.finditer(text)]
        at = 0
        for mention in sorted(mentions, key=lambda m: m.start):
            self.of.setdefault(mention.name, []).append(mention.start)
            while at + 1 < len(starts) and starts[at + 1] <= mention.start:
                at += 1
            if mention.role in ("subject", "object"):
                acting.setdefault(at, set()).add(mention.name)
        self._acting = [names for names in acting.values() if len(names) > 1]

    def apart(self, one: Named, other: Named) -> bool:
        """Whether both act in one sentence."""
        return any(names & set(one.names) and names & set(other.names) for names in self._acting)

    def last_before(self, one: Named, place: int) -> int:
        """Where they were told of last before this place, or first of all behind it."""
        found = self.of.get(one.name, [one.first])
        return max((at for at in found if at <= place), default=found[0])

    def follows(self, word: Named, name: Named) -> bool:
        """The name is first used after the word, which is hardly used from then on."""
        before = [place for place in self.of.get(word.name, ()) if place < name.first]
        after = [place for place in self.of.get(word.name, ()) if place >= name.first]
        return bool(before) and name.first - before[-1] <= NEXT and len(after) * 2 <= len(before)


def join(people: list[P], pairs: Iterable[tuple[P, P]], differ: Callable[[P, P], bool]) -> None:
    """Of each pair the first gives its names to the second; a word that is said of two people stays by itself."""
    homes: dict[int, list[tuple[P, P]]] = {}
    for word, name in pairs:
        if word is not name and not differ(word, name):
            homes.setdefault(id(word), []).append((word, name))
    for found in homes.values():
        word, name = found[0]
        if (
            all(other is name for _, other in found)
            and any(p is word for p in people)
            and any(p is name for p in people)
        ):
            name.add(*word.names)
            name.first = min(name.first, word.first)
            people[:] = [p for p in people if p is not word]


def introduced(
    words: Sequence[P], names: Sequence[P], places: Places, suits: Callable[[P, P], bool]
) -> Iterator[tuple[P, P]]:
    """A word for somebody and the first name that takes its place in the story."""
    for word in words:
        found = [name for name in names if suits(word, name) and places.follows(word, name)]
        if found:
            yield word, min(found, key=lambda name: name.first)
