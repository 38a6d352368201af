"""Finds the exact places in a text of words that a model has copied from it.

A copy may differ in what a model never copies with care: blanks, line breaks, width, case, quotation marks, dashes,
reading marks; where that finds nothing, in all punctuation. A near miss counts when only one place comes near.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agents.checked_answers import Fault
from manga.errors import AnswerInvalid
from manga.phases import Phase
from manga.values import Span

MANY = 50
_SHOWN = 40
_MARKS = frozenset("「」『』“”„‟‘’‚‛\"'`´«»〝〟〞")
_DASHES = frozenset("‐‑‒–—―−─━-")
_OTHERS = {"〜": "~", "、": ",", "。": "."}
_OPENED = re.compile(r"[\n「『“\"]+(?=[^\s])")
"""Within a run of marks: where the next utterance or paragraph begins."""
_READING = re.compile(r"[｜|]|《[^《》]{1,40}》")
LEAST_NEAR, LEAST_NEAR_BY = 8, 4
"""Shorter words come near to everything, in a whole story and where they are looked for alone."""
LEAST_BARE = 3
"""Letters without punctuation that are words enough."""
EDITS = 8
"""Characters for one that may differ."""
END = 100
"""Of words three times as long only so many letters are compared, at both ends."""
MOST_STEPS = 400_000
"""Of one search for a near miss; words that need more come near to too much."""


@dataclass(slots=True)
class Faults:
    """In the order in which they are found; all are told at once, so that whoever answered can mend them at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, message: str, element: str | None) -> None:
        self.found.append(Fault(message, element))

    @property
    def are_many(self) -> bool:
        """More than anybody is told of: no use in looking for others."""
        return len(self.found) >= MANY

    def raise_any(self) -> None:
        """Raises AnswerInvalid that tells the first and names its element."""
        if self.found:
            raise AnswerInvalid(self.found[0].message, phase=Phase.PLOT.value, element=self.found[0].element)


def shown(words: str) -> str:
    """The first words of somebody's, on one line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"


def beat_key(number: int) -> str:
    """Of a beat of a draft, counted from 0."""
    return f"b{number + 1:04d}"


def fold(text: str) -> str:
    """What is left when nothing matters that copying may change."""
    return "".join(letter for _, letter in _folded(unicodedata.normalize("NFKC", text)))


def _bare(folded: str) -> str:
    """Without any punctuation."""
    return "".join(letter for letter in folded if letter.isalnum())


def _folded(text: str) -> Iterator[tuple[int, str]]:
    """Places and letters; of a run of dashes or points the first. No run goes over a line's end or a quotation mark."""
    last = ""
    for place, letter in enumerate(text):
        if letter == "\n" or letter in _MARKS:
            last = ""
        for plain in _plain(letter):
            if not (plain == last and plain in "-."):
                yield place, plain
            last = plain


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    if letter in _MARKS or letter.isspace():
        return ""
    if letter in _DASHES:
        return "-"
    folded = unicodedata.normalize("NFKC", _OTHERS.get(letter, letter)).casefold()
    return "".join(one for one in folded if not one.isspace() and one not in _MARKS)


@dataclass(frozen=True, slots=True)
class FoldedLetters:
    """Folded letters, and the place of each."""

    text: str
    places: Sequence[int]


@dataclass(frozen=True)
class Folded:
    """A stretch of a text, ready to be searched; `start` is where it begins in the text. Places are the text's."""

    text: str
    start: int = 0
    _known: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @cached_property
    def _letters(self) -> FoldedLetters:
        pairs = list(_folded(self.text))
        return FoldedLetters("".join(letter for _, letter in pairs), [place for place, _ in pairs])

    @cached_property
    def _bare_letters(self) -> FoldedLetters:
        pairs = [
            (p, letter) for p, letter in zip(self._letters.places, self._letters.text, strict=True) if _bare(letter)
        ]
        return FoldedLetters("".join(letter for _, letter in pairs), [place for place, _ in pairs])

    def places(self, words: str) -> tuple[Span, ...]:
        """Everywhere that the words stand; reading marks and punctuation are no words when they stand nowhere so."""
        if not _bare(fold(words)):
            return self._silence(words)
        for needle in dict.fromkeys((fold(words), fold(_READING.sub("", words)))):
            if found := self._spans(self._letters, needle):
                return found
        needle = _bare(fold(_READING.sub("", words)))
        return self._spans(self._bare_letters, needle) if len(needle) >= LEAST_BARE else ()

    def near(self, words: str, within: Span | None = None) -> Span | None:
        """The only place that comes near; None when there is none, or several. In a small stretch less is enough."""
        needle = fold(_READING.sub("", words))
        if len(needle) < (LEAST_NEAR if within is None else LEAST_NEAR_BY):
            return None
        bounds, few = self._bounds(within), int(within is not None)
        if len(needle) <= 3 * END:
            found = self._only(needle, max(len(needle) // EDITS, few), *bounds)
        else:
            found = self._between(needle, *bounds)
        return self._span(self._letters, found[0], found[1] - found[0]) if found is not None else None

    def _between(self, needle: str, low: int, high: int) -> tuple[int, int] | None:
        """Long words from their first to their last, where about as many letters stand between."""
        first = self._only(needle[:END], END // EDITS, low, high)
        last = self._only(needle[-END:], END // EDITS, low, high)
        if first is None or last is None or abs(last[1] - first[0] - len(needle)) > len(needle) // EDITS:
            return None
        return first[0], last[1]

    def _only(self, needle: str, most: int, low: int, high: int) -> tuple[int, int] | None:
        """Where the folded text comes near to the needle, if it does in one place."""
        found: list[tuple[int, int]] = []
        for at in self._tries(needle, most, low, high):
            left = max(low, at - most)
            match = _nearest(needle, self._letters.text[left : min(high, at + len(needle) + most)], most)
            if match is not None:
                found.append((left + match[0], left + match[1]))
        if not found or any(abs(start - found[0][0]) > len(needle) // 2 for start, _ in found):
            return None
        return found[0]

    def _silence(self, words: str) -> tuple[Span, ...]:
        """`……` stands where it stands to the letter, not at every full stop."""
        plain = words.strip("".join(_MARKS) + " \u3000\n")
        found = _everywhere(self.text, plain) if plain else ()
        return tuple(Span(start=self.start + at, end=self.start + at + len(plain)) for at in found)

    def _spans(self, letters: FoldedLetters, needle: str) -> tuple[Span, ...]:
        key = needle if letters is self._letters else f"\n{needle}"
        if key not in self._known:
            at = _everywhere(letters.text, needle) if needle else ()
            self._known[key] = tuple(self._span(letters, one, len(needle)) for one in at)
        return self._known[key]

    def _tries(self, needle: str, most: int, low: int, high: int) -> list[int]:
        """Where a near miss may begin: one of its pieces stands there as it is. None when there are too many."""
        text = self._letters.text
        size = len(needle) // (most + 1)
        tries: dict[int, None] = {}
        for offset in range(0, size * (most + 1), size):
            piece = needle[offset : offset + size]
            for at in _everywhere(text, piece, low, high):
                tries.setdefault(max(low, at - offset), None)
                if len(tries) * len(needle) ** 2 > MOST_STEPS:
                    return []
        return list(tries)

    def _bounds(self, within: Span | None) -> tuple[int, int]:
        places = self._letters.places
        if within is None:
            return 0, len(places)
        return bisect_left(places, within.start - self.start), bisect_left(places, within.end - self.start)

    def _span(self, letters: FoldedLetters, at: int, size: int) -> Span:
        """Of folded letters; a run of points or dashes is taken to its end, from where its own utterance begins."""
        places = letters.places
        start = places[at]
        if letters.text[at] in "-.":
            run = self.text[start : places[at + 1] if at + 1 < len(places) else len(self.text)]
            start += max((found.end() for found in _OPENED.finditer(run)), default=0)
        end = places[at + size - 1] + 1
        last = letters.text[at + size - 1]
        while last in "-." and end < len(self.text) and set(_plain(self.text[end])) == {last}:
            end += 1
        return Span(start=self.start + start, end=self.start + end)


def _everywhere(text: str, needle: str, low: int = 0, high: int | None = None) -> Iterator[int]:
    high = len(text) if high is None else high
    at = text.find(needle, low, high)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1, high)


def _nearest(needle: str, text: str, most: int) -> tuple[int, int] | None:
    """The stretch of the text with the fewest edits to the needle, at most `most`; None without one."""
    row = [(0, at) for at in range(len(text) + 1)]
    for count, letter in enumerate(needle, start=1):
        above, row = row, [(count, 0)]
        for at, other in enumerate(text):
            kept = (above[at][0] + (letter != other), above[at][1])
            row.append(min(kept, (above[at + 1][0] + 1, above[at + 1][1]), (row[at][0] + 1, row[at][1])))
    edits, _, end = min((cost, text[at - 1 : at] != needle[-1], at) for at, (cost, _) in enumerate(row))
    return (row[end][1], end) if edits <= most and end > row[end][1] else None
